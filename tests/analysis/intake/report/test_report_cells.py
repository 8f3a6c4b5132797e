import pytest
from openpyxl import Workbook

from analysis.intake.report.report_cells import is_plain, safe_cell, sheet_titles
from tests.analysis.intake.raw_tables import raw_of


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\tx", "\rx", "|x", "%x"])
def test_text_like_a_formula_is_quoted_text(text):
    cell = safe_cell(Workbook(write_only=True).create_sheet(), text)
    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)
    assert not is_plain(text)


@pytest.mark.parametrize("value", ["Phòng Nội vụ", "7;5", 8.5, None, "Điểm"])
def test_other_values_go_in_as_they_are(value):
    assert is_plain(value)
    assert safe_cell(Workbook(write_only=True).create_sheet(), value).value == value


def test_sheet_names_are_usable_and_differ():
    tables = [raw_of({"a": [1]}, sheet=name) for name in ("History", "'x'", "x", "X", "")]
    assert sheet_titles(tables, taken=("x",)) == ["History_2", "x_2", "x_3", "X_4", "lop"]
