"""One cell's text and kind + its declared column -> its value and the form it was read in, or its fault.

Places are resolved a column at a time, in `analysis.intake.schemas.typed_places`; everything else is here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from analysis.intake.letters.dates import parse_date
from analysis.intake.letters.numbers import parse_number
from analysis.intake.letters.text import clean_text, fold_key
from analysis.intake.schemas.schema import Column

#: What counts as yes and no where a schema declares no codes of its own; "x" must be declared.
YES_NO = {
    "có": True, "đúng": True, "đạt": True, "yes": True, "y": True, "true": True, "1": True,
    "không": False, "sai": False, "không đạt": False, "no": False, "n": False, "false": False, "0": False,
}  # fmt: skip
#: How a reader says that a cell holds no usable value.
UNUSABLE = {"error": "error_cell", "formula_empty": "formula_empty"}
#: "1.234": a thousand, or a little over one.
_ONE_SIGN = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")
_MOBILE = re.compile(r"0(?:[35789]\d{8}|2\d{9})")


@dataclass(frozen=True)
class Cell:
    """What became of one cell.

    Attributes
    ----------
    value : object
        None where it has none.
    form : str
        The form it was read in, such as "dd/mm/yyyy".
    fault : str
        Code of what is wrong; "" where nothing is.
    meaning : str
        What an absent mark stands for.
    """

    value: Any = None
    form: str = ""
    fault: str = ""
    meaning: str = ""


def read_cell(column: Column, text: str, kind: str) -> Cell:
    """Type one cell by its declared column.

    Parameters
    ----------
    column : Column
    text : str
        The cell's text; "" where empty.
    kind : str
        How it was stored: a category of `RawTable.kinds`.

    Returns
    -------
    Cell
    """
    if kind in UNUSABLE:
        return Cell(fault=UNUSABLE[kind])
    clean = clean_text(text)
    if not clean:
        return Cell(fault="blank" if column.required else "")
    meaning = _marks(column).get(fold_key(clean), "")
    if meaning:
        return Cell(form=f"mark {clean}={meaning}", meaning=meaning)
    cell = _READERS[column.type](column, clean, kind)
    if cell.fault or cell.value is None:
        return cell
    return Cell(fault="out_of_range") if _outside(column, cell.value) else cell


def _marks(column: Column) -> dict[str, str]:
    return {fold_key(mark): meaning for mark, meaning in column.absent_marks.items()}


def _outside(column: Column, value: Any) -> bool:
    is_date = column.type == "date"
    read = date.fromisoformat if is_date else float
    seen = value[0] if is_date else value
    below = column.low and seen < read(column.low)
    return bool(below or (column.high and seen > read(column.high)))


def _text(column: Column, text: str, kind: str) -> Cell:
    return Cell(text)


def _number(column: Column, text: str, kind: str) -> Cell:
    if kind == "number":  # as a spreadsheet stores it: always with a point
        value = float(text)
        return Cell(value, "number") if isfinite(value) else Cell(fault="not_number")
    if kind == "date":  # 7.5 typed where the point parts day and month: Excel made it 7 May
        return Cell(fault="number_became_date")
    if kind == "bool":
        return Cell(fault="not_number")
    parsed = parse_number(text, column.decimal)
    if parsed.value is not None:
        return Cell(parsed.value, parsed.form)
    if column.decimal != "auto":
        other = parse_number(text).value is not None
        return Cell(fault="other_decimal" if other else "not_number")
    return Cell(fault="ambiguous_number" if _ONE_SIGN.fullmatch(text) else "not_number")


def _whole(column: Column, text: str, kind: str) -> Cell:
    cell = _number(column, text, kind)
    if cell.value is not None and not float(cell.value).is_integer():
        return Cell(fault="not_whole")
    return cell


def _date(column: Column, text: str, kind: str) -> Cell:
    if kind in ("bool", "merged"):
        kind = "text"
    parsed = parse_date(text, column.date_forms, kind=kind)
    if parsed.value is not None:
        return Cell((parsed.value, parsed.precision), parsed.form)
    if not parsed.form:
        return Cell(fault="not_date")
    return Cell(fault="impossible_date" if parsed.form in column.date_forms else "undeclared_date_form")


def _year(column: Column, text: str, kind: str) -> Cell:
    if kind != "date" and re.fullmatch(r"\d{4}(\.0)?", text):
        return Cell(float(text), "year")
    if column.date_forms:
        cell = _date(column, text, kind)
        return cell if cell.value is None else Cell(float(cell.value[0].year), cell.form)
    return Cell(fault="not_year")


def _code(column: Column, text: str, kind: str) -> Cell:
    known = {fold_key(typed): code for typed, code in column.codes.items()}
    known |= {fold_key(code): code for code in column.codes.values() if fold_key(code) not in known}
    code = known.get(fold_key(text))
    return Cell(fault="unknown_code") if code is None else Cell(code)


def _yes_no(column: Column, text: str, kind: str) -> Cell:
    if not column.codes:
        value = YES_NO.get(fold_key(text))
    else:
        meant = {fold_key(typed): code for typed, code in column.codes.items()}.get(fold_key(text), "")
        value = YES_NO.get(fold_key(meant))
    return Cell(fault="not_yes_no") if value is None else Cell(value)


def _phone(column: Column, text: str, kind: str) -> Cell:
    digits = re.sub(r"[\s.()-]", "", text)
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    if kind == "number" and re.fullmatch(r"[235789]\d{8,9}", digits):
        return Cell(f"0{digits}", "zero lost") if _MOBILE.fullmatch(f"0{digits}") else Cell(fault="not_phone")
    return Cell(digits, "phone") if _MOBILE.fullmatch(digits) else Cell(fault="not_phone")


def _key(column: Column, text: str, kind: str) -> Cell:
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+", text) or (kind == "number" and "." in text):
        return Cell(fault="key_became_number")
    if kind in ("date", "bool"):
        return Cell(fault="key_became_number")
    if not re.search(r"\w", text):
        return Cell(fault="blank" if column.required else "no_key")
    return Cell(text, "number" if kind == "number" else "text")


_READERS: dict[str, Callable[[Column, str, str], Cell]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "score": _number,
    "date": _date,
    "year": _year,
    "code": _code,
    "yes_no": _yes_no,
    "district": _text,
    "commune": _text,
    "phone": _phone,
    "key": _key,
}
