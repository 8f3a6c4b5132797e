"""Pages that are asked for + the folder they go to -> those that changed made, index, manifest and status."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.engines.choice import choose_engine
from analysis.batch.engines.cluster import run_on_cluster
from analysis.batch.engines.cluster_job import alike
from analysis.batch.engines.interrupts import STOPS
from analysis.batch.engines.pool import run_jobs
from analysis.batch.folder import building_folder, folder_faults
from analysis.batch.formats.wanted import NOTHING_MORE, Wanted
from analysis.batch.job import Job, Outcome
from analysis.batch.keys.reasons import Reason
from analysis.batch.limits import USUAL, Limits
from analysis.batch.publish import settle
from analysis.batch.spoken import say_at_once
from analysis.batch.standing import Standing
from analysis.batch.status import DONE, STOPPED, Status
from analysis.batch.targets import Target, is_page


@dataclass(frozen=True)
class Running:
    """How a run goes about its pages; what they show does not depend on it.

    Attributes
    ----------
    workers : int, optional
        Notebooks run at a time; one a core by default.
    watch : callable, optional
        Wraps the outcomes as they come, with their number: a progress bar.
    wanted : Wanted
        The files beside each page.
    limits : Limits
        Of time and memory, for each page.
    force : bool
        Make every page again, also where nothing that it depends on has changed.
    scheduler : str
        Whose workers make the pages ("tcp://host:port"); empty for this machine's.
    """

    workers: int | None = None
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None
    wanted: Wanted = NOTHING_MORE
    limits: Limits = USUAL
    force: bool = False
    scheduler: str = ""


#: As a run goes unless it is told otherwise.
AS_USUAL = Running()


@dataclass(frozen=True)
class Ran:
    """What a run on a folder made: outcomes as they came, its index, and code -> why it is made again."""

    outcomes: list[Outcome]
    index: Path
    reasons: dict[str, list[Reason]] = field(hash=False)


def run_targets(
    standing: Standing, codes: Iterable[str], simulated: bool, how: Running, status: Status
) -> Ran:
    """Make the pages of these codes that have a reason to be made, in a folder that is held; then its index.

    Parameters
    ----------
    standing : Standing
        Of the folder; describes the codes.
    codes : iterable of str
        All that are asked for.
    simulated : bool
        Whether each page must carry the band that says so.
    how : Running
    status : Status
        Of this run.

    Raises
    ------
    PacksFolderProblem
        Index, manifest or status cannot be written.
    KeyboardInterrupt
        Ctrl-C: no kernel is left running, and index and manifest say what stands.
    """
    out = standing.out
    with building_folder(out) as building, _scratch_folder() as scratch, _interrupts() as stop:
        with status.stage("keys"):
            reasons = {code: standing.reasons(code, how.force) for code in codes}
        status.plan(reasons)
        try:
            with status.stage("pages"):
                outcomes = _run(standing, status, (building, scratch), simulated, how, stop)
            status.state = DONE
        except BaseException:
            status.state = STOPPED
            raise
        finally:
            with folder_faults(out):
                with status.stage("index"):
                    index = standing.write()
                status.write(out, standing.entries())
    return Ran(outcomes, index, reasons)


def _run(
    standing: Standing,
    status: Status,
    folders: tuple[Path, Path],
    simulated: bool,
    how: Running,
    stop: Callable[[], bool],
) -> list[Outcome]:
    """Make what has a reason to be made; pages about the whole first, then districts or classes."""
    status.write(standing.out, standing.entries())
    for code in status.unchanged():
        standing.leave(code)
    targets = [
        standing.targets[code] for code in sorted(status.waiting(), key=lambda code: not is_page(code))
    ]
    jobs = [_job(one, folders, simulated, how) for one in targets]
    if not jobs:
        return []
    serves = f"{standing.batch.name}:{standing.batch.language}"
    with _workers(how.scheduler, serves, stop) as (name, run):
        most = len(jobs) if how.scheduler else min(how.workers or os.cpu_count() or 1, len(jobs))
        status.engine, status.workers = name, most
        outcomes = _settled(run(jobs, most), standing, status)
        return list(how.watch(outcomes, len(jobs)) if how.watch else outcomes)


@contextmanager
def _workers(
    scheduler: str, serves: str, stop: Callable[[], bool]
) -> Iterator[tuple[str, Callable[[list[Job], int], Iterator[Outcome]]]]:
    """The name of what runs the notebooks, and how: a scheduler's workers, or this machine's engine."""
    if scheduler:
        program = alike(serves.rpartition(":")[0])
        yield scheduler, lambda jobs, _: run_on_cluster(jobs, scheduler, serves, program, stop)
        return
    engine = choose_engine(serves)
    if engine.why:
        say_at_once(f"Dùng cách chạy chậm hơn / the slower engine is used: {engine.why}")
    try:
        yield engine.name, lambda jobs, most: run_jobs(jobs, most, stop, engine.start)
    finally:
        engine.stop()


def _job(target: Target, folders: tuple[Path, Path], simulated: bool, how: Running) -> Job:
    building, scratch = folders
    return Job(
        code=target.code,
        page=target.page.name,
        folder=building / target.folder,
        scratch=scratch,
        notebook=target.notebook,
        parameters=target.parameters,
        head=target.head,
        simulated=simulated,
        wanted=how.wanted,
        limits=how.limits,
    )


def _settled(outcomes: Iterator[Outcome], standing: Standing, status: Status) -> Iterator[Outcome]:
    """Move each result to its place as it comes."""
    out = standing.out
    with closing(outcomes):  # so that no worker outlives a fault here
        for outcome in outcomes:
            moved = settle(outcome, out)
            with folder_faults(out):
                status.add(moved)
                if standing.add(moved):
                    status.write(out, standing.entries())
            yield moved


@contextmanager
def _scratch_folder() -> Iterator[Path]:
    """Where kernels keep their sockets, deleted here because a worker that is killed cannot.

    Not in the output folder: a socket's path may have about a hundred characters.
    """
    with tempfile.TemporaryDirectory(prefix="workbench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _interrupts() -> Iterator[Callable[[], bool]]:
    """Answer Ctrl-C and SIGTERM at once, and stop where no page is half moved.

    Returns
    -------
    callable
        Whether one came.
    """
    pressed = threading.Event()

    def answer(*_: object) -> None:
        if not pressed.is_set():
            say_at_once("Đang dừng… / Stopping…")
        pressed.set()

    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set  # only the main thread hears signals
        return
    before = {number: signal.signal(number, answer) for number in STOPS}
    try:
        yield pressed.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
