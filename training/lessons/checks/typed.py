"""What a learner typed -> a number, a rank, letters, codes; commas, signs, units as officials write them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.places import fold

#: Words and signs that may stand beside a number and do not change it.
_BESIDE = re.compile(
    r"(%|phần trăm|điểm|người|huyện|lĩnh vực|hạng|bậc|thứ|đơn vị|points?|percent)", re.IGNORECASE
)
_RANK = re.compile(r"\D*(\d+)\s*(?:/|trên|of|out of)\s*(\d+)\D*", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """A number as it was typed.

    Attributes
    ----------
    value : float
    with_comma : bool
        Typed as 39,52 without quotes, which Python takes for two numbers.
    """

    value: float
    with_comma: bool = False


def is_empty(answer: object) -> bool:
    """Whether nothing was answered: the exercise's dots, None, an empty text or list, matches all open."""
    if answer is None or answer is ...:
        return True
    if isinstance(answer, dict):
        return all(is_empty(value) for value in answer.values())
    if isinstance(answer, (str, list, tuple, set)):
        return not answer or (isinstance(answer, str) and not answer.strip(" .…?"))
    return False


def is_table(answer: object) -> bool:
    return isinstance(answer, (pd.DataFrame, pd.Series, np.ndarray)) and np.size(answer) != 1


def read_number(answer: object, whole: bool = False) -> Typed | None:
    """A number, None where it cannot be read as one.

    Parameters
    ----------
    answer : object
        A number, a text such as "39,52", "39.52", "1.504", "59,7%", a table of one cell, or 39,52
        without quotes.
    whole : bool
        Whether a whole number is wanted: then "1.504" is one thousand five hundred and four.

    Examples
    --------
    >>> read_number("39,52 điểm").value, read_number((39, 52)), read_number("1.504", whole=True).value
    (39.52, Typed(value=39.52, with_comma=True), 1504.0)
    """
    if isinstance(answer, tuple) and len(answer) == 2 and all(type(part) is int for part in answer):
        return Typed(float(f"{answer[0]}.{answer[1]}"), with_comma=True)
    if isinstance(answer, (pd.DataFrame, pd.Series, np.ndarray)) and np.size(answer) == 1:
        answer = np.asarray(answer).item()
    if isinstance(answer, (bool, np.bool_)):
        return None
    if isinstance(answer, (int, float, np.integer, np.floating)):
        return None if math.isnan(answer) else Typed(float(answer))
    return _from_text(answer, whole) if isinstance(answer, str) else None


def _from_text(text: str, whole: bool) -> Typed | None:
    text = _BESIDE.sub("", text).replace("\N{MINUS SIGN}", "-").replace("–", "-").replace(" ", "")
    if whole and re.fullmatch(r"[+-]?\d{1,3}([.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    if "," in text and "." in text:  # the last sign is the decimal one
        thousands = "," if text.rfind(".") > text.rfind(",") else "."
        text = text.replace(thousands, "")
    text = text.replace(",", ".")
    return Typed(float(text)) if re.fullmatch(r"[+-]?\d+(\.\d+)?", text) else None


def read_rank(answer: object) -> tuple[int, int | None] | None:
    """A rank and out of how many: "57/60", (57, 60), "57 trên 60"; out of None where only the rank was given.

    Examples
    --------
    >>> read_rank("57/60"), read_rank("hạng 57")
    ((57, 60), (57, None))
    """
    if isinstance(answer, (tuple, list)) and len(answer) == 2 and all(_is_whole(part) for part in answer):
        return int(answer[0]), int(answer[1])
    if isinstance(answer, str) and (match := _RANK.fullmatch(answer.strip())):
        return int(match[1]), int(match[2])
    typed = read_number(answer, whole=True)
    return (int(typed.value), None) if typed and typed.value == int(typed.value) else None


def _is_whole(value: object) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


def read_letters(answer: object, letters: str) -> list[str]:
    """The letters named, in order: "b", "B.", "A và C", ["A", "c"]; none where it is something else.

    Examples
    --------
    >>> read_letters("b)", "ABCD"), read_letters("A và C", "ABCD"), read_letters("không biết", "ABCD")
    (['B'], ['A', 'C'], [])
    """
    parts = [answer] if isinstance(answer, str) else list(answer) if isinstance(answer, Iterable) else []
    words = [word for part in parts for word in re.findall(r"\w+", str(part))]
    named = [word.upper() for word in words if len(word) == 1 and word.upper() in letters]
    others = [
        word for word in words if len(word) > 1 and fold(word) not in ("va", "and", "hoac", "or", "dap", "an")
    ]
    return [] if others else named


def read_codes(answer: object) -> list[str] | None:
    """Codes such as "D6": of a list, a set or a text "D6, d7"; None where it is something else.

    Examples
    --------
    >>> read_codes("d6, D7"), read_codes({3, 5}), read_codes(4.5)
    (['D6', 'D7'], ['3', '5'], None)
    """
    if isinstance(answer, str):
        parts: list[object] = re.split(r"[,;\s]+|\bvà\b|\band\b", answer)
    elif isinstance(answer, (list, tuple, set, frozenset, pd.Series, np.ndarray, pd.Index)):
        parts = list(answer)
    elif _is_whole(answer):
        parts = [answer]
    else:
        return None
    return list(dict.fromkeys(str(part).strip().upper() for part in parts if str(part).strip()))


def read_pairs(answer: object) -> dict[str, str] | None:
    """What was matched with what: a mapping, both sides as text in comparing form; None where it is none."""
    if not isinstance(answer, Mapping):
        return None
    return {fold(str(key)): fold(_plain(value)) for key, value in answer.items() if not is_empty(value)}


def _plain(value: object) -> str:
    """A value in words: a list of one is its one element."""
    if isinstance(value, (list, tuple, set)) and len(value) == 1:
        value = next(iter(value))
    return str(value)
