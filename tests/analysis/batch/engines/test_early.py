"""A server that is started ahead of its run serves that run alone and never outlives it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="servers fork on Linux alone")

#: A run that starts a server ahead, says its process id, and goes on as told.
RUN = """
import os, sys
from analysis.batch.engines import early
os.sched_getaffinity = lambda _: {0, 1}
with early.server_ahead("no-such-round:vi"):
    first = early.server_pid()
    print(first, flush=True)
    if sys.argv[1] == "killed":
        os._exit(9)
    if sys.argv[1] == "used":
        from analysis.batch.engines.forked import ForkServer
        server = ForkServer(sys.argv[2], print)
        server.start()
        print(early.server_pid(), flush=True)
"""


def run(*words):
    ran = subprocess.run(
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in ran.stderr
    return [int(line) for line in ran.stdout.split()]


def await_end(pid):
    for _ in range(600):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    os.kill(pid, 9)
    raise AssertionError("the server outlived its run")


def test_server_that_was_not_needed_ends_with_the_run():
    [pid] = run("unused")
    await_end(pid)


def test_server_ends_when_its_run_is_killed():
    [pid] = run("killed")
    await_end(pid)


def test_run_uses_the_server_that_waits_for_it():
    ahead, used = run("used", "no-such-round:vi")
    assert used == ahead
    await_end(used)


def test_server_for_something_else_is_not_used():
    ahead, used = run("used", "another-round:vi")
    assert used != ahead
    await_end(ahead)
    await_end(used)
