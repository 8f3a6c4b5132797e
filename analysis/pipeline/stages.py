"""A round -> its file as opened, its respondents and its sample ready to be estimated."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.estimates.design_summary import DISTRICT, MAIN, summarise_design
from analysis.estimates.sample import Sample
from analysis.findings import stop_on
from analysis.indicators.build import build_indicators
from analysis.indicators.framework import read_framework
from analysis.places import read_places
from analysis.respondents.build import build_respondents
from analysis.respondents.codebook import read_codebook
from analysis.respondents.opening import OpenedFile, open_file
from analysis.rounds import Round


@dataclass(frozen=True)
class Prepared:
    """A round ready to be estimated, and the file that it was made from."""

    sample: Sample
    respondents: pd.DataFrame
    opened: OpenedFile


def prepare(survey_round: Round) -> Sample:
    """Read, check and turn one round's file into indicators ready to be estimated."""
    return prepare_round(survey_round).sample


def prepare_with_respondents(survey_round: Round) -> tuple[Sample, pd.DataFrame]:
    """The round's sample and the respondents it was made from."""
    prepared = prepare_round(survey_round)
    return prepared.sample, prepared.respondents


def prepare_round(survey_round: Round, opened: OpenedFile | None = None) -> Prepared:
    """The sample and the respondents of a round, from its file as opened already or now."""
    framework = read_framework(survey_round.framework, survey_round.year)
    codebook = read_codebook(survey_round.codebook)
    opened = opened or open_survey_file(survey_round)
    stop_on(opened.findings)
    places = read_places(folder=survey_round.places)
    codes = places.districts_of(survey_round.province), places.communes_of(survey_round.province)
    respondents = build_respondents(opened.microdata, survey_round, codebook, *codes, opened.findings)
    indicators = build_indicators(respondents, framework, survey_round, codebook)
    return Prepared(Sample(survey_round, framework, indicators), respondents, opened)


def open_survey_file(survey_round: Round) -> OpenedFile:
    """The round's file as its codebook and places let it in, and what does not fit in it."""
    codebook = read_codebook(survey_round.codebook)
    return open_file(survey_round, codebook, read_places(folder=survey_round.places))


def with_previous(survey_round: Round, previous: Round | None) -> list[Round]:
    return [survey_round, previous] if previous else [survey_round]


def describe_design(sample: Sample) -> pd.DataFrame:
    """How the round's sample was drawn; its second design only where it declares one."""
    designs = {MAIN: sample.main_design}
    if sample.district_design is not sample.main_design:
        designs[DISTRICT] = sample.district_design
    return summarise_design(sample.survey_round.survey_round, designs)
