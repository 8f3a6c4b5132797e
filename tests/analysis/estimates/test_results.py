"""The results table's own rules."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.results import COLUMNS, arrange, check_results, empty_numbers_where_withheld


def row(**change):
    base = {
        "survey_round": "r", "place_kind": "district", "place": "899", "group_kind": "all", "measure": "D1",
        "statistic": "score", "estimate": 5.0, "se": 0.1, "ci_low": 4.8, "ci_high": 5.2, "n": 100,
        "quality": "good",
    }  # fmt: skip
    return base | change


def test_columns_stand_in_their_order():
    assert list(arrange(pd.DataFrame([row()])).columns) == list(COLUMNS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"se": np.nan}, "half_empty"),
        ({"quality": "suppressed"}, "flag_and_number"),
        ({"estimate": np.nan, "se": np.nan, "ci_low": np.nan, "ci_high": np.nan}, "flag_and_number"),
        ({"quality": "fine"}, "flag"),
        ({"estimate": 6.0}, "order"),
    ],
)
def test_row_that_breaks_a_rule_is_found(change, code):
    found = set(check_results(arrange(pd.DataFrame([row(**change)])))["code"])
    assert found >= ({code} if code else set())
    assert bool(found) == bool(code)


def test_result_that_stands_twice_is_found():
    assert list(check_results(arrange(pd.DataFrame([row(), row()])))["code"]) == ["repeated"]


def test_withheld_rows_lose_every_number_that_could_give_them_away_but_keep_their_count():
    table = arrange(pd.DataFrame([row(quality="suppressed", n=12, deff=1.4, n_effective=8.0, p_value=0.2)]))
    out = empty_numbers_where_withheld(table).iloc[0]
    assert out[["estimate", "se", "ci_low", "ci_high", "p_value", "deff", "n_effective"]].isna().all()
    assert out["n"] == 12


def test_published_figure_may_stand_without_an_interval():
    published = row(quality="published", se=np.nan, ci_low=np.nan, ci_high=np.nan)
    assert check_results(arrange(pd.DataFrame([published]))).empty


def test_number_of_the_design_stands_without_an_interval_but_not_without_itself():
    size = row(quality="of_design", statistic="change_detectable", se=np.nan, ci_low=np.nan, ci_high=np.nan)
    assert check_results(arrange(pd.DataFrame([size]))).empty
    empty = size | {"estimate": np.nan}
    assert list(check_results(arrange(pd.DataFrame([empty])))["code"]) == ["flag_and_number"]


COUNTED = {"quality": "counted", "se": np.nan, "ci_low": np.nan, "ci_high": np.nan}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, set()),
        ({"n": pd.NA}, {"not_a_count"}),
        ({"n": 0}, {"not_a_count"}),
        ({"se": 0.1}, {"not_a_count"}),
        ({"estimate": np.nan}, {"flag_and_number"}),
    ],
)
def test_full_count_stands_without_an_interval_but_never_without_its_n(change, codes):
    counted = row(**(COUNTED | change))
    assert set(check_results(arrange(pd.DataFrame([counted])))["code"]) == codes
