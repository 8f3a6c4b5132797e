"""Share, standard error, degrees of freedom and n -> the two ends of its interval, by a named method.

`korn_graubard` is what the packs show (intervals.py); the others are there to compare with, and to turn
a quantile's share into an interval (quantiles.py).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import betaincinv, expit, logit, stdtrit

from analysis.errors import UnknownName, nearest, shown
from analysis.estimates.intervals import korn_graubard_interval, t_interval, t_multiplier
from analysis.estimates.profile_interval import likelihood_interval

Ends = tuple[np.ndarray, np.ndarray]


def _mean(share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float) -> Ends:
    """p ± t se: may leave 0-1."""
    return t_interval(share, se, df, level)


def _logit(share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float) -> Ends:
    """t interval of log(p / (1 - p)), whose standard error is se / (p (1 - p)), taken back to a share."""
    middle, half = logit(share), t_multiplier(df, level) * se / (share * (1 - share))
    return expit(middle - half), expit(middle + half)


def _asin(share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float) -> Ends:
    """t interval of asin(sqrt p), whose standard error is se / (2 sqrt(p (1 - p))), taken back to a share."""
    middle = np.arcsin(np.sqrt(share))
    half = t_multiplier(df, level) * se / (2 * np.sqrt(share * (1 - share)))
    # Past 0 and pi/2 the sine turns round: in R the interval then shrinks as se grows.
    return np.sin(np.maximum(middle - half, 0)) ** 2, np.sin(np.minimum(middle + half, np.pi / 2)) ** 2


def arcsine_as_r(share: np.ndarray, se: np.ndarray, df: np.ndarray, level: float) -> Ends:
    """The arcsine interval as R has it: an end past 0 or 1 turns round, so that the interval shrinks again.

    For comparison with R only; NaN where the share is 0 or 1.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = np.arcsin(np.sqrt(share))
        half = t_multiplier(df, level) * se / (2 * np.sqrt(share * (1 - share)))
    return np.sin(middle - half) ** 2, np.sin(middle + half) ** 2


def _beta(share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float) -> Ends:
    """Exact-binomial limits at n* = p(1 - p)/se^2 (t_{n-1}/t_df)^2, not held to n."""
    alpha = 1 - level
    enough = (n > 1) & (df >= 1)
    ratio = stdtrit(np.where(enough, n - 1, 1), alpha / 2) / stdtrit(np.where(enough, df, 1), alpha / 2)
    effective = np.where(enough, share * (1 - share) / se**2 * ratio**2, np.nan)
    x, rest = effective * share, effective * (1 - share)
    return betaincinv(x, rest + 1, alpha / 2), betaincinv(x + 1, rest, 1 - alpha / 2)


def _wilson(share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float) -> Ends:
    """The shares P with |p - P| = t sqrt(P(1 - P)/n*), n* = p(1 - p)/se^2."""
    effective = share * (1 - share) / se**2
    t2 = t_multiplier(df, level) ** 2 / effective
    middle = (share + t2 / 2) / (1 + t2)
    half = np.sqrt(t2 * share * (1 - share) + t2**2 / 4) / (1 + t2)
    return middle - half, middle + half


#: Method -> its function. `xlogit` is R's name for `logit` (R's own `logit` fits a model to the same end).
SHARE_INTERVALS: dict[str, Callable[..., Ends]] = {
    "logit": _logit,
    "xlogit": _logit,
    "korn_graubard": korn_graubard_interval,
    "beta": _beta,
    "wilson": _wilson,
    "asin": _asin,
    "mean": _mean,
    "likelihood": likelihood_interval,
}


def share_interval(
    method: str,
    share: np.ndarray | float,
    se: np.ndarray | float,
    df: np.ndarray | float,
    n: np.ndarray | float,
    level: float = 0.95,
) -> Ends:
    """Interval of a share.

    Parameters
    ----------
    method : str
        One of `SHARE_INTERVALS`.
    share, se, df, n : ndarray or float, shapes that broadcast
        df and n are of those who answered in the domain.
    level : float

    Returns
    -------
    (low, high) : ndarray
        NaN where the share is 0 or 1, se is 0 or missing, or df < 1: there no method knows anything.

    Raises
    ------
    UnknownName
        No such method.

    Notes
    -----
    All but `mean` stay within 0-1. `korn_graubard` alone holds the effective sample size to n, so it
    alone does not shrink where the standard error is small by chance.

    Source
    ------
    logit: Korn and Graubard (1999, ch. 3.2); beta and korn_graubard: Korn and Graubard (1998), the latter
    with the min of Parker et al. (2017); wilson: Wilson (1927) at the effective sample size, with t for
    z; asin: the variance-stabilising transformation. xlogit, beta, asin, mean and likelihood are equal to R
    `survey::svyciprop`: tests/reference/quantiles.R.

    Examples
    --------
    >>> low, high = share_interval("logit", 0.5, 0.1, 30, 40)
    >>> round(float(low), 3), round(float(high), 3)
    (0.306, 0.694)
    """
    ends = SHARE_INTERVALS.get(method)
    if ends is None:
        raise _unknown(method)
    arrays = (np.asarray(v, dtype=float) for v in (share, se, df, n))
    share, se, df, n = np.broadcast_arrays(*arrays)
    known = (share > 0) & (share < 1) & (se > 0) & (df >= 1)
    # 0.5 and 1 stand in where nothing is known, so that no method divides by 0.
    low, high = ends(np.where(known, share, 0.5), np.where(known, se, 1.0), df, n, level)
    return np.where(known, low, np.nan)[()], np.where(known, high, np.nan)[()]


def _unknown(method: str) -> UnknownName:
    close = nearest(method, SHARE_INTERVALS)
    return UnknownName(
        f'There is no interval method "{method}" for a share.',
        vi=f'Không có cách tính khoảng tin cậy "{method}" cho tỷ lệ; hãy chọn một tên nêu dưới đây.',
        expected=", ".join(SHARE_INTERVALS),
        got=method,
        hint=f"Did you mean {shown(close)}?" if close else "Choose one of these names.",
    )
