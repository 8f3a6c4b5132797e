"""data/framework/<name>/*.csv -> the rows of all years, as text.

Apart from `framework`, which is one year of them with numbers as numbers, so that the checks can look
at every year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.indicators.framework_settings import FrameworkSettings, read_framework_settings
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
#: Files that a framework whose indicators stand alone may leave out.
MAY_BE_ABSENT = ("dimensions", "sub_dimensions")
#: Columns of indicators.csv that may be left out: how many decimals pages show (empty = those of the unit).
MORE_COLUMNS = ("decimals",)
NUMBER_COLUMNS = ("minimum", "maximum", "weight", "unassigned_weight")


@dataclass(frozen=True)
class FrameworkRows:
    """All rows of all years, as text."""

    name: str
    dimensions: pd.DataFrame
    sub_dimensions: pd.DataFrame
    indicators: pd.DataFrame
    settings: FrameworkSettings = field(default_factory=FrameworkSettings)


def read_framework_rows(name: str) -> FrameworkRows:
    """Read the rows of all years, unchecked but for their columns."""
    folder = paths.rows_folder("framework", name)
    tables = {table: _read(folder, table) for table in COLUMNS}
    absent = {column: "" for column in MORE_COLUMNS if column not in tables["indicators"]}
    tables["indicators"] = tables["indicators"].assign(**absent)
    return FrameworkRows(name, **tables, settings=read_framework_settings(folder))


def _read(folder: Path, table: str) -> pd.DataFrame:
    path = folder / f"{table}.csv"
    if table in MAY_BE_ABSENT and not path.exists():
        return pd.DataFrame(columns=list(COLUMNS[table]), dtype="str")
    rows = read_rows(path, COLUMNS[table])
    # A drafted framework proposes more than is taken: `workbench round new`, column use.
    return rows[rows["use"] == "yes"].reset_index(drop=True) if "use" in rows else rows


def valid_in(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows whose valid_from..valid_to holds the year; an empty valid_to is still valid."""
    first = pd.to_numeric(rows["valid_from"], errors="coerce")
    last = pd.to_numeric(rows["valid_to"].replace("", "9999"), errors="coerce")
    return rows[(first <= year) & (year <= last)].reset_index(drop=True)


def needs_no_number(row: dict[str, str], column: str) -> bool:
    """Whether a number column may be empty in this row: the weight of an indicator that stands alone."""
    return column == "weight" and not row["sub_dimension"] and not row["weight"]


def number(text: str) -> float:
    """A number as the rows write it, "0.25" or "10/3".

    Examples
    --------
    >>> number("1/4")
    0.25
    """
    return float(Fraction(text))
