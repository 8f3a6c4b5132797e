"""A raw table + its schema -> which rows are entries of the list; totals, section titles, signatures are not.

A reader keeps every row, for it cannot know. A schema can: a row in which no required column holds anything
of its own is nobody's row. Each is named; none is dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np

from analysis.findings import Finding
from analysis.intake.schemas.schema import Schema
from analysis.intake.schemas.schema_rows import heading_key
from analysis.intake.table import RawTable
from analysis.places.rows import fold

_TOTAL = re.compile(r"(tong|cong|total|trung binh|binh quan|average)\b.*")


def rows_without_entry(raw: RawTable, schema: Schema, matched: Mapping[str, str]) -> np.ndarray:
    """Which rows are no entries of the list.

    Parameters
    ----------
    raw : RawTable
    schema : Schema
    matched : mapping
        Declared name -> heading, as `match_headings` gives it.

    Returns
    -------
    array of bool, one a row
        True where every required column is empty, or the row begins as a total does ("Tổng cộng") and at most
        one required column is filled, or the row repeats the headings. A cell filled in from its left by a
        merged range counts as empty. All False where the file has no required column.
    """
    names = raw.columns
    cells = raw.cells.fillna("").astype(object).to_numpy()
    if not cells.size:
        return np.zeros(len(cells), dtype=bool)
    filled = cells != ""
    from_left = np.zeros(cells.shape, dtype=bool)
    merged = (raw.kinds.astype(object) == "merged").to_numpy()
    from_left[:, 1:] = merged[:, 1:] & (cells[:, 1:] == cells[:, :-1])
    own = filled & ~from_left
    required = [names.index(heading) for name, heading in matched.items() if schema.column(name).required]
    again = _repeats_headings(cells, filled, names)
    if not required:
        return again
    count = own[:, required].sum(axis=1)
    few = np.flatnonzero((count <= 1) & (count < len(required)))
    totals = np.zeros(len(cells), dtype=bool)
    totals[few] = [_begins_as_total(row) for row in cells[few]]
    return (count == 0) | totals | again


def _begins_as_total(row: np.ndarray) -> bool:
    return bool(_TOTAL.fullmatch(fold(next(filter(None, row), ""))))


def _repeats_headings(cells: np.ndarray, filled: np.ndarray, names: list[str]) -> np.ndarray:
    same = np.zeros(cells.shape, dtype=bool)
    for at, name in enumerate(names):
        keys = {text: heading_key(text) == heading_key(name) for text in set(cells[:, at]) if text}
        same[:, at] = [keys.get(text, False) for text in cells[:, at]]
    return (filled.sum(axis=1) > 1) & (same | ~filled).all(axis=1)


def say_rows_without_entry(raw: RawTable, rows: np.ndarray) -> Iterator[Finding]:
    """One finding a row that is no entry."""
    for at in map(int, np.flatnonzero(rows)):
        yield Finding(
            "row_without_entry",
            "The row is no entry of the list (a total, a title or a signature) and is left out. Delete "
            "it, or "
            "fill in what is required if it is an entry.",
            "Dòng này không phải một mục của danh sách (dòng tổng, tiêu đề hoặc chữ ký) nên không được tính. "
            "Hãy xóa dòng, hoặc điền các cột bắt buộc nếu đó là một mục.",
            kind="left_out",
            **raw.place_of(at),
        )
