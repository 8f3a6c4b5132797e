"""Text that a spreadsheet might run is kept as text, and all other text as it was."""

import pytest
from openpyxl import Workbook

from analysis.inert import FORMULA_STARTS, LONGEST_CELL, inert_text, is_plain, safe_cell

DANGEROUS = [
    "=A1",
    "+1",
    "-1",
    "@x",
    "\tx",
    "\rx",
    "\nx",
    "|x",
    "%x",
    '=HYPERLINK("x")',
    "=cmd|' /C calc'!A0",
]


def cell_of(value):
    return safe_cell(Workbook(write_only=True).create_sheet(), value)


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_like_a_formula_is_quoted_text(text):
    cell = cell_of(text)
    assert (cell.data_type, bool(cell.quotePrefix), cell.value) == ("s", True, text)
    assert not is_plain(text)


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_like_a_formula_gets_an_apostrophe_in_a_csv(text):
    assert inert_text(text) == "'" + text
    assert not inert_text(text).startswith(FORMULA_STARTS)


@pytest.mark.parametrize("value", ["Phòng Nội vụ", "7;5", 8.5, None, "Điểm"])
def test_other_values_go_in_as_they_are(value):
    assert is_plain(value)
    assert cell_of(value).value == value
    assert not cell_of(value).quotePrefix


@pytest.mark.parametrize("text", ["Phòng Nội vụ", "7-5", "a=b", "", "'đã có dấu"])
def test_other_text_stays_as_it_was_in_a_csv(text):
    assert inert_text(text) == text


def test_control_characters_and_the_end_of_a_very_long_text_are_not_kept():
    assert cell_of("a\x07b").value == inert_text("a\x07b") == "a�b"
    assert len(cell_of("x" * (LONGEST_CELL + 1)).value) == LONGEST_CELL


def test_error_words_of_a_spreadsheet_are_text():
    assert cell_of("#N/A").data_type == "s"
