"""A function that changes sign between two ends -> where: Brent's method with the steps of R's `uniroot`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_EPSILON = np.finfo(float).eps
_MOST_STEPS = 1000


def find_root(function: Callable[[float], float], low: float, high: float, tolerance: float) -> float:
    """A root between two ends, or the place of a jump through 0.

    Parameters
    ----------
    function : callable, float -> float
    low, high : float
        low < high.
    tolerance : float
        How near the root the answer has to be.

    Returns
    -------
    float
        NaN where the function is unknown at an end or has one sign at both.

    Notes
    -----
    Of a step function the answer lies on either side of the jump, less than the tolerance away: which, the
    steps decide, so they are R's, one for one.

    Source
    ------
    Brent (1973, ch. 4); R `stats::uniroot` (`zeroin2`); test_root.py.

    Examples
    --------
    >>> round(find_root(lambda x: x * x - 2, 0.0, 2.0, 1e-12), 9)
    1.414213562
    """
    a, b, fa, fb = low, high, function(low), function(high)
    if np.isnan(fa) or np.isnan(fb) or fa * fb > 0:
        return np.nan
    if fa == 0 or fb == 0:
        return a if fa == 0 else b
    c, fc = a, fa
    for _ in range(_MOST_STEPS + 1):
        previous = b - a
        if abs(fc) < abs(fb):
            a, b, c = b, c, b
            fa, fb, fc = fb, fc, fb
        near = 2 * _EPSILON * abs(b) + tolerance / 2
        step = (c - b) / 2
        if abs(step) <= near or fb == 0:
            return b
        if abs(previous) >= near and abs(fa) > abs(fb):
            step = _interpolated(step, previous, near, (a, b, c), (fa, fb, fc))
        if abs(step) < near:
            step = near if step > 0 else -near
        a, fa = b, fb
        b += step
        fb = function(b)
        if (fb > 0 and fc > 0) or (fb < 0 and fc < 0):
            c, fc = a, fa
    return b


def _interpolated(half: float, previous: float, near: float, at: tuple, value: tuple) -> float:
    """The step of a secant or an inverse parabola where it is short enough, else half of the interval."""
    (a, b, c), (fa, fb, fc) = at, value
    across = c - b
    if a == c:
        ratio = fb / fa
        p, q = across * ratio, 1.0 - ratio
    else:
        q, one, two = fa / fc, fb / fc, fb / fa
        p = two * (across * q * (q - one) - (b - a) * (one - 1.0))
        q = (q - 1.0) * (one - 1.0) * (two - 1.0)
    if p > 0:
        q = -q
    else:
        p = -p
    short = p < 0.75 * across * q - abs(near * q) / 2 and p < abs(previous * q / 2)
    return p / q if short else half
