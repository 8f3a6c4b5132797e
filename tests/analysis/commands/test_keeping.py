"""`workbench purge` lists before it removes; `workbench key new` makes a key once."""

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.scaffold.data_folder import make_data_folder


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = make_data_folder(tmp_path / "data")
    monkeypatch.setenv("WORKBENCH_DATA", str(folder))
    (folder / "raw" / "old.dta").write_bytes(b"12345")
    row = "raw/old.dta,,2020-12-31,,agreement,LTH,2020-01-01\n"
    with (folder / "retention.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    return folder


def test_purge_only_lists_unless_told_to_remove(data):
    result = run("purge")
    assert result.exit_code == 0
    assert "raw/old.dta" in result.output
    assert "Nothing was removed" in result.output
    assert (data / "raw" / "old.dta").is_file()


def test_purge_removes_what_is_past_its_date_and_says_so(data):
    result = run("purge", "--remove")
    assert result.exit_code == 0
    assert not (data / "raw" / "old.dta").exists()
    assert (data / "raw" / "README.md").is_file()
    assert "raw/old.dta" in (data / "retention_log.csv").read_text("utf-8")


def test_a_folder_that_declares_no_round_keeps_its_built_files(data):
    (data / "built" / "papi-2020.results.parquet").write_bytes(b"1")
    run("purge", "--remove")
    assert (data / "built" / "papi-2020.results.parquet").is_file()


def test_a_key_is_made_once_and_never_inside_the_data_folder(data, tmp_path):
    assert run("key", "new", tmp_path / "safe" / "key").exit_code in (0, 11)
    (tmp_path / "safe").mkdir(exist_ok=True)
    first = run("key", "new", tmp_path / "safe" / "key2")
    assert first.exit_code == 0
    assert "WORKBENCH_KEY_FILE" in first.output
    made = (tmp_path / "safe" / "key2").read_bytes()
    assert run("key", "new", tmp_path / "safe" / "key2").exit_code == 11
    assert (tmp_path / "safe" / "key2").read_bytes() == made
    assert run("key", "new", data / "key").exit_code == 11
