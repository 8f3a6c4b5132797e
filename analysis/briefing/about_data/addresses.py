"""Findings of a round's checks -> counts by kind, addresses in words, and text that is safe on a page."""

from __future__ import annotations

import re

import pandas as pd

from analysis.briefing.html import Html, fill
from analysis.errors import shown
from analysis.findings import KINDS

#: Signs and words of a file that the page's own checks take for a sentence gone wrong.
_AS_TYPED = re.compile(r"([{}]|<NA>|\b(?:NaN|NaT|nan|None|inf)\b)")
#: Findings about a file that list names of columns in `got`.
_LISTS = ("columns_dropped", "variable_not_in_file")
_ROW = {"vi": "dòng", "en": "row"}
_COLUMN = {"vi": "cột", "en": "column"}


def quote(text: str) -> Html:
    """A text that may hold what somebody typed; signs that only code should hold stand as code."""
    pieces = _AS_TYPED.split(text)
    return fill("quoted.html", parts=[(piece, at % 2) for at, piece in enumerate(pieces) if piece])


def count_kinds(findings: pd.DataFrame) -> dict[str, int]:
    """How many findings there are of each kind."""
    counts = findings["kind"].value_counts()
    return {kind: int(counts.get(kind, 0)) for kind in KINDS}


def say_addresses(findings: pd.DataFrame, language: str) -> str:
    """Where findings of one sentence are: at most five, with what stands there (masked where personal).

    Examples
    --------
    >>> from analysis.findings import Finding, findings_table
    >>> found = Finding("bad_score", "", "", sheet="S", cell="E14", row=14, value="7;5")
    >>> say_addresses(findings_table([found]), "vi")
    'S!E14 "7;5"'
    """
    return shown(dict.fromkeys(_address(row, language) for row in findings.to_dict("records")))


def _address(row: dict[str, object], language: str) -> str:
    seen = f' "{row["value"]}"' if row["value"] else ""
    if row["code"] in _LISTS:
        return str(row["got"]).removeprefix("without ")
    if row["cell"]:
        return f"{row['sheet']}!{row['cell']}{seen}" if row["sheet"] else f"{row['cell']}{seen}"
    number = f"{_ROW[language]} {row['row']}" if row["row"] else ""
    column = f"{_COLUMN[language]} {row['column']}" if row["column"] else ""
    place = ", ".join(filter(None, [number, column]))
    return (place or str(row["sheet"] or row["file"] or row["where"])) + seen
