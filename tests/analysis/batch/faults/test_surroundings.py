"""Locale, time zone, hash seed, order, workers, names of folders: the bytes are the same. What cannot be written."""

import os
import subprocess

import pytest

from tests.analysis.batch.engines.processes import command


def files_below(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("order", "workers", "environment"),
    [
        (
            ("methods", "899", "data_checks"),
            "1",
            {"LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1", "TZ": "UTC"},
        ),
        (
            ("data_checks", "methods", "899"),
            "2",
            {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "PYTHONUTF8": "0"},
        ),
    ],
)
def test_bytes_do_not_depend_on_the_machine_s_settings(tmp_path, packs, order, workers, environment):
    """Compared with the fifteen packs that the tests' own process made."""
    out = tmp_path / "Thư mục của tôi" / "bản tin"
    only = [word for name in order for word in ("--only", name)]
    with command(*only, "--workers", workers, "--out", out, env=os.environ | environment) as process:
        _, said = process.communicate(timeout=600)
    assert process.returncode == 0, said
    for name in ("methods", "data_checks", "899-rach-gia"):
        made, first = files_below(out / name), files_below(packs.index.parent / name)
        assert sorted(made) == sorted(first)
        assert [path for path in made if made[path] != first[path]] == []


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
