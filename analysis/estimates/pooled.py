"""Answers + district + commune -> variances of district means with a design effect pooled over districts.

A district's own standard error rests on two to five communes and is itself noise. The pooled design
effect lends each district what all districts together say about clustering and weights: a generalised
variance function (METHODS.md, "Two intervals for a district").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

#: A standard error below this, beside the estimate (or 1), is rounding.
_ROUNDING = 1e-12


@dataclass(frozen=True)
class DistrictMeans:
    """Weighted means of K measures in D districts.

    Attributes
    ----------
    labels : tuple, length D
    code : ndarray of int, shape (n,)
        Each row's district, -1 = in none of `labels`.
    estimate : ndarray, shape (D, K)
    n : ndarray of int, shape (D, K)
        Respondents with an answer.
    srs_variance : ndarray, shape (D, K)
        S2/n: what a simple random sample (with replacement) of the same people would have.
    z : ndarray, shape (n, K)
        Each person's linearised score w (y - mean) / sum w, 0 where not answered.
    answered : ndarray of bool, shape (n, K)
    """

    labels: tuple
    code: np.ndarray
    estimate: np.ndarray
    n: np.ndarray
    srs_variance: np.ndarray
    z: np.ndarray
    answered: np.ndarray


def district_means(
    values: np.ndarray | pd.DataFrame,
    weight: np.ndarray,
    district: np.ndarray | pd.Series,
    districts: Sequence | None = None,
) -> DistrictMeans:
    """Means, counts and linearised scores of every measure in every district.

    Parameters
    ----------
    values : array, shape (n, K)
        NaN = no answer that counts. Composites: the columns of `combined_scores`.
    weight, district : array, shape (n,)
    districts : sequence, optional
        The districts wanted, in order; those not sampled come out as NaN. All, sorted, if not given.
    """
    y = np.asarray(values, dtype=float)
    y = y[:, None] if y.ndim == 1 else y
    weight, district = np.asarray(weight, dtype=float), pd.Index(np.asarray(district))
    labels = pd.Index(sorted(district.dropna().unique()) if districts is None else list(districts))
    code = labels.get_indexer(district)
    inside = code >= 0
    answered = ~np.isnan(y) & inside[:, None]
    w = np.where(answered, weight[:, None], 0.0)
    # Centring loses no digits in the squares; a constant column stays exactly constant.
    shift = np.array(
        [column[row][0] if row.any() else 0.0 for column, row in zip(y.T, answered.T, strict=True)]
    )
    centred = np.where(answered, y - shift, 0.0)
    base = _sum_by(code, w, len(labels))
    n = _sum_by(code, answered.astype(float), len(labels))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(base > 0, _sum_by(code, w * centred, len(labels)) / base, np.nan)
        deviation = np.where(answered, centred - mean[code], 0.0)
        z = np.where(answered, w * deviation / base[code], 0.0)
        spread = _sum_by(code, w * deviation**2, len(labels)) / base
        srs = np.where(n > 1, spread / (n - 1), np.nan)
    return DistrictMeans(tuple(labels), code, mean + shift, n.astype(int), srs, z, answered)


def pooled_deff(
    values: np.ndarray | pd.DataFrame,
    weight: np.ndarray,
    district: np.ndarray | pd.Series,
    commune: np.ndarray | pd.Series,
    *,
    corrected: bool = True,
) -> np.ndarray:
    """Design effect of each measure's district means, pooled over the districts; never below 1.

    Parameters
    ----------
    values : array, shape (n, K)
    weight, district, commune : array, shape (n,)
        The same commune code in two districts is two communes.
    corrected : bool
        Take v_dk without the bias that linearisation has where a few communes of unequal weight
        stand for a district; False is the plain linearised v_dk. The same where the weights are equal.

    Returns
    -------
    ndarray, shape (K,)
        NaN where no district has two communes, or nobody differs.

    Notes
    -----
    deff_k = sum_d v_dk / sum_d (S2_dk / n_dk), over the districts with at least two communes. With m
    communes that hold the shares f_c of the district's weight,
    corrected: v_dk = sum_c f_c^2 * sum_c (y_c - ybar)^2 / (m - 1), y_c the communes' means and ybar
    their plain average: unbiased where the communes' means vary alike. Linearised:
    v_dk = m/(m - 1) [ sum_c z_c^2 - (sum_c z_c)^2 / m ], z_c = f_c (y_c - mean): with f = .8 and .2 it
    expects 0.3 of the true variance. Villages drawn inside a commune are in either (ultimate
    cluster). Below 1 the ratio is taken as 1: with few communes that is chance, not a gain.

    Source
    ------
    Valliant (1987), Journal of the American Statistical Association 82; Wolter (2007), chapter 7. The
    correction is that of Bell and McCaffrey (2002) for a mean; docs/benchmarks/district_coverage.md
    shows what each covers.
    """
    means = district_means(values, weight, district)
    if corrected:
        between, units = _between_means(means, weight, commune)
    else:
        between, units = _between(means, commune)
        units = np.broadcast_to(units[:, None], between.shape)
    usable = (units >= 2) & np.isfinite(means.srs_variance)
    above, below = (np.where(usable, part, 0.0).sum(axis=0) for part in (between, means.srs_variance))
    return np.where(below > 0, np.maximum(above / np.where(below > 0, below, 1.0), 1.0), np.nan)


def pooled_variance(
    values: np.ndarray | pd.DataFrame,
    weight: np.ndarray,
    district: np.ndarray | pd.Series,
    commune: np.ndarray | pd.Series,
    *,
    deff: np.ndarray | None = None,
    districts: Sequence | None = None,
    corrected: bool = True,
) -> np.ndarray:
    """V_dk = deff_k S2_dk / n_dk: variance of every measure in every district, shape (D, K).

    Parameters
    ----------
    values : array, shape (n, K)
    weight, district, commune : array, shape (n,)
    deff : ndarray, shape (K,), optional
        From another round or a larger area; pooled over these districts if not given.
    districts : sequence, optional
        As in `district_means`.
    corrected : bool
        As in `pooled_deff`.

    Returns
    -------
    ndarray, shape (D, K)
        NaN where fewer than two answered, or where all who answered gave the same answer: 0 would be
        arithmetic, not knowledge (use `pooled_share_interval` there).
    """
    if deff is None:
        deff = pooled_deff(values, weight, district, commune, corrected=corrected)
    means = district_means(values, weight, district, districts)
    with np.errstate(invalid="ignore"):
        differ = means.srs_variance > (_ROUNDING * np.maximum(np.abs(means.estimate), 1.0)) ** 2
    return np.where(differ, deff * means.srs_variance, np.nan)


def pooled_df(
    values: np.ndarray | pd.DataFrame, district: np.ndarray | pd.Series, commune: np.ndarray | pd.Series
) -> np.ndarray:
    """Degrees of freedom behind `pooled_deff`, shape (K,).

    Communes with an answer minus 1, summed over the districts with two or more.
    """
    means = district_means(values, np.ones(len(district)), district)
    units = _answered_units(means, commune)
    return np.where(units >= 2, units - 1, 0).sum(axis=0)


def combined_scores(
    values: np.ndarray | pd.DataFrame,
    weight: np.ndarray,
    district: np.ndarray | pd.Series,
    parts: np.ndarray,
) -> np.ndarray:
    """Each person's linearised score of composites, to be used as `values` of the functions above.

    Parameters
    ----------
    values : array, shape (n, K)
        The indicators.
    parts : ndarray, shape (K, M)
        Weight of each indicator in each composite (`composite_map(framework).weights`).

    Returns
    -------
    ndarray, shape (n, M)
        g_im = sum_k a_km (y_ik - mean_dk) W_d / B_dk over the parts i answered; W_d the district's
        whole weight, B_dk the weight of those who answered part k. Its district mean is 0 and its
        variance is the composite's. NaN for the whole district where a part has no answer.

    Notes
    -----
    Each part is linearised on its own respondents; no one is dropped for having skipped another part,
    and every covariance between the parts is in it.
    """
    means = district_means(values, weight, district)
    inside, weight = means.code >= 0, np.asarray(weight, dtype=float)
    whole = np.bincount(means.code[inside], weight[inside], minlength=len(means.labels))
    parts = np.asarray(parts, dtype=float)
    gap = (np.isnan(means.estimate).astype(float) @ (parts != 0)) > 0
    scores = means.z / weight[:, None] * whole[means.code][:, None] @ parts
    return np.where(inside[:, None] & ~gap[means.code], scores, np.nan)


def pooled_share_interval(
    share: np.ndarray, n: np.ndarray, deff: np.ndarray, df: np.ndarray | float = np.inf, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Wilson interval of a share at n / deff people; it stays in 0-1 and serves a share of 0 or 1 too.

    Parameters
    ----------
    share, n : ndarray, one shape
    deff, df : ndarray that broadcasts to it
        The pooled design effect and its degrees of freedom; infinite df = normal.

    Returns
    -------
    low, high : ndarray
        NaN where fewer than two answered, df < 1 or there is no deff.

    Notes
    -----
    With N = n / deff and t the quantile at df, the p that solve |share - p| <= t sqrt(p (1 - p) / N):
    (share + t^2/2N ± t sqrt(share (1 - share)/N + t^2/4N^2)) / (1 + t^2/N).

    Source
    ------
    Wilson (1927), Journal of the American Statistical Association 22; Kish's effective n in place of n.

    Examples
    --------
    >>> low, high = pooled_share_interval(0.0, 96, 2.0)
    >>> float(low), round(float(high), 4)  # high = t^2 / (N + t^2)
    (0.0, 0.0741)
    """
    share, n, deff, df = np.broadcast_arrays(*(np.asarray(a, dtype=float) for a in (share, n, deff, df)))
    usable = (n > 1) & (df >= 1) & np.isfinite(share) & np.isfinite(deff)
    people = np.where(usable, n / np.where(usable, np.maximum(deff, 1.0), 1.0), 1.0)
    # 1e9 is as good as infinite, which stdtrit does not take.
    t = stdtrit(np.where(usable, np.minimum(df, 1e9), 1.0), (1 + level) / 2)
    p, add = np.where(usable, share, np.nan), t**2 / people
    half = np.sqrt(np.maximum(p * (1 - p), 0.0) * add + add**2 / 4)
    low, high = (p + add / 2 - half) / (1 + add), (p + add / 2 + half) / (1 + add)
    return np.where(p <= 0, 0.0, low), np.where(p >= 1, 1.0, high)


