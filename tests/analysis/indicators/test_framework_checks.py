from dataclasses import replace

import pandas as pd
import pytest

from analysis.indicators.framework_checks import changing_years, check_framework_rows
from analysis.indicators.framework_settings import FrameworkSettings, Total


def test_good_rows_have_no_findings(rows, codebook):
    assert check_framework_rows(rows, codebook).empty


@pytest.mark.parametrize(
    ("indicator", "column", "value", "fault"),
    [
        ("used", "weight", "a quarter", "weight is no number"),
        ("used", "weight", "1/0", "weight is no number"),
        ("used", "weight", "1/2", "the weights of its indicators in 2019 do not sum to 1"),
        ("used", "valid_from", "soon", "valid_from is no year"),
        ("used", "minimum", "1", "minimum is not below maximum"),
        ("used", "maximum", "2", "minimum and maximum"),
        ("met", "maximum", "3", "minimum and maximum"),
        ("rating", "maximum", "4", "minimum and maximum"),
        ("used", "direction", "up", "unknown direction"),
        ("used", "unit", "percent", "unknown unit"),
        ("used", "dont_know", "maybe", "unknown dont_know"),
        ("rating", "dont_know", "no", "scale has no answer that is not yes"),
        ("used", "status", "guessed", "unknown status"),
        ("used", "source", "", "source is empty"),
        ("used", "name_vi", "", "name_vi is empty"),
        ("used", "recipe", "median", "unknown recipe"),
        ("used", "variables", "q9", "variables not in the codebook"),
        ("used", "variables", "", "variables not in the codebook"),
        ("rating", "variables", "q4 q1", "scale takes one variable"),
        ("minutes", "variables", "q1", "variable of the wrong type"),
        ("used", "codes", "", "codes"),
        ("rating", "codes", "1", "codes"),
        ("used", "codes", "7", "codes not in the variable's code set"),
        ("used", "sub_dimension", "S9", "sub_dimension S9 is not valid in 2019"),
    ],
)
def test_a_wrong_indicator_row_is_found_and_named(rows, codebook, indicator, column, value, fault):
    rows.indicators.loc[rows.indicators["indicator"] == indicator, column] = value
    found = check_framework_rows(rows, codebook)
    assert any(fault in what for what in found["what"]), found["what"].tolist()
    assert set(found["kind"]) == {"stop"}


def test_two_rows_of_one_indicator_may_follow_but_not_overlap(rows, codebook):
    early = rows.indicators.assign(valid_to="2020")
    late = rows.indicators.assign(valid_from="2021")
    object.__setattr__(rows, "indicators", pd.concat([early, late], ignore_index=True))
    assert check_framework_rows(rows, codebook).empty
    rows.indicators.loc[0, "valid_to"] = "2021"
    found = check_framework_rows(rows, codebook)
    assert any("used: two rows are valid in one year" in what for what in found["what"])


def test_weights_are_summed_in_every_year_in_which_rows_change(rows, codebook):
    rows.indicators.loc[0, "valid_to"] = "2020"
    assert changing_years(rows) == [2019, 2021]
    found = check_framework_rows(rows, codebook)
    assert found["what"].str.contains("in 2021 do not sum to 1").tolist() == [True]


def test_an_unassigned_weight_is_left_free(rows, codebook):
    rows.sub_dimensions["unassigned_weight"] = "1/4"
    assert check_framework_rows(rows, codebook)["expected"].tolist() == ["0.75"]
    rows.indicators["weight"] = ["0", "1/4", "1/4", "1/4"]
    assert check_framework_rows(rows, codebook).empty


def test_a_sub_dimension_without_its_dimension_is_found(rows, codebook):
    rows.dimensions["valid_to"] = "2020"
    rows.sub_dimensions["dimension"] = "D9"
    assert "dimension D9 is not valid in 2019" in check_framework_rows(rows, codebook)["what"].iloc[0]


def alone(rows):
    """The same rows, every indicator standing alone."""
    return replace(
        rows,
        dimensions=rows.dimensions[:0],
        sub_dimensions=rows.sub_dimensions[:0],
        indicators=rows.indicators.assign(sub_dimension="", weight=""),
    )


def test_indicators_that_stand_alone_need_no_weight_and_no_composites(rows, codebook):
    assert check_framework_rows(alone(rows), codebook).empty


def test_indicator_in_a_sub_dimension_needs_its_weight(rows, codebook):
    missing = rows.indicators.assign(weight=["", "1/4", "1/4", "1/4"])
    found = check_framework_rows(replace(rows, indicators=missing), codebook)
    assert found["what"].str.contains("weight is no number").any()


def test_code_of_another_measure_or_of_the_total_is_found(rows, codebook):
    settings = FrameworkSettings(Total("used", "Tổng", "Total"))
    found = check_framework_rows(replace(rows, settings=settings), codebook)
    assert found["what"].str.contains("its code is the total's").sum() == 1
    named = rows.indicators.replace({"indicator": {"used": "D1"}})
    found = check_framework_rows(replace(rows, indicators=named), codebook)
    assert found["what"].str.contains("another measure's too").sum() == 1


@pytest.mark.parametrize(
    ("decimals", "faults"), [("", 0), ("0", 0), ("6", 0), ("7", 4), ("1.5", 4), ("a", 4)]
)
def test_decimals_are_a_whole_number_from_0_to_6(rows, codebook, decimals, faults):
    table = rows.indicators.assign(decimals=decimals)
    found = check_framework_rows(replace(rows, indicators=table), codebook)
    assert found["what"].str.contains("decimals").sum() == faults
