"""Columns typed in a test -> the `RawTable` that a reader would make of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.utils import get_column_letter

from analysis.intake.table import KINDS, RawTable, text_of


def raw_of(
    columns: Mapping[str, Sequence[Any]],
    *,
    kinds: Mapping[tuple[int, str], str] | None = None,
    sheet: str = "Sheet1",
    file: str = "lop.xlsx",
    header_row: int = 1,
    letters: bool = True,
    **fields: Any,
) -> RawTable:
    """A table whose cells are given as a spreadsheet would hold them: text, number, date, True or None.

    Parameters
    ----------
    columns : mapping of heading to cells
    kinds : mapping, optional
        Row from 0 and heading -> kind, where it is not the value's own.
    letters : bool
        Whether columns have spreadsheet letters.
    """
    pairs = {name: [text_of(value) for value in values] for name, values in columns.items()}
    cells = pd.DataFrame(
        {n: pd.Series([t or None for t, _ in made], dtype="str") for n, made in pairs.items()}
    )
    stored = pd.DataFrame({n: pd.Series([k for _, k in made], dtype=object) for n, made in pairs.items()})
    for (row, name), kind in (kinds or {}).items():
        stored.loc[row, name] = kind
    return RawTable(
        Path(file),
        sheet,
        cells,
        np.arange(len(cells)) + header_row + 1,
        {name: get_column_letter(at) if letters else "" for at, name in enumerate(columns, 1)},
        pd.DataFrame({name: pd.Categorical(stored[name], categories=KINDS) for name in stored}),
        header_row=header_row,
        **fields,
    )
