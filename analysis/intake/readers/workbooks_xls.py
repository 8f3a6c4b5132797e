"""An old .xls workbook -> a `Grid` for each sheet, by xlrd.

Two things the format itself does not tell: whether a formula that shows nothing was ever calculated, so such
cells are named; and whether a formula's 0 was, which nothing can show.
"""

from __future__ import annotations

import io
from pathlib import Path

import xlrd
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH
from xlrd.book import Book
from xlrd.sheet import Sheet

from analysis.intake.readers import limits
from analysis.intake.readers.workbooks_formats import meaning_of, padded_text, read_number
from analysis.intake.readers.workbooks_grid import Grid
from analysis.intake.table import text_of


def read_xls(path: Path) -> list[Grid]:
    """Every worksheet in the workbook's order; charts and macro sheets are left aside.

    Raises
    ------
    UnreadableFile
        When it is locked with a password, or holds too many cells; what else xlrd raises is left to the
        caller.
    """
    try:
        # xlrd prints its remarks; formats and hidden rows are read only when asked for.
        book = xlrd.open_workbook(
            str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        )
    except xlrd.XLRDError as fault:
        if "encrypted" in str(fault):
            raise limits.locked(path) from fault
        raise
    grids = []
    with book:
        for place in range(book.nsheets):
            grids.append(_SheetReader(path, book, book.sheet_by_index(place)).read())
            book.unload_sheet(place)  # one sheet in memory at a time
            if sum(grid.count for grid in grids) > limits.MOST_CELLS:
                raise limits.too_many_cells(path, limits.MOST_CELLS)
    return grids


class _SheetReader:
    """One sheet of xlrd, where rows and columns count from 0, to a grid, where they count from 1."""

    def __init__(self, path: Path, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.grid = Grid(path, sheet.name, sheet.visibility != 0)
        self.epoch = MAC_EPOCH if book.datemode else WINDOWS_EPOCH
        self.meanings: dict[int, str] = {}

    def read(self) -> Grid:
        sheet, grid = self.sheet, self.grid
        for row in range(sheet.nrows):
            cells = zip(sheet.row_types(row), sheet.row_values(row), strict=True)
            for column, (kind, value) in enumerate(cells):
                self._put(row, column, kind, value)
            given = sheet.rowinfo_map.get(row)
            if given.hidden if given else sheet.default_row_hidden:
                grid.hidden_rows.append(row + 1)
        for top, bottom, left, right in sheet.merged_cells:
            grid.merged.append((top + 1, left + 1, bottom, right))
        hidden = [column + 1 for column, given in sheet.colinfo_map.items() if given.hidden]
        grid.hidden_columns = [(column, column) for column in sorted(hidden)]
        return grid

    def _put(self, row: int, column: int, kind: int, value: str | float) -> None:
        at = row + 1, column + 1
        if kind == xlrd.XL_CELL_TEXT:
            if value:
                self.grid.put(*at, value, "text")
            else:
                self.grid.shows_nothing.append(at)
        elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            meaning = self._meaning(self.sheet.cell_xf_index(row, column))
            shown = padded_text(value, meaning)
            if shown:
                self.grid.padded[at] = shown
            self.grid.put(*at, *read_number(value, meaning, self.epoch))
        elif kind == xlrd.XL_CELL_BOOLEAN:
            self.grid.put(*at, *text_of(bool(value)))
        elif kind == xlrd.XL_CELL_ERROR:
            self.grid.put(*at, xlrd.error_text_from_code.get(value, "#ERR!"), "error")

    def _meaning(self, style: int) -> str:
        """What a cell's style makes of a number; a style the file lacks makes nothing of it."""
        if style not in self.meanings:
            styles, formats = self.book.xf_list, self.book.format_map
            given = formats.get(styles[style].format_key) if style < len(styles) else None
            self.meanings[style] = meaning_of(given.format_str) if given else ""
        return self.meanings[style]
