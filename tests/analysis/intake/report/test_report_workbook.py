import re
import stat
import zipfile

import pytest
from openpyxl import load_workbook

from analysis.errors import PacksFolderProblem
from analysis.findings import Finding, findings_table
from analysis.intake.report.report_workbook import FINDINGS_SHEET, KIND_NAMES, write_findings_workbook
from tests.analysis.intake.raw_tables import raw_of

EVIL = ["=1+1", "+SUM(A1)", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", '=HYPERLINK("http://x.vn","y")', "#N/A"]


def finding_at(raw, row, column, kind="left_out", **fields):
    text = {"value": "", "what": "Mend it.", "vi": "Hãy sửa."} | fields
    return Finding("not_number", kind=kind, **text, **raw.place_of(row, column))


@pytest.fixture
def raw():
    return raw_of(
        {"Họ tên": ["Nguyễn Văn An", "Lê Bình", None], "Điểm": ["7;5", 8, "v"], "Đơn vị": ["A", "B", "C"]},
        header_row=5,
    )


@pytest.fixture
def book(raw, tmp_path):
    found = [
        finding_at(raw, 2, "Điểm", "note", vi="Ghi chú."),
        finding_at(raw, 0, "Điểm", "note", vi="Lưu ý trước."),
        finding_at(raw, 0, "Điểm", "stop", value="7;5"),
        finding_at(raw, 1, "Họ tên"),
    ]
    return load_workbook(write_findings_workbook(findings_table(found), [raw], tmp_path / "bc.xlsx"))


def test_the_list_has_one_row_a_finding_in_order_of_cell_with_filter_and_frozen_head(book):
    sheet = book[FINDINGS_SHEET]
    assert [row[3].value for row in sheet.iter_rows(min_row=2)] == ["B6", "B6", "A7", "B8"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:N5"
    assert sheet["A4"].value == "Dòng bị loại / row left out"
    assert sheet["G3"].value == "7;5"


def test_a_finding_links_to_its_cell_in_the_copy(book):
    assert book[FINDINGS_SHEET]["D4"].hyperlink.location == "'Sheet1'!A7"


def test_the_copy_has_its_cells_where_they_stood_coloured_by_the_gravest_finding(book):
    copy = book["Sheet1"]
    assert [cell.value for cell in copy[5]] == ["Họ tên", "Điểm", "Đơn vị"]
    assert (copy["B6"].value, copy["B7"].value, copy["B8"].value) == ("7;5", 8, "v")
    colours = {kind: colour for kind, (_, colour) in KIND_NAMES.items()}
    assert copy["B6"].fill.start_color.rgb == f"00{colours['stop']}"
    assert copy["A7"].fill.start_color.rgb == f"00{colours['left_out']}"
    assert copy["B8"].fill.start_color.rgb == f"00{colours['note']}"
    assert copy["C6"].fill.fill_type is None
    assert "Lưu ý trước." in copy["B6"].comment.text
    assert "Hãy sửa." in copy["B6"].comment.text


def test_personal_columns_are_hidden_by_their_look_and_by_declaration(book, raw, tmp_path):
    assert [book["Sheet1"][f"A{row}"].value for row in (6, 7, 8)] == ["•••", "•••", None]
    found = findings_table([finding_at(raw, 0, "Điểm")])
    path = write_findings_workbook(found, [raw], tmp_path / "b.xlsx", personal=["Đơn vị"])
    assert load_workbook(path)["Sheet1"]["C6"].value == "•••"
    with zipfile.ZipFile(path) as parts:
        everything = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "replace")
    assert "Nguyễn" not in everything


def test_a_person_in_an_ordinary_column_is_hidden_in_the_copy(tmp_path):
    raw = raw_of({"Điểm": ["0912345678", "Trần Thị Hoa", 912345678, *range(40)]})
    path = write_findings_workbook(findings_table([finding_at(raw, 0, "Điểm")]), [raw], tmp_path / "b.xlsx")
    copy = load_workbook(path)["Sheet1"]
    assert [copy[f"A{row}"].value for row in range(2, 7)] == ["•••", "•••", "•••", 0, 1]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula_anywhere(tmp_path, text):
    raw = raw_of({text: [text, "x"], "Điểm": [1, 2]}, sheet=text)
    found = [finding_at(raw, 0, text, value=text, vi=text, what=text), finding_at(raw, 1, "Điểm")]
    path = write_findings_workbook(findings_table(found), [raw], tmp_path / "b.xlsx")
    for formulas in (False, True):
        book = load_workbook(path, data_only=not formulas)
        cells = [
            cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    with zipfile.ZipFile(path) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name]
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet]
    (cell,) = [cell for cell in load_workbook(path).worksheets[0][2] if cell.column == 8]
    assert cell.quotePrefix or text == "#N/A"


