from dataclasses import replace
from datetime import date

import pytest

from analysis.intake.schemas.schema import Column, read_schema
from analysis.intake.schemas.typed_cells import Cell, read_cell

PLAIN = Column("x", "X", "X", (), "text", False, "", "", {}, (), "auto", {}, "note", False, "yes", False)
LIST = read_schema("class_list")


def column(type_, **fields):
    return replace(PLAIN, type=type_, **fields)


SCORE = column("score", low="0", high="10", absent_marks={"v": "absent", "vắng": "absent"})
DAY = column(
    "date", date_forms=("dd/mm/yyyy", "excel_serial", "year", "cell"), low="1940-01-01", high="2007-12-31"
)


@pytest.mark.parametrize(
    ("declared", "text", "kind", "value"),
    [
        (SCORE, "7,5", "text", 7.5),
        (SCORE, "8.0", "text", 8.0),
        (SCORE, "7.5", "number", 7.5),
        (SCORE, "10", "merged", 10.0),
        (column("whole"), "6", "text", 6.0),
        (column("whole"), "6", "number", 6.0),
        (column("number", decimal="comma"), "1.234,5", "text", 1234.5),
        (column("year", low="1900", high="2020"), "1980", "number", 1980.0),
        (column("year", low="1900", high="2020", date_forms=("dd/mm/yyyy",)), "05/03/1980", "text", 1980.0),
        (LIST.column("sex"), "NỮ", "text", "female"),
        (LIST.column("sex"), "male", "text", "male"),
        (column("yes_no"), "Có", "text", True),
        (column("yes_no"), "0", "number", False),
        (column("yes_no", codes={"x": "yes", "-": "no"}), "X", "text", True),
        (column("phone"), "0912 345 678", "text", "0912345678"),
        (column("phone"), "+84 912.345.678", "text", "0912345678"),
        (column("phone"), "912345678", "number", "0912345678"),
        (column("key"), "HV-001", "text", "HV-001"),
        (column("key"), "001", "text", "001"),
        (column("text"), "  Phòng\u00a0 Nội vụ ", "text", "Phòng Nội vụ"),
    ],
)
def test_a_good_cell_has_the_value_that_is_meant(declared, text, kind, value):
    cell = read_cell(declared, text, kind)
    assert (cell.fault, cell.value) == ("", value)


@pytest.mark.parametrize(
    ("text", "kind", "value", "form"),
    [
        ("05/03/1980", "text", (date(1980, 3, 5), "day"), "dd/mm/yyyy"),  # the fifth of March
        ("1980-03-05", "date", (date(1980, 3, 5), "day"), "cell"),
        ("29285", "number", (date(1980, 3, 5), "day"), "excel_serial"),  # 1899-12-30 + 29285 days
        ("1980", "text", (date(1980, 1, 1), "year"), "year"),
    ],
)
def test_a_date_is_read_by_its_declared_forms_and_says_which(text, kind, value, form):
    assert read_cell(DAY, text, kind) == Cell(value, form)


@pytest.mark.parametrize(
    ("declared", "text", "kind", "fault"),
    [
        (SCORE, "7;5", "text", "not_number"),
        (SCORE, "bảy", "text", "not_number"),
        (SCORE, "TRUE", "bool", "not_number"),
        (SCORE, "8/10", "text", "not_number"),
        (SCORE, "inf", "number", "not_number"),
        (SCORE, "11", "number", "out_of_range"),
        (SCORE, "-0,5", "text", "out_of_range"),
        (SCORE, "1,234", "text", "ambiguous_number"),
        (replace(SCORE, decimal="comma"), "7.5", "text", "other_decimal"),
        (replace(SCORE, decimal="comma"), "7;5", "text", "not_number"),
        (SCORE, "2021-05-07", "date", "number_became_date"),
        (SCORE, "#N/A", "error", "error_cell"),
        (SCORE, "", "formula_empty", "formula_empty"),
        (column("whole"), "3,5", "text", "not_whole"),
        (DAY, "30/02/1980", "text", "impossible_date"),
        (DAY, "12/25/1981", "text", "impossible_date"),
        (DAY, "05/03/80", "text", "undeclared_date_form"),
        (DAY, "1980-03-05", "text", "undeclared_date_form"),
        (DAY, "tháng ba", "text", "not_date"),
        (DAY, "99999", "number", "impossible_date"),
        (DAY, "05/03/1890", "text", "out_of_range"),
        (DAY, "31/12/2008", "text", "out_of_range"),
        (column("year", low="1900", high="2020"), "80", "text", "not_year"),
        (column("year", low="1900", high="2020"), "2180", "number", "out_of_range"),
        (LIST.column("sex"), "Nan", "text", "unknown_code"),
        (column("yes_no"), "x", "text", "not_yes_no"),
        (column("phone"), "091234", "text", "not_phone"),
        (column("phone"), "1912345678", "text", "not_phone"),
        (column("key"), "1.23457E+11", "text", "key_became_number"),
        (column("key"), "2021-05-07", "date", "key_became_number"),
        (column("text", required=True), "\u00a0", "text", "blank"),
        (column("key", required=True), "--", "text", "blank"),
    ],
)
def test_a_bad_cell_has_no_value_and_names_its_fault(declared, text, kind, fault):
    cell = read_cell(declared, text, kind)
    assert (cell.value, cell.fault) == (None, fault)


@pytest.mark.parametrize("mark", ["v", "V", " v ", "vắng", "VẮNG"])
def test_a_declared_mark_is_no_value_and_no_fault(mark):
    cell = read_cell(SCORE, mark, "text")
    assert (cell.value, cell.fault, cell.meaning) == (None, "", "absent")


def test_an_undeclared_mark_is_a_fault():
    assert read_cell(replace(SCORE, absent_marks={}), "v", "text").fault == "not_number"


def test_an_empty_cell_is_a_fault_only_where_one_is_required():
    assert read_cell(SCORE, "", "empty") == Cell()
    assert read_cell(replace(SCORE, required=True), "", "empty").fault == "blank"


def test_the_bounds_themselves_are_allowed():
    assert [read_cell(SCORE, text, "text").value for text in ("0", "10")] == [0, 10]
    assert read_cell(DAY, "31/12/2007", "text").fault == ""
