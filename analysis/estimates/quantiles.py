"""Values + design + probabilities -> weighted quantiles with Woodruff or score intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, UnknownName, nearest, shown
from analysis.estimates.design import Design
from analysis.estimates.intervals import t_multiplier
from analysis.estimates.proportions import SHARE_INTERVALS, share_interval
from analysis.estimates.variance import covariance

#: Cumulative shares this close are the same share: sums of weights are not exact.
TIE = 1e-12


@dataclass(frozen=True)
class Quantiles:
    """Quantiles of one measure in one domain; every array has one entry a probability.

    Attributes
    ----------
    p, estimate, ci_low, ci_high, se : ndarray, shape (P,)
        NaN where there is no answer, no standard error, or an interval's end cannot be known.
    df : int
        PSUs minus strata among those with an answer in the domain.
    n : int
        Respondents with an answer in the domain.
    """

    p: np.ndarray
    estimate: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    se: np.ndarray
    df: int
    n: int

    def table(self) -> pd.DataFrame:
        """One row a probability: p, estimate, se, ci_low, ci_high, df, n."""
        columns = ("p", "estimate", "se", "ci_low", "ci_high", "df", "n")
        return pd.DataFrame({name: getattr(self, name) for name in columns})


def quantile(
    values: pd.Series | np.ndarray,
    design: Design,
    p: float | Sequence[float],
    domain: np.ndarray | None = None,
    rule: str = "math",
    interval: str = "mean",
    level: float = 0.95,
) -> Quantiles:
    """Weighted quantiles of a measure, with intervals.

    Parameters
    ----------
    values : Series or ndarray of float, shape (n,)
        NaN = no answer; such rows are outside the domain.
    design : Design of n rows
    p : float or sequence of float, above 0 and below 1
    domain : ndarray of bool, shape (n,), optional
    rule : one of `RULES`
        How the estimated distribution function is inverted. All but math, school and hf2 depend on the
        order of rows with equal values and unequal weights.
    interval : "score" or one of `SHARE_INTERVALS`
    level : float

    Returns
    -------
    Quantiles

    Raises
    ------
    UnknownName
        No such rule or interval, or a p that is not between 0 and 1.
    BadDesign
        Values are not numbers, or there are not as many as rows in the design.

    Notes
    -----
    Woodruff: with q the estimate and F(q) the estimated share at or below it, an interval (a, b) of that
    share gives (Q(a), Q(b)), Q the same rule; an end is NaN where a or b is outside 0-1. Score: the ends
    are the values where (F(x) - p)/se(F(x)) crosses -t and t. se = (high - low)/(2 t).

    Source
    ------
    Woodruff (1952); Francisco and Fuller (1991) for score. Equal to R `survey::svyquantile` 4.1, except:

    - where F(x) = p exactly, R goes by the last digit of its sums, so that its answer can change with the
      scale of the weights; here equal is equal (`TIE`). All R's score ends under math are such ties, and
      there we take R's side.
    - score with unequal weights: R reads the rule at the unweighted share at or below the end.
    - R's math, school and hf2 never return the smallest value.
    - where q is the largest value R gives width 0; here there is no interval.
    """
    p = np.atleast_1d(np.asarray(p, dtype=float))
    _refuse_names(rule, interval, p)
    x, inside = _answers(values, design, domain)
    df, invert = design.df_of(inside), RULES[rule]
    if not inside.any():
        nothing = np.full(len(p), np.nan)
        return Quantiles(p, nothing, nothing, nothing, nothing, df, 0)
    below = _Below(x, inside, design)
    estimate = invert(below.sorted, below.weight, p)
    if interval == "score":
        low, high = _score_shares(below, p, float(t_multiplier(df, level)))
        invert = _as_r_at_ties if rule == "math" else invert
    else:
        share, se = below.share(estimate)
        low, high = share_interval(interval, share, se, df, inside.sum(), level)
    low, high = (_at_shares(invert, below, ends) for ends in (low, high))
    se = (high - low) / (2 * t_multiplier(df, level))
    return Quantiles(p, estimate, low, high, se, df, int(inside.sum()))


class _Below:
    """The estimated distribution function of the answers, and its standard error."""

    def __init__(self, x: np.ndarray, inside: np.ndarray, design: Design) -> None:
        self.x, self.inside, self.design = x, inside, design
        order = np.argsort(x[inside], kind="stable")
        self.sorted, self.weight = x[inside][order], design.weight[inside][order]

    def share(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F(at) and its standard error, each shape (P,)."""
        weight = np.where(self.inside, self.design.weight, 0.0)
        weight = weight / weight.sum()
        indicator = self.inside[:, None] & (np.where(self.inside, self.x, np.inf)[:, None] <= at)
        share = weight @ indicator
        share[at >= self.sorted[-1]] = 1.0
        scores = weight[:, None] * (indicator - share)
        variance = np.diag(covariance(self.design, scores, self.inside))
        return share, np.sqrt(np.maximum(variance, 0.0))


def _at_shares(invert: Callable[..., np.ndarray], below: _Below, shares: np.ndarray) -> np.ndarray:
    known = (shares >= 0) & (shares <= 1)
    found = invert(below.sorted, below.weight, np.where(known, shares, 0.5))
    return np.where(known, found, np.nan)


