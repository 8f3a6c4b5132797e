"""The sections of a briefing: what a sampled and an unsampled district's page say."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.briefing import annex, open_pack
from analysis.errors import UnknownName
from analysis.estimates import quality

NUMBER = re.compile(r"\d+[.,]\d+")


def page_of(district, language="vi", survey_round="example-2021"):
    pack = open_pack(district, survey_round, language)
    return pack, BeautifulSoup(annex.district_pack(pack)._repr_html_(), "html.parser")


@pytest.fixture(scope="module")
def sampled(example_results):
    return page_of("899")


@pytest.fixture(scope="module")
def unsampled(example_results):
    return page_of("912")


def test_page_has_one_main_heading_and_a_section_for_each_part(sampled):
    _, soup = sampled
    assert [h.get_text() for h in soup("h1")] == ["Bản tin PAPI: thành phố Rạch Giá"]
    assert [h["id"] for h in soup("h2")] == ["headlines", "dimensions", "tasks", "limits", "annex"]
    assert [h["id"] for h in soup("h3")] == [
        "all-dimensions", "change", "sub-dimensions", "indicators", "all-indicators", "groups",
        "administration", "published", "parindex", "certainty",
    ]  # fmt: skip


def test_three_headlines(sampled, unsampled):
    for _, soup in (sampled, unsampled):
        assert len(soup.select("ol.headlines li")) == 3


def test_all_dimensions_and_sub_dimensions_stand_in_the_tables(sampled):
    _, soup = sampled
    assert len(soup.select("section.all-dimensions tbody tr")) == 8 + len(["total"])
    assert len(soup.select("section.all-indicators tbody tr")) == 97
    assert len(soup.select("section.sub-dimensions tbody tr")) == 28


def test_every_number_in_a_level_table_equals_the_results(sampled):
    """Each shown cell is value [low - high] of the results row, rounded once."""
    pack, soup = sampled
    levels = pack.by_measure("level")
    rows = soup.select("section.sub-dimensions tbody tr")
    measures = [m for m in pack.measures.index if pack.measures.at[m, "measure_kind"] == "sub_dimension"]
    checked = 0
    for row, measure in zip(rows, measures, strict=True):
        cell = row.find_all("td")[0].get_text()
        if levels.at[measure, "quality"] not in quality.SHOWN:
            assert cell == quality.SIGNS[levels.at[measure, "quality"]]
            continue
        shown = [float(number.replace(",", ".")) for number in NUMBER.findall(cell)]
        expected = [levels.at[measure, column] for column in ("estimate", "ci_low", "ci_high")]
        assert shown == pytest.approx(expected, abs=0.005 + 1e-9)
        checked += 1
    assert checked > 20


def test_alt_text_holds_the_numbers_of_the_table(sampled):
    _, soup = sampled
    alt = soup.select_one("section.dimensions img")["alt"]
    for row in soup.select("section.all-dimensions tbody tr")[:8]:
        for number in NUMBER.findall(row.find_all("td")[0].get_text()):
            assert number in alt


@pytest.mark.parametrize("district", ["899", "902", "906", "913", "912"])
def test_every_number_of_a_headline_stands_in_a_table_of_the_page(example_results, district):
    """Differences, changes and the province's total: said once, computed once."""
    pack, soup = page_of(district)
    cells = {number for cell in soup.select("td, th") for number in NUMBER.findall(cell.get_text())}
    first, second, third = (item.get_text() for item in soup.select("ol.headlines li"))
    said = NUMBER.findall(first) + NUMBER.findall(second) + ([] if pack.sampled else NUMBER.findall(third))
    assert set(said) <= cells
    assert pack.sampled or len(said) >= 3


def test_composite_says_how_few_answered_its_smallest_part(sampled):
    pack, soup = sampled
    row = pack.by_measure("level").loc["D1"]
    cell = soup.select("section.all-dimensions tbody tr")[0].find_all("td")[-2].get_text()
    assert cell == f"{row['n']} ({row['note'].removeprefix('n_least=')})"


def test_page_says_how_many_indicators_are_assumed_and_how_the_error_was_pooled(sampled):
    pack, soup = sampled
    text = soup.select_one("section.certainty").get_text()
    assumed = (pack.measures["status"] == "assumed").sum()
    assert f"{assumed}/97 chỉ tiêu dùng mã câu hỏi hoặc trọng số giả định" in text
    assert "tính chung cho mọi huyện, thành phố được khảo sát" in text


