"""Pairs of scores + a stated reliability -> how many changed by more than the test's own error."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from training.gains.paired_change import differences_of
from training.measured import LEVEL, Measured, measured_table, spread_state
from training.shares import share_of

#: States: no reliability is stated; it is not above 0, so that every score is error; it is 1 or above.
UNKNOWN, NOT_RELIABLE = "reliability_unknown", "not_reliable"
_NAMES = ("reliably_improved", "reliably_worsened")


def reliable_changes(pairs: pd.DataFrame, reliability: float | None, level: float = LEVEL) -> pd.DataFrame:
    """Shares of people whose change is too large to be the test's error.

    Parameters
    ----------
    pairs : DataFrame
        Columns before, after.
    reliability : float or None
        Of the first test, 0-1: state which and from where, such as its KR-20 in the same course.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`), statistics reliably_improved and reliably_worsened, with Wilson
    intervals and the reliability in the note ("reliability=0.74").

    Notes
    -----
    RC = (after - before) / (sd_before sqrt(2 (1 - reliability))); reliable where |RC| > z, 1.96 at 95 %.
    Where nothing changes, about 2.5 of 100 pass each side by chance.

    Source
    ------
    Jacobson and Truax (1991), Journal of Consulting and Clinical Psychology 59, 12-19.
    """
    n = len(pairs)
    before = pairs["before"].to_numpy(dtype=float)
    state = spread_state(before)
    if not state and (reliability is None or np.isnan(reliability)):
        state = UNKNOWN
    elif not state and not 0 < reliability < 1:
        state = NOT_RELIABLE
    if state:
        return measured_table(Measured(name, n, state=state) for name in _NAMES)
    error = before.std(ddof=1) * np.sqrt(2 * (1 - reliability))
    index = differences_of(pairs) / error
    z = ndtri((1 + level) / 2)
    note = f"reliability={reliability:.2f}"
    counts = (int((index > z).sum()), int((index < -z).sum()))
    return measured_table(share_of(name, yes, n, note) for name, yes in zip(_NAMES, counts, strict=True))
