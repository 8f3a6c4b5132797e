"""A training row of the results table -> its numbers as text, rounded once, with its signs and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.briefing.numbers import say_count, say_difference, say_number, say_setting
from analysis.briefing.tables import interval
from analysis.estimates import quality
from analysis.estimates.results import ALPHA
from training.rules import read_training_rows
from training.rules.vocabulary import Statistic, describe_statistic, say_states

#: Statistics that say how much more or less.
_SIGNED = (
    "change", "change_median", "change_classes", "change_drawn", "change_bound", "adjusted_difference",
    "left_difference", "manager_less_learner", "response_difference",
)  # fmt: skip
#: Statistics that are counts of people, classes, places or periods: whole, and no share.
_WHOLE = ("trained", "listed", "total", "evaluated_count", "rasch_takers")
_DECIMALS = {"difficulty": 2, "attainable_p": 4, "attainable_p_two_sided": 4, "attainable_p_sign_flip": 4}
#: Notes that a whole page says once, so that no row repeats them.
_SAID_ONCE = ("not_random", "simulated", "bh:", "both_tests")
#: Codes of notes whose value is a number.
_NUMBERS = ("reliability", "minimum", "treated")
NOTHING = "–"


@dataclass(frozen=True)
class Figure:
    """One figure of a page.

    Attributes
    ----------
    value, low, high : str
        As text; "" where there is none.
    estimate, low_end, high_end : float
        The same for a chart; NaN where there is none.
    n : int or None
        People (forms, answers, communes) it rests on; None where it is hidden.
    people : str
        n as text, or "*".
    quality : str
        A flag of `analysis.estimates.quality`, or "absent" where no row has it.
    p_adjusted : float
    note : str
        The row's codes.
    about : Statistic or None
    """

    value: str = ""
    low: str = ""
    high: str = ""
    estimate: float = float("nan")
    low_end: float = float("nan")
    high_end: float = float("nan")
    n: int | None = None
    people: str = NOTHING
    quality: str = "absent"
    p_adjusted: float = float("nan")
    note: str = ""
    language: str = field(default="vi", repr=False)
    about: Statistic | None = None

    @property
    def is_shown(self) -> bool:
        return self.value != ""

    @property
    def has_interval(self) -> bool:
        return self.low != ""

    @property
    def is_hidden(self) -> bool:
        """A group of too few, or one that would give such a group away."""
        return self.quality == quality.SUPPRESSED

    @property
    def signed_value(self) -> str:
        """The value, in parentheses where few people stand behind it; else the sign that stands for it."""
        if not self.is_shown:
            return quality.SIGNS.get(self.quality, NOTHING)
        return f"({self.value})" if self.quality == quality.CAUTION else self.value

    @property
    def cell(self) -> str:
        """Value and interval, as a table gives them."""
        if not self.is_shown or not self.has_interval:
            return self.signed_value
        return f"{self.signed_value} [{interval(self.low, self.high)}]"

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in two lines, for a narrow cell."""
        if not self.is_shown or not self.has_interval:
            return (self.signed_value,)
        return (self.signed_value, f"[{interval(self.low, self.high)}]")

    @property
    def done(self) -> str:
        """Of a share of communes, classes or planned places: how many, "12/12"."""
        if not self.is_shown or self.n is None:
            return self.signed_value
        return f"{say_count(round(self.estimate * self.n), self.language)}/{self.people}"

    @property
    def is_stated(self) -> bool:
        """Whether a test says that it is not 0, allowing for all tests of its kind."""
        return bool(self.p_adjusted < ALPHA)

    @property
    def codes(self) -> list[str]:
        return [code for code in self.note.split(";") if code]

    def has(self, code: str) -> bool:
        return code in self.codes

    def code_value(self, code: str) -> str:
        """What a code such as "rule=" is followed by; "" without it."""
        return next((one.removeprefix(code) for one in self.codes if one.startswith(code)), "")

    @property
    def reason(self) -> str:
        """Why there is no figure, in words; "" where there is one."""
        if self.is_shown or self.quality == "absent":
            return ""
        return "; ".join(say_states(";".join(c for c in self.codes if c != "simulated"), self.language))

    @property
    def remarks(self) -> str:
        """The row's own notes in words, but for those that a page says once."""
        own = [self._localised(code) for code in self.codes if not code.startswith(_SAID_ONCE)]
        return "; ".join(say_states(";".join(own), self.language)) if self.is_shown else ""

    def _localised(self, code: str) -> str:
        """A code whose value is a number, with the number as the language writes it."""
        stem, is_named, value = code.partition("=")
        if not is_named or stem not in _NUMBERS:
            return code
        return f"{stem}={_say_code(stem, float(value), self.language)}"


ABSENT = Figure()


def _say_code(stem: str, value: float, language: str) -> str:
    return say_number(value, "ratio", language) if stem == "reliability" else say_setting(value, language)


def figure_of(row: Any, language: str) -> Figure:
    """The figure of one row.

    Parameters
    ----------
    row : named tuple with the columns of the results table
    language : {"vi", "en"}
    """
    about = statistic_of(row.measure_kind, row.measure, row.statistic)
    n = None if pd.isna(row.n) else int(row.n)
    shown = not pd.isna(row.estimate)
    people = quality.SIGNS[quality.SUPPRESSED] if n is None else say_count(n, language)
    rest = {
        "n": n,
        "people": people,
        "quality": row.quality,
        "note": row.note,
        "about": about,
        "language": language,
    }
    if not shown:
        return Figure(**rest)

    def say(value: float) -> str:
        return "" if pd.isna(value) else _say(value, row.statistic, about, language)

    return Figure(
        value=say(row.estimate), low=say(row.ci_low), high=say(row.ci_high), estimate=float(row.estimate),
        low_end=float(row.ci_low), high_end=float(row.ci_high), p_adjusted=float(row.p_adjusted), **rest,
    )  # fmt: skip


def _say(value: float, statistic: str, about: Statistic, language: str) -> str:
    if statistic in _WHOLE:
        return say_count(round(value), language)
    if statistic in _SIGNED:
        return say_difference(value, about.unit, language)
    return say_number(value, about.unit, language, decimals=_DECIMALS.get(statistic))


@lru_cache(maxsize=4096)
def statistic_of(measure_kind: str, measure: str, statistic: str) -> Statistic:
    """What a row's statistic is, its unit and its names."""
    return describe_statistic(measure_kind, measure, statistic, _vocabulary())


@lru_cache(maxsize=1)
def _vocabulary() -> pd.DataFrame:
    return read_training_rows("vocabulary")


def statistic_name(figure: Figure) -> str:
    """The vocabulary's name of a figure's statistic, in its language."""
    return "" if figure.about is None else getattr(figure.about, f"name_{figure.language}")
