"""Built files: whole with their sidecars, or not up to date."""

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.built import check_folder, digest, is_whole, write_tables
from analysis.errors import PacksFolderProblem

NAMES = ("first", "second", "last")


def tables(folder, value):
    return {folder / f"{name}.parquet": pd.DataFrame({"a": [value]}) for name in NAMES}


def all_whole(folder, inputs):
    return all(is_whole(path, inputs) for path in tables(folder, 0))


def test_a_written_table_is_whole_and_says_what_it_is(tmp_path):
    write_tables(tables(tmp_path, 1), {"code": "x"}, {list(tables(tmp_path, 1))[-1]: {"notes": ["n"]}})
    assert all_whole(tmp_path, {"code": "x"})
    assert not all_whole(tmp_path, {"code": "y"})
    about = json.loads((tmp_path / "last.json").read_text("utf-8"))
    assert (about["file"], about["row_count"], about["notes"]) == ("last.parquet", 1, ["n"])
    assert "notes" not in json.loads((tmp_path / "first.json").read_text("utf-8"))


@pytest.mark.parametrize("new_inputs", [{"code": "x"}, {"code": "y"}])
@pytest.mark.parametrize("count", range(2 * len(NAMES)))
def test_a_writing_that_stops_halfway_is_never_whole(tmp_path, monkeypatch, count, new_inputs):
    write_tables(tables(tmp_path, 1), {"code": "x"}, {})
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    moved, replace = [], Path.replace

    def stopping(part, target):
        if len(moved) == count:
            raise OSError("planted")
        moved.append(target)
        return replace(part, target)

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", stopping)
        with pytest.raises(PacksFolderProblem) as caught:
            write_tables(tables(tmp_path, 2), new_inputs, {})
    assert caught.value.exit_code == 21
    assert {path.name for path in tmp_path.iterdir()} == set(before)  # no leftovers, nothing lost
    whole = {path.name: is_whole(path, new_inputs) for path in tables(tmp_path, 0)}
    if count == 0:
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    if new_inputs == {"code": "y"}:
        assert not whole["last.parquet"]
    if count % 2:  # between a sidecar and its table
        assert not whole[f"{NAMES[count // 2]}.parquet"]


def test_a_table_is_never_there_without_its_sidecar(tmp_path, monkeypatch):
    seen, replace = [], Path.replace

    def looking(part, target):
        moved = replace(part, target)
        seen.append({path.name for path in tmp_path.iterdir() if path.suffix != ".part"})
        return moved

    monkeypatch.setattr(Path, "replace", looking)
    write_tables(tables(tmp_path, 1), {}, {})
    assert [len(names) for names in seen] == [1, 2, 3, 4, 5, 6]
    for names in seen:
        assert {name.replace("parquet", "json") for name in names if name.endswith("parquet")} <= names
    assert "last.parquet" not in seen[-2]


def test_nothing_is_moved_in_before_every_table_is_written(tmp_path):
    bad = {tmp_path / "last.parquet": pd.DataFrame({"a": [1, "b"]})}
    with pytest.raises(Exception, match="Conversion failed"):
        write_tables(tables(tmp_path, 1) | bad, {}, {})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PAR1 cut short", None])
def test_a_table_that_is_spoilt_or_gone_is_not_whole(tmp_path, content):
    write_tables(tables(tmp_path, 1), {}, {})
    file = tmp_path / "second.parquet"
    file.unlink() if content is None else file.write_bytes(content)
    assert not is_whole(file, {})
    assert is_whole(tmp_path / "first.parquet", {})


@pytest.mark.parametrize("content", ["", "[]", "3", "null", '{"sha256": 1}', "{}", None])
def test_a_table_with_a_spoilt_sidecar_is_not_whole(tmp_path, content):
    write_tables(tables(tmp_path, 1), {}, {})
    file = tmp_path / "last.json"
    file.unlink() if content is None else file.write_text(content, encoding="utf-8")
    assert not is_whole(tmp_path / "last.parquet", {})


def test_a_file_in_the_folders_place_is_named(tmp_path):
    folder = tmp_path / "built"
    check_folder(folder)
    folder.mkdir()
    check_folder(folder)
    folder.rmdir()
    folder.write_text("not a folder", encoding="utf-8")
    with pytest.raises(PacksFolderProblem, match="cannot be written") as caught:
        check_folder(folder)
    assert "Không ghi được" in caught.value.vi
    with pytest.raises(PacksFolderProblem):
        write_tables({folder / "a.parquet": pd.DataFrame({"a": [1]})}, {}, {})


def test_the_hash_of_files_tells_names_contents_and_order_apart(tmp_path):
    files = [tmp_path / name for name in ("a", "b")]
    for file in files:
        file.write_text(file.name, encoding="utf-8")
    first = digest(files)
    assert digest(files) == first
    assert digest(files[::-1]) != first
    files[1].write_text("c", encoding="utf-8")
    assert digest(files) != first
