"""Hand-outs, trainers' guides and decks: what is printed for whom."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.briefing import open_pack, sections
from training.lessons.build.page_rules import check_deck
from training.lessons.build.written import FILES, file_name, text_of, write_lesson
from training.lessons.source.lesson import lesson_numbers

NUMBERS = lesson_numbers()


def page(made, what) -> BeautifulSoup:
    return BeautifulSoup(text_of(made, what), "html.parser")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_hand_out_has_every_exercise_with_a_line_and_nothing_of_the_trainer_s(lessons_run, number):
    made = lessons_run[number]
    shown = page(made, "handout")
    assert len(shown.select(".task .line")) == len(made.lesson.exercises)
    assert not shown.select("aside.notes, .solution")
    for one in made.lesson.exercises:
        assert one.explained.split("\n")[0][:40] not in shown.get_text()


@pytest.mark.parametrize("number", NUMBERS)
def test_the_guide_has_notes_at_each_slide_and_each_solution(lessons_run, number):
    made = lessons_run[number]
    shown = page(made, "guide")
    assert len(shown.select(".solution")) == len(made.lesson.exercises)
    assert len(shown.select("aside.notes")) >= len(made.lesson.slides) + len(made.lesson.exercises)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_slide_with_simulated_figures_bears_the_band(lessons_run, number):
    made = lessons_run[number]
    sections = page(made, "slides").select(".slides > section")
    assert len(sections) == 1 + len(made.lesson.slides) + len(made.lesson.exercises)
    bands = [bool(section.select(".band")) for section in sections]
    simulated = [any(cell.has("simulated") for cell in slide.shown) for slide in made.lesson.slides]
    assert bands[1 : 1 + len(simulated)] == simulated
    assert bands[0] == made.lesson.is_simulated
    assert all(section.select_one("aside.notes").get_text(strip=True) for section in sections)


def test_what_is_printed_of_a_figure_is_what_the_packs_print(lessons_run, example_results):
    """Lesson 6 reads the very headlines of An Minh's pack, and of Kiên Hải's."""
    taught = [item.get_text() for item in page(lessons_run["6"], "handout").select("ol.headlines li")]
    of_packs = []
    for district in ("909", "912"):
        block = sections.headlines(open_pack(district, "example-2021", "vi"))
        of_packs += [
            item.get_text() for item in BeautifulSoup(block.html().markup, "html.parser").select("li")
        ]
    assert len(of_packs) == 6
    assert taught[:3] == of_packs[:3]
    assert set(of_packs) <= set(taught)


def test_a_deck_that_loads_something_or_lacks_notes_is_found(lessons_run):
    text = text_of(lessons_run["4"], "slides")
    assert check_deck(text, simulated=True).empty
    spoilt = text.replace("</style>", "@import 'https://example.org/a.css';</style>", 1)
    assert "outside" in set(check_deck(spoilt, simulated=True)["code"])
    assert "notes" in set(check_deck(re.sub(r'<aside class="notes">', "<aside>", text), True)["code"])


def test_all_files_of_a_lesson_are_written_whole(lessons_run, tmp_path):
    written = write_lesson(lessons_run["4"], tmp_path / "a" / "b")
    assert [path.name for path in written] == [file_name("4", what) for what in FILES]
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(
        path.name for path in written
    )
    assert written[0].name == "bai-4-bai-hoc.ipynb"
