"""Scores or answers with repeated attempts -> one attempt a person and test, the first by default."""

from __future__ import annotations

import pandas as pd

from analysis.errors import UnknownName, shown

WHICH = ("first", "last")
_PERSON = ["class_id", "participant", "test"]


def take_attempts(table: pd.DataFrame, which: str = "first") -> pd.DataFrame:
    """The rows of one attempt of each person at each test.

    Parameters
    ----------
    table : DataFrame
        Columns class_id, participant, test, attempt, and others: `Records.scores` or `Records.answers`.
    which : {"first", "last"}
        A later attempt is taken after seeing the test, so it measures something else: Moodle's statistics
        and ours use the first. The best of several is not offered: it grows with the number of tries.

    Returns
    -------
    DataFrame
        The rows kept, in their order, with their index.

    Raises
    ------
    UnknownName
        `which` is neither.
    """
    if which not in WHICH:
        raise UnknownName(
            f'There is no attempt "{which}" to choose.',
            vi=f'Không có lựa chọn lần làm bài "{which}"; hãy chọn first (lần đầu) hoặc last (lần cuối).',
            expected=shown(WHICH),
            got=str(which),
            hint="Use first, unless the later attempt is what the question is about.",
        )
    wanted = table.groupby(_PERSON)["attempt"].transform("min" if which == "first" else "max")
    return table[table["attempt"] == wanted]


def count_repeats(table: pd.DataFrame) -> int:
    """People and tests with more than one attempt."""
    return int((table.groupby(_PERSON)["attempt"].nunique() > 1).sum())
