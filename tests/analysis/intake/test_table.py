from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.findings import Finding
from analysis.intake.table import HEADING, RawTable, text_of


def sheet_table():
    return RawTable(
        path=Path("danh-sach.xlsx"),
        sheet="Lớp 1",
        cells=pd.DataFrame({"Họ tên": ["a", "b"], "Điểm": ["7,5", None]}, dtype="str"),
        rows=np.array([6, 9]),
        letters={"Họ tên": "B", "Điểm": "E"},
        kinds=pd.DataFrame({"Họ tên": ["text"] * 2, "Điểm": ["text", "empty"]}),
        header_row=5,
    )


def stored_table():
    stored = pd.DataFrame({"tuoi": [30.0, np.nan, np.nan], "ten": ["An", None, "Bình"]})
    return RawTable(
        path=Path("a.dta"), sheet="", rows=np.arange(1, 4), letters={}, stored=stored,
        tagged={"tuoi": {1: ".a"}}, header_row=0,
    )  # fmt: skip


def test_an_address_is_the_sheet_the_letter_and_the_row_of_the_sheet():
    assert sheet_table().address(1, "Điểm") == "Lớp 1!E9"
    assert sheet_table().address(HEADING, "Họ tên") == "Lớp 1!B5"


def test_an_address_without_letters_says_row_and_column():
    assert stored_table().address(1, "tuoi") == "row 2, column tuoi"


def test_place_of_gives_a_finding_its_address():
    finding = Finding("x", "What.", "Điều gì.", **sheet_table().place_of(1, "Điểm"))
    seen = (finding.file, finding.sheet, finding.cell, finding.row, finding.column)
    assert seen == ("danh-sach.xlsx", "Lớp 1", "E9", 9, "Điểm")
    assert sheet_table().place_of(0)["cell"] == ""


def test_cells_of_stored_values_are_made_when_asked_for_and_keep_tags():
    table = stored_table()
    assert "cells" not in vars(table)
    assert table.columns == ["tuoi", "ten"]
    assert table.cells["tuoi"].tolist()[:2] == ["30", ".a"] and pd.isna(table.cells["tuoi"][2])
    assert table.kinds["tuoi"].tolist() == ["number", "text", "empty"]
    assert table.kinds["ten"].tolist() == ["text", "empty", "text"]
    assert str(table.cells["tuoi"].dtype) == "str"


def test_a_name_that_is_no_field_is_an_attribute_error():
    with pytest.raises(AttributeError):
        _ = sheet_table().cell


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        (29221.0, "29221", "number"),
        (7.5, "7.5", "number"),
        (8.4000000000000004, "8.4", "number"),
        (-0.0, "0", "number"),
        (12345678901234567890.0, "12345678901234567168", "number"),
        (float("inf"), "inf", "number"),
        (np.int8(3), "3", "number"),
        (True, "TRUE", "bool"),
        (np.False_, "FALSE", "bool"),
        (date(1980, 3, 5), "1980-03-05", "date"),
        (datetime(1980, 3, 5), "1980-03-05", "date"),
        (datetime(1980, 3, 5, 8, 30), "1980-03-05T08:30:00", "date"),
        (pd.Timestamp("1980-03-05"), "1980-03-05", "date"),
        ("", "", "empty"),
        (None, "", "empty"),
        (float("nan"), "", "empty"),
        (pd.NaT, "", "empty"),
        ("001", "001", "text"),
    ],
)
def test_a_value_becomes_text_by_one_rule(value, text, kind):
    assert text_of(value) == (text, kind)
