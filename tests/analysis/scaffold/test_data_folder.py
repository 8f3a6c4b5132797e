"""A data folder is made whole outside the checkout, or not at all."""

import re

import pytest

from analysis import paths
from analysis.errors import PacksFolderProblem
from analysis.keeping.retention import read_retention
from analysis.scaffold.data_folder import make_data_folder


def test_a_new_folder_has_a_place_for_everything_and_no_copies_of_rows(tmp_path):
    made = make_data_folder(tmp_path / "dữ liệu")
    assert {"raw", "built", "corrections", "rounds", "registers"} <= {path.name for path in made.iterdir()}
    assert (made / ".gitignore").read_text("utf-8") == "*\n"
    assert read_retention(made).empty
    assert not (made / "codebook").exists()
    assert [path.name for path in made.parent.iterdir()] == ["dữ liệu"]


def test_every_readme_speaks_both_languages(tmp_path):
    made = make_data_folder(tmp_path / "new")
    readmes = list(made.rglob("README.md"))
    assert len(readmes) == 5
    for readme in readmes:
        text = readme.read_text("utf-8")
        assert "ệ" in text
        assert re.search(r"^\*[A-Z`]", text, re.MULTILINE)


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "empty").mkdir()
    assert (make_data_folder(tmp_path / "empty") / "raw").is_dir()


@pytest.mark.parametrize("inside", ["a file", "a folder"])
def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path, inside):
    target = tmp_path / "there"
    target.mkdir()
    (target / "mine.txt").write_text("1") if inside == "a file" else (target / "mine").mkdir()
    with pytest.raises(PacksFolderProblem, match="something is there"):
        make_data_folder(target)
    assert len(list(target.iterdir())) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_the_checkout_is_refused_also_through_a_link(tmp_path):
    (tmp_path / "link").symlink_to(paths.home())
    for target in (paths.home() / "mine", tmp_path / "link" / "mine"):
        with pytest.raises(PacksFolderProblem, match="inside"):
            make_data_folder(target)
    assert not (paths.home() / "mine").exists()
