"""What a check of any file saw -> findings of one form: about a table, about a column, or one a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.row_ranges import as_ranges
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: Up to so many cells of a column are named one by one; more are one finding that holds all their rows.
NAMED_ONE_BY_ONE = 50


def table_note(raw: RawTable, code: str, vi: str, en: str, **fields: str) -> Finding:
    """A note about a whole table."""
    return Finding(code, en, vi, kind="note", file=raw.path.name, sheet=raw.sheet, **fields)


def column_note(raw: RawTable, name: str, code: str, vi: str, en: str, **fields: str) -> Finding:
    """A note about a whole column."""
    return table_note(raw, code, vi, en, column=name, **fields)


def each_cell(
    raw: RawTable,
    rows: Sequence[int],
    name: str,
    code: str,
    vi: str,
    en: str,
    *,
    kind: str = "note",
    value: Callable[[int], str] = lambda at: "",
) -> Iterator[Finding]:
    """One finding a cell, with its address; one with all the rows where there are very many.

    Parameters
    ----------
    rows : sequence of int
        Positions in the raw table.
    value : callable
        Position -> what may be shown of the cell.
    """
    if len(rows) <= NAMED_ONE_BY_ONE:
        for at in map(int, rows):
            where = raw.address(at, name)
            yield Finding(code, en, vi, where=where, kind=kind, value=value(at), **raw.place_of(at, name))
        return
    heading, listed = shown_name(name), rows_text(raw, rows)
    seen = shown(f'"{text}"' for text in dict.fromkeys(value(int(at)) for at in rows) if text)
    listed = f"{seen}; {listed}" if seen else listed
    yield Finding(
        code,
        f'{en} ({len(rows)} cells of the column "{heading}": {listed})',
        f'{vi} ({len(rows)} ô của cột "{heading}": {listed})',
        kind=kind,
        file=raw.path.name,
        sheet=raw.sheet,
        column=name,
        got=f"{len(rows)}",
        rows=rows_of(raw, rows),
    )


def rows_of(raw: RawTable, rows: Sequence[int]) -> str:
    """All the rows of the sheet or lines of the file at these positions, for `Finding.rows`."""
    return as_ranges(raw.rows[list(rows)])


def rows_text(raw: RawTable, rows: Sequence[int]) -> str:
    """Rows of the sheet or lines of the file, at most five: "dòng/row 3, 4, … (+61)"."""
    return f"dòng/row {shown((int(raw.rows[at]) for at in rows[:5]), len(rows))}"
