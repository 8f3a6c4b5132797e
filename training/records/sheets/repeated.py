"""A sheet with a column a session, question or indicator -> its schema with these columns, and rows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.intake.schemas.schema import Column, Schema
from training.records.sheets.kinds import Kind


def with_repeated(kind: Kind, headings: Mapping[str, str]) -> tuple[Schema, dict[str, str]]:
    """A kind's schema with one column for each repeated one of a sheet.

    Parameters
    ----------
    kind : Kind
    headings : mapping
        Heading -> number or code, from `kinds.repeated_columns`.

    Returns
    -------
    tuple of Schema and dict
        The schema; its columns for the two that the repeated ones stand for are left out. And derived name ->
        number or code.
    """
    if not headings:
        return kind.schema, {}
    base = kind.schema.column(kind.value)
    derived = {f"{kind.value}_{number}": heading for number, heading in enumerate(headings, 1)}
    columns = [column for column in kind.schema.columns if column.name not in (kind.index, kind.value)]
    columns += [_derived(base, name, heading) for name, heading in derived.items()]
    return Schema(kind.schema.name, tuple(columns)), {
        name: headings[heading] for name, heading in derived.items()
    }


def _derived(base: Column, name: str, heading: str) -> Column:
    label = " ".join(heading.split())
    return replace(
        base,
        name=name,
        headings=(heading,),
        label_vi=f"{base.label_vi} ({label})",
        label_en=f"{base.label_en} ({label})",
        required=False,
    )


def in_rows(table: pd.DataFrame, kind: Kind, columns: Mapping[str, str]) -> pd.DataFrame:
    """A table with repeated columns -> one row a cell.

    Parameters
    ----------
    table : DataFrame
        Typed, with the columns of `columns`; its other columns are kept.
    kind : Kind
    columns : mapping
        Derived name -> number or code.

    Returns
    -------
    DataFrame
        Rows in the order of `table`, within each in the order of `columns`; `kind.index` holds the number or
        code as text, `kind.value` the value, "_column" the derived name.
    """
    rest = [name for name in table.columns if name not in columns]
    parts = [
        table[rest].assign(**{kind.index: about, kind.value: table[name], "_column": name})
        for name, about in columns.items()
    ]
    # A stable sort by row: pieces of one row follow each other in the order of the columns.
    return pd.concat(parts).sort_index(kind="stable")
