"""One target's notebook -> one checked page, and what stands beside it. Runs in a worker process."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.durable import flush_files
from analysis.batch.execute import NotebookFailed, run_in_process, run_notebook
from analysis.batch.formats.make import make_files
from analysis.batch.formats.page_blocks import OtherThanTheBriefing
from analysis.batch.formats.printed import NotPrinted
from analysis.batch.formats.shown import Shown
from analysis.batch.formats.wanted import NOTHING_MORE, Wanted
from analysis.batch.limits import USUAL, Limits, memory_limit
from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead, fragments, render_page

EXECUTED = "executed.ipynb"
LOG = "kernel.log"


@dataclass(frozen=True)
class Job:
    """What a worker needs to build one page.

    Attributes
    ----------
    code : str
        Of the district or the round page (`targets.Target`).
    page : str
        The page's file name.
    folder : Path
        Where the page is built; its name is that of the page's folder.
    scratch : Path
        Where the kernel's sockets and a browser's profile may lie.
    wanted : Wanted
        The files to make beside the page.
    limits : Limits
        Of time and memory.
    tries_left : int
        How often it may be tried again where the machine, and not the notebook, was at fault.
    """

    code: str
    page: str
    folder: Path
    scratch: Path
    notebook: Path
    parameters: dict[str, object] = field(hash=False)
    head: PageHead
    simulated: bool
    wanted: Wanted = NOTHING_MORE
    limits: Limits = USUAL
    tries_left: int = 1

    @property
    def name(self) -> str:
        """The name of the page's folder."""
        return self.folder.name


@dataclass(frozen=True)
class Outcome:
    """What became of one job.

    Attributes
    ----------
    seconds : float
        From the worker's start on the job; 0 where the worker died.
    reason : str
        Why it failed.
    cell : int or None
        The code cell (from 1) that failed or never ran, where that is known.
    infrastructure : bool
        The process ended before a cell of the notebook ran.
    size : int
        Bytes of the page and what stands beside it.
    """

    job: Job
    ok: bool
    seconds: float
    reason: str = ""
    cell: int | None = None
    infrastructure: bool = False
    size: int = 0


def run_job(
    job: Job,
    started: Callable[[int], None] | None = None,
    cell_started: Callable[[int], None] | None = None,
    in_process: bool = False,
) -> Outcome:
    """Execute, render and check one page, make what stands beside it.

    Parameters
    ----------
    started : callable, optional
        Called with the process id of the kernel, and of a browser.
    cell_started : callable, optional
        Called with each code cell's number, from 1 (in process only).
    in_process : bool
        Run the notebook in this process, which must serve nothing else after it, and not in a kernel.

    Notes
    -----
    Never raises, so that one page cannot stop the others.
    """
    start = time.perf_counter()
    ok, reason, cell, size = False, "", None, 0
    try:
        job.folder.mkdir(parents=True, exist_ok=True)
        with _streams_to(job.folder / LOG):
            _build(job, started, cell_started, in_process)
        (job.folder / LOG).unlink()
        size = flush_files(job.folder)
    except NotebookFailed as fault:
        reason, cell = str(fault), fault.cell
    except (OtherThanTheBriefing, NotPrinted) as fault:
        reason = f"a file beside the page could not be made: {fault}"
    except BaseException:  # a cancelled task and SystemExit too: whatever it was, it was this page's
        reason = traceback.format_exc()
    else:
        ok = True
    return Outcome(job, ok, time.perf_counter() - start, reason, cell, size=size)


@contextmanager
def _streams_to(log: Path):
    """Send what this process and its kernel print to a file: it belongs to one page, not to the screen."""
    with log.open("wb") as file:
        saved = [os.dup(stream) for stream in (1, 2)]
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
        try:
            yield
        finally:
            for stream, copy in zip((1, 2), saved, strict=True):
                os.dup2(copy, stream)
                os.close(copy)


def _build(
    job: Job,
    started: Callable[[int], None] | None,
    cell_started: Callable[[int], None] | None,
    in_process: bool,
) -> None:
    executed_file = job.folder / EXECUTED
    displayed: list[object] = []
    with memory_limit(job.limits.bytes):  # a browser, further on, asks for far more than it uses
        if in_process:
            executed = run_in_process(
                job.notebook,
                executed_file,
                job.parameters,
                cell_started=cell_started,
                displayed=displayed,
            )
        else:
            executed = run_notebook(
                job.notebook, executed_file, job.parameters, scratch=job.scratch, kernel_started=started
            )
    html = render_page(executed, job.head)
    findings = check_page(html, job.head.language, job.simulated)
    if len(findings):
        lines = findings[["code", "what", "where"]].agg(": ".join, axis=1)
        raise NotebookFailed(None, "the page did not pass its checks:\n" + "\n".join(lines))
    page = job.folder / job.page
    page.write_text(html, encoding="utf-8")
    shown = Shown(fragments(executed), tuple(displayed))
    make_files(job.code, job.notebook, page, job.parameters, shown, job.wanted, job.scratch, started)
    executed_file.unlink()
