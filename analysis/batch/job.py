"""One district's notebook -> one checked page in a building folder. Runs in a worker process."""

from __future__ import annotations

import os
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.execute import NotebookFailed, run_notebook
from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead, render_page

PAGE = "briefing.html"
EXECUTED = "executed.ipynb"
REASON = "reason.txt"
LOG = "kernel.log"


@dataclass(frozen=True)
class Job:
    """What a worker needs to build one pack."""

    code: str
    slug: str
    folder: Path
    notebook: Path
    parameters: dict[str, object] = field(hash=False)
    head: PageHead
    simulated: bool

    @property
    def name(self) -> str:
        """The pack's folder: made of the code and the slug of data/places, never of typed text."""
        return f"{self.code}-{self.slug}"


@dataclass(frozen=True)
class Outcome:
    """What became of one job."""

    job: Job
    ok: bool
    seconds: float
    reason: str = ""
    cell: int | None = None


def run_job(job: Job) -> Outcome:
    """Execute, render and check one pack; never raises, so that one district cannot stop the others."""
    start = time.perf_counter()
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        with _streams_to(job.folder / LOG):
            _build(job)
        (job.folder / LOG).unlink()
    except NotebookFailed as fault:
        return _failure(job, start, str(fault), fault.cell)
    except Exception:
        return _failure(job, start, traceback.format_exc(), None)
    return Outcome(job, True, time.perf_counter() - start)


@contextmanager
def _streams_to(log: Path):
    """Send what this process and its kernel print to a file: it belongs to one pack, not to the screen."""
    saved = [os.dup(stream) for stream in (1, 2)]
    with log.open("wb") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
        try:
            yield
        finally:
            for stream, copy in zip((1, 2), saved, strict=True):
                os.dup2(copy, stream)
                os.close(copy)


def _build(job: Job) -> None:
    executed_file = job.folder / EXECUTED
    executed = run_notebook(job.notebook, executed_file, job.parameters)
    html = render_page(executed, job.head)
    findings = check_page(html, job.head.language, job.simulated)
    if len(findings):
        lines = findings[["code", "what", "where"]].agg(": ".join, axis=1)
        raise NotebookFailed(None, "the page did not pass its checks:\n" + "\n".join(lines))
    (job.folder / PAGE).write_text(html, encoding="utf-8")
    executed_file.unlink()


def _failure(job: Job, start: float, reason: str, cell: int | None) -> Outcome:
    job.folder.mkdir(parents=True, exist_ok=True)
    (job.folder / REASON).write_text(reason + "\n", encoding="utf-8")
    return Outcome(job, False, time.perf_counter() - start, reason, cell)
