"""Pairs of scores -> who improved, and how many stand at the highest or lowest score there is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.gains.paired_change import differences_of
from training.gains.pairs import SCALE
from training.measured import Measured, measured_table
from training.rules import Thresholds
from training.shares import share_of

#: Note of a share at an extreme that is too large: scores there tell no learners apart, and gains are cut.
CEILING, FLOOR = "ceiling", "floor"


def share_improved(pairs: pd.DataFrame) -> Measured:
    """The share of people whose second score is above their first, with its Wilson interval."""
    return share_of("improved", int((differences_of(pairs) > 0).sum()), len(pairs))


def shares_at_extremes(scores: np.ndarray, thresholds: Thresholds, maximum: float = SCALE) -> pd.DataFrame:
    """The shares at the highest score and at 0, flagged where they are large.

    Parameters
    ----------
    scores : ndarray, shape (n,)
        One score a person, of one test.
    thresholds : Thresholds
        `extreme_share` is the share from which a test has a ceiling or a floor.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`), statistics at_ceiling and at_floor; the note "ceiling" or "floor"
    where the share is at least the threshold.
    """
    scores = np.asarray(scores, dtype=float)
    rows = []
    for statistic, end, flag in (("at_ceiling", maximum, CEILING), ("at_floor", 0.0, FLOOR)):
        there = int((scores == end).sum())
        note = flag if len(scores) and there / len(scores) >= thresholds.extreme_share else ""
        rows.append(share_of(statistic, there, len(scores), note))
    return measured_table(rows)
