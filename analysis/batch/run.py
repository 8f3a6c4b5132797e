"""A round + a language -> a pack a district, the round's pages, index and manifest; failures are named."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis import paths
from analysis.batch.engines.choice import choose_engine
from analysis.batch.engines.pool import run_jobs
from analysis.batch.folder import building_folder, folder_faults, hold_folder
from analysis.batch.formats.browser import require_browser
from analysis.batch.formats.wanted import NOTHING_MORE, Wanted
from analysis.batch.index import render_index
from analysis.batch.job import Job, Outcome
from analysis.batch.limits import USUAL, Limits
from analysis.batch.parameters import check_parameters
from analysis.batch.publish import settle
from analysis.batch.spoken import say_at_once
from analysis.batch.standing import Batch, Standing
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
from analysis.briefing.pack import open_pack, open_round_page
from analysis.briefing.round_page import RoundPage
from analysis.briefing.wording import check_language, read_wording
from analysis.context.built_training import training_sha256
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
        Of each page.
    """

    workers: int | None = None
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None
    wanted: Wanted = NOTHING_MORE
    limits: Limits = USUAL


def build_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    workers: int | None = None,
    notebook: Path | None = None,
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None,
    build: Callable[[str], object] = build_round,
    *,
    word: bool = False,
    pdf: bool = False,
    limits: Limits = USUAL,
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
    build : callable
        Builds the round's results, and what stands beside them on its pages.
    word : bool
        A Word file beside each page of blocks. Excel and CSV always stand there.
    pdf : bool
        Every page as PDF beside it.
    limits : Limits
        Of time and memory, for each page.

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
        build(survey_round)
        about = open_round_page(survey_round, language)

        def describe(code: str) -> Target:
            if is_district(code):
                return district_target(open_pack(code, survey_round, language), notebook)
            return round_target(code, about)

        batch = Batch(
            name=survey_round,
            language=language,
            provenance=about.provenance,
            results_sha256=_hash_of_results(about),
            index=partial(render_index, about),
        )
        standing = Standing(out, batch, [*districts, *pages], chosen, describe)
        first_pages = sorted(chosen, key=is_district)  # the round's pages, then the districts
        how = Running(workers, watch, Wanted(word, browser), limits)
        outcomes, index = run_targets(standing, first_pages, bool(about.band), how)
    return _report(outcomes, index)


def _hash_of_results(about: RoundPage) -> str:
    """One hash of all results that the round's pages are made from: the survey's, and training's."""
    beside, own = training_sha256(about.survey_round), str(about.provenance["sha256"])
    return hashlib.sha256(f"{own}{beside}".encode()).hexdigest() if beside else own


def run_targets(
    standing: Standing,
    codes: Iterable[str],
    simulated: bool,
    how: Running,
) -> tuple[list[Outcome], Path]:
    """Build the pages of these codes into a folder that is held, then index and manifest of what stands.

    Parameters
    ----------
    standing : Standing
        Of the folder; describes the codes.
    codes : iterable of str
        In the order in which their pages are begun.
    simulated : bool
        Whether each page must carry the band that says so.
    how : Running

    Raises
    ------
    PacksFolderProblem
        Index or manifest cannot be written.
    KeyboardInterrupt
        Ctrl-C: no kernel is left running, and index and manifest say what stands.
    """
    out = standing.out
    with building_folder(out) as building, _scratch_folder() as scratch, _interrupts() as stop:
        jobs = [_job(standing.targets[code], building, scratch, simulated, how) for code in codes]
        most = min(how.workers or os.cpu_count() or 1, len(jobs))
        engine = choose_engine(f"{standing.batch.name}:{standing.batch.language}")
        if engine.why:
            say_at_once(f"Dùng cách chạy chậm hơn / the slower engine is used: {engine.why}")
        try:
            outcomes = _settled(run_jobs(jobs, most, stop, engine.start), out, standing)
            outcomes = list(how.watch(outcomes, len(jobs)) if how.watch else outcomes)
        finally:
            engine.stop()
            with folder_faults(out):
                index = standing.write()
    return outcomes, index


def _report(outcomes: list[Outcome], index: Path) -> Report:
    def those(ok: bool, district: bool) -> list[Outcome]:
        return [o for o in outcomes if o.ok == ok and is_district(o.job.code) == district]

    return Report(those(True, True), those(False, True), those(True, False), those(False, False), index)


def _notebook_of(code: str, of_districts: Path) -> Path:
    return of_districts if is_district(code) else round_notebook(code)


def _job(target: Target, building: Path, scratch: Path, simulated: bool, how: Running) -> Job:
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
