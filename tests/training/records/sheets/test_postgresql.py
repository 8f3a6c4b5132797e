"""A real PostgreSQL server, started for these tests: the same records as from a workbook."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.errors import UnreadableFile
from analysis.findings import findings_table
from tests.conftest import require_or_skip
from tests.training.records.class_book import write_book
from tests.training.records.sheets import postgres
from tests.training.records.sheets.database_rows import fill_database
from tests.training.records.sheets.test_database import KEY, same
from training.records.checking import check_files, check_tables
from training.records.sheets.database import read_database


@pytest.fixture(scope="module")
def server():
    require_or_skip("postgresql", postgres.can_run())
    # pytest's own folders are closed to others, and the server runs as another user.
    folder = Path(tempfile.mkdtemp(prefix="workbench-postgresql-"))
    folder.chmod(0o755)
    try:
        with postgres.running_server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def filled(server):
    fill_database(server)
    return server


def test_a_server_gives_the_records_that_the_workbook_gives(filled, tmp_path):
    from_server = check_tables(read_database(filled), findings_table([]), KEY)
    from_workbook = check_files([write_book(tmp_path / "lop.xlsx")], KEY)
    assert from_server.findings["what"].tolist() == []
    for name, table in from_workbook.records.tables().items():
        same(table, getattr(from_server.records, name))


def test_vietnamese_text_and_dates_come_back_as_they_were_written(filled):
    tables = {table.sheet: table for table in read_database(filled)}
    assert tables["training_classes"].cells["name_vi"].tolist() == ["Bồi dưỡng về PAPI"] * 2
    assert tables["training_classes"].cells["start"].tolist() == ["2021-04-05", "2021-04-12"]
    assert set(tables["training_classes"].kinds["start"]) == {"date"}
    assert set(tables["training_classes"].cells["simulated"]) == {"TRUE"}


def test_the_check_command_reads_the_server_and_shows_no_password(filled):
    ended = CliRunner().invoke(main, ["training", "check"], env={"WORKBENCH_DATABASE": filled})
    assert ended.exit_code == 0, ended.output
    assert "2 lớp, 24 học viên" in ended.output
    assert filled.split(":")[2].split("@")[0] not in ended.output


def test_a_wrong_password_is_one_sentence_without_it(filled):
    user, _, rest = filled.removeprefix("postgresql://").partition(":")
    wrong = f"postgresql://{user}:sai-mat-khau@{rest.partition('@')[2]}"
    with pytest.raises(UnreadableFile) as fault:
        read_database(wrong)
    assert "sai-mat-khau" not in str(fault.value)


def test_a_database_that_is_not_there_is_said(filled):
    with pytest.raises(UnreadableFile):
        read_database(filled.rpartition("/")[0] + "/khong_co")
