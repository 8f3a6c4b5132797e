"""What every sheet of a Word file bears at its top: the page number as Decree 30 asks, and the band."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analysis.batch.formats.word import styles


def set_header(document: Document, band: str) -> None:
    """Number in the middle of the top margin from the second page on; the band on every page.

    Parameters
    ----------
    band : str
        Empty for real data.
    """
    section = document.sections[0]
    for header, numbered in ((section.first_page_header, False), (section.header, True)):
        header.is_linked_to_previous = False
        paragraph = header.paragraphs[0]
        paragraph.style = styles.HEADER_BAND
        if numbered:
            _add_field(paragraph, "PAGE")
            paragraph = header.add_paragraph(style=styles.HEADER_BAND) if band else paragraph
        if band:
            paragraph.add_run(band)


def _add_field(paragraph, code: str) -> None:
    """A field that Word and LibreOffice fill in."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "2"), ("end", "")):
        run._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str):
    if kind == "shown":
        element = OxmlElement("w:t")
        element.text = text
    elif kind:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
    else:
        element = OxmlElement("w:instrText")
        element.set(qn("xml:space"), "preserve")
        element.text = f" {text} "
    return element
