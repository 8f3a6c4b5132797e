"""What many tests share and takes long to make -> made by the first of a test run's processes, read by the others."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
#: Another process that has not made it by then has failed; it is made here and fails here too.
PATIENCE_SECONDS = 300


def made_once(own: Path, name: str, make: Callable[[Path], T]) -> T:
    """What `make` gives, of which there is one in a test run.

    Parameters
    ----------
    own : Path
        pytest's folder of this process; the one above it is shared by all of them.
    name : str
    make : callable
        Makes it in the folder it is given. The folder, and what is given back, are for reading only.
    """
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    told = shared / f"{name}.pickle"
    if is_mine(shared / f"{name}.lock"):
        return _make(shared / name, told, make)
    end = time.monotonic() + PATIENCE_SECONDS
    while not told.is_file() and time.monotonic() < end:
        time.sleep(0.1)
    if told.is_file():
        return pickle.loads(told.read_bytes())
    return _make(own / f"{name}-again", told, make)


def _make(folder: Path, told: Path, make: Callable[[Path], T]) -> T:
    folder.mkdir()
    made = make(folder)
    part = told.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(pickle.dumps(made))
    part.replace(told)
    return made


def is_mine(lock: Path) -> bool:
    """Whether this process is the first to take the lock."""
    try:
        lock.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True
