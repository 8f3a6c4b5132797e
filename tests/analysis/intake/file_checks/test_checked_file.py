import pandas as pd
import pytest

from analysis.errors import MissingFile
from analysis.findings import exit_code_of
from analysis.intake.file_checks.checked_file import KINDS, check_file
from analysis.intake.readers.limits import FORMATS
from analysis.intake.schemas.schema import read_schema

PEOPLE = pd.DataFrame({"Họ và tên": ["Lê Thị Bình", "Trần Văn An", "Đỗ Lan"], "Điểm": [7.5, 8, 9]})


def test_what_was_read_is_said_first_with_the_tables_to_colour(tmp_path):
    PEOPLE.to_excel(tmp_path / "lop.xlsx", index=False)
    checked = check_file(tmp_path / "lop.xlsx")
    assert checked.findings["code"].iloc[0] == "file_read" and checked.findings["got"].iloc[0] == "3 × 2"
    assert [table.sheet for table in checked.tables] == ["Sheet1"]
    assert checked.hidden == ("Họ và tên",)
    assert "Bình" not in checked.findings.to_string()
    assert exit_code_of(checked.findings) == 0


def test_a_file_that_cannot_be_read_is_one_finding(tmp_path):
    (tmp_path / "a.dta").write_bytes(b"not a survey")
    checked = check_file(tmp_path / "a.dta")
    assert checked.findings["code"].tolist() == ["unreadable_file"] and checked.tables == []
    assert exit_code_of(checked.findings) == 11
    assert exit_code_of(check_file(tmp_path / "none.dta").findings) == 10


def test_a_declared_list_is_typed_too(tmp_path):
    PEOPLE.assign(**{"Điểm trước": ["11", "7;5", "8"]}).to_excel(tmp_path / "lop.xlsx", index=False)
    plain = check_file(tmp_path / "lop.xlsx")
    typed = check_file(tmp_path / "lop.xlsx", schema="class_list")
    assert set(typed.findings["code"]) - set(plain.findings["code"])
    with pytest.raises(MissingFile):
        check_file(tmp_path / "lop.xlsx", schema="none")


def test_a_sheet_beside_the_list_is_not_read_as_one(tmp_path):
    required = [column.label_vi for column in read_schema("class_list").columns if column.required]
    with pd.ExcelWriter(tmp_path / "lop.xlsx") as book:
        pd.DataFrame({name: ["x1", "x2"] for name in required}).to_excel(book, sheet_name="Lớp", index=False)
        pd.DataFrame({"Giới tính": ["Nam", "Nữ"], "Loại": ["a", "b"]}).to_excel(
            book, sheet_name="Danh mục", index=False
        )
    found = check_file(tmp_path / "lop.xlsx", schema="class_list").findings
    beside = found[found["sheet"] == "Danh mục"]
    assert "sheet_not_list" in set(beside["code"]) and "stop" not in set(beside["kind"])
    alone = check_file(tmp_path / "lop.xlsx", schema="class_list", sheet="Danh mục").findings
    assert "missing_column" in set(alone["code"])  # where no sheet fits, each is told what it lacks


def test_every_format_that_can_be_read_has_a_name():
    assert set(KINDS) == set(FORMATS)
