"""Scores of everybody who began -> who has no second test, how their first one differed, what it may hide."""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.gains.attempts import take_attempts
from training.gains.pairs import PERSON, scaled
from training.measured import Measured, estimated, is_constant, mean_of, measured_table
from training.shares import share_of


def first_scores(
    scores: pd.DataFrame, before: str = "pre", after: str = "post", attempt: str = "first"
) -> pd.DataFrame:
    """Everybody who took the first test: class_id, participant, before, after (NaN where none was taken)."""
    one = scaled(take_attempts(scores, attempt))
    sides = {side: one[one["test"] == test].set_index(PERSON)["scaled"]
             for side, test in (("before", before), ("after", after))}  # fmt: skip
    both = pd.concat(sides, axis=1).sort_index().reset_index()
    return both.loc[both["before"].notna(), [*PERSON, "before", "after"]].reset_index(drop=True)


def compare_leavers(began: pd.DataFrame) -> pd.DataFrame:
    """Those with a second test beside those without, by their first one.

    Parameters
    ----------
    began : DataFrame
        From `first_scores`.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`)
        left : share without a second test; stayed_before, left_before : mean of the first test of each;
        left_difference : leavers less completers, Welch's t. Where leavers scored lower to begin with, the
        change of those who stayed is of better learners than those who came.

    Source
    ------
    R `t.test(left, stayed)`; tests/training/gains/test_oracle_gains.py.
    """
    gone = began["after"].isna().to_numpy()
    before = began["before"].to_numpy(dtype=float)
    return measured_table(
        [
            share_of("left", int(gone.sum()), len(gone)),
            mean_of("stayed_before", before[~gone]),
            mean_of("left_before", before[gone]),
            welch_difference("left_difference", before[gone], before[~gone]),
        ]
    )


def welch_difference(statistic: str, first: np.ndarray, second: np.ndarray) -> Measured:
    """Mean of the first less mean of the second, of different people, with Welch's t.

    Returns
    -------
    Measured
        n of the first; state "nobody", "one_person" or "no_spread" where either has no standard error of
        its own and the two together none.

    Source
    ------
    Welch (1947); R `t.test(first, second)`.
    """
    smallest = min(len(first), len(second))
    if smallest < 2:
        return Measured(statistic, len(first), state="one_person" if smallest else "nobody")
    if is_constant(first) and is_constant(second):
        return Measured(statistic, len(first), state="no_spread")
    parts = [values.var(ddof=1) / len(values) for values in (first, second)]
    variance = sum(parts)
    lost = sum(part**2 / (len(v) - 1) for part, v in zip(parts, (first, second), strict=True))
    difference = float(first.mean() - second.mean())
    return estimated(statistic, difference, np.sqrt(variance), variance**2 / lost, len(first), null=0.0)


def gain_bound(began: pd.DataFrame) -> Measured:
    """The mean change of all who began, if those without a second test had gained nothing.

    Parameters
    ----------
    began : DataFrame
        From `first_scores`.

    Returns
    -------
    Measured, statistic "change_bound". A cautious reading, not an estimate of what leavers learned: they may
    have lost or gained.
    """
    changed = np.round((began["after"] - began["before"]).to_numpy(dtype=float), 10)
    return mean_of("change_bound", np.nan_to_num(changed, nan=0.0), null=0.0)
