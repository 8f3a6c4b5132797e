"""The rows behind an annex -> one long sheet, tidy: numbers in full, shown as pages round them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from analysis.batch.formats.result_units import FORMATS, IN_UNIT, number_format
from analysis.batch.formats.results_rows import ANNEX_COLUMNS
from analysis.batch.formats.sheet_writer import SheetWriter
from analysis.briefing.pack import RoundPage
from analysis.estimates.results import COUNT_COLUMNS
from analysis.inert import is_plain, safe_cell

_NUMBERS = (*IN_UNIT, *FORMATS)
#: Widths of columns that are not as wide as their head, in letters.
_WIDTHS = {"measure_vi": 45, "measure_en": 45, "place_vi": 24, "place_en": 24, "measure": 24, "source": 40}


def write_rows(book: Workbook, name: str, page: RoundPage, rows: pd.DataFrame) -> None:
    """Append the sheet of all rows; its columns are those of annex.csv.

    Parameters
    ----------
    rows : DataFrame from `annex_rows`
    """
    widths = [_WIDTHS.get(column, len(column) + 4) for column in ANNEX_COLUMNS]
    writer = SheetWriter(book, name, widths, page.band, [], ANNEX_COLUMNS)
    last = get_column_letter(len(ANNEX_COLUMNS))
    writer.sheet.auto_filter.ref = f"A{writer.head_row}:{last}{writer.head_row + len(rows)}"
    known: dict[tuple[str, str, str, str], str] = {}
    for row in rows.itertuples(index=False):
        writer.sheet.append([_value(writer.sheet, page, row, column, known) for column in ANNEX_COLUMNS])


def _value(sheet, page: RoundPage, row: Any, column: str, known: dict) -> Any:
    """A bare value where it needs no format: thousands of cells bear no looks."""
    value = getattr(row, column)
    if column not in _NUMBERS:
        return (value or None) if is_plain(value) or not value else safe_cell(sheet, value)
    if pd.isna(value):
        return None
    key = (row.measure, row.statistic, row.unit, column)
    if key not in known:
        known[key] = number_format(page, row, column)
    cell = WriteOnlyCell(sheet, int(value) if column in COUNT_COLUMNS else float(value))
    cell.number_format = known[key]
    return cell
