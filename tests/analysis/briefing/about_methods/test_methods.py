"""The page `methods`: what it says of a round equals the tables it is made from."""

import re
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from analysis.briefing import methods, open_round_page
from analysis.briefing.findings import ALPHA
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.wording import LANGUAGES, read_wording
from analysis.estimates import quality
from analysis.estimates.quality import FLAGS
from analysis.rounds import QualityRules

ROUNDS = ("example-2020", "example-2021", "example-papi-2021")


def soup_of(page, part=methods.methods_page):
    return BeautifulSoup(part(page)._repr_html_(), "html.parser")


@pytest.fixture(scope="module")
def page(example_results):
    return open_round_page("example-2021", "vi")


@pytest.fixture(scope="module")
def papi(papi_results):
    return open_round_page("example-papi-2021", "vi")


@pytest.fixture(scope="module")
def soup(page):
    return soup_of(page)


def cells(soup, section):
    """Row head -> cells, of the section's first table."""
    table = soup.select_one(f"section.{section} table")
    return {row.th.get_text(): [td.get_text() for td in row("td")] for row in table.select("tbody tr")}


def test_page_has_one_main_heading_and_its_sections_in_order(soup):
    assert len(soup("h1")) == 1
    assert [section["class"][0] for section in soup("section")] == [
        "reading", "design", "weights", "effects", "flags", "families", "thresholds", "chapters", "text", "made",
    ]  # fmt: skip
    assert len(soup.select("ol.headlines li")) == 3
    assert "DỮ LIỆU MÔ PHỎNG" in soup.select_one(".band").get_text()


def test_numbers_of_the_first_sentences_stand_in_the_tables(page, soup):
    said = soup.select("ol.headlines li")[0].get_text()
    total = page.by_measure("level").loc["PAPI"]
    expected = [total["n"], total["n_psu"], round(total["n_effective"])]
    assert [int(number.replace(".", "")) for number in re.findall(r"\d[\d.]*", said)] == expected
    assert cells(soup, "effects")["Tổng điểm (8–80)"][2] == say_count(expected[2], "vi")


def test_strata_of_the_table_sum_to_what_the_sentence_says(page, soup):
    rows = cells(soup, "design")
    said = soup.select("section.design li")[0].get_text()
    n, n_psu, n_strata, df = (int(x.replace(".", "")) for x in re.findall(r"(\d[\d.]*\d|\d)", said)[:4])
    assert sum(int(row[0]) for row in rows.values()) == n_psu
    assert sum(int(row[1].replace(".", "")) for row in rows.values()) == n
    assert (len(rows), df) == (n_strata, n_psu - n_strata)
    shares = [float(row[2].removesuffix("%").replace(",", ".")) for row in rows.values()]
    assert sum(shares) == pytest.approx(100, abs=0.05 * len(rows))


def test_districts_with_nobody_interviewed_are_named(soup, papi):
    assert "huyện Kiên Hải và huyện Giang Thành" in soup.select_one("section.design").get_text()
    text = soup_of(papi, methods.design).get_text()
    assert "Có người trả lời ở 3/15 huyện, thành phố" in text
    assert "huyện Hòn Đất" not in text


def test_second_design_is_told_with_districts_as_its_strata(papi):
    soup = soup_of(papi, methods.design)
    assert len(soup("table")) == 2
    heads = [th.get_text() for th in soup("table")[1].select("tbody th")]
    assert heads == ["Thành phố Rạch Giá", "Huyện Hòn Đất", "Thành phố Phú Quốc"]
    assert "12 cụm trong 3 tầng, 9 bậc tự do" in soup.get_text()


def test_weight_that_is_withheld_is_a_sign_with_its_reason(page):
    design = page.design.copy()
    design.loc[
        design["statistic"].isin(["weight_share", "weight_sum"]) & (design["stratum"] < "3"), "value"
    ] = np.nan
    hidden = replace(page)
    hidden.__dict__["design"] = design
    soup = soup_of(hidden, methods.design)
    assert [row[2] for row in cells(soup, "design").values()][:2] == ["*", "*"]
    assert "* Không nêu" in soup.select_one("p.note").get_text()


