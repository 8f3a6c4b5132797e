"""A lesson that has been run -> its A4 hand-out, and the trainer's guide with notes and solutions."""

from __future__ import annotations

from analysis.batch.render import page_style
from analysis.findings import stop_on
from training.lessons.build.markup import TEMPLATES, fill
from training.lessons.build.page_rules import check_lesson_page
from training.lessons.build.parts import Made
from training.lessons.teaching.words import say


def handout(made: Made) -> str:
    """The hand-out for learners: no notes, no solutions, lines to write answers on.

    Raises
    ------
    BadRows
        The page breaks a rule of `check_lesson_page`.
    """
    return _page(made, for_trainer=False)


def trainer_guide(made: Made) -> str:
    """The hand-out with what the speaker says at each slide and with the solutions."""
    return _page(made, for_trainer=True)


def _page(made: Made, for_trainer: bool) -> str:
    lesson = made.lesson
    style = page_style() + (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    html = fill(
        "handout.html",
        lesson=lesson,
        objectives=lesson.objectives.to_dict("records"),
        parts=made.parts(),
        tasks=made.tasks(),
        for_trainer=for_trainer,
        say=say,
        style=style,
    )
    stop_on(check_lesson_page(str(html), lesson.is_simulated))
    return str(html)
