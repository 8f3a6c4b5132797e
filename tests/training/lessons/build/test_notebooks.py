"""Each lesson's whole run -> the notebooks of a class: what each holds, and what it must not."""

import nbformat
import pytest

from analysis.batch.execute import run_notebook
from analysis.errors import BadRows
from training.lessons.build.notebooks import blank_solution
from training.lessons.build.running import run_lesson
from training.lessons.build.written import text_of
from training.lessons.source.lesson import FOLDER, lesson_numbers, make_lesson, read_plan
from training.question_bank.bank_rows import read_bank

NUMBERS = lesson_numbers()


def notebook(made, what):
    return nbformat.reads(text_of(made, what), as_version=4)


def sources(made, what) -> str:
    return "\n".join(cell.source for cell in notebook(made, what).cells)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_runs_to_its_end_and_its_solutions_are_found_right(lessons_run, number):
    """`run_lesson` raises otherwise; here what each check said is read once more."""
    cells = [cell for cell in lessons_run[number].executed.cells if cell.cell_type == "code"]
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    said = [
        cell.outputs[-1].data["text/plain"] for cell in cells if "solution" in cell.metadata.get("tags", [])
    ]
    assert [text.split()[:2] for text in said] == [["✔", f"{number}.{at}"] for at in range(1, len(said) + 1)]
    assert len(said) == len(lessons_run[number].lesson.exercises) >= 6


@pytest.mark.parametrize("number", NUMBERS)
def test_the_exercise_notebook_holds_every_check_and_no_solution(lessons_run, number):
    made = lessons_run[number]
    text = sources(made, "exercises")
    for one in made.lesson.exercises:
        assert f'check("{one.number}", answer)' in text
        assert one.solution.source not in text
        assert one.explained not in text
    assert "**Lời" not in text
    assert not [cell for cell in notebook(made, "exercises").cells if cell.get("outputs")]


@pytest.mark.parametrize("number", NUMBERS)
def test_lesson_and_solutions_keep_to_their_own(lessons_run, number):
    made = lessons_run[number]
    taught, solved = sources(made, "lesson"), sources(made, "solutions")
    assert "check(" not in taught.replace("import check", "")
    assert "Bài tập" not in "".join(line for line in taught.splitlines() if line.startswith("#"))
    for one in made.lesson.exercises:
        assert one.solution.source in solved and one.explained in solved
    notes = [cell.source for cell in made.lesson.cells if cell.has("notes")]
    assert not [note for note in notes if note in taught + solved]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_notebook_with_simulated_data_says_so_at_its_head(lessons_run, number):
    simulated = lessons_run[number].lesson.is_simulated
    assert simulated == (number != "3")  # lesson 3 shows published figures alone
    for what in ("lesson", "exercises", "solutions"):
        head = notebook(lessons_run[number], what).cells[0].source
        assert ("DỮ LIỆU MÔ PHỎNG" in head) == simulated


def test_a_learner_s_notebook_runs_before_anything_is_answered(lessons_run, tmp_path):
    """Every cell runs; each check says that there is no answer yet."""
    source = tmp_path / "bai-tap.ipynb"
    source.write_text(text_of(lessons_run["5"], "exercises"), encoding="utf-8")
    executed = run_notebook(source, tmp_path / "da-chay.ipynb", {})
    checks = [cell for cell in executed.cells if cell.cell_type == "code" and "check(" in cell.source]
    signs = [cell.outputs[-1].data["text/plain"].split()[:2] for cell in checks]
    assert signs == [["…", f"5.{at}"] for at in range(1, 7)]


def test_the_same_run_gives_the_same_files(lessons_run):
    for what in ("lesson", "exercises", "handout", "slides"):
        assert text_of(lessons_run["4"], what) == text_of(lessons_run["4"], what)


def test_a_solution_leaves_dots_or_question_marks():
    assert blank_solution('rows = 3\nanswer = rows + 1\ncheck("1.3", answer)').startswith("answer = ...")
    assert '"Dấu sao": "?"' in blank_solution('answer = {"Dấu sao": "A"}\ncheck("6.6", answer)')


def spoilt(old: str, new: str):
    row = read_plan().set_index("lesson").loc["8"]
    text = (FOLDER / f"{row['source']}.py").read_text(encoding="utf-8")
    assert old in text
    return make_lesson("8", row, text.replace(old, new), read_bank())


def test_a_lesson_that_fails_names_its_line_and_a_wrong_solution_its_exercise():
    lesson = spoilt("steps_table()\n", "steps_table(1 / 0)\n")
    with pytest.raises(BadRows) as caught:
        run_lesson(lesson)
    line = int(caught.value.where.rpartition(":")[2])
    assert next(cell for cell in lesson.cells if cell.line == line).source == "steps_table(1 / 0)"
    assert "ZeroDivisionError" in caught.value.got
    with pytest.raises(BadRows, match="not found right") as caught:
        run_lesson(spoilt('answer = "A"\ncheck("8.2"', 'answer = "B"\ncheck("8.2"'))
    assert "8.2" in caught.value.got
