"""data/scaffold/*.csv -> what columns, labels and codes are recognised by."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from analysis import paths
from analysis.errors import BadRows
from analysis.places.rows import fold
from analysis.rows import read_rows

PATTERN_COLUMNS = ("role", "pattern", "survey", "note", "source")
WORD_COLUMNS = ("meaning", "word", "how", "source")
CODE_COLUMNS = ("code", "kind", "survey", "source")
NO_ANSWER = ("dont_know", "refused", "not_asked")


def read_patterns() -> list[dict[str, str]]:
    """The rows of patterns.csv, those of a named survey first; `pattern` compiles.

    Raises
    ------
    BadRows
        A pattern is no regular expression.
    """
    return _patterns(paths.rows_folder("scaffold"))


@lru_cache(maxsize=4)
def _patterns(folder: Path) -> list[dict[str, str]]:
    rows = read_rows(folder / "patterns.csv", PATTERN_COLUMNS).to_dict("records")
    for row in rows:
        try:
            re.compile(row["pattern"])
        except re.error as fault:
            raise BadRows(
                f"The pattern {row['pattern']} is no regular expression.",
                vi=f"Mẫu {row['pattern']} không phải là biểu thức chính quy. Hãy sửa dòng này.",
                where="data/scaffold/patterns.csv",
                expected="a regular expression",
                got=str(fault),
            ) from fault
    return sorted(rows, key=lambda row: not row["survey"])


def meaning_of(label: str, meanings: tuple[str, ...]) -> str:
    """Which of some meanings a label of a code has, or "".

    Examples
    --------
    >>> meaning_of("Không biết/Không nhớ", NO_ANSWER), meaning_of("Nữ", ("male", "female"))
    ('dont_know', 'female')
    """
    folded = fold(label).strip(" .()[]")
    for row in _words(paths.rows_folder("scaffold")):
        same = folded == row["word"] or (row["how"] == "begins" and folded.startswith(row["word"]))
        if same and row["meaning"] in meanings:
            return row["meaning"]
    return ""


@lru_cache(maxsize=4)
def _words(folder: Path) -> list[dict[str, str]]:
    return read_rows(folder / "words.csv", WORD_COLUMNS).to_dict("records")


def read_missing_codes() -> dict[float, str]:
    """Number -> the kind of no-answer it usually is, "" where surveys differ."""
    rows = read_rows(paths.rows_folder("scaffold") / "missing_codes.csv", CODE_COLUMNS)
    return {float(row["code"]): row["kind"] for row in rows.to_dict("records")}
