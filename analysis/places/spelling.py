"""What a person typed for a place -> its words, the keys they match by, and the ways to cut them into parts.

A part is one place: "X. Bình An - H. Kiên Lương, tỉnh Kiên Giang" has three. Commas, semicolons, slashes,
brackets and line breaks always cut; a dash, a kind word or a province's name may. Every way is tried by
`analysis.places.names`, and only what all of it reads as one place is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, pairwise, product
from numbers import Real

from analysis.places.rows import LOOKALIKE_D, fold

Words = tuple[str, ...]

_CUTS = re.compile(r"[,;/|()\[\]\n\r\v\f\u2028\u2029]+")
_DASH = re.compile(r"[-\u2010-\u2015\u2212]")
#: Written around words without meaning: dots of abbreviations, underscores, quotes, the colon of a form.
_EMPTY_SIGNS = re.compile(r"[._:'\"`´‘’“”«»…]+")
#: Soft hyphen, zero-width characters, marks of writing direction, byte order mark.
_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_WHOLE = re.compile(r"^(\d+)\.0+$")
_NEGATIVE = re.compile(rf"{_DASH.pattern}\s*\d")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_I_OR_Y = re.compile(r"\b([hklmst])y\b")
_MOST_PARTS, _MOST_CUTS, _MOST_WAYS = 6, 5, 256


def typed_text(typed: object) -> str:
    """899, 899.0, "899" and "899.0" are the same code: papermill and spreadsheets turn codes into numbers."""
    if isinstance(typed, Real) and not isinstance(typed, bool) and float(typed).is_integer():
        return str(int(typed))
    text = unicodedata.normalize("NFC", str(typed).translate(LOOKALIKE_D))
    return _WHOLE.sub(r"\1", _INVISIBLE.sub("", text).strip())


def words_of(name: str) -> Words:
    """The small-letter words of a name, its dashes left out.

    Examples
    --------
    >>> words_of("T.P Rạch-Giá")
    ('t', 'p', 'rạch', 'giá')
    """
    return tuple(word for word in _tokens(typed_text(name)) if word != "-")


def has_accents(words: Words) -> bool:
    """Whether somebody who wrote these words writes accents: then every word is meant as it stands."""
    return not all(map(_is_plain, words))


@lru_cache(maxsize=65536)
def exact_key(words: Words) -> str:
    """The words with their accents, one key for both places of a tone mark (hoà, hòa) and for mỹ and mĩ.

    Examples
    --------
    >>> exact_key(("hoà",)) == exact_key(("hòa",)), exact_key(("mỹ",)) == exact_key(("mĩ",))
    (True, True)
    >>> exact_key(("thanh",)) == exact_key(("thạnh",))
    False
    """
    return " ".join(_toneless(word) for word in words)


@lru_cache(maxsize=65536)
def bare_key(words: Words) -> str:
    """The words without accents.

    Examples
    --------
    >>> bare_key(("hòn", "đất"))
    'hon dat'
    """
    return _I_OR_Y.sub(r"\1i", fold(" ".join(words)))


def ways_to_cut(text: str, opens: Callable[[Words], bool]) -> Iterator[tuple[Words, ...]]:
    """Every way to read a text as parts, each part a tuple of words.

    Parameters
    ----------
    text : str
    opens : callable
        Whether a new part may begin with these words (a kind word, the name of a province).

    Notes
    -----
    A text of more than six parts, or with very many ways, is no place: nothing is given. Nor is a negative
    number, such as a survey's sign for no answer.
    """
    if _NEGATIVE.match(typed_text(text)):
        return
    parts = [tokens for tokens in map(_tokens, _CUTS.split(typed_text(text))) if set(tokens) - {"-"}]
    if not parts or len(parts) > _MOST_PARTS:
        return
    ways = [_cuts(part, opens) for part in parts]
    total = 1
    for options in ways:
        total *= len(options)
    if total <= _MOST_WAYS:
        for way in product(*ways):
            yield tuple(words for part in way for words in part)


def is_code(words: Words) -> bool:
    """One word of three digits or more: a code beside a name, not a number within it ("Thứ 11")."""
    return len(words) == 1 and len(words[0]) >= 3 and words[0].isdecimal()


def _tokens(text: str) -> list[str]:
    """Small-letter words and "-" for each dash."""
    return _DASH.sub(" - ", _EMPTY_SIGNS.sub(" ", text.casefold())).split()


def _cuts(tokens: list[str], opens: Callable[[Words], bool]) -> list[list[Words]]:
    """The ways to cut one part: at codes always, at a dash or where a new part may begin perhaps."""
    words: list[str] = []
    dashed = set()
    for token in tokens:
        if token == "-":
            dashed.add(len(words))
        else:
            words.append(token)
    codes = [at for at, word in enumerate(words) if is_code((word,))]
    always = {place for at in codes for place in (at, at + 1)}
    inner = range(1, len(words))
    perhaps = [at for at in inner if at not in always and (at in dashed or opens(tuple(words[at:])))]
    if len(perhaps) > _MOST_CUTS:
        perhaps = []
    ways = []
    for count in range(len(perhaps) + 1):
        for chosen in combinations(perhaps, count):
            ends = sorted({0, len(words), *chosen, *always})
            ways.append([tuple(words[a:b]) for a, b in pairwise(ends)])
    return ways


@lru_cache(maxsize=65536)
def _is_plain(word: str) -> bool:
    return fold(word) == word


@lru_cache(maxsize=65536)
def _toneless(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in _TONES)
    tones = "".join(sorted(letter for letter in letters if letter in _TONES))
    return _I_OR_Y.sub(r"\1i", bare) + tones