def _score_shares(below: _Below, p: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray]:
    """Shares at which the score statistic is nearest -t and t: bisection over the distinct values.

    Of the two values round a crossing, the one with the statistic nearer counts; NaN without a crossing.
    """
    values = np.unique(below.sorted)
    target, sign = np.tile(p, 2), np.repeat([1.0, -1.0], len(p))

    def distance(at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        share, se = below.share(values[at])
        # se is 0 at the largest value, where F = 1.
        with np.errstate(divide="ignore", invalid="ignore"):
            return share, (share - target) / se + sign * t

    low, high = np.zeros(2 * len(p), dtype=int), np.full(2 * len(p), len(values) - 1)
    (share_low, far_low), (share_high, far_high) = distance(low), distance(high)
    while (high - low > 1).any():
        middle = (low + high) // 2
        share, far = distance(middle)
        up = far < 0
        low, share_low, far_low = (
            np.where(up, a, b) for a, b in ((middle, low), (share, share_low), (far, far_low))
        )
        high, share_high, far_high = (
            np.where(up, b, a) for a, b in ((middle, high), (share, share_high), (far, far_high))
        )
    found = np.where(np.abs(far_low) < np.abs(far_high), share_low, share_high)
    found = np.where((far_low < 0) & (far_high > 0), found, np.nan)
    return found[: len(p)], found[len(p) :]


def _math(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The smallest x with F(x) >= p: Hyndman and Fan's type 1."""
    return x[_first_at(w, p)[1]]


def _as_r_at_ties(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Math without `TIE`: every end of a score interval is a tie, and R's side of it is the convention.

    R sums in extended precision and rounds each partial sum; the share is rounded once.
    """
    known = ~np.isnan(p)
    partial = np.cumsum(w, dtype=np.longdouble)
    exact = (partial / partial[-1]).astype(float)
    at = np.abs(exact - np.where(known, p, 0.5)[:, None]).argmin(axis=1)
    reached = np.searchsorted(partial.astype(float) / float(partial[-1]), exact[at])
    return np.where(known, x[np.minimum(reached, len(w) - 1)], np.nan)


def _school(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """As math, but half-way to the next value where F(x) = p: Hyndman and Fan's type 2."""
    share, at = _first_at(w, p)
    after = np.minimum(at + 1, len(x) - 1)
    return np.where(np.abs(share[at] - p) <= TIE, (x[at] + x[after]) / 2, x[at])


def _hf7(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Linear through p_k = C_{k-1}/C_{n-1}, (k - 1)/(n - 1) for equal weights."""
    before = np.concatenate([[0.0], np.cumsum(w)[:-1]])
    return np.interp(p, before / before[-1], x) if len(x) > 1 else np.full(len(p), x[0])


def _hf8(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """Linear through p_k = (C_k - w_k/3)/(C_n + w_n/3), (k - 1/3)/(n + 1/3) for equal weights."""
    total = np.cumsum(w)
    return np.interp(p, (total - w / 3) / (total[-1] + w[-1] / 3), x)


def _shah_vaish(x: np.ndarray, w: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The x with the largest F(x) <= p, F(x_k) = (C*_k + 1/2 - w_k/2)/(n + 1), C* of weights with mean 1.

    As in R, w_k is the weight as given, not w*_k: scale the weights to a mean of 1 for Shah and Vaish's
    own rule. With large weights F is too small everywhere and need not increase.
    """
    n = len(x)
    share = (np.cumsum(w) * n / w.sum() + 0.5 - w / 2) / (n + 1)
    order = np.argsort(share, kind="stable")
    at = np.searchsorted(share[order], p + TIE, side="right") - 1
    return x[order[np.maximum(at, 0)]]


def _first_at(w: np.ndarray, p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cumulative shares, and for each p the first that reaches it."""
    share = np.cumsum(w) / w.sum()
    return share, np.minimum(np.searchsorted(share, p - TIE), len(w) - 1)


#: Rule -> its function of sorted values, their weights and probabilities. Names are R's (`qrule`).
RULES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {
    "math": _math,
    "school": _school,
    "shahvaish": _shah_vaish,
    "hf2": _school,
    "hf7": _hf7,
    "hf8": _hf8,
}


def _answers(
    values: pd.Series | np.ndarray, design: Design, domain: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Values as floats, and which rows count."""
    rows = len(design.weight)
    try:
        x = pd.Series(values).to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise _bad("the values are not numbers", "numbers, and NaN for no answer", "text") from None
    inside = np.ones(rows, dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    if len(x) != rows or len(inside) != rows:
        got = f"{len(x)} values, a domain of {len(inside)}"
        raise _bad("values or domain do not fit the design", f"{rows} rows", got)
    return x, inside & ~np.isnan(x)


def _bad(what: str, expected: str, got: str) -> BadDesign:
    return BadDesign(
        f"No quantile can be taken: {what}.",
        vi="Không tính được phân vị: mỗi dòng của mẫu cần một giá trị số; hãy kiểm tra cột.",
        expected=expected,
        got=got,
        hint="Give one number a respondent.",
    )


def _refuse_names(rule: str, interval: str, p: np.ndarray) -> None:
    for name, valid, what in (
        (rule, list(RULES), "quantile rule"),
        (interval, [*SHARE_INTERVALS, "score"], "interval for quantiles"),
    ):
        if name not in valid:
            close = nearest(name, valid)
            raise _unknown(
                f'There is no {what} "{name}".', ", ".join(valid), name,
                f"Did you mean {shown(close)}?" if close else "Choose one of these names.",
            )  # fmt: skip
    wrong = p[~((p > 0) & (p < 1))]
    if len(wrong):
        raise _unknown(
            "A quantile's probability is not between 0 and 1.", "numbers above 0 and below 1",
            shown(wrong), "Write 0.5 for the median, 0.25 for the lower quarter.",
        )  # fmt: skip


def _unknown(what: str, expected: str, got: str, hint: str) -> UnknownName:
    return UnknownName(
        what,
        vi="Tên cách tính phân vị, khoảng tin cậy hoặc xác suất không hợp lệ; hãy chọn giá trị nêu dưới đây.",
        expected=expected,
        got=got,
        hint=hint,
    )
