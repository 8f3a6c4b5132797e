"""Items of the bank -> the forms of a class's test: the same items and options, in other orders."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import UnknownName
from training.question_bank.bank_checks import LETTERS
from training.question_bank.bank_rows import QuestionBank

TESTS = ("pre", "post")
#: A test with fewer items tells too little of a person.
LEAST_ITEMS = 5
#: Forms are named by one letter each, over both tests.
_NAMES = "ABCDEFGHIJKL"


@dataclass(frozen=True)
class Question:
    """One question of one form.

    Attributes
    ----------
    number : int
    item : str
    stem : str
    order : str
        Letters of the bank in the order in which the form prints them: printed B is `order[1]`.
    options : tuple of str
        As printed, from A.
    key : str
        The printed letter that is right.
    """

    number: int
    item: str
    stem: str
    order: str
    options: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Form:
    """One form of one test.

    Attributes
    ----------
    test : {"pre", "post"}
    version : str
        One letter; no two forms of a class share it.
    questions : tuple of Question
    """

    test: str
    version: str
    questions: tuple[Question, ...]


def choose_items(
    bank: QuestionBank, topic: str, lessons: Sequence[str], count: int, year: int | None = None
) -> pd.DataFrame:
    """Items for a course: of its topic and its lessons alone, the objectives in turn, in the bank's order.

    Parameters
    ----------
    bank : QuestionBank
    topic : str
        "papi" or "parindex".
    lessons : sequence of str
        The lessons that the class is taught; nobody is asked what was not taught.
    count : int
        How many at most.
    year : int, optional
        Only items that could be asked in it.

    Returns
    -------
    DataFrame
        Rows of `QuestionBank.items`; none where fewer than `LEAST_ITEMS` fit.

    Notes
    -----
    One item of each objective, then a second of each … until `count` is reached: every objective that has an
    item is tested before any is tested twice.
    """
    rows = bank.of_topic(topic, year)
    rows = rows[rows["lesson"].isin(list(lessons))].reset_index(drop=True)
    turn = rows.groupby("objective").cumcount()
    picked = rows.assign(turn=turn).sort_values("turn", kind="stable").head(count).index
    chosen = rows.loc[sorted(picked)].reset_index(drop=True)
    return chosen if len(chosen) >= LEAST_ITEMS else chosen.head(0)


def make_forms(
    bank: QuestionBank, items: Sequence[str], class_id: str, versions: int = 2, language: str = "vi"
) -> list[Form]:
    """Shuffle a test into its forms.

    Parameters
    ----------
    bank : QuestionBank
    items : sequence of str
    class_id : str
        What is drawn depends on it alone: the same class has the same papers when they are made again.
    versions : int
        Forms a test.
    language : {"vi", "en"}

    Returns
    -------
    list of Form
        First those before the course, A, B …; those after it go on from there.

    Raises
    ------
    UnknownName
        More forms than there are letters, or none.

    Notes
    -----
    Order of questions and of options are drawn uniformly for each form; no two forms are equal in both.
    """
    if not 1 <= versions <= len(_NAMES) // len(TESTS):
        raise UnknownName(
            f"{versions} forms of a test cannot be made.",
            vi=f"Không làm được {versions} mã đề cho một bài kiểm tra.",
            expected=f"1 to {len(_NAMES) // len(TESTS)}",
            got=str(versions),
            hint="workbench lessons kit --forms 2",
        )
    seed = int.from_bytes(hashlib.sha256(f"papers {class_id}".encode()).digest()[:8], "big")
    rng = np.random.default_rng(seed)
    rows = bank.items.set_index("item")
    return [
        Form(test, _NAMES[at], _questions(bank, rows, items, rng, language))
        for at, test in enumerate(test for test in TESTS for _ in range(versions))
    ]


def _questions(
    bank: QuestionBank, rows: pd.DataFrame, items: Sequence[str], rng: np.random.Generator, language: str
) -> tuple[Question, ...]:
    made = []
    for number, at in enumerate(rng.permutation(len(items)), 1):
        item = items[at]
        order = "".join(rng.permutation(list(LETTERS)))
        texts = bank.options(item, language)
        key = LETTERS[order.index(rows.at[item, "key"])]
        stem = rows.at[item, f"stem_{language}"]
        made.append(Question(number, item, stem, order, tuple(texts[one] for one in order), key))
    return tuple(made)


def paper_rows(forms: Sequence[Form]) -> list[dict[str, object]]:
    """The forms as rows of the record workbook's sheet of papers.

    Notes
    -----
    `key` stays empty: it is the bank's, and what was ticked is taken back to the bank's letter by
    `option_order`.
    """
    return [
        {
            "test": form.test,
            "version": form.version,
            "question": one.number,
            "item": one.item,
            "option_order": one.order,
        }
        for form in forms
        for one in form.questions
    ]
