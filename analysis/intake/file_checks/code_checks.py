"""Columns of any table -> notes on codes: some without a label, some that look like "no answer"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import column_note, rows_of, table_note
from analysis.intake.schemas.column_values import ColumnValues
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: A labelled variable is one of codes when this share of its values have labels.
MOSTLY_LABELLED = 0.5
#: Numbers that surveys use for "don't know", "refused", "not asked".
NO_ANSWER = (
    *(float(f"{sign}{digit * times}") for times in (1, 2, 3, 4, 6) for digit in "789" for sign in ("-", "")),
    98.0, 97.0, 998.0, 997.0, 9998.0, 9997.0, -1.0,
)  # fmt: skip
#: A code stands apart when it is above the other values times this.
_APART = 1.5


def check_codes(raw: RawTable, values: ColumnValues) -> Iterator[Finding]:
    """A note on one column's codes without a label; values are codes of a questionnaire, or whole numbers."""
    numbers, usable = _numbers(values)
    labels = {_number(code) for code in raw.value_labels.get(values.name, {})} - {None}
    if not usable.any() or not labels:
        return
    counts = values.counts
    labelled = np.isin(numbers, list(labels))
    share = counts[usable & labelled].sum() / counts[usable].sum()
    rest = usable & ~labelled & ~np.isin(numbers, _proposed(numbers, usable, raw, values.name))
    if rest.any() and share >= MOSTLY_LABELLED:
        yield _unlabelled(raw, values, numbers, rest)


def say_no_answers(raw: RawTable, columns: Iterable[ColumnValues]) -> Iterator[Finding]:
    """Numbers that look like codes for "no answer": one note a number, with the columns that hold it."""
    held: dict[float, dict[str, np.ndarray]] = {}
    for values in columns:
        numbers, usable = _numbers(values)
        for code in _proposed(numbers, usable, raw, values.name) if usable.any() else ():
            held.setdefault(code, {})[values.name] = values.rows(values.filled & (numbers == code))
    for code, rows in sorted(held.items()):
        yield _no_answer(raw, code, rows)


def _numbers(values: ColumnValues) -> tuple[np.ndarray, np.ndarray]:
    """Each different cell as a number, and which are."""
    numbers = pd.to_numeric(pd.Series(values.texts, dtype="str"), errors="coerce").to_numpy(dtype=float)
    return numbers, values.filled & np.isfinite(numbers)


def _number(code: object) -> float | None:
    try:
        return float(code)
    except (TypeError, ValueError):
        return None  # a tagged missing value, ".a"


def _proposed(numbers: np.ndarray, usable: np.ndarray, raw: RawTable, name: str) -> list[float]:
    """Numbers of `NO_ANSWER` far from the other values, but for those the file itself marks as missing."""
    seen = set(numbers[usable])
    marked = [
        number
        for number in seen
        for low, high in raw.missing_ranges.get(name, [])
        if not isinstance(low, str) and low <= number <= high
    ]
    candidates = {number for number in seen if number in NO_ANSWER} - set(marked)
    others = seen - candidates - set(marked)
    if not all(number.is_integer() for number in others):
        candidates = {c for c in candidates if not 0 <= c < 10}  # 7 and 9 are amounts like the others
    if len(others) < 2:
        return []
    top, bottom = max(others), min(others)
    apart = {c for c in candidates if c > max(top * _APART, top + 2) or (c < 0 <= bottom)}
    return sorted(apart)


def _unlabelled(raw: RawTable, values: ColumnValues, numbers: np.ndarray, rest: np.ndarray) -> Finding:
    listed = shown(f"{number:g}" for number in sorted(set(numbers[rest])))
    count, heading = int(values.counts[rest].sum()), shown_name(values.name)
    return column_note(
        raw,
        values.name,
        "unlabelled_code",
        f'Cột "{heading}": {count} ô có mã không có nhãn: {listed}. Hãy hỏi người lập tệp rồi khai báo mã.',
        f'Column "{heading}": {count} cells hold codes without a label: {listed}. Ask who made the file, '
        "and declare them.",
        got=listed,
    )


def _no_answer(raw: RawTable, code: float, rows: dict[str, np.ndarray]) -> Finding:
    listed = shown(f"{shown_name(name)} ({len(at)})" for name, at in rows.items())
    cells = sum(map(len, rows.values()))
    alone = next(iter(rows)) if len(rows) == 1 else ""
    return table_note(
        raw,
        "proposed_missing_code",
        f'{code:.0f} có thể là mã "không biết", "từ chối" hoặc "không hỏi": {cells} ô ở {len(rows)} cột: '
        f"{listed}. Hãy xác nhận trong cấu hình; nếu không, chúng được tính như số thật.",
        f'{code:.0f} may mean "don\'t know", "refused" or "not asked": {cells} cells in {len(rows)} columns: '
        f"{listed}. Confirm it in the settings; otherwise it counts as a true number.",
        got=f"{code:.0f} ({cells})",
        column=alone,
        rows=rows_of(raw, rows[alone]) if alone else "",
    )
