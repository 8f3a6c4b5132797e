"""The province's overview: all districts side by side, never ranked; the letter's tasks and gaps in the open."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.briefing import open_round_page, overview
from analysis.briefing.blocks import Image, TileMap
from analysis.briefing.findings import find, is_tested
from analysis.briefing.province.sample_map import is_sampled, sample_map
from analysis.briefing.province.tile_maps import LOOKS, states
from analysis.places import read_places, read_tiles
from analysis.places.tiles import check_tiles

ROUND = "example-2021"


@pytest.fixture(scope="module", autouse=True)
def undrawn():
    """Charts are not drawn here; tests/browser looks at drawn ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "svg", b"")
        yield


@pytest.fixture(scope="module")
def page(example_results):
    return open_round_page(ROUND, "vi")


@pytest.fixture(scope="module")
def soup(page):
    return BeautifulSoup(overview.overview_page(page)._repr_html_(), "html.parser")


def test_page_has_one_main_heading_and_its_sections_in_order(soup):
    assert len(soup("h1")) == 1
    assert [h["id"] for h in soup("h2")] == [
        "headlines", "districts", "dimensions", "sub-dimensions", "published", "tasks", "gaps",
        "administration", "certainty",
    ]  # fmt: skip


def test_districts_stand_in_the_order_of_their_codes_and_no_rank_is_given(page, soup):
    table = soup.select("section.districts table")[0]
    names = [row.th.get_text() for row in table.select("tbody tr")]
    assert names == [page.places.district(code).name for code in read_places().districts_of("91")]
    assert "không phải thứ hạng" in soup.select_one("section.districts").get_text()
    own = page.results[page.results["place_kind"] == "district"]
    assert not own["statistic"].str.contains("rank").any()


def test_every_cell_of_the_table_is_the_finding_of_its_row(page, soup):
    """Sign, score and interval of each district and dimension, against the results."""
    rows = soup.select("section.districts table tbody tr")
    for code, row in zip(page.districts, rows, strict=True):
        levels, differences = (page.each(name, ("district", code)) for name in ("level", "difference"))
        for measure, cell in zip(page.dimensions, row("td"), strict=True):
            text = cell.get_text(" ").strip()
            if not is_sampled(page, code):
                assert text == "không có mẫu"
            elif is_tested(differences, measure):
                finding = find(page, differences[measure])
                shown = float(re.search(r"\d+,\d+", text)[0].replace(",", "."))
                assert text[0] == finding.sign
                assert shown == pytest.approx(levels[measure]["estimate"], abs=0.005 + 1e-9)
            else:
                assert text in ("*", "–")


def test_map_says_of_each_district_what_the_table_says(page):
    for measure in page.dimensions:
        by_district = states(page, measure)
        assert set(by_district) == set(page.districts)
        assert set(by_district.values()) <= set(LOOKS)
        assert {c for c, state in by_district.items() if state == "no_sample"} == {"912", "914"}


def test_states_differ_by_sign_and_not_by_colour_alone():
    signs = [sign for sign, _, _ in LOOKS.values()]
    assert len(set(signs)) == len(signs)


def test_alt_text_of_the_maps_counts_each_state_and_names_what_is_stated(page, soup):
    alt = next(i["alt"] for i in soup("img") if "bản đồ ô vuông" in i["alt"])
    for measure in page.dimensions:
        stated = [c for c, state in states(page, measure).items() if state in ("better", "worse")]
        for code in stated:
            assert page.places.district(code).name in alt
    assert alt.count("không có mẫu 2") == 8


def test_sample_map_has_a_square_for_each_district_with_its_number_of_people(page):
    block = sample_map(page, {"899": "899-rach-gia/briefing.html"})
    assert isinstance(block, TileMap)
    tiles = {tile.name: tile for tile in block.tiles}
    assert len(tiles) == 15
    assert tiles["Rạch Giá"].about == "160 người"
    assert tiles["Rạch Giá"].href == "899-rach-gia/briefing.html"
    assert tiles["Kiên Hải"].about == "không có mẫu"
    assert len({(tile.column, tile.row) for tile in block.tiles}) == 15


