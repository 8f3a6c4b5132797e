"""Raw tables of a round's TOML -> its sections, each key of the right kind and range, or a clear refusal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.errors import BadRows, shown
from analysis.rounds.settings import CalibrationSettings, DesignColumns, Group, Missing
from analysis.tagged_missing import CODE_OF_TAG, shown_code

LONE_PSU_POLICIES = ("stop", "adjust", "average", "certainty", "remove")
CALIBRATION_METHODS = ("poststratify", "rake", "linear", "raking", "logit")
#: Methods that can keep new weight / old weight within bounds.
_BOUNDED = ("linear", "raking", "logit")
#: Margins must add up to one population; the same share as `margins.refuse_other_sums`.
_SAME_SUM = 1e-10


def bad_settings(path: Path, what: str, expected: str, got: str, vi: str) -> BadRows:
    """The error for one key of a round's file."""
    return BadRows(
        f"A survey round's settings are wrong: {what}.",
        vi=f"Tệp cấu hình vòng khảo sát sai ({vi}). Hãy sửa tệp rồi chạy lại.",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint="Mend the file; data/rounds/_template.toml explains every key.",
    )


def read_table(raw: object, name: str, path: Path) -> dict[str, Any]:
    """A section, which must be one."""
    if not isinstance(raw, dict):
        raise bad_settings(
            path, f"[{name}]", "a section of keys and values", repr(raw), f"[{name}] phải là một mục"
        )
    return raw


def read_section(cls: type, raw: dict[str, Any], name: str, path: Path):
    """An object of `cls` from its keys: none unknown, none missing, plain ones of the declared kind."""
    known = {f.name: f for f in fields(cls)}
    unknown = [key for key in raw if key not in known]
    at = f"[{name}] " if name else ""
    if unknown:
        vi = f"{at}có khóa lạ: {shown(unknown)}"
        raise bad_settings(path, f"{at}unknown key", f"one of {', '.join(known)}", shown(unknown), vi)
    try:
        value = cls(**raw)
    except TypeError as fault:
        absent = [key for key in known if key not in raw]
        raise bad_settings(
            path, f"{at}a key is missing", f"{', '.join(known)}", f"without {shown(absent)}",
            f"{at}thiếu khóa {shown(absent)}",
        ) from fault  # fmt: skip
    for key, spec in known.items():
        wanted = {"str": str, "int": int, "bool": bool, "float": (int, float)}.get(spec.type)
        given = getattr(value, key)
        if wanted and (not isinstance(given, wanted) or (wanted is not bool and isinstance(given, bool))):
            raise bad_settings(
                path, f"{at}{key}", f"{spec.type}", repr(given), f"{at}{key}: giá trị sai kiểu"
            )
    return value


def read_design(raw: dict[str, Any], path: Path) -> DesignColumns:
    """[design]: which columns say how the sample was drawn."""
    raw = dict(raw)
    for key in ("stratum", "psu", "population"):
        if key in raw:
            raw[key] = _stage_columns(raw[key], key, path)
    design = read_section(DesignColumns, raw, "design", path)
    stages = len(design.psus)
    for key, columns in (("stratum", design.strata), ("population", design.population)):
        if len(columns) > stages:
            vi = f"[design] {key} có nhiều cột hơn số cấp chọn mẫu trong psu"
            raise bad_settings(
                path, f"[design] {key} has more columns than psu has stages",
                f"at most {stages}, as psu", f"{len(columns)}: {shown(columns)}", vi,
            )  # fmt: skip
    if design.lone_psu not in LONE_PSU_POLICIES:
        raise bad_settings(
            path, "[design] lone_psu", _one_of(LONE_PSU_POLICIES), design.lone_psu,
            "[design] lone_psu: cách xử lý không có trong danh sách",
        )  # fmt: skip
    if design.lone_in_domains and design.lone_psu not in ("adjust", "average"):
        vi = "[design] lone_in_domains chỉ dùng với lone_psu là adjust hoặc average"
        got = f"lone_in_domains = true with lone_psu = {design.lone_psu}"
        raise bad_settings(path, "[design] lone_in_domains", "lone_psu adjust or average beside it", got, vi)
    if bool(design.district_stratum) != bool(design.district_psu):
        both = "both district_stratum and district_psu"
        vi = "thiết kế cấp huyện mới khai báo một nửa: cần cả district_stratum và district_psu"
        raise bad_settings(path, "the district design is half declared", both, "one", vi)
    return design


