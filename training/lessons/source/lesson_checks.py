"""A lesson -> findings: what a class could not use, such as a slide without notes."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from training.lessons.source.lesson import EXERCISE, Exercise, Lesson, minutes_of

#: What a tag may be; an exercise bears the code of its objective too.
TAGS = frozenset(
    {"setup", "slide", "notes", "show", "asked", "paper", "code", "exercise", "solution"}
    | {"simulated", "published", "ours", "wide", "small", "tiny"}
)
#: Where what a figure shows comes from: one of these on each.
DATA = ("simulated", "published", "ours")
#: A lesson's own time, of which its plan's minutes leave room for questions.
LEAST_MINUTES = 45


def check_lesson(lesson: Lesson) -> pd.DataFrame:
    """Find what is wrong with how a lesson is written.

    Returns
    -------
    DataFrame of findings, kind stop
        An unknown tag; a figure that does not say where its data are from; a slide or an exercise without
        notes or without its minutes; a heading in one language; an exercise without its number, objective,
        solution or check; an objective without an exercise; too few minutes, or more than the plan's.
    """
    faults = [*_tags(lesson), *_slides(lesson), *_exercises(lesson), *_aims(lesson), *_time(lesson)]
    return findings_table(
        Finding(
            code,
            f"Lesson {lesson.number}: {what}.",
            f"Bài {lesson.number}: bài học viết chưa đúng ({code}). Hãy sửa {lesson.where}.",
            where=f"{lesson.where}:{line}",
            hint="training/lessons/README.md says how a lesson is written.",
        )
        for code, what, line in faults
    )


def _tags(lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    aims = set(lesson.objectives["objective"])
    for cell in lesson.cells:
        strange = [tag for tag in cell.tags if tag not in TAGS and not (cell.has("exercise") and tag in aims)]
        if strange:
            yield "tag", f"a tag is not known: {shown(strange)}", cell.line
        if cell.kind == "code" and cell.has("show") and sum(tag in DATA for tag in cell.tags) != 1:
            yield "data", f"a figure bears none or several of {shown(DATA)}", cell.line
    if not lesson.cells or not lesson.cells[0].has("setup"):
        yield "setup", "the first cell is not the one tagged setup", 1


def _slides(lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    for slide in lesson.slides:
        if " · " not in slide.heading:
            yield "heading", f"a heading is in one language: {slide.heading}", slide.words.line
        if not minutes_of(slide.notes):
            yield "notes", f"no notes, or no minutes in them: {slide.heading}", slide.words.line


def _exercises(lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    aims = set(lesson.objectives["objective"])
    for at, one in enumerate(lesson.exercises, 1):
        line, number = one.question.line, f"{lesson.number}.{at}"
        if one.number != number or EXERCISE.match(one.question.source) is None:
            yield "number", f"exercise {number} is not headed as such", line
        if one.objective not in aims:
            yield "objective", f"exercise {number} names no objective of the lesson", line
        if not minutes_of(one.notes):
            yield "notes", f"exercise {number} has no notes, or no minutes in them", line
        if not one.explained:
            yield "explained", f"exercise {number} has no solution in words", line
        if not _ends_with_its_check(one):
            yield "check", f'the solution of {number} does not end with check("{number}", answer)', line


def _ends_with_its_check(exercise: Exercise) -> bool:
    if not exercise.solution.source.rstrip().endswith(f'check("{exercise.number}", answer)'):
        return False
    assigned = [node for node in ast.parse(exercise.solution.source).body if isinstance(node, ast.Assign)]
    return bool(assigned) and ast.unparse(assigned[-1].targets[0]) == "answer"


def _aims(lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    asked = Counter(one.objective for one in lesson.exercises)
    for objective in lesson.objectives["objective"]:
        if not asked[objective]:
            yield "aim", f"no exercise practises {objective}", 1


def _time(lesson: Lesson) -> Iterator[tuple[str, str, int]]:
    before = [cell.source for cell in lesson.cells[: _first_slide(lesson)] if cell.has("notes")]
    notes = [*before, *(slide.notes for slide in lesson.slides), *(one.notes for one in lesson.exercises)]
    minutes = sum(map(minutes_of, notes))
    if not LEAST_MINUTES <= minutes <= lesson.minutes:
        yield "minutes", f"{minutes} minutes; from {LEAST_MINUTES} to {lesson.minutes} are wanted", 1


def _first_slide(lesson: Lesson) -> int:
    return next((at for at, cell in enumerate(lesson.cells) if cell.has("slide")), len(lesson.cells))
