"""Answers + design -> means, totals, ratios and shares with their covariance.

A domain is an argument and a missing answer a domain of its kind: no row is ever dropped, so all PSUs
and strata stay in the variance.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.estimates.design import Design
from analysis.estimates.estimated import Estimated
from analysis.estimates.variance import covariance


def mean(values: pd.DataFrame | pd.Series, design: Design, domain: np.ndarray | None = None) -> Estimated:
    """Weighted means, each on those who answered it.

    Parameters
    ----------
    values : DataFrame (n, K) or Series (n,)
        NaN = no answer.
    design : Design of the same rows
    domain : ndarray of bool, shape (n,), optional

    Source
    ------
    R `survey::svymean(na.rm = TRUE)` on a subset design; tests/reference/run_oracle.py.
    """
    frame, domain = _frame(values), _domain(domain, design)
    return joint_means([(name, frame[name], domain) for name in frame], design, domain)


def joint_means(
    items: Sequence[tuple[str, pd.Series, np.ndarray | None]],
    design: Design,
    domain: np.ndarray | None = None,
) -> Estimated:
    """Means of different variables in different domains, with the covariance between all of them.

    Parameters
    ----------
    items : sequence of (name, values, domain or None)
    domain : ndarray of bool, optional
        The rows that the design's df is counted on; all by default.
    """
    columns = [_mean_column(values, design, _domain(inside, design)) for _, values, inside in items]
    return _collect([name for name, _, _ in items], columns, design, _domain(domain, design))


def total(values: pd.DataFrame | pd.Series, design: Design, domain: np.ndarray | None = None) -> Estimated:
    """Weighted totals, a missing answer adding nothing.

    Source
    ------
    R `survey::svytotal(na.rm = TRUE)`; tests/reference/run_oracle.py.
    """
    frame, domain = _frame(values), _domain(domain, design)
    columns = []
    for name in frame:
        y = frame[name].to_numpy(dtype=float)
        answered = domain & ~np.isnan(y)
        scores = np.where(answered, design.weight * np.nan_to_num(y), 0.0)
        srs = _srs_of_total(y[answered], design.weight[answered])
        columns.append((scores.sum(), scores, answered, srs))
    return _collect(list(frame), columns, design, domain)


def ratio(
    numerator: pd.Series, denominator: pd.Series, design: Design, domain: np.ndarray | None = None
) -> Estimated:
    """Ratio of two totals among those who answered both.

    Notes
    -----
    R = sum w y / sum w x, scores w (y - R x) / sum w x.

    Source
    ------
    R `survey::svyratio(na.rm = TRUE)`; tests/reference/run_oracle.py.
    """
    y, x = (series.to_numpy(dtype=float) for series in (numerator, denominator))
    domain = _domain(domain, design)
    answered = domain & ~np.isnan(y) & ~np.isnan(x)
    w = np.where(answered, design.weight, 0.0)
    base = float(w @ np.nan_to_num(x))
    value = float(w @ np.nan_to_num(y)) / base if base else np.nan
    scores = w * np.nan_to_num(y - value * x) / base if base else np.zeros(len(y))
    name = f"{numerator.name}/{denominator.name}"
    return _collect([name], [(value, scores, answered, np.nan)], design, domain)


def shares(
    answers: pd.Series, design: Design, domain: np.ndarray | None = None, levels: Sequence | None = None
) -> Estimated:
    """Shares of all levels of a categorical answer, with their covariance.

    Parameters
    ----------
    answers : Series (n,)
        Missing = no answer.
    levels : sequence, optional
        The levels in order; those found, sorted, by default.
    """
    levels = sorted(answers.dropna().unique()) if levels is None else list(levels)
    answered = answers.notna().to_numpy()
    flags = {str(level): np.where(answered, (answers == level).to_numpy(), np.nan) for level in levels}
    return mean(pd.DataFrame(flags, index=answers.index).astype(float), design, domain)


def _frame(values: pd.DataFrame | pd.Series) -> pd.DataFrame:
    return values.to_frame() if isinstance(values, pd.Series) else values


def _domain(domain: np.ndarray | None, design: Design) -> np.ndarray:
    if domain is None:
        return np.ones(len(design.weight), dtype=bool)
    return np.asarray(domain, dtype=bool)


def _mean_column(values: pd.Series, design: Design, domain: np.ndarray):
    """Mean, scores, who answered, and the variance under simple random sampling."""
    y = values.to_numpy(dtype=float)
    answered = domain & ~np.isnan(y)
    w = np.where(answered, design.weight, 0.0)
    base = w.sum()
    if base == 0:
        return np.nan, np.zeros(len(y)), answered, np.nan
    value = float(w @ np.nan_to_num(y)) / base
    deviation = np.where(answered, y - value, 0.0)
    n = int(answered.sum())
    srs = float(w @ deviation**2) / base / (n - 1) if n > 1 else np.nan
    return value, w * deviation / base, answered, srs


def _srs_of_total(y: np.ndarray, w: np.ndarray) -> float:
    """Variance of a total of n people drawn with replacement: N^2 S^2 / n, N the sum of weights."""
    n, population = len(y), w.sum()
    if n < 2:
        return np.nan
    centre = w @ y / population
    return float(population**2 * (w @ (y - centre) ** 2) / population / (n - 1))


def _collect(names: list[str], columns: list, design: Design, domain: np.ndarray) -> Estimated:
    scores = np.column_stack([column[1] for column in columns])
    answered = [column[2] for column in columns]
    estimate = np.array([column[0] for column in columns], dtype=float)
    inside = answered[0] if len(columns) == 1 else domain
    vcov = covariance(design, scores, inside)
    vcov[np.isnan(estimate), :] = np.nan
    vcov[:, np.isnan(estimate)] = np.nan
    return Estimated(
        names=tuple(names),
        estimate=estimate,
        vcov=vcov,
        df=design.df_of(domain),
        df_answered=np.array([design.df_of(mask) for mask in answered], dtype=float),
        n=np.array([int(mask.sum()) for mask in answered]),
        srs_variance=np.array([column[3] for column in columns], dtype=float),
        population=np.array([design.weight[mask].sum() for mask in answered]),
    )
