"""The output folder is held by one run, and what a killed run left is put right."""

import os
import subprocess
import sys

import pytest

from analysis.batch.folder import building_folder, folder_faults, hold_folder
from analysis.errors import PacksFolderProblem

HOLDER = """
import sys, time
from pathlib import Path
from analysis.batch.folder import hold_folder
with hold_folder(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other_run(tmp_path):
    out = tmp_path / "packs"
    process = subprocess.Popen([sys.executable, "-c", HOLDER, out], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield out, process
    process.kill()
    process.wait()


def test_second_run_is_told_which_process_holds_the_folder(other_run):
    out, process = other_run
    with pytest.raises(PacksFolderProblem) as fault, hold_folder(out):
        pass
    assert fault.value.exit_code == 21
    assert f"process {process.pid} " in fault.value.got


def test_folder_is_free_again_when_the_process_that_held_it_is_killed(other_run):
    out, process = other_run
    process.kill()
    process.wait()
    assert (out / ".lock").exists()
    with hold_folder(out):
        pass
    assert not (out / ".lock").exists()


def test_one_process_cannot_hold_a_folder_twice(tmp_path):
    with hold_folder(tmp_path), pytest.raises(PacksFolderProblem) as fault, hold_folder(tmp_path):
        pass
    assert f"process {os.getpid()} " in fault.value.got


def test_nothing_is_left_of_a_folder_that_a_run_made_and_put_nothing_into(tmp_path):
    with hold_folder(tmp_path / "packs"), building_folder(tmp_path / "packs"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_pack_that_a_killed_run_had_moved_aside_is_put_back_and_its_leftovers_go(tmp_path):
    left = tmp_path / ".building-17"
    for name, text in (("899-rach-gia.old", "cũ"), ("900-ha-tien.old", "cũ"), ("905-chau-thanh", "dở dang")):
        (left / name).mkdir(parents=True)
        (left / name / "briefing.html").write_text(text, encoding="utf-8")
    (tmp_path / "900-ha-tien").mkdir()
    (tmp_path / "900-ha-tien" / "briefing.html").write_text("mới", encoding="utf-8")
    (tmp_path / ".index.html.17.part").write_text("<ht", encoding="utf-8")
    with hold_folder(tmp_path):
        pass
    there = {p.relative_to(tmp_path).as_posix(): p.read_text("utf-8") for p in tmp_path.rglob("*.*")}
    assert there == {"899-rach-gia/briefing.html": "cũ", "900-ha-tien/briefing.html": "mới"}


@pytest.mark.parametrize(
    ("name", "is_folder"), [("failed", False), ("index.html", True), ("manifest.json", True)]
)
def test_something_else_under_a_name_that_a_run_writes_is_named_and_kept(tmp_path, name, is_folder):
    (tmp_path / name).mkdir() if is_folder else (tmp_path / name).write_text("của người khác", "utf-8")
    with pytest.raises(PacksFolderProblem) as fault, hold_folder(tmp_path):
        pass
    assert fault.value.where.endswith(name)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_what_the_system_says_becomes_a_sentence_with_the_file(tmp_path):
    with pytest.raises(PacksFolderProblem) as fault, folder_faults(tmp_path):
        (tmp_path / "none" / "index.html").write_text("")
    assert fault.value.where.endswith("none/index.html")
    assert fault.value.got == "No such file or directory"
