"""Any raw table, without a round or a schema -> notes on what is odd in it; nothing is changed.

`workbench check FILE` prints them: what a person should look at before declaring what the columns mean.
Values are shown as `analysis.intake.persons.masks` allows, values of columns that look personal never.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.file_checks.check_findings import (
    NAMED_ONE_BY_ONE,
    column_note,
    each_cell,
    rows_of,
    rows_text,
    table_note,
)
from analysis.intake.file_checks.code_checks import check_codes, say_no_answers
from analysis.intake.file_checks.form_checks import check_forms
from analysis.intake.file_checks.text_checks import named, odd_text
from analysis.intake.persons.masks import HIDDEN, PERSONAL_EMAIL, PERSONAL_FIGURES, show
from analysis.intake.persons.personal_columns import personal_columns
from analysis.intake.schemas.column_values import ColumnValues, column_values
from analysis.intake.table import RawTable
from analysis.personal import KINDS, shown_name

#: A column with at most this share of its cells filled is called mostly empty.
MOSTLY_EMPTY = 0.05
#: Tables of fewer rows are not told of constant columns.
LEAST_ROWS = 3


def check_table(raw: RawTable) -> pd.DataFrame:
    """Everything odd about a table that can be seen without knowing what it means.

    Parameters
    ----------
    raw : RawTable

    Returns
    -------
    DataFrame of findings
        Of kind `note`, but for cells that hold an error or a formula without a result, which are `stop`:
        repeated rows; constant and mostly empty columns; words among numbers, decimal commas beside points,
        numbers stored as text, dates written in several ways, lost leading zeros; text in odd letters;
        columns that look personal, and single cells that do; codes without a label, and numbers that look
        like codes for "no answer".

    Notes
    -----
    A cell that is odd is named with its address; more than `check_findings.NAMED_ONE_BY_ONE` in one column
    are one finding that holds all their rows.
    """
    personal = personal_columns(raw)
    columns = [column_values(raw, name) for name in raw.columns]
    found = [*_personal(raw, personal), *_repeated_rows(raw, columns)]
    for values in columns:
        hidden = values.name in personal
        found += _unusable(raw, values)
        found += () if hidden else _slips(raw, values)
        found += _emptiness(raw, values, hidden)
        found += check_forms(raw, values, hidden)
        found += check_codes(raw, values)
    found += [*say_no_answers(raw, columns), *odd_text(raw, map(named, columns))]
    return findings_table(found)


def _personal(raw: RawTable, personal: dict[str, str]) -> Iterator[Finding]:
    for name, kind in personal.items():
        vi, en = KINDS[kind]
        yield column_note(
            raw,
            name,
            "personal_column",
            f'Cột "{shown_name(name)}" có vẻ chứa dữ liệu cá nhân ({vi}). '
            "Hãy xóa cột này nếu không cần; chỉ cột đã khai báo mới được giữ lại.",
            f'The column "{shown_name(name)}" looks like personal data ({en}). '
            "Delete it if it is not needed; only declared columns are kept.",
        )


def _slips(raw: RawTable, values: ColumnValues) -> Iterator[Finding]:
    """Single cells that look personal in a column that does not: a row pasted one column off."""
    if raw.value_labels.get(values.name):
        return
    chosen = [
        kind in ("text", "merged") and (PERSONAL_FIGURES.search(text) or PERSONAL_EMAIL.search(text))
        for text, kind in zip(values.texts, values.kinds, strict=True)
    ]
    yield from each_cell(
        raw,
        values.rows(np.array([bool(one) for one in chosen], dtype=bool)),
        values.name,
        "personal_value",
        "Ô có vẻ chứa số điện thoại, số căn cước hoặc email. Hãy xem có dán lệch cột không.",
        "The cell looks like a phone number, an identity number or an e-mail. See whether a row was "
        "pasted one "
        "column off.",
        value=lambda at: HIDDEN,
    )


def _repeated_rows(raw: RawTable, columns: list[ColumnValues]) -> Iterator[Finding]:
    """Rows that are the same in every column but a running number."""
    kept = [values for values in columns if values.filled.any() and not _is_running_number(values)]
    if not kept or len(raw.rows) < 2:
        return
    codes = pd.DataFrame({at: values.codes for at, values in enumerate(kept)})
    filled = np.column_stack([values.filled[values.codes] for values in kept])
    again = codes.duplicated().to_numpy() & (filled.sum(axis=1) >= min(2, len(kept)))
    rows = np.flatnonzero(again)
    if not len(rows):
        return
    first = codes.groupby(list(codes.columns), sort=False).ngroup().to_numpy()
    firsts = {group: at for at, group in reversed(list(enumerate(first)))}
    for at in rows if len(rows) <= NAMED_ONE_BY_ONE else ():
        same = int(raw.rows[firsts[first[at]]])
        yield Finding(
            "duplicate_row",
            f"The row is the same as row {same}. Delete one of them if it is one person.",
            f"Dòng này giống hệt dòng {same}. Hãy xóa một dòng nếu là cùng một người.",
            kind="note",
            **raw.place_of(int(at)),
        )
    if len(rows) > NAMED_ONE_BY_ONE:
        yield table_note(
            raw,
            "duplicate_row",
            f"{len(rows)} dòng giống hệt một dòng ở trên: {rows_text(raw, rows)}. Hãy xóa dòng trùng.",
            f"{len(rows)} rows are the same as an earlier one: {rows_text(raw, rows)}. Delete the "
            "repeated ones.",
            rows=rows_of(raw, rows),
        )


def _is_running_number(values: ColumnValues) -> bool:
    """Whether a column counts its rows, as a list's STT does: each nearly always one more than the last."""
    numbers = pd.to_numeric(pd.Series(values.texts, dtype="str"), errors="coerce").to_numpy(dtype=float)
    steps = np.diff(numbers[values.codes])
    return bool(len(steps) and np.mean(steps == 1) > 0.8)


