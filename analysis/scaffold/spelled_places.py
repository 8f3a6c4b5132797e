"""Names of districts as a file writes them -> one district for all the spellings of it.

"An Biên", "H. An Biên" and "HUYỆN AN BIEN" are one. A bare name that stands beside several kinds ("Cao Lãnh",
"TP. Cao Lãnh", "H. Cao Lãnh") may be either: it is said, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.places.likeness import one_edit_apart
from analysis.places.rows import fold
from analysis.places.spelling import bare_key, exact_key, has_accents, words_of


@dataclass(frozen=True)
class Spelled:
    """One district: its bare name in its best spelling, its kind, and how the file writes it."""

    name: str
    kind: str
    written: tuple[str, ...]


@dataclass(frozen=True)
class SpelledPlaces:
    """The districts of a file.

    Attributes
    ----------
    districts : tuple of Spelled
        In order of how the file writes them.
    doubtful : tuple of str
        Bare names that several of them have: the file's cells with them are of no district yet.
    alike : tuple of (str, str)
        Names that differ by a letter in one word, and may be one.
    accents : tuple of (str, str)
        Spellings that were joined although both write accents and not the same: they may be two.
    """

    districts: tuple[Spelled, ...]
    doubtful: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]
    accents: tuple[tuple[str, str], ...]


def join_spellings(written: Collection[str], kinds: Mapping[tuple[str, ...], str]) -> SpelledPlaces:
    """Put the spellings of each district together.

    Parameters
    ----------
    written : collection of str
        The different values of the column.
    kinds : mapping
        Folded words -> kind, as `kind_words` gives them.

    Examples
    --------
    >>> found = join_spellings(["Vị Thủy", "H. VI THUY", "Cao Lãnh", "H. Cao Lãnh", "TP. Cao Lãnh"],
    ...                        {("h",): "Huyện", ("tp",): "Thành phố"})
    >>> [(one.name, one.kind, len(one.written)) for one in found.districts], found.doubtful
    ([('Cao Lãnh', 'Huyện', 1), ('Vị Thủy', 'Huyện', 2), ('Cao Lãnh', 'Thành phố', 1)], ('Cao Lãnh',))
    """
    by_name: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for text in written:
        kind, bare = part_kind(text, kinds)
        by_name.setdefault(bare_key(words_of(bare)), {}).setdefault(kind, []).append((text, bare))
    districts, doubtful = [], []
    for of_kind in by_name.values():
        bare = of_kind.pop("", [])
        if len(of_kind) > 1:
            doubtful += [text for text, _ in bare]
        elif of_kind:
            next(iter(of_kind.values())).extend(bare)
        else:
            of_kind[""] = bare
        districts += [
            Spelled(
                _best([name for _, name in spellings]), kind, tuple(sorted(text for text, _ in spellings))
            )
            for kind, spellings in of_kind.items()
        ]
    districts.sort(key=lambda one: one.written[0])
    accents = [pair for one in districts if (pair := _other_accents(one, kinds))]
    return SpelledPlaces(tuple(districts), tuple(sorted(doubtful)), tuple(_alike(districts)), tuple(accents))


def kind_words(prefixes: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """The words that stand before a district's name, folded -> its kind."""
    rows = prefixes.query("level == 'district' and position == 'before'")
    return {tuple(fold(row.written).split()): row.kind_vi for row in rows.itertuples()}


def part_kind(text: str, kinds: Mapping[tuple[str, ...], str]) -> tuple[str, str]:
    """The kind that a district's name begins with, "" for none, and the bare name.

    Examples
    --------
    >>> part_kind("TP.Vị Thanh", {("tp",): "Thành phố"}), part_kind("Vị Thanh", {("tp",): "Thành phố"})
    (('Thành phố', 'Vị Thanh'), ('', 'Vị Thanh'))
    """
    words = text.replace(".", ". ").split()
    keys = [fold(word.strip(".")) for word in words]
    for length in range(len(words) - 1, 0, -1):
        if tuple(keys[:length]) in kinds:
            return kinds[tuple(keys[:length])], " ".join(words[length:])
    return "", " ".join(words)


def _best(spellings: list[str]) -> str:
    """The spelling with the most accents, not all in capitals where another is not."""
    return max(spellings, key=lambda name: (not name.isupper(), _accents(name), name.istitle(), name))


def _accents(name: str) -> int:
    return sum(one != other for one, other in zip(name.casefold(), fold(name), strict=False))


def _other_accents(one: Spelled, kinds: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """Two of a district's spellings with other accents, none where all that have any agree."""
    by_key: dict[str, str] = {}
    for text in one.written:
        words = words_of(part_kind(text, kinds)[1])
        if has_accents(words):
            by_key.setdefault(exact_key(words), text)
    return tuple(by_key.values())[:2] if len(by_key) > 1 else ()


def _alike(districts: list[Spelled]) -> list[tuple[str, str]]:
    """Pairs of names that differ by one letter in one word."""
    words = [bare_key(words_of(one.name)).split() for one in districts]
    found = []
    for at, first in enumerate(words):
        for other_at in range(at + 1, len(words)):
            second = words[other_at]
            if len(first) == len(second):
                differ = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
                if len(differ) == 1 and min(map(len, differ[0])) > 3 and one_edit_apart(*differ[0]):
                    found.append((districts[at].name, districts[other_at].name))
    return found
