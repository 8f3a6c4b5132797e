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
