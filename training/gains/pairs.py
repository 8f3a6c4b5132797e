"""Scores of two tests -> one row a person who took both, on the ten-point scale; and faults of scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from training.gains.attempts import take_attempts

#: Tests of different length are compared on the ten-point scale: score / maximum x 10.
SCALE = 10.0
PERSON = ["class_id", "participant"]


def pair_scores(
    scores: pd.DataFrame, before: str = "pre", after: str = "post", attempt: str = "first"
) -> pd.DataFrame:
    """Scores of the people who took both tests, matched by person and class.

    Parameters
    ----------
    scores : DataFrame
        `Records.scores`: class_id, participant, test, attempt, score, maximum.
    before, after : str
        Two of "pre", "post", "follow_up".
    attempt : {"first", "last"}

    Returns
    -------
    DataFrame
        Columns class_id, participant, before, after (0-10), sorted by person. Whoever lacks one of the two is
        not in it: a difference of means of different people measures who came, not what was learned.
    """
    one = scaled(take_attempts(scores, attempt))
    sides = {side: one[one["test"] == test].set_index(PERSON)["scaled"]
             for side, test in (("before", before), ("after", after))}  # fmt: skip
    pairs = pd.concat(sides, axis=1, join="inner").sort_index().reset_index()
    return pairs[[*PERSON, "before", "after"]]


def scaled(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows with a score, with the column `scaled`: the score on 0-10."""
    known = scores[scores["score"].notna() & scores["maximum"].notna()]
    ratio = known["score"].to_numpy(dtype=float) / known["maximum"].to_numpy(dtype=float)
    # 7 of 20 is 3.5 on every machine: the last bit of a quotient must not decide who passed.
    return known.assign(scaled=np.round(ratio * SCALE, 10))


def check_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Find scores that no measure can use.

    Returns
    -------
    DataFrame of findings
        stop: a score below 0 or above its maximum, a maximum that is not above 0, a person twice at the same
        attempt. note: repeated attempts, of which measures take the first.
    """
    score, maximum = scores["score"].astype(float), scores["maximum"].astype(float)
    twice = scores.duplicated(["class_id", "participant", "test", "attempt"])
    rules = (
        ("score_range", (score < 0) | (score > maximum), "a score lies outside 0 to its maximum",
         "điểm nằm ngoài khoảng từ 0 đến điểm tối đa"),
        ("score_maximum", ~(maximum > 0), "the highest score is not above 0",
         "điểm tối đa không lớn hơn 0"),
        ("score_twice", twice, "a person has two scores of one attempt",
         "một người có hai điểm của một lần làm bài"),
    )  # fmt: skip
    found = [
        Finding(
            code,
            f"Scores: {what} ({int(bad.sum())}).",
            f"Điểm kiểm tra: {vi} ({int(bad.sum())} dòng). Hãy sửa tệp rồi nhập lại.",
            where=_tests(scores[bad]),
            expected="0 <= score <= maximum, one row a person, test and attempt",
            got=f"{int(bad.sum())} of {len(scores)} rows",
            hint="Mend the class's workbook and import it again.",
        )
        for code, bad, what, vi in rules
        if bad.any()
    ]
    later = scores[scores["attempt"].astype(int) > 1]
    if len(later):
        found.append(
            Finding(
                "repeated_attempt",
                f"{len(later)} scores are of a later attempt; measures use the first.",
                f"Có {len(later)} điểm của lần làm lại; các số đo chỉ dùng lần đầu.",
                where=_tests(later),
                kind="note",
            )
        )
    return findings_table(found)


def _tests(rows: pd.DataFrame) -> str:
    return shown(sorted(set(rows["class_id"].astype(str) + " " + rows["test"].astype(str))))
