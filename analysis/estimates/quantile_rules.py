"""Sorted values + weights -> the value at a cumulative share, by one of R's rules (`qrule`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

#: Cumulative shares this close are the same share: sums of weights are not exact.
TIE = 1e-12


@dataclass(frozen=True)
class Cumulated:
    """Values in ascending order with their weights; rows of weight 0 are left out.

    Attributes
    ----------
    x, weight : ndarray, shape (n,)
    sums : ndarray, shape (n,)
        Sums of the weights up to each value.
    total : float
    tie : float
        Shares no further apart are the same; 0 compares the last digit, as R does.
    """

    x: np.ndarray
    weight: np.ndarray
    sums: np.ndarray
    total: float
    tie: float

    @classmethod
    def of(cls, x: np.ndarray, weight: np.ndarray, tie: float = TIE) -> Cumulated:
        """Sort values, equal ones in their order.

        The sums are taken in extended precision and rounded once each, as R's `cumsum` and `sum` do.
        """
        counted = weight != 0
        x, weight = x[counted], weight[counted]
        order = np.argsort(x, kind="stable")
        total = float(np.cumsum(weight, dtype=np.longdouble)[-1]) if len(x) else 0.0
        w = weight[order]
        return cls(x[order], w, np.cumsum(w, dtype=np.longdouble).astype(float), total, tie)

    def around(self, p: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of each share: the last value with F(x) <= p, the one after it, and p - F of the former.

        Where no value has, the first takes the place, with a negative rest, as in R.
        """
        share = self.sums / self.total
        if self.tie:
            reached = np.searchsorted(share, p + self.tie, side="right")
        else:
            reached = np.searchsorted(self.sums, p * self.total, side="right")
        at = np.maximum(reached - 1, 0)
        rest = p - share[at]
        return at, np.minimum(at + 1, len(self.x) - 1), np.where(np.abs(rest) <= self.tie, 0.0, rest)


Rule = Callable[[Cumulated, np.ndarray], np.ndarray]


def _math(c: Cumulated, p: np.ndarray) -> np.ndarray:
    """The value at which F = p exactly, else the one after it: Hyndman and Fan's type 1."""
    at, after, rest = c.around(p)
    return np.where(rest == 0, c.x[at], c.x[after])


def _school(c: Cumulated, p: np.ndarray) -> np.ndarray:
    """As math, but half-way to the next value where F = p: Hyndman and Fan's type 2."""
    at, after, rest = c.around(p)
    return np.where(rest == 0, (c.x[at] + c.x[after]) / 2, c.x[after])


def _hf3(c: Cumulated, p: np.ndarray) -> np.ndarray:
    """As math on the distinct values, but at F = p the one of even number: type 3."""
    values, code = np.unique(c.x, return_inverse=True)
    at, after, rest = Cumulated.of(values, np.bincount(code, c.weight), c.tie).around(p)
    return np.where((rest == 0) & (at % 2 == 1), values[at], values[after])


def _hf4(c: Cumulated, p: np.ndarray) -> np.ndarray:
    """Linear through F itself, and on below the first value: type 4; NaN at the last value."""
    if len(c.x) == 1:
        return np.full(len(p), c.x[0])
    at, after, rest = c.around(p)
    above = c.sums[after] / c.total - p
    with np.errstate(invalid="ignore", divide="ignore"):
        part = rest / (above + rest)
    part = np.where(at == after, np.nan, np.where(rest == 0, 0.0, part))
    return c.x[at] * (1 - part) + c.x[after] * part


def _linear(shares: Callable[[Cumulated], np.ndarray]) -> Rule:
    """Linear through (share_k, x_k), the first and last value beyond."""

    def rule(c: Cumulated, p: np.ndarray) -> np.ndarray:
        if len(c.x) == 1:
            return np.full(len(p), c.x[0])
        return np.interp(p, *_one_each(shares(c), c.x))

    return rule


def _before(c: Cumulated) -> np.ndarray:
    return np.concatenate([[0.0], c.sums[:-1]])


def _shah_vaish(c: Cumulated, p: np.ndarray) -> np.ndarray:
    """The x with the largest F(x) <= p, F(x_k) = (C*_k + 1/2 - w_k/2)/(n + 1), C* of weights with mean 1.

    As in R, w_k is the weight as given, not w*_k: scale the weights to a mean of 1 for Shah and Vaish's
    own rule. With large weights F is too small everywhere and need not increase.
    """
    n = len(c.x)
    relative = np.cumsum(c.weight / (c.total / n), dtype=np.longdouble).astype(float)
    share, x = _one_each((relative + 0.5 - c.weight / 2) / (n + 1), c.x)
    return x[np.maximum(np.searchsorted(share, p + c.tie, side="right") - 1, 0)]


def _one_each(share: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points in the order of their share, those of one share at their mean (R `approx`)."""
    order = np.argsort(share, kind="stable")
    share, x = share[order], x[order]
    if (share[1:] > share[:-1]).all():
        return share, x
    share, code, count = np.unique(share, return_inverse=True, return_counts=True)
    return share, np.bincount(code, x) / count


#: Rule -> its function of cumulated values and shares. Names are R's.
RULES: dict[str, Rule] = {
    "math": _math,
    "school": _school,
    "shahvaish": _shah_vaish,
    "hf1": _math,
    "hf2": _school,
    "hf3": _hf3,
    "hf4": _hf4,
    "hf5": _linear(lambda c: (c.sums - c.weight / 2) / c.sums[-1]),
    "hf6": _linear(lambda c: c.sums / (c.sums[-1] + c.weight[-1])),
    "hf7": _linear(lambda c: _before(c) / c.sums[-2]),
    "hf8": _linear(lambda c: (_before(c) / 3 + c.sums * 2 / 3) / (c.sums[-1] + c.weight[-1] / 3)),
    "hf9": _linear(lambda c: (_before(c) * 3 / 8 + c.sums * 5 / 8) / (c.sums[-1] + c.weight[-1] / 4)),
}
