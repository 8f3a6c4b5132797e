"""Design columns of a sample -> a `Design`: who is in which PSU and stratum, with what weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.errors import BadDesign, LonePsu, MissingColumn, nearest, shown

#: What a stratum with one PSU adds to a variance, with R's names (`survey.lonely.psu`; stop = fail).
LONE_PSU = ("stop", "adjust", "average", "certainty", "remove")


class Calibration(Protocol):
    """What a calibrated design adds: its variance is that of residuals on the calibration variables."""

    def residuals(self, scores: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True)
class Stage:
    """One stage of sampling, every row's unit and stratum coded over the whole sample.

    Attributes
    ----------
    unit, stratum : ndarray of int, shape (n,)
        Units are nested in strata, strata in the units of the stage before.
    n_units : ndarray of int, shape (strata,)
        Units sampled in each stratum.
    population : ndarray of float, shape (strata,)
        Units in the population of each stratum; inf = drawn with replacement.
    """

    unit: np.ndarray
    stratum: np.ndarray
    n_units: np.ndarray
    population: np.ndarray

    @property
    def unsampled_share(self) -> np.ndarray:
        """1 - n/N of each stratum: the finite population correction."""
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(self.population), 1.0, 1 - self.n_units / self.population)


@dataclass(frozen=True)
class Design:
    """A stratified, possibly multi-stage sample.

    PSUs are coded within strata, so the same PSU name in two strata is two PSUs.

    Attributes
    ----------
    weight : ndarray, shape (n,)
    stages : tuple of Stage
        At least one.
    psu_names, stratum_names : ndarray of str, shapes (P,), (H,)
    lone_psu : {"stop", "adjust", "average", "certainty", "remove"}
    lone_in_domains : bool
        Whether the policy also holds for strata that have one PSU in a domain only (R's
        `survey.adjust.domain.lonely`).
    calibration : Calibration, optional
    """

    weight: np.ndarray
    stages: tuple[Stage, ...]
    psu_names: np.ndarray
    stratum_names: np.ndarray
    lone_psu: str = "stop"
    lone_in_domains: bool = False
    calibration: Calibration | None = None

    @property
    def psu(self) -> np.ndarray:
        """Each row's PSU, 0 to P - 1, shape (n,)."""
        return self.stages[0].unit

    @cached_property
    def psu_stratum(self) -> np.ndarray:
        """Each PSU's stratum, shape (P,)."""
        out = np.empty(len(self.psu_names), dtype=int)
        out[self.psu] = self.stages[0].stratum
        return out

    @property
    def n_h(self) -> np.ndarray:
        """PSUs in each stratum of the whole sample, shape (H,)."""
        return self.stages[0].n_units

    @property
    def population_h(self) -> np.ndarray:
        """PSUs in the population of each stratum, shape (H,); inf = with replacement."""
        return self.stages[0].population

    @property
    def n_psu(self) -> int:
        return len(self.psu_names)

    @property
    def n_strata(self) -> int:
        return len(self.stratum_names)

    @property
    def df(self) -> int:
        """PSUs minus strata of the whole sample."""
        return self.n_psu - self.n_strata

    def df_of(self, inside: np.ndarray) -> int:
        """PSUs minus strata that hold a row of the mask (R `degf(subset(design, ...))`)."""
        first = self.stages[0]
        return len(np.unique(first.unit[inside])) - len(np.unique(first.stratum[inside]))

    def stratum_factor(self) -> np.ndarray:
        """(1 - n_h/N_h) n_h / (n_h - 1), shape (H,); 0 for a stratum with one PSU."""
        first = self.stages[0]
        scale = np.where(first.n_units > 1, first.n_units / np.maximum(first.n_units - 1, 1), 0.0)
        return scale * first.unsampled_share

    def lone_strata(self) -> np.ndarray:
        """True for strata with a single PSU, shape (H,)."""
        return self.n_h == 1

    @property
    def has_later_stages(self) -> bool:
        """Whether later stages add to the variance: they do where the first is a finite population."""
        return len(self.stages) > 1 and bool(np.isfinite(self.population_h).any())


def build_design(
    stratum: pd.Series | np.ndarray,
    psu: pd.Series | np.ndarray,
    weight: pd.Series | np.ndarray,
    lone_psu: str = "stop",
) -> Design:
    """A single-stage design from its columns, drawn with replacement.

    Parameters
    ----------
    stratum, psu : array-like of str, shape (n,)
    weight : array-like of float, shape (n,)
    lone_psu : one of `LONE_PSU`

    Raises
    ------
    BadDesign
        A design column has an empty cell, or a weight is not above 0.
    LonePsu
        A stratum has one PSU and the policy is "stop".
    """
    table = pd.DataFrame(
        {"stratum": np.asarray(stratum), "psu": np.asarray(psu), "weight": np.asarray(weight)}
    )
    return declare_design(
        table, weight="weight", psu=["psu"], stratum=["stratum"], nest=True, lone_psu=lone_psu
    )


