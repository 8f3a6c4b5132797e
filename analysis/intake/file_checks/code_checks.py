"""One column of any table -> notes on codes: some without a label, some that look like "no answer"."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import column_note
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
    """Notes on one column's codes; values are codes of a questionnaire, or whole numbers."""
    numbers = pd.to_numeric(pd.Series(values.texts, dtype="str"), errors="coerce").to_numpy(dtype=float)
    usable = values.filled & np.isfinite(numbers)
    if not usable.any():
        return
    labels = {_number(code) for code in raw.value_labels.get(values.name, {})} - {None}
    counts = values.counts
    labelled = np.isin(numbers, list(labels))
    proposed = _proposed(numbers, usable, raw, values.name)
    if labels:
        share = counts[usable & labelled].sum() / counts[usable].sum()
        rest = usable & ~labelled & ~np.isin(numbers, list(proposed))
        if rest.any() and share >= MOSTLY_LABELLED:
            yield _unlabelled(raw, values, numbers, rest)
    if proposed:
        yield _no_answer(raw, values, numbers, proposed)


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


def _no_answer(raw: RawTable, values: ColumnValues, numbers: np.ndarray, codes: list[float]) -> Finding:
    counted = [(code, int(values.counts[values.filled & (numbers == code)].sum())) for code in codes]
    listed = shown(f"{code:.0f} ({count})" for code, count in counted)
    heading = shown_name(values.name)
    return column_note(
        raw,
        values.name,
        "proposed_missing_code",
        f'Cột "{heading}": có thể là mã "không biết", "từ chối" hoặc "không hỏi": {listed}. '
        "Hãy xác nhận trong cấu hình; nếu không, chúng được tính như số thật.",
        f'Column "{heading}": these may mean "don\'t know", "refused" or "not asked": {listed}. '
        "Confirm them in the settings; otherwise they count as true numbers.",
        got=listed,
    )
