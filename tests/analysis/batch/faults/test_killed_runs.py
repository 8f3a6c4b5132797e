"""The whole run is killed at some moment: whole pages only stay, and the next run gives what a clean one gives."""

import os
import signal
import time

import pytest

from tests.analysis.batch.engines.processes import command

PAGES = ("methods", "data_checks")


def tree(out, left_out=()):
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in out.rglob("*")
        if p.is_file() and p.name not in left_out
    }


def build(out, *more):
    only = [word for page in PAGES for word in ("--only", page)]
    return command(*only, "--out", out, *more)


@pytest.fixture(scope="module")
def clean(tmp_path_factory, example_results):
    out = tmp_path_factory.mktemp("clean") / "packs"
    with build(out) as process:
        process.communicate(timeout=300)
    assert process.returncode == 0
    return out


@pytest.mark.parametrize("moment", ["the folder is held", "a page is being built", "the first page stands"])
def test_run_killed_at_a_moment_and_run_again_gives_what_a_clean_run_gives(tmp_path, clean, moment):
    out = tmp_path / "packs"
    reached = {
        "the folder is held": lambda: (out / ".lock").exists(),
        "a page is being built": lambda: list(out.glob(".building-*/*/kernel.log")),
        "the first page stands": lambda: list(out.glob("*/*.html")),
    }[moment]
    with build(out) as process:
        while not reached() and process.poll() is None:
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    good = tree(clean)
    assert all(page.read_bytes() == good[page.relative_to(out).as_posix()] for page in out.glob("*/*.html"))
    with build(out) as process:
        process.communicate(timeout=300)
    assert process.returncode == 0
    timed = ("manifest.json", "status.json")
    assert tree(out, timed) == tree(clean, timed)
