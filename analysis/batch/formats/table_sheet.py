"""A table of a page -> a sheet of the annex workbook: the same cells, numbers as numbers."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.cell import Cell

from analysis.batch.formats.cell_lines import cell_lines
from analysis.batch.formats.result_units import signed_format
from analysis.batch.formats.sheet_writer import FLUSH_RIGHT, QUIET, TITLE, SheetWriter
from analysis.briefing.blocks import Table
from analysis.briefing.numbers import WrittenNumber, read_number


def write_table(book: Workbook, name: str, table: Table, band: str, source: str, language: str) -> None:
    """Append a sheet: band, caption, head, rows, notes, source.

    Parameters
    ----------
    band : str
        Empty for real data.

    Notes
    -----
    A cell that is nothing but a number becomes one, with a format of as many decimals as the page shows;
    one that holds an interval too stays the page's text.
    """
    head = [column.label for column in table.columns]
    writer = SheetWriter(book, name, _widths(table), band, [(table.caption, TITLE)], head, frozen=1)
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        writer.row([_cell(writer, cell, column.numeric, language) for cell, column in cells])
    writer.row([])
    for note in (*table.notes, source):
        writer.line(note, QUIET)


def _cell(writer: SheetWriter, cell: object, numeric: bool, language: str) -> Cell:
    text = "\n".join(cell_lines(cell))
    if not numeric:
        return writer.text(text)
    number = read_number(text, language)
    if number is None:
        return writer.text(text, alignment=FLUSH_RIGHT)
    return writer.number(number.value, shown_as(number))


def shown_as(number: WrittenNumber) -> str:
    """The spreadsheet format that shows a number as it was written."""
    plain = "#,##0" if number.grouped else "0"
    plain += ("." + "0" * number.decimals if number.decimals else "") + ("%" if number.percent else "")
    return signed_format(plain) if number.signed else plain


def _widths(table: Table) -> list[float]:
    """As wide as a column's longest line, or its head in two lines."""
    widths = []
    for at, column in enumerate(table.columns):
        lines = [len(line) for row in table.rows for line in cell_lines(row[at])]
        widths.append(max([len(column.label) / 2, *lines]) + 2)
    return widths
