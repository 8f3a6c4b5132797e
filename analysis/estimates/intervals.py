"""Estimate, standard error and degrees of freedom -> the two ends of a confidence interval.

Quantiles come from `scipy.special`, so that importing this costs no `scipy.stats`.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, stdtr, stdtrit


def t_multiplier(df: np.ndarray, level: float = 0.95) -> np.ndarray:
    """The t quantile for a two-sided interval; NaN where df < 1."""
    df = np.asarray(df, dtype=float)
    return np.where(df >= 1, stdtrit(np.maximum(df, 1), (1 + level) / 2), np.nan)


def t_interval(
    estimate: np.ndarray,
    se: np.ndarray,
    df: np.ndarray,
    level: float = 0.95,
    bounds: tuple[np.ndarray | float, np.ndarray | float] = (-np.inf, np.inf),
) -> tuple[np.ndarray, np.ndarray]:
    """estimate ± t se, cut at the theoretical bounds of the measure.

    Cutting removes only values that cannot be true, so coverage is unchanged.
    """
    half = t_multiplier(df, level) * se
    return np.maximum(estimate - half, bounds[0]), np.minimum(estimate + half, bounds[1])


def korn_graubard_interval(
    share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Exact-binomial interval of a share at its effective sample size; it never leaves 0-1.

    Parameters
    ----------
    share, se, df, n : ndarray, any one shape
        n counts the respondents with an answer.

    Notes
    -----
    n* = min(n, p(1 - p)/se^2 * (t_{n-1}/t_df)^2), x = n* p; limits are the beta quantiles
    B(a/2; x, n* - x + 1) and B(1 - a/2; x + 1, n* - x). The min keeps a standard error that is small by
    chance (two yes of sixty, one in each PSU) from passing for knowledge. NaN where the share is 0 or 1.

    Source
    ------
    Korn and Graubard (1998); NCHS presentation standards (Parker et al. 2017) for the min. Without the
    min it is R `survey::svyciprop(method = "beta")`; tests/analysis/estimates/test_oracle_example.py.
    """
    alpha = 1 - level
    inside = (share > 0) & (share < 1) & (df >= 1) & (n > 1) & (se > 0)
    p, spread = np.where(inside, share, 0.5), np.where(inside, se, 1.0)
    ratio = stdtrit(np.where(inside, n - 1, 1), alpha / 2) / stdtrit(np.where(inside, df, 1), alpha / 2)
    effective = np.minimum(n, p * (1 - p) / spread**2 * ratio**2)
    x = np.where(inside, effective * p, 1.0)
    rest = np.where(inside, effective * (1 - p), 1.0)
    # betaincinv gives NaN where the limit is nearer to 0 or 1 than a float can say.
    low = np.nan_to_num(betaincinv(x, rest + 1, alpha / 2), nan=0.0)
    high = np.nan_to_num(betaincinv(x + 1, rest, 1 - alpha / 2), nan=1.0)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def t_p_value(estimate: np.ndarray, se: np.ndarray, df: np.ndarray) -> np.ndarray:
    """Two-sided p of estimate = 0; NaN where there is no standard error or df < 1."""
    df = np.asarray(df, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(np.asarray(estimate, dtype=float) / se)
        p = 2 * stdtr(np.maximum(df, 1), -t)
    return np.where((df >= 1) & np.isfinite(se) & (np.asarray(se) > 0), p, np.nan)
