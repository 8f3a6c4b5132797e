"""A page's tables and rows -> `annex.xlsx`: contents, a sheet a table, its own rows, what words mean."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook

from analysis.batch.formats.cell_lines import cell_lines
from analysis.batch.formats.fixed_zip import fixed_zip
from analysis.batch.formats.meanings import explain
from analysis.batch.formats.results_rows import AnnexRows
from analysis.batch.formats.rows_sheet import write_rows
from analysis.batch.formats.sheet_writer import PLAIN, TITLE, SheetWriter
from analysis.batch.formats.table_sheet import write_table
from analysis.briefing.blocks import Table, Title
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.parts import made_of

#: Heading of the part of the page that a table stands in, and the table.
Placed = tuple[str, Table]


def annex_workbook(page: RoundPage, title: Title, rows: AnnexRows, tables: Sequence[Placed]) -> bytes:
    """The workbook beside a page.

    Parameters
    ----------
    title : Title
        The page's.
    rows : AnnexRows
        The sheet of rows holds its own alone.
    tables : sequence of (heading, Table)
        The tables of the page, in its order.

    Returns
    -------
    bytes
        The .xlsx: no formula, no macro, no link out of the file; the same bytes for the same content.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title.heading, ", ".join(title.agency)
    book.properties.language = page.language
    names = [page.say("sheet_table", number=str(number)) for number in range(1, len(tables) + 1)]
    own = rows.own.frame
    _write_contents(book, page, title, len(own), list(zip(names, tables, strict=True)))
    source = f"{page.say('made_source')}: {page.survey_round.cited}"
    for name, (_, table) in zip(names, tables, strict=True):
        write_table(book, name, table, page.band, source, page.language)
    write_rows(book, page.say("sheet_rows"), page, own)
    _write_meanings(book, page, rows.all)  # of annex.csv too
    raw = io.BytesIO()
    book.save(raw)
    return fixed_zip(raw.getvalue())


def _write_contents(
    book: Workbook, page: RoundPage, title: Title, count: int, tables: list[tuple[str, Placed]]
) -> None:
    lead = [(page.say("book_heading", heading=title.heading), TITLE), (title.subtitle, PLAIN)]
    head = [page.say(f"book_col_{key}") for key in ("sheet", "holds", "part")]
    writer = SheetWriter(book, page.say("sheet_contents"), [14, 60, 60], page.band, lead, head)
    for name, (part, table) in tables:
        writer.row([writer.link(name, name), writer.text(table.caption), writer.text(part)])
    of_a_district = isinstance(page, Pack)
    rows = page.say("book_rows_own" if of_a_district else "book_rows", rows=say_count(count, page.language))
    said = {"sheet_rows": rows}
    said["sheet_meanings"] = page.say("book_meanings")
    for key, text in said.items():
        name = page.say(key)
        writer.row([writer.link(name, name), writer.text(text)])
    writer.row([])
    made = [f"{term}: {' '.join(cell_lines(text))}" for term, text in made_of(page).items]
    csv = page.say("book_note_csv_more" if of_a_district else "book_note_csv")
    for text in (page.say("book_note_rounding"), csv, *made):
        writer.row([None, writer.text(text)])


def _write_meanings(book: Workbook, page: RoundPage, rows: pd.DataFrame) -> None:
    head = [page.say(f"book_col_{key}") for key in ("column", "value", "meaning")]
    writer = SheetWriter(book, page.say("sheet_meanings"), [24, 26, 60], page.band, [], head)
    for texts in explain(page, rows):
        writer.row([writer.text(text) for text in texts])
