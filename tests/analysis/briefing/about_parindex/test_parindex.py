"""The page on the reform index: what is published, what is not known, and where points were lost."""

import re

import pytest
from bs4 import BeautifulSoup

from analysis.briefing import open_round_page, parindex
from analysis.briefing.blocks import Image
from analysis.context.parindex_points import largest_losses
from analysis.context.parindex_sheet import read_sheet
from analysis.paths import data_folder

ROUND = "example-2021"


@pytest.fixture(scope="module", autouse=True)
def undrawn():
    """Charts are not drawn here; tests/browser looks at drawn ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "svg", b"")
        yield


@pytest.fixture(scope="module")
def soup(example_results):
    return BeautifulSoup(parindex.parindex_page(open_round_page(ROUND, "vi"))._repr_html_(), "html.parser")


@pytest.fixture(scope="module")
def sheet():
    return read_sheet(data_folder() / "example" / "parindex-2020.csv", "1149")


def rows_of(soup, section, at=0):
    return [
        [cell.get_text(" ").strip() for cell in row(["th", "td"])]
        for row in soup.select(f"section.{section} table")[at].select("tbody tr")
    ]


def test_published_ranks_are_those_of_the_sources(soup):
    ranks = {row[0]: row[1:] for row in rows_of(soup, "published-index")}
    assert ranks["2021"] == ["63/63", "–"]
    assert ranks["2019"] == ["54/63", "10/13"]
    assert {year: row[0] for year, row in ranks.items() if year < "2019"} == {
        "2012": "48/63", "2013": "33/63", "2014": "26/63", "2015": "50/63", "2016": "46/63", "2017": "47/63",
        "2018": "45/63",
    }  # fmt: skip
    assert "2020" not in ranks


def test_what_was_looked_for_and_not_found_is_named(soup):
    text = soup.select_one("section.published-index").get_text(" ")
    assert "PARINDEX, hạng: 2020, 2022, 2023." in text


def test_classes_of_districts_are_as_published_in_the_order_of_codes(soup):
    classes = {row[0]: row[1:] for row in rows_of(soup, "published-index", 1)}
    assert len(classes) == 15
    assert classes["Huyện Châu Thành"] == ["Xuất sắc", "91,0"]
    assert classes["Huyện Vĩnh Thuận"] == ["Tốt", "86,5"]
    assert classes["Huyện U Minh Thượng"] == ["Khá", "–"]
    assert next(iter(classes)) == "Thành phố Rạch Giá"


def test_unknown_maxima_are_dashes_and_the_known_ones_sum_to_100(soup):
    fields = rows_of(soup, "regimes", 1)
    known = [float(row[1].replace(",", ".")) for row in fields]
    assert sum(known) == pytest.approx(100)
    assert {cell for row in fields for cell in row[2:]} == {"–"}


def test_points_of_fields_add_up_to_the_sheet(soup, sheet):
    rows = rows_of(soup, "sheet")
    maximum, score, lost = (sum(float(row[i].replace(",", ".")) for row in rows) for i in (1, 2, 3))
    assert maximum == pytest.approx(100)
    assert score == pytest.approx(sheet.criteria["result"].sum())
    assert score + lost == pytest.approx(maximum)


def test_largest_losses_name_cause_and_lead_agency(soup, sheet):
    expected = largest_losses(sheet.criteria, 12)
    rows = rows_of(soup, "sheet", 1)
    assert [row[0].split(". ")[0] for row in rows] == [f"{code}" for code in expected["criterion"]]
    assert [row[3] for row in rows] == list(expected["lead_agency"])
    assert [float(row[1].replace(",", ".")) for row in rows] == pytest.approx(list(expected["lost"]))
    causes = {
        "not_accepted": "tài liệu không được công nhận",
        "not_claimed": "việc chưa làm",
        "survey": "điểm điều tra",
    }
    assert [row[2] for row in rows] == [causes[cause] for cause in expected["cause"]]


def test_agencies_with_their_maxima_beside_what_they_lost(soup, sheet):
    rows = rows_of(soup, "sheet", 2)
    assert sum(float(row[3].replace(",", ".")) for row in rows) == pytest.approx(
        (sheet.criteria["maximum"] - sheet.criteria["result"])[sheet.criteria["lead_agency"] != ""].sum()
    )


def test_round_without_a_sheet_says_how_to_add_one(example_results):
    from dataclasses import replace

    page = open_round_page(ROUND, "vi")
    own = page.results[~page.results["survey_round"].str.startswith("parindex-sheet")]
    text = parindex.sheet(replace(page, results=own))._repr_html_()
    assert "chưa khai báo phiếu chấm điểm" in text
    assert "<table" not in text


def test_no_sentence_is_longer_than_25_words(soup):
    texts = [" ".join(e.get_text(" ").split()) for e in soup.select("p, li, figcaption, caption, h1, h2")]
    sentences = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text)]
    assert [s for s in sentences if len(s.split()) > 25 and "Nguồn" not in s] == []
