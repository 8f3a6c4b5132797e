"""The comparison against quoted figures, quarters of the official size, and series cut at breaks."""

import numpy as np
import pandas as pd
import pytest

from analysis.context.breaks import read_breaks
from analysis.context.compared import (
    QUARTERS,
    change_between,
    compare_provinces,
    compared_results,
    quartiles,
    region_of,
    segments,
    with_total_breaks,
    yearly_changes,
)
from analysis.context.published import published_series, rank_provinces, read_published
from analysis.errors import UnknownName, UnknownPlaceCode
from analysis.estimates.results import COLUMNS, check_results
from analysis.places import read_places

KIEN_GIANG = "91"


@pytest.fixture(scope="module")
def breaks():
    return with_total_breaks(read_breaks("papi"))


@pytest.fixture(scope="module")
def compared():
    return compare_provinces(KIEN_GIANG)


@pytest.fixture(scope="module")
def changes(compared, breaks):
    return yearly_changes(compared, breaks).set_index(["measure", "year"])


def test_median_and_quartiles_of_a_table_made_by_hand():
    rows = pd.DataFrame(
        {"year": 2020, "province": list("abcde"), "measure": "D1", "score": [5, 1, 2, 4, 3.0]}
    )
    row = quartiles(rows).iloc[0]
    assert row[["lower_quartile", "median", "upper_quartile", "best", "n"]].tolist() == [2, 3, 4, 5, 5]
    near = quartiles(rows, ["a", "b"]).iloc[0]
    assert (near["median"], near["n"]) == ((5 + 1) / 2, 2)


def test_ranks_and_region_ranks_equal_the_published_ones_of_2023(compared):
    total = compared.set_index(["measure", "year"]).loc[("PAPI", 2023)]
    assert (total["rank"], total["n"]) == (44, 63 - 2)
    assert (total["rank_in_region"], total["n_region"]) == (6, 13)
    assert total["region"] == "mekong-delta"


@pytest.mark.parametrize("year", [2019, 2020])
def test_quarters_of_63_provinces_are_as_large_as_the_published_groups(year):
    ranks = rank_provinces(read_published(), "PAPI", year)
    cuts = quartiles(read_published()).set_index(["measure", "year"]).loc[("PAPI", year)]
    at_least = [
        int((ranks["score"] >= cuts[name]).sum()) for name in ("upper_quartile", "median", "lower_quartile")
    ]
    assert at_least == [16, 16 + 16, 16 + 16 + 15] and len(ranks) == 16 + 16 + 15 + 16


def test_kien_giang_rose_from_the_lowest_to_the_mid_low_quarter_in_2023(compared):
    total = compared[compared["measure"] == "PAPI"].set_index("year")["quarter"]
    assert (total[2022], total[2023], total[2018]) == ("lowest", "mid_low", "lowest")
    assert set(compared["quarter"]) <= set(QUARTERS)


