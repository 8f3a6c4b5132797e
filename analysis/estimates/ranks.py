"""Estimates of many places + their covariance -> the ranks each place may truly have.

Places are never printed in order of their estimates alone: a set of ranks says how little, or how much,
the survey knows about the order (METHODS.md, "Many comparisons").
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtrit

from analysis.errors import BadDesign, UnknownName, shown

RANK_METHODS = ("mogstad", "klein")
DRAWS = 20_000
#: Draws held in memory at once.
_CHUNK = 2_000
#: A variance this small beside the largest one is rounding.
_ROUNDING = 1e-12


def rank_sets(
    estimate: np.ndarray | pd.Series,
    vcov: np.ndarray,
    level: float = 0.95,
    method: str = "mogstad",
    *,
    places: Sequence[str] | None = None,
    stepdown: bool = False,
    df: float = np.inf,
    draws: int = DRAWS,
    seed: int = 1,
) -> pd.DataFrame:
    """Sets of ranks that hold the true ranks of all places at once with probability `level`.

    Parameters
    ----------
    estimate : array or Series, shape (J,)
        Higher is better: the highest true value has rank 1. NaN = not estimated.
    vcov : ndarray, shape (J, J)
        Covariance of the estimates, off-diagonal included.
    method : {"mogstad", "klein"}
        "mogstad" tests every difference with its own standard error; "klein" only compares
        simultaneous intervals of the single values, needs no draws, and gives wider sets.
    places : sequence of str, optional
        Names; the Series' index, else 1 to J.
    stepdown : bool
        Test again those pairs that were not told apart, until no more are ("mogstad" only). Never
        wider.
    df : float
        Degrees of freedom behind `vcov`; infinite = normal, else the multivariate t.
    draws, seed : int
        Of the simulated critical value ("mogstad" only). The same seed gives the same sets.

    Returns
    -------
    DataFrame
        place, estimate, rank_low, rank_high (the best and the worst rank of the set) and note, in the
        order given. A place without an estimate or a variance is left out of the comparison: its ranks
        are empty and `note` says so; the others are ranked among themselves.

    Raises
    ------
    UnknownName
        A method that does not exist.
    BadDesign
        Shapes that do not fit, or a `vcov` that is no covariance matrix.

    Notes
    -----
    rank_low = 1 + #{k : k told apart as better}, rank_high = J - #{k : k told apart as worse}.
    "mogstad": k is better than j where (y_k - y_j) / SE_jk > c, SE_jk^2 = V_jj + V_kk - 2 V_jk, and c the
    `level` quantile of the largest |D_jk - E D_jk| / SE_jk over all pairs, drawn from N(0, V).
    With stepdown, c is drawn again over the ordered pairs not yet told apart (Romano and Wolf 2005).
    "klein": k is better than j where L_k > U_j, y ± z_g se, g = level^(1/J) two-sided: at least
    `level` jointly under any correlation (Šidák 1967). Equal true values: any rank they could
    share counts as true. A pair whose difference has no variance is never told apart.

    Source
    ------
    Mogstad, Romano, Shaikh and Wilhelm (2024), Review of Economic Studies, doi 10.1093/restud/rdad006.
    Klein, Wright and Wieczorek (2020), Journal of the Royal Statistical Society C 69.

    Examples
    --------
    >>> rank_sets([3.0, 0.0, 0.1], np.diag([0.01, 0.01, 0.01]), places=list("abc"))[
    ...     ["place", "rank_low", "rank_high"]
    ... ].to_numpy().tolist()
    [['a', 1, 1], ['b', 2, 3], ['c', 2, 3]]
    """
    if method not in RANK_METHODS:
        raise UnknownName(
            f'There is no method "{method}" for sets of ranks.',
            vi=f'Không có phương pháp "{method}" cho tập thứ hạng; hãy chọn một trong: '
            f"{', '.join(RANK_METHODS)}.",
            expected=f"one of {', '.join(RANK_METHODS)}",
            got=method,
        )
    names = _names(estimate, places)
    values, matrix = np.asarray(estimate, dtype=float), np.asarray(vcov, dtype=float)
    _check_shapes(values, matrix, names)
    known = np.isfinite(values) & np.isfinite(np.diag(matrix))
    inside = matrix[np.ix_(known, known)]
    _check_covariance(inside)
    if method == "klein":
        better = _apart_by_intervals(values[known], inside, level, df)
    else:
        better = _apart_by_differences(values[known], inside, level, df, stepdown, draws, seed)
    return _table(names, values, known, better)


def _table(names: list, values: np.ndarray, known: np.ndarray, better: np.ndarray) -> pd.DataFrame:
    """`better[j, k]`: place j is told apart as better than place k."""
    number, out = int(known.sum()), int((~known).sum())
    low, high = np.full(len(values), np.nan), np.full(len(values), np.nan)
    low[known] = 1 + better.sum(axis=0)
    high[known] = number - better.sum(axis=1)
    note = f"among {number}; {out} without an estimate left out" if out else f"among {number}"
    return pd.DataFrame(
        {
            "place": names,
            "estimate": values,
            "rank_low": pd.array(low, dtype="Int64"),
            "rank_high": pd.array(high, dtype="Int64"),
            "note": np.where(known, note, "not ranked: no estimate"),
        }
    )


def _apart_by_intervals(y: np.ndarray, vcov: np.ndarray, level: float, df: float) -> np.ndarray:
    """Klein, Wright and Wieczorek: the whole interval of j above the whole interval of k."""
    tail = (1 + level ** (1 / max(len(y), 1))) / 2
    half = (ndtri(tail) if np.isinf(df) else stdtrit(df, tail)) * np.sqrt(np.diag(vcov))
    apart = (y - half)[:, None] > (y + half)[None, :]
    return apart & (_difference_se(vcov) > 0)


def _apart_by_differences(
    y: np.ndarray, vcov: np.ndarray, level: float, df: float, stepdown: bool, draws: int, seed: int
) -> np.ndarray:
    """Mogstad, Romano, Shaikh and Wilhelm: every pair by its own difference."""
    se = _difference_se(vcov)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(se > 0, (y[:, None] - y[None, :]) / se, -np.inf)
    open_pairs = se > 0  # ordered: "j is not better than k" has not been rejected
    apart = np.zeros_like(open_pairs)
    while open_pairs.any():
        found = open_pairs & (t > _critical_value(vcov, se, open_pairs, level, df, draws, seed))
        apart |= found
        open_pairs &= ~found
        if not stepdown or not found.any():
            break
    return apart


def _difference_se(vcov: np.ndarray) -> np.ndarray:
    variance = np.diag(vcov)
    square = variance[:, None] + variance[None, :] - 2 * vcov
    return np.sqrt(np.where(square > _ROUNDING * variance.max(initial=0.0), square, 0.0))


def _critical_value(
    vcov: np.ndarray, se: np.ndarray, pairs: np.ndarray, level: float, df: float, draws: int, seed: int
) -> float:
    """`level` quantile of the largest (D_jk - E D_jk) / SE_jk over the ordered pairs.

    Over all ordered pairs that is the largest absolute value over the unordered ones. The symmetric
    square root of `vcov` is unique, and `RandomState`'s stream is frozen, so a seed gives the same
    number with any library version.
    """
    random = np.random.RandomState(seed)
    eigenvalues, vectors = np.linalg.eigh(vcov)
    root = (vectors * np.sqrt(np.maximum(eigenvalues, 0.0))) @ vectors.T
    largest = np.empty(draws)
    for start in range(0, draws, _CHUNK):
        stop = min(start + _CHUNK, draws)
        z = random.standard_normal((stop - start, len(vcov))) @ root
        top = np.full(stop - start, -np.inf)
        for j in np.flatnonzero(pairs.any(axis=1)):
            others = pairs[j]
            top = np.maximum(top, ((z[:, [j]] - z[:, others]) / se[j, others]).max(axis=1))
        largest[start:stop] = top
    if np.isfinite(df):
        largest /= np.sqrt(random.chisquare(df, draws) / df)
    # The smallest draw with at least `level` of the draws at or below it.
    return float(np.sort(largest)[min(int(np.ceil(level * draws)), draws) - 1])


def _names(estimate: np.ndarray | pd.Series, places: Sequence[str] | None) -> list:
    if places is not None:
        return list(places)
    if isinstance(estimate, pd.Series):
        return list(estimate.index)
    return [str(at + 1) for at in range(len(estimate))]


def _check_shapes(values: np.ndarray, matrix: np.ndarray, names: list) -> None:
    count = len(values)
    if matrix.shape != (count, count) or len(names) != count:
        raise BadDesign(
            "The estimates, their covariance and the places' names do not fit together.",
            vi="Số ước lượng, ma trận hiệp phương sai và tên địa bàn không khớp nhau; hãy kiểm tra lại.",
            expected=f"{count} estimates, a {count} x {count} covariance, {count} names",
            got=f"covariance {' x '.join(map(str, matrix.shape))}, {len(names)} names",
        )


def _check_covariance(matrix: np.ndarray) -> None:
    scale = np.abs(matrix).max(initial=0.0)
    holes = ~np.isfinite(matrix)
    if holes.any():
        fault, where = "it has empty cells between places that have a variance", np.flatnonzero(holes.any(0))
    elif (np.abs(matrix - matrix.T) > 1e-9 * scale).any():
        fault, where = "it is not symmetric", []
    elif len(matrix) and np.linalg.eigvalsh(matrix).min() < -1e-9 * scale * len(matrix):
        fault, where = "a combination of the places has a variance below 0", []
    else:
        return
    raise BadDesign(
        f"The covariance given for the ranks is not a covariance matrix: {fault}.",
        vi="Ma trận hiệp phương sai dùng để xếp hạng không hợp lệ; hãy tính lại từ cùng một mẫu.",
        where=f"places {shown(where + 1)}" if len(where) else "",
        expected="one symmetric matrix from the joint estimates of all places",
        hint="Estimate all places in one call and hand on its covariance.",
    )
