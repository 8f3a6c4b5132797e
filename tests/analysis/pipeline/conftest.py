"""A data folder of each test's own, whose rounds name no figures beside the survey."""

import re
import shutil

import pytest

from analysis import paths


@pytest.fixture
def copied_data(tmp_path, monkeypatch):
    """A data folder of the test's own, without built files; `with_context` has the rounds' [context] too."""
    monkeypatch.setenv("WORKBENCH_DATA", str(copy_data(tmp_path)))
    for file in (tmp_path / "data" / "rounds").glob("example-*.toml"):
        text = re.sub(r"(?m)^(administrative|parindex_sheet) = \S+", r'\1 = ""', file.read_text("utf-8"))
        file.write_text(re.sub(r"(?m)^parindex_year = \d+", "parindex_year = 0", text), encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def data_with_context(tmp_path, monkeypatch):
    """The same with the rounds' [context] as committed."""
    monkeypatch.setenv("WORKBENCH_DATA", str(copy_data(tmp_path)))
    return tmp_path / "data"


def copy_data(tmp_path):
    target = tmp_path / "data"
    shutil.copytree(paths.data_folder(), target, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    return target
