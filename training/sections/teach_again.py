"""Objectives' figures -> what to teach again, with the lesson of each: a list, a table and a chart."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_setting
from analysis.briefing.tables import table
from training.sections.figures import Figure
from training.sections.legends import legend
from training.sections.opened import TrainingPage

AGAIN = "teach_again"
POST = ("test", "post")
PRE = ("test", "pre")


@dataclass(frozen=True)
class Objective:
    """What learners should be able to do after a lesson, and how many items of it were right.

    Attributes
    ----------
    before, after : Figure
        Share right in the tests before and after.
    """

    code: str
    text: str
    lesson: str
    title: str
    before: Figure
    after: Figure

    @property
    def again(self) -> bool:
        return self.after.has(AGAIN)


def objectives_of(page: TrainingPage, place: tuple[str, str]) -> list[Objective]:
    """The objectives that a class's or course's tests asked for, in the order of their codes."""
    found = []
    rows = page.rows
    own = rows[(rows["place_kind"] == place[0]) & (rows["place"] == place[1])]
    for code in sorted(set(own.loc[own["measure_kind"] == "objective", "measure"])):
        lesson = page.parent("objective", code)
        before, after = (page.figure(place, "objective", code, "facility", test) for test in (PRE, POST))
        title = page.name("lesson", lesson) if lesson else ""
        found.append(Objective(code, page.name("objective", code), lesson, title, before, after))
    return found


def to_teach_again(page: TrainingPage, place: tuple[str, str]) -> list[Objective]:
    return [one for one in objectives_of(page, place) if one.again]


def say_again(page: TrainingPage, objective: Objective) -> str:
    """The lesson and the objective as one sentence, without a number."""
    return page.say("training_again_one", lesson=objective.lesson, objective=objective.text)


def say_again_with_share(page: TrainingPage, objective: Objective) -> str:
    """The same with the share right and its interval."""
    after = objective.after
    values = {"lesson": objective.lesson, "objective": objective.text, "title": objective.title}
    return page.say(
        "training_again_share", share=after.value, low=after.low, high=after.high, mark=mark(page), **values
    )


def mark(page: TrainingPage) -> str:
    """The share right below which an objective is taught again."""
    return say_setting(page.thresholds.teach_again_mark, page.language, percent=True)


def objectives_table(page: TrainingPage, place: tuple[str, str], caption: str) -> Table:
    """Every objective with its lesson, the shares right before and after, and whether to teach it again."""
    rows, shown, lesson = [], [], ""
    for one in objectives_of(page, place):
        shown += [one.before, one.after]
        if one.lesson and one.lesson != lesson:
            lesson = one.lesson
            rows.append(_lesson_row(page, place, one, shown))
        verdict = page.say("training_again_yes") if one.again else ""
        rows.append([f"— {one.code}. {one.text}", one.before.cell, one.after.cell, one.after.people, verdict])
    keys = ("objective", "right_before", "right_after", "n", "verdict")
    head = [Column(page.say(f"training_col_{key}"), key in keys[1:4]) for key in keys]
    notes = [page.say("training_again_note", mark=mark(page)), *legend(page, shown)]
    return table(caption, head, rows, notes)


def _lesson_row(page: TrainingPage, place: tuple[str, str], one: Objective, shown: list[Figure]) -> list[str]:
    """The lesson that the objectives after it belong to, with the share right over all its items."""
    before, after = (page.figure(place, "lesson", one.lesson, "facility", test) for test in (PRE, POST))
    shown += [before, after]
    name = page.say("training_lesson", lesson=one.lesson, title=one.title)
    return [name, before.cell, after.cell, after.people, ""]
