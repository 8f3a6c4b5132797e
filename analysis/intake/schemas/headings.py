"""Headings of a table + declared schema -> which column is which, and findings on those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.errors import nearest, shown
from analysis.findings import Finding, findings_table
from analysis.intake.schemas.schema import Column, Schema
from analysis.intake.schemas.schema_rows import heading_key
from analysis.intake.table import RawTable
from analysis.personal import shown_name
from analysis.places.rows import fold


def match_headings(raw: RawTable, schema: Schema) -> tuple[dict[str, str], pd.DataFrame]:
    """Which column of a table each declared column is.

    Parameters
    ----------
    raw : RawTable
    schema : Schema

    Returns
    -------
    tuple of dict and DataFrame
        Declared name -> column of `raw`, for those found; and findings: a required column is missing, two
        columns fit one declared name (both `stop`), optional columns missing, columns nobody declared,
        which are not read (`note`).

    Notes
    -----
    A heading matches with its accents; where none does, without them (`NGAY SINH`), as long as that fits
    one declared column only.
    """
    names = list(raw.cells.columns)
    by_key, by_fold = _spellings(schema, heading_key), _spellings(schema, _plain)
    fits: dict[str, list[str]] = {}
    for name in names:
        owner = by_key.get(heading_key(name)) or by_fold.get(_plain(name))
        if owner:
            fits.setdefault(owner, []).append(name)
    matched = {owner: found[0] for owner, found in fits.items()}
    address = {"file": raw.path.name, "sheet": raw.sheet, "row": raw.header_row}
    found = [
        *_ambiguous(fits, schema),
        *_missing(matched, schema, names),
        *_unread([name for name in names if not any(name in each for each in fits.values())]),
    ]
    ordered = {column.name: matched[column.name] for column in schema.columns if column.name in matched}
    return ordered, findings_table(replace(finding, **address) for finding in found)


def _plain(text: str) -> str:
    return fold(heading_key(text))


def _spellings(schema: Schema, key) -> dict[str, str]:
    """Key of a heading -> declared name, for the keys that fit one column only."""
    owners: dict[str, set[str]] = {}
    for column in schema.columns:
        for heading in (column.name, column.label_vi, *column.headings):
            owners.setdefault(key(heading), set()).add(column.name)
    return {spelling: next(iter(names)) for spelling, names in owners.items() if len(names) == 1}


def _ambiguous(fits: dict[str, list[str]], schema: Schema) -> Iterator[Finding]:
    for owner, names in fits.items():
        if len(names) > 1:
            column, listed = schema.column(owner), shown(names)
            yield Finding(
                "ambiguous_heading",
                f'{len(names)} columns may be "{column.label_en}": {listed}. Rename all but one.',
                f'Có {len(names)} cột đều có thể là "{column.label_vi}": {listed}. Hãy đổi tên, chỉ để '
                "lại một cột.",
                column=names[1],
                expected=f"one column for {owner}",
                got=listed,
            )


def _missing(matched: dict[str, str], schema: Schema, names: list[str]) -> Iterator[Finding]:
    absent = [column for column in schema.columns if column.name not in matched]
    for column in absent:
        if column.required:
            yield _missing_column(column, names)
    optional = [column for column in absent if not column.required]
    if optional:
        vi, en = shown(column.label_vi for column in optional), shown(column.label_en for column in optional)
        yield Finding(
            "optional_column_missing",
            f"Columns that the list may have are not there: {en}. Add them if you have the data.",
            f"Danh sách không có các cột tùy chọn: {vi}. Hãy thêm nếu có số liệu.",
            kind="note",
            got=f"{len(optional)} columns",
        )


def _missing_column(column: Column, names: list[str]) -> Finding:
    close = [shown_name(name) for name in nearest(column.label_vi, names, 1)] if names else []
    vi = f' Có phải là cột "{close[0]}"?' if close else ""
    en = f' Is it the column "{close[0]}"?' if close else ""
    headings = shown(column.headings or (column.name,))
    return Finding(
        "missing_column",
        f'The column "{column.label_en}" is missing.{en} Give the column one of these headings: {headings}.',
        f'Thiếu cột "{column.label_vi}".{vi} Hãy đặt tên cột theo một trong các cách: {headings}.',
        expected=headings,
        got=f"{len(names)} columns",
    )


def _unread(names: list[str]) -> Iterator[Finding]:
    if names:
        listed = shown(shown_name(name) for name in names)
        yield Finding(
            "column_not_read",
            f"{len(names)} columns are not in the schema and are not read: {listed}. Nothing to do, or "
            "rename them.",
            f"Có {len(names)} cột không có trong lược đồ nên không được đọc: {listed}. "
            "Không cần làm gì, hoặc hãy đổi tên cột nếu đặt tên sai.",
            kind="note",
            column=shown_name(names[0]) if len(names) == 1 else "",
            got=listed,
        )
