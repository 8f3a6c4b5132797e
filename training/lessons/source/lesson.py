"""A lesson's file + the rows of plan, bank and objectives -> one `Lesson`: cells, slides, exercises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.errors import UnknownName, shown
from analysis.rows import read_rows
from training.lessons.source.percent import Cell, read_percent
from training.question_bank.bank_rows import QuestionBank, read_bank

FOLDER = Path(__file__).parents[1]
PLAN_COLUMNS = ("lesson", "source", "minutes", "courses", "rounds")
#: How a lesson's notes say how long a slide or an exercise takes.
MINUTES = re.compile(r"\*\*(\d+) phút\.\*\*")
#: What an exercise's markdown begins with.
EXERCISE = re.compile(r"### Bài tập (\d+\.\d+) · Exercise \1\b(?:[.:] (.+))?")


@dataclass(frozen=True)
class Slide:
    """One slide: its words, the cells whose output it shows, what the speaker says."""

    words: Cell
    shown: tuple[Cell, ...]
    notes: str

    @property
    def heading(self) -> str:
        return self.words.source.splitlines()[0].lstrip("# ")


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes
    ----------
    number : str
        Such as "3.2".
    objective : str
    question : Cell
    shown : tuple of Cell
        Figures that the exercise asks about, drawn again before it.
    solution : Cell
        Code that gives `answer` and checks it.
    explained : str
        The solution in words, for the trainer; Markdown.
    notes : str
    """

    number: str
    objective: str
    question: Cell
    shown: tuple[Cell, ...]
    solution: Cell
    explained: str
    notes: str


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes
    ----------
    number : str
        Such as "3".
    stem : str
        Of its file.
    about : str
        Its docstring.
    title_vi, title_en, audience : str
        Of the question bank's lessons; the audience is "officials" or "analysts".
    minutes : int
    courses : tuple of str
        Topics of the courses that teach it.
    rounds : tuple of str
        Simulated rounds that it shows, to be built before.
    objectives : DataFrame
        Rows of the question bank.
    cells : tuple of Cell
    """

    number: str
    stem: str
    about: str
    title_vi: str
    title_en: str
    audience: str
    minutes: int
    courses: tuple[str, ...]
    rounds: tuple[str, ...]
    objectives: pd.DataFrame
    cells: tuple[Cell, ...]

    @property
    def where(self) -> str:
        return f"training/lessons/{self.stem}.py"

    @property
    def for_analysts(self) -> bool:
        return self.audience == "analysts"

    @property
    def is_simulated(self) -> bool:
        """Whether any of its figures are of simulated data."""
        return any(cell.has("simulated") for cell in self.cells)

    @cached_property
    def slides(self) -> list[Slide]:
        """Its slides in order, without those of the exercises."""
        found = []
        for at, cell in enumerate(self.cells):
            if cell.has("slide"):
                own = self._until(at, "slide", "exercise")
                shown = tuple(c for c in own if c.has("show"))
                found.append(Slide(cell, shown, _joined(c for c in own if c.has("notes"))))
        return found

    @cached_property
    def exercises(self) -> list[Exercise]:
        found = []
        for at, cell in enumerate(self.cells):
            if not cell.has("exercise"):
                continue
            own = self._until(at, "slide", "exercise")
            solutions = [c for c in own if c.has("solution") and c.kind == "code"]
            match = EXERCISE.match(cell.source)
            found.append(
                Exercise(
                    number=match[1] if match else "",
                    objective=next((tag for tag in cell.tags if tag.startswith("O")), ""),
                    question=cell,
                    shown=tuple(c for c in own if c.has("asked")),
                    solution=solutions[0] if len(solutions) == 1 else Cell("code", (), "", cell.line),
                    explained=_joined(c for c in own if c.has("solution") and c.kind == "markdown"),
                    notes=_joined(c for c in own if c.has("notes")),
                )
            )
        return found

    def _until(self, at: int, *tags: str) -> list[Cell]:
        """The cells after one, up to the next that bears one of the tags."""
        own = []
        for cell in self.cells[at + 1 :]:
            if cell.has(*tags):
                break
            own.append(cell)
        return own


def _joined(cells) -> str:
    return "\n\n".join(cell.source for cell in cells)


def minutes_of(notes: str) -> int:
    """How long a slide or an exercise takes, as its notes say it; 0 where they do not.

    Examples
    --------
    >>> minutes_of("**4 phút.** Hỏi lớp trước.")
    4
    """
    match = MINUTES.search(notes)
    return int(match[1]) if match else 0


def read_plan() -> pd.DataFrame:
    """The lessons in order: lesson, source, minutes, courses, rounds."""
    return read_rows(FOLDER / "plan.csv", PLAN_COLUMNS)


def lesson_numbers() -> list[str]:
    return list(read_plan()["lesson"])


def read_lesson(number: str | int) -> Lesson:
    """Read one lesson; `lesson_checks.check_lesson` finds what is wrong with it.

    Raises
    ------
    UnknownName
        No such lesson.
    BadRows
        Its file is not of the percent format.
    """
    plan, number = read_plan().set_index("lesson"), str(number)
    if number not in plan.index:
        raise UnknownName(
            f"There is no lesson {number}.",
            vi=f"Không có bài {number}. Các bài: {shown(plan.index)}.",
            where="training/lessons/plan.csv",
            expected=shown(plan.index, len(plan)),
            got=number,
            hint="workbench lessons list",
        )
    row = plan.loc[number]
    text = (FOLDER / f"{row['source']}.py").read_text(encoding="utf-8")
    return make_lesson(number, row, text, read_bank())


def make_lesson(number: str, row: pd.Series, text: str, bank: QuestionBank) -> Lesson:
    """A lesson of its row of the plan, its text and the bank that it belongs to."""
    about, cells = read_percent(text, f"{row['source']}.py")
    named = bank.lessons.set_index("lesson").loc[number]
    return Lesson(
        number=number,
        stem=row["source"],
        about=about,
        title_vi=named["title_vi"],
        title_en=named["title_en"],
        audience=named["audience"],
        minutes=int(row["minutes"]),
        courses=tuple(row["courses"].split()),
        rounds=tuple(row["rounds"].split()),
        objectives=bank.objectives[bank.objectives["lesson"] == number].reset_index(drop=True),
        cells=tuple(cells),
    )
