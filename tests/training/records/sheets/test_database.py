"""An SQLite database: the same records as from a workbook, the same findings, and faults said in one sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import MissingFile, UnknownName, UnreadableFile
from analysis.findings import findings_table
from tests.training.records.class_book import write_book
from tests.training.records.sheets.database_rows import fill_database
from training.records.checking import check_files, check_tables
from training.records.sheets.database import create_tables, read_database, shown_url
from training.records.sheets.kinds import read_kinds

KEY = bytes(range(32))


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'hoso.db'}"


def execute(url: str, *statements: str) -> None:
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    order = list(left.columns)
    pd.testing.assert_frame_equal(
        left.sort_values(order, ignore_index=True), right.sort_values(order, ignore_index=True)
    )


def test_a_database_gives_the_records_that_the_workbook_gives(url, tmp_path):
    fill_database(url)
    from_database = check_tables(read_database(url), findings_table([]), KEY)
    from_workbook = check_files([write_book(tmp_path / "lop.xlsx")], KEY)
    assert from_database.findings["what"].tolist() == []
    for name, table in from_workbook.records.tables().items():
        same(table, getattr(from_database.records, name))


def test_tables_are_made_once_and_those_that_are_there_stay(url):
    assert create_tables(url) == [kind.schema.name for kind in read_kinds()]
    execute(url, "insert into training_plan (year, course) values (2021, 'PAPI-2021')")
    assert create_tables(url) == []
    assert [len(table.rows) for table in read_database(url)] == [1]


def test_a_bad_value_is_found_by_its_row_and_column(url):
    fill_database(url)
    execute(
        url,
        "update training_participants set district = 'Châu Thành A', commune = null where id = 3",
        "update training_forms set score = 11 where id = 5",
    )
    checked = check_tables(read_database(url), findings_table([]), KEY)
    rows = {(row.code, row.sheet, row.row, row.column) for row in checked.findings.itertuples()}
    assert rows == {
        ("unknown_place_code", "training_participants", 3, "district"),
        ("out_of_range", "training_forms", 5, "score"),
    }


def test_columns_that_no_measure_needs_are_not_asked_for(url):
    fill_database(url)
    execute(
        url,
        "alter table training_participants add column phone text",
        "alter table training_participants add column dia_chi text",
        "update training_participants set phone = '0912345678', dia_chi = 'số 1'",
    )
    people = next(table for table in read_database(url) if table.sheet == "training_participants")
    assert "phone" not in people.columns and "dia_chi" not in people.columns
    assert "full_name" in people.columns  # for the hash, and dropped with it


def test_rows_come_in_the_order_of_the_key_or_of_what_they_hold(tmp_path):
    url = f"sqlite:///{tmp_path / 'own.db'}"
    execute(
        url,
        "create table training_plan (year int, course text, district text, learners int)",
        "insert into training_plan values (2021, 'B', '905', 1)",
        "insert into training_plan values (2021, 'A', '905', 2)",
    )
    assert read_database(url)[0].cells["course"].tolist() == ["A", "B"]


@pytest.mark.parametrize("text", ["", "hoso.db", "sqlite", "postgresql//x"])
def test_a_text_that_is_no_url_is_refused(text):
    with pytest.raises(UnknownName):
        read_database(text)


def test_a_missing_file_is_not_made(tmp_path):
    with pytest.raises(MissingFile):
        read_database(f"sqlite:///{tmp_path / 'khong-co.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_the_tables_says_which_are_wanted(url):
    execute(url, "create table khac (a int)")
    with pytest.raises(UnreadableFile) as fault:
        read_database(url)
    assert "training_classes" in str(fault.value) and "khac" in str(fault.value)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "hoso.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(UnreadableFile):
        read_database(f"sqlite:///{path}")


def test_a_driver_that_is_not_installed_is_named_with_what_to_do():
    with pytest.raises(MissingFile) as fault:
        read_database("mysql+pymysql://ai@maychu/co_so")
    assert "papi-workbench[database]" in str(fault.value)


def test_a_password_is_in_no_message():
    assert shown_url("postgresql://an:mat-khau@maychu:5432/hoso?x=1") == "postgresql://maychu:5432/hoso"
    with pytest.raises(UnreadableFile) as fault:
        read_database("postgresql://an:mat-khau-dai@127.0.0.1:1/hoso")
    assert "mat-khau-dai" not in str(fault.value) and "an:" not in str(fault.value)
    assert fault.value.where == "postgresql://127.0.0.1:1/hoso"


def test_the_commands_make_tables_check_and_import_from_a_database(url, tmp_path):
    data = tmp_path / "data"
    (data / "raw").mkdir(parents=True)
    runner = CliRunner(env={"WORKBENCH_DATABASE": url})
    made = runner.invoke(main, ["training", "tables"])
    assert made.exit_code == 0 and "training_classes" in made.output
    fill_database(url)
    checked = runner.invoke(main, ["training", "check"])
    assert checked.exit_code == 0 and "24 học viên" in checked.output
    key = tmp_path / "key"
    runner.invoke(main, ["key", "new", str(key)])
    env = {"WORKBENCH_KEY_FILE": str(key)}
    ended = runner.invoke(main, ["--data", str(data), "training", "import", "--name", "csdl"], env=env)
    assert ended.exit_code == 0, ended.output
    assert (data / "built/training/csdl/participants.parquet").is_file()


def test_a_column_of_another_case_is_read(tmp_path):
    url = f"sqlite:///{tmp_path / 'hoa.db'}"
    execute(
        url,
        "create table training_plan (YEAR int, Course text, DISTRICT text, Learners int)",
        "insert into training_plan values (2021, 'A', '905', 2)",
    )
    checked = check_tables(read_database(url), findings_table([]))
    assert checked.records.plan["learners"].tolist() == [2]
    assert Path(url).name == "hoa.db"
