"""The simulated population -> the same people where all places and groups are exactly alike, or all but one.

Every indicator's expected value is made the same in every district, in towns and villages, for women and
men, in every age group, for Kinh and others; communes and villages still differ inside their district. So a
stated difference or change is false, every one of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

from analysis.estimates.composites import composite_map
from data.example.population import Effects
from data.example.questionnaire import Population, simulate_population

#: Newton steps end when no place or group is further than this from what is wanted, on 0-1.
_EXACT = 1e-13
_STEPS = 60
#: A shift on the logit scale that nothing real comes near.
_FAR = 30.0


def equal_population(year: int, base: int = 2021) -> Population:
    """Everybody of one year, with the same expected answers everywhere, and the same as in `base`.

    Parameters
    ----------
    year : int
    base : int
        The year whose targets indicators take that both years have.
    """
    population = simulate_population(year)
    targets = population.targets | {
        name: target
        for name, target in simulate_population(base).targets.items()
        if name in population.targets
    }
    return _solved(replace(population, targets=targets))


def moved_population(population: Population, dimension: str, size: float) -> Population:
    """The same where everybody's expected score of a dimension is `size` points higher."""
    moved = _moved_targets(population, dimension, size)
    return _solved(replace(population, targets=population.targets | moved))


def raised_population(population: Population, district: str, sizes: dict[str, float]) -> Population:
    """The same where one district's expected score of each of these dimensions is so many points higher.

    The rest of the province stays, so the province moves by the district's share of it.
    """
    own: dict[str, float] = {}
    for dimension, size in sizes.items():
        own |= _moved_targets(population, dimension, size)
    return _solved(population, district, own)


def group_means(population: Population) -> pd.DataFrame:
    """What a survey of everybody would find of each group on average, on 0-1.

    Returns
    -------
    DataFrame indexed by indicator, a column a town or village, sex, age group, and Kinh or others.
    """
    margins, means = _Margins.of(population), {}
    urban = margins.villages[:, -2:].T  # the columns before are districts
    for row in population.framework.indicators.to_dict("records"):
        names = row["variables"].split()
        weight = margins.people * population.asked(names[0])
        sums = weight * _expected(population, row, names)[0]
        of_villages = urban @ sums.sum(axis=1) / (urban @ weight.sum(axis=1))
        of_kinds = margins.kinds.T @ sums.sum(axis=0) / (margins.kinds.T @ weight.sum(axis=0))
        means[row["indicator"]] = [*of_villages, *of_kinds]
    return pd.DataFrame.from_dict(means, orient="index")


def room_above(population: Population, dimension: str) -> float:
    """How many points higher than it is a dimension's expected score can be."""
    shift = _Shift.of(population, dimension)
    return shift.gain(_FAR)


def district_shares(population: Population) -> pd.Series:
    """Each district's share of the adults."""
    geography = population.geography
    adults = pd.Series(geography.village_adults).groupby(geography.village_district).sum()
    return adults / adults.sum()


def _moved_targets(population: Population, dimension: str, size: float) -> dict[str, float]:
    """Targets of the dimension's indicators, shifted together on the logit scale until it has moved."""
    shift = _Shift.of(population, dimension)
    by = brentq(lambda by: shift.gain(by) - size, -_FAR, _FAR, xtol=1e-14)
    return dict(zip(shift.names, shift.targets(by), strict=True))


@dataclass(frozen=True)
class _Shift:
    """A dimension's indicators and how their targets move together.

    Attributes
    ----------
    start, ceiling, slope, sign : ndarray, one value an indicator
        Target now; the largest that there can be (below 1 where "don't know" counts as no); points of the
        dimension for the whole range; 1, or -1 where lower is better.
    """

    names: list[str]
    start: np.ndarray
    ceiling: np.ndarray
    slope: np.ndarray
    sign: np.ndarray

    @classmethod
    def of(cls, population: Population, dimension: str) -> _Shift:
        weights = composite_map(population.framework).weights[dimension]
        names = list(weights.index[weights != 0])
        rows = population.framework.indicators.set_index("indicator").loc[names]
        counted = [_counted(population, row) for row in rows.to_dict("records")]
        return cls(
            names,
            np.array([population.targets[name] for name in names]),
            np.array(counted),
            weights[names].to_numpy() * (rows["maximum"] - rows["minimum"]).to_numpy(),
            np.where(rows["direction"] == "lower", -1.0, 1.0),
        )

    def targets(self, by: float) -> np.ndarray:
        return self.ceiling * expit(logit(self.start / self.ceiling) + by * self.sign)

    def gain(self, by: float) -> float:
        """Points that the dimension gains; `slope` is negative where lower is better."""
        return float(self.slope @ (self.targets(by) - self.start))


def _counted(population: Population, row: dict) -> float:
    """The largest share there can be where some who would say yes do not know, and that counts as no."""
    if row["dont_know"] != "no" or row["recipe"] == "any_of_codes":
        return 1.0
    question = population.questions[row["variables"].split()[0]]
    return 1 - question.dont_know / (1 - question.refused)


