"""An exercise's number -> the function that computes what is right, with the slips that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from training.lessons.checks import (
    lesson_1,
    lesson_2,
    lesson_3,
    lesson_4,
    lesson_5,
    lesson_6,
    lesson_7,
    lesson_8,
)
from training.lessons.checks.kinds import Kind

_LESSONS = (lesson_1, lesson_2, lesson_3, lesson_4, lesson_5, lesson_6, lesson_7, lesson_8)
EXERCISES: Mapping[str, Callable[[], Kind]] = {
    number: exercise for lesson in _LESSONS for number, exercise in lesson.EXERCISES.items()
}
