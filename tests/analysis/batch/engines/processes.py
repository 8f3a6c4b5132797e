"""A notebook whose cell notes its processes, the command as a person starts it, and what still runs afterwards."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from tests.analysis.batch.notebooks import changed_notebook

WORKBENCH = Path(sys.executable).with_name("workbench")
#: A cell that notes the ids of its process, of a program that it started and of its parent, then sleeps.
SLEEP = """
import os, subprocess, sys, time
if district == "900":
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open({note!r}, "w").write(f"{{os.getpid()}} {{other.pid}} {{os.getppid()}}")
    {then}
    time.sleep(60)
"""


def sleeping_notebook(tmp_path, then="pass"):
    note = tmp_path / "processes"
    return changed_notebook(tmp_path / "nb", SLEEP.format(note=str(note), then=then), short=True), note


def processes_in(note, seconds=120):
    """Wait until the cell has noted its processes."""
    end = time.monotonic() + seconds
    while not (note.is_file() and len(note.read_text().split()) == 3):
        assert time.monotonic() < end, "the cell was never reached"
        time.sleep(0.1)
    return [int(pid) for pid in note.read_text().split()]


def all_gone(pids, seconds):
    end = time.monotonic() + seconds
    while any(is_running(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(is_running(pid) for pid in pids)


def is_running(pid):
    with contextlib.suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


@contextlib.contextmanager
def command(*arguments, **options):
    """`workbench packs` in a process group of its own; ended with the test, should it still run."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    process = subprocess.Popen(
        [WORKBENCH, "packs", *arguments], start_new_session=True, **(streams | options)
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.stdout.close()
        process.stderr.close()
        process.wait()
