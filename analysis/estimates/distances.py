"""Weights, calibration variables and totals -> the nearest weights that meet the totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

from analysis.errors import BadWeight, UnknownName, nearest, shown

METHODS = ("linear", "raking", "logit")
#: A column's weighted sum may be off by this share of the sum of its absolute parts.
CLOSE, CLOSE_ENOUGH = 1e-14, 1e-11
MOST_STEPS, MOST_HALVINGS = 200, 40
#: Singular values below this share of the largest are a column that others already give.
RANK = 1e-9


@dataclass(frozen=True)
class Fit:
    """Calibration variables on an orthonormal basis, with the totals on the same.

    Attributes
    ----------
    names : tuple of str, length P
    columns : ndarray, shape (n, P)
    totals : ndarray, shape (P,)
    basis : ndarray, shape (n, r)
        Spans the columns, r their rank; the fit is then well conditioned whatever the units.
    basis_totals : ndarray, shape (r,)
    method : str
    bounds : (low, high)
        Of new weight / old weight.
    """

    names: tuple[str, ...]
    columns: np.ndarray
    totals: np.ndarray
    basis: np.ndarray
    basis_totals: np.ndarray
    method: str
    bounds: tuple[float, float]


def prepare_fit(
    matrix: pd.DataFrame, totals: pd.Series, rows: int, method: str, bounds: tuple[float, float] | None
) -> Fit:
    """Check calibration variables against their totals and put them on an orthonormal basis.

    Parameters
    ----------
    matrix : DataFrame (n, P)
    totals : Series indexed by the columns' names
    rows : int
        n of the design.
    method, bounds
        As in `calibration.calibrate`.

    Raises
    ------
    BadWeight, UnknownName
    """
    bounds = _checked_bounds(method, bounds)
    columns, wanted = _checked_columns(matrix, totals, rows)
    names = tuple(str(name) for name in matrix.columns)
    size = np.linalg.norm(columns, axis=0)
    size[size == 0] = 1.0
    left, singular, right = np.linalg.svd(columns / size, full_matrices=False)
    kept = singular > RANK * singular[0]
    left, singular, right = left[:, kept], singular[kept], right[kept]
    basis_totals = right @ (wanted / size) / singular
    # A column that others give must have the total that theirs give.
    implied = (basis_totals * singular) @ right * size
    gap = np.abs(implied - wanted) / np.maximum(np.abs(wanted), np.abs(implied)).clip(min=1e-300)
    if gap.max() > 1e-8:
        at = int(gap.argmax())
        raise _unmet(
            names[at], f"{implied[at]:.10g}, as the other columns' totals imply", f"{wanted[at]:.10g}"
        )
    return Fit(names, columns, wanted, left, basis_totals, method, bounds)


def fit_weights(weight: np.ndarray, fit: Fit) -> np.ndarray:
    """The weights nearest to `weight` that meet the totals.

    Parameters
    ----------
    weight : ndarray, shape (n,)

    Returns
    -------
    ndarray, shape (n,)

    Raises
    ------
    BadWeight
        No weights within the bounds meet the totals; the message names the column that is off most.

    Notes
    -----
    w = d F(x'b) with sum w x = totals, solved for b by Newton steps, halved while they do not bring the
    sums nearer. F(u) = 1 + u (linear), exp(u) (raking), both cut at the bounds, or for logit
    [L(U - 1) + U(1 - L) exp(A u)] / [U - 1 + (1 - L) exp(A u)] with A = (U - L)/((1 - L)(U - 1)).

    Source
    ------
    Deville and Sarndal (1992, sec. 2, cases 1, 2, 6, 7).
    """
    slope = np.zeros(fit.basis.shape[1])
    ratio, change = _distance(fit, slope)
    for _ in range(MOST_STEPS):
        gap = fit.basis_totals - fit.basis.T @ (weight * ratio)
        if _off(weight * ratio, fit).max() <= CLOSE:
            break
        jacobian = fit.basis.T @ (fit.basis * (weight * change)[:, None])
        step = np.linalg.lstsq(jacobian, gap, rcond=None)[0]
        moved = _nearer(weight, fit, slope, step, np.linalg.norm(gap))
        if moved is None:
            break
        slope, ratio, change = moved
    off = _off(weight * ratio, fit)
    if off.max() > CLOSE_ENOUGH:
        at = int(off.argmax())
        reached = float(fit.columns[:, at] @ (weight * ratio))
        raise _unmet(fit.names[at], f"a weighted sum of {fit.totals[at]:.10g}", f"at best {reached:.10g}")
    return weight * ratio


def _nearer(weight: np.ndarray, fit: Fit, slope: np.ndarray, step: np.ndarray, before: float):
    """The first of the step, its half, its quarter ... that brings the sums nearer; None if none does."""
    for halving in range(MOST_HALVINGS):
        tried = slope + step / 2**halving
        ratio, change = _distance(fit, tried)
        after = np.linalg.norm(fit.basis_totals - fit.basis.T @ (weight * ratio))
        if np.isfinite(after) and after < before:
            return tried, ratio, change
    return None


def _distance(fit: Fit, slope: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """F(u) and its derivative, for u = x'b, shapes (n,)."""
    u = fit.basis @ slope
    low, high = fit.bounds
    if fit.method == "logit":
        steep = (high - low) / ((1 - low) * (high - 1))
        ratio = low + (high - low) * expit(steep * u + np.log((1 - low) / (high - 1)))
        return ratio, (ratio - low) * (high - ratio) / ((1 - low) * (high - 1))
    with np.errstate(over="ignore"):
        free = 1 + u if fit.method == "linear" else np.exp(u)
    change = np.ones(len(u)) if fit.method == "linear" else free
    inside = (free > low) & (free < high)
    return np.clip(free, low, high), np.where(inside, change, 0.0)


def _off(weight: np.ndarray, fit: Fit) -> np.ndarray:
    """How far each column's sum is from its total, as a share of the sum of its absolute parts."""
    parts = np.maximum(np.abs(fit.columns).T @ np.abs(weight), np.abs(fit.totals))
    gap = np.abs(fit.columns.T @ weight - fit.totals)
    return np.divide(gap, parts, out=np.zeros_like(gap), where=parts > 0)


def _checked_bounds(method: str, bounds: tuple[float, float] | None) -> tuple[float, float]:
    if method not in METHODS:
        raise UnknownName(
            f'There is no calibration method "{method}".',
            vi=f'Không có phương pháp hiệu chỉnh "{method}"; hãy chọn linear, raking hoặc logit.',
            expected=", ".join(METHODS),
            got=method,
            hint=f"Nearest: {shown(nearest(method, METHODS))}.",
        )
    if bounds is None and method != "logit":
        return -np.inf, np.inf
    if (
        bounds is None
        or not (bounds[0] < 1 < bounds[1])
        or (method == "logit" and not np.isfinite(bounds).all())
    ):
        raise BadWeight(
            "The bounds of a calibration must lie on both sides of 1.",
            vi="Giới hạn của tỷ số trọng số mới/cũ phải có dạng (thấp, cao) với thấp < 1 < cao; hãy sửa lại.",
            where="bounds",
            expected="(low, high) with low < 1 < high; finite for logit",
            got="none" if bounds is None else shown(bounds),
            hint="(0.3, 3) is usual.",
        )
    return float(bounds[0]), float(bounds[1])


def _checked_columns(matrix: pd.DataFrame, totals: pd.Series, rows: int) -> tuple[np.ndarray, np.ndarray]:
    columns = matrix.to_numpy(dtype=float)
    wanted = pd.Series(totals, dtype=float)
    blank = [str(name) for name in matrix.columns[~np.isfinite(columns).all(axis=0)]]
    without = [str(name) for name in matrix.columns if name not in wanted.index]
    surplus = [str(name) for name in wanted.index if name not in matrix.columns]
    bad = [str(name) for name in wanted.index[~np.isfinite(wanted)]]
    for names, expected, got in (
        ([] if len(matrix.columns) else ["the matrix"], "at least one column", "none"),
        (
            [] if len(matrix) == rows else [f"{len(matrix)} rows"],
            f"{rows} rows, as the design",
            "another number",
        ),
        (blank, "a number in every row", "missing values"),
        (without, "a total for each column", "no total"),
        (surplus, "a column for each total", "no column"),
        (bad, "a number as total", "a missing total"),
    ):
        if names:
            raise _unmet(shown(names), expected, got)
    return columns, wanted.reindex(matrix.columns).to_numpy(dtype=float)


def _unmet(name: str, expected: str, got: str) -> BadWeight:
    return BadWeight(
        "The calibration variables and their population totals do not go together.",
        vi=f"Không hiệu chỉnh được trọng số theo {name}: biến và tổng dân số không khớp; hãy kiểm tra lại.",
        where=name,
        expected=expected,
        got=got,
        hint="Correct the totals, widen the bounds, or leave the variable out.",
    )
