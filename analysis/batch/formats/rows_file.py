"""The rows behind an annex -> `annex.csv`: tidy, for programs; UTF-8 with a mark so that Excel reads it."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analysis.batch.formats.results_rows import ANNEX_COLUMNS
from analysis.estimates.results import COUNT_COLUMNS
from analysis.inert import inert_text


def rows_csv(rows: pd.DataFrame) -> bytes:
    """A CSV of the rows of `annex_rows`.

    Notes
    -----
    Commas between cells, a decimal point, CR and LF at the end of a line (RFC 4180), nothing where there is
    no number. Text that a spreadsheet might run as a formula has an apostrophe in front (`analysis.inert`).
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(ANNEX_COLUMNS)
    columns = [_texts(rows[name], name) for name in ANNEX_COLUMNS]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode("utf-8-sig")


def _texts(values: pd.Series, name: str) -> list[str]:
    if name in COUNT_COLUMNS:
        return ["" if pd.isna(value) else str(int(value)) for value in values]
    if values.dtype.kind == "f":
        return ["" if pd.isna(value) else repr(float(value)).removesuffix(".0") for value in values]
    return [inert_text(str(value)) for value in values]
