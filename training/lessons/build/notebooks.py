"""A lesson's cells -> the notebook that is run, and of it those of lesson, exercises and solutions."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode

from training.lessons.source.lesson import Lesson
from training.lessons.source.percent import Cell
from training.lessons.teaching.words import say

#: Where a cell of a notebook came from: its place among the lesson's cells.
CAME_FROM = "lesson_cell"
_KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def whole_notebook(lesson: Lesson) -> NotebookNode:
    """All cells but the notes: what is run from top to bottom."""
    cells = [_made(cell, at) for at, cell in enumerate(lesson.cells) if not cell.has("notes")]
    return _notebook(lesson, [_head(lesson, "lesson"), *cells])


def lesson_notebook(lesson: Lesson, executed: NotebookNode) -> NotebookNode:
    """What is taught, with its figures: no exercise, no solution, no notes."""
    kept = [at for at, cell in enumerate(lesson.cells) if is_taught(cell)]
    cells = _picked(executed, kept)
    for cell in cells:
        source = _source(lesson, cell)
        if (
            source is not None
            and cell.cell_type == "code"
            and not lesson.for_analysts
            and not source.has("setup")
        ):
            cell.metadata["jupyter"] = {"source_hidden": True}
    return _notebook(lesson, [_head(lesson, "lesson"), *cells])


def exercise_notebook(lesson: Lesson) -> NotebookNode:
    """The exercises with their figures' cells; in the place of a solution stand three dots and the check."""
    cells = [
        _head(lesson, "exercises"),
        *_of(lesson, ("setup",)),
        *_figures_head(lesson),
        *_of(lesson, ("asked", "show")),
    ]
    for exercise in lesson.exercises:
        cells += [_made(exercise.question, _at(lesson, exercise.question))]
        cells += [_made(cell, _at(lesson, cell)) for cell in exercise.shown]
        cells += [nbformat.v4.new_code_cell(blank_solution(exercise.solution.source))]
    return _notebook(lesson, cells)


def solution_notebook(lesson: Lesson, executed: NotebookNode) -> NotebookNode:
    """The exercises with their solutions and what the check said."""
    kept = [at for at, cell in enumerate(lesson.cells) if cell.has("setup", "exercise", "asked", "solution")]
    return _notebook(lesson, [_head(lesson, "solutions"), *_picked(executed, kept)])


def is_taught(cell: Cell) -> bool:
    """Whether a cell belongs to the lesson itself."""
    return not cell.has("exercise", "solution", "notes") and not (cell.has("asked") and not cell.has("show"))


def blank_solution(source: str) -> str:
    """A solution's cell without the solution: dots, or question marks where things are matched, and the
    check.

    Examples
    --------
    >>> print(blank_solution('x = 1\nanswer = x\ncheck("1.1", answer)'))
    answer = ...  # câu trả lời của bạn thay cho ba dấu chấm / your answer in the place of the dots
    check("1.1", answer)
    >>> print(blank_solution('answer = {"A": 1}\ncheck("1.2", answer)'))
    answer = {
        "A": "?",
    }
    check("1.2", answer)
    """
    check = source.rstrip().splitlines()[-1]
    given = [node.value for node in ast.parse(source).body if isinstance(node, ast.Assign)]
    if given and isinstance(given[-1], ast.Dict):
        lines = [f'    "{ast.literal_eval(key)}": "?",' for key in given[-1].keys]
        return "\n".join(["answer = {", *lines, "}", check])
    return f"answer = ...  # {say('your_answer', 'vi')} / {say('your_answer', 'en')}\n{check}"


def outputs_of(executed: NotebookNode) -> dict[int, list[NotebookNode]]:
    """Place of a cell in the lesson -> what it displayed."""
    return {
        cell.metadata[CAME_FROM]: cell.outputs
        for cell in executed.cells
        if cell.cell_type == "code" and CAME_FROM in cell.metadata
    }


def _of(lesson: Lesson, tags: tuple[str, ...]) -> list[NotebookNode]:
    """The cells that bear all of the tags."""
    return [_made(cell, at) for at, cell in enumerate(lesson.cells) if set(tags) <= set(cell.tags)]


def _figures_head(lesson: Lesson) -> list[NotebookNode]:
    """A heading over the lesson's figures that its exercises ask about, where there are any."""
    if not _of(lesson, ("asked", "show")):
        return []
    return [nbformat.v4.new_markdown_cell(f"## {say('figures_asked', 'vi')} · {say('figures_asked', 'en')}")]


def _at(lesson: Lesson, cell: Cell) -> int:
    return next(at for at, one in enumerate(lesson.cells) if one is cell)


def _made(cell: Cell, at: int) -> NotebookNode:
    make = nbformat.v4.new_markdown_cell if cell.kind == "markdown" else nbformat.v4.new_code_cell
    return make(cell.source, metadata={CAME_FROM: at, "tags": list(cell.tags)})


def _picked(executed: NotebookNode, kept: Iterable[int]) -> list[NotebookNode]:
    wanted = set(kept)
    return [nbformat.from_dict(cell) for cell in executed.cells if cell.metadata.get(CAME_FROM) in wanted]


def _source(lesson: Lesson, cell: NotebookNode) -> Cell | None:
    at = cell.metadata.get(CAME_FROM)
    return None if at is None else lesson.cells[at]


def _head(lesson: Lesson, kind: str) -> NotebookNode:
    """Title, aims, and that the data are simulated."""
    lines = [
        f"# {say('lesson_title', 'vi', number=lesson.number, title=lesson.title_vi)}",
        f"*{say('lesson_title', 'en', number=lesson.number, title=lesson.title_en)}*",
        f"**{say(f'notebook_{kind}', 'vi')}** *{say(f'notebook_{kind}', 'en')}*",
    ]
    if lesson.is_simulated:
        lines.append(f"> **{say('band', 'vi')}** *{say('band', 'en')}*")
    lines.append(f"**{say('aims', 'vi')}** · *{say('aims', 'en')}*")
    lines.append(
        "\n".join(f"- {row['text_vi']} ({row['objective']})" for row in lesson.objectives.to_dict("records"))
    )
    return nbformat.v4.new_markdown_cell("\n\n".join(lines))


def _notebook(lesson: Lesson, cells: list[NotebookNode]) -> NotebookNode:
    """A notebook whose cells' ids follow from their order, so that equal lessons give equal files."""
    metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}, "title": lesson.title_vi}
    made = nbformat.v4.new_notebook(metadata=metadata, cells=cells)
    for number, cell in enumerate(made.cells, 1):
        cell["id"] = f"cell-{number:03d}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
    return made
