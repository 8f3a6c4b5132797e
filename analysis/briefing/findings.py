"""Contrast rows of the results -> findings: higher, lower, or not enough evidence. No fourth answer.

A finding holds its numbers as text, formatted once; the sentence, the table cell and the chart's alt
text all read them from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.briefing.numbers import say_difference, say_number
from analysis.briefing.pack import Pack
from analysis.estimates import quality
from analysis.estimates.results import ALPHA

HIGHER, LOWER, UNCLEAR = "higher", "lower", "unclear"


@dataclass(frozen=True)
class Finding:
    """One tested comparison.

    Attributes
    ----------
    answer : {"higher", "lower", "unclear"}
        "higher" and "lower" only where the p-value adjusted over the whole batch is below ALPHA.
    size : float
        The difference, for ordering.
    difference, low, high : str
        Difference and its interval as text.
    """

    measure: str
    name: str
    statistic: str
    answer: str
    size: float
    difference: str
    low: str
    high: str
    excludes_zero: bool
    n: int


def find_all(pack: Pack, statistic: str, measures: list[str]) -> list[Finding]:
    """Findings of the pack's focus, in the order of `measures`; those not comparable are left out.

    Parameters
    ----------
    statistic : {"difference", "change"}
    """
    rows = pack.by_measure(statistic)
    return [_finding(pack, measure, rows.loc[measure]) for measure in measures if _tested(rows, measure)]


def _tested(rows: pd.DataFrame, measure: str) -> bool:
    return measure in rows.index and rows.at[measure, "quality"] in quality.SHOWN


def _finding(pack: Pack, measure: str, row: pd.Series) -> Finding:
    unit, language = pack.unit_of(measure), pack.language
    answer = UNCLEAR
    if row["p_adjusted"] < ALPHA:
        answer = HIGHER if row["estimate"] > 0 else LOWER
    decimals = pack.decimals_of(measure)
    difference, low, high = (
        say_difference(row[column], unit, language, decimals) for column in ("estimate", "ci_low", "ci_high")
    )
    return Finding(
        measure=measure,
        name=pack.name_of(measure),
        statistic=row["statistic"],
        answer=answer,
        size=float(row["estimate"]),
        difference=difference,
        low=low,
        high=high,
        excludes_zero=bool(row["ci_low"] > 0 or row["ci_high"] < 0),
        n=int(row["n"]),
    )


def say_level(pack: Pack, row: pd.Series) -> tuple[str, str, str]:
    """A level and the ends of its interval as text."""
    unit, decimals = pack.unit_of(row.name), pack.decimals_of(row.name)
    return tuple(
        say_number(row[column], unit, pack.language, decimals=decimals)
        for column in ("estimate", "ci_low", "ci_high")
    )
