"""The estimates and tests of one answer -> the same without what subtraction within them would give back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.estimates import quality
from analysis.estimates.disclosure import withhold_linked
from analysis.estimates.results import PART_WITHHELD
from analysis.explore.described import Described

#: Numbers that tell something of a withheld estimate.
_TOLD = ("estimate", "se", "ci_low", "ci_high", "p_value", "p_adjusted", "deff", "n_effective")


def withhold_for_release(
    opened: Described, levels: pd.DataFrame, tests: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Withhold more, by the packs' rules for linked numbers.

    Parameters
    ----------
    opened : Described
    levels, tests : DataFrame
        Flagged already. A group in them is the whole's remainder, a dimension the sum of its parts, and
        the shares of one question add up to one.

    Returns
    -------
    levels, tests : DataFrame
        The same rows; more of them may be `suppressed`, and their numbers are empty.

    Notes
    -----
    `disclosure.withhold_linked` for groups, composites and tests; besides, where one answer of a question
    alone is withheld, the smallest of the others is too. Only what stands in one answer is looked at: two
    answers with different filters can still be subtracted, so what is published together is asked together.
    """
    given = {name: part for name, part in (("levels", levels), ("tests", tests)) if len(part)}
    linked = pd.concat(given, names=["part", "row"])
    kinds = opened.sample.describe(tuple(linked["measure"]))["measure_kind"].to_numpy()
    linked = linked.assign(measure_kind=kinds, place_kind="", place="").reset_index()
    linked["note"] = linked["note"].fillna("")
    before = -1
    while before != (withheld := int((linked["quality"] == quality.SUPPRESSED).sum())):
        before = withheld
        linked = _second_answers(withhold_linked(linked, opened.labels.parents))
    hidden = ~linked["quality"].isin(quality.SHOWN)
    linked.loc[hidden, [name for name in _TOLD if name in linked]] = np.nan
    parts = dict(iter(linked.groupby("part")))
    out = {name: parts[name][list(part.columns)].reset_index(drop=True) for name, part in given.items()}
    return out.get("levels", levels), out.get("tests", tests)


def _second_answers(rows: pd.DataFrame) -> pd.DataFrame:
    """Beside the one withheld answer of a question, the smallest other."""
    out = rows.copy()
    shares = out[(out["statistic"] == "share") & out["measure"].str.contains("=")]
    question = shares["measure"].str.split("=").str[0]
    for _, part in shares.groupby([question, shares["group_kind"], shares["group"]]):
        open_ = part[part["quality"].isin(quality.SHOWN)]
        closed = part[~part["quality"].isin(quality.SHOWN)]
        if len(closed) == 1 and (closed["quality"] == quality.SUPPRESSED).all() and len(open_):
            smallest = open_["estimate"].idxmin()
            out.loc[smallest, ["quality", "note"]] = [quality.SUPPRESSED, PART_WITHHELD]
    return out