def _stage_columns(given: object, key: str, path: Path) -> str | tuple[str, ...]:
    """A column's name, or a list of different names, one a stage (of `population` a list only)."""
    if isinstance(given, str) and key != "population":
        return given
    listed = isinstance(given, list) and all(isinstance(name, str) and name.strip() for name in given)
    one_each = "a list of columns" if key == "population" else "a column, or a list of columns"
    if not listed or len(set(given)) < len(given) or not (given or key == "population"):
        vi = f"[design] {key}: phải là tên cột, hoặc danh sách tên cột khác nhau, mỗi cấp chọn mẫu một cột"
        raise bad_settings(path, f"[design] {key}", f"{one_each}, one a stage, none twice", repr(given), vi)
    return tuple(given)


def read_calibration(
    raw: dict[str, Any], groups: Mapping[str, Group], path: Path
) -> CalibrationSettings | None:
    """[calibration]: how the weights are made to meet known totals; None where no method is named."""
    raw = dict(raw)
    margins = read_table(raw.pop("margins", {}), "calibration.margins", path)
    if not raw.get("method"):
        if margins or raw.get("bounds"):
            vi = "[calibration] method còn để trống"
            raise bad_settings(path, "[calibration] method is empty", _one_of(CALIBRATION_METHODS), '""', vi)
        if set(raw) <= {"method", "bounds", "source"}:
            return None
    raw["bounds"] = _codes(raw.get("bounds", []), "[calibration] bounds", path)
    raw["margins"] = {name: _margin(name, totals, groups, path) for name, totals in margins.items()}
    settings = read_section(CalibrationSettings, raw, "calibration", path)
    _check_calibration(settings, path)
    return settings


def _one_of(names: tuple[str, ...]) -> str:
    return f"one of {', '.join(names)}"


def _margin(name: str, raw: object, groups: Mapping[str, Group], path: Path) -> dict[str, float]:
    at = f"[calibration.margins.{name}]"
    totals = read_table(raw, f"calibration.margins.{name}", path)
    for label, total in totals.items():
        if type(total) not in (int, float) or not (math.isfinite(total) and total > 0):
            vi = f"{at} {label}: tổng dân số phải là số lớn hơn 0"
            raise bad_settings(path, f"{at} {label}", "people in the population, above 0", repr(total), vi)
    wanted = set(groups[name].labels) if name in groups else set(totals)
    if not totals or set(totals) != wanted:
        expected = f"a total for each of {', '.join(sorted(wanted)) or 'its codes'}"
        vi = f"{at}: mỗi nhóm phải có đúng một tổng dân số"
        raise bad_settings(path, at, expected, ", ".join(totals) or "no total", vi)
    return {label: float(total) for label, total in totals.items()}