def test_control_characters_and_very_long_texts_are_written(tmp_path):
    raw = raw_of({"Điểm": ["7\x00\x015", "chữ " * 20_000]})
    found = [finding_at(raw, 0, "Điểm", vi="chữ " * 20_000)]
    book = load_workbook(write_findings_workbook(findings_table(found), [raw], tmp_path / "b.xlsx"))
    assert [book["Sheet1"][cell].value for cell in ("A2", "A3")] == ["7��5", "•••"]
    assert len(book[FINDINGS_SHEET]["H2"].value) == 32_000


def test_sheets_of_one_name_are_copied_apart_and_tables_without_findings_are_not(tmp_path):
    names = [
        ("a.xlsx", "Lớp: 1/2 [cũ]"),
        ("b.xlsx", "lớp_ 1_2 _cũ_"),
        ("c.xlsx", "x" * 40),
        ("d.xlsx", "không lỗi"),
    ]
    tables = [raw_of({"Điểm": [1]}, file=file, sheet=sheet) for file, sheet in names]
    found = findings_table([finding_at(raw, 0, "Điểm") for raw in tables[:3]])
    book = load_workbook(write_findings_workbook(found, tables, tmp_path / "b.xlsx"))
    assert book.sheetnames == [FINDINGS_SHEET, "Lớp_ 1_2 _cũ_", "lớp_ 1_2 _cũ__2", "x" * 31]
    links = [row[3].hyperlink.location for row in book[FINDINGS_SHEET].iter_rows(min_row=2)]
    assert links == [f"'{name}'!A2" for name in book.sheetnames[1:]]


def test_a_file_without_a_header_row_is_linked_to_the_right_row(tmp_path):
    raw = raw_of({"q1": [1, 2]}, header_row=0, letters=False, sheet="", file="r.dta")
    path = write_findings_workbook(
        findings_table([finding_at(raw, 1, "q1", "stop")]), [raw], tmp_path / "b.xlsx"
    )
    book = load_workbook(path)
    location = book[FINDINGS_SHEET]["E2"].hyperlink.location
    assert location == "'r'!A3"
    assert book["r"][re.sub(r".*!", "", location)].value == 2
    assert book["r"]["A2"].fill.fill_type is None


def test_findings_about_no_table_are_listed_alone(tmp_path):
    found = findings_table([Finding("missing_file", "Gone.", "Mất tệp.")])
    book = load_workbook(write_findings_workbook(found, [], tmp_path / "b.xlsx"))
    assert book.sheetnames == [FINDINGS_SHEET]
    assert book[FINDINGS_SHEET]["H2"].value == "Mất tệp."


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing_behind(raw, tmp_path):
    (tmp_path / "b.xlsx").mkdir()
    (tmp_path / "b.xlsx" / "kept").touch()
    with pytest.raises(PacksFolderProblem, match="cannot be written"):
        write_findings_workbook(findings_table([finding_at(raw, 0, "Điểm")]), [raw], tmp_path / "b.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["b.xlsx"]


def test_an_earlier_workbook_of_findings_is_replaced_whole(raw, tmp_path):
    path = tmp_path / "b.xlsx"
    for row in (0, 1):
        write_findings_workbook(findings_table([finding_at(raw, row, "Điểm")]), [raw], path)
        assert load_workbook(path)[FINDINGS_SHEET]["D2"].value == f"B{row + 6}"
    assert stat.S_IMODE(path.stat().st_mode) & 0o044 == 0
