"""Population + design + seed -> one survey file: who is drawn, with what weight, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from data.example.population import AGE_BANDS, ETHNICITIES, SEXES
from data.example.questionnaire import PROVINCE, Population, Question

DONT_KNOW, REFUSED, NOT_ASKED = 888, 999, -999999
VILLAGES, PERSONS = 2, 16


@dataclass(frozen=True)
class ProvincialDesign:
    """A provincial survey: zones as strata, communes as PSUs.

    `certain` districts have their seat commune drawn for sure; `draws` gives the further communes of
    each zone, drawn with chances in proportion to adults from all other communes of the zone. With
    `later_year` a third of these draws is kept from the year before and the rest moves on.
    """

    certain: tuple[str, ...]
    draws: dict[str, int]
    later_year: bool = False


@dataclass(frozen=True)
class PapiDesign:
    """PAPI's own: the capital district and two others, two communes each, two villages each.

    As a `panel` the same seed draws the same villages every year, and other people in them.
    """

    capital: str = "899"
    panel: bool = False


def draw_round(population: Population, design: ProvincialDesign | PapiDesign, seed: int) -> pd.DataFrame:
    """Draw one sample and let it answer.

    Parameters
    ----------
    population : Population
    design : ProvincialDesign or PapiDesign
    seed : int
        The same seed in two years keeps the seat communes and a third of the others.

    Returns
    -------
    DataFrame
        One row a respondent, columns as in the survey file.

    Notes
    -----
    Weights are the inverse of the chance of being drawn. At every stage the chances are in
    proportion to adults, so they sum to the adult population without any scaling.
    """
    random = np.random.RandomState([seed, population.year])
    if isinstance(design, PapiDesign):
        places = np.random.RandomState([seed, 0]) if design.panel else random
        villages, weights = _papi_villages(population, design, places)
        strata, psus = np.full(len(villages), PROVINCE), population.geography.village_district[villages]
    else:
        communes, chances = draw_communes(population, design, seed)
        villages, weights = _villages_of(population, communes, chances, random)
        inside = population.geography.communes.iloc[population.geography.village_commune[villages]]
        strata, psus = inside["zone"].to_numpy(), inside["code"].to_numpy()
    weights = weights * population.geography.village_adults[villages] / PERSONS
    columns = _who(population, villages, weights, strata, psus, random)
    kinds = columns.pop("kind")
    columns |= _answers(population, np.repeat(villages, PERSONS), kinds, random)
    codebook = [name for name in population.codebook.variables["variable"] if name in columns]
    return pd.DataFrame({name: columns[name] for name in codebook})


def draw_communes(
    population: Population, design: ProvincialDesign, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the communes drawn and their chances.

    Notes
    -----
    Systematic with chances in proportion to size: communes of a zone in random order on a line, one
    point in each of n equal pieces, all at the same place u within their piece. In the later year two
    thirds of the points stand at u + 1/2 (mod 1) instead. As no commune is longer than half a piece,
    none can be hit twice, and each is hit with chance n * size / total in either year.
    """
    random = np.random.RandomState([seed, 0])
    communes = population.geography.communes
    certain = (communes["seat"] & communes["district"].isin(design.certain)).to_numpy()
    drawn, chances = [np.flatnonzero(certain)], [np.ones(certain.sum())]
    for zone, number in design.draws.items():
        frame = random.permutation(np.flatnonzero(~certain & (communes["zone"] == zone)))
        sizes = communes["adults"].to_numpy()[frame]
        piece = sizes.sum() / number
        if sizes.max() > piece / 2:
            raise ValueError(f"zone {zone}: a commune is longer than half a piece; draw fewer communes")
        start = random.random_sample()
        kept = random.permutation(number) < number // 3
        start = np.where(kept | (not design.later_year), start, (start + 0.5) % 1)
        hit = np.searchsorted(np.cumsum(sizes), (np.arange(number) + start) * piece, side="right")
        drawn.append(frame[hit])
        chances.append(sizes[hit] / piece)
    return np.concatenate(drawn), np.concatenate(chances)


def _villages_of(
    population: Population, communes: np.ndarray, chances: np.ndarray, random: np.random.RandomState
) -> tuple[np.ndarray, np.ndarray]:
    """Two villages of each commune, systematic with chances in proportion to adults, and 1 / chance."""
    geography = population.geography
    villages, weights = [], []
    for commune, chance in zip(communes, chances, strict=True):
        first, last = np.searchsorted(geography.village_commune, [commune, commune + 1])
        sizes = geography.village_adults[first:last]
        piece = sizes.sum() / VILLAGES
        points = (np.arange(VILLAGES) + random.random_sample()) * piece
        hit = np.searchsorted(np.cumsum(sizes), points, side="right")
        villages.append(first + hit)
        weights.append(piece / sizes[hit] / chance)
    return np.concatenate(villages), np.concatenate(weights)


def _papi_villages(
    population: Population, design: PapiDesign, random: np.random.RandomState
) -> tuple[np.ndarray, np.ndarray]:
    """The twelve villages of PAPI's design and 1 / chance."""
    geography, communes = population.geography, population.geography.communes
    adults = communes.groupby("district")["adults"].sum()
    others = adults.drop(design.capital)
    picked, factors = _one_each(others.to_numpy(), 2, random)
    districts = [(design.capital, 1.0), *zip(others.index[picked], factors, strict=True)]
    villages, weights = [], []
    for district, outer in districts:
        rows = np.flatnonzero(communes["district"] == district)
        seat = communes["seat"].to_numpy()[rows]
        rest = rows[~seat]
        at, factor = _one_each(communes["adults"].to_numpy()[rest], 1, random)
        for commune, middle in ((rows[seat][0], 1.0), (rest[at[0]], factor[0])):
            first, last = np.searchsorted(geography.village_commune, [commune, commune + 1])
            inside, inner = _one_each(geography.village_adults[first + 1 : last], 1, random)
            villages += [first, first + 1 + inside[0]]
            weights += [outer * middle, outer * middle * inner[0]]
    return np.array(villages), np.array(weights)


