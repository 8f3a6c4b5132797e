"""Answers to an indicator's variables -> one number a respondent; the few recipes the rows may name.

What all recipes share: refused, not asked and blank never count. "Don't know" counts as an answer
that is not "yes" where the row says `no`, and does not count where it says `missing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.respondents.answers import ANSWERED, DONT_KNOW


@dataclass(frozen=True)
class Spec:
    """What a row of indicators.csv says to its recipe."""

    codes: tuple[float, ...]
    minimum: float
    maximum: float
    dont_know_is_no: bool = False


@dataclass(frozen=True)
class Recipe:
    """A function, and what a row that names it must give.

    `function(values, kinds, spec)` takes float and int8 arrays of shape (respondents, variables) and
    gives a float array of shape (respondents,), NaN where the respondent is not counted.
    """

    function: Callable[[np.ndarray, np.ndarray, Spec], np.ndarray]
    needs_codes: bool
    many_variables: bool
    variable_type: str
    dont_know_may_be_no: bool


def share_of_codes(values: np.ndarray, kinds: np.ndarray, spec: Spec) -> np.ndarray:
    """The share of the variables answered with one of the codes: 1 or 0 where there is one variable.

    Notes
    -----
    share = yes / counted, where counted is at least half of the variables; fewer give NaN. So one
    unanswered item of a battery neither drops the respondent nor counts as "no".

    Examples
    --------
    >>> spec = Spec(codes=(1,), minimum=0, maximum=1)
    >>> values = np.array([[1., 2.], [1., 1.]])
    >>> share_of_codes(values, np.zeros((2, 2), dtype=np.int8), spec).tolist()
    [0.5, 1.0]
    """
    counted = _counted(kinds, spec)
    yes = (kinds == ANSWERED) & np.isin(values, spec.codes)
    number = counted.sum(axis=1)
    enough = (number > 0) & (2 * number >= values.shape[1])
    return np.where(enough, yes.sum(axis=1) / np.maximum(number, 1), np.nan)


def count_of_codes(values: np.ndarray, kinds: np.ndarray, spec: Spec) -> np.ndarray:
    """How many of the variables are answered with one of the codes.

    Notes
    -----
    count = variables * `share_of_codes`: where some items are unanswered the count is scaled up to
    the whole battery, so that it stays between the same minimum and maximum for everybody.
    """
    return values.shape[1] * share_of_codes(values, kinds, spec)


def any_of_codes(values: np.ndarray, kinds: np.ndarray, spec: Spec) -> np.ndarray:
    """1 where any variable is answered with one of the codes, 0 where none is; only whole batteries.

    Notes
    -----
    Counted are the respondents with an answer to every variable, whatever the answers are. To count a
    "yes" beside a blank, and drop a "no" beside a blank, would let the outcome decide who is counted
    and push the share up: of people who skip one of two items, only those with a "yes" would stay.

    Examples
    --------
    >>> spec = Spec(codes=(1,), minimum=0, maximum=1)
    >>> kinds = np.array([[0, 0], [0, 4]], dtype=np.int8)
    >>> any_of_codes(np.array([[2., 1.], [1., np.nan]]), kinds, spec).tolist()
    [1.0, nan]
    """
    yes = ((kinds == ANSWERED) & np.isin(values, spec.codes)).any(axis=1)
    whole = _counted(kinds, spec).all(axis=1)
    return np.where(whole, yes.astype(float), np.nan)


def scale(values: np.ndarray, kinds: np.ndarray, spec: Spec) -> np.ndarray:
    """The ordinal value as stored, where it lies between the minimum and the maximum."""
    value = values[:, 0]
    inside = (kinds[:, 0] == ANSWERED) & (value >= spec.minimum) & (value <= spec.maximum)
    return np.where(inside, value, np.nan)


def amount(values: np.ndarray, kinds: np.ndarray, spec: Spec) -> np.ndarray:
    """The number, limited to [minimum, maximum]: one very large answer cannot carry the mean."""
    return np.where(kinds[:, 0] == ANSWERED, np.clip(values[:, 0], spec.minimum, spec.maximum), np.nan)


def _counted(kinds: np.ndarray, spec: Spec) -> np.ndarray:
    counted = kinds == ANSWERED
    return counted | (kinds == DONT_KNOW) if spec.dont_know_is_no else counted


RECIPES: dict[str, Recipe] = {
    "share_of_codes": Recipe(share_of_codes, True, True, "code", True),
    "count_of_codes": Recipe(count_of_codes, True, True, "code", True),
    "any_of_codes": Recipe(any_of_codes, True, True, "code", True),
    "scale": Recipe(scale, False, False, "code", False),
    "amount": Recipe(amount, False, False, "number", False),
}
