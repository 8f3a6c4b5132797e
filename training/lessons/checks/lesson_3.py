"""Exercises of lesson 3: Kiên Giang's published scores, breaks and ranks."""

from __future__ import annotations

from training.lessons.checks.kinds import Choice, Kind, Number, Rank, Several
from training.lessons.teaching.published import (
    TOTAL,
    broken,
    dimensions_of,
    highest,
    neighbours,
    standing,
    strongest,
)

#: All provinces of the time; not all of them have a result every year.
PROVINCES = 63


def rank_of_2021() -> Kind:
    own, before, after = (standing(TOTAL, year) for year in (2021, 2020, 2022))
    slips = {
        "of_all": (own.rank, PROVINCES),
        "region": (own.rank_in_region, own.n_region),
        "year_before": (before.rank, before.n),
        "year_after": (after.rank, after.n),
    }
    return Rank((own.rank, own.n), slips)


def change_of_total() -> Kind:
    before, after = standing(TOTAL, 2018), standing(TOTAL, 2019)
    slips = {
        "ranks": after.rank - before.rank,
        "ranks_turned": before.rank - after.rank,
        "percent": 100 * (after.score / before.score - 1),
        "next_year": standing(TOTAL, 2020).score - after.score,
        "year_before": before.score - standing(TOTAL, 2017).score,
    }
    return Number(after.score - before.score, decimals=2, slips=slips)


def provinces_above() -> Kind:
    own, region = standing(TOTAL, 2023), neighbours(2023)
    above = int((region["score"] > own.score).sum())
    below = int((region["score"] < own.score).sum())
    slips = {"rank": own.rank_in_region, "below": below, "country": own.rank - 1}
    return Number(above, slips=slips)


def not_comparable() -> Kind:
    codes = dimensions_of(2020)
    other = sorted(set(broken(2021, 2022, kinds=("D",))) - set(broken(2020, 2021, kinds=("D",))))
    return Several(frozenset(broken(2020, 2021, kinds=("D",))), frozenset(codes), {"next_year": other[0]})


def best_rank() -> Kind:
    return Several(frozenset({strongest(2021)}), frozenset(dimensions_of(2021)), {"highest": highest(2021)})


def may_be_written() -> Kind:
    return Choice("C", near="D")


EXERCISES = {
    "3.1": rank_of_2021,
    "3.2": change_of_total,
    "3.3": provinces_above,
    "3.4": not_comparable,
    "3.5": best_rank,
    "3.6": may_be_written,
}
