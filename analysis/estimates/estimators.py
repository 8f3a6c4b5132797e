"""Answers + design -> means, totals, ratios and shares with their covariance.

A domain is an argument and a missing answer a domain of its kind: no row is ever dropped, so all PSUs
and strata stay in the variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.design import Design
from analysis.estimates.estimated import Estimated
from analysis.estimates.inputs import read_columns, read_domain
from analysis.estimates.replicate_estimates import replicate_mean, replicate_ratio, replicate_total
from analysis.estimates.replicates import ReplicateDesign
from analysis.estimates.variance import covariance

AnyDesign = Design | ReplicateDesign


def mean(values: pd.DataFrame | pd.Series, design: AnyDesign, domain: np.ndarray | None = None) -> Estimated:
    """Weighted means, each on those who answered it.

    Parameters
    ----------
    values : DataFrame (n, K) or Series (n,)
        NaN = no answer.
    design : Design or ReplicateDesign of the same rows
    domain : ndarray of bool, shape (n,), optional

    Source
    ------
    R `survey::svymean(na.rm = TRUE)` on a subset design; tests/reference/run_oracle.py.
    """
    if isinstance(design, ReplicateDesign):
        return replicate_mean(values, design, domain)
    rows = len(design.weight)
    (names, y), domain = read_columns(values, rows), read_domain(domain, rows)
    return _collect(list(names), [_mean_column(column, design, domain) for column in y.T], design, domain)


def joint_means(
    items: Sequence[tuple[str, pd.Series, np.ndarray | None]],
    design: AnyDesign,
    domain: np.ndarray | None = None,
) -> Estimated:
    """Means of different variables in different domains, with the covariance between all of them.

    Parameters
    ----------
    items : sequence of (name, values, domain or None)
    domain : ndarray of bool, optional
        The rows that the design's df is counted on; all by default.
    """
    rows, names = len(design.weight), [name for name, _, _ in items]
    answers = [
        np.where(read_domain(inside, rows), read_columns(pd.Series(values), rows)[1][:, 0], np.nan)
        for _, values, inside in items
    ]
    if isinstance(design, ReplicateDesign):
        return replicate_mean(pd.DataFrame(dict(enumerate(answers))).set_axis(names, axis=1), design, domain)
    everybody = np.ones(rows, dtype=bool)
    columns = [_mean_column(y, design, everybody) for y in answers]
    return _collect(names, columns, design, read_domain(domain, rows))


def total(values: pd.DataFrame | pd.Series, design: AnyDesign, domain: np.ndarray | None = None) -> Estimated:
    """Weighted totals, a missing answer adding nothing; NaN where nobody answered.

    Source
    ------
    R `survey::svytotal(na.rm = TRUE)`; tests/reference/run_oracle.py.
    """
    if isinstance(design, ReplicateDesign):
        return replicate_total(values, design, domain)
    rows = len(design.weight)
    (names, answers), domain = read_columns(values, rows), read_domain(domain, rows)
    columns = []
    for y in answers.T:
        answered = domain & ~np.isnan(y)
        scores = np.where(answered, design.weight * np.nan_to_num(y), 0.0)
        counted = answered & design.in_use
        srs = _srs_of_total(y[counted], design.weight[counted])
        columns.append((scores.sum() if counted.any() else np.nan, scores, answered, srs))
    return replace(_collect(list(names), columns, design, domain), of_totals=True)


def ratio(
    numerator: pd.Series, denominator: pd.Series, design: AnyDesign, domain: np.ndarray | None = None
) -> Estimated:
    """Ratio of two totals among those who answered both.

    Notes
    -----
    R = sum w y / sum w x, scores w (y - R x) / sum w x; the design effect is that of their total.

    Source
    ------
    R `survey::svyratio(na.rm = TRUE)`; tests/reference/run_oracle.py.
    """
    if isinstance(design, ReplicateDesign):
        return replicate_ratio(numerator, denominator, design, domain)
    rows = len(design.weight)
    y, x = (read_columns(pd.Series(series), rows)[1][:, 0] for series in (numerator, denominator))
    domain = read_domain(domain, rows)
    answered = domain & ~np.isnan(y) & ~np.isnan(x)
    w = np.where(answered, design.weight, 0.0)
    base = float(w @ np.nan_to_num(x))
    value = float(w @ np.nan_to_num(y)) / base if base else np.nan
    rest = np.where(answered, y - value * x, 0.0) / base if base else np.zeros(len(y))
    counted = answered & design.in_use
    srs = _srs_of_total(rest[counted], design.weight[counted]) if base else np.nan
    name = f"{numerator.name}/{denominator.name}"
    return _collect([name], [(value, w * rest, answered, srs)], design, domain)


def shares(
    answers: pd.Series, design: AnyDesign, domain: np.ndarray | None = None, levels: Sequence | None = None
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


def _mean_column(y: np.ndarray, design: Design, domain: np.ndarray):
    """Mean, scores, who answered, and the variance under simple random sampling."""
    answered = domain & ~np.isnan(y)
    w = np.where(answered, design.weight, 0.0)
    base = w.sum()
    if base == 0:
        return np.nan, np.zeros(len(y)), answered, np.nan
    value = float(w @ np.nan_to_num(y)) / base
    deviation = np.where(answered, y - value, 0.0)
    n = int((answered & design.in_use).sum())
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
        n=np.array([int((mask & design.in_use).sum()) for mask in answered]),
        srs_variance=np.array([column[3] for column in columns], dtype=float),
        population=np.array([design.weight[mask].sum() for mask in answered]),
    )
