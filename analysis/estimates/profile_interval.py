"""Share, standard error, df and n -> its interval from the profile of a logistic likelihood, as R has it."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, log_expit, logit, ndtr, stdtrit

from analysis.estimates.intervals import t_multiplier

_STEPS, _MOST_STEPS = 5, 9  # how R walks along the profile


def likelihood_interval(
    share: np.ndarray, se: np.ndarray, df: np.ndarray, n: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a share from its profile likelihood, scaled by the design effect.

    Parameters
    ----------
    share, se, df, n : ndarray, any one shape
        Shares between 0 and 1, with a standard error.
    level : float

    Returns
    -------
    (low, high) : ndarray
        NaN where df < 1 or n < 2, or the profile does not reach as far.

    Notes
    -----
    With D(b) = -2 n [p log P(b) + (1 - p) log(1 - P(b))] the deviance at the log-odds b: the two b where
    (D(b) - D) (n - 1)/n = t^2 L, L = se^2 n / (p (1 - p)), read off a spline through up to nine points on
    either side.

    Source
    ------
    R `survey::svyciprop(method = "likelihood")` 4.1, with its steps and its spline (run_oracle.py).
    """
    ends = [
        _ends(*(float(each) for each in cell), level=level)
        for cell in zip(*(np.ravel(each) for each in (share, se, df, n)), strict=True)
    ]
    low, high = np.array(ends).reshape(-1, 2).T
    return low.reshape(np.shape(share)), high.reshape(np.shape(share))


def _ends(share: float, se: float, df: float, n: float, level: float) -> tuple[float, float]:
    if not (df >= 1 and n > 1):
        return np.nan, np.nan
    cut = float(t_multiplier(df, level)) * se * np.sqrt(n / (share * (1 - share)))
    furthest = -float(stdtrit(n - 1, ndtr(-cut) / 4))  # the root of F's quantile
    if not np.isfinite(furthest):
        return np.nan, np.nan
    points = [(float(logit(share)), 0.0)]
    stride = furthest / _STEPS * se / (share * (1 - share))
    for sign in (-1, 1):
        z, step = 0.0, 0
        while step < _MOST_STEPS and abs(z) < furthest:
            step += 1
            b = points[0][0] + sign * step * stride
            above = (_deviance(share, n, b) - _deviance(share, n, points[0][0])) * (n - 1) / n
            z = sign * float(np.sqrt(max(above, 0.0)))
            points.append((b, z))
    b, z = np.array(sorted(points)).T
    low, high = expit(_read_off(b, z, np.array([-cut, cut])))
    return low, high


def _deviance(share: float, n: float, b: float) -> float:
    return float(-2 * n * (share * log_expit(b) + (1 - share) * log_expit(-b)))


def _read_off(b: np.ndarray, z: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The b at given z, linear between three times as many points of a spline through them (R `spline`)."""
    at = np.linspace(b[0], b[-1], 3 * len(b))
    slope, half, sixth = _spline(b, z)
    piece = np.clip(np.searchsorted(b, at, side="right") - 1, 0, len(b) - 1)
    far = at - b[piece]
    curve = z[piece] + far * (slope[piece] + far * (half[piece] + far * sixth[piece]))
    return np.interp(wanted, curve, at, left=np.nan, right=np.nan)


def _spline(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Coefficients of the cubic spline whose third derivatives at the ends are those of four points there.

    Forsythe, Malcolm and Moler (1977, ch. 4.4).
    """
    n, gap = len(x), np.diff(x)
    rise = np.diff(y) / gap
    right = np.zeros(n)
    right[1:-1] = np.diff(rise)
    matrix = np.zeros((n, n))
    inner = np.arange(1, n - 1)
    matrix[inner, inner] = 2 * (gap[:-1] + gap[1:])
    matrix[inner, inner - 1], matrix[inner, inner + 1] = gap[:-1], gap[1:]
    matrix[0, :2], matrix[-1, -2:] = (-gap[0], gap[0]), (gap[-1], -gap[-1])
    if n > 3:
        first = right[2] / (x[3] - x[1]) - right[1] / (x[2] - x[0])
        last = right[-2] / (x[-1] - x[-3]) - right[-3] / (x[-2] - x[-4])
        right[0] = first * gap[0] ** 2 / (x[3] - x[0])
        right[-1] = -last * gap[-1] ** 2 / (x[-1] - x[-4])
    bend = np.linalg.solve(matrix, right)
    slope = np.append(rise - gap * (bend[1:] + 2 * bend[:-1]), rise[-1] + gap[-1] * (bend[-2] + 2 * bend[-1]))
    sixth = np.diff(bend) / gap
    return slope, 3 * bend, np.append(sixth, sixth[-1])
