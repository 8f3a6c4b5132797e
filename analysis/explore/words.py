"""A round's labels + a language -> numbers, names and sentences as tables, charts and the panel say them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import pandas as pd

from analysis.briefing.numbers import DECIMALS, say_count, say_difference, say_number
from analysis.estimates import quality
from analysis.explore.labels import Labels
from analysis.explore.opened import CROSS

#: How the note of a change begins that means nothing.
NOT_COMPARABLE = "not comparable"
#: Statistics whose unit is their own, whatever the measure's.
_UNITS = {"share": "share", "total": "number", "ratio": "ratio"}


@dataclass(frozen=True)
class Words:
    """What a reader of one language is told of one round."""

    labels: Labels
    language: str

    def say(self, key: str, **values: str) -> str:
        """A row of data/wording/explore.csv, filled in."""
        return self.labels.words[f"explore_{key}"][self.language].format(**values)

    @property
    def band(self) -> str:
        """What everything made of simulated data carries."""
        round_ = self.labels.round
        return self.labels.say("band_simulated", self.language) if round_.simulated else ""

    @property
    def province(self) -> str:
        return self.labels.province(self.language)

    @property
    def whole(self) -> str:
        """The province, whole."""
        return self.say("whole", province=self.province)

    def scale(self, measure: str) -> str:
        """The ends of a measure's scale, to tell scales apart."""
        low, high = self.bounds(measure, "")
        return f"{low}-{high}"

    def bounds(self, measure: str, statistic: str) -> tuple[float | None, float | None]:
        """The ends of what a number can be; None where nothing is known of them."""
        table = self.labels.table
        if statistic == "share" or "=" in measure:
            return 0.0, 1.0
        if statistic in _UNITS or measure not in table.index:
            return None, None
        low, high = (table.at[measure, end] for end in ("minimum", "maximum"))
        return (low, high) if math.isfinite(low) and math.isfinite(high) else (None, None)

    def name(self, measure: str) -> str:
        return self.labels.name_of(measure, self.language)

    def group(self, row: pd.Series) -> str:
        """A row's group in words; everybody where it has none."""
        if row["group_kind"] == "all" or not row["group"]:
            return self.say("everybody")
        return self.labels.cell(row["group_kind"], row["group"], self.language, CROSS)

    def unit(self, measure: str, statistic: str) -> str:
        """The unit that a number of a measure is shown in."""
        if statistic in _UNITS:
            return _UNITS[statistic]
        unit = self.labels.units.get(measure, "number")
        return unit if unit in DECIMALS else "number"

    def decimals(self, measure: str, statistic: str) -> int | None:
        decimals = pd.NA if statistic in _UNITS else self.labels.decimals.get(measure, pd.NA)
        return None if pd.isna(decimals) else int(decimals)

    def value(self, row: pd.Series, column: str = "estimate", difference: bool = False) -> str:
        """One number of a row, or its flag's sign where it is withheld."""
        number = row[column]
        if number is None or math.isnan(number):
            return quality.SIGNS.get(row["quality"], "–")
        say = say_difference if difference else say_number
        statistic = row["statistic"]
        unit, decimals = self.unit(row["measure"], statistic), self.decimals(row["measure"], statistic)
        if difference and self.is_share(row["measure"]):
            unit = "share"
        return say(number, unit, self.language, decimals=decimals)

    def is_share(self, measure: str) -> bool:
        """Whether a measure is a share: an indicator of that unit, or one value of a question."""
        units = self.labels.units
        return units[measure] == "share" if measure in units else "=" in measure

    def interval(self, row: pd.Series, difference: bool = False) -> str:
        if pd.isna(row["ci_low"]):
            return ""
        ends = (self.value(row, end, difference) for end in ("ci_low", "ci_high"))
        return " – ".join(ends)

    def count(self, n: object) -> str:
        return say_count(0 if pd.isna(n) else int(n), self.language)

    def note(self, note: str) -> str:
        """A test's note in one language: why a change is not given stands in both, vi first."""
        known, _, why = note.partition(": ")
        if known != NOT_COMPARABLE:
            return note
        vi, _, en = why.partition(" / ")
        broken = re.match(r"\S+ \d{4}: ", vi)  # the measure and the year of a declared break
        both = {"vi": vi, "en": (broken[0] if broken else "") + (en or vi)}
        return self.say("not_comparable", why=both[self.language])

    def quality(self, flag: str) -> str:
        return self.say(f"quality_{flag}")