@pytest.mark.parametrize("policy", ["stop", "adjust", "average", "certainty", "remove"])
@pytest.mark.parametrize("calibrated", [0.0, 1.0])
def test_every_policy_of_a_design_has_its_sentence(page, policy, calibrated):
    design = page.design.copy()
    design.loc[design["statistic"] == "lone_psu", "text"] = policy
    design.loc[design["statistic"] == "calibrated", "value"] = calibrated
    design.loc[design["statistic"].isin(["lone_in_domains", "finite"]), "value"] = 1.0
    design.loc[(design["statistic"] == "population"), "value"] = 30.0
    other = replace(page)
    other.__dict__["design"] = design
    soup = soup_of(other, methods.design)
    key = "methods_calibrated" if calibrated else "methods_not_calibrated"
    assert read_wording()[key]["vi"] in soup.get_text()
    assert read_wording()["methods_population"]["vi"] in soup.get_text()
    assert [row[3] for row in cells(soup, "design").values()] == ["30"] * 4
    assert len(soup("li")) == len(["drawn", "population", "calibrated", "lone", "domains", "districts"])


def test_several_stages_are_counted(page):
    design = page.design.copy()
    second = design[(design["stage"] == 1) & (design["stratum"] == "")].assign(stage=2)
    other = replace(page)
    other.__dict__["design"] = pd.concat([design, second], ignore_index=True)
    assert "gồm 2 cấp chọn mẫu" in soup_of(other, methods.design).get_text()
    assert "cấp chọn mẫu." not in soup_of(page, methods.design).get_text()


def test_weights_in_the_table_and_in_the_chart_s_text_are_the_built_ones(page, soup):
    built = page.design[page.design["stage"] == 0].set_index("statistic")["value"]
    rows = [row[0] for row in cells(soup, "weights").values()]
    names = ("weight_p0", "weight_p25", "weight_p50", "weight_p75", "weight_p100", "weight_cv")
    assert rows == [say_number(built[name], "ratio", "vi") for name in names]
    alt = soup.select_one("section.weights img")["alt"]
    assert all(number in alt for number in rows[:5])


def test_sample_of_a_few_people_tells_no_weight(page):
    few = replace(page)
    few.__dict__["design"] = page.design[~page.design["statistic"].str.startswith("weight_")]
    soup = soup_of(few, methods.weights)
    assert soup("table") == soup("img") == []
    assert read_wording()["methods_weights_withheld"]["vi"] in soup.get_text()


def test_design_effects_equal_the_results(page, soup):
    levels = page.by_measure("level").loc[[*page.dimensions, "PAPI"]]
    shown = list(cells(soup, "effects").values())
    assert len(shown) == 9
    for row, (_, result) in zip(shown, levels.iterrows(), strict=True):
        assert row == [
            say_number(result["deff"], "ratio", "vi"), say_count(result["n"], "vi"),
            say_count(round(result["n_effective"]), "vi"), say_count(result["df"], "vi"),
        ]  # fmt: skip


def test_design_effect_below_one_counts_as_one_and_few_degrees_of_freedom_are_told(papi, page):
    soup = soup_of(papi, methods.effects)
    levels = papi.by_measure("level").loc[papi.dimensions]
    below = levels.index[levels["deff"] < 1]
    assert len(below) > 0
    rows = list(cells(soup, "effects").values())
    assert all(int(row[2]) <= int(row[1]) for row in rows)
    for key in ("methods_deff_floor", "methods_deff_few"):
        assert read_wording()[key]["vi"] in soup.get_text()
        assert read_wording()[key]["vi"] not in soup_of(page, methods.effects).get_text()
    assert "riêng lẻ" not in soup_of(papi, methods.reading).get_text()


def test_alt_text_of_the_effects_holds_median_and_range(page, soup):
    alt = soup.select_one("section.effects img")["alt"]
    levels = page.by_measure("level")
    indicators = levels.loc[(levels["measure_kind"] == "indicator") & levels["deff"].notna(), "deff"]
    said = ", từ ".join(say_number(v, "ratio", "vi") for v in (indicators.median(), indicators.min()))
    assert f"Chỉ tiêu ({len(indicators)}): trung vị {said} đến" in alt


def test_withheld_score_has_a_sign_and_no_design_effect(page):
    results = page.results.copy()
    own = (results["measure"] == "PAPI") & (results["place_kind"] == "province")
    results.loc[own, "quality"] = quality.SUPPRESSED
    results.loc[own, ["estimate", "se", "ci_low", "ci_high", "deff", "n_effective"]] = np.nan
    hidden = replace(page, results=results)
    row = cells(soup_of(hidden, methods.effects), "effects")["Tổng điểm (8–80)"]
    assert (row[0], row[2]) == ("*", "*")
    assert "riêng lẻ" not in soup_of(hidden, methods.reading).get_text()


