"""A lesson's number -> its files in a folder: three notebooks, a hand-out, the trainer's guide, slides."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from analysis.batch.publish import write_whole
from analysis.errors import PacksFolderProblem
from analysis.findings import stop_on
from analysis.lab.workspace import Laid, lay_workspace
from analysis.pipeline import build_round
from training.lessons.build.handout import handout, trainer_guide
from training.lessons.build.notebooks import exercise_notebook, lesson_notebook, solution_notebook
from training.lessons.build.parts import Made
from training.lessons.build.running import run_lesson
from training.lessons.build.slides import slides
from training.lessons.source.lesson import read_lesson
from training.lessons.source.lesson_checks import check_lesson

#: Where the lessons lie in the folder that JupyterLab opens.
IN_WORKSPACE = "bai-hoc"
#: What is made of a lesson -> the end of its file's name.
FILES = {
    "lesson": "bai-hoc.ipynb",
    "exercises": "bai-tap.ipynb",
    "solutions": "loi-giai.ipynb",
    "handout": "to-bai-hoc.html",
    "guide": "giang-vien.html",
    "slides": "trinh-chieu.html",
}


def make_lesson_run(number: str | int) -> Made:
    """Read, check and run a lesson; its rounds are built before, if need be.

    Raises
    ------
    UnknownName, BadRows
        No such lesson; or it breaks a rule of `check_lesson`, does not run, or has a wrong solution.
    """
    lesson = read_lesson(number)
    stop_on(check_lesson(lesson))
    for survey_round in lesson.rounds:
        build_round(survey_round)
    return Made(lesson, run_lesson(lesson))


def file_name(number: str, what: str) -> str:
    """Such as "bai-3-to-bai-hoc.html"."""
    return f"bai-{number}-{FILES[what]}"


def text_of(made: Made, what: str) -> str:
    """One of `FILES` as text."""
    lesson, executed = made.lesson, made.executed
    if what == "lesson":
        return nbformat.writes(lesson_notebook(lesson, executed))
    if what == "exercises":
        return nbformat.writes(exercise_notebook(lesson))
    if what == "solutions":
        return nbformat.writes(solution_notebook(lesson, executed))
    return {"handout": handout, "guide": trainer_guide, "slides": slides}[what](made)


def write_lesson(made: Made, folder: Path, wanted: Iterable[str] = tuple(FILES)) -> list[Path]:
    """Write a lesson's files into a folder, each whole or not at all.

    Parameters
    ----------
    made : Made
    folder : Path
    wanted : iterable of keys of `FILES`

    Raises
    ------
    PacksFolderProblem
        A file cannot be written.
    """
    return [write_text(folder / file_name(made.lesson.number, what), text_of(made, what)) for what in wanted]


def lay_lessons(lessons: Iterable[Made], workspace: Path) -> Laid:
    """Write lessons' files where `workbench lab` shows them; an answer typed into an exercise stays.

    Parameters
    ----------
    lessons : iterable of Made
    workspace : Path
        The folder that JupyterLab opens; the lessons lie in its `IN_WORKSPACE`.

    Raises
    ------
    PacksFolderProblem
        A file cannot be written.
    """
    with TemporaryDirectory(prefix="lessons-") as folder:
        written = [path for made in lessons for path in write_lesson(made, Path(folder))]
        return lay_workspace(workspace, written, IN_WORKSPACE)


def write_text(path: Path, text: str) -> Path:
    """Write a text file; its folder is made.

    Raises
    ------
    PacksFolderProblem
        It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_whole(path, text)
    except OSError as fault:
        raise PacksFolderProblem(
            f"The file {path.name} cannot be written.",
            vi=f"Không ghi được {path.name}. Nếu tệp đang mở, hãy đóng lại; hoặc chọn thư mục khác.",
            where=path.name,
            expected="a folder that can be written, with room",
            got=f"{type(fault).__name__}: {fault.strerror or fault}",
            hint="Close the file, or choose another folder with --out.",
        ) from fault
