"""Framework + codebook + profile.csv + published scores -> questions whose expected answers are known.

Every indicator's intercept is solved so that its expected value among those asked is exactly its
target, and the targets of a sub-dimension are shifted together until its expected score is Kiên
Giang's published one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from analysis import paths
from analysis.estimates.composites import composite_map
from analysis.indicators.framework import Framework, read_framework
from analysis.respondents.codebook import Codebook, read_codebook
from data.example.population import Effects, Geography, simulate_effects, simulate_geography

PROVINCE = "91"
NO_THEME = "none"


@dataclass
class Question:
    """One variable and how it is answered.

    `offset` sets the items of a battery apart; `yes` are the codes (or the scale's range, or the
    amount's) that the probability drives; `battery` names the questions that are refused together.
    """

    variable: str
    how: str
    theme: int
    yes: tuple[int, ...]
    other: tuple[int, ...]
    low: float
    high: float
    dont_know: float
    refused: float
    asked_if: tuple[str, tuple[float, ...]] | None
    offset: float = 0.0
    battery: str = ""
    intercept: float = 0.0


@dataclass
class Population:
    """The simulated people of one year: where they live, how they answer, what is expected of them."""

    year: int
    geography: Geography
    framework: Framework
    codebook: Codebook
    effects: Effects
    questions: dict[str, Question]
    targets: dict[str, float] = field(default_factory=dict)

    def probability(self, variable: str) -> np.ndarray:
        """Probability that drives an answer, shape (villages, kinds of people)."""
        question = self.questions[variable]
        effect = self.effects.village[:, question.theme, None] + self.effects.person[:, question.theme]
        return expit(question.intercept + question.offset + effect)

    def asked(self, variable: str) -> np.ndarray | float:
        """Probability of being asked, following the skip rules back to the first question."""
        question = self.questions[variable]
        if question.asked_if is None:
            return 1.0
        name, codes = question.asked_if
        gate = self.questions[name]
        yes = np.mean(np.isin(gate.yes, codes)) * self.probability(name)
        other = np.mean(np.isin(gate.other, codes)) * (1 - self.probability(name))
        return self.asked(name) * (yes + other) * (1 - gate.dont_know - gate.refused)


@lru_cache(maxsize=4)
def simulate_population(year: int) -> Population:
    """The simulated population of one year; the same object every time it is asked for."""
    geography, codebook = simulate_geography(), read_codebook("papi")
    framework = read_framework("papi", year)
    profile = pd.read_csv(paths.rows_folder("example") / "profile.csv").set_index("name")
    themes = [NO_THEME, *framework.sub_dimensions["name_en"]]
    effects = simulate_effects(geography, themes, year)
    effects.village[:, 0] = 0.0
    effects.person[:, 0] = 0.0
    population = Population(year, geography, framework, codebook, effects, {})
    population.targets = _targets(framework, profile, published_scores(year))
    rows = framework.indicators.to_dict("records")
    _add_gates(population, profile, [name for row in rows for name in row["variables"].split()])
    for row in sorted(rows, key=lambda row: _depth(codebook, row["variables"].split()[0])):
        _add_indicator(population, row, profile.loc[row["indicator"]], themes)
    order = [name for name in codebook.with_role("question") if name in population.questions]
    population.questions = {name: population.questions[name] for name in _gates_first(codebook, order)}
    return population


def published_scores(year: int) -> dict[str, float]:
    """Kiên Giang's published sub-dimension scores of one year."""
    scores = pd.read_csv(paths.rows_folder("published") / "scores.csv", dtype={"province": str})
    row = scores[(scores["year"] == year) & (scores["province"] == PROVINCE)]
    return row.drop(columns=["year", "province"]).iloc[0].dropna().to_dict()


def _targets(framework: Framework, profile: pd.DataFrame, scores: Mapping[str, float]) -> dict[str, float]:
    """Expected value of every indicator, on 0-1 before turning round what is better lower."""
    targets = {}
    rows = framework.indicators.set_index("indicator")
    limits = framework.sub_dimensions.set_index("sub_dimension")
    for sub, part in rows.groupby("sub_dimension"):
        low, high = limits.at[sub, "minimum"], limits.at[sub, "maximum"]
        wanted = (scores[sub] - low) / (high - low)
        base = (profile.loc[part.index, "base"] - part["minimum"]) / (part["maximum"] - part["minimum"])
        lower = (part["direction"] == "lower").to_numpy()
        start = logit(np.where(lower, 1 - base, base))
        weights = part["weight"].to_numpy()
        shift = brentq(lambda by, s=start, w=weights, g=wanted: w @ expit(s + by) - g, -30, 30, xtol=1e-14)
        good = expit(start + shift)
        targets |= dict(zip(part.index, np.where(lower, 1 - good, good), strict=True))
    return targets


def _depth(codebook: Codebook, variable: str) -> int:
    condition = codebook.asked_if(variable)
    return 0 if condition is None else 1 + _depth(codebook, condition[0])


def _gates_first(codebook: Codebook, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: _depth(codebook, name))


def _add_gates(population: Population, profile: pd.DataFrame, used: list[str]) -> None:
    """Questions that only decide who is asked others; the same probability everywhere."""
    gates = {condition[0] for name in used if (condition := population.codebook.asked_if(name))}
    for name in sorted(gates - set(used)):
        row = profile.loc[name]
        population.questions[name] = Question(
            name,
            "code",
            0,
            (1,),
            (2,),
            0,
            1,
            row["dont_know"],
            row["refused"],
            None,
            intercept=logit(row["base"]),
        )


def _add_indicator(population: Population, row: dict, profile: pd.Series, themes: list[str]) -> None:
    codebook, names = population.codebook, row["variables"].split()
    theme_of = population.framework.sub_dimensions.set_index("sub_dimension")["name_en"]
    how = {"scale": "scale", "amount": "amount"}.get(row["recipe"], "code")
    yes = tuple(int(code) for code in row["codes"].split())
    offsets = np.linspace(-0.5, 0.5, len(names)) if len(names) > 1 else [0.0]
    questions = [
        Question(
            name, how, themes.index(theme_of[row["sub_dimension"]]), yes,
            tuple(int(code) for code in codebook.labels(name) if code not in yes),
            row["minimum"], row["maximum"], profile["dont_know"], profile["refused"],
            codebook.asked_if(name), offset, row["indicator"] if row["recipe"] == "any_of_codes" else "",
        )
        for name, offset in zip(names, offsets, strict=True)
    ]  # fmt: skip
    population.questions |= {question.variable: question for question in questions}
    weight = _people(population) * population.asked(names[0])
    wanted = population.targets[row["indicator"]]

    def gap(intercept: float) -> float:
        for question in questions:
            question.intercept = intercept
        return float((weight * _expected(population, row)).sum() / weight.sum() - wanted)

    gap(brentq(gap, -20, 20, xtol=1e-13, rtol=1e-14))


def _people(population: Population) -> np.ndarray:
    """Adults by village and kind of people."""
    geography = population.geography
    return geography.village_adults[:, None] * geography.cell_shares


def _expected(population: Population, row: dict) -> np.ndarray:
    """Expected value of an indicator on 0-1 among those counted, by village and kind of people."""
    names = row["variables"].split()
    chances = [population.probability(name) for name in names]
    question = population.questions[names[0]]
    if row["recipe"] == "any_of_codes":
        return 1 - np.prod([1 - chance for chance in chances], axis=0)
    counted_as_no = question.dont_know / (1 - question.refused) if row["dont_know"] == "no" else 0.0
    return np.mean(chances, axis=0) * (1 - counted_as_no)


def truth(population: Population) -> pd.DataFrame:
    """What a survey of everybody would find on average.

    Returns
    -------
    DataFrame
        place_kind, place, measure_kind, measure, truth: the province and every district; every
        indicator in its own unit, every sub-dimension, dimension and the total in points.
    """
    districts = population.geography.village_district
    places = {("province", PROVINCE): np.ones(len(districts), dtype=bool)}
    places |= {("district", code): districts == code for code in sorted(set(districts))}
    means = pd.DataFrame(index=pd.MultiIndex.from_tuples(places), columns=[], dtype=float)
    for row in population.framework.indicators.to_dict("records"):
        weight = _people(population) * population.asked(row["variables"].split()[0])
        total, sums = weight.sum(axis=1), (weight * _expected(population, row)).sum(axis=1)
        shares = np.array([sums[inside].sum() / total[inside].sum() for inside in places.values()])
        means[row["indicator"]] = row["minimum"] + (row["maximum"] - row["minimum"]) * shares
    composites = composite_map(population.framework)
    scores = means[composites.weights.index] @ composites.weights + composites.constants
    kinds = dict.fromkeys(means.columns, "indicator") | composites.kinds
    long = pd.concat([means, scores], axis=1).rename_axis(["place_kind", "place"])
    long = long.rename_axis("measure", axis=1).stack().rename("truth").reset_index()
    long.insert(2, "measure_kind", long["measure"].map(kinds))
    return long
