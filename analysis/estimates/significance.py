"""What a test of association gives: statistics, degrees of freedom and p, as tables and as text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
from scipy.special import fdtrc

from analysis.estimates import quality

#: Columns of every table of tests.
TEST_COLUMNS = ["test", "statistic", "df1", "df2", "p_value", "n"]


class Shown:
    """A result that notebooks show by its head and its table."""

    def head(self) -> str:
        """What was tested or fitted, on one line."""
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """The result as a tidy table."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        table = self.to_frame().to_html(index=False, na_rep="", float_format=lambda value: f"{value:.4g}")
        return f"<p>{escape(self.head())}</p>{table}"


@dataclass(frozen=True)
class SignificanceTest(Shown):
    """One test: an F statistic with two degrees of freedom, or a chi-square where df2 is infinite."""

    statistic: float
    df1: float
    df2: float
    p: float

    def head(self) -> str:
        return str(self)

    def to_frame(self, test: str = "F", n: int | None = None) -> pd.DataFrame:
        """One row in the columns `TEST_COLUMNS`."""
        row = [test, self.statistic, self.df1, self.df2, self.p, n]
        return pd.DataFrame([row], columns=TEST_COLUMNS).astype({"n": "Int64"})

    def __str__(self) -> str:
        df = f"{self.df1:.4g}" if np.isinf(self.df2) else f"{self.df1:.4g}, {self.df2:.4g}"
        return f"{'chi2' if np.isinf(self.df2) else 'F'}({df}) = {self.statistic:.4g}, p = {self.p:.3g}"


@dataclass(frozen=True, repr=False)
class ChiSquare(Shown):
    """Tests of independence of a two-way table.

    Attributes
    ----------
    table : DataFrame, shape (R, C)
        Weighted counts; rows and columns in sorted order (a category's own order).
    counts : DataFrame, shape (R, C)
        Respondents in each cell.
    share_se : DataFrame, shape (R, C)
        Standard errors of the cells' shares of the whole.
    n : int
        Respondents counted.
    pearson : float
        Pearson's X2 of the weighted shares at sample size n, not yet corrected for the design.
    second_order : SignificanceTest
        Rao-Scott F with fractional degrees of freedom: the one to report.
    first_order : SignificanceTest
        X2 over the mean design effect, as a chi-square.
    saddlepoint : SignificanceTest
        X2 against the mixture of chi-squares that it is distributed as.
    wald, adjusted_wald : SignificanceTest
    """

    table: pd.DataFrame
    counts: pd.DataFrame
    share_se: pd.DataFrame
    n: int
    pearson: float
    second_order: SignificanceTest
    first_order: SignificanceTest
    saddlepoint: SignificanceTest
    wald: SignificanceTest
    adjusted_wald: SignificanceTest

    @property
    def p(self) -> float:
        """p of the second-order test."""
        return self.second_order.p

    def head(self) -> str:
        names = f"{self.table.index.name} x {self.table.columns.name}"
        return f"{names}, n = {self.n}, X2 = {self.pearson:.4g}"

    def to_frame(self) -> pd.DataFrame:
        """One row a test, the one to report first, in the columns `TEST_COLUMNS`."""
        rows = [
            getattr(self, name).to_frame(name, self.n)
            for name in ("second_order", "first_order", "saddlepoint", "wald", "adjusted_wald")
        ]
        return pd.concat(rows, ignore_index=True)

    def cells(self, least: int = 0) -> pd.DataFrame:
        """One row a cell: its answers, share of the whole, share of its row, and error.

        Parameters
        ----------
        least : int
            Cells of fewer respondents have no numbers and the flag `suppressed`.

        Returns
        -------
        DataFrame with the two answers' names, n, weighted, estimate, se, row_share and quality.
        """
        total, rows = self.table.to_numpy().sum(), self.table.sum(axis=1)
        parts = {
            "n": self.counts, "weighted": self.table, "estimate": self.table / total, "se": self.share_se,
            "row_share": self.table.div(rows, axis=0),
        }  # fmt: skip
        out = pd.concat({name: part.stack() for name, part in parts.items()}, axis=1).reset_index()
        few = out["n"] < least
        out["quality"] = np.where(few, quality.SUPPRESSED, quality.GOOD)
        out.loc[few, ["weighted", "estimate", "se", "row_share"]] = np.nan
        return out

    def __repr__(self) -> str:
        lines = [self.head()]
        for label in ("second_order", "first_order", "saddlepoint", "wald", "adjusted_wald"):
            lines.append(f"  {label:<14} {getattr(self, label)}")
        return "\n".join(lines)


@dataclass(frozen=True, repr=False)
class TTest(Shown):
    """Difference of two groups' means: the second level minus the first, in sorted order."""

    levels: tuple
    means: tuple[float, float]
    difference: float
    se: float
    t: float
    df: float
    p: float
    ci: tuple[float, float]
    level: float
    n: int

    def head(self) -> str:
        return repr(self)

    def to_frame(self) -> pd.DataFrame:
        """One row: the two levels and means, the difference with its interval, t, df and p."""
        row = {
            "a": str(self.levels[1]), "b": str(self.levels[0]), "mean_a": self.means[1],
            "mean_b": self.means[0], "statistic": "difference", "estimate": self.difference, "se": self.se,
            "ci_low": self.ci[0], "ci_high": self.ci[1], "level": self.level, "t": self.t, "df": self.df,
            "p_value": self.p, "n": self.n,
        }  # fmt: skip
        return pd.DataFrame([row])

    def __repr__(self) -> str:
        low, high = self.ci
        return (
            f"{self.levels[1]} - {self.levels[0]}: {self.difference:.5g} "
            f"({self.level:.0%} CI {low:.5g} to {high:.5g}), "
            f"t({self.df:g}) = {self.t:.4g}, p = {self.p:.3g}, n = {self.n}"
        )


def f_test(statistic: float, df1: float, df2: float) -> SignificanceTest:
    """An F test; p is NaN without degrees of freedom."""
    usable = df1 > 0 and df2 > 0 and np.isfinite(statistic)
    return SignificanceTest(
        float(statistic), df1, df2, float(fdtrc(df1, df2, statistic)) if usable else np.nan
    )


def wald_statistic(estimate: np.ndarray, vcov: np.ndarray) -> float:
    """b'V^-1 b; NaN where V has not full rank (more estimates than degrees of freedom)."""
    scale = np.sqrt(np.diag(vcov))
    if not (scale > 0).all():
        return np.nan
    correlation = vcov / np.outer(scale, scale)
    if np.linalg.matrix_rank(correlation, tol=1e-10, hermitian=True) < len(estimate):
        return np.nan
    z = estimate / scale
    return float(z @ np.linalg.solve(correlation, z))
