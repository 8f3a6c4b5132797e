"""A round + a language -> a pack a district, the round's pages, index and manifest; failures are named."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.batch.folder import building_folder, folder_faults, hold_folder
from analysis.batch.formats.browser import require_browser
from analysis.batch.formats.wanted import Wanted
from analysis.batch.job import Job, Outcome
from analysis.batch.parameters import check_parameters
from analysis.batch.publish import settle
from analysis.batch.standing import Standing
from analysis.batch.targets import (
    Target,
    choose,
    district_target,
    is_district,
    pages_of,
    parameters_of,
    round_notebook,
    round_target,
)
from analysis.batch.workers import run_jobs
from analysis.briefing.pack import open_pack, open_round_page
from analysis.briefing.wording import check_language, read_wording
from analysis.pipeline import build_round
from analysis.places import read_places
from analysis.rounds import read_round

NOTEBOOK = "district_briefing.ipynb"


@dataclass(frozen=True)
class Report:
    """What a batch did.

    Attributes
    ----------
    built, failed : list of Outcome
        Of districts.
    built_pages, failed_pages : list of Outcome
        Of pages about the whole round.
    index : Path
    """

    built: list[Outcome]
    failed: list[Outcome]
    built_pages: list[Outcome]
    failed_pages: list[Outcome]
    index: Path


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
) -> Report:
    """Build the packs of a round's districts, and the pages about the round.

    Parameters
    ----------
    survey_round : str
    language : {"vi", "en"}
    out : Path, optional
        The output folder, `packs/` by default. It holds one round in one language: packs of another
        are removed once the first of this run's stands. Packs of the same that this run does not make
        stay; the index says where they were made from other results or with another notebook.
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
    out = (out or paths.packs_folder()).resolve()
    notebook = notebook or paths.notebooks_folder() / NOTEBOOK
    check_language(language)
    declared = read_round(survey_round)
    read_wording(declared.wording)  # a fault in its rows would stop every page
    places = read_places(folder=declared.places)
    districts = places.districts_of(declared.province)
    pages = pages_of(declared)
    chosen = choose(only, places, declared.province, pages)
    for made_by, code in {_notebook_of(code, notebook): code for code in chosen}.items():
        check_parameters(made_by, parameters_of(code, survey_round, language))
    browser = require_browser() if pdf else ""
    with hold_folder(out):
        build_round(survey_round)
        with building_folder(out) as building, _scratch_folder() as scratch, _interrupts() as stop:
            about = open_round_page(survey_round, language)

            def describe(code: str) -> Target:
                if is_district(code):
                    return district_target(open_pack(code, survey_round, language), notebook)
                return round_target(code, about)

            standing = Standing(out, about, [*districts, *pages], chosen, describe)
            first_pages = sorted(chosen, key=is_district)  # the round's pages, then the districts
            targets = (standing.targets[code] for code in first_pages)
            jobs = [_job(one, building, scratch, about.band, Wanted(word, browser)) for one in targets]
            most = min(workers or os.cpu_count() or 1, len(jobs))
            try:
                outcomes = _settled(run_jobs(jobs, most, stop), out, standing)
                outcomes = list(watch(outcomes, len(jobs)) if watch else outcomes)
            finally:
                with folder_faults(out):
                    index = standing.write()
    return _report(outcomes, index)


def _report(outcomes: list[Outcome], index: Path) -> Report:
    def those(ok: bool, district: bool) -> list[Outcome]:
        return [o for o in outcomes if o.ok == ok and is_district(o.job.code) == district]

    return Report(those(True, True), those(False, True), those(True, False), those(False, False), index)


def _notebook_of(code: str, of_districts: Path) -> Path:
    return of_districts if is_district(code) else round_notebook(code)


def _job(target: Target, building: Path, scratch: Path, band: str, wanted: Wanted) -> Job:
    return Job(
        code=target.code,
        page=target.page.name,
        folder=building / target.folder,
        scratch=scratch,
        notebook=target.notebook,
        parameters=target.parameters,
        head=target.head,
        simulated=bool(band),
        wanted=wanted,
    )


def _settled(outcomes: Iterator[Outcome], out: Path, standing: Standing) -> Iterator[Outcome]:
    """Move each result to its place as it comes."""
    with closing(outcomes):  # so that no worker outlives a fault here
        for outcome in outcomes:
            moved = settle(outcome, out)
            with folder_faults(out):
                standing.add(moved)
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
            _say_at_once("Đang dừng… / Stopping…")
        pressed.set()

    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGINT, answer)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _say_at_once(text: str) -> None:
    """Write past Python's buffers, which may be in the middle of drawing the progress bar."""
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.stderr.fileno(), f"\n{text}\n".encode(sys.stderr.encoding or "utf-8", "replace"))
