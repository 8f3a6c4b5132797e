import openpyxl
import pytest

from analysis.context.parindex_sheet import check_sheet
from analysis.context.parindex_template import GUIDE, METHODS, SHEET, template_rows, write_sheet_template
from analysis.errors import PacksFolderProblem, UnknownName
from analysis.intake.schemas.schema import read_schema
from tests.analysis.context.scoring_sheets import write_regime


def test_a_template_has_a_guide_and_a_sheet_whose_headings_the_schema_reads(tmp_path):
    path = write_sheet_template("2948", tmp_path / "new/phieu.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [GUIDE, SHEET]
    labels = [cell.value for cell in book[SHEET][1]]
    assert labels == [column.label_vi for column in read_schema("parindex_sheet").columns][:-1]
    assert "QĐ 2948/QĐ-BNV" in book[GUIDE]["A1"].value


def test_an_empty_template_is_read_without_a_stop_and_holds_the_known_maxima(tmp_path):
    sheet = check_sheet(write_sheet_template("2948", tmp_path / "p.xlsx"), "2948")
    assert (sheet.findings["kind"] != "stop").all()
    assert sheet.criteria["maximum"].sum() == 100


def test_a_filled_template_gives_its_points_back(tmp_path):
    path = write_sheet_template("1150", tmp_path / "p.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for row in range(2, sheet.max_row + 1):
        if "." in str(sheet[f"A{row}"].value or ""):
            sheet[f"C{row}"], sheet[f"D{row}"], sheet[f"E{row}"], sheet[f"F{row}"] = (
                2,
                METHODS["self"],
                1.5,
                1,
            )
    book.save(path)
    read = check_sheet(path, "1150")
    assert (read.findings["kind"] != "stop").all(), read.findings["what"].tolist()
    assert (len(read.criteria), read.criteria["result"].sum()) == (43, 43)
    assert read.criteria["criterion"].tolist()[:7] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2.1"]


def test_codes_are_text_cells_and_lists_and_bounds_are_checked_by_the_spreadsheet(tmp_path):
    sheet = openpyxl.load_workbook(write_sheet_template("1150", tmp_path / "p.xlsx"))[SHEET]
    assert {sheet[f"A{row}"].number_format for row in range(2, sheet.max_row + 1)} == {"@"}
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation if rule.formula2 != "100"}
    assert rules["list"].formula1 == '"Tự đánh giá,Điều tra xã hội học,Cả hai"'
    assert rules["decimal"].formula2 == "$C2"


def test_known_criteria_stand_in_the_template_in_order_and_never_as_a_formula(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    write_regime(tmp_path, (6, "6.10", 3, "survey", "=1+1"), (6, "6.9", 4, "self", "Sở Tài chính"))
    rows = [row for row in template_rows("2948") if row["criterion"].startswith("6")]
    assert [row["criterion"] for row in rows] == ["6", "6.9", "6.10"]
    assert (rows[1]["maximum"], rows[1]["method"], rows[2]["method"]) == (
        4,
        "Tự đánh giá",
        "Điều tra xã hội học",
    )
    sheet = openpyxl.load_workbook(write_sheet_template("2948", tmp_path / "p.xlsx"))[SHEET]
    cell = next(cell for cell in sheet["H"] if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_every_method_of_the_list_is_read_by_the_schema():
    codes = read_schema("parindex_sheet").column("method").codes
    assert {codes[label] for label in METHODS.values() if label in codes} | {"both"} == set(METHODS)
    assert codes["Cả hai"] == "both"


def test_an_unknown_regime_and_a_path_that_cannot_be_written_are_refused(tmp_path):
    with pytest.raises(UnknownName):
        write_sheet_template("1194", tmp_path / "p.xlsx")
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(PacksFolderProblem):
        write_sheet_template("2948", tmp_path / "folder.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.xlsx"]
