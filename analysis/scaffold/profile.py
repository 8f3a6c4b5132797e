"""A raw table -> one profile a column: what its values look like, before anybody has said what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.intake.table import RawTable
from analysis.places.rows import fold

#: What programs write for a blank: R, spreadsheets, databases, Stata.
BLANK_MARKS = ("NA", "N/A", "#N/A", "NULL", "null", "NaN", "nan", ".", "-")
_COMMA = r"\s*[+-]?\d+,\d+\s*"


@dataclass(frozen=True, eq=False)
class Profile:
    """One column of a file.

    Attributes
    ----------
    name, label : str
    texts : Series of str, one a row
        As written; NA where empty.
    numbers : array of float, one a row
        NaN where empty or no number.
    labels : dict
        Code -> label of the file's own.
    comma : bool
        Its numbers are written with a decimal comma.
    tags : tuple of str
        Stata's tagged missing values in it.
    marked : tuple of (low, high)
        What SPSS marks as missing.
    blank : str
        What stands in its blank cells beside numbers, such as "NA"; those cells count as empty here.
    """

    name: str
    label: str
    texts: pd.Series
    numbers: np.ndarray
    labels: dict[float | str, str] = field(default_factory=dict)
    comma: bool = False
    tags: tuple[str, ...] = ()
    marked: tuple[tuple[float | str, float | str], ...] = ()
    blank: str = ""

    @cached_property
    def filled(self) -> int:
        return int(self.texts.notna().sum())

    @cached_property
    def different(self) -> int:
        return int(self.texts.nunique())

    @cached_property
    def is_numeric(self) -> bool:
        """Whether every filled cell is a number."""
        return self.filled > 0 and int(np.isfinite(self.numbers).sum()) + self._tagged >= self.filled

    @cached_property
    def is_whole(self) -> bool:
        values = self.numbers[np.isfinite(self.numbers)]
        return self.is_numeric and bool((values == np.floor(values)).all())

    @cached_property
    def values(self) -> dict[float, int]:
        """Each different number and how many rows hold it, smallest first."""
        numbers, counts = np.unique(self.numbers[np.isfinite(self.numbers)], return_counts=True)
        return dict(zip(numbers.tolist(), counts.tolist(), strict=True))

    @property
    def everywhere(self) -> bool:
        return self.filled == len(self.texts)

    @cached_property
    def _tagged(self) -> int:
        return int(self.texts.isin(self.tags).sum()) if self.tags else 0


def profile_columns(raw: RawTable) -> dict[str, Profile]:
    """Column -> its profile, in the file's order."""
    return {name: _profile(raw, name) for name in raw.columns}


def _profile(raw: RawTable, name: str) -> Profile:
    tags = tuple(sorted(set(raw.tagged.get(name, {}).values())))
    texts, comma, blank = raw.cells[name], False, ""
    if raw.stored is not None and pd.api.types.is_numeric_dtype(raw.stored[name]):
        numbers = raw.stored[name].to_numpy(dtype=float, na_value=np.nan)
    else:
        written = texts.dropna()
        comma = bool(len(written)) and bool(written.str.fullmatch(_COMMA).any())
        plain = texts.str.replace(",", ".", regex=False) if comma else texts
        numbers = pd.to_numeric(plain, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        blank = _blank(texts, numbers)
        if blank:
            texts = texts.mask(texts.str.strip() == blank)
    return Profile(
        name=name,
        label=raw.variable_labels.get(name, ""),
        texts=texts,
        numbers=numbers,
        labels=_numbered(raw.value_labels.get(name, {})),
        comma=comma,
        tags=tags,
        marked=tuple(raw.missing_ranges.get(name, ())),
        blank=blank,
    )


def _blank(texts: pd.Series, numbers: np.ndarray) -> str:
    """The one mark that stands where a column of text holds no number, "" where other words do too."""
    other = texts[np.isnan(numbers) & texts.notna().to_numpy()].str.strip().unique()
    one = len(other) == 1 and other[0] in BLANK_MARKS
    return other[0] if one and np.isfinite(numbers).any() else ""


def _numbered(labels: dict) -> dict[float | str, str]:
    """Codes as numbers where they are."""
    return {
        float(code) if isinstance(code, (int, float, np.number)) else code: text
        for code, text in labels.items()
    }


def name_key(text: str) -> str:
    """A name or heading as the patterns write it.

    Examples
    --------
    >>> name_key("Quận/Huyện"), name_key("PSW_psweight")
    ('quan_huyen', 'psw_psweight')
    """
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")
