"""The blocks of a page -> the bytes of a Word file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import docx
from docx.document import Document

from analysis.batch.formats.fixed_zip import fixed_zip
from analysis.batch.formats.word import parts, styles
from analysis.batch.formats.word.header import set_header
from analysis.batch.formats.word.tables import add_table
from analysis.briefing.blocks import (
    Block,
    Definitions,
    Group,
    Image,
    Listing,
    Paragraphs,
    Section,
    Table,
    TileMap,
    Title,
)

#: Sections that begin on a new sheet, as on the printed page.
NEW_SHEET = ("annex",)
_ADD: dict[type[Block], Callable] = {
    Title: parts.add_title,
    Paragraphs: parts.add_paragraphs,
    Listing: parts.add_listing,
    Definitions: parts.add_definitions,
    Image: parts.add_image,
    Table: add_table,
    TileMap: parts.add_tile_map,
}


def word_file(blocks: Iterable[Block], title: Title, language: str) -> bytes:
    """A Word file of the blocks, in their order.

    Parameters
    ----------
    title : Title
        What the file says of itself, and the band at the top of every sheet.

    Returns
    -------
    bytes
        The .docx: no macro, no field but the page number, nothing linked; the same bytes for the same blocks.

    Raises
    ------
    TypeError
        A part that only HTML can show; it would be lost without a word.
    """
    document = docx.Document()
    _drop_thumbnail(document)
    styles.set_page(document)
    styles.set_styles(document, language)
    set_header(document, title.band)
    _set_properties(document, title, language)
    for block in blocks:
        _add(document, block)
    raw = io.BytesIO()
    document.save(raw)
    return fixed_zip(raw.getvalue())


def _add(document: Document, block: object) -> None:
    if isinstance(block, Section):
        heading = document.add_heading(block.heading, block.level)
        heading.paragraph_format.page_break_before = block.anchor in NEW_SHEET
    if isinstance(block, (Section, Group)):
        for part in block.parts:
            _add(document, part)
        return
    add = _ADD.get(type(block))
    if add is None:
        raise TypeError(f"a {type(block).__name__} has no form in Word")
    add(document, block)


def _set_properties(document: Document, title: Title, language: str) -> None:
    properties = document.core_properties
    properties.title, properties.subject = title.heading, title.subtitle
    properties.author, properties.language = ", ".join(title.agency), styles.TAGS[language]
    properties.comments = properties.keywords = properties.last_modified_by = ""
    properties.revision = 1


def _drop_thumbnail(document: Document) -> None:
    """The picture of an empty page that the library's template brings along."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]
