"""Pairs of scores -> the mean before, the mean after, the mean change with its interval and two tests."""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.gains.pairs import SCALE
from training.gains.signed_rank import median_change
from training.measured import AT_CEILING, NO_SPREAD, Measured, mean_of, measured_table


def differences_of(pairs: pd.DataFrame) -> np.ndarray:
    """after - before, rounded where the arithmetic of the ten-point scale leaves a last bit."""
    return np.round(pairs["after"].to_numpy(dtype=float) - pairs["before"].to_numpy(dtype=float), 10)


def measure_change(pairs: pd.DataFrame, maximum: float = SCALE) -> pd.DataFrame:
    """What changed from the first test to the second, among those who took both.

    Parameters
    ----------
    pairs : DataFrame
        From `pair_scores`: one row a person, columns before, after.
    maximum : float
        The highest score there is.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`)
        before, after : the two means with t intervals, of the same people;
        change : the mean difference, t interval, p of the paired t test;
        change_median : Hodges-Lehmann median of the differences, p of Wilcoxon's test.
        Where they do not exist the state says why: "nobody", "one_person", "no_spread" (all changed by the
        same), "at_ceiling" (everybody had full marks both times).

    Source
    ------
    R `t.test(after, before, paired = TRUE)`; Student's sleep data,
    tests/training/gains/test_known_answers.py.

    Examples
    --------
    >>> table = measure_change(pd.DataFrame({"before": [4.0, 5.0, 6.0], "after": [6.0, 6.0, 9.0]}))
    >>> table.set_index("statistic")["estimate"].round(3).to_dict()
    {'before': 5.0, 'after': 7.0, 'change': 2.0, 'change_median': 2.0}
    """
    changed = differences_of(pairs)
    change = mean_of("change", changed, null=0.0)
    median = median_change("change_median", changed)
    full = len(pairs) > 0 and bool((pairs[["before", "after"]] == maximum).all(axis=None))
    if full and change.state == NO_SPREAD:
        change = Measured("change", len(pairs), state=AT_CEILING)
        median = Measured("change_median", len(pairs), state=AT_CEILING)
    sides = [
        mean_of(side, pairs[side].to_numpy(dtype=float), bounds=(0.0, maximum))
        for side in ("before", "after")
    ]
    return measured_table([*sides, change, median])
