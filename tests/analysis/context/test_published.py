"""Published scores against figures quoted in public texts, and the rules of sums, ranks and breaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.context.breaks import read_breaks, same_series
from analysis.context.published import (
    check_published,
    published_results,
    published_series,
    rank_provinces,
    read_published,
)
from analysis.context.published_rows import read_scores, read_structure
from analysis.errors import BadRows, UnknownName, UnknownPlaceCode
from analysis.estimates.results import COLUMNS, check_results
from analysis.places import fold, read_places

KIEN_GIANG = "91"


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return read_published()


@pytest.fixture(scope="module")
def series() -> pd.DataFrame:
    return published_series(KIEN_GIANG).set_index(["measure", "year"])


@pytest.fixture(scope="module")
def quoted() -> pd.DataFrame:
    path = paths.rows_folder("published") / "quoted.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    return rows.astype({"year": int, "value": float})


def _computed(year: int, province: str, measure: str, statistic: str) -> float:
    """The figure that a text quotes, from our own tables."""
    rows = published_series(province, [measure]).set_index("year")
    now = rows.loc[year]
    if statistic == "places_gained_two_years":
        return rows.at[year - 2, "rank"] - now["rank"]
    direct = {"score": "score", "rank": "rank", "rank_of": "n", "mekong_rank": "rank_in_region"}
    direct["mekong_rank_of"] = "n_region"
    if statistic in direct:
        return now[direct[statistic]]
    before = rows.loc[year - 1]
    changes = {
        "score_change": now["score"] - before["score"],
        "places_gained": before["rank"] - now["rank"],
        "score_change_sign": np.sign(now["score"] - before["score"]),
        "places_gained_sign": np.sign(before["rank"] - now["rank"]),
    }
    return changes[statistic]


def test_committed_rows_keep_their_rules():
    assert check_published().to_dict("records") == []


def test_kien_giang_2018_scores_equal_the_published_ones(series):
    published = {
        "D1": 4.67,
        "D2": 4.87,
        "D3": 4.65,
        "D4": 6.35,
        "D5": 7.6,
        "D6": 6.88,
        "D7": 4.99,
        "D8": 2.77,
    }
    for measure, score in {**published, "PAPI": 42.77}.items():
        assert series.at[(measure, 2018), "score"] == pytest.approx(score, abs=0.005)


def test_kien_giang_2023_total_change_and_ranks_equal_the_published_ones(series):
    total = series.loc["PAPI"]
    cut_off = int(total.at[2023, "score"] * 100) / 100  # the article cuts 40.989 off instead of rounding
    assert cut_off == 40.98
    assert int((total.at[2023, "score"] - total.at[2022, "score"]) * 100) / 100 == 0.94
    assert total.at[2023, "rank"] == 44
    assert (total.at[2023, "rank_in_region"], total.at[2023, "n_region"]) == (6, 13)
    assert total.at[2022, "rank"] - total.at[2023, "rank"] == 9
    assert total.at[2021, "rank"] - total.at[2023, "rank"] == 13


def test_published_ranks_differ_from_the_computed_ones_in_two_places(series):
    # 2018: published 49 of 63; 2023, D3: published 32. Scores agree; the one place each is unexplained.
    assert (series.at[("PAPI", 2018), "rank"], series.at[("PAPI", 2018), "n"]) == (49 + 1, 63 - 2)
    assert (series.at[("D3", 2023), "rank"], series.at[("D3", 2023), "n"]) == (32 + 1, 63 - 2)
    others = {"D1": 55, "D2": 44, "D4": 22, "D5": 38, "D6": 46, "D7": 17, "D8": 44}
    assert {measure: series.at[(measure, 2023), "rank"] for measure in others} == others


def test_every_quoted_figure_agrees_or_says_that_it_differs(quoted):
    own = quoted[~quoted["statistic"].isin(["se", "ci_low", "ci_high"])]
    for row in own.itertuples():
        computed = _computed(row.year, row.province, row.measure, row.statistic)
        differs = abs(computed - row.value) > 0.0101  # two decimals, cut off or rounded
        declared = row.note.startswith("Differs")
        assert differs == declared, (row, computed)


def test_quoted_figures_all_name_their_source(quoted):
    assert (quoted["source"] != "").all()
    assert not quoted.duplicated(["year", "province", "measure", "statistic"]).any()


def test_the_printed_interval_of_three_totals_is_one_of_90_percent_around_our_score(quoted):
    for province in ("01", "02", "04"):
        own = quoted[(quoted["province"] == province) & (quoted["measure"] == "PAPI")].set_index("statistic")[
            "value"
        ]
        half_width = (own["ci_high"] - own["ci_low"]) / 2
        assert half_width == pytest.approx(1.645 * own["se"], abs=0.006)
        middle = (own["ci_low"] + own["ci_high"]) / 2
        assert _computed(2023, province, "PAPI", "score") == pytest.approx(middle, abs=0.006)


def test_kien_giang_was_last_of_61_in_2024(series):
    assert tuple(series.loc[("PAPI", 2024), ["rank", "n"]]) == (61, 61)


def test_a_dimension_is_the_sum_of_its_sub_dimensions(published):
    one = published[(published["province"] == KIEN_GIANG) & (published["year"] == 2021)].set_index("measure")[
        "score"
    ]
    assert one["D3"] == pytest.approx(one["S3.1"] + one["S3.2"] + one["S3.3"], abs=1e-6)
    dimensions = [f"D{number}" for number in range(1, 9)]
    assert one["PAPI"] == pytest.approx(sum(one[dimension] for dimension in dimensions), abs=1e-5)


def test_every_dimension_runs_from_1_to_10_in_every_year(published):
    dimensions = published[published["measure_kind"] == "dimension"]
    assert np.allclose(dimensions["minimum"], 1)
    assert np.allclose(dimensions["maximum"], 10)
    totals = published[published["measure"] == "PAPI"].groupby("year")["maximum"].first()
    assert np.allclose(totals, np.where(totals.index < 2018, 60, 80))


def test_a_dimension_with_a_part_missing_has_no_score(published):
    quang_ninh = published[(published["province"] == "22") & (published["year"] == 2018)]
    assert set(quang_ninh.loc[quang_ninh["measure_kind"] == "dimension", "measure"]) == {
        "D1", "D3", "D5", "D6", "D7", "D8",
    }  # fmt: skip
    assert "PAPI" not in set(quang_ninh["measure"])


def test_provinces_without_a_result_are_absent_not_zero(published):
    present = set(zip(published["year"], published["province"], strict=True))
    absent = {
        (2014, "24"),
        (2014, "87"),
        (2021, "22"),
        (2021, "24"),
        (2021, "27"),
        (2023, "22"),
        (2023, "74"),
    }
    absent |= {(2024, "26"), (2024, "82")}
    every = {(year, code) for year in range(2011, 2025) for code in read_places().provinces["code"]}
    assert every - present == absent


@pytest.mark.parametrize(
    ("year", "n"), [(2014, 61), (2018, 61), (2020, 63), (2021, 60), (2022, 61), (2023, 61)]
)
def test_a_rank_is_out_of_the_provinces_with_a_result(published, year, n):
    ranks = rank_provinces(published, "PAPI", year)
    assert len(ranks) == n
    assert set(ranks["n"]) == {n}
    assert ranks["score"].is_monotonic_decreasing


def test_equal_scores_share_the_better_rank():
    rows = pd.DataFrame({"province": ["91", "92", "01", "89"], "score": [5.0, 6.0, 6.0, 4.0]})
    ranks = rank_provinces(rows.assign(year=2023, measure="D1"), "D1", 2023).set_index("province")
    assert ranks["rank"].to_dict() == {"01": 1, "92": 1, "91": 3, "89": 4}
    assert ranks.loc[["92", "91", "89"], "rank_in_region"].tolist() == [1, 2, 3]
    assert set(ranks.loc[["92", "91", "89"], "n_region"]) == {3}


def test_dimension_numbers_count_22_then_28_then_29_then_28_sub_dimensions():
    counts = read_scores().drop(columns="province").groupby("year").count().gt(0).sum(axis=1)
    expected = [22] * 7 + [28] + [29] * 2 + [28] * 4
    assert counts.tolist() == expected


def test_a_series_of_an_unknown_measure_or_province_is_refused():
    with pytest.raises(UnknownName, match=r"S9\.1"):
        published_series(KIEN_GIANG, ["S9.1"])
    with pytest.raises(UnknownPlaceCode):
        published_series("97")


def test_results_rows_carry_no_interval_and_say_so(series):
    results = published_results(KIEN_GIANG)
    assert tuple(results.columns) == COLUMNS
    assert check_results(results).empty
    assert set(results["quality"]) == {"published"}
    assert results[["se", "ci_low", "ci_high", "level", "df"]].isna().all(axis=None)
    rows = results[(results["survey_round"] == "published-2023") & (results["measure"] == "PAPI")]
    assert rows["statistic"].tolist() == ["score", "rank", "rank_in_region"]
    assert rows["estimate"].tolist() == [series.at[("PAPI", 2023), "score"], 44, 6]
    assert rows["n"].tolist() == [pd.NA, 61, 13]


def test_series_are_cut_at_a_break_and_only_there():
    breaks = pd.DataFrame({"measure": ["D6"], "year": [2021]})
    assert not same_series("D6", 2020, 2021, breaks)
    assert not same_series("D6", 2024, 2011, breaks)
    assert same_series("D6", 2021, 2024, breaks)
    assert same_series("D6", 2018, 2020, breaks)
    assert same_series("D1", 2020, 2021, breaks)


@pytest.mark.parametrize(
    ("measure", "before", "after"),
    [
        ("PAPI", 2017, 2018), ("S1.1", 2018, 2019), ("S1.1", 2021, 2022), ("D2", 2017, 2018),
        ("D3", 2015, 2016), ("S3.2", 2020, 2021), ("D3", 2020, 2021), ("S5.2", 2020, 2021),
        ("D5", 2020, 2021), ("S6.4", 2020, 2021), ("S7.1", 2018, 2019), ("S8.1", 2018, 2019),
        ("D8", 2018, 2019), ("S8.3", 2019, 2020), ("D8", 2019, 2020),
    ],
)  # fmt: skip
def test_the_known_breaks_stand_in_the_rows(measure, before, after):
    assert not same_series(measure, before, after, read_breaks("papi"))


def test_a_change_of_name_or_scale_in_the_structure_is_a_break():
    breaks = set(zip(read_breaks("papi")["measure"], read_breaks("papi")["year"], strict=True))
    structure = read_structure().sort_values("year_from")
    later = structure[structure.duplicated("sub_dimension")]
    changed = set(zip(later["sub_dimension"], later["year_from"], strict=True))
    assert changed <= breaks
    assert set(zip(later["dimension"], later["year_from"], strict=True)) <= breaks


def test_a_break_in_a_sub_dimension_is_one_in_its_dimension():
    breaks = read_breaks("papi")
    parts = breaks[breaks["measure"].str.startswith("S")]
    dimensions = set(zip("D" + parts["measure"].str[1], parts["year"], strict=True))
    assert dimensions <= set(zip(breaks["measure"], breaks["year"], strict=True))


def test_break_rows_are_unique_and_name_known_measures(published):
    breaks = read_breaks("papi")
    assert not breaks.duplicated(["measure", "year"]).any()
    assert set(breaks["measure"]) <= set(published["measure"])
    assert (breaks[["what_vi", "what_en", "source"]] != "").all(axis=None)


def test_names_before_2018_are_those_of_their_year():
    structure = read_structure().set_index(["sub_dimension", "year_from"])
    assert structure.at[("S2.1", 2011), "name_en"] == "Transparency in Poverty Lists"
    assert structure.at[("S2.1", 2018), "name_en"] == "Access to Information"
    assert structure.at[("S3.3", 2011), "name_en"] == "Community Investment Supervision Boards"
    assert fold(structure.at[("S3.3", 2016), "name_vi"]) == "ban thanh tra nhan dan"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: pd.concat([s, s.head(1)]), "repeated"),
        (lambda s: s.assign(province=s["province"].where(s.index > 0, "97")), "unknown_province"),
        (lambda s: s.assign(**{"S1.1": s["S1.1"].where(s.index > 0, 2.52)}), "out_of_bounds"),
        (lambda s: s.assign(**{"S1.1": s["S1.1"].where(s.index > 0, 0.0)}), "out_of_bounds"),
        (lambda s: s.assign(**{"S2.4": s["S2.4"].where(s["year"] > 2011, 1.0)}), "no_structure"),
        (lambda s: s.assign(**{"S2.4": s["S2.4"].where(s["year"] != 2018)}), "no_scores"),
    ],
)
def test_broken_scores_are_found(change, code):
    findings = check_published(scores=change(read_scores()))
    assert findings["code"].tolist() == [code]


def test_a_year_described_twice_is_found():
    structure = read_structure()
    findings = check_published(structure=pd.concat([structure, structure.head(1)]))
    assert "two_structures" in set(findings["code"])


def test_the_official_minimum_of_033_is_within_bounds_though_below_a_third(published):
    assert published.loc[published["measure"] == "S8.1", "score"].min() == pytest.approx(0.3317, abs=5e-5)


def test_a_score_that_is_no_number_is_named(tmp_path):
    (tmp_path / "scores.csv").write_text("year,province,S1.1\n2011,01,n/a\n", encoding="utf-8")
    with pytest.raises(BadRows, match="not a number"):
        read_scores(tmp_path)
