"""A column of typed places -> codes, and for every different spelling what it was taken for or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.findings import Finding, findings_table
from analysis.places.answers import is_official, say_refusal, say_understood, suggestion
from analysis.places.names import Answer, PlaceNames
from analysis.places.spelling import typed_text

#: Columns of `ResolvedColumn.spellings`.
COLUMNS = ("value", "parent", "count", "code", "official", "reason", "suggestion")
#: More different refused spellings than this are the wrong column, not slips of the pen.
MOST_SUGGESTED = 100


@dataclass(frozen=True)
class ResolvedColumn:
    """A column of places, looked up.

    Attributes
    ----------
    level : {"district", "commune", "province"}
    codes : Series of str, index of the column
        NA where the cell is empty or refused.
    spellings : DataFrame
        One row a different (value, parent): value (as typed, ends stripped), parent (code or ""), count of
        cells, code ("" if refused), official (whether it is the code, name or full name letter for
        letter), reason (see `places.names.REASONS`; "" if understood), suggestion (labels; "" if none,
        and for the refused spellings after the first `MOST_SUGGESTED` that fit nothing).
    at : array of int, one a row
        Row of `spellings`; -1 where the cell is empty.
    """

    level: str
    codes: pd.Series
    spellings: pd.DataFrame
    at: np.ndarray
    names: PlaceNames
    answers: tuple[Answer, ...]
    folder: str

    @property
    def refused(self) -> np.ndarray:
        """Which rows hold something that is not exactly one place."""
        bad = np.append((self.spellings["code"] == "").to_numpy(dtype=bool), False)
        return bad[self.at]

    def say(self, spelling: int) -> tuple[str, str]:
        """What is to be said of one refused row of `spellings`: Vietnamese, English with the suggestion."""
        fields = self._refusal(spelling)
        return fields["vi"], f"{fields['what']} {fields['hint']}"

    def findings(self, column: str = "", kind: str = "stop", **address: str) -> pd.DataFrame:
        """One finding a refused spelling, and one note a spelling that was understood though not official.

        Parameters
        ----------
        column : str
            The column's name, for the address.
        kind : {"stop", "left_out", "note"}
            Of the refused ones.
        **address
            More fields of `analysis.findings.Finding`, such as file and sheet.
        """
        found = []
        rows = self.spellings.reset_index(drop=True)
        for row in rows[(rows["code"] == "")].itertuples():
            fields = self._refusal(row.Index) | {"value": row.value, "column": column} | address
            fields["vi"] += f" ({row.count} ô)"
            found.append(Finding("unknown_place_code", kind=kind, **fields))
        noted = rows[(rows["code"] != "") & ~rows["official"]]
        for (value, code), same in noted.groupby(["value", "code"], sort=False):
            count = int(same["count"].sum())
            vi, en = say_understood(self.names, value, code, self.level, count)
            fields = {"value": value, "column": column, "got": value} | address
            found.append(Finding("place_understood", en, vi, kind="note", **fields))
        return findings_table(found)

    def _refusal(self, spelling: int) -> dict[str, str]:
        row = self.spellings.iloc[spelling]
        return say_refusal(
            self.names, self.answers[spelling], row["value"], self.level, self.folder, row["parent"]
        )


def resolve_texts(
    names: PlaceNames, values: pd.Series, level: str, parents: pd.Series | str | None, folder: str
) -> ResolvedColumn:
    """Look up each different pair of value and parent once; see `analysis.places.Places.resolve_column`."""
    value_at, texts = _different(values, _shown_text)
    given = parents if isinstance(parents, pd.Series) else pd.Series(parents or "", index=values.index)
    parent_at, above = _different(given, typed_text)
    # One number a pair of value and parent, an empty parent being the first.
    pair = np.where(value_at < 0, -1, value_at * (len(above) + 1) + parent_at + 1)
    at, pairs = pd.factorize(np.where(pair < 0, np.nan, pair))
    first, second = np.divmod(np.asarray(pairs, dtype=int), len(above) + 1)
    spellings = pd.DataFrame(
        {
            "value": pd.Series([texts[one] for one in first], dtype="str"),
            "parent": pd.Series([["", *above][one] for one in second], dtype="str"),
            "count": np.bincount(at[at >= 0], minlength=len(pairs)),
        }
    )
    answers = _answers(names, spellings, level)
    spellings["code"] = [answer.code for answer in answers]
    spellings["official"] = [
        bool(answer.code) and is_official(names, value, answer.code, level)
        for answer, value in zip(answers, spellings["value"], strict=True)
    ]
    spellings["reason"] = [answer.reason for answer in answers]
    spellings["suggestion"] = [suggestion(names, answer, level) for answer in answers]
    found = np.array([answer.code or None for answer in answers] + [None], dtype=object)
    codes = pd.Series(found[at], index=values.index, name=values.name, dtype="str")
    return ResolvedColumn(level, codes, spellings[list(COLUMNS)], at, names, answers, folder)


def _answers(names: PlaceNames, spellings: pd.DataFrame, level: str) -> tuple[Answer, ...]:
    """What each spelling means; only the first refused ones get suggestions, which take time to find."""
    answers: list[Answer] = []
    refused = 0
    for value, parent in zip(spellings["value"], spellings["parent"], strict=True):
        answers.append(names.find(value, level, parent, suggest=refused < MOST_SUGGESTED))
        refused += not answers[-1].code
    return tuple(answers)


def _different(values: pd.Series, text_of: Callable[[object], str]) -> tuple[np.ndarray, list[str]]:
    """Each row's number among the different texts, -1 where it is empty; and those texts."""
    if values.dtype == object:  # True and 1 are one value to pandas, and two texts
        values = values.map(text_of, na_action="ignore")
    numbers, different = pd.factorize(values)
    texts = [text_of(value) for value in different]
    own = {text: at for at, text in enumerate(dict.fromkeys(text for text in texts if text))}
    moved = np.array([*(own.get(text, -1) for text in texts), -1])
    return moved[numbers], list(own)


def _shown_text(value: object) -> str:
    """A value as it is shown: a whole number without ".0", text as it stands but for blanks at its ends."""
    return value.strip() if isinstance(value, str) else typed_text(value)
