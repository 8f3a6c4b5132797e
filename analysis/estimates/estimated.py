"""Several estimates with their full covariance: what every estimator returns."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from analysis.estimates.intervals import t_interval, t_p_value


def effective_size(n: np.ndarray, deff: np.ndarray) -> np.ndarray:
    """n / deff, never above n: a design effect below 1 is as a rule chance, not knowledge."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.minimum(n / deff, n)


@dataclass(frozen=True)
class Estimated:
    """M estimates on one design.

    Attributes
    ----------
    names : tuple of str, length M
    estimate : ndarray, shape (M,)
    vcov : ndarray, shape (M, M)
    df : float
        Degrees of freedom of the domain: PSUs minus strata that hold somebody in it.
    df_answered : ndarray, shape (M,)
        The same among those with an answer: stricter where a question was skipped.
    n : ndarray of int, shape (M,)
    srs_variance : ndarray, shape (M,)
        Variance under simple random sampling with replacement; NaN where not defined.
    population : ndarray, shape (M,)
        Sum of weights of those who answered, for the design effect against sampling without replacement.
    of_totals : bool
        Whether these are totals, which R gives a (then negative) design effect without replacement even
        where the weights add up to less than n.
    replicates_used : ndarray of int, shape (M,), or None
        Of replicate weights: in how many each estimate exists.
    """

    names: tuple[str, ...]
    estimate: np.ndarray
    vcov: np.ndarray
    df: float
    df_answered: np.ndarray
    n: np.ndarray
    srs_variance: np.ndarray
    population: np.ndarray
    notes: tuple[str, ...] = field(default=())
    of_totals: bool = False
    replicates_used: np.ndarray | None = None

    @property
    def se(self) -> np.ndarray:
        return np.sqrt(np.maximum(np.diag(self.vcov), 0.0))

    @property
    def deff(self) -> np.ndarray:
        """Design effect against simple random sampling with replacement (R `deff = "replace"`)."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.diag(self.vcov) / self.srs_variance

    @property
    def deff_without_replacement(self) -> np.ndarray:
        """Design effect against simple random sampling without replacement (R `deff = TRUE`).

        NaN for means where the weights add up to less than n: they are then no numbers of people.
        """
        with np.errstate(invalid="ignore", divide="ignore"):
            deff = self.deff * self.population / (self.population - self.n)
        return deff if self.of_totals else np.where(self.population < self.n, np.nan, deff)

    @property
    def n_effective(self) -> np.ndarray:
        """n / deff, at most n (Kish 1965; Parker et al. 2017 for the limit)."""
        return effective_size(self.n, self.deff)

    def interval(
        self, level: float = 0.95, df: float | np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """estimate ± t se, with the answered df unless another is given."""
        return t_interval(self.estimate, self.se, self.df_answered if df is None else df, level)

    def contrast(self, matrix: np.ndarray, names: list[str] | None = None, constants=0.0) -> Estimated:
        """Linear combinations: constants + matrix @ estimate.

        Parameters
        ----------
        matrix : ndarray, shape (R, M)
        """
        matrix = np.atleast_2d(np.asarray(matrix, dtype=float))
        return self._mapped(constants + matrix @ self.estimate, matrix, names)

    def transform(self, function, gradient, names: list[str] | None = None) -> Estimated:
        """A smooth function of the estimates by the delta method.

        Parameters
        ----------
        function : callable, (M,) -> (R,)
        gradient : callable, (M,) -> (R, M)
        """
        jacobian = np.atleast_2d(gradient(self.estimate))
        return self._mapped(np.atleast_1d(function(self.estimate)), jacobian, names)

    def _mapped(self, estimate: np.ndarray, jacobian: np.ndarray, names: list[str] | None) -> Estimated:
        """df and n of a combination are the smallest of its parts'."""
        used = jacobian != 0
        names = names or [f"contrast {row + 1}" for row in range(len(jacobian))]
        smallest = np.array([np.where(row, self.df_answered, np.inf).min() for row in used])
        people = np.array([np.where(row, self.n, np.iinfo(int).max).min() for row in used])
        return replace(
            self,
            names=tuple(names),
            estimate=estimate,
            vcov=jacobian @ self.vcov @ jacobian.T,
            df_answered=smallest,
            n=people,
            srs_variance=np.full(len(estimate), np.nan),
            population=np.full(len(estimate), np.nan),
            replicates_used=None,
        )

    def p_value(self, null: float | np.ndarray = 0.0) -> np.ndarray:
        """Two-sided p of estimate = null, by t with the answered df."""
        return t_p_value(self.estimate - null, self.se, self.df_answered)

    def wald(self, null: float | np.ndarray = 0.0) -> tuple[float, int, float, float]:
        """Joint test that all estimates equal `null`: F, its two degrees of freedom, p.

        Notes
        -----
        F = d' V^-1 d / M on M and df degrees of freedom (Thomas and Rao 1987), V by pseudo-inverse.
        """
        from scipy.special import fdtrc

        gap = self.estimate - null
        rank = int(np.linalg.matrix_rank(self.vcov))
        f = float(gap @ np.linalg.pinv(self.vcov) @ gap) / max(rank, 1)
        return f, rank, float(self.df), float(fdtrc(rank, self.df, f))

    def table(self, level: float = 0.95) -> pd.DataFrame:
        """One row an estimate, in the words of the results table."""
        low, high = self.interval(level)
        return pd.DataFrame(
            {
                "estimate": self.estimate, "se": self.se, "ci_low": low, "ci_high": high,
                "df": self.df_answered, "deff": self.deff, "n": self.n, "n_effective": self.n_effective,
            },
            index=pd.Index(self.names, name="measure"),
        )  # fmt: skip

    def __repr__(self) -> str:
        return self.table().to_string(float_format=lambda value: f"{value:.4g}")
