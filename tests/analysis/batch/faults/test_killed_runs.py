"""The whole run is killed at some moment: whole pages only stay, and the next run gives what a clean one gives."""

import os
import signal
import sys
import time

import pytest

from analysis.batch.status import read_status
from analysis.batch.verify import verify_packs
from tests.analysis.batch.conftest import NAMES, ROUND
from tests.analysis.batch.killed_runs import files_of, start_run, wait_for_orphans

#: Each is reached by a run of this process id; runs before it were killed in the same folder.
MOMENTS = {
    "the folder is held": lambda out, run: f"process {run} " in read(out / ".lock"),
    "a page is being built": lambda out, run: list(out.glob(f".building-{run}/*/kernel.log")),
    "the manifest names a page": lambda out, run: '"built"' in read(out / "manifest.json"),
}


def read(path):
    return path.read_text("utf-8") if path.is_file() else ""


@pytest.mark.skipif(sys.platform != "linux", reason="process tables are read in Linux's way")
def test_run_killed_at_one_moment_after_another_and_run_again_gives_what_a_clean_run_gives(
    issue, tmp_path, monkeypatch
):
    """50 random moments: tests/benchmarks/batch_faults.py."""
    monkeypatch.setenv("WORKBENCH_DATA", str(issue.data))
    out, good = tmp_path / "packs", files_of(issue.out)
    for moment, reached in MOMENTS.items():
        run = start_run(ROUND, out, NAMES, issue.notebook)
        while not reached(out, run.pid):
            assert run.poll() is None, moment
            time.sleep(0.005)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        assert wait_for_orphans(out) == []
        pages = {page.relative_to(out).as_posix(): page.read_bytes() for page in out.glob("*/*.html")}
        assert {name: good[name] for name in pages} == pages
    assert pages
    again = issue.build(out)
    assert again.failed == again.failed_pages == []
    assert again.unchanged  # what stood before is not made again
    assert files_of(out) == good
    assert verify_packs(out).empty
    assert read_status(out)["state"] == "done"
    assert not list(out.glob(".*"))
