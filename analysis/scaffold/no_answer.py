"""Profiles -> the codes in a file that look like "no answer", how often they stand there and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.scaffold.known import NO_ANSWER, meaning_of, read_missing_codes
from analysis.scaffold.profile import Profile

#: A number is far outside where it lies beyond the others by this many times their range.
_FAR = 2.0


@dataclass
class Seen:
    """One code, or one tag of Stata.

    Attributes
    ----------
    code : float or str
    kinds : dict of str to int
        Kind that labels give it -> in how many columns.
    usual : str
        Kind that the number usually has, "" where surveys differ.
    columns : list of str
        Where it looks like no answer.
    cells : int
        Cells of those columns that hold it.
    answers : list of str
        Columns where the same number looks like an answer.
    """

    code: float | str
    kinds: dict[str, int] = field(default_factory=dict)
    usual: str = ""
    columns: list[str] = field(default_factory=list)
    cells: int = 0
    answers: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind to propose: what labels say, else what is usual; "" where nobody knows."""
        if len(self.kinds) > 1:
            return ""
        return next(iter(self.kinds), self.usual)


def find_no_answers(profiles: Mapping[str, Profile], leave_out: Iterable[str]) -> list[Seen]:
    """Codes that labels call no answer, and usual ones that stand far outside a column's other values.

    Parameters
    ----------
    profiles : mapping of str to Profile
    leave_out : iterable of str
        Columns of codes and weights (respondent, places, design), where any number may stand.

    Returns
    -------
    list of Seen
        By how many cells hold them, most first.
    """
    usual, found = read_missing_codes(), {}
    left_out = set(leave_out)
    for name, one in profiles.items():
        if name in left_out:
            continue
        for code, kind in _of_column(one, usual):
            seen = found.setdefault(code, Seen(code, usual=usual.get(code, "")))
            if kind:
                seen.kinds[kind] = seen.kinds.get(kind, 0) + 1
            seen.columns.append(name)
            seen.cells += _count(one, code)
    for code, seen in found.items():
        others = (one for name, one in profiles.items() if name not in left_out and name not in seen.columns)
        seen.answers = [one.name for one in others if code in one.values]
    return sorted(found.values(), key=lambda seen: -seen.cells)


def _of_column(one: Profile, usual: Mapping[float, str]) -> list[tuple[float | str, str]]:
    """The codes of one column that look like no answer, with the kind its own labels give."""
    labelled = {code: meaning_of(text, NO_ANSWER) for code, text in one.labels.items()}
    found = {code: kind for code, kind in labelled.items() if kind and _count(one, code)}
    for code in one.values:
        known_answer = code in one.labels and not labelled[code]
        if code in usual and code not in found and not known_answer and _is_outside(one, code, usual):
            found[code] = ""
    found |= {tag: found.get(tag, "") for tag in one.tags}
    for low, high in one.marked:
        inside = [code for code in one.values if _number(low) <= code <= _number(high)]
        found |= {code: found.get(code, "") for code in inside}
    return list(found.items())


def _is_outside(one: Profile, code: float, usual: Mapping[float, str]) -> bool:
    """Whether a number lies beyond all answers: below zero alone, or far above the rest."""
    answers = np.array([value for value in one.values if value not in usual], dtype=float)
    if not len(answers):
        return False
    low, high = answers.min(), answers.max()
    if code < 0:
        return bool(low >= 0)
    reach = max(high - low, 1.0)
    return bool(code > high + _FAR * reach) if one.different > 2 else bool(code > high + 10)


def _count(one: Profile, code: float | str) -> int:
    if isinstance(code, str):
        return int((one.texts == code).sum())
    return one.values.get(code, 0)


def _number(text: float | str) -> float:
    try:
        return float(text)
    except ValueError:
        return np.nan
