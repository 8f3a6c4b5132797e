import pytest

from analysis.errors import UnknownName
from training.lessons.source.lesson import FOLDER, lesson_numbers, minutes_of, read_lesson, read_plan
from training.question_bank.bank_rows import read_bank


def test_lessons_of_the_plan_are_those_of_the_bank_and_those_that_are_written():
    assert lesson_numbers() == list(read_bank().lessons["lesson"])
    assert sorted(read_plan()["source"]) == sorted(path.stem for path in FOLDER.glob("[0-9]*_*.py"))


def test_every_item_and_every_objective_leads_to_a_lesson_that_practises_it():
    """A class report names the lesson of an item that failed: it is there, and it has exercises on that aim."""
    bank = read_bank()
    practised = {
        (lesson.number, one.objective)
        for lesson in map(read_lesson, lesson_numbers())
        for one in lesson.exercises
    }
    asked = set(zip(bank.items["lesson"], bank.items["objective"], strict=True))
    aims = set(zip(bank.objectives["lesson"], bank.objectives["objective"], strict=True))
    assert asked | aims == practised


def test_analysts_lessons_belong_to_the_analysts_course_alone():
    for lesson in map(read_lesson, lesson_numbers()):
        assert (lesson.courses == ("analysts",)) == lesson.for_analysts


def test_a_slide_has_its_figures_and_notes_and_an_exercise_its_solution():
    lesson = read_lesson("1")
    whose = next(slide for slide in lesson.slides if slide.heading.startswith("Phần lớn các huyện"))
    assert [cell.source for cell in whose.shown] == ["overview.sample_map(page)"]
    assert minutes_of(whose.notes) == 5
    assert lesson.exercises[0].solution.source == 'answer = "C"\ncheck("1.1", answer)'
    assert lesson.exercises[0].number == "1.1"
    assert lesson.is_simulated


def test_a_lesson_that_is_not_there_is_named():
    with pytest.raises(UnknownName, match="no lesson 9"):
        read_lesson(9)
