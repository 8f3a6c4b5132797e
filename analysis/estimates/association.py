"""Two columns + design -> is there an association: Rao-Scott chi-square, Wald tests, the design t-test.

Missing answers and everybody outside the domain are a domain: no row leaves the design.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import chdtrc, stdtr

from analysis.errors import BadRows
from analysis.estimates.estimators import AnyDesign, joint_means, mean, total
from analysis.estimates.inputs import read_columns
from analysis.estimates.intervals import t_multiplier
from analysis.estimates.mixtures import mixture_p_value
from analysis.estimates.replicates import ReplicateDesign
from analysis.estimates.significance import ChiSquare, SignificanceTest, TTest, f_test, wald_statistic


def chisquare(
    rows: pd.Series, columns: pd.Series, design: AnyDesign, domain: np.ndarray | None = None
) -> ChiSquare:
    """Test whether two categorical answers are independent.

    Parameters
    ----------
    rows, columns : Series, shape (n,)
    design : Design or ReplicateDesign of the same n rows
    domain : ndarray of bool, shape (n,), optional

    Raises
    ------
    BadRows
        Either side has fewer than two answers in the domain.

    Notes
    -----
    With p the shares of the R x C cells, V their covariance, D = diag(p) and C the contrasts that are
    orthogonal to the margins, the generalised design effects are the eigenvalues of
    Delta = (C'D^-1 C / n)^-1 (C'D^-1 V D^-1 C). X2 = n sum (p - p_r p_c)^2 / (p_r p_c).
    First order: X2 / mean(Delta) is chi-square with k = (R-1)(C-1). Second order: F = X2 / tr(Delta) with
    tr(Delta)^2 / tr(Delta^2) and that times d degrees of freedom, d = PSUs - strata with an answer.
    Wald: W = Y'V(Y)^-1 Y / k, Y the counts less those expected, F with k and d; adjusted, W (d-k+1)/d, F
    with k and d-k+1. An empty cell has D^-1 = 0. Tests without degrees of freedom are NaN. Saddlepoint: X2
    against sum a_i chi2_1 over chi2/df with the F test's second degrees of freedom, a_i Delta's eigenvalues.
    With replicate weights V and V(Y) are those of the cells over the replicates.

    Source
    ------
    Rao and Scott (1984, Ann. Statist. 12; 1987, 15); Thomas and Rao (1987) for F; Koch, Freeman and Freeman
    (1975) for W; Fellegi (1980) and Korn and Graubard (1990) for the adjustment.
    tests/reference/models.R (R `survey::svychisq`).
    """
    inside = _inside(design, domain, rows, columns)
    row_code, row_levels = _levels(rows, inside, "rows")
    column_code, column_levels = _levels(columns, inside, "columns")
    n_rows, n_columns = len(row_levels), len(column_levels)
    inside = inside & (design.weight != 0)
    weight = np.where(inside, design.weight, 0.0)
    cell = np.where(inside, row_code * n_columns + column_code, 0)
    counts = np.bincount(cell, weight, minlength=n_rows * n_columns)
    total_weight, n = counts.sum(), int(inside.sum())
    share = (counts / total_weight).reshape(n_rows, n_columns)
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    pearson = n * float(((share - expected) ** 2 / expected).sum())

    member = np.equal.outer(cell, np.arange(len(counts))).astype(float)
    cells = mean(pd.DataFrame(member), design, inside)
    effects = _design_effects(share, cells.vcov, n)
    d = design.df_of(inside)
    tests = _rao_scott(pearson, effects, d), _wald_tests(design, inside, row_code, column_code, share, d)
    people = np.bincount(cell[inside], minlength=len(counts))
    tables = [
        pd.DataFrame(
            values.reshape(n_rows, n_columns),
            index=pd.Index(row_levels, name=_name(rows, "rows")),
            columns=pd.Index(column_levels, name=_name(columns, "columns")),
        )
        for values in (counts, people, cells.se)
    ]
    return ChiSquare(*tables, n, pearson, *tests[0], *tests[1])


def ttest(
    y: pd.Series,
    group: pd.Series,
    design: AnyDesign,
    domain: np.ndarray | None = None,
    level: float = 0.95,
) -> TTest:
    """Compare the mean of y between two groups.

    Parameters
    ----------
    y : Series of float, shape (n,)
    group : Series, shape (n,)
        Two levels in the domain.
    design : Design or ReplicateDesign of the same n rows
    domain : ndarray of bool, shape (n,), optional
    level : float

    Raises
    ------
    BadRows
        The group has not two levels in the domain.

    Notes
    -----
    The score of the difference is w (y - mean_b) 1_b / W_b - w (y - mean_a) 1_a / W_a, the same as the
    slope on a 0/1 group; df = PSUs - strata with an answer - 1. NaN where there is no spread or no df.

    Source
    ------
    tests/reference/models.R (R `survey::svyttest`).
    """
    inside = _inside(design, domain, y, group)
    code, levels = _levels(group, inside, "group", wanted=2)
    values = np.where(inside, read_columns(pd.Series(y), len(design.weight))[1][:, 0], 0.0)
    sides = [("a", pd.Series(values), inside & (code == 0)), ("b", pd.Series(values), inside & (code == 1))]
    both = joint_means(sides, design, inside)
    means, gap = both.estimate, both.contrast([[-1.0, 1.0]])
    se = float(gap.se[0])
    # R counts the degrees of freedom of replicates before rows with missing values leave.
    counted = inside if domain is None or not isinstance(design, ReplicateDesign) else domain
    df = design.df_of(np.asarray(counted, dtype=bool)) - 1
    difference = means[1] - means[0]
    known = df >= 1 and se > 1e-12 * np.abs(values).max()  # below it is rounding: no spread at all
    half = float(t_multiplier(df, level)) * se if known else np.nan
    t = difference / se if known else np.nan
    p = float(2 * stdtr(df, -abs(t))) if known else np.nan
    ci = (difference - half, difference + half)
    n = int((inside & (design.weight != 0)).sum())
    return TTest(
        tuple(levels), (float(means[0]), float(means[1])), float(difference), se, t, df, p, ci, level, n
    )


def _rao_scott(
    pearson: float, effects: np.ndarray, d: int
) -> tuple[SignificanceTest, SignificanceTest, SignificanceTest]:
    """Second-order, first-order and saddlepoint tests from the generalised design effects."""
    k, trace = len(effects), float(np.trace(effects))
    if not trace > 0:
        nothing = SignificanceTest(np.nan, np.nan, np.nan, np.nan)
        return nothing, SignificanceTest(np.nan, k, np.inf, np.nan), nothing
    df1 = trace**2 / float(np.trace(effects @ effects))
    first = pearson * k / trace
    mixture = mixture_p_value(pearson, np.linalg.eigvals(effects).real, df1 * d)
    return (
        f_test(pearson / trace, df1, df1 * d),
        SignificanceTest(first, k, np.inf, float(chdtrc(k, first))),
        SignificanceTest(pearson, k, np.inf, mixture),
    )


def _design_effects(share: np.ndarray, vcov: np.ndarray, n: int) -> np.ndarray:
    """Delta of `chisquare`, shape (k, k)."""
    contrasts = np.kron(_sum_to_zero(share.shape[0]), _sum_to_zero(share.shape[1]))
    p = share.ravel()
    scaled = contrasts * np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)[:, None]
    return np.linalg.lstsq(contrasts.T @ scaled / n, scaled.T @ vcov @ scaled, rcond=None)[0]


def _sum_to_zero(levels: int) -> np.ndarray:
    """Differences from the first level, centred: a basis of what is orthogonal to the mean."""
    return np.eye(levels)[:, 1:] - 1 / levels


def _wald_tests(
    design: AnyDesign,
    inside: np.ndarray,
    row_code: np.ndarray,
    column_code: np.ndarray,
    share: np.ndarray,
    d: int,
) -> tuple[SignificanceTest, SignificanceTest]:
    """Wald and adjusted Wald tests that counts less expected counts are 0."""
    p_row, p_column = share.sum(axis=1)[1:], share.sum(axis=0)[1:]
    in_row = np.equal.outer(row_code, np.arange(1, share.shape[0])) - p_row
    in_column = np.equal.outer(column_code, np.arange(1, share.shape[1])) - p_column
    excess = (in_row[:, :, None] * in_column[:, None, :]).reshape(len(inside), -1)
    k = excess.shape[1]
    found = total(pd.DataFrame(excess), design, inside)
    w = wald_statistic(found.estimate, found.vcov) / k
    adjusted = w * (d - k + 1) / d if d > 0 else np.nan
    return f_test(w, k, d), f_test(adjusted, k, d - k + 1)


def _inside(design: AnyDesign, domain: np.ndarray | None, *columns: pd.Series) -> np.ndarray:
    """The domain's rows with an answer in each column."""
    inside = np.ones(len(design.weight), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    for column in (inside, *columns):
        if len(column) != len(design.weight):
            raise BadRows(
                "The columns and the design do not have the same rows.",
                vi="Số dòng của dữ liệu và của thiết kế mẫu không bằng nhau; hãy dùng cùng một bảng.",
                expected=f"{len(design.weight)} rows",
                got=f"{len(column)} rows",
                hint="Give whole columns and a domain; do not filter.",
            )
    for column in columns:
        inside = inside & pd.Series(column).notna().to_numpy()
    return inside


def _levels(
    values: pd.Series, inside: np.ndarray, side: str, wanted: int | None = None
) -> tuple[np.ndarray, Sequence]:
    """Codes (-1 outside) and sorted levels of the answers that occur."""
    values = pd.Series(values).reset_index(drop=True)
    used = values[inside]
    if isinstance(values.dtype, pd.CategoricalDtype):
        levels = list(used.cat.remove_unused_categories().cat.categories)
    else:
        levels = sorted(used.unique())
    if len(levels) < 2 or (wanted is not None and len(levels) != wanted):
        raise BadRows(
            "A test of association cannot be made with this number of different answers.",
            vi="Số nhóm trả lời không đủ hoặc không đúng để kiểm định; hãy kiểm tra cột và phạm vi.",
            where=f"{side}: {_name(values, side)}",
            expected="2 different answers" if wanted else "at least 2 different answers",
            got=f"{len(levels)}",
            hint="Choose another column, join answers, or widen the domain.",
        )
    code = pd.Index(levels, tupleize_cols=False).get_indexer(pd.Index(values, tupleize_cols=False))
    return np.where(inside, code, -1), levels


def _name(values: pd.Series, default: str) -> str:
    name = getattr(values, "name", None)
    return default if name is None else str(name)
