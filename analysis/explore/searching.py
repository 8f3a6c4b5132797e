"""A word in any spelling + a round's labels -> the names it may mean; and names that Tab completes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.explore.labels import Labels
from analysis.places import fold

if TYPE_CHECKING:
    from analysis.explore.words import Words

FOUND_COLUMNS = ["name", "kind", "label_vi", "label_en"]


def find_names(labels: Labels, text: str) -> pd.DataFrame:
    """Names whose label, code or values hold all words of a text, in any case and without accents.

    Parameters
    ----------
    labels : Labels
    text : str
        Vietnamese or English; the order of the words does not matter.

    Returns
    -------
    DataFrame with the columns `FOUND_COLUMNS`, best first: a label that begins so, then one that holds the
    words, then one whose values do. Where nothing holds all words, what holds some of them.
    """
    words = fold(text).split()
    score = _scores(labels, words)
    if not (score > 0).any() and len(words) > 1:
        score = sum((_scores(labels, [word]) for word in words), start=score)
    names = score[score > 0].sort_values(ascending=False, kind="stable").index
    table = labels.table.loc[names, ["kind", "label_vi", "label_en"]]
    return table.rename_axis("name").reset_index()[FOUND_COLUMNS]


def _scores(labels: Labels, words: list[str]) -> pd.Series:
    """How well each name fits all words; 0 where one is missing."""
    names = labels.table.index
    best = pd.Series(0.0, index=names)
    for row in labels.folded.itertuples():
        best[row.name] = max(best[row.name], _score(row.name, row.label, row.values, words))
    return best


def _score(name: str, label: str, values: str, words: list[str]) -> float:
    if not words:
        return 0.0
    code = fold(name)
    if " ".join(words) == code:
        return 5.0
    if all(word in f"{code} {label}" for word in words):
        begins = f" {label}".count(f" {' '.join(words)}")
        return 4.0 if label.startswith(" ".join(words)) else 3.0 if begins else 2.0
    return 1.0 if all(word in f"{code} {label} {values}" for word in words) else 0.0


class Names(list):
    """The names of a round: a list, whose names Tab completes after the dot (`s.measures.D2`).

    What is no Python name is completed with _ in place of the other letters: `s.measures.S2_1` is "S2.1".
    """

    def __init__(self, names: Iterable[str], words: Callable[[], Words]) -> None:
        super().__init__(names)
        self._words = words

    def __dir__(self) -> list[str]:
        return sorted(map(as_attribute, self))

    def __getattr__(self, attribute: str) -> str:
        if not attribute.startswith("_"):
            for name in self:
                if as_attribute(name) == attribute:
                    return name
        raise AttributeError(f"there is no name {attribute!r}; see s.find(…)")

    def _repr_html_(self) -> str:
        from analysis.explore.shown import in_notebook, names_table  # here: a list of names needs no page

        return in_notebook(names_table(self, self._words()))


def as_attribute(name: str) -> str:
    """A name as it can stand after a dot.

    Examples
    --------
    >>> as_attribute("S2.1"), as_attribute("D2")
    ('S2_1', 'D2')
    """
    word = re.sub(r"\W", "_", name)
    return f"_{word}" if word[:1].isdigit() else word
