"""The names that the sheets of a findings workbook may have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.intake.table import RawTable


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
