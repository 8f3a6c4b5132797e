"""What a check of a round finds, and that it changes nothing."""

import shutil

import pandas as pd
import pytest

from analysis.errors import BadRows, MissingColumn
from analysis.pipeline import (
    build_round,
    check_reference_rows,
    check_round,
    check_round_with_tables,
)
from analysis.rounds import read_round
from tests.analysis.pipeline.built_copies import SMALL, settings


def test_a_check_finds_what_a_build_would_stop_on_and_writes_nothing(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False)
    table.loc[3, "a001"] = 7
    table.loc[4, "huyen"] = 1
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    before = {path: path.stat().st_mtime_ns for path in copied_data.rglob("*")}
    found = check_round(SMALL)
    stops = set(found.loc[found["kind"] == "stop", "code"])
    assert stops == {"unknown_place_code", "bad_design", "lone_psu", "unknown_code"}  # huyen is a stratum too
    assert "variable_not_in_file" in set(found.loc[found["kind"] == "note", "code"])
    assert {path: path.stat().st_mtime_ns for path in copied_data.rglob("*")} == before


def test_a_check_looks_at_the_round_before_too(copied_data):
    (copied_data / "example" / "example-2020.dta").write_bytes(b"cut")
    found = check_round("example-2021")
    stops = found[found["kind"] == "stop"]
    assert stops["code"].tolist() == ["unreadable_file"]
    assert "example-2020.dta" in stops["what"].item()


def test_a_check_finds_what_only_the_indicators_need(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False).drop(columns="d101da")
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    stops = check_round(SMALL).query("kind == 'stop'")
    assert stops["code"].tolist() == ["missing_column"]
    with pytest.raises(MissingColumn):
        build_round(SMALL)


def test_a_check_hands_over_the_tables_to_colour_and_what_to_hide(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False).assign(ho_ten="Trần Thị Bí Mật")
    table["d101aa"] = table["d101aa"].astype(object)
    table.loc[0, "d101aa"] = "Có"
    table.to_excel(file.with_suffix(".xlsx"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.xlsx")
    checked = check_round_with_tables(SMALL)
    assert checked.hidden == ("ho_ten",)
    (stop,) = checked.findings.query("kind == 'stop'").to_dict("records")
    (raw,) = checked.tables
    assert raw.cells.loc[0, "d101aa"] == "Có"
    assert stop["cell"] == f"{raw.letters['d101aa']}2" and stop["sheet"] == raw.sheet == "Sheet1"


def test_a_real_round_is_not_compared_with_a_simulated_one(copied_data):
    settings(copied_data, "simulated = true", "simulated = false", "example-2021")
    with pytest.raises(BadRows, match="previous"):
        build_round("example-2021")
    assert not (copied_data / "built").exists()


def test_the_rows_of_the_round_before_are_checked_too(copied_data):
    shutil.copytree(copied_data / "codebook" / "papi", copied_data / "codebook" / "before")
    settings(copied_data, 'codebook = "papi"', 'codebook = "before"', "example-2020")
    variables = copied_data / "codebook" / "before" / "variables.csv"
    variables.write_text(variables.read_text("utf-8").replace(",question,", ",guess,", 1), encoding="utf-8")
    now, before = read_round("example-2021"), read_round("example-2020")
    check_reference_rows(now)
    with pytest.raises(BadRows, match="role"):
        check_reference_rows(now, before)
