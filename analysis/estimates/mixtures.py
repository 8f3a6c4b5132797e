"""Weights of chi-squares + a statistic -> how probable a value as large is, by the saddlepoint."""

from __future__ import annotations

import numpy as np
from scipy.special import fdtrc, ndtr

from analysis.estimates.root import find_root

_EDGE = 0.99999  # how near the ends of its interval the saddlepoint is looked for


def mixture_p_value(statistic: float, weights: np.ndarray, df: float) -> float:
    """Chance that a weighted sum of chi-squares, over a chi-square's mean square, exceeds a value.

    Parameters
    ----------
    statistic : float
    weights : ndarray, shape (k,)
        Of k independent chi-squares with one degree of freedom, such as generalised design effects.
    df : float
        Of the mean square below; its whole part counts.

    Returns
    -------
    float
        NaN without degrees of freedom.

    Notes
    -----
    P(sum a_i X_i > x Y/d) = P(sum a_i X_i - (x/d) Y > 0). With K the cumulant function of that sum and z the
    root of K'(z) = 0, w = sign(z) sqrt(-2 K(z)) and v = z sqrt(K''(z)), the chance is 1 - Phi(w +
    log(v/w)/w). Where z is too near 0 for that, the F test with the first two moments takes its place.

    Source
    ------
    Kuonen (1999, Biometrika 86); R `survey::svychisq(statistic = "saddlepoint")` (run_oracle.py).
    """
    weights = np.asarray(weights, dtype=float)
    if not (df >= 1 and statistic > 0 and np.isfinite(weights).all() and weights.max(initial=0.0) > 0):
        return np.nan
    parts = np.concatenate([weights, np.full(int(df), -statistic / df)])
    found = _saddle(parts / parts.max())
    if np.isfinite(found):
        return found
    mean, spread = weights.mean(), (weights**2).mean() / weights.mean() ** 2
    df1 = len(weights) / spread
    return float(fdtrc(df1, df, statistic / df1 / (mean * spread)))


def _saddle(parts: np.ndarray) -> float:
    low = (1 / (2 * parts[parts < 0])).max() * _EDGE
    high = (1 / (2 * parts[parts > 0])).min() * _EDGE

    def slope(z: float) -> float:
        return float((parts / (1 - 2 * z * parts)).sum())

    z = find_root(slope, low, high, 1e-8)
    if not abs(z) >= 1e-4:
        return np.nan
    w = np.sign(z) * np.sqrt(np.log(1 - 2 * z * parts).sum())
    v = z * np.sqrt(2 * (parts**2 / (1 - 2 * z * parts) ** 2).sum())
    return float(ndtr(-(w + np.log(v / w) / w)))
