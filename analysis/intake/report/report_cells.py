"""Values and tables -> cells that can be no formula, and names that sheets may have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from analysis.intake.table import RawTable

#: A text that begins so may be run as a formula by a spreadsheet, at once or after a trip through CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
#: What a cell may hold at most.
_LONGEST_CELL = 32_000


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
    text = ILLEGAL_CHARACTERS_RE.sub("�", value)[:_LONGEST_CELL]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # also of "#N/A", which would be an error cell
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def is_plain(value: Any) -> bool:
    """Whether a value can go into a cell as it is: a number, or text beginning with a letter or figure."""
    return not isinstance(value, str) or (
        value[:1].isalnum() and len(value) < _LONGEST_CELL and not ILLEGAL_CHARACTERS_RE.search(value)
    )


def sheet_titles(tables: Sequence[RawTable], taken: Sequence[str]) -> list[str]:
    """A sheet name for each table: its own where it can be, at most 31 letters, none twice.

    Notes
    -----
    Spreadsheets refuse []:*?/\\ and quotes at either end, and take no notice of capitals.
    """
    used, titles = {name.casefold() for name in taken}, []
    for table in tables:
        plain = re.sub(r"[\[\]:*?/\\]", "_", table.sheet or table.path.stem).strip("' ") or "Sheet"
        title, number = plain[:31], 2
        while title.casefold() in used or title.casefold() == "history":
            title = f"{plain[: 31 - len(str(number)) - 1]}_{number}"
            number += 1
        used.add(title.casefold())
        titles.append(title)
    return titles
