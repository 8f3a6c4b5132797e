"""One column of a raw table -> its different cells, once each, and which rows hold them.

Checks and typing work on these, so that ten thousand rows cost no more than their different values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.intake.table import RawTable, text_of


@dataclass(frozen=True, eq=False)
class ColumnValues:
    """The different cells of a column.

    Attributes
    ----------
    name : str
    texts, kinds : array of str, shape (m,)
        Text ("" where empty) and kind of each different cell.
    codes : array of int, shape (n,)
        Which of them each row holds.
    """

    name: str
    texts: np.ndarray
    kinds: np.ndarray
    codes: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """How many rows hold each different cell."""
        return np.bincount(self.codes, minlength=len(self.texts))

    @property
    def filled(self) -> np.ndarray:
        """Which different cells hold something."""
        return (self.texts != "") & (self.kinds != "empty")

    def rows(self, chosen: np.ndarray) -> np.ndarray:
        """Rows that hold any of the chosen different cells, in order."""
        return np.flatnonzero(chosen[self.codes]) if len(self.texts) else np.array([], dtype=int)

    def spread(self, values: list) -> np.ndarray:
        """One value a different cell -> one value a row."""
        found = np.empty(len(values), dtype=object)
        found[:] = values
        return found[self.codes]


def column_values(raw: RawTable, name: str) -> ColumnValues:
    """The different cells of a column.

    Notes
    -----
    Of a table with types of its own (.dta, .sav, .parquet) only the different values are made into text, not
    the whole table.
    """
    if raw.stored is not None and not raw.tagged.get(name):
        codes, values = pd.factorize(raw.stored[name], use_na_sentinel=False)
        pairs = [text_of(None if value is None or value is pd.NA else value) for value in values]
    else:
        texts, different = pd.factorize(raw.cells[name].fillna("").astype(object))
        kinds, names = pd.factorize(raw.kinds[name].astype(object))
        codes, both = pd.factorize(texts * max(len(names), 1) + kinds)
        pairs = [(different[pair // len(names)], names[pair % len(names)]) for pair in both]
    shape = (len(pairs), 2)
    made = np.array(pairs, dtype=object).reshape(shape)
    return ColumnValues(name, made[:, 0], made[:, 1], codes)
