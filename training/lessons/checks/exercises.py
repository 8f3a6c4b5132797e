"""An exercise's number -> the function that computes what is right, with the slips that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from training.lessons.checks import lesson_1, lesson_2, lesson_3
from training.lessons.checks.kinds import Kind

EXERCISES: Mapping[str, Callable[[], Kind]] = {**lesson_1.EXERCISES, **lesson_2.EXERCISES, **lesson_3.EXERCISES}
