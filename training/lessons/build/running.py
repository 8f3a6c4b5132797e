"""A lesson's whole notebook -> the same notebook run in a fresh kernel, every solution found right."""

from __future__ import annotations

import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.batch.execute import NotebookFailed, run_notebook
from analysis.errors import BadRows, shown
from training.lessons.build.notebooks import CAME_FROM, whole_notebook
from training.lessons.source.lesson import Lesson

#: A lesson's cell takes a second or two; one that is not done by then never will be.
CELL_TIMEOUT_SECONDS = 120


def run_lesson(lesson: Lesson) -> NotebookNode:
    """Run a lesson from top to bottom, with its solutions.

    Raises
    ------
    BadRows
        A cell fails, or a solution is not found right; the lesson's line is given.
    """
    with tempfile.TemporaryDirectory(prefix="lesson-") as folder:
        notebook, output = Path(folder) / "lesson.ipynb", Path(folder) / "run.ipynb"
        nbformat.write(whole_notebook(lesson), notebook)
        try:
            executed = run_notebook(notebook, output, {}, cell_timeout=CELL_TIMEOUT_SECONDS)
        except NotebookFailed as fault:
            raise _failed(lesson, fault, output) from fault
    not_right = [text for text in map(_not_right, executed.cells) if text]
    if not_right:
        raise BadRows(
            f"Solutions of lesson {lesson.number} are not found right.",
            vi=f"Lời giải của bài {lesson.number} chưa được chấm là đúng: {shown(not_right)}. Hãy sửa.",
            where=lesson.where,
            expected="every solution right",
            got=shown(not_right),
            hint="Run the solution's cell in the notebook and read what the check says.",
        )
    return executed


def _not_right(cell: NotebookNode) -> str:
    """What the check said under a solution that it does not find right."""
    if "solution" not in cell.metadata.get("tags", []) or cell.cell_type != "code":
        return ""
    said = [output.data.get("text/plain", "") for output in cell.outputs if "data" in output]
    if said and said[-1].startswith("✔"):
        return ""
    return said[-1].splitlines()[0] if said else f"{cell.source.splitlines()[-1]}: nothing was checked"


def _failed(lesson: Lesson, fault: NotebookFailed, output: Path) -> BadRows:
    line = _line_of(lesson, fault, output)
    where = f"{lesson.where}:{line}" if line else lesson.where
    reason = fault.reason.strip().splitlines()[-1] if fault.reason.strip() else "the kernel ended"
    return BadRows(
        f"Lesson {lesson.number} does not run to its end.",
        vi=f"Bài {lesson.number} không chạy được đến cuối. Hãy xem ô ở {where}.",
        where=where,
        expected="every cell runs",
        got=reason,
        hint=f"Mend the cell, then: workbench lessons build --lesson {lesson.number}",
    )


def _line_of(lesson: Lesson, fault: NotebookFailed, output: Path) -> int:
    """The line of the lesson's file at which the cell that failed begins; 0 where it is not known."""
    if not fault.cell or not output.is_file():
        return 0
    code = [
        cell for cell in nbformat.read(output, as_version=4).cells if cell.cell_type == "code" and cell.source
    ]
    at = code[fault.cell - 1].metadata.get(CAME_FROM) if fault.cell <= len(code) else None
    return 0 if at is None else lesson.cells[at].line
