"""A real scheduler of dask.distributed and its workers, each a process of its own, over TCP."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_LOCAL = ["--host", "127.0.0.1"]


@dataclass
class Cluster:
    """A scheduler, and workers that may be added and killed.

    Attributes
    ----------
    address : str
    folder : Path
        Where each worker has a folder for temporary files of its own.
    """

    address: str
    folder: Path
    workers: dict[str, subprocess.Popen] = field(default_factory=dict)

    def add_worker(self, name: str) -> Path:
        """Start a worker, and say where its temporary files lie."""
        place = self.folder / name
        place.mkdir()
        options = [*_LOCAL, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name]
        options += ["--local-directory", str(place / "dask")]
        self.workers[name] = _start("dask_worker", [self.address, *options], place, TMPDIR=str(place))
        return place


@contextmanager
def local_cluster(folder: Path, *names: str) -> Iterator[Cluster]:
    """A scheduler on a free port with workers of these names; all are gone in the end."""
    import distributed

    told = folder / "scheduler.json"
    options = [*_LOCAL, "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    scheduler = _start("dask_scheduler", options, folder)
    cluster = Cluster("", folder)
    try:
        until = time.monotonic() + 120
        while not told.is_file() and scheduler.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        with distributed.Client(scheduler_file=str(told), set_as_default=False) as client:
            cluster.address = client.scheduler.address
            for name in names:
                cluster.add_worker(name)
            client.wait_for_workers(len(names), timeout=120)
        yield cluster
    finally:
        for process in [*cluster.workers.values(), scheduler]:
            process.kill()
            process.wait()


def _start(module: str, options: list[str], folder: Path, **variables: str) -> subprocess.Popen:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
    log = (folder / f"{module}.log").open("wb")
    return subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | variables)
