"""Rows of a table -> the lines of a CSV file: full numbers, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import numpy as np
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
    if name not in COUNT_COLUMNS and values.dtype.kind != "f":
        inert = {value: inert_text(str(value)) for value in set(plain)}
        return [inert[value] for value in plain]
    known, texts = values.notna().to_numpy(), np.full(len(values), "", dtype=object)
    say = _whole if name in COUNT_COLUMNS else _shortest
    texts[known] = [say(value) for value in plain[known]]
    return texts.tolist()


def _whole(value: float) -> str:
    return str(int(value))


def _shortest(value: float) -> str:
    return repr(float(value)).removesuffix(".0")