def test_a_median_counts_every_province_with_a_result(compared):
    rows = read_published().query("measure == 'D4' and year == 2021")
    own = compared.set_index(["measure", "year"]).loc[("D4", 2021)]
    assert own["n"] == len(rows) == 60
    assert own["median"] == pytest.approx(np.median(rows["score"]), abs=1e-6)
    delta = read_places().provinces.query("mekong_delta == '1'")["code"]
    near = rows[rows["province"].isin(delta)]["score"]
    assert own["region_median"] == pytest.approx(sorted(near)[len(near) // 2], abs=1e-6)  # 13 provinces
    assert own["from_region_median"] == pytest.approx(own["score"] - own["region_median"], abs=1e-6)


def test_every_year_dimension_and_sub_dimension_is_compared(compared):
    kinds = compared.groupby("measure_kind")["year"].agg(["min", "max", "size"])
    assert kinds.loc["sub_dimension"].tolist() == [2011, 2024, 22 * 7 + 28 + 29 * 2 + 28 * 4]
    assert kinds.loc["dimension"].tolist() == [2011, 2024, 6 * 7 + 8 * 7]


def test_published_changes_of_2023_are_found(changes):
    total, corruption = changes.loc[("PAPI", 2023)], changes.loc[("D4", 2023)]
    assert int(total["change"] * 100) / 100 == 0.94  # the article cuts off instead of rounding
    assert (total["places_gained"], corruption["places_gained"]) == (9, 25)
    assert corruption["change"] == pytest.approx(0.48, abs=0.005)


def test_segments_are_cut_at_breaks_and_only_there():
    years = pd.DataFrame({"measure": "D6", "year": [2021, 2019, 2022, 2020]})
    cut = segments(years, pd.DataFrame({"measure": ["D6", "D1"], "year": [2021, 2020]}))
    assert cut[["year", "segment"]].values.tolist() == [[2019, 1], [2020, 1], [2021, 2], [2022, 2]]


def test_a_year_without_a_result_does_not_hide_the_break_in_it():
    years = pd.DataFrame({"measure": "D6", "year": [2020, 2022]})
    assert segments(years, pd.DataFrame({"measure": ["D6"], "year": [2021]}))["segment"].tolist() == [1, 2]


def test_a_break_before_the_series_or_after_it_cuts_nothing():
    years = pd.DataFrame({"measure": "D6", "year": [2019, 2020]})
    outside = pd.DataFrame({"measure": ["D6", "D6"], "year": [2018, 2021]})
    assert segments(years, outside)["segment"].tolist() == [1, 1]


def test_no_change_crosses_a_break(changes, breaks):
    crossing = changes[changes["reason"] == "break"]
    assert crossing["change"].isna().all() and crossing["places_gained"].isna().all()
    assert changes[changes["reason"] == ""][["change", "places_gained"]].notna().all(axis=None)
    own = {key for key in zip(breaks["measure"], breaks["year"], strict=True) if key in set(changes.index)}
    assert own == set(crossing.index)


def test_the_total_breaks_wherever_a_part_of_it_does(breaks):
    total = breaks[breaks["measure"] == "PAPI"]
    assert sorted(total["year"]) == [2016, 2018, 2019, 2020, 2021, 2022]
    assert not total["year"].duplicated().any()
    row = total.set_index("year").loc[2022]
    assert row["what_en"].endswith("S1.1, D1") and row["source"] != ""


def test_a_difference_of_two_years_is_the_one_of_their_scores(compared, breaks):
    scores = compared[compared["measure"] == "D4"].set_index("year")["score"]
    change = change_between(compared, "D4", 2011, 2024, breaks)
    assert change == pytest.approx(scores[2024] - scores[2011], abs=1e-6)
    assert change_between(compared, "D4", 2024, 2011, breaks) == -change


@pytest.mark.parametrize(
    ("measure", "first", "last"), [("PAPI", 2017, 2018), ("D6", 2020, 2021), ("D6", 2024, 2011)]
)
def test_a_difference_across_a_break_is_refused_and_names_the_year(compared, breaks, measure, first, last):
    with pytest.raises(UnknownName, match="it changed in") as caught:
        change_between(compared, measure, first, last, breaks)
    assert "cách đo thay đổi năm" in caught.value.vi


def test_a_year_without_a_result_is_refused(compared, breaks):
    with pytest.raises(UnknownName, match="no published result in 2010"):
        change_between(compared, "D4", 2010, 2011, breaks)


def test_results_rows_keep_the_rules_of_the_table(compared, breaks):
    results = compared_results(KIEN_GIANG, breaks, ["PAPI", "D6"])
    assert tuple(results.columns) == COLUMNS and check_results(results).empty
    row = results.query("place_kind == 'region' and measure == 'PAPI' and survey_round == 'published-2023'")
    medians = row[row["statistic"] == "median"]
    assert (medians["place"].item(), medians["n"].item()) == ("mekong-delta", 13)
    own = compared.set_index(["measure", "year"]).loc[("PAPI", 2023)]
    assert medians["estimate"].item() == own["region_median"]
    gap = results.query("statistic == 'difference' and compared_with == 'country' and measure == 'D6'")
    assert len(gap) == 14


def test_a_change_across_a_break_is_a_row_without_a_number(breaks):
    results = compared_results(KIEN_GIANG, breaks, ["D6"])
    row = results.query("statistic == 'change' and survey_round == 'published-2021'").iloc[0]
    assert np.isnan(row["estimate"]) and (row["quality"], row["note"]) == ("not_estimated", "break")
    assert row["compared_with"] == "published-2020"


def test_a_province_without_a_result_in_a_year_is_compared_in_the_others(breaks):
    quang_ninh = compare_provinces("22", ["PAPI"])
    assert set(range(2011, 2025)) - set(quang_ninh["year"]) == {2018, 2021, 2023}
    change = yearly_changes(published_series("22", ["PAPI"]), breaks).set_index("year")
    assert change.loc[2024, ["before", "reason"]].tolist() == [2022, ""]


def test_an_unknown_province_or_measure_is_refused():
    with pytest.raises(UnknownPlaceCode):
        region_of("97")
    with pytest.raises(UnknownName):
        compare_provinces(KIEN_GIANG, ["S9.1"])