def _units(means: DistrictMeans, unit: np.ndarray | pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Each row's unit within its district (-1 = none), and each unit's district."""
    inner = pd.factorize(np.asarray(unit))[0]
    inside = (means.code >= 0) & (inner >= 0)
    pairs, code = np.unique(np.where(inside, means.code * (inner.max() + 1) + inner, -1), return_inverse=True)
    if len(pairs) and pairs[0] == -1:
        pairs, code = pairs[1:], code - 1
    return code, pairs // (inner.max() + 1)


def _between(means: DistrictMeans, unit: np.ndarray | pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Variance from unit totals, shape (D, K), and the units of each district, shape (D,)."""
    code, home = _units(means, unit)
    totals = _sum_by(code, means.z, len(home))
    units = np.bincount(home, minlength=len(means.labels))
    square, total = _sum_by(home, totals**2, len(units)), _sum_by(home, totals, len(units))
    m = np.maximum(units, 2)[:, None]
    return m / (m - 1) * np.maximum(square - total**2 / m, 0.0), units


def _between_means(
    means: DistrictMeans, weight: np.ndarray, unit: np.ndarray | pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    """Corrected variance from unit means, and the units with an answer, both of shape (D, K)."""
    code, home = _units(means, unit)
    number = len(means.labels)
    w = np.where(means.answered, np.asarray(weight, dtype=float)[:, None], 0.0)
    base, total = _sum_by(code, w, len(home)), _sum_by(code, means.z, len(home))
    held = base > 0
    units = _sum_by(home, held.astype(float), number)
    with np.errstate(invalid="ignore", divide="ignore"):
        part = np.where(held, base / _sum_by(home, base, number)[home], 0.0)
        own = np.where(held, total / part, 0.0)  # the unit's mean less the district's
        average = _sum_by(home, own, number) / units
        square = _sum_by(home, np.where(held, own - average[home], 0.0) ** 2, number) / (units - 1)
    return np.where(units >= 2, _sum_by(home, part**2, number) * square, np.nan), units


def _answered_units(means: DistrictMeans, unit: np.ndarray | pd.Series) -> np.ndarray:
    """Units of each district that hold an answer, shape (D, K)."""
    code, home = _units(means, unit)
    held = _sum_by(code, means.answered.astype(float), len(home)) > 0
    return _sum_by(home, held.astype(float), len(means.labels)).astype(int)


def _sum_by(group: np.ndarray, values: np.ndarray, n_groups: int) -> np.ndarray:
    """Column sums within groups, shape (n_groups, K); rows of group -1 are left out."""
    inside = group >= 0
    if not inside.all():
        group, values = group[inside], values[inside]
    out = np.empty((n_groups, values.shape[1]))
    for k in range(values.shape[1]):
        out[:, k] = np.bincount(group, values[:, k], minlength=n_groups)
    return out
