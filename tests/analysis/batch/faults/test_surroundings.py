"""Locale, time zone, hash seed, order, workers, names of folders: the bytes are the same. What cannot be written."""

import json
import os
import subprocess

import pytest

from tests.analysis.batch.engines.processes import command
from tests.analysis.batch.faults.wrong_clock import clock_library, clock_set_to
from tests.analysis.batch.killed_runs import files_of
from tests.conftest import require_or_skip

#: Two runs that have nothing in common but what they are asked for: order, workers, environment and clock.
RUNS = (
    (
        ("methods", "899", "data_checks"), "1", "2003-05-06 07:08:09",
        {"LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "UTC"},
    ),
    (
        ("data_checks", "methods", "899"), "2", "2031-11-30 23:59:58",
        {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "PYTHONUTF8": "0"},
    ),
)  # fmt: skip


def run(out, at, *more):
    """The run number `at`, by the command; where the clock cannot be set it is today's."""
    order, workers, clock, environment = RUNS[at]
    only = [word for name in order for word in ("--only", name)]
    environment = os.environ | environment | clock_set_to(clock)
    with command(*only, "--workers", workers, "--out", out, *more, env=environment) as process:
        said, fault = process.communicate(timeout=600)
    assert process.returncode == 0, fault
    return said


@pytest.fixture(scope="module")
def made(tmp_path_factory, example_results):
    """The folders of the two runs, whose path has spaces and diacritics and is longer than 260 characters."""
    deep = [" ".join(["Thư mục của tôi"] * 6)] * 3
    folders = [tmp_path_factory.mktemp("nơi").joinpath(*deep, "bản tin") for _ in RUNS]
    assert all(len(str(out)) > 260 for out in folders)
    for at, out in enumerate(folders):
        run(out, at)
    return folders


def test_bytes_do_not_depend_on_the_machine_s_settings(made):
    """10 hash seeds, each with results of its own: tests/benchmarks/batch_faults.py."""
    one, other = (files_of(out) for out in made)
    assert {"methods/methods.html", "899-rach-gia/briefing.html", "index.html", "manifest.json"} <= set(one)
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_clock_that_is_wrong_by_years_changes_no_byte_and_makes_nothing_again(made):
    require_or_skip("faketime", clock_library() is not None)
    told = [json.loads((out / "status.json").read_text("utf-8")) for out in made]
    assert [status["started"][:10] for status in told] == ["2003-05-06", "2031-11-30"]
    before = files_of(made[1])
    said = run(made[1], 0)  # 28 years back
    assert "Không đổi / unchanged: 3." in said
    assert files_of(made[1]) == before


def test_folder_that_cannot_be_written_is_named_and_nothing_runs(tmp_path, example_results):
    """By a file where a folder should be: permissions do not stop the superuser."""
    (tmp_path / "bản tin").write_text("", encoding="utf-8")
    with command("--only", "methods", "--out", tmp_path / "bản tin" / "packs") as process:
        said, fault = process.communicate(timeout=300)
    assert process.returncode == 21
    assert "Không ghi được vào thư mục xuất bản tin" in fault
    assert said == ""


def test_read_only_folder_keeps_its_packs_and_is_named(tmp_path, example_results):
    out = tmp_path / "packs"
    out.mkdir()
    (out / "index.html").write_text("bản cũ", encoding="utf-8")
    mounts = (["mount", "--bind", out, out], ["mount", "-o", "remount,bind,ro", out, out])
    if any(subprocess.run(mount, capture_output=True, check=False).returncode for mount in mounts):
        subprocess.run(["umount", out], capture_output=True, check=False)
        pytest.skip("making a folder read-only for the superuser needs a mount of its own")
    try:
        with command("--only", "methods", "--out", out) as process:
            _, fault = process.communicate(timeout=300)
        assert process.returncode == 21
        assert "Read-only file system" in fault
        assert [p.name for p in out.iterdir()] == ["index.html"]
    finally:
        subprocess.run(["umount", out], check=True)
