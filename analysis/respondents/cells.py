"""A table as stored -> cells that can be compared with a text and set from one, in the column's own type."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

import numpy as np
import pandas as pd

from analysis.respondents.identifiers import text_code
from analysis.tagged_missing import CODE_OF_TAG

_NOT_A_NUMBER = ("kiểu của cột là số, dùng dấu chấm thập phân", "a number, with a decimal point")
_NOT_WHOLE = ("cột chỉ chứa số nguyên", "a whole number")
_NOT_A_DATE = ("cột chứa ngày, viết dạng năm-tháng-ngày", "a date, such as 2026-03-31")
_NO_CATEGORY = ("không phải một trong các giá trị của cột", "one of the column's values")
_NOT_YES_NO = ("cột chứa đúng/sai", "true or false")


class Cells:
    """A table being changed cell by cell; the one given stays as it is.

    Rows are meant by their position in the table given, which dropping others does not move.

    Parameters
    ----------
    table : DataFrame
    respondent : str
        Its column of codes.
    """

    def __init__(self, table: pd.DataFrame, respondent: str) -> None:
        self.respondent = respondent
        self.names = set(table.columns)
        self._table = table
        self._columns: dict[str, pd.Series] = {}
        self._dropped: set[int] = set()
        self._codes = text_code(table[respondent]).tolist()
        self._places: dict[str, list[int]] = {}
        for place, code in enumerate(self._codes):
            self._places.setdefault(code, []).append(place)

    def places_of(self, code: str) -> list[int]:
        """Positions of the rows with this respondent's code."""
        return list(self._places.get(code, ()))

    def holds(self, place: int, name: str, text: str) -> bool:
        """Whether a cell holds what the text says; an empty text means a blank.

        Notes
        -----
        Numbers compare as numbers: whole ones exactly, others to six figures, because a file's single
        precision shows 1.2345679 for what was typed as 1.234567880. A declared tag of Stata is ".a".
        """
        cell = self._column(name).iloc[place]
        if _blank(cell) or not text:
            return _blank(cell) and not text
        wanted, there = CODE_OF_TAG.get(text, _number(text)), _number(cell)
        if wanted is not None and there is not None:
            if float(wanted).is_integer() or float(there).is_integer():
                return wanted == there
            return math.isclose(wanted, there, rel_tol=1e-6)
        return _as_text(cell) == unicodedata.normalize("NFC", text.strip())

    def put(self, place: int, name: str, text: str) -> tuple[str, str] | None:
        """Set a cell, or blank it where the text is empty.

        Returns
        -------
        tuple of two str, or None
            Why it cannot be, in Vietnamese, and what the column holds, in English; None when it was set.
        """
        column = self._column(name)
        value, why = (None, None) if not text else _typed(column, text, place)
        if why:
            return why
        if value is None and pd.api.types.is_numeric_dtype(column) and isinstance(column.dtype, np.dtype):
            column = column.astype(object if column.dtype == bool else float)  # integers have no blank
        elif isinstance(value, int) and isinstance(column.dtype, np.dtype) and column.dtype != bool:
            column = column.astype(np.promote_types(column.dtype, np.min_scalar_type(value)))
        column = column.copy()
        column.iloc[place] = value
        self._columns[name] = column
        if name == self.respondent:
            self._rename(place, text_code(column.iloc[[place]]).iloc[0])
        return None

    def drop(self, place: int) -> None:
        """Leave a row out of the table."""
        self._dropped.add(place)
        self._places[self._codes[place]].remove(place)

    def table(self) -> pd.DataFrame:
        """The table as changed, with the index it had."""
        kept = [place for place in range(len(self._table)) if place not in self._dropped]
        return self._table.assign(**self._columns).iloc[kept]

    def _column(self, name: str) -> pd.Series:
        return self._columns.get(name, self._table[name])

    def _rename(self, place: int, code: str) -> None:
        self._places[self._codes[place]].remove(place)
        self._codes[place] = code
        self._places.setdefault(code, []).append(place)


def _typed(column: pd.Series, text: str, place: int) -> tuple[object, tuple[str, str] | None]:
    """A text as a value of the column's type, and why it is none."""
    if pd.api.types.is_bool_dtype(column):
        known = {"true": True, "false": False}
        return known.get(text.casefold()), None if text.casefold() in known else _NOT_YES_NO
    if isinstance(column.dtype, pd.CategoricalDtype):
        match = [value for value in column.cat.categories if str(value) == text]
        return (match[0], None) if match else (None, _NO_CATEGORY)
    if pd.api.types.is_numeric_dtype(column):
        number = _number(text)
        if number is None:
            return None, _NOT_A_NUMBER
        if pd.api.types.is_integer_dtype(column):
            return (int(number), None) if number.is_integer() else (None, _NOT_WHOLE)
        return number, None
    filled = {at: cell for at, cell in enumerate(column) if not _blank(cell)}
    if pd.api.types.is_datetime64_any_dtype(column) or (filled and _all_dates(filled.values())):
        return _date(text, column)
    others = [cell for at, cell in filled.items() if at != place]
    words = _number(text) is None and not text.isdigit()
    if others and words and all(_number(cell) is not None for cell in others):
        return None, _NOT_A_NUMBER  # a .csv is all text, yet this column holds numbers
    return text, None


def _all_dates(cells: Iterable[object]) -> bool:
    return all(isinstance(cell, date) for cell in cells)


def _date(text: str, column: pd.Series) -> tuple[object, tuple[str, str] | None]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, _NOT_A_DATE
    return (pd.Timestamp(day) if pd.api.types.is_datetime64_any_dtype(column) else day), None


def _blank(cell: object) -> bool:
    return bool(pd.isna(cell)) or (isinstance(cell, str) and not cell.strip())


def _number(cell: object) -> float | None:
    """A number, or None; "01" is a code and not the number 1."""
    if isinstance(cell, bool | np.bool_):
        return None
    if isinstance(cell, int | float | np.number):
        return float(cell) if math.isfinite(cell) else None
    text = cell.strip() if isinstance(cell, str) else ""
    unsigned = text.lstrip("+-")
    if unsigned[:1] not in tuple("0123456789.") or (unsigned[0] == "0" and unsigned[1:2].isdigit()):
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in text else None


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime) and cell == datetime.combine(cell.date(), datetime.min.time()):
        return cell.date().isoformat()
    return unicodedata.normalize("NFC", str(cell).strip())
