"""A date as it stands in a cell + the forms that are declared -> a day or a year, or why it is not read.

Nothing is guessed: 05/03/1980 is the fifth of March, a number is a day of Excel only where that form is
declared, and a year of two digits has a century only by a declared form.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

FORMS = ("dd/mm/yyyy", "iso", "excel_serial", "year", "dd/mm/yy", "cell")
#: Years outside are slips of the hand.
FIRST_YEAR, LAST_YEAR = 1800, 2199
#: The first of the hundred years that two digits mean, as in Excel: 30 is 1930, 29 is 2029.
PIVOT = 1930
#: Day 0 of Excel's two calendars. That of 1900 counts a 29 February 1900 (day 60) that never was.
_DAY_ZERO = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
#: Five digits, so that no year is taken for a day, up to the end of 2099 (day 73050).
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})\s*([/.-])\s*(\d{{1,2}})\s*\2\s*(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.ASCII | re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})([-/])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class ParsedDate:
    """What became of a cell.

    Attributes
    ----------
    value : date or None
        The first of January where only the year is known.
    precision : {"day", "year", ""}
    form : str
        The declared form it was read in; where it is not read, the form it looks like, if any.
    why, why_vi : str
        Why it is not read, English and Vietnamese; "" where it is.
    """

    value: date | None
    precision: str = ""
    form: str = ""
    why: str = ""
    why_vi: str = ""


def parse_date(
    text: str, forms: Collection[str], *, kind: str = "text", pivot: int = PIVOT, epoch: int = 1900
) -> ParsedDate:
    """Read a date by its declared forms.

    Parameters
    ----------
    text : str
        A time of day after the date is left out. Of a date cell: ISO.
    forms : collection of str
        Which of `FORMS` are read. "dd/mm/yyyy" also takes points, dashes and "ngày 5 tháng 3 năm 1980".
    kind : {"text", "number", "date"}
        How the cell was stored.
    pivot : int
        The first of the hundred years that a year of two digits may mean; for "dd/mm/yy" alone.
    epoch : {1900, 1904}
        Which calendar of Excel its day numbers count in.

    Returns
    -------
    ParsedDate

    Raises
    ------
    ValueError
        For an unknown form, kind or epoch.

    Notes
    -----
    The forms exclude each other: four digits are a year, five a day number (10000 is 18 May 1927), whatever
    is declared; what is written in a form that is not declared is not read.

    Examples
    --------
    >>> parse_date("05/03/1980", ["dd/mm/yyyy"]).value
    datetime.date(1980, 3, 5)
    >>> parse_date("29221", ["excel_serial"], kind="number").value
    datetime.date(1980, 1, 1)
    >>> parse_date("12/25/1981", ["dd/mm/yyyy"]).why
    'There is no such day: month 25.'
    """
    unknown = [form for form in forms if form not in FORMS]
    if unknown or kind not in ("text", "number", "date") or epoch not in _DAY_ZERO:
        raise ValueError(f"forms are of {', '.join(FORMS)}; kind is text, number or date; epoch 1900 or 1904")
    text = text.strip()
    form, parts = _look(text, kind)
    if not form:
        return ParsedDate(None, "", "", "Not a date.", "Không phải là ngày.")
    if form not in forms:
        return _not_declared(form)
    if form == "excel_serial":
        return _serial(parts[0], epoch)
    if form == "year":
        return _day(parts[0], 1, 1, form, "year")
    day, month, year = parts
    return _day(_in_century(year, pivot) if form == "dd/mm/yy" else year, month, day, form, "day")


def _look(text: str, kind: str) -> tuple[str, tuple[int, ...]]:
    """The one form a text may have, and its numbers: day, month, year of a date."""
    if found := _ISO.fullmatch(text):
        day = (int(found[4]), int(found[3]), int(found[1]))
        return ("cell" if kind == "date" else "iso"), day
    if kind == "date":
        return "", ()
    if found := _DAY_FIRST.fullmatch(text):
        form = "dd/mm/yyyy" if len(found[4]) == 4 else "dd/mm/yy"
        return form, (int(found[1]), int(found[3]), int(found[4]))
    if found := _IN_WORDS.fullmatch(text):
        return "dd/mm/yyyy", tuple(int(part) for part in found.groups())
    for form, pattern in (("year", _YEAR), ("excel_serial", _SERIAL)):
        if found := pattern.fullmatch(text):
            return form, (int(found[1]),)
    return "", ()


def _in_century(year: int, pivot: int) -> int:
    return pivot + (year - pivot) % 100


def _serial(number: int, epoch: int) -> ParsedDate:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return ParsedDate(
            None,
            "",
            "excel_serial",
            f"Not a day number of Excel between {_FIRST_SERIAL} and {_LAST_SERIAL}.",
            f"Không phải số ngày của Excel trong khoảng {_FIRST_SERIAL} đến {_LAST_SERIAL}.",
        )
    return ParsedDate(_DAY_ZERO[epoch] + timedelta(days=number), "day", "excel_serial")


def _day(year: int, month: int, day: int, form: str, precision: str) -> ParsedDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        what, what_vi = f"year {year}", f"năm {year}"
    elif not 1 <= month <= 12:
        what, what_vi = f"month {month}", f"tháng {month}"
    else:
        try:
            return ParsedDate(date(year, month, day), precision, form)
        except ValueError:
            what, what_vi = f"day {day} of month {month} in {year}", f"ngày {day} tháng {month} năm {year}"
    return ParsedDate(
        None, "", form, f"There is no such day: {what}.", f"Không có ngày này trong lịch: {what_vi}."
    )


_NAMES = {
    "dd/mm/yyyy": ("day/month/year", "ngày/tháng/năm"),
    "iso": ("year-month-day", "năm-tháng-ngày"),
    "excel_serial": ("a day number of Excel", "số ngày của Excel"),
    "year": ("a year alone", "chỉ có năm"),
    "dd/mm/yy": ("day/month/year of two digits", "ngày/tháng/năm hai chữ số"),
    "cell": ("a date cell", "ô kiểu ngày"),
}


def _not_declared(form: str) -> ParsedDate:
    name, name_vi = _NAMES[form]
    return ParsedDate(
        None,
        "",
        form,
        f'Looks like {name}, which is not declared; declare the form "{form}" or type the date otherwise.',
        f'Có vẻ là {name_vi}, chưa được khai báo; hãy khai báo dạng "{form}" hoặc gõ lại ngày.',
    )
