"""A table with a first and a second score and a group -> groups compared with the first score held equal."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import fdtrc

from analysis.estimates.intervals import t_interval, t_p_value
from training.measured import LEVEL, NO_SPREAD, is_constant

#: States: fewer than two groups; no more people than coefficients.
ONE_GROUP, FEW_PEOPLE = "one_group", "few_people"


@dataclass(frozen=True)
class Ancova:
    """Analysis of covariance: outcome = intercept + slope x covariate + one effect a group.

    Attributes
    ----------
    coefficients : DataFrame
        name ("(Intercept)", the covariate, the groups but the reference), estimate, se, ci_low, ci_high,
        p_value.
    adjusted : DataFrame
        group, n, mean, se, ci_low, ci_high: each group's mean at the covariate's overall mean.
    f, df_groups, df, p_value, eta2 : float
        F test of the groups together, its degrees of freedom, p, and partial eta squared.
    covariate_f, covariate_p : float
    slopes_f, slopes_p : float
        Test that the groups' slopes differ: where they do, one difference for all first scores misleads.
        NaN where a group is too small to have a slope.
    r2 : float
    state : str
        Why there is nothing, "" where there is: "one_group", "few_people", "no_spread".
    """

    coefficients: pd.DataFrame = field(default_factory=pd.DataFrame)
    adjusted: pd.DataFrame = field(default_factory=pd.DataFrame)
    f: float = np.nan
    df_groups: int = 0
    df: int = 0
    p_value: float = np.nan
    eta2: float = np.nan
    covariate_f: float = np.nan
    covariate_p: float = np.nan
    slopes_f: float = np.nan
    slopes_p: float = np.nan
    r2: float = np.nan
    state: str = ""


def fit_ancova(
    table: pd.DataFrame, group: str, outcome: str = "after", covariate: str = "before",
    reference: str | None = None, level: float = LEVEL,
) -> Ancova:  # fmt: skip
    """Compare groups' second scores with the first score held equal.

    Parameters
    ----------
    table : DataFrame, one row a person
        Columns group (text), outcome, covariate (numbers). Rows without any of them are left out.
    reference : str, optional
        The group others are compared with; the first in alphabetical order by default.

    Returns
    -------
    Ancova

    Notes
    -----
    Ordinary least squares; sums of squares are of type II, each term after the other. It treats people as
    independent: where groups are whole classes, `compare_groups` says what may be claimed.

    Source
    ------
    R `lm(after ~ before + group)`, `anova`; MASS::anorexia, tests/training/gains/test_known_answers.py.
    """
    rows = table[[group, outcome, covariate]].dropna()
    names = sorted(rows[group].astype(str).unique())
    if len(names) < 2:
        return Ancova(state=ONE_GROUP)
    reference = names[0] if reference is None else reference
    others = [name for name in names if name != reference]
    y, x = rows[outcome].to_numpy(dtype=float), rows[covariate].to_numpy(dtype=float)
    member = rows[group].astype(str).to_numpy()
    dummies = np.column_stack([member == name for name in others]).astype(float)
    design = np.column_stack([np.ones(len(y)), x, dummies])
    df = len(y) - design.shape[1]
    if df < 1:
        return Ancova(state=FEW_PEOPLE)
    if is_constant(y) or np.linalg.matrix_rank(design) < design.shape[1]:
        return Ancova(state=NO_SPREAD)
    beta, rss, inverse = _fit(design, y)
    if rss <= 1e-12 * ((y - y.mean()) ** 2).sum():
        return Ancova(state=NO_SPREAD)
    sigma2 = rss / df
    k = len(others)
    f, p, eta2 = _f_test(_fit(design[:, :2], y)[1], rss, k, df)
    covariate_f, covariate_p, _ = _f_test(_fit(np.delete(design, 1, axis=1), y)[1], rss, 1, df)
    slopes_f, slopes_p = _slopes(design, dummies * x[:, None], y, rss, df)
    return Ancova(
        coefficients=_table(["(Intercept)", covariate, *others], beta, inverse * sigma2, df, level, "name"),
        adjusted=_adjusted(names, reference, others, member, x.mean(), beta, inverse * sigma2, df, level),
        f=f, df_groups=k, df=df, p_value=p, eta2=eta2, covariate_f=covariate_f, covariate_p=covariate_p,
        slopes_f=slopes_f, slopes_p=slopes_p, r2=1 - rss / ((y - y.mean()) ** 2).sum(),
    )  # fmt: skip


def _fit(design: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    """Coefficients, residual sum of squares and (X'X)^-1, by QR."""
    q, r = np.linalg.qr(design)
    beta = np.linalg.solve(r, q.T @ y)
    inverse = np.linalg.inv(r)
    return beta, float(((y - design @ beta) ** 2).sum()), inverse @ inverse.T


def _f_test(rss_without: float, rss: float, k: int, df: int) -> tuple[float, float, float]:
    explained = max(rss_without - rss, 0.0)
    f = (explained / k) / (rss / df)
    return f, float(fdtrc(k, df, f)), explained / (explained + rss)


def _slopes(
    design: np.ndarray, crossed: np.ndarray, y: np.ndarray, rss: float, df: int
) -> tuple[float, float]:
    wide = np.column_stack([design, crossed])
    k = crossed.shape[1]
    if df - k < 1 or np.linalg.matrix_rank(wide) < wide.shape[1]:
        return np.nan, np.nan
    inner = _fit(wide, y)[1]
    if inner <= 0:
        return np.nan, np.nan
    f, p, _ = _f_test(rss, inner, k, df - k)
    return f, p


def _table(
    names: list[str], estimate: np.ndarray, vcov: np.ndarray, df: int, level: float, label: str
) -> pd.DataFrame:
    se = np.sqrt(np.diag(vcov))
    low, high = t_interval(estimate, se, np.full(len(se), df), level)
    p = t_p_value(estimate, se, np.full(len(se), df))
    return pd.DataFrame(
        {label: names, "estimate": estimate, "se": se, "ci_low": low, "ci_high": high, "p_value": p}
    )


def _adjusted(
    names: list[str], reference: str, others: list[str], member: np.ndarray, at: float, beta: np.ndarray,
    vcov: np.ndarray, df: int, level: float,
) -> pd.DataFrame:  # fmt: skip
    points = np.array([[1.0, at, *(float(name == other) for other in others)] for name in names])
    table = _table(names, points @ beta, points @ vcov @ points.T, df, level, "group")
    n = [int((member == name).sum()) for name in names]
    return table.assign(n=n, reference=[name == reference for name in names]).rename(
        columns={"estimate": "mean"}
    )[["group", "n", "mean", "se", "ci_low", "ci_high", "reference"]]
