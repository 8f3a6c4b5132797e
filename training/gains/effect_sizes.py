"""Pairs of scores -> standardised changes: d_z, d_av and its correction for small groups, g_av.

Three names for three divisors, because a reader who meets "d" cannot know which: d_z divides by the spread
of the changes (what the paired t test sees), d_av by the spread of the scores (how far a learner moves among
the learners).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import chdtri, nctdtr, ndtr

from training.gains.paired_change import differences_of
from training.measured import FEW_PEOPLE, LEVEL, Measured, measured_table, spread_state

#: Beyond this |t| scipy's noncentral t loses its way.
_FAR = 300.0


def effect_sizes(pairs: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Standardised mean changes with intervals.

    Parameters
    ----------
    pairs : DataFrame
        Columns before, after; one row a person.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`), statistics d_z, d_av, g_av; a state where a divisor is 0.

    Notes
    -----
    d_z = mean(d) / sd(d); d_av = mean(d) / ((sd_before + sd_after) / 2); g_av = J d_av with
    J = 1 - 3 / (4 (n - 1) - 1). The interval of d_z comes from the noncentral t distribution, those of d_av
    and g_av are the same ends times their ratio to d_z: the divisor's own error is not in them. se is
    sqrt(1 / n + d_z^2 / (2 n)), in the same ratio.

    Source
    ------
    Lakens (2013), Frontiers in Psychology 4:863, eq. 6, 10 and 4 (J for n pairs); intervals: Cumming (2012),
    ch. 11; R `uniroot` over `pt(t, df, ncp)`, tests/training/gains/test_oracle_gains.py.

    Examples
    --------
    >>> table = effect_sizes(pd.DataFrame({"before": [4.0, 5.0, 6.0], "after": [6.0, 6.0, 9.0]}))
    >>> table.set_index("statistic")["estimate"].round(4).to_dict()
    {'d_z': 2.0, 'd_av': 1.4641, 'g_av': 0.8367}
    """
    changed, n = differences_of(pairs), len(pairs)
    state = spread_state(changed)
    if state:
        return measured_table(Measured(name, n, state=state) for name in ("d_z", "d_av", "g_av"))
    d_z = changed.mean() / changed.std(ddof=1)
    nc_low, nc_high = noncentral_ends(d_z * np.sqrt(n), n - 1, level)
    ends = np.array([d_z, np.sqrt(1 / n + d_z**2 / (2 * n)), nc_low / np.sqrt(n), nc_high / np.sqrt(n)])
    spreads = [pairs[side].to_numpy(dtype=float).std(ddof=1) for side in ("before", "after")]
    ratio = changed.std(ddof=1) / np.mean(spreads)  # changes differ, so one of the two tests does
    small = 1 - 3 / (4 * (n - 1) - 1)
    factors = {"d_z": 1.0, "d_av": ratio, "g_av": ratio * small}
    rows = [_row(name, n, ends * factor, level) for name, factor in factors.items()]
    if n < 3:  # J is 0 at two pairs: the correction is larger than what it corrects
        rows[2] = Measured("g_av", n, state=FEW_PEOPLE)
    return measured_table(rows)


def _row(name: str, n: int, numbers: np.ndarray, level: float) -> Measured:
    estimate, se, low, high = (float(number) for number in numbers)
    return Measured(name, n, estimate, se, low, high, level, df=float(n - 1))


def noncentral_ends(t: float, df: float, level: float = LEVEL) -> tuple[float, float]:
    """The noncentralities under which t is just at the end of a two-sided test of this level.

    Notes
    -----
    P(T <= t | low) = (1 + level) / 2 and P(T <= t | high) = (1 - level) / 2, solved by bracketing; beyond
    |t| = 300 by the limit t sqrt(chi^2 / df), which is right to the fourth digit there and better beyond.
    """
    low, high = (_noncentrality(t, df, share) for share in ((1 + level) / 2, (1 - level) / 2))
    return low, high


def _noncentrality(t: float, df: float, share: float) -> float:
    from scipy.optimize import brentq  # here, for it takes long to load

    if abs(t) > _FAR:  # the mean's own error is nothing beside that of the spread, a chi over its df
        quantile = chdtri(df, share if t > 0 else 1 - share)
        return float(t * np.sqrt(quantile / df))
    spread = np.sqrt(1 + t**2 / (2 * df))

    def off(nc: float) -> float:
        exact = float(nctdtr(df, nc, t))
        # Far out scipy has no value; there the normal distribution's sign is all that is needed.
        return (exact if np.isfinite(exact) else float(ndtr((t - nc) / spread))) - share

    reach = 10 + 10 * spread
    return float(brentq(off, t - reach, t + reach, xtol=1e-13, rtol=1e-14))
