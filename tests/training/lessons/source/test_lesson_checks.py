import pytest

from training.lessons.source.lesson import FOLDER, lesson_numbers, make_lesson, read_lesson, read_plan
from training.lessons.source.lesson_checks import check_lesson
from training.question_bank.bank_rows import read_bank


@pytest.mark.parametrize("number", lesson_numbers())
def test_every_lesson_keeps_the_rules(number):
    assert check_lesson(read_lesson(number))["what"].tolist() == []


@pytest.fixture
def spoil():
    """Lesson 4 with one thing changed -> the codes of what is found."""
    row = read_plan().set_index("lesson").loc["4"]
    text = (FOLDER / f"{row['source']}.py").read_text(encoding="utf-8")

    def spoilt(old: str, new: str, count: int = 1) -> set[str]:
        assert old in text
        return set(check_lesson(make_lesson("4", row, text.replace(old, new, count), read_bank()))["code"])

    return spoilt


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("tag", 'tags=["notes"]', 'tags=["note"]'),
        ("setup", 'tags=["setup"]', 'tags=["show", "ours"]'),
        ("number", "### Bài tập 4.1", "### Bài tập 4.9"),
        ("objective", '"exercise", "O4.1"', '"exercise"'),
        ("tag", '"exercise", "O4.1"', '"exercise", "O5.1"'),
        ("check", 'check("4.1", answer)', 'check("4.2", answer)'),
        ("check", 'check("4.1", answer)', 'x = check("4.1", answer)  # kept'),
    ],
)
def test_a_planted_fault_is_found(spoil, code, old, new):
    assert code in spoil(old, new)


def test_a_figure_that_does_not_say_where_its_data_are_from_is_found(spoil):
    assert "data" in spoil(', "simulated"', "")


def test_slides_and_exercises_without_minutes_are_found(spoil):
    assert {"notes", "minutes"} <= spoil("phút.**", "phut.**", -1)


def test_headings_in_one_language_lost_aims_and_too_many_minutes_are_found(spoil):
    assert "heading" in spoil(" · ", ": ", -1)
    assert "aim" in spoil('"O4.2"', '"O4.1"', -1)
    assert "minutes" in spoil("**4 phút.**", "**40 phút.**", -1)
