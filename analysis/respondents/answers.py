"""Values as stored + a round's no-answer codes -> what kind of answer each one is.

The kinds stay apart until an indicator decides what each means: "don't know" may count as "not yes"
for one indicator and be left out of another.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.rounds import Missing

#: In this order; `kind_numbers` gives the position.
KINDS = ("answered", "dont_know", "refused", "not_asked", "missing")
ANSWERED, DONT_KNOW, REFUSED, NOT_ASKED, MISSING = range(len(KINDS))


def kind_numbers(values: np.ndarray, missing: Missing) -> np.ndarray:
    """The position in `KINDS` of every value.

    Parameters
    ----------
    values : float array of any shape
        As stored; NaN where the file has a blank.
    missing : Missing
        The round's codes of each kind of no-answer.

    Returns
    -------
    int8 array of the same shape.
    """
    numbers = np.where(np.isnan(values), np.int8(MISSING), np.int8(ANSWERED))
    for code, kind in missing.kinds().items():
        numbers[values == code] = KINDS.index(kind)
    return numbers


def answer_kinds(series: pd.Series, missing: Missing) -> pd.Series:
    """The kind of every answer in a column, as a category of `KINDS`.

    Examples
    --------
    >>> missing = Missing(dont_know=(888,), refused=(999,), not_asked=(-999999,))
    >>> list(answer_kinds(pd.Series([1, 888, 999, -999999, None]), missing))
    ['answered', 'dont_know', 'refused', 'not_asked', 'missing']
    """
    numbers = kind_numbers(series.to_numpy(dtype=float, na_value=np.nan), missing)
    kinds = pd.Categorical.from_codes(numbers, categories=list(KINDS))
    return pd.Series(kinds, index=series.index, name=series.name)


def without_no_answers(table: pd.DataFrame, missing: Missing) -> pd.DataFrame:
    """The table with every no-answer code of the numeric columns as NaN, whatever its kind."""
    out = table.copy()
    for name in out.select_dtypes("number"):
        kinds = kind_numbers(out[name].to_numpy(dtype=float, na_value=np.nan), missing)
        out[name] = out[name].where(kinds == ANSWERED)
    return out
