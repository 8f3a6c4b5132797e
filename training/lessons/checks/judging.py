"""An exercise's number and an answer -> a `Reply`: the verdict and a hint in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from analysis.briefing.blocks import Block
from analysis.briefing.html import Html, fill_from
from analysis.errors import UnknownName, nearest, shown
from training.lessons.checks.exercises import EXERCISES
from training.lessons.checks.kinds import EMPTY, NEAR, RIGHT, WRONG
from training.words import LANGUAGES, Words

HINTS = Words("exercises.csv")
#: Colour never says it alone.
SIGNS = {RIGHT: "✔", NEAR: "≈", WRONG: "✘", EMPTY: "…"}
_TEMPLATES = Path(__file__).parents[1] / "templates"


@dataclass(frozen=True, repr=False)
class Reply(Block):
    """What a learner reads under an exercise.

    Attributes
    ----------
    exercise : str
    verdict : {"right", "near", "wrong", "empty"}
    key : str
        Of the hint: its row in data/wording/training/exercises.csv.
    vi, en : str
    """

    template: ClassVar[str] = "reply.html"
    exercise: str
    verdict: str
    key: str
    vi: str
    en: str

    @property
    def is_right(self) -> bool:
        return self.verdict == RIGHT

    def html(self) -> Html:
        titles = {language: HINTS.say(f"any.{self.verdict}_title", language) for language in LANGUAGES}
        return fill_from(_TEMPLATES, self.template, sign=SIGNS[self.verdict], titles=titles, **vars(self))

    def __repr__(self) -> str:
        title = HINTS.say(f"any.{self.verdict}_title", "vi")
        return f"{SIGNS[self.verdict]} {self.exercise} {title} {self.vi}\n({self.en})"


def check(exercise: str, answer: object = ...) -> Reply:
    """Judge an answer to an exercise.

    Parameters
    ----------
    exercise : str
        Its number, such as "3.2".
    answer : object
        What the exercise asks for: a number, a letter, codes … Text with a decimal comma is read too.

    Returns
    -------
    Reply
        Displays itself; `.is_right` for a program. A hint never gives the right answer away.

    Raises
    ------
    UnknownName
        No such exercise; the nearest are given.

    Notes
    -----
    What is right is computed at this moment by the functions that the packs use.
    """
    number = str(exercise)
    if number not in EXERCISES:
        close = shown(nearest(number, EXERCISES) or EXERCISES)
        raise UnknownName(
            f"There is no exercise {number}.",
            vi=f'Không có bài tập "{number}". Các số gần giống: {close}.',
            expected=close,
            got=number,
            hint='Write the number in quotes: check("3.2", answer).',
        )
    verdict, key, values = EXERCISES[number]().judge(answer)
    row = key if key.startswith("any.") else f"{number}.{key}"
    said = {language: HINTS.say(row, language, **_of_language(values, language)) for language in LANGUAGES}
    return Reply(number, verdict, row, **said)


def _of_language(values: dict[str, str], language: str) -> dict[str, str]:
    """Values of one language: `answer_vi` as `answer`; those of no language as they are."""
    ends = tuple(f"_{one}" for one in LANGUAGES)
    own = {
        name.removesuffix(f"_{language}"): value
        for name, value in values.items()
        if name.endswith(f"_{language}")
    }
    return {name: value for name, value in values.items() if not name.endswith(ends)} | own
