"""One R reference case -> its data, design and domain in our own terms."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.estimates.design import Design, declare_design

LONELY = {"fail": "stop"}
DESIGN_KEYS = {"ids", "strata", "weights", "fpc", "nest", "lonely", "adjust_domain_lonely"}
CASE_KEYS = {"id", "data", "design", "stat", "vars", "domain", "by", "options", "result", "note"}
_LOGICAL = {"TRUE": True, "T": True, "true": True, "True": True, "FALSE": False, "F": False, "false": False,
            "False": False}  # fmt: skip
_INTEGER = re.compile(r"\s*[-+]?\d{1,9}\s*")
COMPARE = {
    "==": lambda x, v: x == v, "!=": lambda x, v: x != v, ">": lambda x, v: x > v, ">=": lambda x, v: x >= v,
    "<": lambda x, v: x < v, "<=": lambda x, v: x <= v,
}  # fmt: skip


class Unknown(Exception):
    """A case asks for something that is not known here: it fails, and its line says so."""


@cache
def read_data(path: Path) -> pd.DataFrame:
    """A table as R's `read.csv(stringsAsFactors = TRUE)` reads it: logical, number or text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    header = [re.sub(r"^(?=[\d_])", "X", re.sub(r"[^\w.]", ".", name)) for name in rows[0]]
    columns = zip(*(row for row in rows[1:] if row), strict=True)
    return pd.DataFrame({name: _converted(values) for name, values in zip(header, columns, strict=True)})


def _converted(texts: tuple[str, ...]) -> pd.Series:
    """A column as logical, whole numbers, numbers, or else text; NA is missing, in text a blank is not."""
    known = [text for text in texts if text != "NA" and text.strip()]
    if all(text in _LOGICAL for text in known):
        return pd.Series([_LOGICAL.get(text) for text in texts], dtype="boolean")
    try:
        numbers = [float(text) if text != "NA" and text.strip() else np.nan for text in texts]
    except ValueError:
        return pd.Series([None if text == "NA" else text for text in texts], dtype=object)
    if all(_INTEGER.fullmatch(text) for text in known):
        return pd.Series(numbers).astype("Int64")
    return pd.Series(numbers)


def r_text(value: object) -> str:
    """A value as R's `as.character` prints it.

    Examples
    --------
    >>> [r_text(value) for value in (True, 3, 2.0, 0.25, 100000.0, "Yes")]
    ['TRUE', '3', '2', '0.25', '1e+05', 'Yes']
    """
    if isinstance(value, (bool, np.bool_)):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (float, np.floating)):
        digits = next(d for d in range(1, 16) if d == 15 or float(f"{value:.{d}g}") == float(f"{value:.15g}"))
        scientific = f"{value:.{digits - 1}e}"
        fixed = f"{value:.{max(digits - 1 - int(scientific.split('e')[1]), 0)}f}"
        return fixed if len(fixed) <= len(scientific) else scientific
    return str(value)


def holds_text(column: pd.Series | np.ndarray) -> bool:
    """Whether a column is neither of numbers nor of truth values."""
    return not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column))


def as_text(column: pd.Series) -> pd.Series:
    """A column's values as R prints them, missing ones as None."""
    return pd.Series(
        [None if pd.isna(value) else r_text(value) for value in column], index=column.index, dtype=object
    )


def as_numbers(column: pd.Series) -> pd.Series:
    """A column of numbers or truth values as floats.

    Raises
    ------
    Unknown
        It holds text.
    """
    if holds_text(column):
        raise Unknown(f"the column {column.name} holds text where a number is asked for")
    return pd.Series(column.to_numpy(dtype=float, na_value=np.nan), index=column.index, name=column.name)


def as_list(value: object) -> list:
    """R writes a vector of one as a scalar."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def cells_of(data: pd.DataFrame, names: list[str], between: str = "|") -> pd.Series:
    """The crossed cells of columns as R labels them; None where one is missing."""
    parts = [as_text(data[name]) for name in names]
    joined = [None if None in row else between.join(row) for row in zip(*parts, strict=True)]
    return pd.Series(joined, index=data.index, dtype=object)


def design_of(case: dict, data: pd.DataFrame) -> Design:
    about = case["design"]
    unknown = sorted(set(about) - DESIGN_KEYS)
    if unknown:
        raise Unknown(f"design keys that are not known: {', '.join(unknown)}")
    return declare_design(
        data,
        weight=about.get("weights"),
        psu=as_list(about.get("ids")),
        stratum=as_list(about.get("strata")),
        population=as_list(about.get("fpc")),
        nest=bool(about.get("nest")),
        lone_psu=LONELY.get(about.get("lonely", "fail"), about.get("lonely")),
        lone_in_domains=bool(about.get("adjust_domain_lonely")),
    )


def domain_of(conditions: list | None, data: pd.DataFrame) -> np.ndarray:
    """Who meets all conditions; a missing value meets none."""
    inside = np.ones(len(data), dtype=bool)
    for condition in conditions or []:
        inside &= _meets(data[condition["var"]], condition["op"], condition["value"])
    return inside


def _meets(column: pd.Series, operator: str, value: object) -> np.ndarray:
    values, known = as_list(value), column.notna().to_numpy()
    if operator not in (*COMPARE, "in") or (operator != "in" and len(values) != 1):
        raise Unknown(f"a condition that is not known: {operator} {value}")
    if holds_text(column) or any(isinstance(each, str) for each in values):
        column, values = as_text(column), [r_text(each) for each in values]
    else:
        column = as_numbers(column)
    if operator == "in":
        return known & column.isin(values).to_numpy()
    met = np.zeros(len(column), dtype=bool)
    met[known] = COMPARE[operator](column[known].to_numpy(), values[0])
    return met


class Case:
    """One case with its data, design and domain at hand."""

    def __init__(self, case: dict, folder: Path, options: set[str]) -> None:
        self.case, self.folder = case, folder
        self.options = case.get("options") or {}
        strange = sorted(set(case) - CASE_KEYS) + sorted(set(self.options) - options)
        if strange:
            raise Unknown(f"keys or options that are not known: {', '.join(strange)}")
        if self.options.get("na_rm", True) is not True:
            raise Unknown("na_rm other than true")
        self.data = read_data(folder / "data" / case["data"])
        self.vars, self.by = as_list(case.get("vars")), as_list(case.get("by"))
        self.design = design_of(case, self.data)
        self.domain = domain_of(case.get("domain"), self.data)
        self.result = case["result"]

    def frame(self, name: str) -> pd.DataFrame:
        return as_numbers(self.data[name]).to_frame()
