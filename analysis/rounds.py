"""data/rounds/<round>.toml -> one frozen `Round`; nothing else in the project reads settings."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import BadRows, UnknownName, nearest, shown

LONE_PSU_POLICIES = ("stop", "adjust", "average", "certainty", "remove")


@dataclass(frozen=True)
class Columns:
    """The file's own names of the columns that say who and where."""

    respondent: str
    district: str
    commune: str = ""
    village: str = ""


@dataclass(frozen=True)
class DesignColumns:
    """The file's own names of the design columns.

    `district_stratum` and `district_psu` declare a second design for figures about one district,
    used where the province's PSUs are the districts themselves, so that a district is one PSU and
    has no standard error of its own (METHODS.md, "Two designs").
    """

    weight: str
    stratum: str
    psu: str
    lone_psu: str = "stop"
    district_stratum: str = ""
    district_psu: str = ""

    @property
    def has_district_design(self) -> bool:
        return bool(self.district_stratum)


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


@dataclass(frozen=True)
class QualityRules:
    """Thresholds for showing a number (METHODS.md gives the source of each)."""

    level: float = 0.95
    n_suppress: int = 25
    n_caution: int = 50
    df_caution: float = 8
    width_caution: float = 0.30


@dataclass(frozen=True)
class Round:
    """One run of the survey, as its TOML declares it."""

    survey_round: str
    title_vi: str
    title_en: str
    year: int
    simulated: bool
    province: str
    file: str
    codebook: str
    framework: str
    source: str
    columns: Columns
    design: DesignColumns
    missing: Missing
    groups: tuple[Group, ...]
    quality: QualityRules
    previous: str = ""

    @property
    def data_file(self) -> Path:
        return paths.data_folder() / self.file

    @property
    def settings_file(self) -> Path:
        return round_file(self.survey_round)

    def title(self, language: str) -> str:
        return self.title_vi if language == "vi" else self.title_en


def round_file(name: str) -> Path:
    return paths.rows_folder("rounds") / f"{name}.toml"


def round_names() -> list[str]:
    return sorted(path.stem for path in paths.rows_folder("rounds").glob("*.toml"))


def read_round(name: str) -> Round:
    """Read one round's settings.

    Raises
    ------
    UnknownName
        When no such round is declared; the nearest names are given.
    BadRows
        When a key is missing, unknown or of the wrong kind.
    """
    names = round_names()
    if name not in names:
        close = nearest(name, names) or names
        raise UnknownName(
            f'There is no survey round "{name}".',
            vi=f'Không có vòng khảo sát "{name}". Các vòng gần giống: {shown(close)}.',
            where=paths.short(paths.rows_folder("rounds")),
            expected=f"one of {shown(names)}",
            got=name,
            hint=f"Use {shown(close)}, or add data/rounds/{name}.toml.",
        )
    path = round_file(name)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise _bad(path, "the file is not valid TOML", "UTF-8 TOML", str(fault)) from fault
    return _parse(raw, path)


def _parse(raw: dict[str, Any], path: Path) -> Round:
    columns = _section(Columns, raw.pop("columns", {}), "columns", path)
    design = _section(DesignColumns, raw.pop("design", {}), "design", path)
    missing_raw = {kind: tuple(codes) for kind, codes in raw.pop("missing", {}).items()}
    missing = _section(Missing, missing_raw, "missing", path)
    quality = _section(QualityRules, raw.pop("quality", {}), "quality", path)
    groups = tuple(_group(name, spec, path) for name, spec in raw.pop("groups", {}).items())
    parts = dict(columns=columns, design=design, missing=missing, quality=quality, groups=groups)
    survey_round = _section(Round, {**raw, **parts}, "", path)
    if survey_round.survey_round != path.stem:
        raise _bad(path, "survey_round differs from the file's name", path.stem, survey_round.survey_round)
    if design.lone_psu not in LONE_PSU_POLICIES:
        raise _bad(path, "design.lone_psu", f"one of {', '.join(LONE_PSU_POLICIES)}", design.lone_psu)
    if bool(design.district_stratum) != bool(design.district_psu):
        raise _bad(
            path, "the district design is half declared", "both district_stratum and district_psu", "one"
        )
    return survey_round


def _section(cls: type, raw: dict[str, Any], name: str, path: Path):
    known = {f.name: f for f in fields(cls)}
    unknown = [key for key in raw if key not in known]
    at = f"[{name}] " if name else ""
    if unknown:
        raise _bad(path, f"{at}unknown key", f"one of {', '.join(known)}", shown(unknown))
    try:
        value = cls(**raw)
    except TypeError as fault:
        absent = [key for key in known if key not in raw]
        raise _bad(
            path, f"{at}a key is missing", f"{', '.join(known)}", f"without {shown(absent)}"
        ) from fault
    for key, spec in known.items():
        wanted = {"str": str, "int": int, "bool": bool, "float": (int, float)}.get(spec.type)
        if wanted and not isinstance(getattr(value, key), wanted):
            raise _bad(path, f"{at}{key}", f"{spec.type}", repr(getattr(value, key)))
    return value


def _group(name: str, spec: dict[str, Any], path: Path) -> Group:
    codes = {label: tuple(values) for label, values in spec.get("codes", {}).items()}
    bands = {label: tuple(values) for label, values in spec.get("bands", {}).items()}
    if set(spec) - {"variable", "codes", "bands"} or bool(codes) == bool(bands) or "variable" not in spec:
        raise _bad(path, f"[groups.{name}]", "variable, and either codes or bands", ", ".join(spec))
    if any(len(band) != 2 for band in bands.values()):
        raise _bad(path, f"[groups.{name}] bands", "[lowest, highest] for each", str(spec["bands"]))
    return Group(name, spec["variable"], codes, bands)


def _bad(path: Path, what: str, expected: str, got: str) -> BadRows:
    return BadRows(
        f"A survey round's settings are wrong: {what}.",
        vi=f"Tệp cấu hình vòng khảo sát sai ({what}). Hãy sửa tệp rồi chạy lại.",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint="Mend the file; data/rounds/example-2021.toml shows every key.",
    )
