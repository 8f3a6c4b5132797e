"""A round + a language -> a pack a district, the round's pages, index and manifest; failures are named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from analysis.batch.asked import Asked, check_asked
from analysis.batch.engines.cluster import require_distributed
from analysis.batch.folder import INDEX, hold_folder
from analysis.batch.index import render_index
from analysis.batch.job import Outcome
from analysis.batch.keys.facts import round_facts
from analysis.batch.keys.parts import KeyParts
from analysis.batch.keys.reasons import Reason
from analysis.batch.limits import USUAL, Limits
from analysis.batch.running import Ran, Running, run_targets
from analysis.batch.standing import Batch, Standing
from analysis.batch.status import Status
from analysis.batch.targets import is_district
from analysis.briefing.pack import open_round_page
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
    build: Callable[[str], object] = build_round,
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
    build : callable
        Builds the round's results, and what stands beside them on its pages.
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
    if scheduler:
        require_distributed()
    asked = check_asked(survey_round, language, out, only, notebook, word, pdf)
    with hold_folder(asked.out):
        status = Status(survey_round, language)
        with status.stage("results"):
            build(survey_round)
        with status.stage("keys"):
            standing, simulated = _standing(asked)
            _reasons(asked, standing, force)
        how = Running(workers, watch, asked.wanted, limits, force, scheduler)
        ran = run_targets(standing, asked.chosen, simulated, how, status)
    return _report(ran, standing)


def plan_packs(
    survey_round: str,
    language: str = "vi",
    out: Path | None = None,
    only: Iterable[str] = (),
    notebook: Path | None = None,
    build: Callable[[str], object] = build_round,
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
    build(survey_round)
    standing, _ = _standing(asked)
    return _report(Ran([], asked.out / INDEX, _reasons(asked, standing, force)), standing)


def _standing(asked: Asked) -> tuple[Standing, bool]:
    """What stands in the folder, and whether its pages must say that their data are simulated."""
    about = open_round_page(asked.round.survey_round, asked.language)
    batch = Batch(
        name=asked.round.survey_round,
        language=asked.language,
        index=partial(render_index, about),
        parts_of=KeyParts(about, asked.wanted).of,
        facts=round_facts(about),
    )
    described = partial(asked.describe, about=about)
    return Standing(asked.out, batch, [*asked.codes], [*asked.chosen], described), bool(about.band)


def _reasons(asked: Asked, standing: Standing, force: bool) -> dict[str, list[Reason]]:
    """Code -> why it is made again; the notebooks of those that are fit."""
    reasons = {code: standing.reasons(code, force) for code in asked.chosen}
    asked.check_notebooks(code for code, why in reasons.items() if why)
    return reasons


def _report(ran: Ran, standing: Standing) -> Report:
    def those(ok: bool, district: bool) -> list[Outcome]:
        return [o for o in ran.outcomes if o.ok == ok and is_district(o.job.code) == district]

    return Report(
        built=those(True, True),
        failed=those(False, True),
        built_pages=those(True, False),
        failed_pages=those(False, False),
        index=ran.index,
        reasons=ran.reasons,
        folders={code: standing.targets[code].folder for code in ran.reasons},
    )