def _unusable(raw: RawTable, values: ColumnValues) -> Iterator[Finding]:
    """Cells that hold an error, or a formula whose result the file does not hold."""
    yield from each_cell(
        raw,
        values.rows(values.kinds == "error"),
        values.name,
        "error_cell",
        "Ô báo lỗi công thức. Hãy sửa công thức hoặc gõ giá trị.",
        "The cell shows a formula error. Mend the formula or type the value.",
        kind="stop",
        value=lambda at: str(values.texts[values.codes[at]]),
    )
    yield from each_cell(
        raw,
        values.rows(values.kinds == "formula_empty"),
        values.name,
        "formula_empty",
        "Công thức chưa có kết quả. Hãy mở tệp bằng Excel, để tính lại rồi lưu.",
        "The formula has no stored result. Open the file in Excel, let it calculate, and save.",
        kind="stop",
    )


def _emptiness(raw: RawTable, values: ColumnValues, hidden: bool) -> Iterator[Finding]:
    rows, counts = len(values.codes), values.counts
    filled = int(counts[values.filled].sum())
    if not rows:
        return
    if filled <= MOSTLY_EMPTY * rows:
        yield column_note(
            raw,
            values.name,
            "mostly_empty_column",
            f'Cột "{shown_name(values.name)}" gần như trống: {filled} trong {rows} ô có dữ liệu. '
            "Hãy kiểm tra có nhập thiếu không.",
            f'The column "{shown_name(values.name)}" is mostly empty: {filled} of {rows} cells are filled. '
            "See whether something was not typed in.",
        )
    elif filled == rows >= LEAST_ROWS and values.filled.sum() == 1:
        value = show(values.texts[values.filled][0], hidden, place=True)
        yield column_note(
            raw,
            values.name,
            "constant_column",
            f'Cột "{shown_name(values.name)}" có cùng một giá trị ở mọi dòng: "{value}". Hãy xem có đúng '
            "không.",
            f'The column "{shown_name(values.name)}" holds one value in every row: "{value}". See '
            "whether it should.",
            value=shown([value]),
        )
