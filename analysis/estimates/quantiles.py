"""Values + design + probabilities -> weighted quantiles with Woodruff, score or replicate intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, UnknownName, nearest, shown
from analysis.estimates.design import Design
from analysis.estimates.estimators import mean
from analysis.estimates.intervals import t_interval, t_multiplier
from analysis.estimates.proportions import SHARE_INTERVALS, arcsine_as_r, share_interval
from analysis.estimates.quantile_rules import RULES, TIE, Cumulated
from analysis.estimates.replicates import ReplicateDesign
from analysis.estimates.root import find_root
from analysis.estimates.variance import covariance

#: How shares that differ in the last digits only are taken: as equal, or as R's arithmetic has them.
TIES = {"equal": TIE, "r": 0.0}


@dataclass(frozen=True)
class Quantiles:
    """Quantiles of one measure in one domain; every array has one entry a probability.

    Attributes
    ----------
    p, estimate, ci_low, ci_high, se : ndarray, shape (P,)
        NaN where there is no answer, no standard error, or an interval's end cannot be known. Where the
        quantile is the largest value the interval has width 0, as in R: arithmetic, not knowledge.
    df : int
        Degrees of freedom among those with an answer in the domain.
    n : int
        Respondents with an answer in the domain.
    """

    p: np.ndarray
    estimate: np.ndarray
    ci_low: np.ndarray
    ci_high: np.ndarray
    se: np.ndarray
    df: float
    n: int

    def table(self) -> pd.DataFrame:
        """One row a probability: p, estimate, se, ci_low, ci_high, df, n."""
        columns = ("p", "estimate", "se", "ci_low", "ci_high", "df", "n")
        return pd.DataFrame({name: getattr(self, name) for name in columns})


def quantile(
    values: pd.Series | np.ndarray,
    design: Design | ReplicateDesign,
    p: float | Sequence[float],
    domain: np.ndarray | None = None,
    rule: str = "math",
    interval: str = "mean",
    level: float = 0.95,
    *,
    df: float | None = None,
    ties: str = "equal",
) -> Quantiles:
    """Weighted quantiles of a measure, with intervals.

    Parameters
    ----------
    values : Series or ndarray of float, shape (n,)
        NaN = no answer; such rows are outside the domain.
    design : Design or ReplicateDesign of n rows
    p : float or sequence of float, above 0 and below 1
    domain : ndarray of bool, shape (n,), optional
    rule : one of `RULES`
        How the estimated distribution function is inverted. All but math, school and hf1 to hf3 depend on
        the order of rows with equal values and unequal weights.
    interval : "score", "quantile" or one of `SHARE_INTERVALS`
        "quantile", of replicate weights only: from the quantile's own spread over the replicates.
    level : float
    df : float, optional
        Instead of the PSUs less the strata of those who answered.
    ties : {"equal", "r"}
        Where F(x) = p but for rounding: "equal" takes them as equal whatever the scale of the weights; "r"
        sums and compares as R does, whose answer then hangs on the last digit. The ends of score intervals
        are R's in either case.

    Returns
    -------
    Quantiles

    Raises
    ------
    UnknownName
        No such rule, interval or ties, or a p that is not between 0 and 1.
    BadDesign
        Values are not finite numbers, or there are not as many as rows in the design.

    Notes
    -----
    Woodruff: with q the estimate and F(q) the estimated share at or below it, an interval (a, b) of that
    share gives (Q(a), Q(b)), Q the same rule; an end is NaN where a is below 0 or b above 1. Score: the
    ends are Q at the unweighted share of answers up to where (F(x) - p)/se(F(x)) crosses -t and t; with
    unequal weights that share is not F's, and Woodruff's interval is the better one. se = (high - low)/(2 t).
    All this is R's, also that math, school and hf1 to hf3 give the second smallest value for a p below
    the first share.

    Source
    ------
    Woodruff (1952); Francisco and Fuller (1991) for score. Equal to R `survey::svyquantile` 4.1
    (test_quantiles.py; tests/reference/run_oracle.py with `ties="r"`).
    """
    p = np.atleast_1d(pd.to_numeric(np.ravel(p), errors="coerce").astype(float))
    _refuse_names(rule, interval, ties, p, design)
    x, inside = _answers(values, design, domain)
    known_df = float(design.df_of(inside) if df is None else df)
    counted = inside & (design.weight != 0)
    if not counted.any():
        nothing = np.full(len(p), np.nan)
        return Quantiles(p, nothing, nothing, nothing, nothing, known_df, 0)
    below = _Below(x, inside, design, TIES[ties])
    estimate, t = RULES[rule](below.cumulated, p), float(t_multiplier(known_df, level))
    if interval == "quantile":
        se = _replicated_error(below, design, rule, p, estimate)
        low, high = t_interval(estimate, se, known_df, level)
    else:
        cumulated = below.cumulated
        if interval == "score":
            shares = _score_shares(below, p, t)
            cumulated = below.as_r()  # with equal weights each end is a tie, and R's side the convention
        else:
            shares = _woodruff_shares(below, estimate, interval, known_df, int(inside.sum()), level)
        low, high = (_at_shares(RULES[rule], cumulated, ends) for ends in shares)
        se = (high - low) / (2 * t)
    return Quantiles(p, estimate, low, high, se, known_df, int(counted.sum()))


class _Below:
    """The estimated distribution function of the answers, and its standard error."""

    def __init__(self, x: np.ndarray, inside: np.ndarray, design: Design | ReplicateDesign, tie: float):
        self.x, self.inside, self.design, self.tie = x, inside, design, tie
        self.cumulated = Cumulated.of(x[inside], design.weight[inside], tie) if tie else self.as_r()

    def as_r(self) -> Cumulated:
        """The same with the last digits that R has: it keeps probabilities, and weights are 1 over them."""
        return Cumulated.of(self.x[self.inside], self._r_weight(), 0.0)

    def _r_weight(self) -> np.ndarray:
        weight = self.design.weight[self.inside]
        if not isinstance(self.design, Design):
            return weight
        with np.errstate(divide="ignore"):
            return 1 / (1 / weight)

    def share(self, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """F(at) and its standard error, each shape (P,)."""
        indicator = np.where(self.inside[:, None], self.x[:, None] <= at, np.nan)
        if self.tie or not isinstance(self.design, Design):
            found = mean(pd.DataFrame(indicator), self.design, self.inside)
            return np.where(at >= self.cumulated.x[-1], 1.0, found.estimate), found.se
        part = self._r_weight()[:, None] / self.cumulated.total
        seen = indicator[self.inside]
        share = (seen * part).sum(axis=0, dtype=np.longdouble).astype(float)
        scores = np.zeros(indicator.shape)
        scores[self.inside] = (seen - share) * part
        return share, np.sqrt(np.diag(covariance(self.design, scores, self.inside)))


def _woodruff_shares(
    below: _Below, estimate: np.ndarray, interval: str, df: float, n: int, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """The interval of the share at or below the estimate; NaN where it leaves 0-1."""
    share, se = below.share(estimate)
    low, high = share_interval(interval, share, se, df, n, level)
    if interval == "mean":  # F(q) = 1 is an interval without width, where the other methods have none
        low, high = t_interval(share, se, df, level)
    elif interval == "asin" and not below.tie:
        low, high = arcsine_as_r(share, se, df, level)
    return np.where(low >= 0, low, np.nan), np.where(high <= 1, high, np.nan)


def _at_shares(rule: Callable, cumulated: Cumulated, shares: np.ndarray) -> np.ndarray:
    known = np.isfinite(shares)
    return np.where(known, rule(cumulated, np.where(known, shares, 0.5)), np.nan)


def _score_shares(below: _Below, p: np.ndarray, t: float) -> tuple[np.ndarray, np.ndarray]:
    """Unweighted shares of answers up to where the score statistic is t and -t; NaN where it never is."""
    answers = below.x[below.inside]
    spread = np.subtract(*np.percentile(answers, [75, 25]))
    low, high = answers.min() + spread / 100, answers.max() - spread / 100
    near = 1 / (100 * np.sqrt(len(answers)))

    def crossing(wanted: float, limit: float) -> float:
        def score(at: float) -> float:
            share, se = below.share(np.array([at]))
            return float((wanted - share[0]) / se[0]) - limit if se[0] > 0 else np.nan

        root = find_root(score, low, high, near) if low < high and np.isfinite(limit) else np.nan
        return float(np.mean(answers <= root)) if np.isfinite(root) else np.nan

    ends = [[crossing(each, limit) for each in p] for limit in (t, -t)]
    return np.array(ends[0]), np.array(ends[1])


def _replicated_error(
    below: _Below, design: ReplicateDesign, rule: str, p: np.ndarray, estimate: np.ndarray
) -> np.ndarray:
    """Standard error of the quantiles from their values with each replicate's weights."""
    answers, weights = below.x[below.inside], design.replicates[below.inside]
    moved = [RULES[rule](Cumulated.of(answers, column, below.tie), p) for column in weights.T]
    return np.sqrt(np.diag(design.covariance(np.array(moved), estimate)))


def _answers(
    values: pd.Series | np.ndarray, design: Design | ReplicateDesign, domain: np.ndarray | None
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
    if np.isinf(x).any():
        raise _bad("some values are infinite", "finite numbers", f"{int(np.isinf(x).sum())} infinite")
    return x, inside & ~np.isnan(x)


def _bad(what: str, expected: str, got: str) -> BadDesign:
    return BadDesign(
        f"No quantile can be taken: {what}.",
        vi="Không tính được phân vị: mỗi dòng của mẫu cần một giá trị số hữu hạn; hãy kiểm tra cột.",
        expected=expected,
        got=got,
        hint="Give one number a respondent.",
    )


def _refuse_names(
    rule: str, interval: str, ties: str, p: np.ndarray, design: Design | ReplicateDesign
) -> None:
    own = ["quantile"] if isinstance(design, ReplicateDesign) else []
    for name, valid, what in (
        (rule, list(RULES), "quantile rule"),
        (interval, [*SHARE_INTERVALS, "score", *own], "interval for quantiles"),
        (ties, list(TIES), "way with ties"),
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
