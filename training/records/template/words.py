"""data/wording/training/template.csv -> the fixed words of the template, Vietnamese and English."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analysis import paths
from analysis.rows import read_rows

LANGUAGES = ("vi", "en")


def say(key: str, language: str, **values: str) -> str:
    """One sentence with its values filled in.

    Raises
    ------
    KeyError
        No such key, or a value that the sentence names was not given.
    """
    return _read(paths.rows_file("wording", "training", "template.csv"))[key][language].format(**values)


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in _read(paths.rows_file("wording", "training", "template.csv"))


@cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    rows = read_rows(path, ("key", *LANGUAGES)).to_dict("records")
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}
