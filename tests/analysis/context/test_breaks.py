"""Breaks of a framework's series: of the framework named, none where it has no file."""

import pytest

from analysis.context.breaks import BREAK_COLUMNS, read_breaks, same_series
from analysis.errors import BadRows

HEAD = ",".join(BREAK_COLUMNS)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "framework/mine").mkdir(parents=True)
    return tmp_path / "framework/mine"


def test_framework_without_the_file_has_no_breaks(folder):
    breaks = read_breaks("mine")
    assert list(breaks.columns) == list(BREAK_COLUMNS) and breaks.empty
    assert same_series("a", 2019, 2021, breaks)


def test_break_parts_the_years_before_it_from_those_of_it_and_after(folder):
    (folder / "breaks.csv").write_text(f"{HEAD}\na,2020,Đổi,Changed,the test\n", encoding="utf-8")
    breaks = read_breaks("mine")
    assert not same_series("a", 2019, 2020, breaks)
    assert same_series("a", 2020, 2021, breaks) and same_series("b", 2019, 2020, breaks)


def test_year_that_is_none_is_refused(folder):
    (folder / "breaks.csv").write_text(f"{HEAD}\na,năm 2020,Đổi,Changed,the test\n", encoding="utf-8")
    with pytest.raises(BadRows):
        read_breaks("mine")
