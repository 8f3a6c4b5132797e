import shutil

import pytest

from analysis.errors import BadRows, MissingFile
from analysis.rows import read_rows
from training.lessons.build import vendored
from training.lessons.build.vendored import SCRIPTS, STYLES, VENDOR, read_vendored

ALL = [*STYLES, *SCRIPTS, "reveal/LICENSE"]


def test_every_vendored_file_is_the_one_that_was_reviewed():
    rows = read_rows(VENDOR / "hashes.csv", ("file", "source", "bytes", "sha256")).set_index("file")
    assert (
        sorted(rows.index)
        == sorted(ALL)
        == sorted(path.relative_to(VENDOR).as_posix() for path in (VENDOR / "reveal").iterdir())
    )
    for name in ALL:
        assert len(read_vendored(name).encode()) == int(rows.at[name, "bytes"])
    assert "MIT" in read_vendored("reveal/reveal.js")[:300]
    assert "Permission is hereby granted" in read_vendored("reveal/LICENSE")


def test_a_changed_or_missing_file_stops_the_deck(tmp_path, monkeypatch):
    shutil.copytree(VENDOR, tmp_path / "vendor")
    monkeypatch.setattr(vendored, "VENDOR", tmp_path / "vendor")
    read_vendored.cache_clear()
    try:
        with (tmp_path / "vendor/reveal/reset.css").open("a") as file:
            file.write(" ")
        with pytest.raises(BadRows, match="not the one that was reviewed"):
            read_vendored("reveal/reset.css")
        (tmp_path / "vendor/reveal/notes.js").unlink()
        with pytest.raises(MissingFile):
            read_vendored("reveal/notes.js")
    finally:
        read_vendored.cache_clear()
