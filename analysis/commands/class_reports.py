"""Training results + classes -> a report a class and a page on all of them, through the packs' own batch."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from analysis import paths
from analysis.batch.folder import CLASSES, hold_folder
from analysis.batch.index import render_class_index
from analysis.batch.job import Outcome
from analysis.batch.keys.facts import run_facts
from analysis.batch.keys.training import ReportParts, rules_of_training
from analysis.batch.manifest import OF_CLASSES, Manifest
from analysis.batch.parameters import check_parameters
from analysis.batch.render import PageHead
from analysis.batch.running import AS_USUAL, Ran, Running, run_targets
from analysis.batch.standing import Batch, Standing
from analysis.batch.status import Status
from analysis.batch.targets import Target, class_code, is_class, refuse_classes, round_notebook
from analysis.briefing.wording import check_language, read_wording
from analysis.commands.shared import build_with_training
from analysis.context.built_training import AND, is_round
from analysis.rounds import read_round
from training.build import build_imports
from training.records.store.stored import import_names
from training.sections import ClassPage, TrainingPage, open_class, open_training
from training.sections.attendance import say_days

REPORT, OVERVIEW = "class_report", "training_overview"


def default_source(default_round: str) -> str:
    """The records that are meant where none are named: all that were imported, else the example round's."""
    return AND.join(import_names()) or default_round


def build_source(source: str) -> tuple[dict[str, object], ...]:
    """Build the results of a round and its training records, or of imported records; its notes.

    Raises
    ------
    WorkbenchError
        No such records, or what is wrong with them.
    """
    built = build_with_training(source) if is_round(source) else build_imports(source)
    return built.notes


def build_reports(
    source: str,
    language: str = "vi",
    out: Path | None = None,
    classes: Iterable[str] = (),
    how: Running = AS_USUAL,
) -> Ran:
    """Build the reports of training classes, and with all of them the page about all classes: what changed.

    Parameters
    ----------
    source : str
        A round that names records, or imports' names joined by "+"; built already (`build_source`).
    language : {"vi", "en"}
    out : Path, optional
        `classes/` in the folder of the packs by default. It holds one set of records in one language:
        anything else that is there, packs of a round too, goes once the first of these pages stands.
    classes : iterable of str
        Ids; none = every class, and the page about all of them.
    how : Running

    Raises
    ------
    WorkbenchError
        Before anything is built: an unknown class, ids that cannot name folders, a notebook that does not
        fit, a folder that cannot be written or that another run is writing to.
    """
    check_language(language)
    read_wording(read_round(source).wording if is_round(source) else "")
    out = (out or paths.packs_folder() / CLASSES).resolve()
    about = open_training(source, language)
    every = list(about.built.classes["class_id"])
    refuse_classes(every)
    chosen = [open_class(name, source, language).class_id for name in classes]
    codes = [OVERVIEW, *(class_code(name) for name in every)]
    wanted = list(dict.fromkeys(class_code(name) for name in chosen)) or codes

    def describe(code: str) -> Target:
        return _overview(about, source) if code == OVERVIEW else _report(code, source, language)

    with hold_folder(out):
        status = Status(source, language)
        with status.stage("keys"):
            standing = Standing(out, _batch(about, source, how), codes, wanted, describe)
        for target in {standing.targets[code].notebook: standing.targets[code] for code in wanted}.values():
            check_parameters(target.notebook, target.parameters)
        return run_targets(standing, wanted, about.built.is_simulated, how, status)


def _batch(about: TrainingPage, source: str, how: Running) -> Batch:
    rules = rules_of_training(about.survey_round)
    return Batch(
        name=source,
        language=about.language,
        index=partial(render_class_index, about),
        parts_of=ReportParts(source, about.survey_round, how.wanted).of,
        facts=run_facts(about.built.provenance, {file for files in rules.values() for file in files}),
        kind=OF_CLASSES,
    )


def remake_reports(there: Manifest, again: Path, workers: int | None = None) -> None:
    """Make the pages that a manifest lists again, from today's inputs, in another folder.

    Raises
    ------
    WorkbenchError
        As `build_source` and `build_reports`.
    """
    build_source(there.survey_round)
    codes = [entry.code for entry in there.entries if entry.file]
    ids = [code.removeprefix(class_code("")) for code in codes if is_class(code)]
    every = OVERVIEW in codes
    build_reports(there.survey_round, there.language, again, () if every else ids, Running(workers))


def _overview(about: TrainingPage, source: str) -> Target:
    name = about.say(f"page_{OVERVIEW}")
    return Target(
        code=OVERVIEW,
        name=name,
        about=about.say(f"page_{OVERVIEW}_about"),
        folder=OVERVIEW,
        notebook=round_notebook(OVERVIEW),
        head=PageHead(name, about.language, about.band),
        parameters={"survey_round": source, "language": about.language},
        entry={"name": name},
    )


def _report(code: str, source: str, language: str) -> Target:
    page: ClassPage = open_class(code.removeprefix(class_code("")), source, language)
    name = page.say("training_class", class_id=page.class_id)
    return Target(
        code=code,
        name=name,
        about="; ".join(filter(None, (page.course_name(page.course), say_days(page)))),
        folder=code,
        notebook=round_notebook(REPORT),
        head=PageHead(page.say("training_report_heading"), language, page.band),
        parameters={"class_id": page.class_id, "records": source, "language": language},
        entry={"name": name},
    )


def counts(outcomes: list[Outcome]) -> dict[str, int]:
    """How many reports and pages were built, and how many failed."""
    reports = [one for one in outcomes if is_class(one.job.code)]
    pages = [one for one in outcomes if not is_class(one.job.code)]
    return {
        "built": sum(one.ok for one in reports),
        "failed": sum(not one.ok for one in reports),
        "pages": sum(one.ok for one in pages),
        "failed_pages": sum(not one.ok for one in pages),
    }
