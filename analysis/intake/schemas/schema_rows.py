"""Rows of a schema file -> findings on rows that break their rules; lists in a cell -> tuples, pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, bad_row, findings_table
from analysis.intake.letters.dates import FORMS
from analysis.intake.letters.text import fold_key

COLUMNS = (
    "name", "label_vi", "label_en", "headings", "type", "required", "low", "high", "codes", "date_forms",
    "decimal", "absent_marks", "on_bad", "personal", "keep", "unique", "source",
)  # fmt: skip
TYPES = (
    "text", "whole", "number", "score", "date", "year", "code", "yes_no", "district", "commune", "phone",
    "key",
)  # fmt: skip
#: Types whose values are numbers: `low` and `high` are numbers too.
NUMBERS = ("whole", "number", "score", "year")
#: Column -> what may stand in it.
_ALLOWED = {
    "type": TYPES,
    "required": ("yes", "no"),
    "decimal": ("", "auto", "comma", "point"),
    "on_bad": ("stop", "left_out", "note"),
    "personal": ("yes", "no"),
    "keep": ("yes", "drop", "hash"),
    "unique": ("yes", "no"),
}


def parts(text: str) -> tuple[str, ...]:
    """The members of a cell's list.

    Examples
    --------
    >>> parts("Họ tên | Họ và tên")
    ('Họ tên', 'Họ và tên')
    """
    return tuple(part.strip() for part in text.split("|") if part.strip())


def pairs(text: str) -> dict[str, str]:
    """What is written -> what it stands for.

    Examples
    --------
    >>> pairs("Nam=1|Nữ=2|Nư=2")
    {'Nam': '1', 'Nữ': '2', 'Nư': '2'}
    """
    split = (part.rpartition("=") for part in parts(text))
    return {typed.strip(): meant.strip() for typed, _, meant in split}


@lru_cache(maxsize=8192)
def heading_key(text: str) -> str:
    """What two spellings of one heading share: no capitals, no mark at the end, tone placement made one.

    Examples
    --------
    >>> heading_key("Họ và tên (*):"), heading_key("HỌ VÀ  TÊN")
    ('họ và tên', 'họ và tên')
    """
    return re.sub(r"[\s*:;.,()]+$", "", fold_key(text.replace("_", " ")))


def check_rows(rows: pd.DataFrame, where: str) -> pd.DataFrame:
    """Find rows of one schema that break their rules; see `analysis.intake.schemas.schema.check_schema`.

    Parameters
    ----------
    rows : DataFrame of text with the columns `COLUMNS`
    where : str
        The file's name in messages.
    """
    found = [*_whole_file(rows, where)]
    for number, row in enumerate(rows.to_dict("records"), 2):
        at = f"{where} row {number} ({row['name'] or 'no name'})"
        found += [bad_row(at, *fault) for rule in _RULES for fault in rule(row)]
    return findings_table(found)


def _whole_file(rows: pd.DataFrame, where: str) -> Iterator[Finding]:
    if rows.empty:
        yield bad_row(where, "the schema has no columns", "one row a column", "none", "Add its columns.")
    names = [name for name, times in Counter(rows["name"]).items() if times > 1]
    if names:
        yield bad_row(where, "a name stands twice", "each name once", shown(names), "Delete one.")
    keys: dict[str, set[str]] = {}
    for row in rows.to_dict("records"):
        for heading in (row["name"], *parts(row["headings"])):
            keys.setdefault(heading_key(heading), set()).add(row["name"])
    shared = [f"{key} ({', '.join(sorted(owners))})" for key, owners in keys.items() if len(owners) > 1]
    if shared:
        yield bad_row(
            where,
            "a heading fits two columns",
            "each heading in one row",
            shown(shared),
            "Leave it to one of them.",
        )


_Fault = tuple[str, str, str, str]


def _settings(row: dict[str, str]) -> Iterator[_Fault]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["name"]):
        yield "the name is unusable", "small letters a-z, digits and _", row["name"], "Mend the name."
    for column, allowed in _ALLOWED.items():
        if row[column] not in allowed:
            known = ", ".join(value or "(empty)" for value in allowed)
            yield f"{column} is unknown", known, row[column] or "(empty)", f"Mend {column}."
    for column in ("label_vi", "label_en", "source"):
        if not row[column]:
            yield f"{column} is empty", "what it says", "(empty)", f"Fill in {column}."


def _bounds(row: dict[str, str]) -> Iterator[_Fault]:
    given = {side: row[side] for side in ("low", "high") if row[side]}
    read = _number if row["type"] in NUMBERS else date.fromisoformat if row["type"] == "date" else None
    if given and read is None:
        yield "bounds for a type that has none", "low and high empty", shown(given.values()), "Empty them."
        return
    try:
        values = {side: read(text) for side, text in given.items()} if read else {}
    except ValueError:
        expected = "an ISO date" if row["type"] == "date" else "a number with a point"
        yield "a bound cannot be read", expected, shown(given.values()), "Mend low and high."
        return
    if len(values) == 2 and values["low"] > values["high"]:
        yield "low is above high", "low at most high", f"{row['low']}, {row['high']}", "Swap them."
    if row["type"] in ("score", "year") and len(values) < 2:
        yield f"type {row['type']} without bounds", "low and high", "one or none", "Fill in both."


def _number(text: str) -> float:
    return float(text)


def _lists(row: dict[str, str]) -> Iterator[_Fault]:
    for column in ("codes", "absent_marks"):
        torn = [part for part in parts(row[column]) if not all(part.rpartition("=")[::2])]
        keys = [fold_key(typed) for typed in pairs(row[column])]
        if torn:
            yield f"{column} cannot be read", "typed=meant|typed=meant", shown(torn), f"Mend {column}."
        elif len(set(keys)) < len(parts(row[column])):
            yield f"{column} holds one spelling twice", "each spelling once", row[column], "Delete one."
    if row["type"] == "code" and not row["codes"]:
        yield "type code without codes", "typed=meant|typed=meant", "(empty)", "Fill in codes."
    if row["codes"] and row["type"] not in ("code", "yes_no"):
        yield "codes for a type that has none", "codes empty", row["codes"], "Empty codes."
    unknown = [form for form in parts(row["date_forms"]) if form not in FORMS]
    if unknown:
        yield "a date form is unknown", ", ".join(FORMS), shown(unknown), "Mend date_forms."
    if row["type"] == "date" and not row["date_forms"]:
        yield "type date without date_forms", ", ".join(FORMS), "(empty)", "Name the forms that are read."


def _personal(row: dict[str, str]) -> Iterator[_Fault]:
    if row["personal"] == "yes" and row["keep"] == "yes":
        yield "personal values would be kept", "keep drop or hash", "yes", "Set keep to drop or hash."
    if row["keep"] == "hash" and row["type"] != "key":
        yield "only a key is hashed", "type key", row["type"], "Set type to key, or keep to drop."


_RULES: tuple[Callable[[dict[str, str]], Iterator[_Fault]], ...] = (_settings, _bounds, _lists, _personal)
