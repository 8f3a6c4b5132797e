"""Means, shares and comparisons for analysts are the packs' own numbers."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates import quality


def row_of(results, **equal):
    kinds = (
        ["score", "share", "mean"]
        if equal["place"] == "91"
        else ["score_direct", "share_direct", "mean_direct"]
    )
    keep = (results["survey_round"] == "example-2021") & results["statistic"].isin(kinds)
    for column, value in equal.items():
        keep &= results[column] == value
    return results[keep].iloc[0]


NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "n", "n_psu"]


@pytest.mark.parametrize("measure", ["PAPI", "D2", "S2.2", "poverty_list_published"])
def test_answers_are_the_packs_own_numbers(survey, example_results, measure):
    ours = survey.mean(measure).iloc[0]
    packs = row_of(example_results, measure=measure, place="91", group_kind="all")
    pd.testing.assert_series_equal(
        ours[NUMBERS].astype(float), packs[NUMBERS].astype(float), check_names=False
    )


def test_groups_are_the_packs_own_numbers(survey, example_results):
    for ours in survey.mean("D2", by="sex").itertuples():
        packs = row_of(example_results, measure="D2", place="91", group_kind="sex", group=ours.group)
        assert (ours.estimate, ours.se) == pytest.approx((packs["estimate"], packs["se"]), rel=1e-12)


def test_district_is_a_domain_by_name_and_by_expression(survey, example_results):
    by = survey.mean("D2", by="district").set_index("group").loc["899"]
    only = survey.mean("D2", domain="district == '899'").iloc[0]
    packs = row_of(example_results, measure="D2", place="899", group_kind="all")
    assert by["se"] == pytest.approx(packs["se"], rel=1e-12)
    assert only["se"] == pytest.approx(packs["se"], rel=1e-12)


def test_comparison_is_the_packs_own(survey, example_results):
    ours = survey.compare("D2", "district", "899").iloc[0]
    packs = example_results[
        (example_results["statistic"] == "difference_direct")
        & (example_results["measure"] == "D2")
        & (example_results["place"] == "899")
    ].iloc[0]
    assert (ours["estimate"], ours["se"], ours["p_value"]) == pytest.approx(
        (packs["estimate"], packs["se"], packs["p_value"]), rel=1e-12
    )


def test_two_groups_compared_is_the_difference_of_their_levels(survey):
    levels = survey.mean("D2", by="sex").set_index("group")["estimate"]
    ours = survey.compare("D2", "sex", "female", "male").iloc[0]
    assert ours["estimate"] == pytest.approx(levels["female"] - levels["male"])


def test_measures_of_every_kind_stand_in_one_table_in_the_order_asked(survey):
    table = survey.mean(["poverty_list_published", "PAPI", "D2"], by="sex")
    assert list(dict.fromkeys(table["measure"])) == ["poverty_list_published", "PAPI", "D2"]
    assert list(table["group"]) == ["male", "female"] * 3


def test_withheld_numbers_are_blank_unless_asked_for_and_then_say_so(survey):
    kwargs = {"by": "district", "domain": "age_group == '18-34' and sex == 'male'"}
    blank = survey.mean("land_compensation_fair", **kwargs)
    shown = survey.mean("land_compensation_fair", withhold=False, **kwargs)
    withheld = ~blank["quality"].isin(quality.SHOWN)
    assert withheld.any()
    assert blank.loc[withheld, "estimate"].isna().all()
    assert (shown.loc[withheld & shown["estimate"].notna(), "note"] == "not for publication").all()


def test_shares_of_all_values_sum_to_one(survey):
    assert survey.share("residence")["estimate"].sum() == pytest.approx(1)


def test_mean_is_the_ratio_of_totals(survey):
    total = survey.total("poverty_list_published").iloc[0]
    answered = survey.design.weight[survey.data["poverty_list_published"].notna()].sum()
    assert total["estimate"] / answered == pytest.approx(
        survey.mean("poverty_list_published")["estimate"].iloc[0]
    )


def test_mean_of_a_domain_nobody_is_in_is_empty_and_flagged(survey):
    row = survey.mean("D2", domain=np.zeros(len(survey.data), dtype=bool)).iloc[0]
    assert row["n"] == 0
    assert row["quality"] == "not_estimated"


def test_districts_of_a_round_with_two_designs_stand_on_their_own_design(papi_survey, papi_results):
    ours = papi_survey.mean("D2", by="district").set_index("group")
    packs = papi_results[
        (papi_results["statistic"] == "score_direct") & (papi_results["measure"] == "D2")
    ].set_index("place")
    for district in ours.index:
        numbers = ours.loc[district, NUMBERS].astype(float)
        pd.testing.assert_series_equal(numbers, packs.loc[district, NUMBERS].astype(float), check_names=False)


def test_difference_that_rests_on_too_few_is_blank_with_its_flag(survey):
    few = "residence == 'urban' and age_group == '18-34'"
    ours = survey.compare("land_compensation_fair", "sex", "male", "female", domain=few).iloc[0]
    assert ours["quality"] not in quality.SHOWN
    assert np.isnan([ours["estimate"], ours["se"], ours["p_value"]]).all()
    shown = survey.compare("land_compensation_fair", "sex", "male", "female", domain=few, withhold=False)
    assert shown["note"].iloc[0] == "not for publication"
    assert np.isfinite(shown["estimate"].iloc[0])
