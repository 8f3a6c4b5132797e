"""data/rounds/<round>.toml -> one frozen `Round`; nothing else in the project reads settings."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np

from analysis import paths
from analysis.errors import BadRows, UnknownName, nearest, shown
from analysis.places import read_places

LONE_PSU_POLICIES = ("stop", "adjust", "average", "certainty", "remove")
#: What the template leaves empty, and what may not stay so: an unnamed column or source helps nobody.
_FILLED = {
    "": ("title_vi", "title_en", "province", "file", "codebook", "framework", "source"),
    "columns": ("respondent", "district"),
    "design": ("weight", "stratum", "psu"),
}
_YEARS = (2000, 2100)
_LEVELS = (0.5, 0.999)


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
    n_suppress: int = 25
    n_caution: int = 50
    df_caution: float = 8
    n_effective_suppress: float = 30
    share_width_shown: float = 0.05
    share_width_suppress: float = 0.30
    share_relative_width: float = 1.30
    rse_suppress: float = 0.30


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
    """The declared rounds; a file whose name starts with "_" is none (`_template.toml`)."""
    names = (path.stem for path in paths.rows_folder("rounds").glob("*.toml"))
    return sorted(name for name in names if not name.startswith("_"))


def read_round(name: str) -> Round:
    """Read one round's settings.

    Raises
    ------
    UnknownName
        When no such round is declared; the nearest names are given.
    BadRows
        When a key is missing, unknown, empty, of the wrong kind or out of range.
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


def read_previous(survey_round: Round) -> Round | None:
    """The round that this one is compared with, or None where it names none.

    Raises
    ------
    BadRows
        When there is no such round, when it is this one, of another province or no earlier year, or
        when one of the two is simulated and the other is not: a change between them says nothing.
    """
    name, path = survey_round.previous, survey_round.settings_file
    if not name:
        return None
    others = [other for other in round_names() if other != survey_round.survey_round]
    if name not in others:
        known = ", ".join(nearest(name, others) or others)
        vi = f"previous: không có vòng {name} nào khác để so sánh"
        raise _bad(path, "previous", f'another round ({known}), or "" for none', name, vi)
    previous = read_round(name)
    if previous.simulated != survey_round.simulated:
        real, made = (name, path.stem) if survey_round.simulated else (path.stem, name)
        got = f'"{real}" is real, "{made}" is simulated'
        vi = "previous: không được so sánh số liệu thật với dữ liệu mô phỏng"
        raise _bad(path, "previous", "two rounds that are both real, or both simulated", got, vi)
    if previous.province != survey_round.province or previous.year >= survey_round.year:
        expected = f"a round of province {survey_round.province} before {survey_round.year}"
        vi = "previous: phải là vòng của cùng tỉnh, ở năm trước đó"
        raise _bad(path, "previous", expected, f"province {previous.province}, {previous.year}", vi)
    return previous


def _parse(raw: dict[str, Any], path: Path) -> Round:
    names = ("columns", "design", "missing", "groups", "quality")
    tables = {name: _table(raw.pop(name, {}), name, path) for name in names}
    columns = _section(Columns, tables["columns"], "columns", path)
    design = _section(DesignColumns, tables["design"], "design", path)
    quality = _section(QualityRules, tables["quality"], "quality", path)
    missing = _missing(tables["missing"], path)
    parts = dict(columns=columns, design=design, missing=missing, quality=quality)
    parts["groups"] = tuple(_group(name, spec, path) for name, spec in tables["groups"].items())
    survey_round = _section(Round, {**raw, **parts}, "", path)
    _check(survey_round, path)
    return survey_round


