"""Right and wrong answers of a hundred takers and more -> Rasch difficulties by conditional likelihood."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import ndtri

from training.measured import LEVEL
from training.rules import Thresholds

#: States: too few takers; fewer than two items that both some and not all got right; items that the answers
#: do not tie together, so that a difference between them is infinite.
FEW_TAKERS, FEW_ITEMS, NOT_CONNECTED = "few_takers", "few_items", "not_connected"
_MOST_STEPS, _TOLERANCE = 100, 1e-10


@dataclass(frozen=True)
class Rasch:
    """A fitted Rasch model.

    Attributes
    ----------
    items : DataFrame
        Columns item, difficulty (logits, sum 0), se, ci_low, ci_high.
    log_likelihood : float
        Conditional on the total scores.
    n : int
        Takers used: those with neither none nor all of the items right.
    n_takers : int
    dropped : tuple of str
        Items that everybody or nobody got right: they have no difficulty.
    state : str
        Why there is no model, "" where there is.
    """

    items: pd.DataFrame = field(default_factory=pd.DataFrame)
    log_likelihood: float = np.nan
    n: int = 0
    n_takers: int = 0
    dropped: tuple[str, ...] = ()
    state: str = ""


def fit_rasch(correct: pd.DataFrame, thresholds: Thresholds, level: float = LEVEL) -> Rasch:
    """Fit the Rasch model to people's right and wrong answers.

    Parameters
    ----------
    correct : DataFrame, people x items
        0 or 1; people without every item are left out.
    thresholds : Thresholds
        `rasch_takers_least`.

    Returns
    -------
    Rasch
        state "few_takers", "few_items" or "not_connected" where there is no model.

    Notes
    -----
    P(x = 1) = 1 / (1 + exp(difficulty - ability)). Given the total r, the likelihood of an answer pattern is
    prod e_i^x_i / gamma_r(e), e_i = exp(-difficulty_i), gamma_r the elementary symmetric function; Newton's
    method, difficulties of sum 0. Standard errors are those of the constrained information's inverse. The
    estimate exists where no group of items was always right when all others were wrong (Fischer 1981).

    Source
    ------
    Andersen (1972); Fischer (1974); R `eRm::RM` on psych::lsat6, tests/training/items/test_known_answers.py.
    """
    used = correct.dropna()
    n_takers = len(used)
    if n_takers < thresholds.rasch_takers_least:
        return Rasch(n_takers=n_takers, state=FEW_TAKERS)
    x = used.to_numpy(dtype=float)
    varied = (x.mean(axis=0) > 0) & (x.mean(axis=0) < 1)
    dropped = tuple(used.columns[~varied])
    x = x[:, varied]
    k = x.shape[1]
    totals = x.sum(axis=1)
    x = x[(totals > 0) & (totals < k)]
    if k < 2 or len(x) == 0:
        return Rasch(n_takers=n_takers, dropped=dropped, state=FEW_ITEMS)
    if not _connected(x):
        return Rasch(n=len(x), n_takers=n_takers, dropped=dropped, state=NOT_CONNECTED)
    times = np.bincount(x.sum(axis=1).astype(int), minlength=k + 1).astype(float)
    easiness, information, likelihood = _newton(x.sum(axis=0), times, k)
    se = np.sqrt(np.diag(_centred_inverse(information)))
    half = ndtri((1 + level) / 2) * se
    difficulty = -easiness
    items = pd.DataFrame(
        {"item": used.columns[varied], "difficulty": difficulty, "se": se,
         "ci_low": difficulty - half, "ci_high": difficulty + half}
    )  # fmt: skip
    return Rasch(items, likelihood, len(x), n_takers, dropped)


def _connected(x: np.ndarray) -> bool:
    """Whether from each item chains lead to each other: somebody had one right and the next wrong."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    beats = csr_array((x.T @ (1 - x)) > 0)
    return connected_components(beats, connection="strong", return_labels=False) == 1


def _newton(right: np.ndarray, times: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, float]:
    eta = np.log((right + 0.5) / (times.sum() - right + 0.5))
    eta -= eta.mean()
    likelihood, gradient, information = _conditional(eta, right, times)
    for _ in range(_MOST_STEPS):
        step = _centred_inverse(information) @ gradient
        size = 1.0
        while size > 1e-6:
            moved, *rest = _conditional(eta + size * step, right, times)
            if moved >= likelihood - 1e-12 * abs(likelihood):
                break
            size /= 2
        eta, likelihood, (gradient, information) = eta + size * step, moved, rest
        if np.abs(size * step).max() < _TOLERANCE:
            break
    return eta, information, likelihood


def _centred_inverse(information: np.ndarray) -> np.ndarray:
    """Inverse among vectors of sum 0: only differences of items are known, so ones are its null space."""
    k = len(information)
    ones = np.full((k, k), np.trace(information) / k**2)
    return np.linalg.inv(information + ones) - np.full((k, k), 1.0) / (k**2 * ones[0, 0])


def _conditional(
    eta: np.ndarray, right: np.ndarray, times: np.ndarray
) -> tuple[float, np.ndarray, np.ndarray]:
    """Conditional log-likelihood at easiness eta, its gradient, and the information."""
    k = len(eta)
    e = np.exp(eta)
    gamma = _symmetric(e)
    scores = np.arange(1, k)
    share = np.zeros((k, k - 1))  # P(item right | total)
    joint = np.zeros((k, k))  # sum over totals of times x P(both right | total)
    for i in range(k):
        others = np.delete(e, i)
        share[i] = e[i] * _symmetric(others)[scores - 1] / gamma[scores]
        for j in range(i):
            both = _symmetric(np.delete(others, j))
            reach = scores[1:]
            joint[i, j] = joint[j, i] = e[i] * e[j] * (times[reach] * both[reach - 2] / gamma[reach]).sum()
    weight = times[scores]
    expected = share @ weight
    np.fill_diagonal(joint, expected)
    information = joint - (share * weight) @ share.T
    likelihood = float(right @ eta - weight @ np.log(gamma[scores]))
    return likelihood, right - expected, information


def _symmetric(e: np.ndarray) -> np.ndarray:
    """Elementary symmetric functions of order 0 to len(e): sums of positive terms, so nothing is lost.

    Examples
    --------
    >>> _symmetric(np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 6.0, 11.0, 6.0]
    """
    gamma = np.zeros(len(e) + 1)
    gamma[0] = 1.0
    for count, one in enumerate(e, start=1):
        gamma[1 : count + 1] += one * gamma[:count].copy()
    return gamma
