"""Marks of people at items -> the figures of Moodle's quiz statistics, by Moodle's definitions.

They stand beside ours so that a class held in Moodle reads the same here; the reading guides in
data/training/moodle_guides.csv are Moodle's, not ours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

#: Notes of an item without a figure: it goes against the total, or nobody's mark differs.
NEGATIVE, CONSTANT = "negative_covariance", "no_spread"
ITEM_COLUMNS = (
    "item", "n", "facility", "sd", "intended_weight", "effective_weight", "discrimination_index",
    "discriminative_efficiency", "state",
)  # fmt: skip


def moodle_items(marks: pd.DataFrame, maxima: pd.Series | None = None) -> pd.DataFrame:
    """Moodle's item statistics.

    Parameters
    ----------
    marks : DataFrame, people x items
        Marks of people who were put every item.
    maxima : Series indexed by item, optional
        Highest mark of each; 1 by default.

    Returns
    -------
    DataFrame
        Columns `ITEM_COLUMNS`: facility and sd on 0-1 of the item's maximum and in marks; weights,
        discrimination index and efficiency in per cent, NaN where the state says why ("no_spread": everybody
        has the same mark, or the same total of the others; "negative_covariance": no effective weight).

    Notes
    -----
    With x the item's mark and y the sum of the others', covariances by n - 1:
    discrimination index = 100 cov(x, y) / sqrt(var x var y), the correlation with the rest;
    discriminative efficiency = 100 cov(x, y) / cov of the two sorted, the most it could be;
    effective weight = 100 sqrt(cov(x, total)) / their sum over items with a positive one.

    Source
    ------
    Moodle documentation, "Quiz statistics calculations"; equal to Moodle's own test fixture,
    tests/training/items/test_known_answers.py.
    """
    maxima = pd.Series(1.0, index=marks.columns) if maxima is None else maxima.reindex(marks.columns)
    x = marks.to_numpy(dtype=float)
    n, k = x.shape
    total = x.sum(axis=1)
    with_total = np.array([_cov(x[:, j], total) for j in range(k)]) if n > 1 else np.full(k, np.nan)
    weights = np.sqrt(np.where(with_total > 0, with_total, 0.0))
    rows = []
    for j, item in enumerate(marks.columns):
        rest = total - x[:, j]
        spread = n > 1 and np.ptp(x[:, j]) > 1e-12 and np.ptp(rest) > 1e-9
        index = efficiency = np.nan
        if spread:
            joint = _cov(x[:, j], rest)
            index = 100 * joint / np.sqrt(_cov(x[:, j], x[:, j]) * _cov(rest, rest))
            efficiency = 100 * joint / _cov(np.sort(x[:, j]), np.sort(rest))
        effective = 100 * weights[j] / weights.sum() if weights.sum() > 0 and with_total[j] >= 0 else np.nan
        state = CONSTANT if not spread else NEGATIVE if np.isnan(effective) else ""
        facility = x[:, j].mean() / maxima.iloc[j] if n else np.nan
        sd = x[:, j].std(ddof=1) if n > 1 else np.nan
        intended = 100 * maxima.iloc[j] / maxima.sum()
        rows.append((item, n, facility, sd, intended, effective, index, efficiency, state))
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS))


def _cov(x: np.ndarray, y: np.ndarray) -> float:
    return float(((x - x.mean()) * (y - y.mean())).sum() / (len(x) - 1))


def moodle_test(marks: pd.DataFrame, maxima: pd.Series | None = None) -> dict[str, float]:
    """Moodle's statistics of the whole test, in per cent of the highest mark where they are marks.

    Returns
    -------
    dict
        test_mean, test_median, test_sd, skewness, kurtosis, internal_consistency, error_ratio,
        standard_error; without those that too few people (4 for all), or totals all alike, leave undefined.

    Notes
    -----
    Skewness k3 / k2^1.5 and kurtosis k4 / k2^2 by Fisher's k-statistics. Internal consistency is
    100 times alpha; error ratio 100 sqrt(1 - alpha); standard error = error ratio / 100 x sd.
    """
    maxima = pd.Series(1.0, index=marks.columns) if maxima is None else maxima.reindex(marks.columns)
    x = marks.to_numpy(dtype=float)
    n, k = x.shape
    if n == 0:
        return {}
    total = 100 * x.sum(axis=1) / maxima.sum()
    found = {"test_mean": float(total.mean()), "test_median": float(np.median(total))}
    m2, m3, m4 = (((total - total.mean()) ** power).mean() for power in (2, 3, 4))
    if n < 4 or m2 <= 1e-12:
        return found
    k2 = n * m2 / (n - 1)
    k3 = n**2 * m3 / ((n - 1) * (n - 2))
    k4 = n**2 * ((n + 1) * m4 - 3 * (n - 1) * m2**2) / ((n - 1) * (n - 2) * (n - 3))
    found |= {"test_sd": float(np.sqrt(k2)), "skewness": float(k3 / k2**1.5), "kurtosis": float(k4 / k2**2)}
    if k > 1:
        parts = (100 * x / maxima.sum()).var(axis=0, ddof=1).sum()
        consistency = k / (k - 1) * (1 - parts / k2)
        ratio = float(np.sqrt(1 - consistency))
        found |= {"internal_consistency": float(100 * consistency), "error_ratio": 100 * ratio}
        found["standard_error"] = ratio * found["test_sd"]
    return found


def moodle_reading(statistic: str, value: float, guides: pd.DataFrame, language: str) -> str:
    """Moodle's own reading of a figure, "" where it gives none.

    Parameters
    ----------
    guides : DataFrame
        Rows of data/training/moodle_guides.csv.
    language : {"vi", "en"}
    """
    own = guides[guides["statistic"] == statistic]
    inside = (own["low"].fillna(-np.inf) <= value) & (value < own["high"].fillna(np.inf) + 1e-9)
    rows = own[inside]
    # A guide of one band is quoted whether the value lies in it or not: the reader compares.
    row = own.iloc[0] if len(own) == 1 else rows.iloc[0] if len(rows) else None
    return "" if row is None else str(row[f"reading_{language}"])
