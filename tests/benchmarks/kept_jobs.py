"""Jobs -> their results, over several processes; each is kept, so that a long run can be stopped and continued."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Runner:
    """Where jobs are run and their results kept.

    Attributes
    ----------
    workers : Executor, optional
        None = one after another, here.
    folder : Path, optional
        A result found here is taken as it is: after a change of the methods it must be another folder.
    only_kept : bool
        Jobs without a kept result are left out.
    """

    workers: Executor | None = None
    folder: Path | None = None
    only_kept: bool = False

    def map(self, work: Callable[[Any], Any], jobs: list) -> list:
        """work(job) of each; the name of a kept result is made of the job, which must say all there is to it."""
        if self.only_kept and self.folder is not None:
            jobs = [job for job in jobs if _file(work, self.folder, job).exists()]
        one = work if self.folder is None else partial(_kept, work, self.folder)
        return list(self.workers.map(one, jobs) if self.workers else map(one, jobs))


def _file(work: Callable[[Any], Any], folder: Path, job: Any) -> Path:
    return folder / f"{work.__name__}-{hashlib.sha256(repr(job).encode()).hexdigest()[:24]}.pickle"


def _kept(work: Callable[[Any], Any], folder: Path, job: Any) -> Any:
    file = _file(work, folder, job)
    if file.exists():
        return pickle.loads(file.read_bytes())
    result = work(job)
    folder.mkdir(parents=True, exist_ok=True)
    written = file.with_suffix(".part")
    written.write_bytes(pickle.dumps(result))
    written.replace(file)
    return result
