"""Pairs of scores -> the part of the possible gain that was reached, per person and for the class.

Both reward classes that came in with low scores, and are undefined where there is nothing left to gain; they
stand beside the change and the comparison that holds the first test equal, never alone.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from training.gains.pairs import SCALE
from training.measured import AT_CEILING, NOBODY, Measured, estimated, mean_of, spread_state

#: Notes of the rows: how many had no defined change; that class gains favour low first tests.
UNDEFINED, FAVOURS_LOW = "undefined", "favours_low_first_test"


def change_of_each(before: np.ndarray, after: np.ndarray, maximum: float = SCALE) -> np.ndarray:
    """Marx and Cummings' normalised change c of each person, NaN where it is undefined.

    Notes
    -----
    c = (after - before) / (maximum - before) where the score rose, (after - before) / before where it fell,
    0 where it stayed; undefined where both are 0 or both the maximum.

    Source
    ------
    Marx and Cummings (2007), American Journal of Physics 75, 87-91, eq. 2.

    Examples
    --------
    >>> change_of_each(np.array([4.0, 5.0, 6.0, 10.0]), np.array([7.0, 2.5, 6.0, 10.0])).tolist()
    [0.5, -0.5, 0.0, nan]
    """
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    room = np.where(after > before, maximum - before, before)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(after == before, 0.0, (after - before) / room)
    stuck = (after == before) & ((before == 0) | (before == maximum))
    return np.where(stuck, np.nan, change)


def normalised_change(pairs: pd.DataFrame, maximum: float = SCALE) -> Measured:
    """The mean normalised change of the people for whom it is defined.

    Returns
    -------
    Measured
        statistic "normalised_change"; the note "undefined" where somebody was left out; state "at_ceiling"
        where nobody had anything to gain or lose.
    """
    change = change_of_each(pairs["before"].to_numpy(), pairs["after"].to_numpy(), maximum)
    known = change[~np.isnan(change)]
    note = UNDEFINED if len(known) < len(change) else ""
    if len(known) == 0:
        return Measured("normalised_change", 0, state=AT_CEILING if len(change) else NOBODY)
    return mean_of("normalised_change", known, bounds=(-1.0, 1.0), note=note)


def hake_gain(pairs: pd.DataFrame, maximum: float = SCALE) -> Measured:
    """Hake's average normalised gain of a class: of the class means, not the mean of persons' gains.

    Returns
    -------
    Measured
        statistic "hake_gain", with the note that it favours classes with a low first test; state
        "at_ceiling" where the mean of the first test is the maximum.

    Notes
    -----
    g = (mean after - mean before) / (maximum - mean before). Its se is that of a ratio:
    z_i = (after_i - before_i) - g (maximum - before_i), se = sd(z) / (sqrt(n) (maximum - mean before)).

    Source
    ------
    Hake (1998), American Journal of Physics 66, 64-74; the error: Cochran (1977), eq. 2.39.

    Examples
    --------
    >>> hake_gain(pd.DataFrame({"before": [4.0, 6.0], "after": [8.0, 7.0]})).estimate
    0.5
    """
    before, after = (pairs[side].to_numpy(dtype=float) for side in ("before", "after"))
    n = len(pairs)
    if n and bool((before == maximum).all()):
        return Measured("hake_gain", n, state=AT_CEILING)
    if n < 2:
        return Measured("hake_gain", n, state=spread_state(before))
    room = maximum - before.mean()
    gain = (after.mean() - before.mean()) / room
    off = np.round((after - before) - gain * (maximum - before), 10)
    state = spread_state(off)
    if state:
        return Measured("hake_gain", n, state=state)
    se = off.std(ddof=1) / np.sqrt(n) / room
    return estimated("hake_gain", gain, se, n - 1, n, note=FAVOURS_LOW)
