"""What every district's pack promises, held over all fifteen in both languages."""

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup

from analysis.briefing import open_pack
from analysis.briefing.blocks import Image
from analysis.briefing.pack import Pack
from analysis.places import read_places
from training.sections import district as training_parts

DISTRICTS = read_places().districts_of("91")
LANGUAGES = ("vi", "en")
ROUND = "example-2021"
MOST_WORDS = 25
#: Numbers with decimals: scores, differences, percentages.
DECIMAL = re.compile(r"\d[\d.,]*[.,]\d+")
#: Prose of the page: what is no table, no image and no legend of a chart.
PROSE = "ol.headlines li, section.limits li, section.parindex li, section.training li, section > p"


@pytest.fixture(scope="module", autouse=True)
def undrawn():
    """Charts are not drawn: their text is in the alternative text. tests/browser looks at drawn ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "svg", b"")
        yield
    page_of.cache_clear()


@cache
def page_of(district: str, language: str) -> tuple[Pack, BeautifulSoup]:
    pack = open_pack(district, ROUND, language)
    return pack, BeautifulSoup(training_parts.briefing(pack)._repr_html_(), "html.parser")


@pytest.fixture(params=DISTRICTS)
def district(request, example_results):
    return request.param


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_prose_is_one_of_a_table(district, language):
    """100 %: what a sentence says was computed once and stands in a cell, rounded alike."""
    _, soup = page_of(district, language)
    cells = {n.lstrip("0") for cell in soup.select("td, th") for n in DECIMAL.findall(cell.get_text(" "))}
    said = [n for item in soup.select(PROSE) for n in DECIMAL.findall(item.get_text(" "))]
    half_widths = re.findall(r"±([\d.,]+)", " ".join(i.get_text(" ") for i in soup.select(PROSE)))
    assert [n for n in said if n.lstrip("0") not in cells and n not in half_widths] == []


def test_no_sentence_is_longer_than_25_words(district):
    for language in LANGUAGES:
        _, soup = page_of(district, language)
        texts = [
            " ".join(e.get_text(" ").split()) for e in soup.select("p, li, figcaption, caption, h1, h2, h3")
        ]
        sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text)]
        assert [s for s in sentences if len(s.split()) > MOST_WORDS] == []


def test_both_languages_have_the_same_numbers(district):
    def numbers(language: str) -> list[str]:
        _, soup = page_of(district, language)
        text = " ".join(cell.get_text(" ") for cell in soup.select("td.number"))
        swap = str.maketrans({",": ".", ".": ","}) if language == "vi" else {}
        return re.findall(r"\d[\d.,]*\d|\d", text.translate(swap))

    vi, en = (numbers(language) for language in LANGUAGES)
    assert vi == en
    assert len(en) > 300


def test_district_without_a_sample_has_no_survey_figure_under_its_name(district):
    """Its own are only what was counted, its learners, and its class in the reform index; the survey's are not."""
    for language in LANGUAGES:
        pack, soup = page_of(district, language)
        if pack.sampled:
            continue
        assert pack.survey.loc[pack.survey["place"] == district, "estimate"].isna().all()
        name = pack.district.name
        for section in soup.select("section"):
            counted = ("tasks", "administration", "parindex", "training", "training-figures")
            if section["class"][0] in (*counted, "headlines", "limits"):
                continue
            for head in section.select("thead th, caption"):
                text = head.get_text()
                assert name not in text or re.search(r"không có mẫu|has no sample", text), text
            for image in section.select("img"):
                assert name not in image["alt"]
        first = soup.select_one("ol.headlines li").get_text()
        assert re.match(r"Khảo sát năm 2021 không phỏng vấn|The 2021 survey interviewed nobody", first)


def test_no_page_ranks_districts(district):
    """Ranks are the province's among provinces, from published scores; never a district's."""
    pack, soup = page_of(district, "vi")
    own = pack.results[(pack.results["place_kind"] == "district")]
    assert not own["statistic"].str.contains("rank").any()
    assert "Không thể xếp hạng các huyện, thành phố" in soup.select_one("section.limits").get_text()


def test_each_pack_holds_the_rows_of_its_own_district_only(district):
    pack, _ = page_of(district, "vi")
    rows = pack.results
    assert set(rows.loc[rows["place_kind"] == "district", "place"]) == {district}
    inside = [c for c, d in read_places().communes_of("91").items() if d == district]
    assert set(rows.loc[rows["place_kind"] == "commune", "place"]) <= set(inside)
