"""A lesson and its outputs -> what slides and pages are made of: words, figures, notes, sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup
from nbformat import NotebookNode

from training.lessons.build.markup import shown_of, split_heading, without_sections, words_of
from training.lessons.build.notebooks import is_taught, outputs_of
from training.lessons.source.lesson import EXERCISE, Exercise, Lesson
from training.lessons.source.percent import Cell

#: Where the data of a figure come from, as its tag says.
DATA = ("simulated", "published", "ours")
_NOTHING = Markup("")


@dataclass(frozen=True)
class Frame:
    """One slide, as its template prints it.

    Attributes
    ----------
    kind : {"title", "lesson", "exercise"}
    vi, en : str
        Its heading.
    words : Markup
    shown : tuple of Markup
    code : tuple of str
    notes : Markup
    data : str
        "simulated", "published" or "".
    layout : tuple of str
        Tags of the slide such as "wide".
    """

    kind: str
    vi: str
    en: str
    words: Markup
    shown: tuple[Markup, ...]
    code: tuple[str, ...]
    notes: Markup
    data: str
    layout: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of a hand-out: words, or figures with their code."""

    words: Markup = _NOTHING
    shown: tuple[Markup, ...] = ()
    code: str = ""
    notes: Markup = _NOTHING


@dataclass(frozen=True)
class Task:
    """One exercise of a hand-out; `vi` and `en` are its heading."""

    vi: str
    en: str
    words: Markup
    shown: tuple[Markup, ...]
    code: str
    explained: Markup
    notes: Markup


@dataclass(frozen=True)
class Made:
    """A lesson that has been run.

    Attributes
    ----------
    lesson : Lesson
    executed : NotebookNode
    """

    lesson: Lesson
    executed: NotebookNode

    @cached_property
    def outputs(self) -> dict[int, list[NotebookNode]]:
        return outputs_of(self.executed)

    def shown(self, cell: Cell) -> tuple[Markup, ...]:
        """What a cell of the lesson displayed."""
        at = next(at for at, one in enumerate(self.lesson.cells) if one is cell)
        return tuple(shown_of(self.outputs.get(at, ()), f"c{at}"))

    def frames(self) -> list[Frame]:
        """Its slides: the title, the lesson, the exercises."""
        lesson = [
            self._frame(slide.words, slide.shown, slide.notes, "lesson") for slide in self.lesson.slides
        ]
        tasks = [
            self._frame(one.question, one.shown, one.notes, "exercise", one) for one in self.lesson.exercises
        ]
        return [self._title_frame(), *lesson, *tasks]

    def _title_frame(self) -> Frame:
        before = []
        for cell in self.lesson.cells:
            if cell.has("slide"):
                break
            before += [cell.source] if cell.has("notes") else []
        about = self.lesson
        notes = words_of("\n\n".join(before))
        return Frame("title", about.title_vi, about.title_en, Markup(""), (), (), notes, "", ())

    def _frame(
        self, words: Cell, shown: tuple[Cell, ...], notes: str, kind: str, exercise: Exercise | None = None
    ) -> Frame:
        first, _, rest = words.source.partition("\n")
        vi, en = split_heading(first.lstrip("# "))
        if exercise is not None:
            vi, en = _exercise_heading(first)
            notes = "\n\n".join(part for part in (notes, exercise.explained) if part)
        data = [tag for cell in (words, *shown) for tag in DATA[:2] if cell.has(tag)]
        return Frame(
            kind=kind,
            vi=vi,
            en=en,
            words=words_of(rest.strip(), vi),
            shown=tuple(without_sections(part) for cell in shown for part in self.shown(cell)),
            code=tuple(cell.source for cell in shown if cell.has("code")),
            notes=words_of(notes),
            data="simulated" if "simulated" in data else data[0] if data else "",
            layout=tuple(tag for tag in words.tags if tag in ("wide", "small", "tiny")),
        )

    def parts(self) -> list[Part]:
        """What the hand-out teaches, in order; notes stand with the part that they follow."""
        found: list[Part] = []
        for cell in self.lesson.cells:
            if cell.has("exercise"):
                break
            if cell.has("notes"):
                found.append(Part(notes=words_of(cell.source)))
            elif cell.kind == "markdown" and is_taught(cell):
                found.append(Part(words=words_of(cell.source)))
            elif cell.kind == "code" and cell.has("show", "paper"):
                code = cell.source if cell.has("code") else ""
                found.append(Part(shown=self.shown(cell), code=code))
        return found

    def tasks(self) -> list[Task]:
        """Its exercises with what they ask about, unless the lesson showed it already."""
        return [self._task(one) for one in self.lesson.exercises]

    def _task(self, exercise: Exercise) -> Task:
        first, _, rest = exercise.question.source.partition("\n")
        return Task(
            *_exercise_heading(first),
            words=words_of(rest.strip()),
            shown=tuple(part for cell in exercise.shown for part in self.shown(cell)),
            code=exercise.solution.source,
            explained=words_of(exercise.explained),
            notes=words_of(exercise.notes),
        )


def _exercise_heading(line: str) -> tuple[str, str]:
    """ "### Bài tập 3.1 · Exercise 3.1: Thứ hạng" as "Bài tập 3.1: Thứ hạng" and "Exercise 3.1"."""
    match = EXERCISE.match(line)
    if match is None:
        return split_heading(line.lstrip("# "))
    name = f": {match[2]}" if match[2] else ""
    return f"Bài tập {match[1]}{name}", f"Exercise {match[1]}"
