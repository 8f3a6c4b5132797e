from openpyxl import load_workbook

from analysis.findings import Finding, findings_table
from analysis.intake.report import report_cells
from analysis.intake.report.report_cells import sheet_titles
from analysis.intake.report.report_workbook import write_findings_workbook
from tests.analysis.intake.raw_tables import raw_of


def test_sheet_names_are_usable_and_differ():
    tables = [raw_of({"a": [1]}, sheet=name) for name in ("History", "'x'", "x", "X", "")]
    assert sheet_titles(tables, taken=("x",)) == ["History_2", "x_2", "x_3", "X_4", "lop"]


def test_of_a_large_table_only_rows_with_findings_are_copied_in_their_places(tmp_path, monkeypatch):
    monkeypatch.setattr(report_cells, "MOST_CELLS", 3)
    raw = raw_of({"q": [1, 2, 3, 4]})
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(2, "q"))])
    sheet = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))["Sheet1"]
    assert [sheet[f"A{row}"].value for row in range(1, 6)] == ["q", None, None, 3, None]


def test_comments_end_at_the_most_and_colours_do_not(tmp_path, monkeypatch):
    monkeypatch.setattr(report_cells, "MOST_COMMENTS", 2)
    raw = raw_of({"q": [1, 2, 3]})
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(at, "q")) for at in range(3)])
    sheet = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))["Sheet1"]
    cells = [sheet[f"A{row}"] for row in (2, 3, 4)]
    assert [cell.comment is not None for cell in cells] == [True, True, False]
    assert all(cell.fill.fill_type == "solid" for cell in cells)
