"""A disk that fills up at one write or another: the page that stood stays whole, and the next run mends all."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from analysis.batch.folder import STATUS
from analysis.batch.run import build_packs
from analysis.errors import PacksFolderProblem

PAGE = "methods"
#: Kilobytes that are free when the run starts: a page of 220 KB, its notebook, index and manifest.
FREE = (*range(0, 48, 8), *range(48, 960, 70), 2000)


@contextmanager
def small_disk(folder):
    """A disk of three megabytes in memory, under a name with spaces and diacritics."""
    disk = folder / "đĩa nhỏ"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(disk)]
    if (
        not sys.platform.startswith("linux")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small disk needs Linux and the superuser")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def tree(out):
    """But for status.json, which tells the times."""
    files = (p for p in out.rglob("*") if p.is_file() and p.name != STATUS)
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in files}


def build(out):
    """The page made anew; the round's results are up to date."""
    return build_packs("example-2021", "vi", out, [PAGE], force=True, build=lambda survey_round: None)


def fill(disk, free):
    """Leave so many kilobytes."""
    there = os.statvfs(disk)
    with (disk / "ballast").open("wb") as file:
        file.write(bytes(max(0, there.f_bavail * there.f_bsize - (free << 10))))


def test_full_disk_at_twenty_points_leaves_the_old_page_whole(tmp_path, example_results, one_server):
    with small_disk(tmp_path) as disk:
        out = disk / "bản tin"
        build(out)
        before = tree(out)
        assert len(before[f"{PAGE}/{PAGE}.html"]) > 100_000
        ended = []
        for free in FREE:
            fill(disk, free)
            try:
                ended.append(len(build(out).failed_pages))
            except PacksFolderProblem:
                ended.append("folder")
            (disk / "ballast").unlink()
            now = tree(out)
            assert {"index.html", "manifest.json"} <= set(now)
            assert now[f"{PAGE}/{PAGE}.html"] == before[f"{PAGE}/{PAGE}.html"]
            assert not list(out.glob(".building*"))
        assert len(FREE) >= 20
        assert ended[0] == "folder"  # not even the folder's own files can be written
        assert 1 in ended  # the page failed, index and manifest say so
        assert ended[-1] == 0
        assert build(out).failed_pages == []
        assert tree(out) == before