def test_weak_and_strong_indicators_are_known_to_within_half_their_scale(sampled):
    pack, _ = sampled
    named = annex.by_position(pack)
    rows, about = pack.by_measure("level").loc[named], pack.measures.loc[named]
    assert len(named) > 20
    assert ((rows["ci_high"] - rows["ci_low"]) <= (about["maximum"] - about["minimum"]) / 2).all()
    assert set(about["unit"]) <= {"share", "scale", "count"}


def test_sign_that_a_table_uses_is_explained_under_it(sampled):
    _, soup = sampled
    section = soup.select_one("section.sub-dimensions")
    cells = " ".join(td.get_text() for td in section("td"))
    notes = " ".join(p.get_text() for p in section.select("p.note"))
    assert ("(" in cells) == ("( )" in notes)
    assert bool(re.search(r"(^| )\*( |$)", cells)) == ("* Không đưa ra" in notes)


def test_page_without_a_sample_holds_no_row_of_the_district_and_names_the_province(unsampled):
    pack, soup = unsampled
    own = pack.survey[pack.survey["place"] == "912"]
    assert own["estimate"].isna().all()
    for name in ("all-dimensions", "change", "sub-dimensions", "indicators", "all-indicators", "groups"):
        for caption in soup.select(f"section.{name} caption"):
            assert re.search("tỉnh Kiên Giang|toàn tỉnh", caption.get_text())
    heads = {th.get_text() for th in soup.select("section.all-dimensions thead th")}
    assert not any("Kiên Hải" in head for head in heads)
    assert "Huyện Kiên Hải" not in soup.select_one("section.dimensions img")["alt"]


def test_both_languages_hold_the_same_numbers(sampled):
    _, vi = sampled
    _, en = page_of("899", "en")

    def numbers(soup, decimal):
        text = " ".join(cell.get_text(" ") for cell in soup.select("td.number"))
        swap = str.maketrans({",": ".", ".": ","}) if decimal == "," else {}
        return re.findall(r"\d[\d.,]*", text.translate(swap))

    assert numbers(vi, ",") == numbers(en, ".")
    assert len(numbers(en, ".")) > 300
    assert not re.search(
        r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]",
        en.select_one("section.change").get_text().replace("Rạch Giá", ""),
    )


def test_change_names_the_break_instead_of_a_number(sampled):
    _, soup = sampled
    rows = {
        row.th.get_text(): row.find_all("td")[0].get_text() for row in soup.select("section.change tbody tr")
    }
    assert rows["5. Thủ tục hành chính công"].startswith("Không so sánh được: ")
    assert not NUMBER.search(rows["5. Thủ tục hành chính công"])


def test_published_ranks_are_out_of_the_provinces_with_results(sampled):
    _, soup = sampled
    rows = {
        row.th.get_text(): [td.get_text() for td in row("td")]
        for row in soup.select("section.published tbody tr")
    }
    assert rows["2021"] == ["39,52", "80", "57/60", "12/13"]
    assert rows["2018"] == ["42,77", "80", "50/61", "9/12"]
    assert rows["2017"] == ["35,71", "60", "45/63", "10/13"]


def test_round_without_a_previous_one_says_so(papi_results):
    _, soup = page_of("899", survey_round="example-papi-2021")
    assert "không có vòng trước" in soup.select_one("section.change").get_text()
    assert "bình quân các huyện, thành phố được khảo sát" in soup.select_one("section.dimensions").get_text()


def test_simulated_band_is_on_the_page_and_in_the_chart_text(sampled):
    _, soup = sampled
    assert "DỮ LIỆU MÔ PHỎNG" in soup.select_one(".band").get_text()


def test_same_pack_gives_the_same_bytes(example_results):
    a, b = (annex.district_pack(open_pack("905", "example-2021", "vi"))._repr_html_() for _ in range(2))
    assert a == b


def test_label_with_markup_stays_text(sampled):
    pack, _ = sampled
    measures = pack.measures.copy()
    measures.loc["D1", "name_vi"] = "<script>alert(1)</script>"
    nasty = replace(pack, measures=measures)
    html = annex.district_pack(nasty)._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("typed", [899, "899", "Rạch Giá", "thành phố rạch giá", "rach-gia"])
def test_district_may_be_given_by_code_name_or_slug(example_results, typed):
    assert open_pack(typed, "example-2021").district.code == "899"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("Rạch Gía X", "example-2021"), "899"),
        (("899", "example-2012"), "example-202"),
        (("899", "example-2021", "fr"), "vi"),
    ],
)
def test_unknown_name_is_refused_with_the_nearest(example_results, arguments, hint):
    with pytest.raises(UnknownName) as fault:
        open_pack(*arguments)
    assert hint in str(fault.value)