def _check(survey_round: Round, path: Path) -> None:
    """Stop on values that are of the right kind and cannot be meant."""
    design, quality = survey_round.design, survey_round.quality
    for section, keys in _FILLED.items():
        part = getattr(survey_round, section) if section else survey_round
        empty = [key for key in keys if not getattr(part, key).strip()]
        if empty:
            key = f"[{section}] {empty[0]}" if section else empty[0]
            raise _bad(path, f"{key} is empty", "a text", '""', f"{key} còn để trống")
    if survey_round.survey_round != path.stem:
        raise _bad(path, "survey_round differs from the file's name", path.stem, survey_round.survey_round)
    if not _YEARS[0] <= survey_round.year <= _YEARS[1]:
        raise _bad(path, "year", "the year of the fieldwork", str(survey_round.year))
    places = read_places()
    if not places.districts_of(survey_round.province):
        known = ", ".join(sorted(set(places.districts["province"])))
        expected = f"a province whose districts are in data/places/districts.csv ({known})"
        vi = f"province: danh mục chưa có huyện nào của tỉnh mã {survey_round.province}"
        raise _bad(path, "province", expected, survey_round.province, vi)
    if design.lone_psu not in LONE_PSU_POLICIES:
        raise _bad(path, "[design] lone_psu", f"one of {', '.join(LONE_PSU_POLICIES)}", design.lone_psu)
    if bool(design.district_stratum) != bool(design.district_psu):
        raise _bad(
            path, "the district design is half declared", "both district_stratum and district_psu", "one"
        )
    if not _LEVELS[0] <= quality.level <= _LEVELS[1]:
        expected = f"a share from {_LEVELS[0]} to {_LEVELS[1]}, such as 0.95"
        vi = "[quality] level: độ tin cậy phải từ 0.5 đến 0.999"
        raise _bad(path, "[quality] level", expected, f"{quality.level:g}", vi)
    for key in (f.name for f in fields(QualityRules) if f.name != "level"):
        if not getattr(quality, key) >= 0:
            raise _bad(path, f"[quality] {key}", "a number, 0 or more", str(getattr(quality, key)))


def _table(raw: object, name: str, path: Path) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _bad(path, f"[{name}]", "a section of keys and values", repr(raw))
    return raw


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
        given = getattr(value, key)
        if wanted and (not isinstance(given, wanted) or (wanted is not bool and isinstance(given, bool))):
            raise _bad(path, f"{at}{key}", f"{spec.type}", repr(given))
    return value


def _missing(raw: dict[str, Any], path: Path) -> Missing:
    missing = _section(
        Missing,
        {kind: _codes(codes, f"[missing] {kind}", path) for kind, codes in raw.items()},
        "missing",
        path,
    )
    codes = [code for f in fields(Missing) for code in getattr(missing, f.name)]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise _bad(path, "[missing]", "each code in one kind of no-answer", f"{shown(twice)} in two")
    return missing


def _codes(values: object, at: str, path: Path) -> tuple[float, ...]:
    """A list of numbers as a tuple."""
    numbers = isinstance(values, list) and all(type(value) in (int, float) for value in values)
    if not numbers:
        raise _bad(path, at, "a list of numbers in brackets, such as [888]", repr(values))
    return tuple(values)


def _group(name: str, spec: object, path: Path) -> Group:
    at = f"[groups.{name}]"
    given = _table(spec, f"groups.{name}", path)
    codes, bands = (_table(given.get(key, {}), f"groups.{name}.{key}", path) for key in ("codes", "bands"))
    wrong_keys = set(given) - {"variable", "codes", "bands"} or bool(codes) == bool(bands)
    if wrong_keys or not isinstance(given.get("variable"), str) or not given["variable"].strip():
        raise _bad(path, at, "variable, and either codes or bands", ", ".join(given))
    group = Group(
        name,
        given["variable"],
        {label: _codes(values, f"{at} codes, {label}", path) for label, values in codes.items()},
        {label: _codes(values, f"{at} bands, {label}", path) for label, values in bands.items()},
    )
    for label, band in group.bands.items():
        if len(band) != 2 or band[0] > band[1]:
            raise _bad(path, f"{at} bands, {label}", "[lowest, highest]", str(list(band)))
    return group


def _bad(path: Path, what: str, expected: str, got: str, vi: str = "") -> BadRows:
    return BadRows(
        f"A survey round's settings are wrong: {what}.",
        vi=f"Tệp cấu hình vòng khảo sát sai ({vi or what}). Hãy sửa tệp rồi chạy lại.",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint="Mend the file; data/rounds/_template.toml explains every key.",
    )
