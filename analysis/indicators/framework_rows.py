"""data/framework/<name>/*.csv -> the rows of all years, as text.

Apart from `framework`, which is one year of them with numbers as numbers, so that the checks can look
at every year.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from analysis import paths
from analysis.rows import read_rows

COLUMNS: dict[str, tuple[str, ...]] = {
    "dimensions": (
        "dimension", "name_vi", "name_en", "minimum", "maximum", "valid_from", "valid_to", "source",
    ),
    "sub_dimensions": (
        "sub_dimension", "dimension", "name_vi", "name_en", "minimum", "maximum", "unassigned_weight",
        "valid_from", "valid_to", "status", "source", "note",
    ),
    "indicators": (
        "indicator", "sub_dimension", "name_vi", "name_en", "recipe", "variables", "codes",
        "minimum", "maximum", "direction", "weight", "dont_know", "unit",
        "valid_from", "valid_to", "status", "source", "note",
    ),
}  # fmt: skip
NUMBER_COLUMNS = ("minimum", "maximum", "weight", "unassigned_weight")


@dataclass(frozen=True)
class FrameworkRows:
    """All rows of all years, as text."""

    name: str
    dimensions: pd.DataFrame
    sub_dimensions: pd.DataFrame
    indicators: pd.DataFrame


def read_framework_rows(name: str) -> FrameworkRows:
    """Read the rows of all years, unchecked but for their columns."""
    folder = paths.rows_folder("framework") / name
    return FrameworkRows(
        name, *(read_rows(folder / f"{table}.csv", columns) for table, columns in COLUMNS.items())
    )


def valid_in(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows whose valid_from..valid_to holds the year; an empty valid_to is still valid."""
    first = pd.to_numeric(rows["valid_from"], errors="coerce")
    last = pd.to_numeric(rows["valid_to"].replace("", "9999"), errors="coerce")
    return rows[(first <= year) & (year <= last)].reset_index(drop=True)


def number(text: str) -> float:
    """A number as the rows write it, "0.25" or "10/3".

    Examples
    --------
    >>> number("1/4")
    0.25
    """
    return float(Fraction(text))
