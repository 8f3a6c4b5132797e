"""A round -> everything that the checks find about it, its rows and its files; changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis import paths
from analysis.context.around import check_around
from analysis.context.checks import check_context
from analysis.context.published import check_published
from analysis.errors import WorkbenchError
from analysis.estimates.measures import describe_measures
from analysis.findings import Finding, finding_of, findings_table, stop_on
from analysis.indicators.framework import check_framework, read_framework
from analysis.intake.file_checks.checked_file import Checked
from analysis.pipeline.stages import open_survey_file, prepare_round, with_previous
from analysis.places import check_places, read_places
from analysis.respondents.codebook import check_codebook, read_codebook
from analysis.respondents.opening import OpenedFile
from analysis.rounds import Round, read_previous, read_round


def check_round(name: str) -> pd.DataFrame:
    """Everything that the checks find about a round and the one it is compared with; changes nothing.

    Raises
    ------
    UnknownName
        There is no such round.
    BadRows
        The round's settings cannot be read: nothing else can be checked.
    """
    return check_round_with_tables(name).findings


def check_round_with_tables(name: str) -> Checked:
    """The same with the files' raw tables, for a report that colours the cells.

    Raises
    ------
    UnknownName, BadRows
        As for `check_round`.
    """
    survey_round = read_round(name)
    found: list[pd.DataFrame] = [findings_table([])]
    try:
        rounds = with_previous(survey_round, read_previous(survey_round))
    except WorkbenchError as fault:
        found.append(findings_table([finding_of(fault)]))
        rounds = [survey_round]
    opened: list[OpenedFile] = []
    for one in rounds:
        own = [_findings_of(step) for step in _reference_checks(one)]
        own.append(_findings_of(partial(_check_file, one, opened)))
        own.append(_findings_of(partial(check_around, one)))
        if not any((findings["kind"] == "stop").any() for findings in own):
            own.append(_findings_of(partial(_check_designs, one, opened[-1])))
        found += own
    findings = pd.concat(found, ignore_index=True).drop_duplicates(ignore_index=True)
    hidden = dict.fromkeys(column for file in opened for column in file.hidden)
    return Checked(findings, [file.microdata.raw for file in opened], tuple(hidden))


def _check_file(survey_round: Round, opened: list[OpenedFile]) -> pd.DataFrame:
    """What is found about a round's file; the file itself joins those opened."""
    opened.append(open_survey_file(survey_round))
    return opened[-1].findings


def _findings_of(step: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """What a check finds; an error it raises is one more finding."""
    try:
        return step()
    except WorkbenchError as fault:
        return findings_table([finding_of(fault)])


def _check_designs(survey_round: Round, opened: OpenedFile) -> pd.DataFrame:
    """What only building shows: variables that indicators need, designs that cannot be estimated."""
    sample = prepare_round(survey_round, opened).sample
    for design in ("main_design", "district_design"):
        getattr(sample, design)  # made on first use
    return findings_table([])


def check_reference_rows(*rounds: Round) -> None:
    """Stop on any fault in the committed rows that these rounds use.

    Raises
    ------
    BadRows
    """
    for one in rounds:
        for check in _reference_checks(one):
            stop_on(check())


def _reference_checks(survey_round: Round) -> list[Callable[[], pd.DataFrame]]:
    def codebook_rows() -> pd.DataFrame:
        return check_codebook(read_codebook(survey_round.codebook))

    def framework_rows() -> pd.DataFrame:
        framework = read_framework(survey_round.framework, survey_round.year)
        return check_framework(framework, read_codebook(survey_round.codebook))

    def published_rows() -> pd.DataFrame:
        settings = read_framework(survey_round.framework, survey_round.year).settings
        return check_published() if settings.published else findings_table([])

    def places_rows() -> pd.DataFrame:
        return check_places(read_places(folder=survey_round.places))

    def context_rows() -> pd.DataFrame:
        framework = read_framework(survey_round.framework, survey_round.year)
        return check_context(survey_round, describe_measures(framework))

    def words() -> pd.DataFrame:
        return _check_words(survey_round)

    return [places_rows, codebook_rows, framework_rows, published_rows, context_rows, words]


def _check_words(survey_round: Round) -> pd.DataFrame:
    """A note where pages about other places would bear the default's letterhead and words."""
    if not survey_round.places or survey_round.wording:
        return findings_table([])
    note = Finding(
        "default_wording",
        "The round has places of its own, and its pages would bear the default's words and letterhead.",
        "Vòng này dùng địa bàn riêng nhưng các trang sẽ mang tiêu đề và câu chữ mặc định "
        '(PAPI, tỉnh Kiên Giang). Hãy ghi wording = "general" hoặc tạo câu chữ riêng.',
        where=paths.short(survey_round.settings_file),
        expected='wording = "general", or a folder of data/wording',
        got='wording = ""',
        hint='data/README.md, "Another survey", says how.',
        kind="note",
    )
    return findings_table([note])
