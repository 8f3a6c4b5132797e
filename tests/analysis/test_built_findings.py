import pandas as pd
import pytest

from analysis.built_findings import (
    BUILT_COLUMNS,
    arrange_findings,
    findings_file,
    notes_in,
    read_built_findings,
    read_file_facts,
)
from analysis.findings import Finding, findings_table

NOTE = Finding("odd", "Odd.", "Lạ.", kind="note", file="a.dta", row=3, column="q1")


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "built").mkdir()


def test_findings_of_two_rounds_are_told_apart_and_each_stands_once():
    table = arrange_findings({"now": findings_table([NOTE, NOTE]), "before": findings_table([NOTE])})
    assert table["survey_round"].tolist() == ["now", "before"]
    assert list(table.columns) == list(BUILT_COLUMNS)


@pytest.mark.parametrize("found", [[], [NOTE]])
def test_a_table_comes_back_from_its_file_as_it_was(found):
    table = arrange_findings({"now": findings_table(found)})
    table.to_parquet(findings_file("now"), index=False)
    pd.testing.assert_frame_equal(read_built_findings("now"), table)
    assert notes_in(read_built_findings("now")) == notes_in(table)


def test_rows_left_out_are_no_notes():
    left_out = Finding("odd", "Odd.", "Lạ.", kind="left_out")
    assert notes_in(arrange_findings({"now": findings_table([left_out])})) == ()


def test_a_round_that_is_not_built_has_none():
    assert read_built_findings("now").empty and read_file_facts("now") == {}
    findings_file("now").write_bytes(b"cut")
    assert notes_in(read_built_findings("now")) == ()
