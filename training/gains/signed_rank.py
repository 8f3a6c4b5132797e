"""Paired differences -> Wilcoxon's signed-rank test, and the Hodges-Lehmann median with its interval.

It stands beside the paired t: where the two tell different things, a few people with large changes, or a
test that many finished at full marks, is the usual reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from training.measured import LEVEL, Measured, spread_state

#: Up to here the exact distribution is used, as in R, where no differences are tied or 0.
EXACT_BELOW = 50


@dataclass(frozen=True)
class SignedRank:
    """Wilcoxon's test: V is the sum of the ranks of the positive differences; n without zeros."""

    v: float
    p_value: float
    n: int
    exact: bool


def signed_rank(differences: np.ndarray) -> SignedRank:
    """Wilcoxon's signed-rank test that differences lie about 0, two-sided.

    Notes
    -----
    Zeros are dropped. Exact below 50 differences without ties and zeros; else normal with the correction for
    ties and for continuity. Where every difference is 0, n is 0 and p is NaN.

    Source
    ------
    Wilcoxon (1945); R `wilcox.test(after, before, paired = TRUE)`, tests/training/gains/test_oracle_gains.py.

    Examples
    --------
    >>> test = signed_rank(np.array([1.0, 2.0, 3.0, -0.5, 4.0]))
    >>> test.v, test.p_value
    (14.0, 0.125)
    """
    differences = np.asarray(differences, dtype=float)
    kept = differences[differences != 0]
    n = len(kept)
    if n == 0:
        return SignedRank(0.0, np.nan, 0, False)
    values, place, times = np.unique(np.abs(kept), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(times) - (times - 1) / 2)[place]
    v = float(ranks[kept > 0].sum())
    if n < EXACT_BELOW and len(values) == n and n == len(differences):
        ways = _ways(n)
        low, high = ways[: int(v) + 1].sum(), ways[int(v) :].sum()
        return SignedRank(v, float(min(1.0, 2 * min(low, high))), n, True)
    z = v - n * (n + 1) / 4
    sigma = np.sqrt(n * (n + 1) * (2 * n + 1) / 24 - (times**3 - times).sum() / 48)
    z = (z - np.sign(z) * 0.5) / sigma
    return SignedRank(v, float(min(1.0, 2 * ndtr(-abs(z)))), n, False)


def _ways(n: int) -> np.ndarray:
    """Probability of each sum of ranks, 0 to n(n+1)/2, when every sign is as likely as the other."""
    ways = np.zeros(n * (n + 1) // 2 + 1)
    ways[0] = 1.0
    for rank in range(1, n + 1):
        ways[rank:] += ways[:-rank].copy()
        ways /= 2
    return ways


def median_change(statistic: str, differences: np.ndarray, level: float = LEVEL) -> Measured:
    """The Hodges-Lehmann median of the differences, with Wilcoxon's p.

    Parameters
    ----------
    differences : ndarray, shape (n,)

    Returns
    -------
    Measured
        `se` is the interval's half width over the normal quantile; the interval is of Walsh averages
        (d_i + d_j) / 2, i <= j, and holds its level at least where differences are tied. Where there are
        too few for an interval of this level (n < 6 at 95 %), it reaches from the least to the greatest.

    Source
    ------
    Hodges and Lehmann (1963); R `wilcox.test(d, conf.int = TRUE)` where d has no ties and no zeros, where R
    drops zeros and this does not.
    """
    differences = np.asarray(differences, dtype=float)
    state = spread_state(differences)
    if state:
        return Measured(statistic, len(differences), state=state)
    n = len(differences)
    i, j = np.triu_indices(n)
    walsh = np.sort((differences[i] + differences[j]) / 2)
    half_alpha = (1 - level) / 2
    if n < EXACT_BELOW:
        k = int(np.searchsorted(np.cumsum(_ways(n)), half_alpha))
    else:
        k = int(n * (n + 1) / 4 - ndtri(1 - half_alpha) * np.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    k = max(k, 1)
    low, high = float(walsh[k - 1]), float(walsh[len(walsh) - k])
    se = (high - low) / (2 * ndtri(1 - half_alpha))
    test = signed_rank(differences)
    return Measured(statistic, n, float(np.median(walsh)), float(se), low, high, level, p_value=test.p_value)