def _check_calibration(settings: CalibrationSettings, path: Path) -> None:
    """A known method with a source, and bounds and margins that go with it and with each other."""
    method, bounds, margins = settings.method, settings.bounds, settings.margins
    if method not in CALIBRATION_METHODS:
        vi = "[calibration] method: cách hiệu chỉnh không có trong danh sách"
        raise bad_settings(path, "[calibration] method", _one_of(CALIBRATION_METHODS), method, vi)
    if not settings.source.strip():
        vi = "[calibration] source còn để trống: hãy ghi nguồn của các tổng dân số"
        raise bad_settings(path, "[calibration] source is empty", "who counted the people, when", '""', vi)
    if bounds and (method not in _BOUNDED or len(bounds) != 2 or not bounds[0] < 1 < bounds[1]):
        vi = (
            "[calibration] bounds: phải là [thấp, cao] với thấp < 1 < cao, chỉ dùng cho linear, raking, logit"
        )
        expected = f"[low, high] with low < 1 < high, for {', '.join(_BOUNDED)} only"
        raise bad_settings(path, "[calibration] bounds", expected, f"{list(bounds)} for {method}", vi)
    if method == "logit" and not bounds:
        vi = "[calibration] bounds: logit cần giới hạn [thấp, cao]"
        raise bad_settings(path, "[calibration] bounds", "[low, high]: logit needs them", "none", vi)
    if not margins or (method == "poststratify" and len(margins) > 1):
        expected = "one margin; rake takes several" if method == "poststratify" else "one margin or more"
        vi = "[calibration.margins]: poststratify cần đúng một biến lề, các cách khác ít nhất một"
        raise bad_settings(path, "[calibration.margins]", expected, shown(margins) or "none", vi)
    sums = {name: sum(totals.values()) for name, totals in margins.items()}
    first = next(iter(sums.values()))
    if any(not math.isclose(total, first, rel_tol=_SAME_SUM) for total in sums.values()):
        got = shown(f"{name} {total:.12g}" for name, total in sums.items())
        vi = "[calibration.margins]: các biến lề phải cộng lại thành cùng một tổng dân số"
        raise bad_settings(path, "[calibration.margins]", "one sum of people in every margin", got, vi)


def read_missing(raw: dict[str, Any], path: Path) -> Missing:
    """[missing]: the codes of each kind of no-answer, no code in two."""
    codes = {kind: _missing_codes(values, f"[missing] {kind}", path) for kind, values in raw.items()}
    missing = read_section(Missing, codes, "missing", path)
    given = [code for f in fields(Missing) for code in getattr(missing, f.name)]
    twice = sorted({code for code in given if given.count(code) > 1})
    if twice:
        got = f"{shown(map(shown_code, twice))} in two"
        vi = "[missing]: mỗi mã chỉ thuộc một loại không trả lời"
        raise bad_settings(path, "[missing]", "each code in one kind of no-answer", got, vi)
    return missing


def _missing_codes(values: object, at: str, path: Path) -> tuple[float, ...]:
    """Numbers, and Stata's tags (".a") as the numbers that stand for them."""
    if isinstance(values, list):
        values = [CODE_OF_TAG.get(value, value) if isinstance(value, str) else value for value in values]
    return _codes(values, at, path)


def _codes(values: object, at: str, path: Path) -> tuple[float, ...]:
    """A list of numbers as a tuple."""
    numbers = isinstance(values, list) and all(type(value) in (int, float) for value in values)
    if not numbers:
        vi = f"{at}: phải là danh sách số trong ngoặc vuông, ví dụ [888]"
        raise bad_settings(path, at, "a list of numbers in brackets, such as [888]", repr(values), vi)
    return tuple(values)


def read_group(name: str, spec: object, path: Path) -> Group:
    """[groups.<name>]: a variable, and either codes or bands."""
    at = f"[groups.{name}]"
    given = read_table(spec, f"groups.{name}", path)
    codes, bands = (
        read_table(given.get(key, {}), f"groups.{name}.{key}", path) for key in ("codes", "bands")
    )
    wrong_keys = set(given) - {"variable", "codes", "bands"} or bool(codes) == bool(bands)
    if wrong_keys or not isinstance(given.get("variable"), str) or not given["variable"].strip():
        vi = f"{at}: cần variable, và codes hoặc bands"
        raise bad_settings(path, at, "variable, and either codes or bands", ", ".join(given), vi)
    group = Group(
        name,
        given["variable"],
        {label: _codes(values, f"{at} codes, {label}", path) for label, values in codes.items()},
        {label: _codes(values, f"{at} bands, {label}", path) for label, values in bands.items()},
    )
    for label, band in group.bands.items():
        if len(band) != 2 or band[0] > band[1]:
            vi = f"{at} bands, {label}: phải là [thấp nhất, cao nhất]"
            raise bad_settings(path, f"{at} bands, {label}", "[lowest, highest]", str(list(band)), vi)
    return group
