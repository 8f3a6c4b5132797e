import os

import pytest
from openpyxl import Workbook

from analysis.errors import PacksFolderProblem
from analysis.findings import Finding, findings_table
from analysis.intake.report.report_target import check_target, is_findings_workbook
from analysis.intake.report.report_workbook import write_findings_workbook


@pytest.fixture
def own(tmp_path):
    """A person's own list."""
    path = tmp_path / "danh sách.xlsx"
    Workbook().save(path)
    return path


def refused(path, read=()):
    with pytest.raises(PacksFolderProblem) as fault:
        check_target(path, read)
    assert fault.value.exit_code == 21 and "Nothing was changed." in fault.value.hint
    return str(fault.value)


def test_the_file_that_is_checked_is_never_written_over(own, tmp_path, monkeypatch):
    link, hard = tmp_path / "link.xlsx", tmp_path / "hard.xlsx"
    link.symlink_to(own)
    os.link(own, hard)
    monkeypatch.chdir(tmp_path)
    from pathlib import Path

    for same in (own, link, hard, Path("danh sách.xlsx"), tmp_path / "x" / ".." / "danh sách.xlsx"):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert "đang được kiểm tra" in refused(same, [own])


def test_nor_is_any_other_file_of_a_person_s(own):
    assert "một tệp khác" in refused(own)
    assert not is_findings_workbook(own)


@pytest.mark.parametrize("name", ["bc.csv", "bc", "bc.xlsm", "bc.dta"])
def test_a_name_that_is_no_xlsx_is_refused(tmp_path, name):
    assert "không có đuôi .xlsx" in refused(tmp_path / name)


def test_raw_of_a_data_folder_takes_originals_alone(tmp_path, monkeypatch):
    for name in ("used", "other"):
        (tmp_path / name / "raw" / "2023").mkdir(parents=True)
        (tmp_path / name / "rounds").mkdir()
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path / "used"))
    for name in ("used", "other"):
        assert "tệp gốc" in refused(tmp_path / name / "raw" / "a.xlsx")
        assert "tệp gốc" in refused(tmp_path / name / "raw" / "2023" / "a.xlsx")


def test_a_new_name_and_an_earlier_workbook_of_findings_are_taken(tmp_path):
    path = tmp_path / "BC.XLSX"
    check_target(path)
    write_findings_workbook(findings_table([Finding("x", "X.", "X.")]), [], path)
    assert is_findings_workbook(path)
    check_target(path)
