import pytest

from tests.analysis.intake.readers.test_delimited import one_of, read_one

HEAD = "Mã,Đơn vị,Điểm\n"
ROWS = "001,Sở Nội vụ,7.5\n002,UBND,8\n003,UBND,6\n"


@pytest.mark.parametrize(
    "line", ["Tổng cộng,,21.5", ",TỔNG,21.5", "Trung bình,3,7.17", '"Tổng số học viên: 3",,', "4,Cộng:,"]
)
def test_a_total_is_named_by_its_line_as_in_a_sheet_and_stays(tmp_path, line):
    table, found = read_one(tmp_path / "a.csv", HEAD + ROWS + line + "\n")
    said = one_of(found, "total_row")
    assert (said["row"], said["kind"], said["file"], said["got"]) == (5, "note", "a.csv", "5")
    assert "tổng cộng" in said["vi"] and len(table.rows) == 4


@pytest.mark.parametrize("line", ["Tống Văn An,UBND,3", "Công,UBND,3", "4,Trung bình,3", "004,Cộng đồng,3"])
def test_names_and_answers_like_a_total_are_none(tmp_path, line):
    _, found = read_one(tmp_path / "a.csv", HEAD + ROWS + line + "\n")
    assert found.empty


def test_lines_that_may_be_no_data_are_each_named_with_their_line(tmp_path):
    content = (
        HEAD
        + "001,Sở Nội vụ,7.5\n\n"
        + HEAD
        + '002,"Sở\nY tế",8\n003,UBND,6\n'
        + "Cộng,,21.5\n,,\n,,Người lập bảng\n"
    )
    table, found = read_one(tmp_path / "a.csv", content)
    assert len(table.rows) == 3 + 1 + 1 + 1
    assert {code: one_of(found, code)["got"] for code in found["code"]} == {
        "blank_rows": "3, 9", "repeated_headings": "4", "total_row": "8", "footer_row": "10",
    }  # fmt: skip
    assert set(found["kind"]) == {"note"}


def test_a_last_respondent_with_few_answers_beside_others_like_that_is_no_footer(tmp_path):
    _, found = read_one(tmp_path / "a.csv", "a,b,c\n1,,\n2,,\n3,,\n")
    assert "footer_row" not in set(found["code"])
