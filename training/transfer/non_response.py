"""Class lists + follow-up answers + scores -> who answered, and how they differ from those who did not."""

from __future__ import annotations

import pandas as pd

from training.gains.attempts import take_attempts
from training.gains.attrition import welch_difference
from training.gains.pairs import PERSON, scaled
from training.measured import Measured, counted, mean_of, measured_table


def compare_responders(
    participants: pd.DataFrame, follow_up: pd.DataFrame, scores: pd.DataFrame, source: str = "learner",
    test: str = "post",
) -> pd.DataFrame:  # fmt: skip
    """The response rate, and the test scores of those who answered beside those who did not.

    Parameters
    ----------
    participants, scores : DataFrame
        Tables of `Records`.
    follow_up : DataFrame
        Within the window.
    source : {"learner", "manager"}
    test : str
        The test compared, usually the one after the class.

    Returns
    -------
    DataFrame (`training.measured.COLUMNS`)
        response_rate : a count, no interval; answered_score, silent_score : mean score of each;
        response_difference : answered less silent, Welch's t. A difference says in which direction what the
        answers tell is likely to be off.
    """
    listed = participants[PERSON].drop_duplicates()
    keys = pd.MultiIndex.from_frame(listed)
    own = follow_up[(follow_up["source"] == source) & follow_up["score"].notna()]
    answered = keys.isin(pd.MultiIndex.from_frame(own[PERSON]))
    one = scaled(take_attempts(scores, "first"))
    score = one[one["test"] == test].set_index(PERSON)["scaled"].reindex(keys).to_numpy(dtype=float)
    sides = [score[who & ~pd.isna(score)] for who in (answered, ~answered)]
    n = len(listed)
    rate = counted("response_rate", answered.mean(), n) if n else Measured("response_rate", 0, state="nobody")
    return measured_table(
        [
            rate,
            mean_of("answered_score", sides[0]),
            mean_of("silent_score", sides[1]),
            welch_difference("response_difference", *sides),
        ]
    )
