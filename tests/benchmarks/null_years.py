"""Samples of a province where nothing differs -> what packs state of it all the same, year by year.

Districts, groups and both years are exactly alike in the population; the samples go through the real
estimators and families of tests, so that every statement is false.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.context.breaks import read_breaks
from analysis.estimates import quality
from analysis.estimates.build import build_estimates
from analysis.estimates.detectable import DETECTABLE
from analysis.estimates.results import ALPHA
from analysis.places import read_places
from data.example.questionnaire import Population
from tests.benchmarks.equal_places import equal_population
from tests.benchmarks.kept_jobs import Runner
from tests.benchmarks.simulated_rounds import YEARS, draw_sample, papi_shape, provincial_shape

SHAPES = {"provincial": provincial_shape(), "papi": papi_shape()}
FIRST_SEED = 50_000
PROVINCE = "91"
HEADLINES, SCAN = "headlines", "scan"


@lru_cache(maxsize=2)
def alike(year: int) -> Population:
    return equal_population(year)


@lru_cache(maxsize=1)
def reference_rows() -> tuple[list[str], pd.DataFrame]:
    return read_places().districts_of(PROVINCE), read_breaks("papi")


def simulate_year(shape: str, now: Population, before: Population, seed: int) -> pd.DataFrame:
    """The results of one year: a batch of packs."""
    districts, breaks = reference_rows()
    samples = [draw_sample(SHAPES[shape], one, seed) for one in (now, before)]
    return build_estimates(samples[0], districts, samples[1], breaks)


def tested_rows(results: pd.DataFrame) -> pd.DataFrame:
    """The rows that were tested, with their family and whether packs state them.

    Returns
    -------
    DataFrame
        Rows of the results with headline and stated (bool), and what beside `statistic` tells their
        family: where (district, province or group) and kind (headlines or scan).
    """
    rows = results[results["p_adjusted"].notna()].copy()
    rows["headline"] = rows["measure_kind"].isin(["dimension", "total"])
    rows["where"] = rows["place_kind"].where(rows["group_kind"] == "all", "group")
    rows["kind"] = np.where(rows["headline"], HEADLINES, SCAN)
    rows["stated"] = rows["p_adjusted"] < ALPHA
    return rows


@dataclass(frozen=True)
class NullYear:
    """What one year without any true difference or change gave.

    Attributes
    ----------
    families : DataFrame indexed by statistic, where, kind; columns tested, stated and unadjusted
        How many were tested, how many stated, and how many would be if each test stood alone.
    packs : list of bool, one a district
        Whether its pack has a false headline.
    sizes : Series indexed by statistic, place and measure
        The detectable sizes of headlines.
    """

    families: pd.DataFrame
    packs: list[bool]
    sizes: pd.Series


def null_year(job: tuple[str, int]) -> NullYear:
    shape, seed = job
    results = simulate_year(shape, *(alike(year) for year in YEARS[::-1]), seed)
    rows = tested_rows(results)
    rows["unadjusted"] = rows["p_value"] < ALPHA
    families = rows.groupby(["statistic", "where", "kind"]).agg(
        tested=("stated", "size"), stated=("stated", "sum"), unadjusted=("unadjusted", "sum")
    )
    headlines = rows[rows["headline"] & (rows["where"] != "group") & rows["stated"]]
    visited = (results["place_kind"] == "district") & (results["quality"] != quality.NOT_SAMPLED)
    sampled, told = set(results.loc[visited, "place"]), set(headlines["place"])
    shown = [place if place in sampled else PROVINCE for place in reference_rows()[0]]
    sizes = results[results["quality"] == quality.OF_DESIGN]
    sizes = sizes[(sizes["measure_kind"] == "dimension") & (sizes["group_kind"] == "all")]
    named = sizes.assign(statistic=sizes["statistic"].str.removesuffix(DETECTABLE))
    return NullYear(
        families,
        [place in told for place in shown],
        named.set_index(["statistic", "place", "measure"])["estimate"],
    )


def null_years(shape: str, years: int, runner: Runner) -> list[NullYear]:
    return runner.map(null_year, [(shape, FIRST_SEED + at) for at in range(years)])


def family_rates(drawn: list[NullYear]) -> pd.DataFrame:
    """A row a family: tests a year, share of years with a false statement, its standard error, the limit,
    and the share of years with one were nothing adjusted.

    Notes
    -----
    In such a year every statement is false, so the share of false ones among those stated is 1 where
    there is any: its mean over years, the false discovery rate, is the same number.
    """
    several = pd.concat([year.families for year in drawn], keys=range(len(drawn)), names=["year"])
    grouped = several.groupby(["statistic", "where", "kind"])
    found = {name: grouped[name].agg(lambda number: (number > 0).sum()) for name in ("stated", "unadjusted")}
    table = pd.DataFrame(found).rename(columns={"stated": "rate"}) / len(drawn)
    table.insert(0, "tests", grouped["tested"].sum() / len(drawn))
    table["error"] = np.sqrt(table["rate"] * (1 - table["rate"]) / len(drawn))
    return table.assign(limit=limit(len(drawn)))


def limit(years: int) -> float:
    """alpha and three standard errors of it: above it the promise is broken."""
    return ALPHA + 3 * float(np.sqrt(ALPHA * (1 - ALPHA) / years))


def pack_rate(drawn: list[NullYear]) -> tuple[float, float]:
    """Share of packs with any false headline, and its standard error between years."""
    shares = np.array([np.mean(year.packs) for year in drawn])
    return float(shares.mean()), float(shares.std(ddof=1) / np.sqrt(len(shares)))


def any_headline(drawn: list[NullYear]) -> float:
    """Share of years with a false headline about a place in any family."""
    found = [
        year.families.drop("group", level="where").xs(HEADLINES, level="kind")["stated"] for year in drawn
    ]
    return float(np.mean([(stated > 0).any() for stated in found]))
