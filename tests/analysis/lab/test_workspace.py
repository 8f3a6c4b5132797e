"""The folder to work in: filled at first, brought up to date later, and nobody's work lost."""

from __future__ import annotations

import json

import pytest

from analysis.errors import PacksFolderProblem
from analysis.lab.workspace import fingerprint, lay_workspace, shipped_files


@pytest.fixture
def shipped(tmp_path):
    """Two notebooks and a guide, as an update would bring them."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.ipynb").write_text(json.dumps(_notebook(f"{name} = 1")), encoding="utf-8")
    (folder / "GUIDE.md").write_text("# Hướng dẫn\n", encoding="utf-8")
    return sorted(folder.iterdir())


def _notebook(source: str, outputs: list | None = None) -> dict:
    cell = {"cell_type": "code", "source": [source], "outputs": outputs or [], "execution_count": None}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_the_first_start_copies_everything(shipped, tmp_path):
    laid = lay_workspace(tmp_path / "work", shipped)
    assert laid.copied == ("GUIDE.md", "a.ipynb", "b.ipynb") and laid.refreshed == laid.kept == ()
    for file in shipped:
        assert (tmp_path / "work" / file.name).read_bytes() == file.read_bytes()


def test_the_next_start_changes_nothing(shipped, tmp_path):
    lay_workspace(tmp_path / "work", shipped)
    laid = lay_workspace(tmp_path / "work", shipped)
    assert (laid.copied, laid.refreshed, laid.kept) == ((), (), ())


def test_an_update_brings_what_nobody_changed_and_keeps_what_somebody_did(shipped, tmp_path):
    work = tmp_path / "work"
    lay_workspace(work, shipped)
    (work / "a.ipynb").write_text(json.dumps(_notebook("a = 1", [{"output_type": "stream"}])))  # only run
    (work / "b.ipynb").write_text(json.dumps(_notebook("b = my_own_work")))
    for name in ("a", "b"):
        shipped[1].with_name(f"{name}.ipynb").write_text(json.dumps(_notebook(f"{name} = 2")))
    laid = lay_workspace(work, shipped)
    assert laid.refreshed == ("a.ipynb",) and laid.kept == ("b.ipynb",)
    assert "a = 2" in (work / "a.ipynb").read_text() and "my_own_work" in (work / "b.ipynb").read_text()
    (work / "b.ipynb").unlink()
    assert lay_workspace(work, shipped).copied == ("b.ipynb",)


def test_a_file_that_is_no_notebook_any_more_is_kept(shipped, tmp_path):
    lay_workspace(tmp_path / "work", shipped)
    (tmp_path / "work" / "a.ipynb").write_text("not json")
    assert lay_workspace(tmp_path / "work", shipped).kept == ("a.ipynb",)


def test_a_run_alone_does_not_change_a_notebook_s_fingerprint(tmp_path):
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(_notebook("x")))
    before = fingerprint(file)
    file.write_text(json.dumps(_notebook("x", [{"output_type": "stream"}])))
    assert fingerprint(file) == before
    file.write_text(json.dumps(_notebook("y")))
    assert fingerprint(file) != before


def test_a_folder_that_cannot_be_written_says_so(shipped, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(PacksFolderProblem, match="Không ghi được"):
        lay_workspace(tmp_path / "taken", shipped)


def test_the_checkout_ships_the_guide_and_the_notebook_to_explore():
    names = [file.name for file in shipped_files()]
    assert names[0] == "GUIDE.md" and {"explore.ipynb", "guide_from_stata.ipynb"} <= set(names)


def test_files_may_be_laid_into_a_folder_of_it_with_a_memory_of_their_own(shipped, tmp_path):
    work = tmp_path / "work"
    lay_workspace(work, shipped)
    assert lay_workspace(work, shipped, "bai-hoc").copied == (
        "bai-hoc/GUIDE.md",
        "bai-hoc/a.ipynb",
        "bai-hoc/b.ipynb",
    )
    (work / "bai-hoc" / "a.ipynb").write_text(json.dumps(_notebook("answer = 42")))
    for name in ("a", "b"):
        shipped[1].with_name(f"{name}.ipynb").write_text(json.dumps(_notebook(f"{name} = 2")))
    laid = lay_workspace(work, shipped, "bai-hoc")
    assert (laid.kept, laid.refreshed) == (("bai-hoc/a.ipynb",), ("bai-hoc/b.ipynb",))
    assert "a = 1" in (work / "a.ipynb").read_text()
