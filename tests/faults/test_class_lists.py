"""Faults of class lists through `workbench check FILE`: each cell named by its address, the file untouched.

Faults 17 and 18 of the list of input faults, as far as the list itself shows them; what a score means
beside the same person's other score is the training stage's matter.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from analysis.cli import main
from tests.analysis.intake.bad_class_list import SHEET, make_bad_class_list

#: Processor seconds allowed for checking 10,000 rows and writing the coloured workbook; about five are needed.
BUDGET = 30
TWICE, COLUMN, ROWS, UNREADABLE = 14, 12, 18, 11
HEAD = ("STT", "Mã học viên", "Họ và tên", "Đơn vị", "Huyện", "Lớp", "Điểm trước", "Điểm sau")


def check(file: Path, *more: object) -> Result:
    arguments = ["check", str(file), "--schema", "class_list", *map(str, more)]
    ended = CliRunner().invoke(main, arguments)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
    assert "Traceback" not in ended.output
    return ended


def write(folder: Path, rows: list[tuple], head: tuple = HEAD) -> Path:
    book = Workbook()
    book.active.title = "Lớp"
    for row in (head, *rows):
        book.active.append(row)
    path = folder / "danh sách lớp.xlsx"
    book.save(path)
    return path


def person(number: int, before: object = 6, after: object = 8, code: str = "") -> tuple:
    name = f"Danh Văn {chr(64 + number)}"
    return (number, code or f"HV{number:03d}", name, "Phòng Nội vụ", "Gò Quao", "K01", before, after)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """The 10,000-row list checked once: its planted cells, what was printed, the workbook, the seconds."""
    folder = tmp_path_factory.mktemp("lists")
    path, planted = make_bad_class_list(folder)
    raw = path.read_bytes()
    start = time.process_time()
    ended = check(path, "--xlsx", folder / "phát hiện.xlsx")
    seconds = time.process_time() - start
    assert path.read_bytes() == raw
    return planted, ended, load_workbook(folder / "phát hiện.xlsx"), seconds


def test_large_list_is_refused_and_says_how_much_was_found(large):
    planted, ended, _, _ = large
    assert ended.exit_code == ROWS
    lines = [line for line in ended.output.splitlines() if line.startswith("  ")]
    assert len(lines) == 20 + 1 and re.search(r"và \d+ điều nữa / and \d+ more", lines[-1])
    stops = int(re.search(r"(\d+) lỗi phải sửa / stop", ended.output)[1])
    assert stops == sum(each.code in ("error_cell", "formula_empty", "duplicate_value", "key_became_number")
                        or (each.code == "blank" and each.column != "district") for each in planted)  # fmt: skip


def test_every_planted_cell_of_the_large_list_stands_in_the_workbook_with_its_address(large):
    planted, _, book, _ = large
    texts = {str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value}
    assert [each.cell for each in planted if each.cell not in texts] == []
    copy = book[SHEET]
    assert [each.cell for each in planted if copy[each.cell].fill.fill_type != "solid"] == []


def test_large_list_is_checked_in_time(large):
    assert large[3] < BUDGET


def test_lock_file_of_excel_is_named_as_one(tmp_path):
    path = tmp_path / "~$danh sách lớp.xlsx"
    path.write_bytes(b"\x05Danh" + b" " * 160)
    ended = check(path)
    assert ended.exit_code == UNREADABLE
    assert "tệp khóa tạm" in ended.output and "lock file" in ended.output


@pytest.mark.parametrize("score", [11, "11/10", "-1", "8;5", "mười"])
def test_score_out_of_bounds_or_of_another_form_leaves_its_row_out(tmp_path, score):
    ended = check(write(tmp_path, [person(1), person(2, before=score), person(3)]))
    assert ended.exit_code == 0
    assert "Lớp!G3" in ended.output
    assert "Dòng bị loại / row left out: 1" in ended.output


def test_code_that_stands_twice_stops(tmp_path):
    ended = check(write(tmp_path, [person(1), person(2, code="HV001"), person(3)]))
    assert ended.exit_code == TWICE
    assert "Lớp!B3" in ended.output and "duplicate_value" in ended.output
    assert "HV001" not in ended.output


def test_whole_row_that_stands_twice_stops_and_both_are_named(tmp_path):
    ended = check(write(tmp_path, [person(1), person(2), person(1)]))
    assert ended.exit_code == TWICE
    assert "Lớp!B4" in ended.output and "Lớp!B2" in ended.output


def test_swapped_columns_of_name_and_score_are_bad_cells_of_every_row(tmp_path):
    rows = [person(number) for number in (1, 2, 3)]
    swapped = [(*row[:2], row[6], *row[3:6], row[2], row[7]) for row in rows]
    ended = check(write(tmp_path, swapped))
    assert "Dòng bị loại / row left out: 3" in ended.output
    assert all(f"Lớp!G{row}" in ended.output for row in (2, 3, 4))
    assert "Danh Văn" not in ended.output


def test_missing_required_column_stops_and_names_its_headings(tmp_path):
    rows = [person(number)[:1] + person(number)[2:] for number in (1, 2)]
    ended = check(write(tmp_path, rows, HEAD[:1] + HEAD[2:]))
    assert ended.exit_code == COLUMN
    assert "Mã học viên" in ended.output


def test_everybody_at_ten_is_noted_as_a_column_that_says_nothing(tmp_path):
    rows = [person(number, before=10, after=10) for number in range(1, 9)]
    ended = check(write(tmp_path, rows))
    assert ended.exit_code == 0
    assert "constant_column" in ended.output and "Điểm trước" in ended.output


@pytest.mark.parametrize("people", [1, 2, 3])
def test_list_of_very_few_people_is_read(tmp_path, people):
    ended = check(write(tmp_path, [person(number) for number in range(1, people + 1)]))
    assert ended.exit_code == 0
    assert f"{people} rows" in ended.output


def test_list_without_people_is_refused(tmp_path):
    ended = check(write(tmp_path, []))
    assert ended.exit_code != 1
    assert ended.exit_code == UNREADABLE
