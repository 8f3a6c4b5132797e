"""One column of any table -> notes on values written in several forms: numbers, dates, codes with zeros.

Nothing is read as anything here: which form counts is declared afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE, column_note, each_cell
from analysis.intake.persons.masks import show
from analysis.intake.schemas.column_values import ColumnValues
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: A column is one of numbers, or of dates, when this share of its filled cells are.
MOSTLY = 0.6
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[.,  ]\d{3})+|\d+)(?:[.,]\d+)?%?")
_COMMA, _POINT = re.compile(r"[+-]?\d+,\d{1,2}"), re.compile(r"[+-]?\d+\.\d{1,2}")
_DATE_FORMS = {
    "d/m/yyyy": re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"),
    "yyyy-mm-dd": re.compile(r"\d{4}[/.-]\d{1,2}[/.-]\d{1,2}(?:[T ].*)?"),
    "d/m/yy": re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2}"),
    "m/yyyy": re.compile(r"\d{1,2}[/.-]\d{4}"),
    "yyyy": re.compile(r"(?:19|20)\d{2}"),
    "Excel serial": re.compile(r"[1-5]\d{4}"),
}


def check_forms(raw: RawTable, values: ColumnValues, hidden: bool) -> Iterator[Finding]:
    """Notes on one column.

    Parameters
    ----------
    raw : RawTable
    values : ColumnValues
    hidden : bool
        Whether the column looks personal, so that no value may be shown.
    """
    if not values.filled.any() or raw.value_labels.get(values.name):
        return
    forms = np.array([_date_form(text, kind) for text, kind in zip(values.texts, values.kinds, strict=True)])
    counts = values.counts
    dated = counts[np.isin(forms, ("date cell", "d/m/yyyy", "yyyy-mm-dd", "d/m/yy"))].sum()
    if dated > 0.5 * counts[values.filled].sum():
        yield from _dates(raw, values, forms, hidden)
    else:
        yield from _numbers(raw, values, hidden)
        yield from _zeros(raw, values, hidden)


def _date_form(text: str, kind: str) -> str:
    if kind == "date":
        return "date cell"
    return next((form for form, pattern in _DATE_FORMS.items() if pattern.fullmatch(text.strip())), "")


def _dates(raw: RawTable, values: ColumnValues, forms: np.ndarray, hidden: bool) -> Iterator[Finding]:
    counted = Counter()
    for form, count in zip(forms[values.filled], values.counts[values.filled], strict=True):
        counted[form or "other"] += int(count)
    if len(counted) < 2:
        return
    heading = shown_name(values.name)
    listed = ", ".join(f"{form} ({count})" for form, count in counted.most_common())
    yield column_note(
        raw,
        values.name,
        "mixed_date_forms",
        f'Cột "{heading}" viết ngày theo nhiều cách: {listed}. Hãy khai báo các cách được dùng, hoặc sửa '
        "cho thống nhất.",
        f'The column "{heading}" writes dates in several ways: {listed}. Declare which are read, or make '
        "them one.",
    )
    usual = counted.most_common(1)[0][0]
    odd = values.filled & (np.where(forms == "", "other", forms) != usual)
    if values.counts[odd].sum() > NAMED_ONE_BY_ONE:
        odd = values.filled & (forms == "")
    yield from _odd_ones(
        raw,
        values,
        odd,
        hidden,
        "odd_date_form",
        "Ngày viết khác với phần lớn cột. Hãy kiểm tra.",
        "The date is written unlike most of its column. Look at it.",
    )


def _numbers(raw: RawTable, values: ColumnValues, hidden: bool) -> Iterator[Finding]:
    """Words, numbers as text, and two decimal signs in a column that is mostly numbers."""
    shaped = np.array([bool(_NUMBER.fullmatch(text.strip())) for text in values.texts], dtype=bool)
    stored = values.kinds == "number"
    number = (shaped | stored) & values.filled & (values.kinds != "date")
    counts, filled = values.counts, values.filled & ~np.isin(values.kinds, ("error", "formula_empty"))
    if counts[number].sum() < MOSTLY * counts[filled].sum():
        return
    yield from _odd_ones(
        raw,
        values,
        filled & ~number,
        hidden,
        "word_among_numbers",
        "Chữ, ngày hoặc số viết sai trong cột số. Hãy sửa, hoặc khai báo nếu đó là ký hiệu (như v = vắng).",
        "A word, a date or a number wrongly written in a column of numbers. Mend it, or declare it if it "
        "is a mark (such as v for absent).",
    )
    if stored.any():
        yield from _odd_ones(
            raw,
            values,
            number & ~stored & (values.kinds == "text"),
            hidden,
            "number_as_text",
            "Số được lưu dạng chữ trong cột số. Hãy đổi ô sang dạng số hoặc khai báo dấu thập phân.",
            "A number stored as text in a column of numbers. Turn the cell into a number, or declare the "
            "decimal sign.",
        )
    yield from _decimals(raw, values)


def _decimals(raw: RawTable, values: ColumnValues) -> Iterator[Finding]:
    typed = values.kinds == "text"
    count = [
        int(
            values.counts[
                [bool(t and sign.fullmatch(text)) for text, t in zip(values.texts, typed, strict=True)]
            ].sum()
        )
        for sign in (_COMMA, _POINT)
    ]
    if all(count):
        heading = shown_name(values.name)
        yield column_note(
            raw,
            values.name,
            "mixed_decimals",
            f'Cột "{heading}" có cả dấu phẩy thập phân ({count[0]} ô) và dấu chấm thập phân ({count[1]} ô). '
            "Hãy dùng một loại.",
            f'The column "{heading}" has decimal commas ({count[0]} cells) and points ({count[1]} '
            "cells). Use one.",
        )


def _zeros(raw: RawTable, values: ColumnValues, hidden: bool) -> Iterator[Finding]:
    """Codes stored as numbers beside codes whose leading zero was kept: those have lost theirs."""
    kept = np.array([bool(re.fullmatch(r"0\d+", text)) for text in values.texts], dtype=bool)
    widths = {len(text) for text in values.texts[kept]}
    if len(widths) != 1:
        return
    width = widths.pop()
    short = np.array(
        [bool(re.fullmatch(rf"[1-9]\d{{{width - 2}}}", text)) for text in values.texts], dtype=bool
    )
    counts = values.counts
    if counts[kept | short].sum() < MOSTLY * counts[values.filled].sum():
        return
    yield from _odd_ones(
        raw,
        values,
        short & (values.kinds == "number"),
        hidden,
        "leading_zero_lost",
        f"Mã thiếu số 0 ở đầu (các mã khác có {width} chữ số). Hãy định dạng cột là Văn bản rồi gõ lại mã.",
        f"The code lacks its leading zero (others have {width} digits). Format the column as text and "
        "type it again.",
    )


def _odd_ones(
    raw: RawTable, values: ColumnValues, chosen: np.ndarray, hidden: bool, code: str, vi: str, en: str
) -> Iterator[Finding]:
    yield from each_cell(
        raw,
        values.rows(chosen),
        values.name,
        code,
        vi,
        en,
        value=lambda at: show(values.texts[values.codes[at]], hidden, place=True),
    )
