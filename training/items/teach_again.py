"""Responses -> how much of each lesson objective was right, and which lessons to teach again.

An objective is listed only where even the upper end of its interval lies below the declared mark: a low
figure of a few people is no reason to hold a lesson again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from training.items.responses import Responses
from training.measured import COLUMNS, LEVEL, Measured
from training.rules import Thresholds
from training.shares import wilson_interval

#: Note of an objective or lesson that is listed; of one whose items are all left out as doubtful.
TEACH_AGAIN = "teach_again"
#: State: no item of the objective can be used.
NO_ITEMS = "no_items"
OBJECTIVE_COLUMNS = ("objective", "lesson", "items", *COLUMNS)


def objectives(
    responses: Responses, thresholds: Thresholds, leave_out: Collection[str] = (), by: str = "objective",
) -> pd.DataFrame:  # fmt: skip
    """Share right over the items of each objective (or lesson), with its interval.

    Parameters
    ----------
    responses : Responses
        Of the test after the class.
    thresholds : Thresholds
        `teach_again_mark`.
    leave_out : collection of str
        Items whose key is suspected: what they show is the key, not the learners.
    by : {"objective", "lesson"}

    Returns
    -------
    DataFrame
        Columns `OBJECTIVE_COLUMNS` (objective empty by lesson): statistic "facility"; items is their number;
        note "teach_again" where ci_high < `teach_again_mark`; state "no_items" where all are left out. Items
        without an objective are in none.

    Notes
    -----
    With y_p the share of the objective's items that person p got right, the estimate is the mean of y_p and
    its se sd(y_p) / sqrt(n): answers of one person are not independent. The interval is Wilson's at the
    effective number n* = p (1 - p) / se^2, held between n and n times items; where p is 0 or 1 it is n.

    Source
    ------
    Wilson (1927) at an effective sample size (Korn and Graubard 1998; Franco, Little, Louis and Slud 2019,
    Journal of Survey Statistics and Methodology 7, 334-364).
    """
    used = responses.items[~responses.items.index.isin(list(leave_out))]
    rows = []
    for name in dict.fromkeys(responses.items[by]):
        if name == "":
            continue
        items = used.index[used[by] == name]
        first = responses.items[responses.items[by] == name].iloc[0]
        measured = _facility(responses.correct[items], thresholds)
        objective = name if by == "objective" else ""
        row = {"objective": objective, "lesson": first["lesson"], "items": len(items)}
        rows.append(row | vars(measured))
    return pd.DataFrame(rows, columns=list(OBJECTIVE_COLUMNS))


def _facility(correct: pd.DataFrame, thresholds: Thresholds) -> Measured:
    items = correct.shape[1]
    if items == 0:
        return Measured("facility", 0, state=NO_ITEMS)
    each = correct.mean(axis=1).dropna().to_numpy(dtype=float)
    n = len(each)
    if n == 0:
        return Measured("facility", 0, state="nobody")
    share = float(each.mean())
    se = float(each.std(ddof=1) / np.sqrt(n)) if n > 1 else 0.0
    effective = share * (1 - share) / se**2 if se > 0 else n
    effective = float(np.clip(effective, n, n * items)) if 0 < share < 1 else n
    low, high = wilson_interval(share, effective)
    measured = Measured("facility", n, share, se, low, high, LEVEL)
    return replace(measured, note=TEACH_AGAIN) if high < thresholds.teach_again_mark else measured


def teach_again(
    responses: Responses, thresholds: Thresholds, leave_out: Collection[str] = ()
) -> pd.DataFrame:
    """The objectives to teach again, the weakest first, with their lesson.

    Returns
    -------
    DataFrame, the listed rows of `objectives`; empty where no objective is surely below the mark.
    """
    table = objectives(responses, thresholds, leave_out)
    listed = table[table["note"] == TEACH_AGAIN]
    return listed.sort_values("ci_high", kind="stable").reset_index(drop=True)
