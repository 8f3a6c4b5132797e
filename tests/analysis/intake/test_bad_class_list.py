import re
import time

import pytest
from openpyxl import load_workbook

from analysis.findings import describe_first, join_findings
from analysis.intake.reading import read_tables
from analysis.intake.report.report_workbook import FINDINGS_SHEET, write_findings_workbook
from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed import type_table
from tests.analysis.intake.bad_class_list import HIDDEN_ROWS, KINDS, SHEET, make_bad_class_list

#: Seconds allowed for typing and checking 10,000 rows of 17 columns; about a second on two slow cores.
BUDGET = 10


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    path, planted = make_bad_class_list(tmp_path_factory.mktemp("lists"))
    tables, from_reader = read_tables(path)
    raw = next(table for table in tables if table.sheet == SHEET)
    start = time.perf_counter()
    typed = type_table(raw, read_schema("class_list"))
    seconds = time.perf_counter() - start
    return path, planted, raw, typed, join_findings([from_reader], typed.findings), seconds


def test_there_are_more_than_thirty_kinds_each_once():
    assert len({each.kind for each in KINDS}) == len(KINDS) >= 30


def test_every_planted_cell_is_found_with_its_address_and_no_other(checked):
    _, planted, raw, typed, _, _ = checked
    assert len(raw.cells) == 10_000 + 1  # the total row
    found = typed.findings[typed.findings["cell"] != ""]
    named = set(zip(found["code"], found["cell"], strict=True))
    assert named == {(each.code, each.cell) for each in planted}
    assert set(found["sheet"]) == {SHEET}


def test_the_reader_adds_only_what_it_says_of_the_same_cells_and_of_the_sheet(checked):
    _, planted, _, _, joined, _ = checked
    cells = joined[joined["kind"] != "note"]
    assert set(cells["cell"]) - {""} == {each.cell for each in planted} & set(cells["cell"])
    said = " ".join(joined["vi"])
    assert re.search("ẩn", said)
    assert "Tổng cộng" in said or "dòng tổng" in said.casefold()


def test_no_personal_value_is_in_any_finding(checked):
    _, planted, raw, _, joined, _ = checked
    text = joined.to_csv()
    secrets = {
        each.value
        for each in planted
        if each.column in ("participant", "birth_date", "phone") and isinstance(each.value, str)
    }
    secrets |= set(raw.cells["HỌ VÀ TÊN"].dropna()) | {"0912345678"}
    assert not [secret for secret in secrets if secret in text]


def test_rows_are_left_out_where_a_score_or_the_district_is_bad(checked):
    _, planted, _, typed, _, _ = checked
    bad = {each.row for each in planted if each.column in ("pre_score", "post_score", "district")}
    total_row = typed.findings.query("code == 'row_without_entry'")["row"].tolist()
    assert total_row == [10_006]
    assert int(typed.left_out.sum()) == len({*bad, *total_row})


def test_merged_and_hidden_rows_are_data(checked):
    _, _, raw, typed, _, _ = checked
    hidden = [int(row) - int(raw.rows[0]) for row in HIDDEN_ROWS]
    assert typed.table["district"].iloc[hidden].notna().all()
    assert typed.table["unit"].notna().sum() == 10_000


def test_it_is_quick_and_the_screen_shows_twenty(checked):
    *_, joined, seconds = checked
    assert seconds < BUDGET
    lines = describe_first(joined).splitlines()
    assert sum(" — " in line for line in lines) == 20


def test_the_workbook_colours_every_planted_cell_and_names_no_one(checked, tmp_path):
    _, planted, raw, typed, joined, _ = checked
    path = tmp_path / "phát hiện.xlsx"
    book = load_workbook(write_findings_workbook(joined, [raw], path, personal=typed.hidden))
    copy = book[SHEET]
    assert [each.cell for each in planted if copy[each.cell].fill.fill_type != "solid"] == []
    assert {copy[f"C{row}"].value for row in range(6, 10_006)} == {"•••"}
    assert {copy[f"B{row}"].value for row in range(6, 10_006)} == {"•••", None}
    assert copy["A5"].value == "STT"
    assert book[FINDINGS_SHEET].max_row == len(joined) + 1
