"""Contrast rows of the results -> findings: better, worse, or not enough evidence. No fourth answer.

Of change the answers are up, down, or not enough evidence. A finding holds its numbers as text, formatted
once; the sentence, the table cell, the chart's mark and its alternative text all read them from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.briefing.numbers import MINUS, say_count, say_difference, say_number
from analysis.briefing.pack import Pack
from analysis.briefing.round_page import RoundPage, Rows
from analysis.estimates import quality
from analysis.estimates.results import ALPHA

BETTER, WORSE, UP, DOWN, UNCLEAR = "better", "worse", "up", "down", "unclear"
#: The answers that state something.
STATED = (BETTER, WORSE, UP, DOWN)
#: What a mark shows beside its colour.
SIGNS = {BETTER: "▲", WORSE: "▼", UP: "▲", DOWN: "▼", UNCLEAR: "○"}


@dataclass(frozen=True)
class Finding:
    """One tested comparison.

    Attributes
    ----------
    answer : {"better", "worse", "unclear"} of a difference, {"up", "down", "unclear"} of a change
        Anything but "unclear" only where the p-value adjusted over the whole batch is below ALPHA.
    good : bool
        Whether a difference or change of this sign is the better one.
    size : float
        The difference, for ordering.
    amount, difference, low, high : str
        Size without sign, difference and its interval with signs, as text.
    people : str
        How many answered, as text.
    """

    measure: str
    name: str
    statistic: str
    answer: str
    good: bool
    size: float
    amount: str
    difference: str
    low: str
    high: str
    excludes_zero: bool
    people: str

    @property
    def stated(self) -> bool:
        return self.answer in STATED

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends of the interval as sizes, the smaller first, where a sentence says the direction."""
        if not self.excludes_zero:
            return self.low, self.high
        low, high = (end.lstrip(f"+{MINUS}") for end in (self.low, self.high))
        return (high, low) if self.size < 0 else (low, high)

    @property
    def sign(self) -> str:
        return SIGNS[self.answer]


def find_all(
    pack: RoundPage, statistic: str, measures: list[str], place: tuple[str, str] | None = None
) -> list[Finding]:
    """Findings of a place (the page's focus by default), in the order of `measures`.

    Those that are not comparable or withheld are left out.

    Parameters
    ----------
    statistic : {"difference", "change"}
    place : (place_kind, place), optional
    """
    rows = pack.each(statistic, place)
    return [find(pack, rows[measure]) for measure in measures if is_tested(rows, measure)]


def is_tested(rows: Rows, measure: str) -> bool:
    """Whether a measure is among the contrast rows, and not withheld."""
    return measure in rows and rows[measure]["quality"] in quality.SHOWN


def find(pack: RoundPage, row: pd.Series) -> Finding:
    """The finding of one contrast row, whose name is its measure."""
    measure = str(row.name)
    unit, language, decimals = pack.unit_of(measure), pack.language, pack.decimals_of(measure)
    higher = row["estimate"] > 0
    good = higher == (pack.about(measure)["direction"] != "lower")
    difference, low, high = (
        say_difference(row[column], unit, language, decimals) for column in ("estimate", "ci_low", "ci_high")
    )
    return Finding(
        measure=measure,
        name=pack.name_of(measure),
        statistic=row["statistic"],
        answer=_answer(row, good) if row["p_adjusted"] < ALPHA else UNCLEAR,
        good=bool(good),
        size=float(row["estimate"]),
        amount=difference.lstrip(f"+{MINUS}"),
        difference=difference,
        low=low,
        high=high,
        excludes_zero=bool(row["ci_low"] > 0 or row["ci_high"] < 0),
        people=say_count(row["n"], language),
    )


def _answer(row: pd.Series, good: bool) -> str:
    if row["statistic"] == "change":
        return UP if row["estimate"] > 0 else DOWN
    return BETTER if good else WORSE


def say_verdict(pack: RoundPage, finding: Finding) -> str:
    """The answer in words with its size and interval: a table cell, and what a chart says beside a mark."""
    turned = finding.statistic == "change" and finding.stated and (finding.answer == UP) != finding.good
    key = f"verdict_{finding.statistic}_{finding.answer}" + ("_turned" if turned else "")
    return pack.say(key, difference=finding.difference, low=finding.low, high=finding.high)


def say_answer(pack: RoundPage, finding: Finding) -> str:
    """The answer alone, for a chart's margin: its sign and a word or three."""
    return f"{finding.sign} {pack.say(f'answer_{finding.answer}')}"


def say_level(pack: Pack, row: pd.Series) -> tuple[str, str, str]:
    """A level and the ends of its interval as text."""
    unit, decimals = pack.unit_of(row.name), pack.decimals_of(row.name)
    return tuple(
        say_number(row[column], unit, pack.language, decimals=decimals)
        for column in ("estimate", "ci_low", "ci_high")
    )
