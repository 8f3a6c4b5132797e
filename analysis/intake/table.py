"""What a reader took out of one sheet or file -> a `RawTable`: text with its address, nothing typed yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

#: How a cell was stored. "merged" is a value filled in from a merged range; "formula_empty" a formula whose
#: result the file does not hold; "error" a cell such as #N/A, whose text is the error's name.
KINDS = ("text", "number", "date", "bool", "error", "formula_empty", "empty", "merged")
#: The row number that `address` and `place_of` take for the heading itself.
HEADING = -1


@dataclass(frozen=True, eq=False)
class RawTable:
    """One table as it was read.

    Attributes
    ----------
    path : Path
    sheet : str
        "" where the format has no sheets.
    cells : DataFrame
        Text (pandas "str"), NA where empty; columns are the headings, each once; index 0 … n - 1. Made from
        `stored` when first asked for where the file has types of its own.
    rows : array of int, shape (n,)
        Row of the sheet or line of the file, from 1, of each row of `cells`.
    letters : dict
        Column -> spreadsheet letter; "" where the format has none.
    kinds : DataFrame
        Same shape as `cells`: how each cell was stored, one of `KINDS`.
    stored : DataFrame, optional
        For .dta, .sav and .parquet: the values in the file's own types.
    variable_labels : dict
        Column -> label.
    value_labels : dict
        Column -> {code: label}; a tagged missing value of Stata has the code ".a" … ".z".
    missing_ranges : dict
        Column -> list of (low, high) that SPSS marks as missing; the values themselves stay in the table.
    tagged : dict
        Column -> {row of `cells`: ".a" … ".z"}. In `stored` such a value is NaN, in `cells` the tag.
    encoding, delimiter : str
        "" where they do not apply.
    header_row : int
        Row or line of the headings (the last one where there are two); 0 where the format names its columns.
    """

    path: Path
    sheet: str
    cells: pd.DataFrame = field(default_factory=lambda: None)  # a factory leaves no attribute on the class
    rows: np.ndarray = None
    letters: dict[str, str] = field(default_factory=dict)
    kinds: pd.DataFrame = field(default_factory=lambda: None)
    stored: pd.DataFrame | None = None
    variable_labels: dict[str, str] = field(default_factory=dict)
    value_labels: dict[str, dict[float | str, str]] = field(default_factory=dict)
    missing_ranges: dict[str, list[tuple[float | str, float | str]]] = field(default_factory=dict)
    tagged: dict[str, dict[int, str]] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1

    def __post_init__(self) -> None:
        if self.stored is not None:
            # Unset until asked for: a survey of a thousand columns is seldom wanted as text.
            for name in ("cells", "kinds"):
                if getattr(self, name) is None:
                    object.__delattr__(self, name)

    def __getattr__(self, name: str) -> Any:
        """Make `cells` and `kinds` of a table that has stored values, the first time."""
        if name not in ("cells", "kinds") or self.__dict__.get("stored") is None:
            raise AttributeError(name)
        cells, kinds = texts_of(self.stored, self.tagged)
        for made, value in (("cells", cells), ("kinds", kinds)):
            if made not in self.__dict__:
                object.__setattr__(self, made, value)
        return self.__dict__[name]

    @property
    def columns(self) -> list[str]:
        """The headings in order."""
        return list(self.cells.columns if self.stored is None else self.stored.columns)

    def address(self, row: int, column: str) -> str:
        """Where a cell stands, for a message.

        Parameters
        ----------
        row : int
            Row of `cells` from 0, or `HEADING`.
        column : str

        Returns
        -------
        str, such as "Sheet1!E14", or "row 14, column diem" where the format has no letters.
        """
        number, letter = self._number(row), self.letters.get(column, "")
        if letter:
            return f"{self.sheet}!{letter}{number}"
        return f"row {number}, column {column}"

    def place_of(self, row: int, column: str = "") -> dict[str, Any]:
        """The same as the keywords of `Finding`: file, sheet, cell, row, column.

        Parameters
        ----------
        row : int
            Row of `cells` from 0, or `HEADING`.
        column : str, optional
            Empty for what is about the whole row.
        """
        number, letter = self._number(row), self.letters.get(column, "")
        return {
            "file": self.path.name,
            "sheet": self.sheet,
            "cell": f"{letter}{number}" if letter else "",
            "row": number,
            "column": column,
        }

    def _number(self, row: int) -> int:
        return self.header_row if row == HEADING else int(self.rows[row])


def texts_of(
    stored: pd.DataFrame, tagged: dict[str, dict[int, str]] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values in a file's own types -> the same as text, and how each was stored.

    Returns
    -------
    tuple of DataFrame
        Cells and kinds, of the shape of `stored`.
    """
    texts, kinds = {}, {}
    for place, column in enumerate(stored.columns):
        codes, uniques = pd.factorize(stored.iloc[:, place].astype(object), use_na_sentinel=True)
        pairs = [text_of(value) for value in uniques] + [("", "empty")]
        text = np.array([text or None for text, _ in pairs], dtype=object)[codes]
        kind = np.array([kind for _, kind in pairs], dtype=object)[codes]
        for row, tag in (tagged or {}).get(column, {}).items():
            text[row], kind[row] = tag, "text"
        texts[column] = pd.Series(text, dtype="str")
        kinds[column] = pd.Categorical(kind, categories=KINDS)
    return pd.DataFrame(texts), pd.DataFrame(kinds)


def text_of(value: Any) -> tuple[str, str]:
    """One value -> its text and its kind.

    Examples
    --------
    >>> text_of(29221.0), text_of(7.5), text_of(True)
    (('29221', 'number'), ('7.5', 'number'), ('TRUE', 'bool'))
    >>> text_of(datetime(1980, 3, 5)), text_of("05/03/1980")
    (('1980-03-05', 'date'), ('05/03/1980', 'text'))
    """
    if value is None or value is pd.NaT or value == "":
        return "", "empty"
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, (bool, np.bool_)):
        return ("TRUE" if value else "FALSE"), "bool"
    if isinstance(value, (int, np.integer)):
        return str(int(value)), "number"
    if isinstance(value, (float, np.floating)):
        return _number_text(float(value))
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return (value.date().isoformat() if midnight else value.isoformat(timespec="seconds")), "date"
    if isinstance(value, date):
        return value.isoformat(), "date"
    return str(value), "text"


def _number_text(value: float) -> tuple[str, str]:
    if value != value:
        return "", "empty"
    return (str(int(value)) if value.is_integer() else repr(value)), "number"
