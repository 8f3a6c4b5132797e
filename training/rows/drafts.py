"""Measured figures + what must be hidden -> rows of the results table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.results import arrange
from training.measured import Measured
from training.rows.scopes import Scope
from training.rules import Thresholds

#: Notes of rows. A small group, or one that would give a small group away; what the interval stands for: the
#: people were not drawn by lot, so it speaks of learners like these, not of all officials; made-up records.
HIDDEN, NOT_RANDOM, SIMULATED = "group_hidden", "not_random", "simulated"


@dataclass(frozen=True)
class Draft:
    """One row before anything is hidden.

    Attributes
    ----------
    scope : Scope
    measure_kind, measure, compared_with : str
    measured : Measured
    base : str
        Which counting its cell belongs to, such as "pairs:pre_post", or several joined by " ", all of which
        hide it; "" for none.
    people : bool
        Whether n counts people or their forms: then n below the least group hides the row. Classes and
        communes are no people.
    withheld : bool
        Hidden because another row of the same people would give it away.
    """

    scope: Scope
    measure_kind: str
    measure: str
    measured: Measured
    base: str = ""
    compared_with: str = ""
    people: bool = True
    withheld: bool = False


def finish_rows(
    drafts: Iterable[Draft], hidden: Mapping[str, Collection[str]], thresholds: Thresholds,
    survey_round: str, source: str, simulated: bool,
) -> pd.DataFrame:  # fmt: skip
    """The drafts as rows of the results table, with what must be hidden hidden.

    Parameters
    ----------
    drafts : iterable of Draft
    hidden : mapping of base to cells
        From the suppression plans.
    thresholds : Thresholds
        `group_least`, `caution_below`.

    Returns
    -------
    DataFrame with the columns of `estimates.results.COLUMNS`.

    Notes
    -----
    quality: "suppressed" for a group of 1 to `group_least` - 1 people, a hidden cell, or a withheld part,
    with no n either; else "not_estimated" where a state says why; else "counted" for counts; else "caution"
    below `caution_below`; else "good". A count of 0 has no row of numbers: "not_estimated", note "nobody".
    """
    rows = []
    for draft in drafts:
        found, scope = draft.measured, draft.scope
        few = draft.people and 0 < found.n < thresholds.group_least
        cell = any(scope.cell in hidden.get(base, ()) for base in draft.base.split())
        small = few or cell or draft.withheld
        rows.append(
            {
                "survey_round": survey_round, "place_kind": scope.place_kind, "place": scope.place,
                "group_kind": scope.group_kind, "group": scope.group, "measure_kind": draft.measure_kind,
                "measure": draft.measure, "statistic": found.statistic, "compared_with": draft.compared_with,
                "source": source, **_numbers(found, small, draft.people, thresholds),
                "note": _note(found, small, simulated),
            }
        )  # fmt: skip
    return arrange(pd.DataFrame(rows))


def _numbers(found: Measured, small: bool, people: bool, thresholds: Thresholds) -> dict[str, object]:
    empty = dict.fromkeys(("estimate", "se", "ci_low", "ci_high", "level", "df", "p_value"), np.nan)
    if small:
        return {**empty, "n": pd.NA, "quality": quality.SUPPRESSED}
    if found.state or (found.counted and found.n == 0):
        return {**empty, "n": found.n, "quality": quality.NOT_ESTIMATED}
    numbers = {name: getattr(found, name) for name in empty} | {"n": found.n}
    if found.counted:
        return numbers | {"quality": quality.COUNTED}
    few = people and found.n < thresholds.caution_below
    return numbers | {"quality": quality.CAUTION if few else quality.GOOD}


def _note(found: Measured, small: bool, simulated: bool) -> str:
    # A hidden row must not tell by its note why, or how its numbers came out.
    parts = [HIDDEN] if small else [found.state] if found.state else found.note.split(";")
    if not small and not found.state and not found.counted:
        parts = [*parts, NOT_RANDOM]
    return ";".join(part for part in [*parts, SIMULATED if simulated else ""] if part)
