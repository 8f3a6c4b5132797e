"""A round + a language -> one pack a district, an index and a manifest; failures named, never hidden."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis import paths
from analysis.batch.folder import building_folder, folder_faults, hold_folder
from analysis.batch.job import Job, Outcome
from analysis.batch.parameters import check_parameters
from analysis.batch.publish import settle
from analysis.batch.render import PageHead
from analysis.batch.standing import Standing
from analysis.batch.workers import run_jobs
from analysis.briefing.pack import Pack, open_pack
from analysis.briefing.wording import check_language
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
    index : Path
    """

    built: list[Outcome]
    failed: list[Outcome]
    index: Path


def build_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    workers: int | None = None,
    notebook: Path | None = None,
    watch: Callable[[Iterator[Outcome], int], Iterable[Outcome]] | None = None,
) -> Report:
    """Build the packs of a round.

    Parameters
    ----------
    survey_round : str
    language : {"vi", "en"}
    out : Path, optional
        The output folder, `packs/` by default. It holds one round in one language: packs of another
        are removed once the first of this run's stands. Packs of the same that this run does not make
        stay; the index says where they were made from other results or with another notebook.
    only : iterable of str
        Districts (code, name or slug); all of the province by default. Naming one twice is no fault.
    workers : int, optional
        Notebooks run at a time; one a core by default.
    notebook : Path, optional
        `notebooks/district_briefing.ipynb` by default.
    watch : callable, optional
        Wraps the outcomes as they come, with their number: a progress bar.

    Raises
    ------
    WorkbenchError
        Before anything is built: an unknown name, a notebook that does not fit, bad input, a folder
        that cannot be written or that another run is writing to (PacksFolderProblem). Packs that were
        there are left untouched. At the end, too: PacksFolderProblem where index or manifest cannot
        be written.
    KeyboardInterrupt
        Ctrl-C while packs are built: no kernel is left running, the packs that were finished stay, and
        index and manifest say what stands.
    """
    out = (out or paths.packs_folder()).resolve()
    notebook = notebook or paths.notebooks_folder() / NOTEBOOK
    check_language(language)
    districts = read_places().districts_of(read_round(survey_round).province)
    chosen = _chosen(only) or districts
    check_parameters(notebook, {"district": chosen[0], "survey_round": survey_round, "language": language})
    with hold_folder(out):
        build_round(survey_round)
        with building_folder(out) as building, _scratch_folder() as scratch, _interrupts() as stop:
            opened = partial(open_pack, survey_round=survey_round, language=language)
            standing = Standing(out, districts, chosen, notebook, opened)
            jobs = [_job(standing.packs[code], building, scratch, notebook) for code in chosen]
            most = min(workers or os.cpu_count() or 1, len(jobs))
            try:
                outcomes = _settled(run_jobs(jobs, most, stop), out, standing)
                outcomes = list(watch(outcomes, len(jobs)) if watch else outcomes)
            finally:
                with folder_faults(out):
                    index = standing.write()
    return Report([o for o in outcomes if o.ok], [o for o in outcomes if not o.ok], index)


def _chosen(only: Iterable[str]) -> list[str]:
    """The codes of the districts named, each once: two jobs in one folder would destroy the pack."""
    places = read_places()
    return list(dict.fromkeys(places.resolve_district(name).code for name in only))


def _job(pack: Pack, building: Path, scratch: Path, notebook: Path) -> Job:
    return Job(
        code=pack.district.code,
        slug=pack.district.slug,
        folder=building / f"{pack.district.code}-{pack.district.slug}",
        scratch=scratch,
        notebook=notebook,
        parameters={
            "district": pack.district.code,
            "survey_round": pack.survey_round.survey_round,
            "language": pack.language,
        },
        head=PageHead(
            pack.say("heading"),
            pack.language,
            pack.say("band_simulated") if pack.survey_round.simulated else "",
        ),
        simulated=pack.survey_round.simulated,
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
    """Answer Ctrl-C at once, and stop where no pack is half moved.

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
