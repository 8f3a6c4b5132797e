"""A CSV file of committed rows -> a table of text, codes and zeros kept.

Used for the rows that are decisions (codebook, framework): every cell stays text until the module
that owns the meaning converts it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import BadRows, shown


def read_rows(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read one file of rows as text.

    Parameters
    ----------
    path : Path
        A UTF-8, comma-separated file with a header.
    columns : sequence of str
        The columns that must be there; others are kept too.

    Returns
    -------
    DataFrame of str, empty cells as "".

    Raises
    ------
    BadRows
        When the file is absent, not UTF-8, not rectangular, or lacks a column.
    """
    try:
        rows = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except FileNotFoundError as fault:
        raise _bad(path, "the file is not there", "the file", "nothing") from fault
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as fault:
        raise _bad(
            path, "the file cannot be read as a table", "UTF-8, commas, a header", str(fault)
        ) from fault
    absent = [column for column in columns if column not in rows.columns]
    if absent:
        raise _bad(path, "columns are missing", ", ".join(columns), f"without {shown(absent)}")
    return rows.map(lambda cell: unicodedata.normalize("NFC", cell.strip()))


def _bad(path: Path, what: str, expected: str, got: str) -> BadRows:
    return BadRows(
        f"Rows of {paths.short(path)} are unusable: {what}.",
        vi=f"Tệp {paths.short(path)} không dùng được ({what}). Hãy sửa tệp rồi chạy lại.",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint="Compare with the README in the same folder, mend the file and run again.",
    )
