"""Design columns of a sample -> a `Design`: who is in which PSU and stratum, with what weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.estimates.design_faults import (
    bad_columns,
    need_columns,
    refuse_gaps,
    refuse_shared,
    stop_lone,
)
from analysis.estimates.populations import Populations

#: What a stratum with one PSU adds to a variance, with R's names (`survey.lonely.psu`; stop = fail).
LONE_PSU = ("stop", "adjust", "average", "certainty", "remove")


class Calibration(Protocol):
    """What a calibrated design adds: its variance is that of residuals on the calibration variables."""

    def residuals(self, scores: np.ndarray) -> np.ndarray: ...


@dataclass(frozen=True, eq=False)
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
    keys : MultiIndex of the units, or None
        The names of a unit's strata and units from the first stage on: two rounds' units of the same
        names are the same. None where every unit is one row: persons are drawn anew each round.
    """

    unit: np.ndarray
    stratum: np.ndarray
    n_units: np.ndarray
    population: np.ndarray
    keys: pd.MultiIndex | None = None

    @property
    def unsampled_share(self) -> np.ndarray:
        """1 - n/N of each stratum: the finite population correction."""
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(self.population), 1.0, 1 - self.n_units / self.population)

    @cached_property
    def unit_stratum(self) -> np.ndarray:
        """Each unit's stratum, shape (units,)."""
        return _parent_of(self.unit, self.stratum)

    @property
    def lone(self) -> np.ndarray:
        """True for strata with one unit drawn out of several; the only unit there is says all."""
        return (self.n_units == 1) & (self.unsampled_share > 0)

    @property
    def factor(self) -> np.ndarray:
        """(1 - n/N) n/(n - 1) of each stratum; 1 - n/N where n is 1."""
        scale = np.where(self.n_units > 1, self.n_units / np.maximum(self.n_units - 1, 1), 1.0)
        return scale * self.unsampled_share


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

    @property
    def psu_stratum(self) -> np.ndarray:
        """Each PSU's stratum, shape (P,)."""
        return self.stages[0].unit_stratum

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
        return self.df_of(np.ones(len(self.weight), dtype=bool))

    @cached_property
    def in_use(self) -> np.ndarray:
        """Rows that count: those whose weight is not 0, shape (n,)."""
        return self.weight != 0

    def df_of(self, inside: np.ndarray) -> int:
        """PSUs minus strata that hold a row of the mask (R `degf(subset(design, ...))`)."""
        first, counted = self.stages[0], inside & self.in_use
        return len(np.unique(first.unit[counted])) - len(np.unique(first.stratum[counted]))

    def stratum_factor(self) -> np.ndarray:
        """(1 - n_h/N_h) n_h / (n_h - 1), shape (H,); 0 for a stratum with one PSU."""
        return np.where(self.n_h > 1, self.stages[0].factor, 0.0)

    def lone_strata(self) -> np.ndarray:
        """True for strata with a single PSU drawn out of several, shape (H,)."""
        return self.stages[0].lone

    @property
    def has_later_stages(self) -> bool:
        """Whether later stages add to the variance: they do where the first is a finite population."""
        return len(self.stages) > 1 and bool(np.isfinite(self.population_h).any())

    @property
    def is_plain(self) -> bool:
        """Whether one sum over PSUs is the whole variance."""
        return not (self.has_later_stages or self.calibration or self.lone_in_domains)

    @property
    def depends_on_domain(self) -> bool:
        """Whether what a stratum adds hangs on who of it is in the domain: some lone-PSU policies."""
        lone = self.lone_in_domains or any(stage.lone.any() for stage in self.stages)
        return lone and self.lone_psu in ("adjust", "average")


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
        A design column has an empty cell, or a weight is below 0 or no number.
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
    weight: str | None,
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
    weight : str, or None
        A row of weight 0 counts nowhere, but its PSU stays in the design. None: each row stands for the
        units in the population over those sampled, multiplied over the stages that have population
        counts; 1 where none has.
    psu : sequence of str
        The sampling units of each stage; none = each row is its own PSU.
    stratum : sequence of str
        The strata of each stage; fewer than stages = later stages unstratified.
    population : sequence of str
        Columns with the number of units in the population of the row's stratum, one a stage; none =
        with replacement. Where no value is above 1 they are shares of the population sampled.
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
    need_columns(table, [*([] if weight is None else [weight]), *psu, *stratum, *population])
    weights = np.ones(len(table))
    if weight is not None:
        weights = pd.to_numeric(table[weight], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    refuse_gaps(table[[*psu, *stratum]], weights)
    sizes_of = Populations.of(table, population)
    if lone_psu not in LONE_PSU:
        raise bad_columns(f'lone_psu is "{lone_psu}"', "lone_psu", ", ".join(LONE_PSU), lone_psu)
    parent = np.zeros(len(table), dtype=int)
    stages, names, path = [], [], []
    for at in range(max(len(psu), 1)):
        layer = table[stratum[at]].astype(str) if at < len(stratum) else pd.Series("", index=table.index)
        stratum_code, stratum_names = _code(parent, layer)
        units = table[psu[at]].astype(str) if psu else pd.Series(np.arange(len(table)).astype(str))
        unit_code, unit_names = _code(stratum_code, units)
        if at == 0 and psu and not nest:
            refuse_shared(units, stratum_code, psu[0])
        counts = np.bincount(_parent_of(unit_code, stratum_code), minlength=len(stratum_names))
        sizes = sizes_of.read(at, stratum_code, counts)
        if weight is None and at < len(population):
            weights = weights * (sizes / counts)[stratum_code]
        path += [layer.to_numpy(), units.to_numpy()]
        keys = _keys(path, unit_code, persons_too=at == 0 and bool(psu))
        stages.append(Stage(unit_code, stratum_code, counts, sizes, keys))
        names.append((unit_names, stratum_names))
        parent = unit_code
    if not np.isfinite(weights).all():
        what = "weights cannot be made from a population without an end"
        raise bad_columns(what, shown(population), "population counts, or weights", "a share of 0")
    design = Design(weights, tuple(stages), *names[0], lone_psu, lone_in_domains)
    counted = len(stages) if design.has_later_stages else 1
    for stage, (_, stratum_names) in zip(stages[:counted], names[:counted], strict=True):
        if lone_psu == "stop" and stage.lone.any():
            stop_lone(stratum_names[stage.lone])
    return design


def _keys(path: list[np.ndarray], unit: np.ndarray, persons_too: bool) -> pd.MultiIndex | None:
    """Names of each unit and of all that it lies in; None where the units are single rows."""
    first = np.unique(unit, return_index=True)[1]
    if len(first) == len(unit) and not persons_too:
        return None
    return pd.MultiIndex.from_arrays([names[first] for names in path])


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
