"""Answers + a `ReplicateDesign` -> estimates whose variance is their spread over the replicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.estimates.estimated import Estimated
from analysis.estimates.inputs import read_columns, read_domain
from analysis.estimates.replicates import ReplicateDesign


def replicate_estimate(
    statistic: Callable[[np.ndarray], np.ndarray | float],
    design: ReplicateDesign,
    names: Sequence[str] | None = None,
) -> Estimated:
    """Any statistic of the weights, computed once with the full weights and once in each replicate.

    Parameters
    ----------
    statistic : callable, weights (n,) -> (M,)
    design : ReplicateDesign
    names : sequence of str, optional

    Source
    ------
    Wolter (2007, ch. 3-5); R `survey::withReplicates`.

    Examples
    --------
    `replicate_estimate(lambda w: w @ y / (w @ x), design)` is a ratio with its standard error.
    """
    estimate = np.atleast_1d(np.asarray(statistic(design.weight), dtype=float))
    with np.errstate(invalid="ignore", divide="ignore"):
        replicated = np.array(
            [np.atleast_1d(statistic(column)) for column in design.replicates.T], dtype=float
        )
    size = len(estimate)
    return Estimated(
        names=tuple(names or (f"statistic {at + 1}" for at in range(size))),
        estimate=estimate,
        vcov=design.covariance(replicated, estimate),
        df=design.df,
        df_answered=np.full(size, float(design.df)),
        n=np.full(size, int((design.weight > 0).sum())),
        srs_variance=np.full(size, np.nan),
        population=np.full(size, design.weight.sum()),
        replicates_used=np.isfinite(replicated).sum(axis=0),
    )


def replicate_mean(
    values: pd.DataFrame | pd.Series, design: ReplicateDesign, domain: np.ndarray | None = None
) -> Estimated:
    """Weighted means, each on those who answered it, for all columns and replicates in one product.

    Parameters
    ----------
    values : DataFrame (n, K) or Series (n,)
        NaN = no answer. Means in different domains: one column each, NaN outside its domain.
    design : ReplicateDesign of the same rows
    domain : ndarray of bool, shape (n,), optional

    Source
    ------
    R `survey::svymean(na.rm = TRUE)` on a replicate design (test_replicates.py).
    """
    names, y, answered, domain = _read(values, design, domain)
    flags, w = answered.astype(float), design.weight
    base = w @ flags
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = (w @ y) / base
        # From the estimate, not from 0: a mean far from 0 keeps its digits.
        deviation = np.where(answered, y - estimate, 0.0)
        replicated = estimate + (design.replicates.T @ deviation) / (design.replicates.T @ flags)
        n = (answered & (w != 0)[:, None]).sum(axis=0)
        srs = (w @ deviation**2) / base / (n - 1)
    return _collect(names, estimate, replicated, answered, domain, srs, design)


def replicate_total(
    values: pd.DataFrame | pd.Series, design: ReplicateDesign, domain: np.ndarray | None = None
) -> Estimated:
    """Weighted totals, a missing answer adding nothing.

    Parameters
    ----------
    values, design, domain
        As in `replicate_mean`.

    Source
    ------
    R `survey::svytotal(na.rm = TRUE)` on a replicate design (test_replicates.py).
    """
    names, y, answered, domain = _read(values, design, domain)
    w, n = design.weight, (answered & (design.weight != 0)[:, None]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        base = w @ answered
        deviation = np.where(answered, y - (w @ y) / base, 0.0)
        srs = base * (w @ deviation**2) / (n - 1)
    estimate = np.where((answered & (w != 0)[:, None]).any(axis=0), w @ y, np.nan)
    out = _collect(names, estimate, design.replicates.T @ y, answered, domain, srs, design)
    return replace(out, of_totals=True)


def replicate_ratio(
    numerator: pd.Series, denominator: pd.Series, design: ReplicateDesign, domain: np.ndarray | None = None
) -> Estimated:
    """Ratio of two totals among those who answered both.

    Parameters
    ----------
    numerator, denominator : Series (n,)
    design, domain
        As in `replicate_mean`.

    Source
    ------
    R `survey::svyratio(na.rm = TRUE)` on a replicate design (test_replicates.py).
    """
    both = pd.concat([pd.Series(numerator), pd.Series(denominator)], axis=1)
    _, y, answered, inside = _read(both, design, domain)
    seen = answered.all(axis=1)
    top, bottom = (np.where(seen, column, 0.0) for column in y.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        estimate = np.array([(design.weight @ top) / (design.weight @ bottom)])
        replicated = ((design.replicates.T @ top) / (design.replicates.T @ bottom))[:, None]
    names, nothing = [f"{numerator.name}/{denominator.name}"], np.array([np.nan])
    return _collect(names, estimate, replicated, seen[:, None], inside, nothing, design)


def _read(values: pd.DataFrame | pd.Series, design: ReplicateDesign, domain: np.ndarray | None):
    """Names, answers with 0 for none, who answered inside the domain, and the domain."""
    rows = len(design.weight)
    (names, y), inside = read_columns(values, rows), read_domain(domain, rows)
    answered = inside[:, None] & ~np.isnan(y)
    return names, np.where(answered, y, 0.0), answered, inside


def _collect(names, estimate, replicated, answered, domain, srs, design: ReplicateDesign) -> Estimated:
    return Estimated(
        names=tuple(names),
        estimate=estimate,
        vcov=design.covariance(replicated, estimate),
        df=design.df_of(domain),
        df_answered=np.array([design.df_of(mask) for mask in answered.T], dtype=float),
        n=(answered & (design.weight != 0)[:, None]).sum(axis=0),
        srs_variance=srs,
        population=design.weight @ answered,
        replicates_used=np.isfinite(replicated).sum(axis=0),
    )
