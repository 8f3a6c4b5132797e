"""Texts and numbers, row by row -> a sheet of the annex workbook, in the few looks its sheets share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from analysis.inert import safe_cell

_NAME = "Calibri"
PLAIN, BOLD, TITLE = Font(name=_NAME), Font(name=_NAME, bold=True), Font(name=_NAME, bold=True, size=14)
QUIET, BAND = Font(name=_NAME, color="595959"), Font(name=_NAME, bold=True, color="5F3E00")
_LINK = Font(name=_NAME, underline="single", color="0563C1")
_WRAPPED, _ONE_LINE = Alignment(wrap_text=True, vertical="top"), Alignment(vertical="top")
_NUMBER, FLUSH_RIGHT = (
    Alignment(horizontal="right", vertical="top"),
    Alignment("right", "top", wrap_text=True),
)
_HEAD_FILL, _BAND_FILL = (
    PatternFill("solid", start_color="E9EDF2"),
    PatternFill("solid", start_color="FFF3C4"),
)
_UNDERLINED = Border(bottom=Side(style="thin", color="1A1A1A"))
#: Column widths, in letters, and the height of a line, in points.
_NARROWEST, _WIDEST, _LINE = 9, 60, 15.0
#: How a workbook calls A4 paper.
_A4 = "9"


class SheetWriter:
    """A sheet that is written from its top down, each row as high as its text needs.

    Parameters
    ----------
    book : write-only workbook
    name : str
        Of our own making, never from rows: sheet names refuse many signs.
    widths : sequence of float
        In letters; kept within what can be read and printed.
    band : str
        What stands in the first row of simulated data; empty for real data.
    lead : sequence of (text, Font)
        Lines before the head.
    head : sequence of str
        Frozen on the screen, repeated on paper.
    frozen : int
        How many columns stay when one scrolls to the right.
    """

    def __init__(
        self,
        book: Workbook,
        name: str,
        widths: Sequence[float],
        band: str,
        lead: Sequence[tuple[str, Font]],
        head: Sequence[str],
        frozen: int = 0,
    ) -> None:
        self.sheet = book.create_sheet(name)
        self.rows = 0
        self._widths = [min(max(width, _NARROWEST), _WIDEST) for width in widths]
        for number, width in enumerate(self._widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.head_row = bool(band) + len(lead) + 1
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{self.head_row + 1}"
        self._set_print()
        if band:
            self.line(band, BAND, _BAND_FILL)
        for text, font in lead:
            self.line(text, font)
        self.row([self._head(text) for text in head])

    def _set_print(self) -> None:
        """A4 across, as wide as one sheet of paper."""
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", _A4
        self.sheet.page_setup.fitToHeight = 0
        self.sheet.sheet_properties.pageSetUpPr.fitToPage = True
        self.sheet.print_title_rows = f"{self.head_row}:{self.head_row}"

    def row(self, cells: Sequence[object]) -> None:
        """Append a row of cells, or of bare values."""
        self.rows += 1
        lines = [_lines(cell, width) for cell, width in zip(cells, self._widths, strict=False)]
        if max(lines, default=1) > 1:
            self.sheet.row_dimensions[self.rows].height = _LINE * max(lines)
        self.sheet.append(cells)

    def line(self, text: str, font: Font = PLAIN, fill: PatternFill | None = None) -> None:
        """Append a row of one text that may run over the cells beside it."""
        cell = self.text(text, font, _ONE_LINE)
        if fill is not None:
            cell.fill = fill
        if font.size and font.size > 11:
            self.sheet.row_dimensions[self.rows + 1].height = font.size * 1.4
        self.row([cell])

    def text(self, text: str, font: Font = PLAIN, alignment: Alignment = _WRAPPED) -> Cell:
        """A text, never a formula."""
        cell = safe_cell(self.sheet, text)
        cell.alignment, cell.font = alignment, font
        return cell

    def number(self, value: float, format_: str) -> Cell:
        """A number that is shown as the format rounds it."""
        cell = WriteOnlyCell(self.sheet, value)
        cell.number_format, cell.alignment, cell.font = format_, _NUMBER, PLAIN
        return cell

    def link(self, text: str, target: str) -> Cell:
        """A link to another sheet of the workbook."""
        cell = self.text(text, _LINK)
        cell.hyperlink = Hyperlink(ref="", location=f"'{target}'!A1")
        return cell

    def _head(self, text: str) -> Cell:
        cell = self.text(text, BOLD)
        cell.fill, cell.border = _HEAD_FILL, _UNDERLINED
        return cell


def _lines(cell: object, width: float) -> int:
    """Lines that a wrapped text takes in a column of this width."""
    if not isinstance(cell, Cell) or not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    return sum(max(1, math.ceil(len(line) * 1.05 / width)) for line in cell.value.split("\n"))
