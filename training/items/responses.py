"""Answers of one test + keys -> a matrix of people by items: what each chose, and whether it was right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from training.gains.attempts import take_attempts
from training.gains.pairs import PERSON


@dataclass(frozen=True, eq=False)
class Responses:
    """One test of one set of learners.

    Attributes
    ----------
    chosen : DataFrame, people x items
        The letter chosen, "" where the question was left open, NaN where it was not put.
    correct : DataFrame, people x items
        1.0 right, 0.0 wrong or left open, NaN where it was not put.
    items : DataFrame indexed by item
        Columns key, options, objective, lesson.
    """

    chosen: pd.DataFrame
    correct: pd.DataFrame
    items: pd.DataFrame

    @property
    def n(self) -> int:
        return len(self.correct)

    @cached_property
    def whole(self) -> np.ndarray:
        """People to whom every item was put: only they have a total that compares."""
        return self.correct.notna().all(axis=1).to_numpy()

    @cached_property
    def totals(self) -> np.ndarray:
        """Number right of the people of `whole`."""
        return self.correct[self.whole].sum(axis=1).to_numpy(dtype=float)

    def rest(self, item: str) -> np.ndarray:
        """Number right on the other items, of the people of `whole`."""
        return self.totals - self.correct.loc[self.whole, item].to_numpy(dtype=float)


def answer_matrix(answers: pd.DataFrame, items: pd.DataFrame, test: str, attempt: str = "first") -> Responses:
    """The answers of one test as a matrix.

    Parameters
    ----------
    answers : DataFrame
        `Records.answers`: class_id, participant, test, attempt, item, response; the rows of the classes to
        be looked at together.
    items : DataFrame
        `Records.items`: item, key, options, objective, lesson.
    test : str
        "pre", "post" or "follow_up".
    attempt : {"first", "last"}

    Returns
    -------
    Responses
        Items in the bank's order, people sorted. No rows where nobody took the test. An item left open is
        wrong, as in Moodle; an item that a class was not asked is neither.
    """
    own = take_attempts(answers[answers["test"] == test], attempt)
    chosen = own.set_index([*PERSON, "item"])["response"].unstack("item").sort_index()
    known = items.drop_duplicates("item").set_index("item")
    order = [item for item in known.index if item in chosen.columns]
    chosen = chosen[order].astype(object)
    put = chosen.notna()
    chosen = chosen.where(put)
    about = known.loc[order, ["key", "options", "objective", "lesson"]]
    return Responses(chosen, mark_answers(chosen, about["key"]), about)


def mark_answers(chosen: pd.DataFrame, key: pd.Series) -> pd.DataFrame:
    """1.0 where the key was chosen, 0.0 where not, NaN where the item was not put.

    Parameters
    ----------
    chosen : DataFrame, people x items
    key : Series, in the order of the items
    """
    right = chosen.to_numpy(dtype=object) == key.to_numpy(dtype=object)[None, :]
    marks = pd.DataFrame(right, index=chosen.index, columns=chosen.columns).astype(float)
    return marks.where(chosen.notna())


def check_answers(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Find answers that no item statistic can use.

    Returns
    -------
    DataFrame of findings, kind stop: an item the bank does not hold, an item without a key or with a key that
    is none of its options, an answer that is none of its options, a person's answer to an item twice.
    """
    known = items.drop_duplicates("item").set_index("item")
    options = answers["item"].map(known["options"]).fillna("")
    asked = answers["response"].fillna("")
    odd = [letter != "" and letter not in letters for letter, letters in zip(asked, options, strict=True)]
    unknown = ~answers["item"].isin(known.index)
    twice = answers.duplicated([*PERSON, "test", "attempt", "item"])
    bad_keys = [item for item, row in known.iterrows() if not row["key"] or row["key"] not in row["options"]]
    rules = (
        ("unknown_item", answers.loc[unknown, "item"], "answers to items that the bank does not hold",
         "câu hỏi không có trong ngân hàng câu hỏi"),
        ("unknown_option", answers.loc[np.array(odd, dtype=bool) & ~unknown.to_numpy(), "item"],
         "answers that are none of the item's options", "phương án trả lời không thuộc câu hỏi"),
        ("answer_twice", answers.loc[twice, "item"], "a person's answer to an item stands twice",
         "một người có hai câu trả lời cho cùng một câu"),
        ("bad_key", pd.Series(bad_keys, dtype=object), "items whose key is none of their options",
         "câu hỏi có đáp án không thuộc các phương án"),
    )  # fmt: skip
    return findings_table(
        Finding(
            code,
            f"Answers: {what} ({len(found)}).",
            f"Bài kiểm tra: {vi} ({len(found)}). Hãy sửa tệp rồi nhập lại.",
            where=shown(sorted(set(found))),
            expected="items, options and keys of the question bank, each answer once",
            got=str(len(found)),
            hint="Compare the class's workbook with training/question_bank.",
        )
        for code, found, what, vi in rules
        if len(found)
    )
