"""Counts of yes and of all -> shares with Wilson intervals, and differences of two shares.

A count of people needs an interval that holds at 0 and at 100 %; `analysis.estimates.proportions` is for
shares of a weighted sample, whose standard error comes from the design.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from training.measured import LEVEL, NOBODY, Measured


def wilson_interval(share: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The shares P with |p - P| <= z sqrt(P (1 - P) / n).

    Parameters
    ----------
    share : float
    n : float
        People, or an effective number of them; more than 0.

    Source
    ------
    Wilson (1927); R `prop.test(x, n, correct = FALSE)`, tests/training/test_shares.py.

    Examples
    --------
    >>> low, high = wilson_interval(0.0, 10)
    >>> low, round(high, 4)
    (0.0, 0.2775)
    """
    z2 = ndtri((1 + level) / 2) ** 2 / n
    middle = (share + z2 / 2) / (1 + z2)
    half = np.sqrt(z2 * share * (1 - share) + z2**2 / 4) / (1 + z2)
    low = 0.0 if share == 0 else max(middle - half, 0.0)
    high = 1.0 if share == 1 else min(middle + half, 1.0)
    return float(low), float(high)


def share_of(statistic: str, yes: int, n: int, note: str = "", level: float = LEVEL) -> Measured:
    """A share of people with its Wilson interval; `se` is sqrt(p (1 - p) / n), 0 at 0 and at 100 %."""
    if n == 0:
        return Measured(statistic, 0, state=NOBODY, note=note)
    share = yes / n
    low, high = wilson_interval(share, n, level)
    se = float(np.sqrt(share * (1 - share) / n))
    return Measured(statistic, int(n), share, se, low, high, level, note=note)


def share_difference(
    first: tuple[float, float], second: tuple[float, float], level: float = LEVEL
) -> tuple[float, float, float, float]:
    """first less second: estimate, se and Newcombe's interval.

    Parameters
    ----------
    first, second : (float, float)
        Share and n of each, of different people.

    Returns
    -------
    (estimate, se, low, high)

    Notes
    -----
    low = d - sqrt((p1 - l1)^2 + (u2 - p2)^2), high = d + sqrt((u1 - p1)^2 + (p2 - l2)^2), with l and u the
    Wilson ends: it never leaves -1 to 1 and has a width at 0 and 100 %.

    Source
    ------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> [round(x, 4) for x in share_difference((56 / 70, 70), (48 / 80, 80))]  # Newcombe's table II, row a
    [0.2, 0.0727, 0.0524, 0.3339]
    """
    (p1, n1), (p2, n2) = first, second
    l1, u1 = wilson_interval(p1, n1, level)
    l2, u2 = wilson_interval(p2, n2, level)
    difference = p1 - p2
    se = float(np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2))
    low = difference - np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = difference + np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return float(difference), se, float(low), float(high)
