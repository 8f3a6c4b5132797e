"""Text from rows and files -> what a spreadsheet shows as it stands and never runs."""

from __future__ import annotations

from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

#: A text that begins so may be run as a formula by a spreadsheet, at once or after a trip through CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
#: What a cell may hold at most.
LONGEST_CELL = 32_000


def safe_cell(sheet, value: Any) -> WriteOnlyCell:
    """A cell that holds what is given and never a formula.

    Parameters
    ----------
    sheet : write-only worksheet
    value : str, number or None
        Control characters become "�"; a very long text is cut.

    Notes
    -----
    Text that begins like a formula is stored as text and marked with the quote that Excel keeps when the
    cell is edited.
    """
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("�", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # also of "#N/A", which would be an error cell
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def is_plain(value: Any) -> bool:
    """Whether a value can go into a cell as it is: a number, or text beginning with a letter or figure."""
    return not isinstance(value, str) or (
        value[:1].isalnum() and len(value) < LONGEST_CELL and not ILLEGAL_CHARACTERS_RE.search(value)
    )


def inert_text(text: str) -> str:
    """Text for a CSV: an apostrophe before what a spreadsheet may run; control characters become "�".

    Notes
    -----
    A CSV has no way to say "this is text". Excel and LibreOffice show the apostrophe, and programs that
    read the file find it too; it stands only where the text begins with one of `FORMULA_STARTS`.

    Examples
    --------
    >>> inert_text("=HYPERLINK(1)"), inert_text("Kiên Giang")
    ("'=HYPERLINK(1)", 'Kiên Giang')
    """
    text = ILLEGAL_CHARACTERS_RE.sub("�", text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
