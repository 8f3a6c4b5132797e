"""Title, paragraphs, lists, terms and charts of a page -> the same in a Word document."""

from __future__ import annotations

import io

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Mm

from analysis.batch.formats.cell_lines import cell_lines
from analysis.batch.formats.word import styles
from analysis.briefing.blocks import Definitions, Image, Listing, Paragraphs, Passage, TileMap, Title

_BAND_FILL = "FFF3C4"
#: Millimetres of agency and motto.
_OFFICIAL_WIDTHS = (76, 86)
#: Dots of a chart on paper, an inch.
DPI = 200


def add_title(document: Document, block: Title) -> None:
    """Band, agency and motto side by side as on official paper, the heading, whom it is for."""
    if block.band:
        _shade_paragraph(document.add_paragraph(block.band, styles.BAND_STYLE))
    _add_official(document, block)
    document.add_paragraph(block.heading, "Heading 1")
    for text in (block.subtitle, block.audience):
        if text:
            document.add_paragraph(text, styles.LEAD)


def _add_official(document: Document, block: Title) -> None:
    """Agency to the left, its last line bold; motto to the right, bold, a line under its last (Decree 30)."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for at, (lines, width) in enumerate(zip((block.agency, block.motto), _OFFICIAL_WIDTHS, strict=True)):
        table.columns[at].width = table.rows[0].cells[at].width = Mm(width)
        _add_lines(table.rows[0].cells[at], lines, motto=at == 1)


def _add_lines(cell, lines: tuple[str, ...], motto: bool) -> None:
    last = len(lines) - 1
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.style = styles.OFFICIAL
        run = paragraph.add_run(line)
        run.bold = True if motto or (number == last and last > 0) else None
        run.underline = True if motto and number == last else None


def _shade_paragraph(paragraph) -> None:
    shading = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", _BAND_FILL)):
        shading.set(qn(f"w:{key}"), value)
    paragraph._p.get_or_add_pPr().append(shading)


def add_paragraphs(document: Document, block: Paragraphs) -> None:
    for sentence in block.sentences:
        document.add_paragraph(sentence, styles.NOTE if block.kind == "note" else "Normal")


def add_listing(document: Document, block: Listing) -> None:
    """A list; each numbered one starts at 1."""
    style = styles.NUMBERED if block.tag == "ol" else styles.BULLET
    numbering = _new_numbering(document) if block.tag == "ol" else None
    for item in block.items:
        paragraph = document.add_paragraph(item, style)
        if numbering is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, numbering


def _new_numbering(document: Document) -> int:
    """A numbering of its own that looks like the numbered style's."""
    numbering = document.part.numbering_part.element
    style = document.styles[styles.NUMBERED].element
    old = style.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == old).abstractNumId.val
    own = numbering.add_num(abstract)
    own.add_lvlOverride(0).add_startOverride(1)
    return own.numId


def add_line(paragraph, cell: object, text: str | None = None) -> None:
    """A line of text; one in another language than the document's says so, for spelling and for ears.

    Parameters
    ----------
    text : str, optional
        The line of the cell that is meant; the whole of it by default.
    """
    run = paragraph.add_run(" ".join(cell_lines(cell)) if text is None else text)
    if isinstance(cell, Passage):
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), styles.TAGS[cell.language])
        run._r.get_or_add_rPr().append(language)


def add_definitions(document: Document, block: Definitions) -> None:
    for term, text in block.items:
        document.add_paragraph(term, styles.TERM)
        add_line(document.add_paragraph(style=styles.NOTE), text)


def add_image(document: Document, block: Image) -> None:
    """The chart as a picture that screen readers can read, its caption under it."""
    paragraph = document.add_paragraph(style=styles.PICTURE)
    # A tenth smaller than on a page, so that the briefing stays on two sheets in Word's wider letters.
    width = min(Inches(0.9 * block.width_inches), Mm(styles.WIDTH - styles.LEFT - styles.RIGHT))
    shape = paragraph.add_run().add_picture(io.BytesIO(block.png(DPI)), width=width)
    shape._inline.docPr.set("descr", block.alt)
    shape._inline.docPr.set("title", block.caption)
    caption = document.add_paragraph(block.caption, styles.CAPTION)
    caption.paragraph_format.keep_with_next = False


def add_tile_map(document: Document, block: TileMap) -> None:
    """What the squares say, a line each: their places on a screen have no meaning in a list."""
    document.add_paragraph(block.caption, styles.CAPTION)
    add_listing(document, Listing(tuple(f"{tile.name}: {tile.about}" for tile in block.tiles)))