def declare_design(
    table: pd.DataFrame,
    *,
    weight: str,
    psu: Sequence[str] = (),
    stratum: Sequence[str] = (),
    population: Sequence[str] = (),
    nest: bool = False,
    lone_psu: str = "stop",
    lone_in_domains: bool = False,
) -> Design:
    """A design from a table's columns, one name a stage.

    Parameters
    ----------
    table : DataFrame, n rows
    weight : str
    psu : sequence of str
        The sampling units of each stage; none = each row is its own PSU.
    stratum : sequence of str
        The strata of each stage; fewer than stages = later stages unstratified.
    population : sequence of str
        Columns with the number of units in the population of the row's stratum, one a stage; none =
        with replacement.
    nest : bool
        Whether PSU codes start again in each stratum. If not, a code in two strata is refused.
    lone_psu : one of `LONE_PSU`
    lone_in_domains : bool

    Raises
    ------
    MissingColumn, BadDesign, LonePsu

    Source
    ------
    The meaning of each argument is that of R `survey::svydesign`.
    """
    _need(table, [weight, *psu, *stratum, *population])
    weights = pd.to_numeric(table[weight], errors="coerce").to_numpy(dtype=float)
    _refuse_gaps(table[[*psu, *stratum]], weights)
    if lone_psu not in LONE_PSU:
        raise _bad(f'lone_psu is "{lone_psu}"', "lone_psu", ", ".join(LONE_PSU), lone_psu)
    parent = np.zeros(len(table), dtype=int)
    stages, names = [], []
    for at in range(max(len(psu), 1)):
        layer = table[stratum[at]].astype(str) if at < len(stratum) else pd.Series("", index=table.index)
        stratum_code, stratum_names = _code(parent, layer)
        units = table[psu[at]].astype(str) if psu else pd.Series(np.arange(len(table)).astype(str))
        unit_code, unit_names = _code(stratum_code, units)
        if at == 0 and psu and not nest:
            _refuse_shared(units, stratum_code, psu[0])
        counts = np.bincount(_parent_of(unit_code, stratum_code), minlength=len(stratum_names))
        sizes = _population(table, population[at] if at < len(population) else None, stratum_code, counts)
        stages.append(Stage(unit_code, stratum_code, counts, sizes))
        names.append((unit_names, stratum_names))
        parent = unit_code
    if lone_psu == "stop" and (stages[0].n_units == 1).any():
        _stop_lone(names[0][1][stages[0].n_units == 1])
    return Design(weights, tuple(stages), *names[0], lone_psu, lone_in_domains)


def _code(parent: np.ndarray, names: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Codes of names nested in parents, and the name of each code."""
    pairs = pd.MultiIndex.from_arrays([parent, names.to_numpy()])
    code, found = pd.factorize(pairs, sort=True)
    return np.asarray(code, dtype=int), np.asarray(found.get_level_values(1), dtype=str)


def _parent_of(child: np.ndarray, parent: np.ndarray) -> np.ndarray:
    """The parent of each child code."""
    out = np.empty(child.max(initial=-1) + 1, dtype=int)
    out[child] = parent
    return out


def _population(
    table: pd.DataFrame, column: str | None, stratum: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """Population count of each stratum, checked to be one and not below the sample's."""
    if column is None:
        return np.full(len(counts), np.inf)
    values = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float)
    low, high = np.full(len(counts), np.inf), np.full(len(counts), -np.inf)
    np.minimum.at(low, stratum, values)
    np.maximum.at(high, stratum, values)
    if not (np.isfinite(values).all() and (low == high).all() and (high >= counts).all()):
        raise _bad(
            "population counts are missing, differ within a stratum, or are below the sample's",
            column, "one count a stratum, at least the units sampled", shown(np.unique(values)),
        )  # fmt: skip
    return high


def _need(table: pd.DataFrame, columns: list[str]) -> None:
    absent = [column for column in columns if column not in table.columns]
    if absent:
        close = nearest(absent[0], table.columns)
        raise MissingColumn(
            "A design column is not in the table.",
            vi=f"Bảng thiếu cột thiết kế mẫu {shown(absent)}; hãy kiểm tra tên cột.",
            expected=shown(absent),
            got=f"nearest: {shown(close)}" if close else "no column with a like name",
            hint="Correct the name.",
        )


def _refuse_gaps(columns: pd.DataFrame, weight: np.ndarray) -> None:
    gaps = columns.isna().any(axis=1).to_numpy()
    bad_weight = ~(np.isfinite(weight) & (weight > 0))
    for mask, what, expected in (
        (gaps, "a stratum or PSU is empty", "a stratum and a PSU in every row"),
        (bad_weight, "a weight is not a number above 0", "weights above 0"),
    ):
        if mask.any():
            rows = np.flatnonzero(mask) + 1
            raise _bad(what, f"rows {shown(rows)}", expected, f"{len(rows)} such rows")


def _refuse_shared(units: pd.Series, stratum: np.ndarray, column: str) -> None:
    strata = pd.Series(stratum).groupby(units.to_numpy()).nunique()
    shared = strata.index[strata > 1]
    if len(shared):
        raise _bad(
            "a PSU code stands in more than one stratum", f"{column} {shown(shared)}",
            "codes of their own in each stratum, or nest=True", f"{len(shared)} such codes",
        )  # fmt: skip


def _bad(what: str, where: str, expected: str, got: str) -> BadDesign:
    return BadDesign(
        f"The design columns cannot be used: {what}.",
        vi="Cột thiết kế mẫu (tầng, PSU, trọng số, quy mô) có ô trống hoặc sai; hãy kiểm tra tệp dữ liệu.",
        where=where,
        expected=expected,
        got=got,
        hint="Mend the columns, or the names given for them.",
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
