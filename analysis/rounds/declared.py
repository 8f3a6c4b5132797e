"""data/rounds/<round>.toml -> one frozen `Round`; nothing else in the project reads settings."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import UnknownName, nearest, shown
from analysis.findings import stop_on
from analysis.places import read_places
from analysis.rounds.context_files import ContextFiles, read_context_files
from analysis.rounds.decisions import check_decisions
from analysis.rounds.file_settings import (
    CheckRules,
    Fieldwork,
    FileFormat,
    read_check_rules,
    read_fieldwork,
    read_file_format,
)
from analysis.rounds.reading import (
    bad_settings,
    read_calibration,
    read_design,
    read_group,
    read_missing,
    read_section,
    read_table,
)
from analysis.rounds.settings import (
    CalibrationSettings,
    Columns,
    DesignColumns,
    Group,
    Missing,
    QualityRules,
)

__all__ = [
    "CalibrationSettings",
    "CheckRules",
    "Columns",
    "ContextFiles",
    "DesignColumns",
    "Fieldwork",
    "FileFormat",
    "Group",
    "Missing",
    "QualityRules",
    "Round",
    "read_previous",
    "read_round",
    "round_file",
    "round_names",
]

#: What the template leaves empty, and what may not stay so: an unnamed column or source helps nobody.
_FILLED = {
    "": ("title_vi", "title_en", "province", "file", "codebook", "framework", "source"),
    "columns": ("respondent", "district"),
    "design": ("weight", "psu"),
}
_YEARS = (2000, 2100)
_LEVELS = (0.5, 0.999)


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
    places: str = ""
    wording: str = ""
    calibration: CalibrationSettings | None = None
    file_format: FileFormat = field(default_factory=FileFormat)
    fieldwork: Fieldwork = field(default_factory=Fieldwork)
    checks: CheckRules = field(default_factory=CheckRules)
    context: ContextFiles = field(default_factory=ContextFiles)

    @property
    def cited(self) -> str:
        """The source as results and pages give it, with that of the totals the weights meet."""
        if self.calibration is None:
            return self.source
        return f"{self.source}; calibration: {self.calibration.source}"

    def margin_column(self, name: str) -> str:
        """The built column that holds each row's cell of a calibration margin."""
        return name if name in {group.name for group in self.groups} else f"margin_{name}"

    @property
    def data_file(self) -> Path:
        return paths.beside(self.settings_file) / self.file

    def context_file(self, name: str) -> Path | None:
        """A file of `context`, such as "administrative"; None where the round names none."""
        file = getattr(self.context, name)
        return paths.beside(self.settings_file) / file if file else None

    @property
    def settings_file(self) -> Path:
        return round_file(self.survey_round)

    @property
    def shown_settings(self) -> str:
        """The settings file as messages name it."""
        return paths.short(self.settings_file)

    @property
    def shown_places(self) -> str:
        """The folder of the round's places as messages name it."""
        return paths.short(paths.rows_folder("places", *filter(None, [self.places])))

    def title(self, language: str) -> str:
        return self.title_vi if language == "vi" else self.title_en


def round_file(name: str) -> Path:
    return paths.rows_file("rounds", f"{name}.toml")


def round_names() -> list[str]:
    """The declared rounds; a file whose name starts with "_" is none (`_template.toml`)."""
    names = paths.rows_files("rounds", "*.toml")
    return sorted(name for name in names if not name.startswith("_"))


