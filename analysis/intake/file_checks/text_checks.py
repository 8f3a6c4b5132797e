"""Columns of any table -> notes on odd letters, which are put right on reading.

Letters of a legacy Vietnamese encoding (TCVN3, VNI) are found by the reader: `legacy_reading`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE, column_note, rows_of, table_note
from analysis.intake.letters.text import text_changes
from analysis.intake.schemas.column_values import ColumnValues
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: What `text_changes` says -> Vietnamese and English.
CHANGES = {
    "not_nfc": ("chữ có dấu rời (không phải NFC)", "accents as separate characters (not NFC)"),
    "odd_space": ("dấu cách lạ", "odd spaces"),
    "zero_width": ("ký tự ẩn", "invisible characters"),
    "lookalike_d": ("chữ giống Đ nhưng không phải Đ", "a letter that looks like Đ and is not"),
    "blanks": ("dấu cách thừa", "stray spaces"),
}
#: In more columns than this the same is said once of the table.
COLUMNS_NAMED = 5


class Named(NamedTuple):
    """A column and what messages call it, Vietnamese and English."""

    values: ColumnValues
    vi: str
    en: str


class _Seen(NamedTuple):
    """A column's rows with letters that are put right, and how many cells hold each change."""

    column: Named
    changes: list[tuple[str, ...]]
    rows: np.ndarray
    counts: Counter


def named(values: ColumnValues) -> Named:
    """A column under its own heading."""
    heading = shown_name(values.name)
    return Named(values, heading, heading)


def odd_text(raw: RawTable, columns: Iterable[Named]) -> Iterator[Finding]:
    """Cells whose letters are put right on reading: named one by one when few, counted when many.

    Parameters
    ----------
    raw : RawTable
    columns : iterable of Named

    Notes
    -----
    Cells with nothing but stray spaces are always counted. A file of which everything is written so (NFD)
    has one note, not one a column.
    """
    looked = [(one, [text_changes(text) if text else () for text in one.values.texts]) for one in columns]
    blanks = [_seen(one, changes, blanks=True) for one, changes in looked]
    letters = [_seen(one, changes, blanks=False) for one, changes in looked]
    letters, blanks = ([one for one in each if len(one.rows)] for each in (letters, blanks))
    few = sum(len(one.rows) for one in letters) <= NAMED_ONE_BY_ONE
    yield from (found for one in letters for found in _cells(raw, one)) if few else _counted(raw, letters)
    yield from _counted(raw, blanks)


def _seen(column: Named, changes: list[tuple[str, ...]], blanks: bool) -> _Seen:
    """The rows of one column with stray spaces alone, or with any other change."""
    wanted = [bool(what) and (what == ("blanks",)) == blanks for what in changes]
    rows = column.values.rows(np.array(wanted, dtype=bool))
    counts = Counter(what for at in rows for what in changes[column.values.codes[at]])
    return _Seen(column, changes, rows, counts)


def _cells(raw: RawTable, seen: _Seen) -> Iterator[Finding]:
    column = seen.column
    for at in map(int, seen.rows):
        what = seen.changes[column.values.codes[at]]
        vi, en = (", ".join(CHANGES[each][side] for each in what) for side in (0, 1))
        yield Finding(
            "text_put_right",
            f"{column.en}: the cell has {en}; it is read as ordinary text. Nothing to do.",
            f"{column.vi}: ô có {vi}; được đọc thành chữ thường dùng. Không cần làm gì.",
            where=raw.address(at, column.values.name),
            kind="note",
            **raw.place_of(at, column.values.name),
        )


def _counted(raw: RawTable, seen: list[_Seen]) -> Iterator[Finding]:
    """One note a column, or one for all where many columns have the same."""
    if len(seen) > COLUMNS_NAMED:
        vi, en = _changes(sum((one.counts for one in seen), Counter()))
        cells = sum(len(one.rows) for one in seen)
        in_vi, in_en = shown(one.column.vi for one in seen), shown(one.column.en for one in seen)
        yield table_note(
            raw,
            "text_put_right",
            f"{len(seen)} cột, {cells} ô có {vi}: {in_vi}; được đọc thành chữ thường dùng. Không cần làm gì.",
            f"{len(seen)} columns, {cells} cells have {en}: {in_en}; they are read as ordinary text. Nothing "
            "to do.",
            got=f"{cells} cells",
        )
        return
    for one in seen:
        vi, en = _changes(one.counts)
        yield column_note(
            raw,
            one.column.values.name,
            "text_put_right",
            f"{one.column.vi}: {len(one.rows)} ô có {vi}; được đọc thành chữ thường dùng. Không cần làm gì.",
            f"{one.column.en}: {len(one.rows)} cells have {en}; they are read as ordinary text. Nothing to "
            "do.",
            rows=rows_of(raw, one.rows),
        )


def _changes(counts: Counter) -> tuple[str, str]:
    vi, en = (", ".join(f"{CHANGES[what][side]} ({n})" for what, n in counts.items()) for side in (0, 1))
    return vi, en
