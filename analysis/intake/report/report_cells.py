"""A raw table + its findings -> a sheet: the same cells in the same places, bad ones coloured."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
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
from analysis.intake.persons.masks import HIDDEN, PERSONAL_FIGURES, looks_personal
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


def sheet_titles(tables: Sequence[RawTable], taken: Sequence[str]) -> list[str]:
    """A sheet name for each table: its own where it can be, at most 31 letters, none twice.

    Notes
    -----
    Spreadsheets refuse []:*?/\\ and quotes at either end, and take no notice of capitals.
    """
    used, titles = {name.casefold() for name in taken}, []
    for table in tables:
        plain = re.sub(r"[\[\]:*?/\\]", "_", table.sheet or table.path.stem).strip("' ") or "Sheet"
        title, number = plain[:31], 2
        while title.casefold() in used or title.casefold() == "history":
            title = f"{plain[: 31 - len(str(number)) - 1]}_{number}"
            number += 1
        used.add(title.casefold())
        titles.append(title)
    return titles


class TableCopy:
    """One table with its findings, ready to be written as a sheet.

    Parameters
    ----------
    table : RawTable
    findings : DataFrame
        Those about this table.
    title : str
        The sheet's name.
    personal : collection of str
        Headings to hide besides those that look personal.
    """

    def __init__(
        self, table: RawTable, findings: pd.DataFrame, title: str, personal: Collection[str]
    ) -> None:
        self.table, self.title = table, title
        self.key = (table.path.name, table.sheet)
        self._header = table.header_row or 1
        # Where the file has no header row the names take row 1, and the rows stand one lower.
        self._lower = 0 if table.header_row else 1
        self._numbers = _column_numbers(table)
        self._hidden = {*personal, *personal_columns(table)} & set(self._numbers)
        self._marks = _marks(findings, self._numbers)
        self._commented = set(list(self._marks)[:MOST_COMMENTS])
        masked = findings[findings["value"] == HIDDEN]
        self._masked = set(zip(masked["row"], masked["column"], strict=True))

    def target(self, row: int, column: str) -> str:
        """Where a hyperlink to a cell leads, "" where the copy has no such row."""
        at = row if row == self.table.header_row else row + self._lower
        if not row or at > _ROWS_OF_A_SHEET:
            return ""
        title = self.title.replace("'", "''")
        return f"'{title}'!{get_column_letter(self._numbers.get(column, 1))}{at}"

    def write(self, book: Workbook, fills: dict[str, PatternFill]) -> None:
        """Append the sheet to a write-only workbook.

        Notes
        -----
        Of a table of more than `MOST_CELLS` cells only the rows with a finding are written, in their places.
        """
        sheet = book.create_sheet(self.title)
        sheet.freeze_panes = f"A{self._header + 1}"
        columns, written = self._texts(), 0
        for at in (-1, *self._chosen_rows()):
            row = self._header if at < 0 else int(self.table.rows[at]) + self._lower
            if row > _ROWS_OF_A_SHEET:
                break
            for _ in range(written + 1, row):
                sheet.append([])
            sheet.append(self._line(sheet, at, columns, fills))
            written = row

    def _chosen_rows(self) -> list[int]:
        rows = self.table.rows
        order = np.argsort(rows, kind="stable")
        if len(rows) * len(self._numbers) > MOST_CELLS:
            order = order[np.isin(rows[order], [row for row, _ in self._marks])]
        return order.tolist()

    def _line(self, sheet, at: int, columns: dict[str, list[Any]], fills: dict[str, PatternFill]) -> list:
        """One row; -1 is the headings."""
        row = int(self.table.rows[at]) if at >= 0 else self.table.header_row or -1
        line: list[Any] = [None] * max(self._numbers.values(), default=1)
        for name, number in self._numbers.items():
            value = columns[name][at] if at >= 0 else shown_name(name)
            if (row, name) in self._masked:  # what the list does not show the copy does not show either
                value = HIDDEN
            kind, said = self._marks.get((row, name), ("", ""))
            if at >= 0 and not kind and is_plain(value):
                line[number - 1] = value
                continue
            cell = safe_cell(sheet, value)
            if at < 0:
                cell.font = Font(bold=True)
            if kind:
                cell.fill = fills[kind]
                if (row, name) in self._commented:
                    cell.comment = Comment(said, "workbench", width=360, height=140)
            line[number - 1] = cell
        return line

    def _texts(self) -> dict[str, list[Any]]:
        """Every column as what is written: hidden, as a number where stored as one, else as text."""
        shown: dict[str, list[Any]] = {}
        for name in self._numbers:
            values, hide = column_values(self.table, name), name in self._hidden
            made = [
                None if not text else HIDDEN if hide else _written(kind, text)
                for text, kind in zip(values.texts, values.kinds, strict=True)
            ]
            shown[name] = values.spread(made).tolist()
        return shown


def _written(kind: str, text: str) -> Any:
    if kind == "number" and not PERSONAL_FIGURES.search(text):
        return float(text)
    return HIDDEN if looks_personal(text, place=True) else text


def _column_numbers(table: RawTable) -> dict[str, int]:
    """Column -> its place from 1: by its letter in the sheet, else by its order in the file."""
    numbers = {
        name: column_index_from_string(table.letters[name]) if table.letters.get(name) else number
        for number, name in enumerate(table.columns, 1)
    }
    return {name: number for name, number in numbers.items() if number <= _COLUMNS_OF_A_SHEET}


def _marks(findings: pd.DataFrame, numbers: Collection[str]) -> dict[tuple[int, str], tuple[str, str]]:
    """Row and column -> the gravest kind there and what is said, both languages."""
    marks: dict[tuple[int, str], tuple[str, str]] = {}
    for finding in findings.to_dict("records"):
        key = (finding["row"], finding["column"])
        if not finding["row"] or finding["column"] not in numbers:
            continue
        said = f"{finding['vi']}\n{finding['what']}"
        kind, before = marks.get(key, (finding["kind"], ""))
        gravest = min(kind, finding["kind"], key=KINDS.index)
        text = f"{before}\n\n{said}".strip()
        marks[key] = (gravest, ILLEGAL_CHARACTERS_RE.sub("�", text)[:_LONGEST_COMMENT])
    return marks
