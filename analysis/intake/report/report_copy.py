"""A raw table + its findings -> a sheet: the same cells in the same places, bad ones coloured."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter

from analysis.findings import KINDS
from analysis.inert import is_plain, safe_cell
from analysis.intake.persons.masks import HIDDEN, PERSONAL_FIGURES, show
from analysis.intake.persons.personal_columns import personal_columns
from analysis.intake.schemas.column_values import column_values
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: What a comment may hold at most.
_LONGEST_COMMENT = 1_000
#: Comments slow a spreadsheet down: each sheet has at most so many, cells beyond are coloured only.
MOST_COMMENTS = 2_000
#: Of larger tables only the rows with a finding are copied.
MOST_CELLS = 1_000_000
_COLUMNS_OF_A_SHEET = 16_384
_ROWS_OF_A_SHEET = 1_048_576


class TableCopy:
    """One table with its findings, ready to be written as a sheet.

    Parameters
    ----------
    table : RawTable
    findings : DataFrame
        Those about this table, a row a cell (`each_cell.spread_rows`).
    title : str
        The sheet's name.
    personal : collection of str
        Headings to hide besides those that look personal.
    known : collection of str
        Declared values, folded; they may be shown.
    bad_cells_alone : bool
        Write nothing but the cells that are coloured, in their places: for microdata, of which no copy may
        lie about.
    """

    def __init__(
        self,
        table: RawTable,
        findings: pd.DataFrame,
        title: str,
        personal: Collection[str],
        known: Collection[str] = (),
        bad_cells_alone: bool = False,
    ) -> None:
        self.table, self.title, self.alone, self._known = table, title, bad_cells_alone, known
        self.key = (table.path.name, table.sheet)
        self._header = table.header_row or 1
        # Where the file has no header row the names take row 1, and the rows stand one lower.
        self._lower = 0 if table.header_row else 1
        self._numbers = _column_numbers(table)
        self._hidden = {*personal, *personal_columns(table)} & set(self._numbers)
        self._said = [f"{vi}\n{what}" for vi, what in zip(findings["vi"], findings["what"], strict=True)]
        self._marks = self._marks_of(findings)
        self._commented = set(list(self._marks)[:MOST_COMMENTS])
        masked = findings[findings["value"] == HIDDEN]
        self._masked = set(zip(masked["row"], masked["column"], strict=True))
        self._shown: dict[str, list[Any]] = {}

    def target(self, row: int, column: str) -> str:
        """Where a hyperlink to a cell leads, "" where the copy has no such row."""
        at = row if row == self.table.header_row else row + self._lower
        if not row or at > _ROWS_OF_A_SHEET:
            return ""
        title = self.title.replace("'", "''")
        return f"'{title}'!{get_column_letter(self._numbers.get(column, 1))}{at}"

    def value(self, row: int, column: str) -> str:
        """What may be shown of a cell, by its row in the file; "" where there is none such."""
        at = int(np.searchsorted(self._ordered_rows, row))
        if (row, column) in self._masked:
            return HIDDEN
        if column not in self._numbers or at >= len(self._order) or self._ordered_rows[at] != row:
            return ""
        seen = self._texts(column)[self._order[at]]
        return "" if seen is None else f"{seen:.15g}" if isinstance(seen, float) else str(seen)

    def write(self, book: Workbook, fills: dict[str, PatternFill]) -> None:
        """Append the sheet to a write-only workbook.

        Notes
        -----
        Of a table of more than `MOST_CELLS` cells, and where bad cells alone are wanted, only the rows with
        a finding are written, in their places.
        """
        sheet = book.create_sheet(self.title)
        sheet.freeze_panes = f"A{self._header + 1}"
        written = 0
        for at in (-1, *self._chosen_rows()):
            row = self._header if at < 0 else int(self.table.rows[at]) + self._lower
            if row > _ROWS_OF_A_SHEET:
                break
            for _ in range(written + 1, row):
                sheet.append([])
            sheet.append(self._line(sheet, at, fills))
            written = row

    @cached_property
    def _order(self) -> np.ndarray:
        return np.argsort(self.table.rows, kind="stable")

    @cached_property
    def _ordered_rows(self) -> np.ndarray:
        return self.table.rows[self._order]

    def _chosen_rows(self) -> list[int]:
        rows, order = self.table.rows, self._order
        if self.alone or len(rows) * len(self._numbers) > MOST_CELLS:
            order = order[np.isin(rows[order], [row for row, _ in self._marks])]
        return order.tolist()

    def _line(self, sheet, at: int, fills: dict[str, PatternFill]) -> list:
        """One row; -1 is the headings."""
        row = int(self.table.rows[at]) if at >= 0 else self.table.header_row or -1
        line: list[Any] = [None] * max(self._numbers.values(), default=1)
        for name, number in self._numbers.items():
            kind, about = self._marks.get((row, name), ("", ()))
            if at >= 0 and self.alone and not kind:
                continue
            value = self._texts(name)[at] if at >= 0 else shown_name(name)
            if (row, name) in self._masked:  # what the list does not show the copy does not show either
                value = HIDDEN
            if at >= 0 and not kind and is_plain(value):
                line[number - 1] = value
                continue
            cell = safe_cell(sheet, value)
            if at < 0:
                cell.font = Font(bold=True)
            if kind:
                cell.fill = fills[kind]
                if (row, name) in self._commented:
                    cell.comment = Comment(self._comment(about), "workbench", width=360, height=140)
            line[number - 1] = cell
        return line

    def _comment(self, about: tuple[int, ...]) -> str:
        text = "\n\n".join(dict.fromkeys(self._said[each] for each in about))
        return ILLEGAL_CHARACTERS_RE.sub("�", text)[:_LONGEST_COMMENT]

    def _texts(self, name: str) -> list[Any]:
        """A column as what is written: hidden, as a number where stored as one, else as text."""
        if name not in self._shown:
            values, hide = column_values(self.table, name), name in self._hidden
            made = [
                None if not text else HIDDEN if hide else self._written(kind, text)
                for text, kind in zip(values.texts, values.kinds, strict=True)
            ]
            self._shown[name] = values.spread(made).tolist()
        return self._shown[name]

    def _written(self, kind: str, text: str) -> Any:
        if kind == "number" and not PERSONAL_FIGURES.search(text):
            return float(text)
        return show(text, place=True, known=self._known)

    def _marks_of(self, findings: pd.DataFrame) -> dict[tuple[int, str], tuple[str, tuple[int, ...]]]:
        """Row and column -> the gravest kind there, which findings; what is about a row marks its start."""
        marks: dict[tuple[int, str], tuple[str, tuple[int, ...]]] = {}
        first = next(iter(self._numbers), "")
        columns = ("row", "column", "kind")
        for at, (row, column, kind) in enumerate(zip(*(findings[name] for name in columns), strict=True)):
            column = column or first
            if not row or column not in self._numbers:
                continue
            before, about = marks.get((row, column), (kind, ()))
            marks[row, column] = (min(before, kind, key=KINDS.index), (*about, at))
        return marks


def _column_numbers(table: RawTable) -> dict[str, int]:
    """Column -> its place from 1: by its letter in the sheet, else by its order in the file."""
    numbers = {
        name: column_index_from_string(table.letters[name]) if table.letters.get(name) else number
        for number, name in enumerate(table.columns, 1)
    }
    return {name: number for name, number in numbers.items() if number <= _COLUMNS_OF_A_SHEET}