def test_headline_counts_what_was_compared_and_found(page, soup):
    third = soup.select("ol.headlines li")[2].get_text()
    differences = page.survey[
        (page.survey["statistic"] == "difference") & page.survey["measure"].isin(page.dimensions)
    ]
    districts = differences[(differences["place_kind"] == "district") & differences["p_adjusted"].notna()]
    stated = (districts["p_adjusted"] < 0.05).sum()
    assert f"ở 13/15 huyện, thành phố. Trong {len(districts)} lần so sánh" in third
    assert f"{stated} lần có đủ bằng chứng" in third


def test_all_tasks_of_the_letter_stand_with_whom_they_are_given_to(page, soup):
    rows = soup.select("section.tasks tbody tr")
    real = page.directive.tasks[page.directive.tasks["kind"] != "heading"]
    assert [row.th.get_text() for row in rows] == [
        f"{t['number']}. {t['title_vi']}" for t in real.to_dict("records")
    ]
    by_task = dict(zip(real["task"], (row.get_text(" ") for row in rows), strict=True))
    assert "Chủ trì: Sở Nội vụ." in by_task["T6c"]
    assert "60% dịch vụ công mức độ 3, 4 trong năm 2021" in by_task["T5"]
    assert "Trên 80%" in by_task["T5"]
    assert "100% nhiệm vụ Chính phủ" in by_task["T6a"]


def test_what_no_task_and_no_measure_covers_is_listed_openly(page, soup):
    text = soup.select_one("section.gaps").get_text()
    for measure in page.directive.uncovered_measures(page.measures)["measure"]:
        assert page.name_of(measure) in text
    for sentence in page.directive.uncovered_tasks()["text_vi"]:
        assert sentence in text
    assert "“Cung ứng dịch vụ công” (D6) đo y tế" in text


def test_province_s_counts_add_up_its_communes(page, soup):
    """Figures that communes give: those done over all 144, or that not all have told."""
    text = soup.select_one("section.administration").get_text(" ")
    assert "1.102/1.900" in text
    assert "đã báo cáo là có" in text


def test_english_page_has_the_same_numbers(page, soup):
    english = BeautifulSoup(overview.overview_page(open_round_page(ROUND, "en"))._repr_html_(), "html.parser")

    def numbers(one, decimal):
        text = " ".join(cell.get_text(" ") for cell in one.select("td.number"))
        swap = str.maketrans({",": ".", ".": ","}) if decimal == "," else {}
        return re.findall(r"\d[\d.,]*\d|\d", text.translate(swap))

    assert numbers(soup, ",") == numbers(english, ".")


def test_no_sentence_is_longer_than_25_words(soup):
    texts = [
        " ".join(e.get_text(" ").split())
        for e in soup.select("p, ol.headlines li, figcaption, caption, h1, h2")
    ]
    sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text)]
    assert [s for s in sentences if len(s.split()) > 25] == []


def test_every_district_has_a_square_of_its_own():
    tiles = read_tiles()
    assert set(tiles.index) == set(read_places().districts_of("91"))
    assert not tiles.duplicated(["column", "row"]).any()


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"column": ["1", "1"], "row": ["2", "2"], "district": ["a", "b"]}, "share a square"),
        ({"column": ["0", "1"], "row": ["1", "1"], "district": ["a", "b"]}, "no whole number"),
        ({"column": ["1", "2"], "row": ["1", "1"], "district": ["a", "a"]}, "stands twice"),
    ],
)
def test_bad_square_is_found(cells, what):
    import pandas as pd

    table = pd.DataFrame({**cells, "source": "here"})
    assert what in " ".join(check_tiles(table)["what"])
