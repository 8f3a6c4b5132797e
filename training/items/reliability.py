"""Item scores of people -> how far the total can be trusted: KR-20 / alpha, alpha without each item, SEM."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from training.measured import COLUMNS, FEW_PEOPLE, LEVEL, NO_SPREAD, Measured

#: State: one item has no consistency with itself.
FEW_ITEMS = "few_items"


@dataclass(frozen=True)
class Reliability:
    """Internal consistency of one test.

    Attributes
    ----------
    alpha : Measured
        statistic "alpha" (KR-20 where items are right or wrong), Feldt's interval, asymptotic se.
    error : Measured
        statistic "sem": the standard error of measurement of the number right.
    without : DataFrame
        Column item and `training.measured.COLUMNS`: statistic "alpha_without", alpha without the item.
    n_items : int
    """

    alpha: Measured
    error: Measured
    without: pd.DataFrame = field(default_factory=pd.DataFrame)
    n_items: int = 0


def measure_reliability(scores: pd.DataFrame, pairwise: bool = False, level: float = LEVEL) -> Reliability:
    """Cronbach's alpha (KR-20 of 0/1 items) and what follows from it.

    Parameters
    ----------
    scores : DataFrame, people x items
        NaN where an item was not put.
    pairwise : bool
        Use every pair of items' own people; else only people with every item. n is then all people, and the
        interval, made for complete data, is too narrow where much is missing.

    Returns
    -------
    Reliability
        States: "few_items" below two, "few_people" below three, "no_spread" where totals do not differ.

    Notes
    -----
    alpha = k / (k - 1) (1 - sum of variances / variance of the total). Feldt's interval:
    1 - (1 - alpha) F(1 -/+ level, n - 1, (n - 1)(k - 1)). sem^2 = k MS_residual of the people x items table,
    which equals sd^2 (1 - alpha); its interval is that of MS_residual by chi-square.

    Source
    ------
    Kuder and Richardson (1937); Cronbach (1951); Feldt (1965), Psychometrika 30, 357-370; se: van Zyl,
    Neudecker and Nel (2000) as in Duhachek and Iacobucci (2004). R `psych::alpha` (alpha, feldt, ase,
    alpha.drop), tests/training/items/test_known_answers.py.
    """
    used = scores if pairwise else scores.dropna()
    n, k = used.shape
    state = FEW_ITEMS if k < 2 else FEW_PEOPLE if n < 3 else ""
    covariance = used.astype(float).cov().to_numpy() if not state else np.zeros((k, k))
    if not state and not (np.isfinite(covariance).all() and covariance.sum() > 1e-12 * k):
        state = NO_SPREAD
    if state:
        without = [{"item": item, **vars(Measured("alpha_without", n, state=state))} for item in used.columns]
        alpha, error = (Measured(name, n, state=state) for name in ("alpha", "sem"))
        return Reliability(alpha, error, pd.DataFrame(without, columns=["item", *COLUMNS]), k)
    rows = []
    for place, item in enumerate(used.columns):
        left = np.delete(np.delete(covariance, place, 0), place, 1)
        rows.append({"item": item, **vars(_alpha("alpha_without", left, n, level))})
    return Reliability(
        _alpha("alpha", covariance, n, level), _error(covariance, n, level),
        pd.DataFrame(rows, columns=["item", *COLUMNS]), k,
    )  # fmt: skip


def _alpha(statistic: str, covariance: np.ndarray, n: int, level: float) -> Measured:
    from scipy.special import fdtri  # the F quantile without loading scipy.stats

    k = len(covariance)
    if k < 2:
        return Measured(statistic, n, state=FEW_ITEMS)
    total, trace = covariance.sum(), np.trace(covariance)
    if total <= 1e-12 * k:
        return Measured(statistic, n, state=NO_SPREAD)
    alpha = k / (k - 1) * (1 - trace / total)
    df = (n - 1, (n - 1) * (k - 1))
    low, high = (1 - (1 - alpha) * fdtri(*df, share) for share in ((1 + level) / 2, (1 - level) / 2))
    squared = covariance @ covariance
    spread = total * (np.trace(squared) + trace**2) - 2 * trace * squared.sum()
    variance = 2 * k**2 / ((k - 1) ** 2 * total**3) * spread
    se = float(np.sqrt(max(variance, 0.0) / n))
    return Measured(statistic, n, float(alpha), se, float(low), float(high), level)


def _error(covariance: np.ndarray, n: int, level: float) -> Measured:
    from scipy.special import chdtri

    k = len(covariance)
    alpha = k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
    square = covariance.sum() * (1 - alpha)
    if square <= 1e-12 * k:
        return Measured("sem", n, state=NO_SPREAD)
    df = (n - 1) * (k - 1)
    low, high = (np.sqrt(square * df / chdtri(df, share)) for share in ((1 - level) / 2, (1 + level) / 2))
    sem = np.sqrt(square)
    return Measured("sem", n, float(sem), float(sem / np.sqrt(2 * df)), float(low), float(high), level, df=df)
