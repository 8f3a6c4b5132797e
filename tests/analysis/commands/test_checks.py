"""`workbench check FILE`: findings on the screen and in a workbook, without a round."""

import pandas as pd
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from analysis.cli import main


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path):
    table = pd.DataFrame({"ma": range(40), "dien_thoai": ["0912345678"] * 40, "q1": [1, 2] * 20})
    table.to_csv(tmp_path / "a.csv", index=False, encoding="utf-8")
    return tmp_path / "a.csv"


def test_any_file_is_checked_without_a_round(file):
    result = run("check", file)
    assert result.exit_code == 0
    assert "personal_column" in result.output
    assert "0912345678" not in result.output
    assert "a.csv: 0 lỗi phải sửa / stop; " in result.output


def test_all_findings_go_into_a_workbook(file, tmp_path):
    result = run("check", file, "--xlsx", tmp_path / "found.xlsx")
    assert "Đã ghi mọi phát hiện / all findings" in result.output
    assert load_workbook(tmp_path / "found.xlsx").sheetnames[0] == "Phát hiện - Findings"


def test_at_most_twenty_findings_are_shown_and_the_rest_is_counted(tmp_path):
    pd.DataFrame({"diem": [f"{at};5" for at in range(60)]}).to_excel(tmp_path / "b.xlsx", index=False)
    result = run("check", tmp_path / "b.xlsx", "--schema", "class_list")
    assert result.exit_code != 0
    assert len([line for line in result.output.splitlines() if line.startswith("  ")]) <= 21


@pytest.mark.parametrize(
    ("arguments", "word"), [(["--round", "example-2021", "x.csv"], "FILE"), (["--sheet", "a"], "--sheet")]
)
def test_what_does_not_go_together_is_named(arguments, word):
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert word in result.output


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert run("check", tmp_path / "none.csv").exit_code == 10


def test_a_round_can_be_written_to_a_workbook_too(tmp_path):
    result = run("check", "--round", "example-papi-2021", "--xlsx", tmp_path / "r.xlsx")
    assert result.exit_code == 0
    assert (tmp_path / "r.xlsx").is_file()


def test_a_round_s_workbook_holds_its_bad_cells_alone_and_says_where_a_purge_finds_it(tmp_path):
    result = run("check", "--round", "example-papi-2021", "--xlsx", tmp_path / "r.xlsx")
    assert "reports/example-papi-2021.xlsx" in result.output and "workbench purge" in result.output
    found, copy = load_workbook(tmp_path / "r.xlsx").worksheets[:2]
    listed = {(line[4], line[5]) for line in found.iter_rows(min_row=2, values_only=True) if line[4]}
    names = [cell.value for cell in copy[1]]
    held = {(cell.row - 1, names[cell.column - 1]) for row in copy.iter_rows(min_row=2) for cell in row
            if cell.value is not None}  # fmt: skip
    assert held and held <= listed


@pytest.mark.parametrize("target", ["a.csv", "a.xlsx"])
def test_the_file_that_is_checked_stays_as_it_is(tmp_path, target):
    table = pd.DataFrame({"ma": range(40), "q1": [1, 2] * 20})
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_excel(tmp_path / "a.xlsx", index=False)
    before = (tmp_path / target).read_bytes()
    result = run("check", tmp_path / target, "--xlsx", tmp_path / target)
    assert result.exit_code == 21 and "Không ghi bảng phát hiện" in result.output
    assert (tmp_path / target).read_bytes() == before


def test_what_stops_is_shown_before_notes_however_many_there_are(tmp_path):
    text = "\n".join(["STT,Mã học viên,Đơn vị,Huyện,Lớp,Điểm trước"] +
                     [f"{at},HV{at},A,Gò Quao,K1,{at % 7}; " for at in range(80)] + ["81,HV1,A,Gò Quao,,7"])  # fmt: skip
    (tmp_path / "l.csv").write_text(text, encoding="utf-8")
    result = run("check", tmp_path / "l.csv", "--schema", "class_list")
    first = [line for line in result.output.splitlines() if line.startswith("  ") and line[2] != " "]
    assert (
        len(first) == 21
        and "bị trùng" in first[0] + first[1]
        and "không được để trống" in first[0] + first[1]
    )


def test_capitals_of_a_legacy_encoding_do_not_matter_and_another_is_named(file):
    assert run("check", file, "--legacy", "KEEP").exit_code == 0
    result = run("check", file, "--legacy", "abc")
    assert result.exit_code == 2 and "--legacy" in result.output
