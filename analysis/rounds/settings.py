"""The sections of a round's TOML as frozen objects: columns, design, calibration, groups, rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np

#: A column of the file, or one a stage of sampling.
StageColumns = str | Sequence[str]


@dataclass(frozen=True)
class Columns:
    """The file's own names of the columns that say who and where; `age` in years is checked alone.

    `province` is named where the file holds several provinces: the round's own chooses its rows.
    """

    respondent: str
    district: str
    commune: str = ""
    village: str = ""
    age: str = ""
    province: str = ""


@dataclass(frozen=True)
class DesignColumns:
    """The file's own names of the design columns.

    `stratum` and `psu` name one column, or one a stage of sampling; `population` one a stage at most:
    how many units there are in the population of the row's stratum (none = drawn with replacement). An empty
    `stratum` says that the sample was not stratified: all of it is one stratum.
    `nest` says that PSU codes start again in each stratum; without it a PSU in two strata is a fault.
    `lone_in_domains` applies `lone_psu` also to strata that have one PSU in a domain only.

    `district_stratum` and `district_psu` declare a second design for figures about one district,
    used where the province's PSUs are the districts themselves, so that a district is one PSU and
    has no standard error of its own (METHODS.md, "Two designs").
    """

    weight: str
    stratum: StageColumns
    psu: StageColumns
    population: Sequence[str] = ()
    nest: bool = False
    lone_psu: str = "stop"
    lone_in_domains: bool = False
    district_stratum: str = ""
    district_psu: str = ""

    @property
    def has_district_design(self) -> bool:
        return bool(self.district_stratum)

    @property
    def strata(self) -> tuple[str, ...]:
        """The file's stratum columns, one a stage; "" for one stratum. Later stages may have none."""
        return _each(self.stratum)

    @property
    def psus(self) -> tuple[str, ...]:
        """The file's columns of sampling units, one a stage."""
        return _each(self.psu)

    def built_columns(self) -> dict[str, str]:
        """Our name of each stage's column -> the file's: stratum, stratum_2, psu, psu_2, population, …"""
        roles = {"stratum": self.strata, "psu": self.psus, "population": tuple(self.population)}
        return {
            name: column
            for role, columns in roles.items()
            for name, column in zip(stage_names(role, len(columns)), columns, strict=True)
        }


def stage_names(role: str, stages: int) -> list[str]:
    """Our names of one role's columns.

    Examples
    --------
    >>> stage_names("psu", 3)
    ['psu', 'psu_2', 'psu_3']
    """
    return [role if at == 1 else f"{role}_{at}" for at in range(1, stages + 1)]


def _each(columns: StageColumns) -> tuple[str, ...]:
    return (columns,) if isinstance(columns, str) else tuple(columns)


@dataclass(frozen=True)
class CalibrationSettings:
    """Known population totals that the weights are made to meet.

    Attributes
    ----------
    method : {"poststratify", "rake", "linear", "raking", "logit"}
    source : str
        Who counted the population, and when.
    margins : dict of name -> (label or code as text -> people)
        The name is that of a group of the round, or of a variable of the file.
    bounds : (low, high), or ()
        Limits of new weight / old weight.
    """

    method: str
    source: str
    margins: dict[str, dict[str, float]]
    bounds: tuple[float, ...] = ()


@dataclass(frozen=True)
class Missing:
    """The codes of each kind of no-answer."""

    dont_know: tuple[float, ...] = ()
    refused: tuple[float, ...] = ()
    not_asked: tuple[float, ...] = ()

    def kinds(self) -> dict[float, str]:
        """Code -> kind."""
        return {code: f.name for f in fields(self) for code in getattr(self, f.name)}


@dataclass(frozen=True)
class Group:
    """A breakdown: a variable and which of its codes, or which band of values, make each group."""

    name: str
    variable: str
    codes: dict[str, tuple[float, ...]] = field(default_factory=dict)
    bands: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        return list(self.codes or self.bands)

    def members(self, values: np.ndarray, label: str) -> np.ndarray:
        """Which of the values (floats, NaN for none) belong to one label."""
        if label in self.codes:
            return np.isin(values, self.codes[label])
        low, high = self.bands[label]
        return (values >= low) & (values <= high)


@dataclass(frozen=True)
class QualityRules:
    """Thresholds for showing a number (METHODS.md gives the source of each)."""

    level: float = 0.95
    n_confidential: int = 5
    n_suppress: int = 25
    n_caution: int = 50
    psu_least: int = 2
    df_caution: float = 8
    n_effective_suppress: float = 30
    share_width_shown: float = 0.05
    share_width_suppress: float = 0.30
    share_relative_width: float = 1.30
    rse_suppress: float = 0.30
    score_rse_suppress: float = 0.30
