"""A new document -> A4 as Decree 30 asks, with the styles that its parts bear."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Times New Roman"
#: Decree 30/2020/NĐ-CP, appendix I: A4, margins in millimetres, letters of 13 points; lists have 12, so that
#: every district's briefing keeps to two sheets.
WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT = 210, 297, 20, 20, 30, 18
SIZE = 13
INK, SOFT, BLUE, BAND = "1A1A1A", "595959", "004C7F", "5F3E00"
#: Language tags of the pages' languages.
TAGS = {"vi": "vi-VN", "en": "en-GB"}

BAND_STYLE, HEADER_BAND, OFFICIAL, LEAD = "Briefing Band", "Header Band", "Briefing Official", "Briefing Lead"
NOTE, TERM, PICTURE = "Briefing Note", "Briefing Term", "Briefing Picture"
CELL, NUMBER_CELL, HEAD_CELL, HEAD_NUMBER = "Cell", "Cell Number", "Cell Head", "Cell Head Number"
BULLET, NUMBERED, CAPTION = "List Bullet", "List Number", "Caption"


@dataclass(frozen=True)
class Look:
    """How the paragraphs of one style look; sizes and spaces in points."""

    size: float = SIZE
    bold: bool = False
    italic: bool = False
    colour: str = INK
    before: float = 0
    after: float = 6
    align: WD_ALIGN_PARAGRAPH | None = None
    with_next: bool = False


LOOKS = {
    "Normal": Look(),
    "Heading 1": Look(18, bold=True, before=12, after=4, with_next=True),
    "Heading 2": Look(14, bold=True, colour=BLUE, before=8, after=3, with_next=True),
    "Heading 3": Look(13, bold=True, before=10, after=4, with_next=True),
    CAPTION: Look(11, bold=True, before=4, after=3, with_next=True),
    BULLET: Look(12, after=1),
    NUMBERED: Look(after=4),
    BAND_STYLE: Look(11, bold=True, colour=BAND, after=8, align=WD_ALIGN_PARAGRAPH.CENTER),
    HEADER_BAND: Look(9, bold=True, colour=BAND, after=0, align=WD_ALIGN_PARAGRAPH.CENTER),
    OFFICIAL: Look(11, after=0, align=WD_ALIGN_PARAGRAPH.CENTER),
    LEAD: Look(after=2),
    NOTE: Look(10, colour=SOFT, before=1, after=2),
    TERM: Look(11, bold=True, after=0, with_next=True),
    CELL: Look(9, after=0),
    NUMBER_CELL: Look(9, after=0, align=WD_ALIGN_PARAGRAPH.RIGHT),
    HEAD_CELL: Look(9, bold=True, after=0),
    HEAD_NUMBER: Look(9, bold=True, after=0, align=WD_ALIGN_PARAGRAPH.RIGHT),
    PICTURE: Look(after=2, align=WD_ALIGN_PARAGRAPH.CENTER, with_next=True),
}


def set_page(document: Document) -> None:
    """A4, upright, with the margins of Decree 30; the first page's header is its own."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDTH), Mm(HEIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True


def set_styles(document: Document, language: str) -> None:
    """The looks of `LOOKS`, and the language that spelling is checked in."""
    for name, look in LOOKS.items():
        _set_look(_style(document, name), look)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = defaults.find(qn("w:lang"))
    for which in ("w:val", "w:eastAsia"):
        tag.set(qn(which), TAGS[language])


def _style(document: Document, name: str):
    styles = document.styles
    if name in [style.name for style in styles]:
        return styles[name]
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    return style


def _set_look(style, look: Look) -> None:
    font, paragraph = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = RGBColor.from_string(look.colour)
    _set_font(style)
    paragraph.space_before, paragraph.space_after = Pt(look.before), Pt(look.after)
    paragraph.line_spacing, paragraph.keep_with_next = 1.0, look.with_next
    if look.align is not None:
        paragraph.alignment = look.align


def _set_font(style) -> None:
    """One font for all letters; the template's heading styles name the theme's instead."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for which in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{which}"), FONT)
    properties.insert(0, fonts)
