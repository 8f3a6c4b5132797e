"""A round's TOML -> how its file is to be read, when the fieldwork was, and from when a note is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from analysis.rounds.reading import bad_settings, read_section

DECIMALS = ("point", "comma")
#: In which form the day of an interview may be written: names of `analysis.intake.letters.dates.FORMS`.
DATE_FORMS = ("dd/mm/yyyy", "iso", "excel_serial", "dd/mm/yy", "cell")


@dataclass(frozen=True)
class FileFormat:
    """[file_format]: what cannot be seen from the file itself; empty: found from it, and reported.

    Attributes
    ----------
    sheet : str
        Of a workbook; needed where several sheets hold rows.
    header_row : int
        Row or line of the headings, from 1; 0: looked for.
    encoding, delimiter : str
    legacy : str
        "tcvn3" or "vni" to have those letters turned into Unicode, "keep" to leave them.
    decimal : {"point", "comma"}
        The decimal sign of numbers stored as text; number cells of a workbook need none.
    blanks : tuple of str
        What stands in cells of text that are blank, such as R's "NA".
    """

    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    legacy: str = ""
    delimiter: str = ""
    decimal: str = "point"
    blanks: tuple[str, ...] = ()

    def reading(self) -> dict[str, Any]:
        """The keywords of `analysis.intake.reading.read_tables`."""
        return {key: value for key, value in vars(self).items() if key not in ("decimal", "blanks")}


@dataclass(frozen=True)
class Fieldwork:
    """[fieldwork]: first and last day, the columns that say when and by whom, and how days are written."""

    start: date | None = None
    end: date | None = None
    date: str = ""
    interviewer: str = ""
    date_forms: tuple[str, ...] = ("dd/mm/yyyy", "iso", "cell")


@dataclass(frozen=True)
class CheckRules:
    """[checks]: from when something odd is worth a note.

    Attributes
    ----------
    weight_ratio : float
        Largest weight / median weight above this.
    same_answers : int
        One code throughout a battery of at least so many answered questions.
    """

    weight_ratio: float = 10.0
    same_answers: int = 6


def read_file_format(raw: Mapping[str, Any], path: Path) -> FileFormat:
    """[file_format], every key optional."""
    raw = dict(raw)
    blanks = raw.get("blanks", [])
    if not isinstance(blanks, list) or not all(isinstance(mark, str) and mark.strip() for mark in blanks):
        vi = '[file_format] blanks: danh sách các ký hiệu ô trống, ví dụ ["NA"]'
        raise bad_settings(path, "[file_format] blanks", 'a list of texts, such as ["NA"]', repr(blanks), vi)
    raw["blanks"] = tuple(mark.strip() for mark in blanks)
    settings = read_section(FileFormat, raw, "file_format", path)
    if settings.decimal not in DECIMALS:
        expected = f"one of {', '.join(DECIMALS)}"
        vi = "[file_format] decimal: dấu thập phân là point (chấm) hoặc comma (phẩy)"
        raise bad_settings(path, "[file_format] decimal", expected, settings.decimal, vi)
    if settings.header_row < 0:
        vi = "[file_format] header_row: số thứ tự dòng tiêu đề, bắt đầu từ 1; 0 để máy tự tìm"
        raise bad_settings(
            path, "[file_format] header_row", "0 or a row from 1", str(settings.header_row), vi
        )
    return settings


def read_fieldwork(raw: Mapping[str, Any], path: Path) -> Fieldwork:
    """[fieldwork], every key optional; days as TOML dates or as text, year-month-day."""
    raw = dict(raw)
    for key in ("start", "end"):
        raw[key] = _day(raw.get(key) or None, f"[fieldwork] {key}", path)
    if "date_forms" in raw:
        raw["date_forms"] = _forms(raw["date_forms"], path)
    settings = read_section(Fieldwork, raw, "fieldwork", path)
    if settings.start and settings.end and settings.start > settings.end:
        vi = "[fieldwork]: ngày bắt đầu sau ngày kết thúc"
        got = f"{settings.start} to {settings.end}"
        raise bad_settings(path, "[fieldwork] start is after end", "start before end", got, vi)
    if settings.date and not (settings.start and settings.end):
        vi = "[fieldwork]: có cột ngày phỏng vấn thì cần ngày bắt đầu và ngày kết thúc"
        raise bad_settings(path, "[fieldwork] date without start and end", "both days", "one or none", vi)
    return settings


def _day(given: object, at: str, path: Path) -> date | None:
    if given is None or (isinstance(given, date) and not isinstance(given, datetime)):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as fault:
        vi = f"{at}: ngày viết dạng năm-tháng-ngày, ví dụ 2021-07-01"
        raise bad_settings(path, at, "a date such as 2021-07-01", repr(given), vi) from fault


def _forms(given: object, path: Path) -> tuple[str, ...]:
    if not isinstance(given, list) or not given or any(form not in DATE_FORMS for form in given):
        vi = f"[fieldwork] date_forms: danh sách gồm {', '.join(DATE_FORMS)}"
        raise bad_settings(
            path, "[fieldwork] date_forms", f"a list of {', '.join(DATE_FORMS)}", repr(given), vi
        )
    return tuple(given)


def read_check_rules(raw: Mapping[str, Any], path: Path) -> CheckRules:
    """[checks], every key optional."""
    rules = read_section(CheckRules, dict(raw), "checks", path)
    if not (rules.weight_ratio > 1 and rules.same_answers > 1):
        vi = "[checks]: weight_ratio và same_answers phải lớn hơn 1"
        got = f"weight_ratio {rules.weight_ratio:g}, same_answers {rules.same_answers}"
        raise bad_settings(path, "[checks]", "numbers above 1", got, vi)
    return rules
