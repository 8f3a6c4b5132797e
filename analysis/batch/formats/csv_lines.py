"""Rows of a table -> the lines of a CSV file: full numbers, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pandas as pd

from analysis.estimates.results import COUNT_COLUMNS
from analysis.inert import inert_text


def csv_lines(rows: pd.DataFrame) -> list[str]:
    """A line a row, without the head; commas, a decimal point, CR and LF at the end (RFC 4180).

    Notes
    -----
    Nothing where there is no number. Text that a spreadsheet might run as a formula has an apostrophe in
    front (`analysis.inert`).
    """
    columns = [_texts(rows[name], name) for name in rows]
    return [_line(row) for row in zip(*columns, strict=True)]


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _texts(values: pd.Series, name: str) -> list[str]:
    plain = values.to_numpy(dtype=object)  # a column of Arrow's is walked ten times more slowly
    if name in COUNT_COLUMNS:
        return ["" if pd.isna(value) else str(int(value)) for value in plain]
    if values.dtype.kind == "f":
        return ["" if pd.isna(value) else repr(float(value)).removesuffix(".0") for value in plain]
    known = {value: inert_text(str(value)) for value in set(plain)}
    return [known[value] for value in plain]
