"""Files of a draft stand in their places, all of them, or everything is as it was."""

from pathlib import Path

import pytest

from analysis.errors import PacksFolderProblem
from analysis.scaffold.placing import write_files


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    for folder in ("raw", "rounds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "rounds" / "r.toml").write_text("mine", encoding="utf-8")
    return tmp_path


def everything(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_nothing_that_is_there_is_written_over(data):
    with pytest.raises(PacksFolderProblem, match="never writes over"):
        write_files({data / "rounds" / "r.toml": "new"}, {})
    assert everything(data) == {"rounds/r.toml": "mine"}


def test_replacing_writes_and_removes(data):
    old = data / "old.csv"
    old.write_text("old", encoding="utf-8")
    write_files({data / "rounds" / "r.toml": "new"}, {}, replace=True, remove=[old])
    assert everything(data) == {"rounds/r.toml": "new"}


def test_a_fault_at_the_last_file_puts_everything_back(data, monkeypatch):
    old = data / "old.csv"
    old.write_text("old", encoding="utf-8")
    before, replace = everything(data), Path.replace

    def fail_at_b(part, target):
        if target.name == "b.csv":
            raise OSError(28, "No space left on device")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", fail_at_b)
    files = {data / "rounds" / "r.toml": "new", data / "rows" / "a.csv": "a", data / "rows" / "b.csv": "b"}
    with pytest.raises(PacksFolderProblem, match="cannot be written"):
        write_files(files, {}, replace=True, remove=[old])
    assert everything(data) == before


def test_a_copy_that_is_there_must_be_the_same_file(data, tmp_path):
    source = tmp_path / "mine.dta"
    source.write_text("1", encoding="utf-8")
    (data / "raw" / "mine.dta").write_text("2", encoding="utf-8")
    with pytest.raises(PacksFolderProblem, match=r"mine\.dta"):
        write_files({}, {data / "raw" / "mine.dta": source}, replace=True)
