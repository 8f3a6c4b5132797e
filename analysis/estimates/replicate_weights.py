"""A design -> replicates of its weights: jackknife, balanced half-samples, bootstrap.

Replicates are of the first stage: PSUs are left out, halved or drawn again. Where the design is
calibrated, each replicate is calibrated anew, so the variance counts that too.
"""

from __future__ import annotations

import numpy as np

from analysis.errors import BadDesign, LonePsu, shown
from analysis.estimates.design import Design
from analysis.estimates.hadamard import hadamard_matrix
from analysis.estimates.replicates import ReplicateDesign, given_replicates


def jackknife(design: Design, mse: bool = False) -> ReplicateDesign:
    """One replicate a PSU, with that PSU left out and its stratum's others weighted up.

    Parameters
    ----------
    design : Design
        One stratum makes JK1, several JKn.
    mse : bool
        See `ReplicateDesign`.

    Raises
    ------
    LonePsu
        A stratum with one PSU, unless the design's policy is "certainty" or "remove": it then has no
        replicates.

    Notes
    -----
    Weights of the others times n_h/(n_h - 1). Each replicate counts (1 - n_h/N_h)(n_h - 1)/n_h. Later
    stages are not counted apart, which is a little too low where the first stage is a large part of a
    finite population.

    Source
    ------
    Wolter (2007, ch. 4); equal to R `survey::as.svrepdesign(type = "JK1" or "JKn")`
    (test_replicate_weights.py).
    """
    _refuse_lone(design, "jackknife")
    n_h, stratum = design.n_h, design.psu_stratum
    left_out = np.flatnonzero(n_h[stratum] > 1)
    own = stratum[left_out]
    factor = np.where(stratum[:, None] == own[None, :], (n_h / np.maximum(n_h - 1, 1))[own], 1.0)
    factor[left_out, np.arange(len(left_out))] = 0.0
    shares = _unsampled(design) * (n_h - 1) / n_h
    if design.n_strata == 1:
        return _replicated(design, factor, "JK1", mse, scale=float(shares[0]))
    return _replicated(design, factor, "JKn", mse, rscales=shares[own])


def brr(design: Design, fay: float = 0.0, mse: bool = False) -> ReplicateDesign:
    """Balanced half-samples: of the two PSUs of each stratum one is weighted up, the other down.

    Parameters
    ----------
    design : Design
        Two PSUs in every stratum.
    fay : float
        Fay's coefficient, 0 <= fay < 1: weights times 2 - fay and fay. 0 leaves one PSU out.
    mse : bool
        See `ReplicateDesign`.

    Raises
    ------
    BadDesign
        A stratum has not two PSUs.

    Notes
    -----
    As many replicates as the Hadamard matrix has rows, its first column unused. Where a stratum's
    population of PSUs is known, the weights move by the factor sqrt(1 - n_h/N_h) less (R leaves this
    out), so that a total has its linearised variance exactly.

    Source
    ------
    McCarthy (1966); Judkins (1990); Wolter (2007, ch. 3); R `survey::as.svrepdesign(type = "BRR", "Fay")`.
    """
    odd = design.n_h != 2
    if odd.any():
        raise BadDesign(
            "Balanced half-samples need two PSUs in every stratum.",
            vi="Nửa mẫu cân bằng (BRR) cần đúng hai PSU mỗi tầng; hãy dùng jackknife hoặc bootstrap.",
            where=f"stratum {shown(design.stratum_names[odd])}",
            expected="two PSUs",
            got=shown(design.n_h[odd]),
            hint="Use jackknife or bootstrap, or pair the PSUs into strata of two.",
        )
    signs = hadamard_matrix(design.n_strata + 1)[:, 1 : design.n_strata + 1]
    first = np.zeros(design.n_psu, dtype=bool)
    first[np.unique(design.psu_stratum, return_index=True)[1]] = True
    turn = np.where(first, 1.0, -1.0) * (1 - fay) * np.sqrt(_unsampled(design))[design.psu_stratum]
    factor = 1 + turn[:, None] * signs.T[design.psu_stratum]
    return _replicated(design, factor, "Fay" if fay else "BRR", mse, fay=fay)


def bootstrap(design: Design, replicates: int, seed: int, mse: bool = False) -> ReplicateDesign:
    """In each replicate n_h - 1 of a stratum's n_h PSUs are drawn again, with replacement.

    Parameters
    ----------
    design : Design
    replicates : int
        At least 2; several hundred for a steady standard error.
    seed : int
        The same seed gives the same replicates.
    mse : bool
        See `ReplicateDesign`.

    Raises
    ------
    BadDesign
        Fewer than two replicates.
    LonePsu
        As in `jackknife`; under "certainty" and "remove" such a stratum keeps its weights.

    Notes
    -----
    Weights times 1 + sqrt(1 - n_h/N_h) (t n_h/(n_h - 1) - 1), t the times a PSU was drawn; with
    replacement that is t n_h/(n_h - 1).

    Source
    ------
    Rao and Wu (1988); Rao, Wu and Yue (1992); without population counts R
    `survey::as.svrepdesign(type = "subbootstrap")`, which leaves these out.
    """
    if replicates < 2:
        raise BadDesign(
            "A bootstrap needs at least two replicates.",
            vi="Bootstrap cần ít nhất hai lần lặp; hãy tăng số lần lặp.",
            where="replicates",
            expected="2 or more, better several hundred",
            got=str(replicates),
        )
    _refuse_lone(design, "bootstrap")
    rng = np.random.default_rng(seed)
    factor = np.ones((design.n_psu, replicates))
    shrink = np.sqrt(_unsampled(design))
    for stratum in np.flatnonzero(design.n_h > 1):
        size = design.n_h[stratum]
        drawn = rng.multinomial(size - 1, np.full(size, 1 / size), size=replicates).T
        factor[design.psu_stratum == stratum] += shrink[stratum] * (drawn * size / (size - 1) - 1)
    return _replicated(design, factor, "bootstrap", mse)


def _replicated(design: Design, factor: np.ndarray, kind: str, mse: bool, **scales) -> ReplicateDesign:
    """Each row's weight times its PSU's factor, shape (P, R), calibrated as the design is."""
    calibration = design.calibration
    start = design.weight if calibration is None else calibration.start
    weights = start[:, None] * factor[design.psu]
    if calibration is not None:
        weights = np.column_stack([calibration.again(column) for column in weights.T])
    return given_replicates(design.weight, weights, kind, mse=mse, **scales)


def _unsampled(design: Design) -> np.ndarray:
    """1 - n_h/N_h, shape (H,)."""
    return design.stages[0].unsampled_share


def _refuse_lone(design: Design, method: str) -> None:
    lone = design.lone_strata()
    if lone.any() and design.lone_psu not in ("certainty", "remove"):
        raise LonePsu(
            f"A stratum has one PSU, which the {method} cannot leave out.",
            vi=f"Có tầng chỉ có một PSU nên không lập được {method}; hãy gộp tầng hoặc đổi lone_psu.",
            where=f"stratum {shown(design.stratum_names[lone])}",
            expected="two PSUs or more in each stratum",
            got=f"{int(lone.sum())} strata with one; lone_psu is {design.lone_psu}",
            hint="Merge the stratum with a neighbour, or set lone_psu to certainty or remove.",
        )