def read_round(name: str) -> Round:
    """Read one round's settings.

    Raises
    ------
    UnknownName
        When no such round is declared; the nearest names are given.
    BadRows
        When a key is missing, unknown, empty, of the wrong kind or out of range, or a draft has
        something that is not decided yet.
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
            hint=f"Use {shown(close)}, or begin it: workbench round new {name} --file …",
        )
    path = round_file(name)
    stop_on(check_decisions(path))
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        vi = "tệp không đúng cú pháp TOML"
        raise bad_settings(path, "the file is not valid TOML", "UTF-8 TOML", str(fault), vi) from fault
    return _parse(raw, path)


def read_previous(survey_round: Round) -> Round | None:
    """The round that this one is compared with, or None where it names none.

    Raises
    ------
    BadRows
        When there is no such round, when it is this one, of another province, other places or no earlier
        year, or when one of the two is simulated and the other is not: a change between them says nothing.
    """
    name, path = survey_round.previous, survey_round.settings_file
    if not name:
        return None
    others = [other for other in round_names() if other != survey_round.survey_round]
    if name not in others:
        known = ", ".join(nearest(name, others) or others)
        vi = f"previous: không có vòng {name} nào khác để so sánh"
        raise bad_settings(path, "previous", f'another round ({known}), or "" for none', name, vi)
    previous = read_round(name)
    if previous.simulated != survey_round.simulated:
        real, made = (name, path.stem) if survey_round.simulated else (path.stem, name)
        got = f'"{real}" is real, "{made}" is simulated'
        vi = "previous: không được so sánh số liệu thật với dữ liệu mô phỏng"
        raise bad_settings(path, "previous", "two rounds that are both real, or both simulated", got, vi)
    same_places = (previous.places, previous.province) == (survey_round.places, survey_round.province)
    if not same_places or previous.year >= survey_round.year:
        expected = f"a round of province {survey_round.province} before {survey_round.year}"
        expected += f", places {survey_round.places}" if survey_round.places != previous.places else ""
        vi = "previous: phải là vòng của cùng tỉnh, ở năm trước đó"
        raise bad_settings(path, "previous", expected, f"province {previous.province}, {previous.year}", vi)
    return previous


def _parse(raw: dict[str, Any], path: Path) -> Round:
    names = (
        "columns", "design", "calibration", "missing", "groups", "quality",
        "file_format", "fieldwork", "checks", "context",
    )  # fmt: skip
    tables = {name: read_table(raw.pop(name, {}), name, path) for name in names}
    groups = {name: read_group(name, spec, path) for name, spec in tables["groups"].items()}
    parts = {
        "columns": read_section(Columns, tables["columns"], "columns", path),
        "design": read_design(tables["design"], path),
        "calibration": read_calibration(tables["calibration"], groups, path),
        "missing": read_missing(tables["missing"], path),
        "groups": tuple(groups.values()),
        "quality": read_section(QualityRules, tables["quality"], "quality", path),
        "file_format": read_file_format(tables["file_format"], path),
        "fieldwork": read_fieldwork(tables["fieldwork"], path),
        "checks": read_check_rules(tables["checks"], path),
        "context": read_context_files(tables["context"], path),
    }
    survey_round = read_section(Round, {**raw, **parts}, "", path)
    _check(survey_round, path)
    return survey_round


def _check(survey_round: Round, path: Path) -> None:
    """Stop on values that are of the right kind and cannot be meant."""
    quality = survey_round.quality
    for section, keys in _FILLED.items():
        part = getattr(survey_round, section) if section else survey_round
        empty = [key for key in keys if not "".join(getattr(part, key)).strip()]
        if empty:
            key = f"[{section}] {empty[0]}" if section else empty[0]
            raise bad_settings(path, f"{key} is empty", "a text", '""', f"{key} còn để trống")
    if survey_round.survey_round != path.stem:
        raise bad_settings(
            path, "survey_round differs from the file's name", path.stem, survey_round.survey_round,
            "survey_round khác tên tệp",
        )  # fmt: skip
    if not _YEARS[0] <= survey_round.year <= _YEARS[1]:
        raise bad_settings(path, "year", "the year of the fieldwork", str(survey_round.year), "year: năm sai")
    for key, file in (("places", "districts.csv"), ("wording", "pages.csv")):
        _need_folder(survey_round, key, file, path)
    places = read_places(folder=survey_round.places)
    if not places.districts_of(survey_round.province):
        known = ", ".join(sorted(set(places.districts["province"])))
        folder = survey_round.shown_places
        expected = f"a province whose districts are in {folder}/districts.csv ({known})"
        vi = f"province: danh mục chưa có huyện nào của tỉnh mã {survey_round.province}"
        raise bad_settings(path, "province", expected, survey_round.province, vi)
    if not _LEVELS[0] <= quality.level <= _LEVELS[1]:
        expected = f"a share from {_LEVELS[0]} to {_LEVELS[1]}, such as 0.95"
        vi = "[quality] level: độ tin cậy phải từ 0.5 đến 0.999"
        raise bad_settings(path, "[quality] level", expected, f"{quality.level:g}", vi)
    for key in (f.name for f in fields(QualityRules) if f.name != "level"):
        if not getattr(quality, key) >= 0:
            vi = f"[quality] {key}: phải là số không âm"
            raise bad_settings(
                path, f"[quality] {key}", "a number, 0 or more", str(getattr(quality, key)), vi
            )
    if quality.psu_least < 2:
        vi = "[quality] psu_least: phải từ 2 trở lên, vì một cụm không cho biết sai số"
        expected = "2 or more: one PSU has no variance"
        raise bad_settings(path, "[quality] psu_least", expected, str(quality.psu_least), vi)


def _need_folder(survey_round: Round, key: str, file: str, path: Path) -> None:
    """The round's own places or wording, where it names a folder of them, must be there."""
    name = getattr(survey_round, key)
    if not name:
        return
    plain = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", name)
    if not plain or not (paths.rows_folder(key, name) / file).is_file():
        vi = f"{key}: không có tệp {file} trong thư mục data/{key}/{name}"
        expected = f'a folder of data/{key} with {file}, or "" for the default'
        raise bad_settings(path, key, expected, name, vi)
