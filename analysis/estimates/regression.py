"""A formula + a table + design -> a design-based regression: coefficients, covariance, term tests.

Points are fitted by statsmodels; the covariance is that of linearised scores by the same routine as
every mean's, so stages, finite populations and calibration count here too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import BadRows, UnknownName, nearest, shown
from analysis.estimates.design import Design
from analysis.estimates.fitting import FAMILIES, fit_again, fit_model, fitted_means, inverse_hessian
from analysis.estimates.formula import ModelMatrix, build_matrix, find_terms
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.replicates import ReplicateDesign
from analysis.estimates.significance import Shown, SignificanceTest, f_test, wald_statistic
from analysis.estimates.variance import covariance

#: What becomes of a column that follows from others.
ALIASED = ("refuse", "drop")
_DEPENDENT = 1e-9  # what is left of a column of length 1 when the columns before it are known


@dataclass(frozen=True, repr=False)
class Regression(Shown):
    """A fitted model.

    Attributes
    ----------
    names : tuple of str, length K
        As R names them: "(Intercept)", "stypeH", "ell:stypeH".
    estimate : ndarray, shape (K,)
    vcov : ndarray, shape (K, K)
    df_residual : int
        PSUs - strata among the rows used, + 1 - K.
    n : int
        Rows used: in the domain with a value in every column.
    terms : dict of str to tuple of int
        Each term's coefficients.
    scores : ndarray, shape (n of the design, K)
        Influence of each row on each coefficient, 0 for rows not used.
    dropped : tuple of str
        Terms left out because all rows used are of one level of theirs.
    aliased : tuple of str
        Columns left out because they follow from those before them.
    replicates_used : int, or None
        Of replicate weights: in how many of them the model could be fitted.
    """

    formula: str
    family: str
    names: tuple[str, ...]
    estimate: np.ndarray
    vcov: np.ndarray
    df_residual: int
    n: int
    terms: dict[str, tuple[int, ...]]
    scores: np.ndarray = field(repr=False)
    columns: tuple[str, ...] = field(repr=False, default=())
    dropped: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()
    replicates_used: int | None = None

    @property
    def se(self) -> np.ndarray:
        return np.sqrt(np.maximum(np.diag(self.vcov), 0.0))

    @property
    def t(self) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return self.estimate / self.se

    @property
    def p(self) -> np.ndarray:
        """Two-sided, by t with `df_residual`; NaN with df < 1."""
        return t_p_value(self.estimate, self.se, np.full(len(self.names), self.df_residual))

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """estimate ± t se."""
        return t_interval(self.estimate, self.se, np.full(len(self.names), self.df_residual), level)

    def table(self, level: float = 0.95) -> pd.DataFrame:
        """One row a coefficient."""
        low, high = self.interval(level)
        return pd.DataFrame(
            {
                "estimate": self.estimate, "se": self.se, "ci_low": low, "ci_high": high,
                "t": self.t, "df": self.df_residual, "p_value": self.p,
            },
            index=pd.Index(self.names, name="coefficient"),
        )  # fmt: skip

    def odds_ratios(self, level: float = 0.95) -> pd.DataFrame:
        """exp of coefficients and of their intervals' ends: odds ratios of a binomial model, rate ratios of
        a Poisson model (Stata `svy: logistic`)."""
        low, high = self.interval(level)
        ratios = {"odds_ratio": np.exp(self.estimate), "ci_low": np.exp(low), "ci_high": np.exp(high)}
        return pd.DataFrame(ratios, index=pd.Index(self.names, name="coefficient"))

    def to_frame(self, level: float = 0.95) -> pd.DataFrame:
        """One row a coefficient, and one without numbers for each term that was left out."""
        rows = self.table(level).reset_index().assign(statistic="coefficient", level=level, n=self.n, note="")
        gone = [{"coefficient": term, "note": "left out: one level only"} for term in self.dropped]
        gone += [{"coefficient": name, "note": "left out: a sum of others"} for name in self.aliased]
        table = pd.concat([rows, pd.DataFrame(gone)], ignore_index=True) if gone else rows
        order = [
            "coefficient",
            "statistic",
            "estimate",
            "se",
            "ci_low",
            "ci_high",
            "level",
            "t",
            "df",
            "p_value",
        ]
        table = table[[*order, "n", "note"]].astype({"n": "Int64"})
        return table.assign(statistic="coefficient")

    def term_test(self, term: str) -> SignificanceTest:
        """Wald test that all coefficients of a term, or of several joined by +, are 0.

        Notes
        -----
        F = b'V^-1 b / q on q and `df_residual` degrees of freedom, b the q coefficients.

        Raises
        ------
        UnknownName
            The model has no such term.

        Source
        ------
        Binder (1983); R `survey::regTermTest` with its default method, Wald; tests/reference/models.R.
        """
        found = find_terms(term, self.terms, list(self.columns))
        at = [column for name in found for column in self.terms[name]]
        f = wald_statistic(self.estimate[at], self.vcov[np.ix_(at, at)]) / len(at)
        return f_test(f, len(at), self.df_residual)

    def head(self) -> str:
        kind = f"{self.family}, {FAMILIES[self.family]}"
        return f"{self.formula}  ({kind}; n = {self.n}, df = {self.df_residual})"

    def __repr__(self) -> str:
        table = self.table().drop(columns="df")
        left_out = f"\nleft out, one level only: {', '.join(self.dropped)}" if self.dropped else ""
        left_out += f"\nleft out, sums of others: {', '.join(self.aliased)}" if self.aliased else ""
        return f"{self.head()}\n{table.to_string(float_format=lambda value: f'{value:.4g}')}{left_out}"


def regress(
    formula: str,
    data: pd.DataFrame,
    design: Design | ReplicateDesign,
    family: str = "gaussian",
    domain: np.ndarray | None = None,
    *,
    offset: str | pd.Series | np.ndarray | None = None,
    aliased: str = "refuse",
) -> Regression:
    """Fit a linear, logistic or Poisson regression to a survey.

    Parameters
    ----------
    formula : str
        See `analysis.estimates.formula.build_matrix`.
    data : DataFrame, n rows
    design : Design or ReplicateDesign of the same n rows
    family : {"gaussian", "binomial", "poisson"}
        Linear; logistic (response 0-1 or a factor of two levels); log-linear (response >= 0).
    domain : ndarray of bool, shape (n,), optional
    offset : str, or array of float, shape (n,), optional
        Added to the linear predictor as it stands: a column, an expression such as "log(people)", or values.
    aliased : {"refuse", "drop"}
        What becomes of a column that follows from those before it; R drops it.

    Raises
    ------
    UnknownName
        The formula cannot be read, names no column, or the family is none of the three.
    BadRows
        No complete row, a response that the family does not allow, terms that repeat one another, or
        groups so apart that no finite coefficient fits.

    Notes
    -----
    The coefficients solve sum w x (y - mu) = 0. Row i's influence on them is H^-1 x_i w_i (y_i - mu_i), with
    H = sum w x x' dmu/deta, and their covariance is the design's covariance of the sum of influences.
    Rows with a missing value, and those outside the domain, have influence 0 and stay in the design. With
    replicate weights the model is fitted again in each replicate, and the coefficients' spread counts.

    Source
    ------
    Binder (1983, Int. Stat. Rev. 51); Fuller (1975) for the linear case; agrees with R
    `survey::svyglm` (quasibinomial, quasipoisson): tests/reference/models.R.

    Examples
    --------
    `regress("score ~ age + C(ward)", table, design).term_test("C(ward)")`
    """
    if family not in FAMILIES:
        raise _unknown_family(family)
    domain = _whole_domain(data, design, domain)
    model = build_matrix(formula, data, domain, offset)
    model = model.only(design.weight[model.used] != 0)
    _refuse_response(model.response, family, formula)
    weight = design.weight[model.used]
    model, repeated = _without_repeated(model, weight, aliased)
    estimate = fit_model(model, weight / weight.mean(), family, formula)
    fitted, slope = fitted_means(model.matrix @ estimate + model.offset, family)
    inverse = inverse_hessian(model.matrix, weight * slope)
    scores = np.zeros((len(data), len(model.names)))
    scores[model.used] = ((weight * (model.response - fitted))[:, None] * model.matrix) @ inverse
    used = None
    if isinstance(design, ReplicateDesign):
        again = fit_again(model, design.replicates[model.used], family, estimate)
        vcov, used = design.covariance(again, estimate), int(np.isfinite(again).all(axis=1).sum())
    else:
        vcov = covariance(design, scores, model.used)
    # R counts the degrees of freedom of replicates before rows with missing values leave.
    counted = domain if isinstance(design, ReplicateDesign) else model.used
    return Regression(
        formula=formula,
        family=family,
        names=model.names,
        estimate=estimate,
        vcov=vcov,
        df_residual=design.df_of(counted) + 1 - len(model.names),
        n=int(model.used.sum()),
        terms=model.terms,
        scores=scores,
        columns=tuple(map(str, data.columns)),
        dropped=model.dropped,
        aliased=tuple(repeated),
        replicates_used=used,
    )


def _repeated_columns(model: ModelMatrix, weight: np.ndarray) -> list[int]:
    """Columns that follow from those before them."""
    rooted = model.matrix * np.sqrt(weight)[:, None]
    length = np.sqrt((rooted**2).sum(axis=0))
    scaled = rooted / np.where(length > 0, length, 1.0)
    kept, repeated = list(range(len(model.names))), []
    while kept:
        left, size = np.zeros(len(kept)), min(len(rooted), len(kept))
        left[:size] = np.abs(np.diag(np.linalg.qr(scaled[:, kept], mode="r")))[:size]
        if not (left < _DEPENDENT).any():
            break
        repeated.append(kept.pop(int(np.argmax(left < _DEPENDENT))))
    return repeated


def _without_repeated(model: ModelMatrix, weight: np.ndarray, aliased: str) -> tuple[ModelMatrix, list[str]]:
    """The model without columns that follow from others, and their names; or the refusal of them."""
    if aliased not in ALIASED:
        raise UnknownName(
            f'aliased does not take "{aliased}".',
            vi=f'aliased không nhận giá trị "{aliased}"; hãy chọn refuse hoặc drop.',
            expected=", ".join(ALIASED),
            got=str(aliased),
        )
    repeated = _repeated_columns(model, weight)
    names = [model.names[at] for at in repeated]
    if repeated and aliased == "refuse":
        raise BadRows(
            "A column of the model is a sum of the others, so its coefficient has no meaning.",
            vi="Có biến trong mô hình là tổ hợp của các biến khác; hãy bỏ biến đó khỏi công thức.",
            where=shown(names),
            expected="columns of which none follows from the others",
            got=f"{len(repeated)} of {len(model.names)} repeated, {len(model.response)} rows",
            hint='Leave the term out, join levels that occur only together, or take aliased="drop".',
        )
    return model.without(repeated), names


def _refuse_response(response: np.ndarray, family: str, formula: str) -> None:
    allowed = {"gaussian": (-np.inf, np.inf), "binomial": (0, 1), "poisson": (0, np.inf)}[family]
    bad = ~(np.isfinite(response) & (response >= allowed[0]) & (response <= allowed[1]))
    if bad.any():
        raise BadRows(
            f"The response has values that a {family} model does not allow.",
            vi="Biến phụ thuộc có giá trị không hợp với loại mô hình; hãy mã hóa lại hoặc đổi mô hình.",
            where=formula,
            expected={"binomial": "0 to 1", "poisson": "0 or more"}.get(family, "finite numbers"),
            got=f"{int(bad.sum())} rows outside",
            hint="Recode the response, such as I(answer == 1), or choose another family.",
        )


def _whole_domain(
    data: pd.DataFrame, design: Design | ReplicateDesign, domain: np.ndarray | None
) -> np.ndarray:
    domain = np.ones(len(data), dtype=bool) if domain is None else np.array(domain, dtype=bool)
    if not len(data) == len(domain) == len(design.weight):
        raise BadRows(
            "The table, the domain and the design do not have the same rows.",
            vi="Số dòng của bảng, phạm vi và thiết kế mẫu không bằng nhau; hãy dùng cùng một bảng.",
            expected=f"{len(design.weight)} rows",
            got=f"{len(data)} rows in the table, {len(domain)} in the domain",
            hint="Give the whole table and a domain; do not filter.",
        )
    return domain


def _unknown_family(family: str) -> UnknownName:
    close = nearest(family, FAMILIES)
    return UnknownName(
        f'There is no family "{family}".',
        vi=f"Không có loại mô hình “{family}”; hãy chọn gaussian, binomial hoặc poisson.",
        expected=", ".join(FAMILIES),
        got=family,
        hint=f"Did you mean {close[0]}?" if close else "gaussian is linear, binomial logistic.",
    )
