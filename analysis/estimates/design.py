"""Design columns of a sample -> a `Design`: who is in which PSU and stratum, with what weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, LonePsu, shown


@dataclass(frozen=True)
class Design:
    """A stratified (multi-stage) sample as its first stage sees it.

    PSUs are coded within strata, so the same PSU name in two strata is two PSUs.

    Attributes
    ----------
    weight : ndarray, shape (n,)
    psu : ndarray of int, shape (n,)
        Each row's PSU, 0 to P - 1.
    psu_stratum : ndarray of int, shape (P,)
        Each PSU's stratum, 0 to H - 1.
    psu_names, stratum_names : ndarray of str
    n_h : ndarray of int, shape (H,)
        PSUs in each stratum of the whole sample.
    lone_psu : str
        What a stratum with a single PSU adds to a variance: see `stratum_factor`.
    """

    weight: np.ndarray
    psu: np.ndarray
    psu_stratum: np.ndarray
    psu_names: np.ndarray
    stratum_names: np.ndarray
    n_h: np.ndarray
    lone_psu: str

    @property
    def n_psu(self) -> int:
        return len(self.psu_stratum)

    @property
    def n_strata(self) -> int:
        return len(self.n_h)

    @property
    def df(self) -> int:
        """PSUs minus strata of the whole sample."""
        return self.n_psu - self.n_strata

    def stratum_factor(self) -> np.ndarray:
        """n_h / (n_h - 1), shape (H,); 0 for a stratum with one PSU (which centres to 0 anyway)."""
        return np.where(self.n_h > 1, self.n_h / np.maximum(self.n_h - 1, 1), 0.0)

    def lone_strata(self) -> np.ndarray:
        """True for strata with a single PSU, shape (H,)."""
        return self.n_h == 1


def build_design(
    stratum: pd.Series | np.ndarray,
    psu: pd.Series | np.ndarray,
    weight: pd.Series | np.ndarray,
    lone_psu: str = "stop",
) -> Design:
    """Code the design columns of a sample.

    Parameters
    ----------
    stratum, psu : array-like of str, shape (n,)
    weight : array-like of float, shape (n,)
    lone_psu : {"stop", "adjust", "average", "certainty", "remove"}
        Policy for a stratum with one PSU, with R's names (`survey.lonely.psu`; "stop" is R's "fail").

    Raises
    ------
    BadDesign
        A design column has an empty cell, or a weight is not above 0.
    LonePsu
        A stratum has one PSU and the policy is "stop".
    """
    frame = pd.DataFrame({"stratum": np.asarray(stratum), "psu": np.asarray(psu)})
    weight = np.asarray(weight, dtype=float)
    _refuse_gaps(frame, weight)
    stratum_code, stratum_names = pd.factorize(frame["stratum"].astype(str), sort=True)
    pair = pd.MultiIndex.from_arrays([stratum_code, frame["psu"].astype(str)])
    psu_code, pairs = pd.factorize(pair, sort=True)
    psu_stratum = np.asarray(pairs.get_level_values(0), dtype=int)
    n_h = np.bincount(psu_stratum, minlength=len(stratum_names))
    if lone_psu == "stop" and (n_h == 1).any():
        _stop_lone(np.asarray(stratum_names)[n_h == 1])
    return Design(
        weight=weight,
        psu=np.asarray(psu_code, dtype=int),
        psu_stratum=psu_stratum,
        psu_names=np.asarray(pairs.get_level_values(1), dtype=str),
        stratum_names=np.asarray(stratum_names, dtype=str),
        n_h=n_h,
        lone_psu=lone_psu,
    )


def _refuse_gaps(frame: pd.DataFrame, weight: np.ndarray) -> None:
    gaps = frame.isna().any(axis=1).to_numpy()
    bad_weight = ~(np.isfinite(weight) & (weight > 0))
    for mask, what, expected in (
        (gaps, "a stratum or PSU is empty", "a stratum and a PSU in every row"),
        (bad_weight, "a weight is not a number above 0", "weights above 0"),
    ):
        if mask.any():
            rows = np.flatnonzero(mask)
            raise BadDesign(
                f"The design columns cannot be used: {what}.",
                vi="Cột thiết kế mẫu (tầng, PSU, trọng số) có ô trống hoặc sai; hãy kiểm tra tệp dữ liệu.",
                where=f"rows {shown(rows + 1)}",
                expected=expected,
                got=f"{len(rows)} such rows",
                hint="Run `workbench check` on the round.",
            )


def _stop_lone(names: np.ndarray) -> None:
    raise LonePsu(
        "A stratum has one PSU, so its variance cannot be estimated.",
        vi="Có tầng chỉ có một PSU nên không tính được sai số; hãy chọn cách xử lý trong tệp cấu hình.",
        where=f"stratum {shown(names)}",
        expected="at least two PSUs in each stratum",
        got=f"{len(names)} strata with one",
        hint="Merge the stratum with a neighbour, or set design.lone_psu to adjust, average, "
        "certainty or remove.",
    )
