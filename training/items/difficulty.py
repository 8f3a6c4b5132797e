"""Responses -> each item's facility, omissions, and how well it tells good from weak learners."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from training.items.responses import Responses
from training.measured import COLUMNS, FEW_PEOPLE, LEVEL, NO_SPREAD, Measured, is_constant
from training.rules import Thresholds
from training.shares import share_difference, share_of


def item_statistics(responses: Responses, thresholds: Thresholds) -> pd.DataFrame:
    """Classical item statistics.

    Parameters
    ----------
    responses : Responses
    thresholds : Thresholds
        `tail_share`: the upper and lower part of `upper_lower`.

    Returns
    -------
    DataFrame
        Column item, then `training.measured.COLUMNS`; of each item the statistics
        facility : share right among those asked, Wilson;
        omitted : share that left it open;
        item_rest : correlation with the number right on the other items, Fisher's interval;
        upper_lower : share right in the upper part less that in the lower, by total, Newcombe.
        A state where everybody or nobody got it right ("no_spread"), or fewer than four took the test
        ("few_people").

    Notes
    -----
    In `upper_lower` people tied at the cut share the places left equally, so the order of rows does not
    matter.

    Source
    ------
    R `psych::alpha` (r.drop) on lsat6 and ability, tests/training/items/test_known_answers.py.
    """
    rows = _shares(responses)
    for item in responses.correct.columns:
        rest = responses.rest(item)
        own = responses.correct.loc[responses.whole, item].to_numpy(dtype=float)
        rows += [
            (item, correlation("item_rest", own, rest)),
            (item, _upper_lower(own, responses.totals, thresholds.tail_share)),
        ]
    order = {item: place for place, item in enumerate(responses.correct.columns)}
    return _table(sorted(rows, key=lambda row: order[row[0]]))


def item_shares(responses: Responses) -> pd.DataFrame:
    """Facility and omissions alone: all that a class of thirty can show of an item.

    Returns
    -------
    DataFrame
        As `item_statistics`, of its first two statistics.
    """
    return _table(_shares(responses))


def _shares(responses: Responses) -> list[tuple[str, Measured]]:
    rows = []
    for item in responses.correct.columns:
        asked = responses.correct[item].dropna().to_numpy(dtype=float)
        left_open = int((responses.chosen[item] == "").to_numpy().sum())
        rows.append((item, share_of("facility", int(asked.sum()), len(asked))))
        rows.append((item, share_of("omitted", left_open, len(asked))))
    return rows


def _table(rows: list[tuple[str, Measured]]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"item": item, **vars(measured)} for item, measured in rows], columns=["item", *COLUMNS]
    )


def correlation(statistic: str, x: np.ndarray, y: np.ndarray, level: float = LEVEL) -> Measured:
    """Pearson's correlation with Fisher's interval.

    Returns
    -------
    Measured
        se is (1 - r^2) / sqrt(n - 1); state "few_people" below four, "no_spread" where one side is
        constant or the two are one line.

    Source
    ------
    Fisher (1921); R `cor.test`.

    Examples
    --------
    >>> r = correlation("r", np.array([1.0, 2, 3, 4, 5]), np.array([1.0, 3, 2, 5, 4]))
    >>> round(r.estimate, 3), round(r.ci_low, 3), round(r.ci_high, 3)
    (0.8, -0.28, 0.986)
    """
    n = len(x)
    if n < 4:
        return Measured(statistic, n, state=FEW_PEOPLE)
    if is_constant(x) or is_constant(y):
        return Measured(statistic, n, state=NO_SPREAD)
    r = float(np.corrcoef(x, y)[0, 1])
    if abs(r) > 1 - 1e-12:
        return Measured(statistic, n, state=NO_SPREAD)
    half = ndtri((1 + level) / 2) / np.sqrt(n - 3)
    low, high = np.tanh(np.arctanh(r) + np.array([-half, half]))
    return Measured(statistic, n, r, (1 - r**2) / np.sqrt(n - 1), float(low), float(high), level)


def _upper_lower(own: np.ndarray, totals: np.ndarray, tail: float) -> Measured:
    n = len(own)
    size = round(tail * n)
    if size < 1:
        return Measured("upper_lower", n, state=FEW_PEOPLE)
    if is_constant(totals):
        return Measured("upper_lower", n, state=NO_SPREAD)
    upper, lower = (float(_tail(values, size) @ own / size) for values in (totals, -totals))
    estimate, se, low, high = share_difference((upper, size), (lower, size))
    return Measured("upper_lower", n, estimate, se, low, high, LEVEL)


def _tail(totals: np.ndarray, size: int) -> np.ndarray:
    """Weight of each person in the upper `size`: 1 above the cut, a part of the places left at it."""
    cut = np.sort(totals)[::-1][size - 1]
    above, at = totals > cut, totals == cut
    return above + at * (size - above.sum()) / at.sum()
