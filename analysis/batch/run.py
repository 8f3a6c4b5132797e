"""A round + a language -> a pack a district, the round's pages, index and manifest; failures are named."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from analysis.batch.asked import Asked, check_asked
from analysis.batch.engines.choice import choose_engine
from analysis.batch.engines.cluster import run_on_cluster
from analysis.batch.engines.cluster_job import alike
from analysis.batch.engines.pool import run_jobs
from analysis.batch.folder import INDEX, building_folder, folder_faults, hold_folder
from analysis.batch.job import Job, Outcome
from analysis.batch.keys.parts import KeyParts
from analysis.batch.keys.reasons import Reason
from analysis.batch.limits import USUAL, Limits
from analysis.batch.publish import settle
from analysis.batch.spoken import say_at_once
from analysis.batch.standing import Standing
from analysis.batch.status import DONE, STOPPED, Status
from analysis.batch.targets import Target, is_district
from analysis.briefing.pack import RoundPage, open_round_page
from analysis.pipeline import build_round


@dataclass(frozen=True)
class Report:
    """What a batch did, or would do.

    Attributes
    ----------
    built, failed : list of Outcome
        Of districts.
    built_pages, failed_pages : list of Outcome
        Of pages about the whole round.
    index : Path
    reasons : dict of str to list of Reason
        Code -> why it is made again; none of one that stands as it would be made.
    folders : dict of str to str
        Code -> name of the page's folder.
    """

    built: list[Outcome]
    failed: list[Outcome]
    built_pages: list[Outcome]
    failed_pages: list[Outcome]
    index: Path
    reasons: dict[str, list[Reason]] = field(default_factory=dict, hash=False)
    folders: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def unchanged(self) -> list[str]:
        """Codes of pages that stand as they would be made."""
        return [code for code, why in self.reasons.items() if not why]


def build_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    workers: int | None = None,
    notebook: Path | None = None,
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None,
    *,
    word: bool = False,
    pdf: bool = False,
    force: bool = False,
    limits: Limits = USUAL,
    scheduler: str = "",
) -> Report:
    """Build the packs of a round's districts and the pages about the round, where anything has changed.

    Parameters
    ----------
    survey_round : str
    language : {"vi", "en"}
    out : Path, optional
        The output folder, `packs/` by default. It holds one round in one language: packs of another
        are removed once the first of this run's stands. Packs of the same that this run does not make
        stay; the index says where something that they were made from has changed since.
    only : iterable of str
        Districts (code, name or slug) and round pages (`targets.ROUND_PAGES`); all by default. Naming
        one twice is no fault.
    workers : int, optional
        Notebooks run at a time; one a core by default.
    notebook : Path, optional
        Of the districts; `notebooks/district_briefing.ipynb` by default.
    watch : callable, optional
        Wraps the outcomes as they come, with their number: a progress bar.
    word : bool
        A Word file beside each page of blocks. Excel and CSV always stand there.
    pdf : bool
        Every page as PDF beside it.
    force : bool
        Make every chosen page again, also where nothing that it depends on has changed.
    limits : Limits
        Of time and memory, for each page.
    scheduler : str
        Whose workers make the pages ("tcp://host:port"); this machine's own by default.

    Raises
    ------
    WorkbenchError
        Before anything is built: an unknown name, a notebook that does not fit, bad input, no browser
        to print with (MissingProgram), a folder that cannot be written or that another run is writing to
        (PacksFolderProblem). Packs that were there are left untouched. At the end, too: PacksFolderProblem
        where index or manifest cannot be written.
    KeyboardInterrupt
        Ctrl-C while packs are built: no kernel is left running, the packs that were finished stay, and
        index and manifest say what stands.
    """
    asked = check_asked(survey_round, language, out, only, notebook, word, pdf, limits, scheduler)
    with hold_folder(asked.out):
        status = Status(survey_round, language)
        with status.stage("results"):
            build_round(survey_round)
        with building_folder(asked.out) as building, _scratch_folder() as scratch, _interrupts() as stop:
            with status.stage("keys"):
                standing, reasons = _plan(asked, force)
            status.plan(reasons)
            try:
                with status.stage("pages"):
                    outcomes = _run(asked, standing, status, workers, (building, scratch), stop, watch)
                status.state = DONE
            except BaseException:
                status.state = STOPPED
                raise
            finally:
                with folder_faults(asked.out):
                    with status.stage("index"):
                        index = standing.write()
                    status.write(asked.out, standing.entries())
    return _report(outcomes, index, standing, reasons)


def plan_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    notebook: Path | None = None,
    *,
    word: bool = False,
    pdf: bool = False,
    force: bool = False,
) -> Report:
    """What `build_packs` would make with these arguments, and why; nothing is written into the output folder.

    Raises
    ------
    WorkbenchError
        As `build_packs`, but for faults of the folder.

    Notes
    -----
    The round's results are built where they are not up to date: without them nobody knows what would change.
    """
    asked = check_asked(survey_round, language, out, only, notebook, word, pdf)
    build_round(survey_round)
    return _report([], asked.out / INDEX, *_plan(asked, force))


def _plan(asked: Asked, force: bool) -> tuple[Standing, dict[str, list[Reason]]]:
    """What stands in the folder, and why each chosen page must be made again."""
    about = open_round_page(asked.round.survey_round, asked.language)
    parts = KeyParts(about, asked.wanted)
    standing = Standing(
        asked.out, about, [*asked.codes], [*asked.chosen], lambda code: asked.describe(code, about), parts.of
    )
    return standing, {code: standing.reasons(code, force) for code in asked.chosen}


def _run(
    asked: Asked,
    standing: Standing,
    status: Status,
    workers: int | None,
    folders: tuple[Path, Path],
    stop: Callable[[], bool],
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None,
) -> list[Outcome]:
    """Make what has a reason to be made; the round's pages first, then the districts."""
    status.write(asked.out, standing.entries())
    wanted, left = status.waiting(), status.unchanged()
    for code in left:
        standing.leave(code)
    targets = [standing.targets[code] for code in sorted(wanted, key=is_district)]
    jobs = [_job(one, folders, standing.about, asked) for one in targets]
    if not jobs:
        return []
    serves = f"{asked.round.survey_round}:{asked.language}"
    with _workers(asked.scheduler, serves, stop) as (name, run):
        most = len(jobs) if asked.scheduler else min(workers or os.cpu_count() or 1, len(jobs))
        status.engine, status.workers = name, most
        outcomes = _settled(run(jobs, most), asked.out, standing, status)
        return list(watch(outcomes, len(jobs)) if watch else outcomes)


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


