"""Columns whose cells hold lists, records or bytes -> text, so that every cell is one plain value."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

_NESTED = (list, tuple, set, frozenset, dict, np.ndarray, bytes, bytearray)


def plain_cells(table: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """A table whose cells are numbers, text, dates or empty.

    Parameters
    ----------
    table : DataFrame
        As a .parquet holds it.

    Returns
    -------
    tuple of DataFrame and dict
        Lists, records and bytes as text; exact decimals as numbers. Column -> what its cells held.

    Examples
    --------
    >>> plain_cells(pd.DataFrame({"a": [[1, 2], None]}))[0]["a"].tolist()
    ['[1, 2]', None]
    """
    changed, nested = {}, {}
    for name in table.columns:
        column = table[name]
        if column.dtype != object:
            continue
        kinds = {type(value) for value in column if value is not None and not _is_empty(value)}
        odd = [kind for kind in kinds if issubclass(kind, _NESTED)]
        if odd:
            nested[str(name)] = ", ".join(sorted({_word(kind) for kind in odd}))
            changed[name] = pd.Series([_text(value) for value in column], index=column.index, dtype=object)
        elif kinds == {Decimal}:
            changed[name] = pd.Series([_number(value) for value in column], index=column.index, dtype=float)
    return table.assign(**changed), nested


def _is_empty(value: object) -> bool:
    return not isinstance(value, _NESTED) and bool(pd.isna(value))


def _word(kind: type) -> str:
    if issubclass(kind, (bytes, bytearray)):
        return "bytes"
    return "records" if issubclass(kind, dict) else "lists"


def _number(value: Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _text(value: object) -> object:
    if not isinstance(value, _NESTED):
        return value
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", errors="replace")
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _plain(value: object) -> object:
    """Something JSON can write."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return value.item() if isinstance(value, np.generic) else value
