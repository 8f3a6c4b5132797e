"""The smallest difference that a test could have shown: its size, its rows, and what they leave out."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import nct, t

from analysis.estimates.detectable import POWER, detectable_rows, detectable_size
from analysis.estimates.families import adjust_families
from analysis.estimates.results import ALPHA, arrange, check_results, empty_numbers_where_withheld

BOUNDS = pd.DataFrame({"minimum": [1.0, 0.0], "maximum": [10.0, 1.0]}, index=["D1", "x"])


def pair_of(**change):
    """A level of 4 in the district and a difference of 0.5 from the province, se 0.2, 34 df."""
    half = 0.2 * t.ppf(0.975, 34)
    base = {
        "survey_round": "r", "place_kind": "district", "place": "899", "group_kind": "all", "measure": "D1",
        "measure_kind": "dimension", "level": 0.95, "df": 34, "n": 96, "n_psu": 3, "quality": "good",
    }  # fmt: skip
    level = base | {"statistic": "score", "estimate": 4.0, "se": 0.2, "ci_low": 3.6, "ci_high": 4.4}
    difference = base | {
        "statistic": "difference", "compared_with": "province", "estimate": 0.5, "se": 0.2,
        "ci_low": 0.5 - half, "ci_high": 0.5 + half, "p_value": 0.02,
    }  # fmt: skip
    return [
        level | {k: v for k, v in change.items() if k in ("measure", "place", "estimate")},
        difference | change,
    ]


def rows_of(*several):
    table = arrange(pd.DataFrame([row for pair in several for row in pair]))
    return adjust_families(empty_numbers_where_withheld(table))


@pytest.mark.parametrize(("df", "tests"), [(3, 1), (3, 20), (34, 1), (34, 101), (43, 5)])
def test_a_true_difference_of_this_size_is_declared_with_the_stated_power(df, tests):
    size = float(detectable_size(0.25, df, tests))
    critical = t.ppf(1 - ALPHA / (2 * tests), df)
    assert nct.sf(critical, df, size / 0.25) == pytest.approx(POWER, abs=1e-6)


def test_size_is_larger_with_fewer_df_more_tests_and_a_larger_error():
    sizes = detectable_size(np.array([0.2, 0.2, 0.4]), np.array([34.0, 3.0, 34.0]), 9)
    assert sizes[0] < sizes[1]
    assert sizes[2] == pytest.approx(2 * sizes[0])
    assert detectable_size(0.2, 34, 9) > detectable_size(0.2, 34)


def test_normal_theory_would_promise_a_fifth_of_it_with_two_df():
    normal = 0.25 * (2.7729 + 0.8416)  # z at .05/18 and at .8
    assert float(detectable_size(0.25, 2, 9)) > 4.5 * normal


@pytest.mark.parametrize(("se", "df"), [(np.nan, 34), (0.2, 0), (np.nan, np.nan), (0.2, np.nan)])
def test_nothing_is_detectable_without_an_error_and_its_df(se, df):
    assert np.isnan(detectable_size(se, df))


def test_row_has_the_keys_of_its_test_and_the_family_s_first_step():
    table = rows_of(pair_of(), pair_of(place="900"))
    found = detectable_rows(table, BOUNDS)
    assert found["statistic"].tolist() == ["difference_detectable"] * 2
    assert found["place"].tolist() == ["899", "900"]
    first = found.iloc[0]
    assert first["estimate"] == pytest.approx(float(detectable_size(0.2, 34, 2)), rel=1e-9)
    assert (first["quality"], first["note"]) == ("of_design", "power=0.8;holm:2")
    assert (first["compared_with"], first["df"], first["n"], first["n_psu"]) == ("province", 34, 96, 3)
    assert first[["se", "ci_low", "ci_high", "p_value", "p_adjusted"]].isna().all()
    assert check_results(arrange([table, found])).empty


def test_error_is_the_one_that_the_test_takes():
    """The interval stands on the error of simple random sampling, 0.3, where the design's is 0.01 by chance."""
    half = 0.3 * t.ppf(0.975, 34)
    table = rows_of(pair_of(se=0.01, ci_low=0.5 - half, ci_high=0.5 + half))
    assert detectable_rows(table, BOUNDS)["estimate"].iloc[0] == pytest.approx(
        float(detectable_size(0.3, 34)), rel=1e-9
    )


def test_withheld_and_direct_rows_have_none():
    table = rows_of(pair_of(quality="suppressed"), pair_of(statistic="difference_direct", place="900"))
    assert detectable_rows(table, BOUNDS).empty


def test_size_beyond_every_level_the_measure_can_have_says_so():
    """A share of 0.5 in the province cannot be missed by more than 0.5."""
    share = {"measure": "x", "measure_kind": "indicator"}
    half = {size: size * t.ppf(0.975, 34) for size in (0.1, 0.2)}
    pairs = [
        pair_of(**share, place=place, estimate=0.5, ci_low=0.5 - half[se], ci_high=0.5 + half[se])
        for place, se in (("899", 0.1), ("900", 0.2))
    ]
    for level, difference in pairs:
        level["statistic"], difference["estimate"] = "share", 0.0
        difference["ci_low"], difference["ci_high"] = difference["ci_low"] - 0.5, difference["ci_high"] - 0.5
    found = detectable_rows(rows_of(*pairs), BOUNDS).set_index("place")
    assert found.at["899", "estimate"] < 0.5 < found.at["900", "estimate"]
    assert found["note"].str.endswith("beyond_range").to_dict() == {"899": False, "900": True}


def test_every_tested_row_of_the_example_and_no_other_has_its_size(example_results):
    rows = example_results[example_results["survey_round"] == "example-2021"]
    key = ["statistic", "place", "group_kind", "group", "measure"]
    tests = rows[rows["p_adjusted"].notna()]
    sizes = rows[rows["quality"] == "of_design"]
    stripped = sizes.assign(statistic=sizes["statistic"].str.removesuffix("_detectable"))
    assert set(stripped[key].itertuples(index=False)) == set(tests[key].itertuples(index=False))
    both = tests.merge(stripped, on=key, suffixes=("", "_size"))
    clear = both["estimate"].abs() >= both["estimate_size"]
    assert clear.sum() > 20
    assert (both.loc[clear, "p_adjusted"] < ALPHA).all()
