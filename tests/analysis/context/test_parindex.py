import pytest

from analysis.context.parindex import DISTRICT_INDEX, not_found, parindex_results
from analysis.errors import UnknownPlaceCode
from analysis.estimates.results import COLUMNS, check_results


@pytest.fixture(scope="module")
def results():
    return parindex_results("91")


def test_results_keep_the_rules_of_the_table(results):
    assert tuple(results.columns) == COLUMNS
    assert check_results(results).empty
    assert set(results["quality"]) == {"published"}
    assert (results["source"] != "").all()


def test_ranks_are_out_of_the_provinces_ranked(results):
    ranks = results[results["statistic"] == "rank"].set_index("survey_round")
    assert ranks.at["parindex-2021", "estimate"] == 63 and ranks.at["parindex-2021", "n"] == 63
    near = results[results["statistic"] == "rank_in_region"].iloc[0]
    assert (near["survey_round"], near["estimate"], near["n"]) == ("parindex-2019", 10, 13)


def test_a_figure_that_was_not_found_has_no_row_and_is_named(results):
    rounds = set(results.loc[results["place_kind"] == "province", "survey_round"])
    assert rounds == {f"parindex-{year}" for year in [*range(2012, 2020), 2021]}
    gaps = not_found("91")
    ranks = gaps[(gaps["index"] == "PARINDEX") & (gaps["statistic"] == "rank")]
    assert ranks["year"].tolist() == [2020, 2022, 2023]
    assert gaps.loc[gaps["index"] == "SIPAS", "year"].tolist() == list(range(2017, 2024))


def test_a_district_has_its_class_and_only_a_published_score(results):
    districts = results[results["measure"] == DISTRICT_INDEX].set_index(["place", "statistic"])
    assert tuple(districts.loc[("905", "class"), ["estimate", "note"]]) == (4, "excellent")
    assert tuple(districts.loc[("913", "class"), ["estimate", "note"]]) == (2, "fair")
    assert districts.loc[("910", "score"), "estimate"] == 86.5
    assert ("913", "score") not in districts.index


def test_another_province_has_its_own_figures_and_no_district_of_ours():
    other = parindex_results("22")
    assert set(other["place"]) == {"22"}
    best = other.query("survey_round == 'parindex-2023' and statistic == 'score' and measure == 'PARINDEX'")
    assert best["estimate"].tolist() == [92.18]
    with pytest.raises(UnknownPlaceCode):
        parindex_results("97")
