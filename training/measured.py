"""One measured figure with its uncertainty, or the named state that stands in its place -> a table of them.

Every function that measures gives rows of this one table; `training.results` makes them rows of the results
table. A figure that cannot be computed is never NaN without a reason: `state` names it, and
data/training/states.csv says it in Vietnamese and English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from analysis.estimates.intervals import t_interval, t_p_value

#: Why there is no figure: nobody, one person, too few for this figure, all alike, all at the highest score.
NOBODY, ONE_PERSON, FEW_PEOPLE = "nobody", "one_person", "few_people"
NO_SPREAD, AT_CEILING = "no_spread", "at_ceiling"

#: Sums of squares below this, beside the squares themselves, are rounding.
_ROUNDING = 1e-12
LEVEL = 0.95


@dataclass(frozen=True)
class Measured:
    """One figure.

    Attributes
    ----------
    statistic : str
        What it is, such as "change" or "improved"; data/training/vocabulary.csv names them.
    n : int
        People (or forms, answers, classes: the vocabulary says which) that it rests on.
    estimate, se, ci_low, ci_high, level, df, p_value : float
        NaN where there is none.
    state : str
        Why there is no estimate; "" where there is one.
    counted : bool
        It describes exactly those it was counted from and claims no more: no interval belongs to it.
    note : str
        Codes for the results table's note, joined by ";".
    """

    statistic: str
    n: int
    estimate: float = np.nan
    se: float = np.nan
    ci_low: float = np.nan
    ci_high: float = np.nan
    level: float = np.nan
    df: float = np.nan
    p_value: float = np.nan
    state: str = ""
    counted: bool = False
    note: str = ""


COLUMNS = tuple(field.name for field in fields(Measured))


def measured_table(rows: Iterable[Measured]) -> pd.DataFrame:
    """One row a figure, columns `COLUMNS`, in the order given."""
    return pd.DataFrame([vars(row) for row in rows], columns=list(COLUMNS))


def counted(statistic: str, value: float, n: int, note: str = "") -> Measured:
    """A figure without uncertainty of its own; nobody to count leaves the state."""
    if n == 0 or not np.isfinite(value):
        return Measured(statistic, n, state=NOBODY)
    return Measured(statistic, n, estimate=float(value), counted=True, note=note)


def estimated(
    statistic: str, estimate: float, se: float, df: float, n: int, *, null: float | None = None,
    bounds: tuple[float, float] = (-np.inf, np.inf), note: str = "", level: float = LEVEL,
) -> Measured:  # fmt: skip
    """A figure with its t interval, tested against `null` where one is given."""
    low, high = t_interval(np.float64(estimate), np.float64(se), np.float64(df), level, bounds)
    p = np.nan if null is None else float(t_p_value(estimate - null, np.float64(se), np.float64(df)))
    return Measured(
        statistic, n, float(estimate), float(se), float(low), float(high), level, float(df), p, note=note
    )


def spread_state(values: np.ndarray) -> str:
    """Why values have no standard error: nobody, one, or all alike; "" where they have one."""
    if len(values) < 2:
        return ONE_PERSON if len(values) else NOBODY
    return NO_SPREAD if is_constant(values) else ""


def is_constant(values: np.ndarray) -> bool:
    """Whether values differ by no more than rounding.

    Examples
    --------
    >>> is_constant(np.array([0.1 + 0.2, 0.3])), is_constant(np.array([0.0, 1e-9]))
    (True, False)
    """
    values = np.asarray(values, dtype=float)
    return bool(np.ptp(values) <= _ROUNDING * max(np.abs(values).max(), 1e-300)) if len(values) else True


def mean_of(
    statistic: str, values: np.ndarray, *, null: float | None = None,
    bounds: tuple[float, float] = (-np.inf, np.inf), note: str = "",
) -> Measured:  # fmt: skip
    """The mean of independent values with its t interval.

    Parameters
    ----------
    values : ndarray, shape (n,)
    null : float, optional
        Also test against it.
    bounds : (float, float)
        Theoretical bounds of the mean; the interval is cut there.

    Returns
    -------
    Measured
        state "nobody", "one_person" or "no_spread" where there is no standard error.

    Source
    ------
    R `t.test(values, mu = null)`; tests/training/test_measured.py.

    Examples
    --------
    >>> m = mean_of("mean", np.array([1.0, 2.0, 3.0]))
    >>> round(m.estimate, 3), round(m.se, 3), round(m.ci_low, 3), round(m.ci_high, 3)
    (2.0, 0.577, -0.484, 4.484)
    """
    values = np.asarray(values, dtype=float)
    state = spread_state(values)
    if state:
        return Measured(statistic, len(values), state=state, note=note)
    se = values.std(ddof=1) / np.sqrt(len(values))
    return estimated(
        statistic, values.mean(), se, len(values) - 1, len(values), null=null, bounds=bounds, note=note
    )
