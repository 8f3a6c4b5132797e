"""items.csv, objectives.csv, lessons.csv -> the question bank: items with key, objective and lesson.

The committed rows lie beside this module. A data folder may have a bank of its own in `question_bank/`, taken
whole in the place of these, as every folder of rows is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from analysis.findings import stop_on
from analysis.paths import bank_folder
from analysis.rows import read_rows
from training.question_bank.bank_checks import COLUMNS, LETTERS, check_bank_rows


@dataclass(frozen=True)
class QuestionBank:
    """Test items and what they test.

    Attributes
    ----------
    items : DataFrame of str
        One row an item: item, topic, stem_vi, stem_en, a_vi … d_en (a test has four options), key (letter of
        the right one), objective, lesson, year_from (first year in which it can be asked), source.
    objectives : DataFrame of str
        objective, lesson, text_vi, text_en, source.
    lessons : DataFrame of str
        lesson, title_vi, title_en, audience ("officials" or "analysts").
    """

    items: pd.DataFrame
    objectives: pd.DataFrame
    lessons: pd.DataFrame

    def of_topic(self, topic: str, year: int | None = None) -> pd.DataFrame:
        """The items of a topic, in order; only those that could be asked in `year` where one is given."""
        rows = self.items[self.items["topic"] == topic]
        if year is not None:
            rows = rows[rows["year_from"].astype(int) <= year]
        return rows.reset_index(drop=True)

    def options(self, item: str, language: str = "vi") -> dict[str, str]:
        """Letter -> text of an item's options, in the bank's order.

        Raises
        ------
        KeyError
            No such item.
        """
        row = self.items.set_index("item").loc[item]
        return {letter: row[f"{letter.lower()}_{language}"] for letter in LETTERS}


def read_bank() -> QuestionBank:
    """The question bank.

    Raises
    ------
    BadRows
        A row breaks a rule of `check_bank`.
    """
    return _read(bank_folder())


def check_bank(folder: Path | None = None) -> pd.DataFrame:
    """Find rows of the bank that break its rules; see `bank_checks.check_bank_rows`."""
    return check_bank_rows(*_tables(folder or bank_folder()))


@cache
def _read(folder: Path) -> QuestionBank:
    tables = _tables(folder)
    stop_on(check_bank_rows(*tables))
    return QuestionBank(*tables)


def _tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    return tuple(read_rows(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items())
