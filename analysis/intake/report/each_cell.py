"""Findings + the tables they are about -> one row a cell, also of findings that hold many rows at once."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.intake.row_ranges import in_ranges
from analysis.intake.table import RawTable

#: A spreadsheet has 1,048,576 rows; the list leaves some for its heading and a last line.
MOST_LISTED = 1_048_000


def spread_rows(findings: pd.DataFrame, tables: Iterable[RawTable]) -> pd.DataFrame:
    """Each finding once for every row it holds.

    Parameters
    ----------
    findings : DataFrame of findings
    tables : iterable of RawTable
        They tell the letters of columns.

    Returns
    -------
    DataFrame
        The same columns and `spread`, whether the row was made of a finding about many: such a one has the
        row and cell of its own and "" in `rows`.
    """
    many = findings["rows"].fillna("").astype(str)
    numbers = [list(in_ranges(text)) if text else [] for text in many]
    times = [max(len(rows), 1) for rows in numbers]
    spread = findings.loc[findings.index.repeat(times)].reset_index(drop=True)
    own = [row for rows in numbers for row in (rows or [0])]
    is_spread = pd.Series([bool(rows) for rows in numbers for _ in (rows or [0])], dtype=bool)
    spread["row"] = spread["row"].where(~is_spread, pd.Series(own, dtype="int64"))
    letters = {(table.path.name, table.sheet): table.letters for table in tables}
    cells = [
        f"{letter}{row}" if (letter := letters.get((file, sheet), {}).get(column, "")) else ""
        for file, sheet, column, row in zip(
            spread["file"], spread["sheet"], spread["column"], spread["row"], strict=True
        )
    ]
    spread["cell"] = spread["cell"].where(~is_spread, pd.Series(cells, dtype=object))
    return spread.assign(rows="", spread=is_spread)
