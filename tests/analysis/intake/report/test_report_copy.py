import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.findings import Finding, findings_table
from analysis.intake.report import report_copy
from analysis.intake.report.report_workbook import FINDINGS_SHEET, write_findings_workbook
from tests.analysis.intake.raw_tables import raw_of


def test_of_a_large_table_only_rows_with_findings_are_copied_in_their_places(tmp_path, monkeypatch):
    monkeypatch.setattr(report_copy, "MOST_CELLS", 3)
    raw = raw_of({"q": [1, 2, 3, 4]})
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(2, "q"))])
    sheet = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))["Sheet1"]
    assert [sheet[f"A{row}"].value for row in range(1, 6)] == ["q", None, None, 3, None]


def test_comments_end_at_the_most_and_colours_do_not(tmp_path, monkeypatch):
    monkeypatch.setattr(report_copy, "MOST_COMMENTS", 2)
    raw = raw_of({"q": [1, 2, 3]})
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(at, "q")) for at in range(3)])
    sheet = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))["Sheet1"]
    cells = [sheet[f"A{row}"] for row in (2, 3, 4)]
    assert [cell.comment is not None for cell in cells] == [True, True, False]
    assert all(cell.fill.fill_type == "solid" for cell in cells)


def test_every_cell_of_a_finding_about_many_is_coloured_and_listed_with_its_address(tmp_path):
    raw = raw_of({"Mã": list(range(100)), "Điểm": ["8/10"] * 100}, header_row=5)
    rows = {"rows": "6-65, 70", "column": "Điểm", "file": raw.path.name, "sheet": raw.sheet}
    found = findings_table([Finding("x", "X.", "X.", expected="a", got="b", hint="c", **rows)])
    book = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))
    filled = [row for row in range(6, 106) if book["Sheet1"][f"B{row}"].fill.fill_type == "solid"]
    assert filled == [*range(6, 66), 70]
    listed = [[cell.value for cell in row] for row in book[FINDINGS_SHEET].iter_rows(min_row=2)]
    assert [line[3] for line in listed] == [f"B{row}" for row in filled]
    assert [line[4] for line in listed] == filled
    assert {line[6] for line in listed} == {"8/10"}
    assert {tuple(line[11:14]) for line in listed} == {("a", "b", "c")}


def test_what_is_about_a_whole_row_colours_its_first_cell(tmp_path):
    raw = raw_of({"a": [1, 2, 3], "b": [1, 2, 3]})
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(1))])
    sheet = load_workbook(write_findings_workbook(found, [raw], tmp_path / "b.xlsx"))["Sheet1"]
    assert [sheet[cell].fill.fill_type for cell in ("A2", "A3", "B3")] == [None, "solid", None]


def test_bad_cells_alone_are_copied_of_microdata(tmp_path):
    raw = raw_of(
        {"idcode": [101, 102, 103], "thon": [1, 2, 3], "tuoi": [34, 150, 60]}, header_row=0, letters=False
    )
    found = findings_table([Finding("x", "X.", "X.", **raw.place_of(1, "tuoi"))])
    path = write_findings_workbook(found, [raw], tmp_path / "b.xlsx", bad_cells_alone=True)
    sheet = pd.read_excel(path, sheet_name=1, header=None)
    assert sheet.iloc[0].tolist() == ["idcode", "thon", "tuoi"]
    held = {(at, name): value for name in sheet for at, value in sheet[name].iloc[1:].dropna().items()}
    assert held == {(2, 2): 150}


@pytest.mark.parametrize(
    "name",
    ["bà Lê Thị Bình", "Neáng Sóc Kha", "Phạm Quốc Việt", "TRƯỞNG PHÒNG Trương Hai", "Nguyễn Văn An (Tổ 3)"],
)
def test_a_name_below_or_beside_its_column_is_hidden_in_the_copy_and_the_list(tmp_path, name):
    raw = raw_of({"Huyện": ["Gò Quao", "Kiên Lươn", name], "Lớp": ["K1", name, "K1"], "Điểm": [7, 8, name]})
    found = [
        Finding("x", "X.", "X.", **raw.place_of(at, column)) for column in raw.columns for at in range(3)
    ]
    found.append(Finding("y", "Y.", "Y.", file=raw.path.name, sheet=raw.sheet, column="Lớp", rows="2-4"))
    path = write_findings_workbook(findings_table(found), [raw], tmp_path / "b.xlsx")
    texts = {str(cell.value) for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row}
    assert {"Gò Quao", "Kiên Lươn", "K1", "•••"} <= texts
    assert not [text for text in texts if name in text]
