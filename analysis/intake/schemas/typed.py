"""Raw table + declared schema -> a typed table, a finding for every bad cell, and which rows are left out.

Nothing is changed silently: a cell that cannot be read by its column's declared form is empty in the
typed table, is a finding with its address, and does what the column's `on_bad` says. Cells are typed
once per different text, so that ten thousand rows take no longer than their different values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.findings import findings_table
from analysis.intake.file_checks.text_checks import Named, odd_text
from analysis.intake.letters.text import fold_key
from analysis.intake.schemas.column_values import ColumnValues, column_values
from analysis.intake.schemas.entry_rows import rows_without_entry, say_rows_without_entry
from analysis.intake.schemas.headings import match_headings
from analysis.intake.schemas.schema import Column, Schema
from analysis.intake.schemas.typed_cells import Cell, read_cell
from analysis.intake.schemas.typed_findings import bad_cells, say_forms, say_no_key, say_rows_left_out
from analysis.intake.schemas.typed_places import resolve_places
from analysis.intake.table import RawTable
from analysis.places import Places, read_places

#: Type -> dtype of the typed column; a `date` is days.
DTYPES = {
    "text": "str", "code": "str", "district": "str", "commune": "str", "phone": "str", "key": "str",
    "whole": "Int64", "year": "Int64", "number": "float64", "score": "float64", "yes_no": "boolean",
    "date": "datetime64[s]",
}  # fmt: skip


@dataclass(frozen=True)
class Typed:
    """A table typed by its schema.

    Attributes
    ----------
    table : DataFrame, one row a row of the raw table
        The declared columns that were found and are kept, under their declared names. A date column that
        may hold years alone has a second one, `<name>_precision`: "day" or "year".
    marks : DataFrame
        The same rows; for columns with absent marks what the mark meant, else NA.
    findings : DataFrame
        Every bad cell and what was read how, in order of row.
    left_out : array of bool, one a row
    columns : dict of str to str
        Declared name -> heading in the file.
    hidden : tuple of str
        Headings whose values no report may show: declared personal, or not declared at all.
    """

    table: pd.DataFrame
    marks: pd.DataFrame
    findings: pd.DataFrame
    left_out: np.ndarray
    columns: dict[str, str]
    hidden: tuple[str, ...]

    @property
    def kept(self) -> pd.DataFrame:
        """The rows that are not left out, with their positions in the raw table as index."""
        return self.table[~self.left_out]


@dataclass
class TypedColumn:
    """One column while it is typed; arrays have one member a row."""

    column: Column
    heading: str
    seen: ColumnValues
    values: pd.Series
    faults: np.ndarray
    meanings: np.ndarray
    forms: Counter
    precision: np.ndarray | None = None
    more: dict[int, tuple[str, str]] = field(default_factory=dict)
    notes: list = field(default_factory=list)


def type_table(
    raw: RawTable,
    schema: Schema,
    *,
    places: Places | None = None,
    key_of: Callable[[str], str] | None = None,
) -> Typed:
    """Type every declared column of a table.

    Parameters
    ----------
    raw : RawTable
    schema : Schema
    places : Places, optional
        Where districts and communes are looked up; `read_places()` by default, read only when needed.
    key_of : callable, optional
        Makes the keyed hash of a column with `keep = hash`. Without it such a column is checked, not kept.

    Returns
    -------
    Typed
        A missing required column is a finding of kind `stop`; the other columns are typed all the same.

    Notes
    -----
    Of two rows with one value in a `unique` column the second is the bad one; its message names the first.
    """
    matched, found = match_headings(raw, schema)
    no_entry = rows_without_entry(raw, schema, matched)
    typed: dict[str, TypedColumn] = {}
    # A commune is looked up inside its row's district, so districts come first.
    for name in sorted(matched, key=lambda name: schema.column(name).type == "commune"):
        column = schema.column(name)
        one = _type_cells(raw, matched[name], column, no_entry)
        if column.type in ("district", "commune"):
            district = schema.first("district")
            inside = typed.get(district.name) if district else None
            resolve_places(raw, one, places or read_places(), inside and inside.values)
        if column.unique:
            _find_repeats(raw, one)
        typed[name] = one
    columns = [typed[name] for name in matched]
    left_out = np.zeros(len(no_entry), dtype=bool)
    for one in columns:
        if one.column.on_bad == "left_out":
            left_out |= one.faults != ""
    table, marks, unhashed = _gather(columns, raw.cells.index, key_of)
    notes = [*say_no_key(raw, unhashed), *say_rows_left_out(raw, columns, left_out)]
    bad = [*bad_cells(raw, columns), *say_rows_without_entry(raw, no_entry)]
    for one in columns:
        notes += [*say_forms(raw, one), *one.notes]
    notes += odd_text(raw, (Named(one.seen, one.column.label_vi, one.column.label_en) for one in columns))
    cells = findings_table(bad).sort_values("row", kind="stable")
    findings = pd.concat([found, cells, findings_table(notes)], ignore_index=True)
    shown = {heading for name, heading in matched.items() if not schema.column(name).personal}
    hidden = tuple(heading for heading in raw.columns if heading not in shown)
    return Typed(table, marks, findings, left_out | no_entry, matched, hidden)


def _type_cells(raw: RawTable, heading: str, column: Column, no_entry: np.ndarray) -> TypedColumn:
    """Read each different cell once, then spread the results over the rows that are entries."""
    seen = column_values(raw, heading)
    cells = [read_cell(column, text, kind) for text, kind in zip(seen.texts, seen.kinds, strict=True)]
    faults, meanings, forms = (
        seen.spread([getattr(cell, name) for cell in cells]) for name in ("fault", "meaning", "form")
    )
    values, precision = _values(column, cells, seen)
    values = values.mask(no_entry)
    for of_rows in (faults, meanings, forms):
        of_rows[no_entry] = ""
    return TypedColumn(
        column, heading, seen, values, faults, meanings, Counter(form for form in forms if form), precision
    )


def _values(column: Column, cells: list[Cell], seen: ColumnValues) -> tuple[pd.Series, np.ndarray | None]:
    """The typed values of all rows; of a date its precision too, where years alone are allowed."""
    values = [None if cell.fault else cell.value for cell in cells]
    if column.type != "date":
        typed = pd.Series(pd.array(values, dtype=DTYPES[column.type]))
        return typed.take(seen.codes).reset_index(drop=True), None
    days = np.array(
        [np.datetime64("NaT") if value is None else value[0] for value in values], "datetime64[s]"
    )
    precision = seen.spread([None if value is None else value[1] for value in values])
    return pd.Series(days[seen.codes]), precision if "year" in column.date_forms else None


def _find_repeats(raw: RawTable, one: TypedColumn) -> None:
    """Mark the second and later rows that hold a value again."""
    keys = one.values.map(lambda value: fold_key(str(value)), na_action="ignore")
    first: dict[str, int] = {}
    for at in np.flatnonzero(keys.notna().to_numpy()):
        earlier = first.setdefault(keys.iloc[at], at)
        if earlier != at:
            one.faults[at] = "duplicate_value"
            address = raw.address(int(earlier), one.heading)
            one.more[int(at)] = (f"Trùng với {address}.", f"The same as {address}.")
    one.values = one.values.mask(one.faults == "duplicate_value")


def _gather(
    columns: list[TypedColumn], index: pd.Index, key_of: Callable[[str], str] | None
) -> tuple[pd.DataFrame, pd.DataFrame, list[TypedColumn]]:
    """The kept columns and the marks as tables, and the columns that want a key nobody gave."""
    kept: dict[str, pd.Series] = {}
    marks: dict[str, pd.Series] = {}
    unhashed = []
    for one in columns:
        column = one.column
        if column.absent_marks:
            meanings = pd.Series(np.where(one.meanings == "", None, one.meanings), dtype="str")
            marks[column.name] = meanings
        if column.keep == "hash" and key_of is None:
            unhashed.append(one)
        elif column.keep == "hash":
            hashes = {value: key_of(value) for value in one.values.dropna().unique()}
            kept[column.name] = one.values.map(hashes).astype("str")
        elif column.keep == "yes":
            kept[column.name] = one.values
            if one.precision is not None:
                kept[f"{column.name}_precision"] = pd.Series(one.precision, dtype="str")
    return pd.DataFrame(kept, index=index), pd.DataFrame(marks, index=index), unhashed
