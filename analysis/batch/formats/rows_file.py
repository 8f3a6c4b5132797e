"""The rows behind an annex -> `annex.csv`: tidy, for programs; UTF-8 with a mark so that Excel reads it."""

from __future__ import annotations

from analysis.batch.formats.results_rows import ANNEX_COLUMNS, AnnexRows


def rows_csv(rows: AnnexRows) -> bytes:
    """A CSV of an annex's rows, as `csv_lines` writes them, in the order of the results."""
    return "".join([",".join(ANNEX_COLUMNS) + "\r\n", *rows.lines]).encode("utf-8-sig")
