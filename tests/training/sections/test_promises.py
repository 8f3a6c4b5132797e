"""What every page about training promises, over all classes, districts and overviews in both languages."""

import re

import pytest

from tests.training.sections.pages import CLASSES, LANGUAGES, NAMES, OVERVIEW, page_of, tables_of, text_of
from training.records.store.importing import read_example

MOST_WORDS = 25
#: Numbers with decimals: scores, differences, percentages.
DECIMAL = re.compile(r"\d[\d.,]*[.,]\d+")
PEOPLE = {"vi": re.compile(r"(\d+) (?:người|cán bộ)"), "en": re.compile(r"(\d+) (?:people|officials)")}
PROSE = "li, section > p:not(.note)"
#: Tables with a question or the name of a lesson in them: their own numbers are no figures.
NAMED = re.compile(r"\d[.,]\d+ ?(?:\(|–)")


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_prose_is_one_of_a_table(name, language):
    soup = page_of(name, language)
    cells = [cell.get_text(" ") for cell in soup.select("td, th")]
    known = {number for cell in cells for number in DECIMAL.findall(cell)}
    counts = {number for cell in cells for number in re.findall(r"\d+", cell)}
    said = [" ".join(item.get_text(" ").split()) for item in soup.select(PROSE)]
    assert said
    stems = [cell for cell in cells if len(cell) > 20]
    decimals = [n for text in said for n in DECIMAL.findall(text)]
    assert [n for n in decimals if n not in known and not any(n in stem for stem in stems)] == []
    people = [n for text in said for n in PEOPLE[language].findall(text)]
    assert [n for n in people if n not in counts and n not in ("10", "100")] == []


def test_no_sentence_is_longer_than_25_words(name):
    for language in LANGUAGES:
        soup = page_of(name, language)
        texts = [
            " ".join(e.get_text(" ").split()) for e in soup.select("p, li, figcaption, caption, h1, h2, h3")
        ]
        sentences = [s for text in texts for s in re.split(r"(?<=[.!?:;”])\s+", text)]
        assert [s for s in sentences if len(s.split()) > MOST_WORDS] == []


def test_both_languages_have_the_same_numbers(name):
    def numbers(language: str) -> list[str]:
        text = " ".join(cell.get_text(" ") for cell in page_of(name, language).select("td.number"))
        swap = str.maketrans({",": ".", ".": ","}) if language == "vi" else {}
        return re.findall(r"\d[\d.,]*\d|\d", text.translate(swap))

    vi, en = (numbers(language) for language in LANGUAGES)
    assert vi == en
    assert len(en) > 10


def test_every_image_says_what_it_shows_and_every_table_has_a_caption(name):
    for language in LANGUAGES:
        soup = page_of(name, language)
        assert all(len(image["alt"]) > 40 for image in soup.select("img"))
        assert all(caption for caption, _, _ in tables_of(soup))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*CLASSES, OVERVIEW])
def test_pages_of_simulated_classes_say_so(name, language):
    band = {"vi": "DỮ LIỆU MÔ PHỎNG", "en": "SIMULATED DATA"}[language]
    assert band in text_of(name, language)


def test_no_page_ranks_and_no_page_claims_an_effect(name):
    for word in ("hạng nhất", "đứng đầu", "kém nhất", "tốt nhất"):
        assert word not in text_of(name, "vi")
    for word in ("ranked first", "best class", "worst"):
        assert word not in text_of(name, "en")


def test_no_page_holds_a_person():
    people = set(read_example().participants["participant"])
    assert len(people) > 400
    for language in LANGUAGES:
        pages = " ".join(str(page_of(name, language)) for name in NAMES)
        assert not any(person in pages for person in people)
