"""Profiles of a file's columns + the known places -> which columns hold districts, which communes.

A column tells what it is by its values, whatever it is called: "quanhuyen" of "TP. Rạch Giá", "H. An Biên".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.personal import personal_name
from analysis.places import Places
from analysis.places.spelling import typed_text
from analysis.scaffold.profile import Profile

#: From this share of its different values on a column is one of known places.
MOSTLY = 0.5
#: Different values that are looked up, spread over the column; and the most that a column may have.
_LOOKED_UP, _MOST = 60, 20_000
LEVELS = ("district", "commune")


@dataclass(frozen=True)
class Located:
    """Level -> column -> share of its different values that are known places of the level."""

    shares: Mapping[str, Mapping[str, float]]

    def columns(self, level: str) -> list[str]:
        """Columns of mostly known places of a level, those of another level they fit better left out."""
        other = next(one for one in LEVELS if one != level)
        return [
            name
            for name, share in self.shares[level].items()
            if share >= MOSTLY and share >= self.shares[other].get(name, 0.0)
        ]


def locate_columns(profiles: Mapping[str, Profile], places: Places) -> Located:
    """Look up the values of every column that may hold places.

    Parameters
    ----------
    profiles : mapping of str to Profile
    places : Places
        The known ones.

    Notes
    -----
    Numbers with labels are looked up by both: a file may have its own (1 … 15). A commune's name that several
    districts have is a commune's all the same.
    """
    shares: dict[str, dict[str, float]] = {level: {} for level in LEVELS}
    for name, one in profiles.items():
        if personal_name(name) or not 1 < one.different <= _MOST or (one.is_numeric and not one.is_whole):
            continue
        values = _values(one)
        if values:
            for level in LEVELS:
                shares[level][name] = sum(_is_known(places, value, level) for value in values) / len(values)
    return Located(shares)


def _values(one: Profile) -> list[tuple[str, ...]]:
    """Some of the different values, each with its label where it has one."""
    labels = {typed_text(code): text for code, text in one.labels.items()}
    texts = [typed_text(text) for text in one.texts.dropna().unique()]
    step = max(len(texts) // _LOOKED_UP, 1)
    return [
        tuple(dict.fromkeys(filter(None, (text, labels.get(text, ""))))) for text in texts[::step] if text
    ]


def _is_known(places: Places, value: tuple[str, ...], level: str) -> bool:
    for text in value:
        if len(text) > 60 or (text.isdecimal() and len(text) < 3):
            continue
        answer = places.names.find(text, level, suggest=False)
        if answer.code or answer.reason == "several":
            return True
    return False
