"""Lessons -> the same lessons, each run once for all of a test run's workers: a kernel a lesson costs seconds."""

from __future__ import annotations

import os
import time
from pathlib import Path

import nbformat

from tests.made_once import is_mine
from training.lessons.build.parts import Made
from training.lessons.build.written import make_lesson_run
from training.lessons.source.lesson import lesson_numbers, read_lesson

#: Another worker that has not finished a lesson by then has failed it; it is run here and fails here too.
PATIENCE_SECONDS = 300


def run_lessons(own: Path) -> dict[str, Made]:
    """All lessons by number.

    Parameters
    ----------
    own : Path
        pytest's folder of this worker; the one above it is shared by all workers.
    """
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "lessons-run"
    folder.mkdir(exist_ok=True)
    for number in lesson_numbers():
        if is_mine(folder / f"{number}.lock"):
            _run(number, folder)
    return {number: _read(number, folder) for number in lesson_numbers()}


def _run(number: str, folder: Path) -> None:
    part = folder / f"{number}.{os.getpid()}.part"
    nbformat.write(make_lesson_run(number).executed, part)
    part.replace(folder / f"{number}.ipynb")


def _read(number: str, folder: Path) -> Made:
    end, path = time.monotonic() + PATIENCE_SECONDS, folder / f"{number}.ipynb"
    while not path.is_file() and time.monotonic() < end:
        time.sleep(0.2)
    if not path.is_file():
        _run(number, folder)
    return Made(read_lesson(number), nbformat.read(path, as_version=4))
