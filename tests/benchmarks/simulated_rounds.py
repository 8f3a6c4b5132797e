"""A simulated population + a design + a seed -> one round's sample, ready to be estimated.

The checks of the respondents stage are left out: simulated files have no faults, and a thousand of them
would take long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from analysis.estimates.sample import Sample
from analysis.indicators.build import build_indicators
from analysis.respondents.build import group_labels
from analysis.rounds import Round, read_round
from data.example.questionnaire import Population
from data.example.sampling import PapiDesign, ProvincialDesign, draw_round
from data.example.simulate import CERTAIN, DRAWS

YEARS = (2020, 2021)


@dataclass(frozen=True)
class Shape:
    """How samples of two years are drawn: the rounds that declare it and the designs that draw it."""

    name: str
    rounds: dict[int, Round]
    designs: dict[int, ProvincialDesign | PapiDesign]


def provincial_shape() -> Shape:
    """As the example rounds: all districts, by communes."""
    return Shape(
        "provincial",
        {year: read_round(f"example-{year}") for year in YEARS},
        {year: ProvincialDesign(CERTAIN, DRAWS, later_year=year == YEARS[1]) for year in YEARS},
    )


def papi_shape() -> Shape:
    """As PAPI: three districts, and the same villages in both years."""
    last = read_round("example-papi-2021")
    first = replace(last, survey_round="example-papi-2020", year=YEARS[0])
    return Shape("papi", {YEARS[0]: first, YEARS[1]: last}, dict.fromkeys(YEARS, PapiDesign(panel=True)))


def draw_sample(shape: Shape, population: Population, seed: int) -> Sample:
    """One year's sample of a population, by the shape's design of that year."""
    survey_round = shape.rounds[population.year]
    file = draw_round(population, shape.designs[population.year], seed)
    respondents = respondents_of(file, survey_round)
    indicators = build_indicators(respondents, population.framework, survey_round, population.codebook)
    return Sample(survey_round, population.framework, indicators)


def respondents_of(file: pd.DataFrame, survey_round: Round) -> pd.DataFrame:
    """The columns of the respondents stage."""
    design, columns = survey_round.design, survey_round.columns
    codes = {
        "stratum": design.stratum, "psu": design.psu, "district": columns.district, "commune": columns.commune,
        "district_stratum": design.district_stratum or design.stratum,
        "district_psu": design.district_psu or design.psu,
    }  # fmt: skip
    text = {name: file[column].astype("int64").astype(str) for name, column in codes.items()}
    groups = {group.name: group_labels(file[group.variable], group) for group in survey_round.groups}
    own = {"respondent": file[columns.respondent], "weight": file[design.weight]}
    return file.assign(**own, **text, **groups)
