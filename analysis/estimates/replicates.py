"""Replicate weights -> a `ReplicateDesign`: covariances of what is estimated once in each replicate.

`replicate_weights` makes replicates from a design; `replicate_estimates` estimates with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.errors import BadWeight, UnknownName, nearest, shown

#: Kinds whose scale follows from the number of replicates; JKn needs `rscales`, "other" both.
KINDS = ("JK1", "JKn", "BRR", "Fay", "bootstrap", "other")
#: Singular values below this share of the largest count as 0 in the rank behind df.
RANK = 1e-7


@dataclass(frozen=True)
class ReplicateDesign:
    """A sample whose variance comes from R replicates of its weights.

    Attributes
    ----------
    weight : ndarray, shape (n,)
    replicates : ndarray, shape (n, R)
        Analysis weights of each replicate (the sampling weight is in them).
    scale : float
    rscales : ndarray, shape (R,)
        Variance = scale * sum of rscales (estimate_r - centre)^2.
    mse : bool
        Whether the centre is the full-sample estimate instead of the mean of the replicates'.
    kind : str
        One of `KINDS`.
    """

    weight: np.ndarray
    replicates: np.ndarray
    scale: float
    rscales: np.ndarray
    mse: bool = False
    kind: str = "other"

    @property
    def df(self) -> int:
        """Rank of the replicate weights less 1."""
        return self.df_of(np.ones(len(self.weight), dtype=bool))

    def df_of(self, inside: np.ndarray) -> int:
        """Rank of the replicate weights of the rows inside, less 1 (R `degf` of a replicate design)."""
        code, patterns = self._patterns
        present = np.bincount(code[inside], minlength=len(patterns)) > 0
        key = present.tobytes()
        if key not in self._ranks:
            self._ranks[key] = _rank(patterns[present])
        return self._ranks[key] - 1

    def covariance(self, replicated: np.ndarray, estimate: np.ndarray) -> np.ndarray:
        """Covariance of estimates from their values in each replicate.

        Parameters
        ----------
        replicated : ndarray, shape (R, M)
        estimate : ndarray, shape (M,)
            From the full-sample weights.

        Returns
        -------
        ndarray, shape (M, M)
            NaN for an estimate that no replicate has.

        Notes
        -----
        A replicate without an estimate, such as a mean in a domain that lies in the PSUs left out, is left
        out of its variance, and of a covariance where it lacks either, with no other change (R does the same
        and warns: `replicates_used` tells how many are left).
        """
        known = np.isfinite(replicated)
        if known.all():
            return self._spread(replicated, estimate, slice(None))
        _, first, kind = np.unique(known, axis=1, return_index=True, return_inverse=True)
        size = replicated.shape[1]
        out, kind = np.full((size, size), np.nan), np.ravel(kind)
        for one in range(len(first)):
            for other in range(one + 1):
                columns = np.flatnonzero((kind == one) | (kind == other))
                common = known[:, first[one]] & known[:, first[other]]
                if common.any():
                    block = self._spread(replicated[:, columns], estimate[columns], common)
                    mixed = (kind[columns] == one)[:, None] & (kind[columns] == other)[None, :]
                    at = np.where(mixed | mixed.T, block, out[np.ix_(columns, columns)])
                    out[np.ix_(columns, columns)] = at
        return out

    def _spread(self, replicated: np.ndarray, estimate: np.ndarray, rows: np.ndarray | slice) -> np.ndarray:
        """scale * sum of rscales d d' over some replicates, d the distance from the centre."""
        moved, rscales = replicated[rows], self.rscales[rows]
        with np.errstate(invalid="ignore"):
            centre = estimate if self.mse else moved[rscales > 0].mean(axis=0)
        spread = (moved - centre) * np.sqrt(self.scale * rscales)[:, None]
        return spread.T @ spread

    @cached_property
    def _patterns(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows alike but for their weight share a pattern: code (n,), patterns (U, R)."""
        weight = np.where(self.weight > 0, self.weight, 1.0)[:, None]
        factor = self.replicates / weight
        # One random projection tells rows apart far faster than comparing R columns; an unlucky
        # rounding only leaves two equal patterns, which the rank does not mind.
        probe = np.random.default_rng(0).standard_normal(factor.shape[1])
        _, first, code = np.unique(np.round(factor @ probe, 9), return_index=True, return_inverse=True)
        return code, factor[first]

    @cached_property
    def _ranks(self) -> dict[bytes, int]:
        return {}


def _rank(matrix: np.ndarray) -> int:
    if not matrix.size:
        return 0
    if len(matrix) > 2 * matrix.shape[1]:
        matrix = np.linalg.qr(matrix, mode="r")
    singular = np.linalg.svd(matrix, compute_uv=False)
    return int((singular > RANK * singular[0]).sum())


def given_replicates(
    weight: pd.Series | np.ndarray,
    replicates: pd.DataFrame | np.ndarray,
    kind: str = "other",
    *,
    scale: float | None = None,
    rscales: Sequence[float] | np.ndarray | None = None,
    fay: float = 0.0,
    combined: bool = True,
    mse: bool = False,
) -> ReplicateDesign:
    """A design from replicate weights that came with the data.

    Parameters
    ----------
    weight : array-like, shape (n,)
        Full-sample weights.
    replicates : array-like, shape (n, R)
    kind : one of `KINDS`
    scale, rscales : optional
        By default of the kind: JK1 (R - 1)/R; BRR 1/R; Fay 1/(R (1 - fay)^2); bootstrap 1/(R - 1); all
        rscales 1. JKn: scale 1 and `rscales` must be given; "other": `scale` must be given.
    fay : float
        Fay's coefficient, 0 <= fay < 1.
    combined : bool
        Whether the replicate weights hold the sampling weight; if not, they are multiplied by it.
    mse : bool
        See `ReplicateDesign`.

    Raises
    ------
    BadWeight, UnknownName

    Source
    ------
    Wolter (2007, ch. 3-5); the scales are those of R `survey::as.svrepdesign`.
    """
    weight, replicates = np.asarray(weight, dtype=float), np.asarray(replicates, dtype=float)
    if kind not in KINDS:
        raise UnknownName(
            f'There is no kind of replicates "{kind}".',
            vi=f'Không có loại trọng số lặp "{kind}"; hãy chọn một trong: {", ".join(KINDS)}.',
            expected=", ".join(KINDS),
            got=kind,
            hint=f"Nearest: {shown(nearest(kind, KINDS))}.",
        )
    if replicates.ndim != 2 or replicates.shape[0] != len(weight) or replicates.shape[1] < 2:
        raise _refused("replicates", f"{len(weight)} rows, two columns or more", f"shape {replicates.shape}")
    if not (np.isfinite(weight).all() and np.isfinite(replicates).all()):
        raise _refused("weights", "a number in every cell", "empty cells")
    if not 0 <= fay < 1:
        raise _refused("fay", "0 <= fay < 1", str(fay))
    count = replicates.shape[1]
    usual = {
        "JK1": (count - 1) / count, "JKn": 1.0, "BRR": 1 / count,
        "Fay": 1 / (count * (1 - fay) ** 2), "bootstrap": 1 / (count - 1),
    }  # fmt: skip
    scale = usual.get(kind) if scale is None else scale
    if scale is None or (kind == "JKn" and rscales is None):
        raise _refused("scale or rscales", f"a scale, and for JKn rscales, with kind {kind}", "none")
    rscales = np.ones(count) if rscales is None else np.asarray(rscales, dtype=float)
    if (
        rscales.shape != (count,)
        or not (np.isfinite(rscales).all() and (rscales >= 0).all())
        or not scale > 0
    ):
        raise _refused("scale, rscales", f"a scale above 0 and {count} rscales of 0 or more", "not so")
    if not combined:
        replicates = replicates * weight[:, None]
    return ReplicateDesign(weight, replicates, float(scale), rscales, mse, kind)


def _refused(where: str, expected: str, got: str) -> BadWeight:
    return BadWeight(
        "The replicate weights cannot be used.",
        vi=f"Không dùng được bộ trọng số lặp ({where}); hãy kiểm tra tệp trọng số và các tham số đi kèm.",
        where=where,
        expected=expected,
        got=got,
        hint="Take them as the data's producer documents them.",
    )
