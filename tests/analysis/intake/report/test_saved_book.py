import pytest
from openpyxl import Workbook, load_workbook

from analysis.errors import PacksFolderProblem
from analysis.intake.report.saved_book import save_book


def book(text):
    made = Workbook()
    made.active["A1"] = text
    return made


def test_a_book_is_written_into_a_new_folder_and_replaced_whole(tmp_path):
    path = tmp_path / "mới/sổ.xlsx"
    assert save_book(book("một"), path, "It") == path
    save_book(book("hai"), path, "It")
    assert load_workbook(path).active["A1"].value == "hai"
    assert [file.name for file in path.parent.iterdir()] == ["sổ.xlsx"]


def test_what_cannot_be_written_is_said_and_nothing_is_left_behind(tmp_path):
    (tmp_path / "sổ.xlsx").mkdir()
    with pytest.raises(PacksFolderProblem) as fault:
        save_book(book("một"), tmp_path / "sổ.xlsx", "The list")
    assert str(fault.value.what).startswith("The list cannot be written")
    assert [file.name for file in tmp_path.iterdir()] == ["sổ.xlsx"]
