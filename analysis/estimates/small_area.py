"""Direct estimates + their variances + covariates of all areas -> model-based estimates (Fay-Herriot).

For analysts only: a row of this table is the model's, not the survey's, and says so (`source`). A pack
never uses it by default.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.errors import BadDesign, UnknownName, WorkbenchError, shown

#: Below this many sampled areas the model's variance A is little more than a guess.
LEAST_AREAS = 30
MODEL_BASED = "model_based"
BENCHMARKS = ("difference", "ratio")


class TooFewAreas(WorkbenchError):
    """Fewer sampled areas than a small-area model needs."""

    exit_code = 40


@dataclass(frozen=True)
class SmallAreas:
    """A fitted Fay-Herriot model and its estimates.

    Attributes
    ----------
    areas : tuple, length m
    estimate, mse : ndarray, shape (m,)
        EBLUP in sampled areas, x'b in the others; benchmarked if so asked. `mse` is that of the
        estimate before benchmarking.
    direct, psi, gamma : ndarray, shape (m,)
        The direct estimate, its variance and its share in the EBLUP; NaN, NaN and 0 where not sampled.
    g1, g2, g3 : ndarray, shape (m,)
        Parts of the mse: g1 + g2 + 2 g3 (A in place of g1, and g3 = 0, where not sampled).
    coefficients : ndarray, shape (p,)
    coefficients_vcov : ndarray, shape (p, p)
    model_variance : float
        A, by REML.
    benchmark : str
        "" or how the estimates were made to agree with the total.
    adjustment : float
        What "difference" added to every area, or what "ratio" multiplied it by.
    """

    areas: tuple
    estimate: np.ndarray
    mse: np.ndarray
    direct: np.ndarray
    psi: np.ndarray
    gamma: np.ndarray
    g1: np.ndarray
    g2: np.ndarray
    g3: np.ndarray
    coefficients: np.ndarray
    coefficients_vcov: np.ndarray
    model_variance: float
    benchmark: str = ""
    adjustment: float = np.nan

    def table(self, level: float = 0.95) -> pd.DataFrame:
        """One row an area: place, estimate, se, ci_low, ci_high, level, direct, gamma, source, note.

        `se` is the root of the estimated mse and the interval is normal; `source` is "model_based" in
        every row.
        """
        se = np.sqrt(self.mse)
        half = ndtri((1 + level) / 2) * se
        sampled = ~np.isnan(self.direct)
        kind = np.where(sampled, "eblup", "synthetic")
        extra = f";benchmark={self.benchmark}" if self.benchmark else ""
        extra += ";A=0" if self.model_variance == 0 else ""
        return pd.DataFrame(
            {
                "place": list(self.areas),
                "estimate": self.estimate,
                "se": se,
                "ci_low": self.estimate - half,
                "ci_high": self.estimate + half,
                "level": level,
                "direct": self.direct,
                "gamma": self.gamma,
                "source": MODEL_BASED,
                "note": [f"fay_herriot;{word}{extra}" for word in kind],
            }
        )


def fit_fay_herriot(
    direct: np.ndarray | pd.Series,
    psi: np.ndarray | pd.Series,
    covariates: np.ndarray | pd.DataFrame,
    *,
    areas: Sequence | None = None,
    benchmark: str = "",
    shares: np.ndarray | None = None,
    total: float = np.nan,
    least: int = LEAST_AREAS,
) -> SmallAreas:
    """Fay-Herriot EBLUP of every area, by REML.

    Parameters
    ----------
    direct : array, shape (m,)
        Direct estimates; NaN = not sampled.
    psi : array, shape (m,)
        Their sampling variances, taken as known: from the pooled design effect
        (`pooled.pooled_variance`), never an area's own few PSUs, whose noise goes into A.
    covariates : array, shape (m, p)
        Known for *all* areas, the constant included as a column.
    areas : sequence, optional
        Names; the Series' index, else 1 to m.
    benchmark : {"", "difference", "ratio"}
        Make sum(shares * estimate) equal `total`: add the same amount to every area, or multiply
        every area by the same factor.
    shares : array, shape (m,)
        Each area's share of the people; rescaled to sum to 1.
    total : float
        The direct (reliable) mean of the whole, such as the province's.
    least : int
        Fewest sampled areas.

    Raises
    ------
    TooFewAreas
        Fewer than `least` areas are sampled, or no more than there are covariates.
    BadDesign
        A sampled area without a variance above 0, covariates with gaps or collinear, no total.
    UnknownName
        A way of benchmarking that does not exist.

    Notes
    -----
    y_d = x_d'b + u_d + e_d, u ~ (0, A), e ~ (0, psi_d). gamma_d = A/(A + psi_d); EBLUP
    gamma_d y_d + (1 - gamma_d) x_d'b; not sampled: x_d'b with mse A + x_d'V(b)x_d.
    mse = g1 + g2 + 2 g3 with V(b) = (sum x x'/(A + psi))^-1:
    g1 = gamma psi, g2 = (1 - gamma)^2 x'V(b)x, g3 = psi^2 (A + psi)^-3 Var(A), Var(A) = 2/sum (A + psi)^-2.
    Where A is estimated as 0 every estimate is synthetic and the mse too small (note "A=0").
    Benchmarking adds a little error that the mse does not count.

    Source
    ------
    Fay and Herriot (1979); Prasad and Rao (1990); Datta and Lahiri (2000) for REML; Rao and Molina (2015),
    sections 5.2-6.2, 6.4.6 (benchmarking).
    """
    names = _names(direct, areas)
    y, variance = np.asarray(direct, dtype=float), np.asarray(psi, dtype=float)
    x = np.asarray(covariates, dtype=float)
    x = x[:, None] if x.ndim == 1 else x
    sampled = ~np.isnan(y)
    _check_inputs(y, variance, x, sampled, names, least)
    a = reml_variance(y[sampled], variance[sampled], x[sampled])
    spread = a + variance[sampled]
    b_vcov = np.linalg.inv((x[sampled] / spread[:, None]).T @ x[sampled])
    b = b_vcov @ (x[sampled].T @ (y[sampled] / spread))
    gamma = np.where(sampled, a / (a + variance), 0.0)
    uncertain_fit = np.einsum("ij,jk,ik->i", x, b_vcov, x)
    var_a = 2 / (spread**-2).sum()
    g1 = np.where(sampled, gamma * variance, a)
    g2 = (1 - gamma) ** 2 * uncertain_fit
    g3 = np.where(sampled, variance**2 / (a + variance) ** 3 * var_a, 0.0)
    synthetic = x @ b
    estimate = np.where(sampled, gamma * y + (1 - gamma) * synthetic, synthetic)
    estimate, adjustment = _agree(estimate, benchmark, shares, total)
    return SmallAreas(
        tuple(names), estimate, g1 + g2 + 2 * g3, y, np.where(sampled, variance, np.nan), gamma, g1, g2, g3,
        b, b_vcov, a, benchmark, adjustment,
    )  # fmt: skip


def reml_variance(y: np.ndarray, psi: np.ndarray, x: np.ndarray) -> float:
    """A by restricted maximum likelihood, not below 0.

    Parameters
    ----------
    y, psi : ndarray, shape (m,)
    x : ndarray, shape (m, p)

    Notes
    -----
    The restricted likelihood -1/2 [log|V| + log|X'V^-1 X| + y'Py] is looked at on a grid from 0 up, and
    the best point refined to the root of its score -1/2 [tr P - y'PPy]. With equal psi this is
    max(0, RSS/(m - p) - psi).
    """
    from scipy.optimize import brentq  # here, for it takes long to load

    ordinary = np.linalg.lstsq(x, y, rcond=None)[0]
    rss = float(((y - x @ ordinary) ** 2).sum())
    top = 2 * rss / (len(y) - x.shape[1]) + psi.max()
    grid = np.r_[0.0, np.geomspace(psi.min() * 1e-6, top, 60)]
    best = int(np.argmax([_reml(a, y, psi, x)[0] for a in grid]))

    def score(a: float) -> float:
        return _reml(a, y, psi, x)[1]

    if score(grid[best]) > 0:
        low, high = grid[best], grid[min(best + 1, len(grid) - 1)]
        while score(high) > 0:  # ends: for large A the score is about -(m - p)/(2A)
            high = 2 * high
    else:
        low, high = grid[max(best - 1, 0)], grid[best]
    if score(low) <= 0:
        return float(low)
    return float(brentq(score, low, high, xtol=1e-300, rtol=1e-14, maxiter=500))


def _reml(a: float, y: np.ndarray, psi: np.ndarray, x: np.ndarray) -> tuple[float, float]:
    """Restricted log-likelihood (but for a constant) and its derivative in A."""
    v = a + psi
    weighted = x / v[:, None]
    inner = weighted.T @ x
    inverse = np.linalg.inv(inner)
    residual = (y - x @ (inverse @ (weighted.T @ y))) / v  # = Py
    trace = (1 / v).sum() - np.trace(inverse @ (weighted.T @ weighted))
    likelihood = -0.5 * (np.log(v).sum() + np.linalg.slogdet(inner)[1] + y @ residual)
    return float(likelihood), float(-0.5 * (trace - residual @ residual))


def _agree(
    estimate: np.ndarray, benchmark: str, shares: np.ndarray | None, total: float
) -> tuple[np.ndarray, float]:
    """Make the areas' mean equal the total."""
    if not benchmark:
        return estimate, np.nan
    if benchmark not in BENCHMARKS:
        raise UnknownName(
            f'There is no benchmarking "{benchmark}".',
            vi=f'Không có cách hiệu chỉnh "{benchmark}"; hãy chọn một trong: {", ".join(BENCHMARKS)}.',
            expected=f"one of {', '.join(BENCHMARKS)}",
            got=benchmark,
        )
    weights = np.full(len(estimate), np.nan) if shares is None else np.asarray(shares, dtype=float)
    if len(weights) != len(estimate) or not (weights > 0).all() or not np.isfinite(total):
        raise BadDesign(
            "Benchmarking needs the total and every area's share of the people.",
            vi="Muốn hiệu chỉnh phải có số chung và tỷ trọng dân số của từng địa bàn; hãy bổ sung.",
            expected=f"a total, and {len(estimate)} shares above 0",
            got=f"total {total}, {int((weights > 0).sum())} shares above 0",
        )
    mean = estimate @ (weights / weights.sum())
    if benchmark == "difference":
        return estimate + (total - mean), float(total - mean)
    return estimate * (total / mean), float(total / mean)


def _names(direct: np.ndarray | pd.Series, areas: Sequence | None) -> list:
    if areas is not None:
        return list(areas)
    return list(direct.index) if isinstance(direct, pd.Series) else [str(at + 1) for at in range(len(direct))]


def _check_inputs(
    y: np.ndarray, psi: np.ndarray, x: np.ndarray, sampled: np.ndarray, names: list, least: int
) -> None:
    if not len(y) == len(psi) == len(x) == len(names):
        raise BadDesign(
            "Estimates, variances, covariates and names are not of the same areas.",
            vi="Số ước lượng, phương sai, biến giải thích và tên địa bàn không khớp nhau; hãy kiểm tra lại.",
            expected=f"{len(y)} of each",
            got=f"{len(psi)} variances, {len(x)} rows of covariates, {len(names)} names",
        )
    needed = max(least, x.shape[1] + 1)
    if sampled.sum() < needed:
        raise TooFewAreas(
            "Too few sampled areas for a small-area model.",
            vi=f"Chỉ có {sampled.sum()} địa bàn có mẫu, mô hình cần ít nhất {needed}; "
            "hãy dùng số liệu của nhiều tỉnh hoặc dùng ước lượng trực tiếp.",
            expected=f"at least {needed} areas with a direct estimate",
            got=str(int(sampled.sum())),
            hint="Fit the model on the districts of many provinces, or show the direct estimates.",
        )
    bad = sampled & ~(np.isfinite(psi) & (psi > 0))
    if bad.any():
        raise BadDesign(
            "A sampled area has no sampling variance above 0.",
            vi="Có địa bàn không có phương sai mẫu lớn hơn 0; hãy tính phương sai bằng hệ số thiết kế gộp.",
            where=f"areas {shown(np.array(names, dtype=object)[bad])}",
            expected="a variance above 0 in every sampled area",
            got=f"{int(bad.sum())} without",
            hint="Take psi from pooled_variance, or treat these areas as not sampled (NaN).",
        )
    if not np.isfinite(x).all() or np.linalg.matrix_rank(x[sampled]) < x.shape[1]:
        raise BadDesign(
            "The covariates have gaps, or one follows from the others.",
            vi="Biến giải thích có ô trống hoặc trùng thông tin với nhau; hãy bổ sung hoặc bỏ bớt biến.",
            where=f"areas {shown(np.array(names, dtype=object)[~np.isfinite(x).all(axis=1)])}",
            expected=f"{x.shape[1]} independent covariates, known for all areas",
            got=f"rank {np.linalg.matrix_rank(np.nan_to_num(x[sampled]))}",
        )