def _one_each(sizes: np.ndarray, number: int, random: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Systematic draw in random order with chances in proportion to size, and 1 / chance."""
    order = random.permutation(len(sizes))
    piece = sizes.sum() / number
    points = (np.arange(number) + random.random_sample()) * piece
    hit = order[np.searchsorted(np.cumsum(sizes[order]), points, side="right")]
    return hit, piece / sizes[hit]


def _who(
    population: Population,
    villages: np.ndarray,
    weights: np.ndarray,
    strata: np.ndarray,
    psus: np.ndarray,
    random: np.random.RandomState,
) -> dict[str, np.ndarray]:
    """Design, place and person columns; `kind` is the kind of people each respondent belongs to."""
    geography = population.geography
    codes = geography.village_code[villages]
    inside = geography.communes.iloc[geography.village_commune[villages]]
    number = len(villages) * PERSONS
    edges = np.cumsum(geography.cell_shares[villages], axis=1)
    edges /= edges[:, -1:]
    kinds = (random.random_sample((len(villages), PERSONS, 1)) > edges[:, None, :]).sum(axis=2).ravel()
    sex, band, ethnic = geography.cells[kinds].T
    lowest, highest = np.array(AGE_BANDS).T
    age = lowest[band] + np.floor(random.random_sample(number) * (highest - lowest + 1)[band])
    school = np.searchsorted([0.22, 0.55, 0.78, 0.91, 0.96], random.random_sample(number)) + 1
    wealth = np.searchsorted([0.03, 0.15, 0.80, 0.97], random.random_sample(number)) + 1
    by_village = {
        "PSW_psweight": np.round(weights, 4),
        "PSW_STRATA": strata.astype(int),
        "PSW_PSU": psus.astype(int),
        "tinh": np.full(len(villages), int(PROVINCE)),
        "tentinh": np.full(len(villages), "Kiên Giang", dtype=object),
        "huyen": inside["district"].astype(int).to_numpy(),
        "tenhuyen": inside["district_name"].to_numpy(dtype=object),
        "xa": inside["code"].astype(int).to_numpy(),
        "tenxa": inside["name"].to_numpy(dtype=object),
        "thon": codes,
        "khuvuc": np.where(inside["urban"], 1, 2),
    }
    columns = {name: np.repeat(values, PERSONS) for name, values in by_village.items()}
    columns["idcode0"] = np.repeat(codes * 100, PERSONS) + np.tile(np.arange(1, PERSONS + 1), len(villages))
    columns |= {"a001": np.array(SEXES)[sex], "a002": age.astype(int), "a005": np.array(ETHNICITIES)[ethnic]}
    columns |= {
        "a006": _unanswered(school, 0.01, 0.0, random),
        "a011": _unanswered(wealth, 0.01, 0.01, random),
    }
    columns["a016_opt1"] = (random.random_sample(number) < 0.07).astype(int)
    return columns | {"kind": kinds}


def _answers(
    population: Population, villages: np.ndarray, kinds: np.ndarray, random: np.random.RandomState
) -> dict[str, np.ndarray]:
    """Every question's answers; a question follows the one that decides whether it is asked."""
    effects = population.effects.village[villages] + population.effects.person[kinds]
    answers: dict[str, np.ndarray] = {}
    refusals: dict[str, np.ndarray] = {}
    for name, question in population.questions.items():
        chance = expit(question.intercept + question.offset + effects[:, question.theme])
        values = _values(question, chance, random)
        luck = refusals.setdefault(question.battery or name, random.random_sample(len(values)))
        values[luck < question.refused + question.dont_know] = DONT_KNOW
        values[luck < question.refused] = REFUSED
        if question.asked_if is not None:
            gate, codes = question.asked_if
            values[~np.isin(answers[gate], codes)] = NOT_ASKED
        answers[name] = values
    return answers


def _values(question: Question, chance: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    number = len(chance)
    if question.how == "scale":
        steps = int(question.high - question.low)
        return int(question.low) + (random.random_sample((number, steps)) < chance[:, None]).sum(axis=1)
    if question.how == "amount":
        return _amounts(question, chance, random)
    yes, other = np.array(question.yes), np.array(question.other)
    pick = random.random_sample((2, number))
    choice = (pick[1] * np.where(pick[0] < chance, len(yes), len(other))).astype(int)
    return np.where(
        pick[0] < chance, yes[np.minimum(choice, len(yes) - 1)], other[np.minimum(choice, len(other) - 1)]
    )


def _amounts(question: Question, chance: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    """Beta between the bounds, in the steps people answer in; rounded up or down at random so that
    rounding moves no mean."""
    step = {8.5: 0.1, 60.0: 1.0}.get(question.high, 500.0)
    steps = (question.high - question.low) / step
    exact = random.beta(4 * chance, 4 * (1 - chance)) * round(steps)
    whole = np.floor(exact + random.random_sample(len(chance)))
    values = question.low + whole * step
    return values.astype(int) if step >= 1 else np.round(values, 1)


def _unanswered(
    values: np.ndarray, dont_know: float, refused: float, random: np.random.RandomState
) -> np.ndarray:
    luck = random.random_sample(len(values))
    values = np.where(luck < dont_know + refused, DONT_KNOW, values)
    return np.where(luck < refused, REFUSED, values)
