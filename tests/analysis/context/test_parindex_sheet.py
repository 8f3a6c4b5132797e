import pandas as pd
import pytest

from analysis import paths
from analysis.context.parindex_sheet import CRITERIA_COLUMNS, check_sheet, code_order, read_code, read_sheet
from analysis.errors import MissingFile, UnknownName, WorkbenchError
from tests.analysis.context.scoring_sheets import HEADINGS, SIX, changed, write_regime, write_sheet
from tests.analysis.intake.written_books import write_book


def stops(sheet):
    return sheet.findings.loc[sheet.findings["kind"] == "stop", "code"].tolist()


def test_rows_that_sum_others_are_not_scored(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv"), "2948")
    assert tuple(sheet.criteria.columns) == CRITERIA_COLUMNS
    assert sheet.criteria["criterion"].tolist() == ["6.1.1", "6.1.2", "6.2"]
    assert sheet.criteria["maximum"].sum() == 1.5 + 2.5 + 3 == 7


def test_the_result_is_the_appraised_score_or_the_survey_score(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv"), "2948")
    assert sheet.criteria["result"].tolist() == [1, 2, 1.75]
    assert sheet.criteria["method"].tolist() == ["self", "self", "survey"]


def test_both_parts_add_up_where_the_sheet_says_both(tmp_path):
    rows = changed("6.2", c3="Cả hai", c4="1", c5="0,5")
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", rows), "2948")
    assert sheet.criteria["result"].tolist()[-1] == 0.5 + 1.75


def test_without_a_method_the_scores_tell_it(tmp_path):
    rows = [(*row[:3], "", *row[4:]) for row in SIX]
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", rows), "2948")
    assert sheet.criteria["method"].tolist() == ["self", "self", "survey"]


def test_an_empty_score_is_not_zero(tmp_path):
    sheet = read_sheet(write_sheet(tmp_path / "p.csv", changed("6.2", c6="")), "2948")
    assert sheet.criteria["result"].isna().tolist() == [False, False, True]
    note = sheet.findings[sheet.findings["code"] == "no_result"].iloc[0]
    assert "3 điểm" in note["vi"] and note["got"] == "6.2"


def test_criteria_are_sorted_by_number_and_not_by_letter(tmp_path):
    rows = [("6.10", "Mười", "1", *[""] * 5), ("6.9", "Chín", "1", *[""] * 5)]
    assert read_sheet(write_sheet(tmp_path / "p.csv", rows), "2948").criteria["criterion"].tolist() == [
        "6.9",
        "6.10",
    ]
    assert code_order("6.10") > code_order("6.9")


def test_a_workbook_with_a_title_and_a_total_is_read(tmp_path):
    pad = [None] * 6
    book = write_book(
        tmp_path / "p.xlsx", ["PHIẾU CHẤM ĐIỂM", None, *pad], HEADINGS, *SIX, ["Tổng cộng", None, 7, *pad[:5]]
    )
    sheet = read_sheet(book, "2948")
    assert sheet.criteria["result"].tolist() == [1, 2, 1.75]


def test_a_total_that_differs_from_its_rows_stops(tmp_path):
    rows = [*SIX, ("Tổng cộng", "", "8", *[""] * 5)]
    assert stops(check_sheet(write_sheet(tmp_path / "p.csv", rows), "2948")) == ["sum_differs"]


def test_the_scoring_sheet_is_found_among_other_sheets_and_two_are_refused(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Ghi chú"])
    book.active.append(["Không phải phiếu"])
    for title in ("Phiếu", "Phiếu cũ"):
        sheet = book.create_sheet(title)
        for row in (HEADINGS, *SIX):
            sheet.append(row)
    book.save(tmp_path / "two.xlsx")
    assert stops(check_sheet(tmp_path / "two.xlsx", "2948")) == ["unreadable_file"]
    assert len(read_sheet(tmp_path / "two.xlsx", "2948", sheet="Phiếu").criteria) == 3
    del book["Phiếu cũ"]
    book.save(tmp_path / "one.xlsx")
    assert len(read_sheet(tmp_path / "one.xlsx", "2948").criteria) == 3


def test_a_file_without_a_scoring_sheet_stops_and_has_no_criteria(tmp_path):
    path = write_sheet(tmp_path / "p.csv", [("1", "2")], ("Họ tên", "Tuổi"))
    sheet = check_sheet(path, "2948")
    assert stops(sheet) == ["unreadable_file"] and sheet.criteria.empty
    with pytest.raises(WorkbenchError, match="which sheet"):
        read_sheet(path, "2948")


def test_a_simulated_row_makes_the_sheet_simulated(tmp_path):
    headings = (*HEADINGS, "Mô phỏng")
    marked = [(*row, "có" if row[0] == "6.2" else "") for row in SIX]
    assert read_sheet(write_sheet(tmp_path / "p.csv", marked, headings), "2948").simulated
    assert not read_sheet(write_sheet(tmp_path / "q.csv"), "2948").simulated


def test_what_the_sheet_leaves_out_is_taken_from_known_criteria(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    write_regime(tmp_path, (6, "6.1", 4, "self", "Sở Tài chính"), (6, "6.2", 3, "survey", "Sở Nội vụ"))
    rows = [("6.1", "", "", "", "4", "3", "", ""), ("6.2", "", "", "", "", "", "2", "Sở Y tế")]
    criteria = read_sheet(write_sheet(tmp_path / "p.csv", rows), "2948").criteria
    assert criteria["maximum"].tolist() == [4, 3]
    assert criteria["lead_agency"].tolist() == ["Sở Tài chính", "Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3.2.1.", "3.2.1"),
        (" 3 ", "3"),
        ("3,2", ""),
        ("I", ""),
        ("2001-02-03", ""),
        ("3..2", ""),
        ("0.1", ""),
    ],
)
def test_codes_are_read_in_one_form_only(text, code):
    assert read_code(text) == code


def test_an_unknown_regime_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(UnknownName):
        check_sheet(write_sheet(tmp_path / "p.csv"), "1194")
    with pytest.raises(MissingFile):
        check_sheet(tmp_path / "none.csv", "2948")


def test_the_example_is_simulated_whole_and_right():
    sheet = read_sheet(paths.home_data() / "example/parindex-2020.csv", "1149")
    assert sheet.simulated
    assert len(sheet.criteria) == 6 + 4 + 5 + 4 + 9 + 4 + 5 + 6
    assert sheet.criteria["maximum"].sum() == 100
    assert sheet.criteria["name"].str.contains("mô phỏng").all()
    assert isinstance(sheet.findings, pd.DataFrame) and stops(sheet) == []