def _report(
    outcomes: list[Outcome], index: Path, standing: Standing, reasons: dict[str, list[Reason]]
) -> Report:
    def those(ok: bool, district: bool) -> list[Outcome]:
        return [o for o in outcomes if o.ok == ok and is_district(o.job.code) == district]

    return Report(
        built=those(True, True),
        failed=those(False, True),
        built_pages=those(True, False),
        failed_pages=those(False, False),
        index=index,
        reasons=reasons,
        folders={code: standing.targets[code].folder for code in reasons},
    )


def _job(target: Target, folders: tuple[Path, Path], about: RoundPage, asked: Asked) -> Job:
    building, scratch = folders
    return Job(
        code=target.code,
        page=target.page.name,
        folder=building / target.folder,
        scratch=scratch,
        notebook=target.notebook,
        parameters=target.parameters,
        head=target.head,
        simulated=bool(about.band),
        wanted=asked.wanted(target),
        limits=asked.limits,
    )


def _settled(outcomes: Iterator[Outcome], out: Path, standing: Standing, status: Status) -> Iterator[Outcome]:
    """Move each result to its place as it comes."""
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
    """Answer Ctrl-C at once, and stop where no page is half moved.

    Returns
    -------
    callable
        Whether it was pressed.
    """
    pressed = threading.Event()

    def answer(*_: object) -> None:
        if not pressed.is_set():
            say_at_once("Đang dừng… / Stopping…")
        pressed.set()

    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGINT, answer)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)
