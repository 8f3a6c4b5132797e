"""A text + the known names of places -> whether it is one of them or a slip of the pen away, word by word.

Whoever shows a value must know that it is a place's name and not a person's: "Kiên Lươn" has the words of
Kiên Lương but for a letter, "Lê Thị Bình" has nobody's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from analysis.places.names import PlaceNames
from analysis.places.spelling import Words, bare_key, is_code, typed_text, words_of

_PARTS = re.compile(r"[,;/|()\[\]\n\r]+|\s[-\u2010-\u2015]\s")
#: Letters that may differ in one word, and in all of a name.
_IN_A_WORD, _IN_ALL = 1, 2
#: A name of one word shorter than this has too many neighbours.
_LEAST_LETTERS = 4


class PlaceLikeness:
    """The names of some places, without their accents, by how many words they have.

    Parameters
    ----------
    names : PlaceNames
    """

    def __init__(self, names: PlaceNames) -> None:
        self._without_kind = names.without_kind
        self._by_length: dict[int, set[Words]] = defaultdict(set)
        for name in names.all_names():
            words = tuple(name.split())
            self._by_length[len(words)].add(words)

    def is_place(self, text: str) -> bool:
        """Whether each part of a text is a known name, with or without accents and kind words."""
        return self._every_part(text, lambda words: words in self._by_length[len(words)])

    def is_near_place(self, text: str) -> bool:
        """Whether each part of a text is a known name or has its words but for a letter or two."""
        return self._every_part(text, self._is_near)

    def _every_part(self, text: str, test: Callable[[Words], bool]) -> bool:
        parts = [words_of(part) for part in _PARTS.split(typed_text(text))]
        parts = [words for words in parts if words and not is_code(words)]
        return bool(parts) and all(any(test(one) for one in self._readings(words)) for words in parts)

    def _readings(self, words: Words) -> Iterable[Words]:
        """The words, and what is left of them without a kind word."""
        for read in (words, *(rest for _, rest, _ in self._without_kind(words))):
            bare = tuple(bare_key(read).split())
            yield bare
            if len(bare) > 1 and len(bare[-1]) == 1:  # "Châu Thành A", of another province
                yield bare[:-1]

    def _is_near(self, words: Words) -> bool:
        if words in self._by_length[len(words)]:
            return True
        if len(words) == 1 and len(words[0]) < _LEAST_LETTERS:
            return False
        return any(_differ(words, known) <= _IN_ALL for known in self._by_length[len(words)])


def _differ(words: Words, known: Words) -> int:
    """Letters that differ in all, or more than are allowed where one word differs too much."""
    total = 0
    for one, other in zip(words, known, strict=True):
        if one != other:
            if not one_edit_apart(one, other):
                return _IN_ALL + 1
            total += _IN_A_WORD
    # Of a name of several words one must be right.
    return total if len(words) == 1 or total < len(words) else _IN_ALL + 1


def one_edit_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out, changed, or two that changed places.

    Examples
    --------
    >>> one_edit_apart("luong", "luon"), one_edit_apart("gieng", "rieng"), one_edit_apart("an", "bien")
    (True, True, False)
    >>> one_edit_apart("gaio", "giao")
    True
    """
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
