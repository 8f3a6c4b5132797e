"""A pack's tables and rows -> `annex.xlsx`: contents, a sheet a table, all rows, and what the words mean."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pandas as pd
from openpyxl import Workbook

from analysis.batch.formats.fixed_zip import fixed_zip
from analysis.batch.formats.meanings import explain
from analysis.batch.formats.rows_sheet import write_rows
from analysis.batch.formats.sheet_writer import PLAIN, TITLE, SheetWriter
from analysis.batch.formats.table_sheet import write_table
from analysis.briefing.blocks import Table
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack
from analysis.briefing.parts import made_of

#: Heading of the part of the page that a table stands in, and the table.
Placed = tuple[str, Table]


def annex_workbook(pack: Pack, rows: pd.DataFrame, tables: Sequence[Placed]) -> bytes:
    """The workbook beside a district's page.

    Parameters
    ----------
    rows : DataFrame from `annex_rows`
    tables : sequence of (heading, Table)
        The tables of the page, in its order.

    Returns
    -------
    bytes
        The .xlsx: no formula, no macro, no link out of the file; the same bytes for the same content.
    """
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = pack.say("heading"), pack.say("agency")
    book.properties.language = pack.language
    names = [pack.say("sheet_table", number=str(number)) for number in range(1, len(tables) + 1)]
    _write_contents(book, pack, len(rows), list(zip(names, tables, strict=True)))
    source = f"{pack.say('made_source')}: {pack.survey_round.cited}"
    for name, (_, table) in zip(names, tables, strict=True):
        write_table(book, name, table, pack.band, source, pack.language)
    write_rows(book, pack.say("sheet_rows"), pack, rows)
    _write_meanings(book, pack, rows)
    raw = io.BytesIO()
    book.save(raw)
    return fixed_zip(raw.getvalue())


def _write_contents(book: Workbook, pack: Pack, count: int, tables: list[tuple[str, Placed]]) -> None:
    lead = [(pack.say("book_heading"), TITLE), (pack.say("subtitle"), PLAIN)]
    head = [pack.say(f"book_col_{key}") for key in ("sheet", "holds", "part")]
    writer = SheetWriter(book, pack.say("sheet_contents"), [14, 60, 60], pack.band, lead, head)
    for name, (part, table) in tables:
        writer.row([writer.link(name, name), writer.text(table.caption), writer.text(part)])
    said = {"sheet_rows": pack.say("book_rows", rows=say_count(count, pack.language))}
    said["sheet_meanings"] = pack.say("book_meanings")
    for key, text in said.items():
        name = pack.say(key)
        writer.row([writer.link(name, name), writer.text(text)])
    writer.row([])
    made = [f"{term}: {text}" for term, text in made_of(pack).items]
    for text in (pack.say("book_note_rounding"), pack.say("book_note_csv"), *made):
        writer.row([None, writer.text(text)])


def _write_meanings(book: Workbook, pack: Pack, rows: pd.DataFrame) -> None:
    head = [pack.say(f"book_col_{key}") for key in ("column", "value", "meaning")]
    writer = SheetWriter(book, pack.say("sheet_meanings"), [24, 26, 60], pack.band, [], head)
    for texts in explain(pack, rows):
        writer.row([writer.text(text) for text in texts])
