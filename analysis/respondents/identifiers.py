"""Codes as a file stores them (899, 899.0, "899 ") -> codes as text ("899"), zeros kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from analysis.errors import EXAMPLES_SHOWN, shown
from analysis.intake.persons.masks import show
from analysis.rounds import Round

_FIGURES = re.compile(r"[\d./_-]+")
#: What stands for a code that is not there.
_NO_CODE, _WITHOUT = "(no code)", ("no code",)


def text_code(series: pd.Series) -> pd.Series:
    """Codes as text: whole numbers without ".0", text without blanks around it, blanks as missing.

    Examples
    --------
    >>> text_code(pd.Series([899.0, None])).tolist()
    ['899', nan]
    """
    if pd.api.types.is_numeric_dtype(series):
        numbers = series.to_numpy(dtype=float, na_value=np.nan)
        texts = [_number_as_text(number) for number in numbers]
    else:
        texts = [None if pd.isna(value) else _cell_as_text(value) for value in series]
    return pd.Series(texts, index=series.index, name=series.name, dtype="str")


def place_code(series: pd.Series, known: Collection[str]) -> pd.Series:
    """Codes of places as text; a number gets back the leading zeros that storing it as a number lost.

    Parameters
    ----------
    series : Series of numbers or text
    known : collection of str
        The codes of `data/places`; when all are of one length, shorter numbers are filled up to it.
    """
    codes = text_code(series)
    lengths = {len(code) for code in known}
    if pd.api.types.is_numeric_dtype(series) and len(lengths) == 1:
        return codes.str.zfill(lengths.pop())
    return codes


def respondents_in(table: pd.DataFrame, survey_round: Round, rows: np.ndarray | pd.Series) -> str:
    """Who the rows are about, for a message: at most five respondents' codes, nothing they answered."""
    codes = text_code(table[survey_round.columns.respondent]).fillna(_NO_CODE).to_numpy()
    return f"respondents {shown_codes(codes[np.asarray(rows)])}"


def shown_codes(codes: Iterable[str]) -> str:
    """At most five codes for a message; what is no code and no place's name is hidden.

    Long figures are shown: a survey numbers its respondents so.

    Examples
    --------
    >>> shown_codes(["899", "Nguyễn Văn An"])
    '899, •••'
    """
    codes = list(codes)
    first = codes[:EXAMPLES_SHOWN]
    plain = [code if _FIGURES.fullmatch(code) else show(code, place=True, known=_WITHOUT) for code in first]
    return shown(plain, len(codes))


def _number_as_text(number: float) -> str | None:
    if np.isnan(number):
        return None
    return str(int(number)) if number.is_integer() else str(number)


def _cell_as_text(value: object) -> str | None:
    if isinstance(value, int | float):
        return _number_as_text(float(value))
    return str(value).strip() or None
