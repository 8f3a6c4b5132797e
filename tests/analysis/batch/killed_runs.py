"""Runs of `workbench packs` in a process of their own, to be killed: start, wait, compare what they leave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.batch.folder import BUILDING, LOCK, STATUS

#: What two runs on the same inputs may differ in: times, and the name of who holds the folder.
_OF_THE_RUN = (STATUS, LOCK)


def start_run(
    survey_round: str,
    out: Path,
    names: Sequence[str],
    notebook: Path | None = None,
    workers: int = 2,
    more: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen:
    """Start a run, in this process's environment unless another is given; it prints nothing."""
    command = [sys.executable, "-m", "analysis.cli", "packs", "--round", survey_round, "--out", str(out)]
    command += [part for name in names for part in ("--only", name)] + ["--workers", str(workers)]
    command += ["--notebook", str(notebook)] if notebook else []
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, *more], env=environment, **silent)


def kill_after(run: subprocess.Popen, out: Path, seconds: float) -> bool:
    """SIGKILL the runner alone, as the system does when memory is short; whether it was still at work.

    Parameters
    ----------
    seconds : float
        From the moment at which it has somewhere to build in.
    """
    wait_until_building(run, out)
    try:
        run.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        return True
    return False


def wait_until_building(run: subprocess.Popen, out: Path) -> None:
    """Until the run has a folder of its own to build in (one that was killed may have left another), or ended."""
    while run.poll() is None and not (out / f"{BUILDING}-{run.pid}").is_dir():
        time.sleep(0.02)


def wait_for_orphans(out: Path, seconds: float = 30) -> list[int]:
    """Process ids that still work in the folder when the time is over; none where all have ended."""
    until = time.monotonic() + seconds
    while (left := at_work_in(out)) and time.monotonic() < until:
        time.sleep(0.2)
    return left


def at_work_in(out: Path) -> list[int]:
    """Processes with an open file below the folder (Linux)."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            links = [str(link.readlink()) for link in (process / "fd").iterdir()]
        except OSError:
            continue
        if any(link.startswith(f"{out}/") for link in links):
            found.append(int(process.name))
    return found


def files_of(out: Path) -> dict[str, bytes]:
    """Every file's bytes, but for those that are about the run itself."""
    names = ((path.relative_to(out).as_posix(), path) for path in out.rglob("*") if path.is_file())
    return {name: path.read_bytes() for name, path in sorted(names) if name not in _OF_THE_RUN}
