"""A table block -> a Word table: caption above, head repeated on each page, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table as WordTable

from analysis.batch.formats.cell_lines import cell_lines
from analysis.batch.formats.word import styles
from analysis.batch.formats.word.parts import add_line
from analysis.briefing.blocks import Table

#: What the text of a page may take, in millimetres.
TEXT_WIDTH = styles.WIDTH - styles.LEFT - styles.RIGHT
#: A column, and the first one, has at least this; a letter takes this: millimetres.
_NARROWEST, _NARROWEST_HEAD, _LETTER = 13, 30, 1.7
#: Letters of a cell that count at most.
_MOST_LETTERS = 300


def add_table(document: Document, block: Table) -> WordTable:
    """Append caption, table and notes."""
    document.add_paragraph(block.caption, styles.CAPTION)
    table = document.add_table(rows=0, cols=len(block.columns))
    _set_up(table, block.caption)
    widths = column_widths(block)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    head = [column.label for column in block.columns]
    flush_right = [column.numeric and at > 0 for at, column in enumerate(block.columns)]
    heads = [styles.HEAD_NUMBER if right else styles.HEAD_CELL for right in flush_right]
    _add_row(table, head, heads, widths, is_head=True)
    looks = [styles.NUMBER_CELL if right else styles.CELL for right in flush_right]
    for row in block.rows:
        _add_row(table, row, looks, widths)
    for note in block.notes:
        document.add_paragraph(note, styles.NOTE)
    return table


def _set_up(table: WordTable, caption: str) -> None:
    """Lines between rows, the whole width, head row and head column named to screen readers."""
    table.autofit = False
    properties = table._tbl.tblPr
    for name, values in (
        ("w:tblW", {"w:w": "5000", "w:type": "pct"}),
        ("w:tblBorders", {}),
        ("w:tblCellMar", {}),
        ("w:tblLook", {"w:val": "00A0", "w:firstRow": "1", "w:firstColumn": "1", "w:lastRow": "0",
                       "w:lastColumn": "0", "w:noHBand": "1", "w:noVBand": "1"}),
        ("w:tblCaption", {"w:val": caption}),
    ):  # fmt: skip
        for old in properties.findall(qn(name)):
            properties.remove(old)
        element = OxmlElement(name)
        for key, value in values.items():
            element.set(qn(key), value)
        properties.append(element)
    _fill_borders(properties.find(qn("w:tblBorders")))
    _fill_margins(properties.find(qn("w:tblCellMar")))
    _in_order(properties)


#: The order that the format asks of a table's properties.
_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW",
    "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
    "tblDescription",
)  # fmt: skip


def _in_order(properties) -> None:
    children = sorted(properties, key=lambda child: _ORDER.index(child.tag.rpartition("}")[2]))
    for child in children:
        properties.append(child)


def _fill_borders(borders) -> None:
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8C8C8C")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)


def _fill_margins(margins) -> None:
    for side, twentieths in (("top", 25), ("left", 55), ("bottom", 25), ("right", 55)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)


def _add_row(
    table: WordTable, cells: Sequence[object], looks: list[str], widths: list[float], is_head: bool = False
) -> None:
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, content, look, width in zip(row.cells, cells, looks, widths, strict=True):
        cell.width = Mm(width)
        if is_head:
            shade(cell)
        for number, line in enumerate(cell_lines(content) or ("",)):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.style = look
            add_line(paragraph, content, line)


def shade(cell, colour: str = "E9EDF2") -> None:
    """A pale ground behind a cell."""
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def column_widths(block: Table) -> list[float]:
    """Millimetres a column, by the letters of its fullest cell.

    Notes
    -----
    By the square root: a column of sentences gets more than one of numbers, but not ten times as much. No
    column is narrower than its longest word needs.
    """
    wishes, needs = [], []
    for at, column in enumerate(block.columns):
        lines = [column.label, *(line for row in block.rows for line in cell_lines(row[at]))]
        fullest = max((sum(map(len, cell_lines(row[at]))) for row in block.rows), default=0)
        wishes.append(min(max(len(column.label), fullest), _MOST_LETTERS) ** 0.5)
        longest = max(len(word) for line in lines for word in line.split(" ") or [""])
        needs.append(max(_NARROWEST if at else _NARROWEST_HEAD, longest * _LETTER + 3))
    rest = TEXT_WIDTH - sum(needs)
    if rest <= 0:
        return [TEXT_WIDTH * need / sum(needs) for need in needs]
    return [need + rest * wish / sum(wishes) for need, wish in zip(needs, wishes, strict=True)]
