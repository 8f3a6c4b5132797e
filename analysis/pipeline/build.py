"""A round's name -> its built files with their inputs: respondents to results, and what was found on the way.

file -> respondents -> indicators -> estimates -> results. A round is built again only when something
it depends on (data, rows, code, library versions) or a built file itself has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.built import check_folder, write_tables
from analysis.built_findings import arrange_findings, findings_file, notes_in, read_built_findings
from analysis.context.around import Around, read_around
from analysis.context.breaks import read_breaks
from analysis.estimates.build import build_estimates
from analysis.estimates.measures import describe_measures
from analysis.estimates.results import arrange, check_results, results_file
from analysis.findings import stop_on
from analysis.pipeline.checks import check_reference_rows
from analysis.pipeline.inputs import built_files, inputs_of, is_up_to_date
from analysis.pipeline.stages import Prepared, describe_design, prepare_round, with_previous
from analysis.places import read_places
from analysis.rounds import Round, read_previous, read_round


@dataclass(frozen=True)
class Built:
    """What a build left behind, whether anything had to be made again, and what to know about it.

    `notes` are the findings of kind `note` of the round's file and of the one compared with.
    """

    survey_round: Round
    results: Path
    fresh: bool
    notes: tuple[dict[str, object], ...] = ()


def build_round(name: str, force: bool = False) -> Built:
    """Build one round's results from its file, or find them up to date.

    Parameters
    ----------
    name : str
        A round of `data/rounds/`.
    force : bool
        Build again even where nothing changed.

    Raises
    ------
    WorkbenchError
        Whatever the stages find wrong; files built before are left as they were.
    """
    survey_round = read_round(name)
    previous = read_previous(survey_round)
    inputs = inputs_of(survey_round, previous)
    if not force and is_up_to_date(name, inputs):
        return Built(survey_round, results_file(name), fresh=False, notes=read_notes(name))
    check_folder(paths.built_folder())
    check_reference_rows(*with_previous(survey_round, previous))
    own = prepare_round(survey_round)
    before = prepare_round(previous) if previous else None
    sample = own.sample
    districts = read_places(folder=survey_round.places).districts_of(survey_round.province)
    breaks = read_breaks(survey_round.framework)
    rows = build_estimates(sample, districts, before.sample if before else None, breaks)
    around = read_around(survey_round, sample.framework.settings.published)
    results = arrange([rows, around.results])
    stop_on(check_results(results))
    measures, design = describe_measures(sample.framework), describe_design(sample)
    both = [one for one in (own, before) if one]
    found = arrange_findings(_findings_by_round(both, around))
    tables = (own.respondents, sample.indicators, found, measures, around.criteria, design, results)
    files = {one.sample.survey_round.survey_round: one.opened.facts for one in both}
    more = {findings_file(name): {"files": files}}
    write_tables(dict(zip(built_files(name), tables, strict=True)), inputs, more)
    return Built(survey_round, results_file(name), fresh=True, notes=notes_in(found))


def _findings_by_round(both: list[Prepared], around: Around) -> dict[str, pd.DataFrame]:
    """What was found in each round's file, and beside the first one in the figures around it."""
    found = {one.sample.survey_round.survey_round: one.opened.findings for one in both}
    own = both[0].sample.survey_round.survey_round
    return found | {own: pd.concat([found[own], around.findings], ignore_index=True)}


def read_notes(name: str) -> tuple[dict[str, object], ...]:
    """The notes of a built round; none where it has not been built."""
    return notes_in(read_built_findings(name))
