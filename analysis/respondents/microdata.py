"""A survey file of any format -> the table as stored, with its labels and the addresses of its cells.

Nothing is recoded here: no-answer codes stay, labels stay beside the table. Text is brought to one form,
because "Rạch Giá" can be written in two ways that differ by `==`; columns of a workbook that hold numbers
alone become numbers. `analysis.intake` does the reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import UnreadableFile, shown
from analysis.findings import findings_table, stop_on
from analysis.intake.letters.numbers import MOST_DIGITS
from analysis.intake.letters.text import clean_text
from analysis.intake.readers.limits import ZIPPED
from analysis.intake.reading import read_tables
from analysis.intake.table import RawTable

#: Formats whose cells know that they are numbers, although a table of them is read as text.
_CELLS_WITH_KINDS = (*ZIPPED, ".xls")


@dataclass(frozen=True)
class Microdata:
    """A file as it was read.

    Attributes
    ----------
    table : DataFrame
        One row a respondent, columns and codes as stored; the index is the row of `raw`. A .csv is all text.
    variable_labels : dict
        Column -> label; empty for files that carry none.
    value_labels : dict
        Column -> {code: label}; a tagged missing value of Stata has the code ".a" … ".z".
    path : Path
        Where it was read from.
    raw : RawTable, optional
        The same cells with their addresses.
    findings : DataFrame
        How the file was read.
    """

    table: pd.DataFrame
    variable_labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[float | str, str]] = field(default_factory=dict)
    path: Path = Path()
    raw: RawTable | None = None
    findings: pd.DataFrame = field(default_factory=lambda: findings_table([]))


def read_microdata(
    path: Path | str,
    *,
    sheet: str = "",
    header_row: int = 0,
    encoding: str = "",
    legacy: str = "",
    delimiter: str = "",
) -> Microdata:
    """Read one survey file as stored.

    Parameters
    ----------
    path : Path or str
    sheet, header_row, encoding, legacy, delimiter
        As declared in the round's [file_format]; see `analysis.intake.reading.read_tables`.

    Raises
    ------
    MissingFile
        When there is no such file; files with a like name in the same folder are named.
    UnreadableFile
        When it is empty, cut short, damaged, of an unknown format or of another than its name says; when
        its headings or its letters cannot be made out; when several sheets hold rows and none is named.
    """
    microdata = read_with_findings(
        path, sheet=sheet, header_row=header_row, encoding=encoding, legacy=legacy, delimiter=delimiter
    )
    stop_on(microdata.findings)
    return microdata


def read_with_findings(path: Path | str, **reading) -> Microdata:
    """The same, with what stops among the findings: for checks, which show every fault at once.

    Raises
    ------
    MissingFile, UnreadableFile
        When there is no table to look at.
    """
    path = Path(path)
    tables, findings = read_tables(path, **reading)
    if len(tables) > 1:
        raise _several_sheets(path, tables)
    (raw,) = tables
    return Microdata(
        _one_form(raw.stored if raw.stored is not None else _typed_cells(raw)),
        raw.variable_labels,
        raw.value_labels,
        path,
        raw,
        findings,
    )


def _typed_cells(raw: RawTable) -> pd.DataFrame:
    """The cells of a workbook: columns of numbers alone as numbers, the others as text."""
    if raw.path.suffix.lower() not in _CELLS_WITH_KINDS:
        return raw.cells
    numbers = {name: _numbers(raw.cells[name], raw.kinds[name]) for name in raw.columns}
    return raw.cells.assign(**{name: column for name, column in numbers.items() if column is not None})


def _numbers(cells: pd.Series, kinds: pd.Series) -> pd.Series | None:
    """A column as numbers, or None where a cell is something else or too long to stay exact as a number."""
    kinds = kinds.astype(object).to_numpy()
    if not np.isin(kinds, ("number", "empty")).all() or not (kinds == "number").any():
        return None
    if cells.str.fullmatch(rf"-?\d{{{MOST_DIGITS + 1},}}").fillna(False).any():
        return None
    return pd.to_numeric(cells).astype(float)


def _one_form(table: pd.DataFrame) -> pd.DataFrame:
    """Text cells in one form; everything else untouched."""
    changed = {}
    for name in table.columns:
        column = table[name]
        if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
            continue
        new = {text: clean for text in _texts(column) if (clean := clean_text(text)) != text}
        if new:
            cleaned = column.map(lambda cell, new=new: new.get(cell, cell) if isinstance(cell, str) else cell)
            changed[name] = cleaned.mask(cleaned == "").astype(column.dtype)
    return table.assign(**changed) if changed else table


def _texts(column: pd.Series) -> Iterable[str]:
    return (value for value in column.dropna().unique() if isinstance(value, str))


def _several_sheets(path: Path, tables: list[RawTable]) -> UnreadableFile:
    sheets = shown(f'"{table.sheet}" ({len(table.rows)})' for table in tables)
    return UnreadableFile(
        f"The survey file {path.name} has {len(tables)} sheets with rows, and none is named.",
        vi=f"Tệp {path.name} có {len(tables)} trang tính có số liệu: {sheets}. Hãy ghi tên trang cần đọc vào "
        "[file_format] sheet trong cấu hình của vòng.",
        where=paths.short(path),
        expected="one sheet, named",
        got=f"sheets with rows: {sheets}",
        hint='Name it in the round\'s settings: [file_format] sheet = "…".',
    )
