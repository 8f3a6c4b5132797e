"""A class's code, its course or its records -> a `Kit`: which lessons, which test forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UnknownName, nearest, shown
from training.lessons.papers.forms import Form, choose_items, make_forms
from training.lessons.source.lesson import read_plan
from training.question_bank.bank_rows import read_bank
from training.records.checking import check_files

#: Items of a test at most; few enough for twenty minutes.
QUESTIONS = 20
FORMS = 2
#: Topics that the records know; a course of analysts is kept under the last.
TOPICS = ("papi", "parindex")
OTHER = "other"


@dataclass(frozen=True)
class Kit:
    """What a class's folder is made of.

    Attributes
    ----------
    class_id : str
    course : str
        "papi", "parindex" or "analysts": which lessons are taught.
    lessons : tuple of str
    forms : tuple of Form
        None where the bank has too few items on the course's lessons.
    name : str
        The course's name, where records give it.
    """

    class_id: str
    course: str
    lessons: tuple[str, ...]
    forms: tuple[Form, ...]
    name: str = ""

    @property
    def topic(self) -> str:
        """As the records call it."""
        return self.course if self.course in TOPICS else OTHER

    @property
    def questions(self) -> int:
        return len(self.forms[0].questions) if self.forms else 0


def courses() -> list[str]:
    """The courses that the plan of lessons knows, in its order."""
    return list(dict.fromkeys(name for names in read_plan()["courses"] for name in names.split()))


def plan_kit(
    class_id: str,
    course: str = "",
    records: Sequence[Path] = (),
    forms: int = FORMS,
    questions: int = QUESTIONS,
    year: int | None = None,
) -> Kit:
    """Decide what a class's folder holds.

    Parameters
    ----------
    class_id : str
        Such as "K01".
    course : str, optional
        One of `courses`; of the records' class where they are given, else "papi".
    records : sequence of Path, optional
        Workbooks that name the class: its topic and name are taken from them.
    forms, questions : int
        Forms a test, items a form at most.
    year : int, optional
        Only items that could be asked in it.

    Raises
    ------
    UnknownName
        No such course, or no such class in the records; a code that cannot be a file's name.
    """
    _check_class_id(class_id)
    name = ""
    if records:
        topic, name = _of_records(class_id, records)
        course = course or topic
    course = course or TOPICS[0]
    if course not in courses():
        raise _unknown("course", "khóa", course, courses())
    plan = read_plan()
    lessons = tuple(plan.loc[[course in names.split() for names in plan["courses"]], "lesson"])
    bank = read_bank()
    topics = [course] if course in TOPICS else list(TOPICS)
    items = [item for topic in topics for item in choose_items(bank, topic, lessons, questions, year)["item"]]
    made = make_forms(bank, items, class_id, forms) if items else []
    return Kit(class_id, course, lessons, tuple(made), name)


def _check_class_id(class_id: str) -> None:
    if not re.fullmatch(r"\w[\w.-]{0,39}", class_id):
        raise UnknownName(
            f'"{class_id}" cannot be the code of a class.',
            vi=f'"{class_id}" không dùng làm mã lớp được: chỉ dùng chữ, số, dấu chấm và gạch nối.',
            expected="letters, digits, dots and dashes, such as K01",
            got=class_id,
        )


def _of_records(class_id: str, records: Sequence[Path]) -> tuple[str, str]:
    """Topic and name of a class's course; "" for a topic that no course of lessons is about."""
    read = check_files(records).records
    own = read.classes[read.classes["class_id"] == class_id]
    if own.empty:
        raise _unknown("class", "lớp", class_id, list(read.classes["class_id"]))
    about = read.courses[read.courses["course"] == own["course"].iloc[0]].iloc[0]
    return about["topic"] if about["topic"] in TOPICS else "", about["name_vi"]


def _unknown(what: str, vi: str, given: str, known: Sequence[str]) -> UnknownName:
    listed = shown(nearest(given, known) or known)
    return UnknownName(
        f'There is no {what} "{given}".',
        vi=f'Không có {vi} "{given}". Hãy dùng một trong: {listed}.',
        expected=listed,
        got=given,
    )