def _solved(
    population: Population, district: str | None = None, own: dict[str, float] | None = None
) -> Population:
    """Each question with effects of its own, so that every place and group has exactly its target.

    `own` are the targets of one district; groups then have what their people in each district make.
    """
    names = list(population.questions)
    questions = {name: replace(q, theme=1 + at) for at, (name, q) in enumerate(population.questions.items())}
    effects = population.effects
    themes = [0, *(population.questions[name].theme for name in names)]
    solved = replace(
        population,
        questions=questions,
        effects=Effects(effects.village[:, themes].copy(), effects.person[:, themes].copy()),
    )
    margins = _Margins.of(solved)
    inside = solved.geography.village_district == district
    for row in _gates_first(solved):
        first = row["variables"].split()[0]
        weight = margins.people * solved.asked(first)
        usual = population.targets[row["indicator"]]
        target = np.where(inside, (own or {}).get(row["indicator"], usual), usual)
        margins.solve(solved, row, weight, target[:, None])
    return solved


def _gates_first(population: Population) -> list[dict]:
    """The framework's rows, those first on whose questions others hang."""
    order = {name: at for at, name in enumerate(population.questions)}
    rows = population.framework.indicators.to_dict("records")
    return sorted(rows, key=lambda row: order[row["variables"].split()[0]])


@dataclass(frozen=True)
class _Margins:
    """Which villages and which kinds of people make up each district and group.

    Attributes
    ----------
    people : ndarray, shape (villages, kinds)
    villages : ndarray of 0 and 1, shape (villages, districts + 2)
    kinds : ndarray of 0 and 1, shape (kinds, 2 + 3 + 2)
    """

    people: np.ndarray
    villages: np.ndarray
    kinds: np.ndarray

    @classmethod
    def of(cls, population: Population) -> _Margins:
        geography = population.geography
        sex, band, ethnic = geography.cells.T
        urban = geography.communes["urban"].to_numpy()[geography.village_commune]
        return cls(
            geography.village_adults[:, None] * geography.cell_shares,
            np.hstack([_one_hot(geography.village_district), _one_hot(urban)]),
            np.hstack([_one_hot(sex), _one_hot(band), _one_hot(ethnic == 0)]),
        )

    def solve(self, population: Population, row: dict, weight: np.ndarray, target: np.ndarray) -> None:
        """Add to the effects of one indicator's questions what brings every margin to its target.

        Notes
        -----
        Newton's method on sum over a margin's people of weight (expected - target) = 0, one shift a
        margin. The margins hold each other's sums, so the steps are least-squares ones.
        """
        names = row["variables"].split()
        themes = [population.questions[name].theme for name in names]
        village, kind = population.effects.village, population.effects.person
        village[:, themes] += _whole_shift(population, row, names, weight, target)
        for _ in range(_STEPS):
            value, slope = _expected(population, row, names)
            gap, pull = weight * (value - target), weight * slope
            off = np.r_[self.villages.T @ gap.sum(axis=1), self.kinds.T @ gap.sum(axis=0)]
            people = np.r_[self.villages.T @ weight.sum(axis=1), self.kinds.T @ weight.sum(axis=0)]
            if np.abs(off / people).max() < _EXACT:
                return
            cross = self.villages.T @ pull @ self.kinds
            matrix = np.block(
                [
                    [(self.villages.T * pull.sum(axis=1)) @ self.villages, cross],
                    [cross.T, (self.kinds.T * pull.sum(axis=0)) @ self.kinds],
                ]
            )
            step = -np.linalg.lstsq(matrix, off, rcond=1e-12)[0]
            step /= max(1.0, np.abs(step).max())  # from far away a whole step would overshoot
            number = self.villages.shape[1]
            village[:, themes] += (self.villages @ step[:number])[:, None]
            kind[:, themes] += (self.kinds @ step[number:])[:, None]
        raise ArithmeticError(f"{row['indicator']}: places and groups cannot all be brought to the target")


def _whole_shift(
    population: Population, row: dict, names: list[str], weight: np.ndarray, target: np.ndarray
) -> float:
    """What brings the whole to its target: Newton's method would overshoot from far away."""
    village = population.effects.village
    themes = [population.questions[name].theme for name in names]

    def gap(by: float) -> float:
        village[:, themes] += by
        value, _ = _expected(population, row, names)
        village[:, themes] -= by
        return float((weight * (value - target)).sum() / weight.sum())

    return brentq(gap, -20, 20, xtol=1e-6)


def _one_hot(values: np.ndarray) -> np.ndarray:
    return pd.get_dummies(pd.Series(values)).to_numpy(dtype=float)


def _expected(population: Population, row: dict, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """An indicator's expected value on 0-1 by village and kind, and its slope on the logit scale."""
    chances = np.array([population.probability(name) for name in names])
    spread, counted = chances * (1 - chances), _counted(population, row)
    if row["recipe"] == "any_of_codes":
        none = np.prod(1 - chances, axis=0)
        return 1 - none, none * (spread / (1 - chances)).sum(axis=0)
    return counted * chances.mean(axis=0), counted * spread.mean(axis=0)