def test_flags_of_the_table_count_every_result_of_the_round_once(page, soup):
    counted = sum(int(cell.replace(".", "")) for row in cells(soup, "flags").values() for cell in row)
    own = page.results[page.results["survey_round"] == "example-2021"]
    own = own[~own["quality"].isin(quality.WITHOUT_INTERVAL)]
    direct = own["statistic"].str.endswith("_direct").sum()
    assert counted + direct == len(own)
    assert say_count(direct, "vi") in soup.select_one("section.flags p.note").get_text()


def test_flags_are_counted_by_place_and_kind():
    rows = pd.DataFrame(
        [
            ("province", "all", "score", "good"),
            ("province", "all", "share", "caution"),
            ("province", "sex", "mean", "suppressed"),
            ("district", "all", "change", "not_estimated"),
            ("district", "all", "score", "not_sampled"),
            ("district", "all", "score", "not_sampled"),
        ],
        columns=["place_kind", "group_kind", "statistic", "quality"],
    )
    counts = methods.count_flags(rows)
    assert counts.to_numpy().tolist() == [
        [1, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 0, 0, 2],
        [0, 0, 0, 1, 0],
    ]
    assert set(counts.columns) == set(FLAGS) - set(quality.WITHOUT_INTERVAL)


def test_families_tell_the_number_tested_that_the_results_keep(page, soup):
    own = page.results[page.results["survey_round"] == "example-2021"]
    tested = own[own["p_adjusted"].notna()]
    families = methods.count_families(own)
    assert families["tested"].sum() == len(tested)
    assert families["stated"].sum() == (tested["p_adjusted"] < ALPHA).sum()
    rows = soup.select("section.families tbody tr")
    assert [[td.get_text() for td in row("td")][1:] for row in rows] == [
        [say_count(family.tested, "vi"), say_count(family.stated, "vi")] for family in families.itertuples()
    ]


def test_round_without_tests_says_so(page):
    none = page.results.assign(p_value=np.nan, p_adjusted=np.nan)
    text = soup_of(replace(page, results=none), methods.families).get_text()
    assert read_wording()["methods_no_tests"]["vi"] in text


def test_every_threshold_of_a_round_is_told_with_its_source(page, soup):
    rules = asdict(QualityRules())
    assert [key for key in rules if not {f"threshold_{key}", f"source_{key}"} <= set(read_wording())] == []
    rows = cells(soup, "thresholds")
    assert len(rows) == len(rules)
    values = {row[0] for row in rows.values()}
    assert {"95%", "5", "25", "50", "2", "8", "30", "5%", "30%", "130%"} == values


@pytest.mark.parametrize("name", ROUNDS)
def test_every_round_has_its_page_in_both_languages_with_the_same_numbers(name):
    from analysis.pipeline import build_round

    build_round(name)
    numbers = {}
    for language in LANGUAGES:
        soup = soup_of(open_round_page(name, language))
        soup.select_one("section.text").decompose()
        swap = str.maketrans({",": ".", ".": ","}) if language == "vi" else {}
        told = " ".join(cell.get_text(" ") for cell in soup.select("td.number")).translate(swap)
        numbers[language] = re.findall(r"\d[\d.,]*", told)
    assert numbers["vi"] == numbers["en"]
    assert len(numbers["en"]) > 60


def test_english_text_is_marked_as_english_and_lies_outside_the_page_s_own(soup):
    text = soup.select_one("section.text div[lang=en]")
    assert "Woodruff" in text.get_text()
    assert {f"#{chapter['id']}" for chapter in text("article")} == {
        link["href"] for link in soup.select("dl.chapters a")
    }


def test_chapter_without_a_summary_still_leads_to_its_text(page, monkeypatch):
    monkeypatch.setattr(methods, "read_methods", lambda: "# M\n\n## A chapter nobody summed up\n\nOne.\n")
    soup = soup_of(page, methods.chapters)
    assert soup.a.get_text() == "A chapter nobody summed up"
    assert soup.dd.get_text() == read_wording()["chapter_without_summary"]["vi"]


def test_same_round_gives_the_same_bytes(page):
    assert (
        methods.methods_page(page)._repr_html_()
        == methods.methods_page(open_round_page("example-2021"))._repr_html_()
    )
