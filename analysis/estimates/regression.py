"""A formula + a table + design -> a design-based regression: coefficients, covariance, term tests.

Points are fitted by statsmodels; the covariance is that of linearised scores by the same routine as
every mean's, so stages, finite populations and calibration count here too.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import BadRows, UnknownName, nearest, shown
from analysis.estimates.association import SignificanceTest, f_test, wald_statistic
from analysis.estimates.design import Design
from analysis.estimates.formula import ModelMatrix, build_matrix, find_terms
from analysis.estimates.intervals import t_interval, t_p_value
from analysis.estimates.variance import covariance

#: Family -> link, the canonical one: then the Hessian and Fisher's information are the same.
FAMILIES = {"gaussian": "identity", "binomial": "logit", "poisson": "log"}
_TOLERANCE = 1e-13  # of the deviance from one step to the next; the steps converge quadratically
_MOST_STEPS = 100
_CERTAIN = 1e-10  # a fitted share nearer to 0 or 1 than this has no finite coefficient behind it
_DEPENDENT = 1e-9  # what is left of a column of length 1 when the columns before it are known


@dataclass(frozen=True, repr=False)
class Regression:
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

    def __repr__(self) -> str:
        head = (
            f"{self.formula}  ({self.family}, {FAMILIES[self.family]}; n = {self.n}, df = {self.df_residual})"
        )
        table = self.table().drop(columns="df")
        return f"{head}\n{table.to_string(float_format=lambda value: f'{value:.4g}')}"


def regress(
    formula: str,
    data: pd.DataFrame,
    design: Design,
    family: str = "gaussian",
    domain: np.ndarray | None = None,
) -> Regression:
    """Fit a linear, logistic or Poisson regression to a survey.

    Parameters
    ----------
    formula : str
        See `analysis.estimates.formula.build_matrix`.
    data : DataFrame, n rows
    design : Design of the same n rows
    family : {"gaussian", "binomial", "poisson"}
        Linear; logistic (response 0-1 or a factor of two levels); log-linear (response >= 0).
    domain : ndarray of bool, shape (n,), optional

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
    Rows with a missing value, and those outside the domain, have influence 0 and stay in the design.

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
    model = build_matrix(formula, data, domain)
    _refuse_response(model.response, family, formula)
    weight = design.weight[model.used]
    _refuse_dependent(model, weight)
    estimate = _fit(model, weight / weight.mean(), family, formula)
    fitted, slope = _fitted(model.matrix @ estimate, family)
    inverse = _inverse_hessian(model.matrix, weight * slope)
    scores = np.zeros((len(data), len(model.names)))
    scores[model.used] = ((weight * (model.response - fitted))[:, None] * model.matrix) @ inverse
    return Regression(
        formula=formula,
        family=family,
        names=model.names,
        estimate=estimate,
        vcov=covariance(design, scores, model.used),
        df_residual=design.df_of(model.used) + 1 - len(model.names),
        n=int(model.used.sum()),
        terms=model.terms,
        scores=scores,
        columns=tuple(map(str, data.columns)),
    )


def _fit(model: ModelMatrix, weight: np.ndarray, family: str, formula: str) -> np.ndarray:
    """Weighted maximum likelihood by iterated least squares."""
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    kind = {"gaussian": families.Gaussian, "binomial": families.Binomial, "poisson": families.Poisson}
    length = np.sqrt((model.matrix**2).mean(axis=0))  # columns of one length lose no digits
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        glm = GLM(model.response, model.matrix / length, family=kind[family](), var_weights=weight)
        fit = glm.fit(maxiter=_MOST_STEPS, tol=_TOLERANCE, rtol=_TOLERANCE)
    mu = fit.mu
    certain = family == "binomial" and bool(((mu < _CERTAIN) | (mu > 1 - _CERTAIN)).any())
    if not fit.converged or certain or not np.isfinite(fit.params).all():
        raise BadRows(
            "The model has no finite solution: some group answered all alike.",
            vi="Mô hình không có nghiệm hữu hạn vì có nhóm trả lời giống hệt nhau; hãy gộp nhóm.",
            where=formula,
            expected="both answers in every group that the terms make",
            got="fitted shares of 0 or 1" if certain else f"no convergence in {_MOST_STEPS} steps",
            hint="Cross the response with each term; join small groups or leave the term out.",
        )
    return np.asarray(fit.params) / length


def _fitted(eta: np.ndarray, family: str) -> tuple[np.ndarray, np.ndarray]:
    """Means and their slopes dmu/deta."""
    if family == "gaussian":
        return eta, np.ones_like(eta)
    if family == "poisson":
        return np.exp(eta), np.exp(eta)
    mu = 1 / (1 + np.exp(-eta))
    return mu, mu * (1 - mu)


def _inverse_hessian(matrix: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(X'WX)^-1 by QR of columns of one length, which keeps twice the digits of the product."""
    rooted = matrix * np.sqrt(weight)[:, None]
    length = np.sqrt((rooted**2).sum(axis=0))
    inverse = np.linalg.inv(np.linalg.qr(rooted / length, mode="r"))
    return (inverse @ inverse.T) / np.outer(length, length)


def _refuse_dependent(model: ModelMatrix, weight: np.ndarray) -> None:
    rooted = model.matrix * np.sqrt(weight)[:, None]
    length = np.sqrt((rooted**2).sum(axis=0))
    scaled = rooted / np.where(length > 0, length, 1.0)
    left = np.zeros(len(model.names))
    size = min(scaled.shape)
    left[:size] = np.abs(np.diag(np.linalg.qr(scaled, mode="r")))[:size]
    repeated = [name for name, rest in zip(model.names, left, strict=True) if rest < _DEPENDENT]
    if repeated:
        raise BadRows(
            "A column of the model is a sum of the others, so its coefficient has no meaning.",
            vi="Có biến trong mô hình là tổ hợp của các biến khác; hãy bỏ biến đó khỏi công thức.",
            where=shown(repeated),
            expected="columns of which none follows from the others",
            got=f"{len(repeated)} of {len(model.names)} repeated, {len(model.response)} rows",
            hint="Leave the term out, or join levels that occur only together.",
        )


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


def _whole_domain(data: pd.DataFrame, design: Design, domain: np.ndarray | None) -> np.ndarray:
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
