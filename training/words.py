"""data/wording/training/<file>.csv -> fixed words of the training part, Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.rows import read_rows

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Words:
    """The sentences of one file.

    Attributes
    ----------
    file : str
        Its name in data/wording/training.
    """

    file: str

    def say(self, key: str, language: str, **values: str) -> str:
        """One sentence with its values filled in.

        Raises
        ------
        KeyError
            No such key, or a value that the sentence names was not given.
        """
        return self._rows[key][language].format(**values)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return key in self._rows

    def keys(self) -> list[str]:
        """Every key, in the file's order."""
        return list(self._rows)

    @property
    def _rows(self) -> dict[str, dict[str, str]]:
        return _read(paths.rows_file("wording", "training", self.file))


@cache
def _read(path: Path) -> dict[str, dict[str, str]]:
    rows = read_rows(path, ("key", *LANGUAGES)).to_dict("records")
    return {row["key"]: {language: row[language] for language in LANGUAGES} for row in rows}
