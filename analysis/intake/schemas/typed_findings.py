"""Typed columns + the raw table -> findings: each bad cell with its address, and what was read how.

A value in a personal column is never shown; see `analysis.intake.persons.masks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.persons.masks import show
from analysis.intake.schemas.typed_words import say_fault
from analysis.intake.table import RawTable

if TYPE_CHECKING:
    from analysis.intake.schemas.typed import TypedColumn

_FORMS = {
    "excel_serial": ("số ngày của Excel", "Excel day numbers"),
    "year": ("chỉ có năm", "year only"),
    "cell": ("ô ngày của Excel", "date cells"),
    "number": ("ô số", "number cells"),
    "0": ("số nguyên dạng chữ", "whole numbers as text"),
    "0,0": ("dấu phẩy thập phân", "decimal comma"),
    "0.0": ("dấu chấm thập phân", "decimal point"),
    "text": ("chữ", "text"),
    "zero lost": ("mất số 0 ở đầu (đã bù)", "leading zero lost (put back)"),
}


def bad_cells(raw: RawTable, columns: Sequence[TypedColumn]) -> Iterator[Finding]:
    """One finding a bad cell, of the kind its column's `on_bad` says."""
    for one in columns:
        column = one.column
        texts = raw.cells[one.heading]
        said: dict[str, tuple[str, str]] = {}
        for at in map(int, np.flatnonzero(one.faults != "")):
            fault, more = one.faults[at], one.more.get(at)
            if more is None and fault not in said:
                said[fault] = say_fault(column, fault)
            vi, en = said[fault] if more is None else say_fault(column, fault, more)
            text = texts.iat[at]
            place = column.type in ("district", "commune")
            yield Finding(
                fault,
                en,
                vi,
                where=raw.address(at, one.heading),
                kind=column.on_bad,
                value="" if pd.isna(text) else show(str(text), column.personal, place, column.known_values),
                **raw.place_of(at, one.heading),
            )


def say_rows_left_out(
    raw: RawTable, columns: Sequence[TypedColumn], left_out: np.ndarray
) -> Iterator[Finding]:
    """How many rows are left out, and for which columns."""
    total = int(left_out.sum())
    if not total:
        return
    causes = [
        (one.column, int((one.faults != "").sum())) for one in columns if one.column.on_bad == "left_out"
    ]
    vi = shown(f"{column.label_vi} ({count} ô)" for column, count in causes if count)
    en = shown(f"{column.label_en} ({count} cells)" for column, count in causes if count)
    yield Finding(
        "rows_left_out",
        f"{total} of {len(left_out)} rows are left out, because of: {en}. Mend those cells to count them.",
        f"{total} trong {len(left_out)} dòng bị loại, vì: {vi}. Hãy sửa các ô đó để tính cả dòng.",
        kind="note",
        got=f"{total}/{len(left_out)}",
        **_sheet(raw),
    )


def say_forms(raw: RawTable, one: TypedColumn) -> Iterator[Finding]:
    """In which forms a column of dates, or of anything written in several ways, was read."""
    marks = {form: count for form, count in one.forms.items() if form.startswith("mark ")}
    forms = {form: count for form, count in one.forms.items() if form not in marks}
    if not (marks or (forms if one.column.type == "date" else {"0,0", "0.0"} <= set(forms))):
        return
    counted: tuple[list[str], list[str]] = ([], [])
    for at in (0, 1):
        for form, count in forms.items():
            counted[at].append(f"{count} × {_FORMS.get(form, (form, form))[at]}")
        for form, count in marks.items():
            mark, _, meaning = form.removeprefix("mark ").rpartition("=")
            counted[at].append(f'{count} × "{mark}" ({meaning})')
    yield Finding(
        "forms_read",
        f"{one.column.label_en} was read as: {'; '.join(counted[1])}. Tell us if that is wrong.",
        f"{one.column.label_vi} được đọc là: {'; '.join(counted[0])}. Hãy báo nếu không đúng.",
        kind="note",
        column=one.heading,
        **_sheet(raw),
    )


def say_no_key(raw: RawTable, unhashed: Sequence[TypedColumn]) -> Iterator[Finding]:
    """Columns that are kept as a keyed hash only, when there is no key."""
    for one in unhashed:
        yield Finding(
            "no_hash_key",
            f"{one.column.label_en} was checked but not kept: no key was given. Name the key file to "
            "keep its hash.",
            f"{one.column.label_vi} đã được kiểm tra nhưng không giữ lại vì chưa có khóa. "
            "Hãy khai báo tệp khóa để giữ mã băm.",
            kind="note",
            column=one.heading,
            **_sheet(raw),
        )


def _sheet(raw: RawTable) -> dict[str, str]:
    return {"file": raw.path.name, "sheet": raw.sheet}
