"""Calibration by the names analysts use: totals met, standard errors that know it, faults named."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadWeight, UnknownName
from analysis.estimates.estimators import joint_means

HOMES = {"urban": 0.35, "rural": 0.65}


@pytest.fixture(scope="module")
def homes(survey):
    return {label: share * survey.design.weight.sum() for label, share in HOMES.items()}


def sums(survey, column):
    return pd.Series(survey.design.weight).groupby(survey.data[column].to_numpy()).sum().to_dict()


def test_weights_meet_the_totals_and_the_survey_asked_stays_as_it_was(survey, calibrated, sexes):
    assert sums(calibrated, "sex") == pytest.approx(sexes)
    assert sums(survey, "sex") != pytest.approx(sexes, rel=0.001)
    assert survey.is_own_design
    assert not calibrated.is_own_design


def test_mean_after_poststratification_is_the_post_strata_s_means_by_their_shares(survey, calibrated):
    by_sex = survey.mean("poverty_list_published", by="sex").set_index("group")["estimate"]
    answered = survey.data["poverty_list_published"].notna()
    weight = pd.Series(survey.design.weight).groupby([survey.data["sex"], answered]).sum().unstack()
    share = weight[True] / weight.sum(axis=1)  # of each sex's people, those who answered
    expected = (by_sex * share).sum() / share.sum()  # both sexes are half
    assert calibrated.mean("poverty_list_published")["estimate"].iloc[0] == pytest.approx(expected)


def test_a_total_that_is_known_has_no_standard_error(survey, calibrated):
    known = calibrated.share("sex", withhold=False)
    assert known["se"].max() < 1e-12 < survey.share("sex")["se"].min()
    assert (known["quality"] == "not_estimated").all()
    assert (known["n_effective"] <= known["n"]).all()
    assert calibrated.share("sex")[["estimate", "se", "deff", "n_effective"]].isna().all(axis=None)


@pytest.mark.parametrize("method", ["rake", "linear", "raking", "logit"])
def test_several_margins_are_met_by_every_method(survey, sexes, homes, method):
    bounds = (0.5, 2.0) if method == "logit" else None
    ours = survey.calibrate(method, {"sex": sexes, "residence": homes}, bounds)
    assert sums(ours, "sex") == pytest.approx(sexes)
    assert sums(ours, "residence") == pytest.approx(homes)
    assert ours.mean("D2")["se"].iloc[0] == pytest.approx(survey.mean("D2")["se"].iloc[0], rel=0.05)


def test_raking_has_the_same_estimates_whichever_way(survey, sexes, homes):
    margins = {"sex": sexes, "residence": homes}
    two = [
        survey.calibrate(method, margins).mean("PAPI")["estimate"].iloc[0] for method in ("rake", "raking")
    ]
    assert two[0] == pytest.approx(two[1], rel=1e-8)


def test_columns_crossed_are_the_post_strata_of_both(survey, sexes, homes):
    whole = survey.design.weight.sum()
    cells = {(a, b): sexes[a] * homes[b] / whole for a in sexes for b in homes}
    ours = survey.calibrate("poststratify", {("sex", "residence"): cells})
    linear = survey.calibrate("linear", {("sex", "residence"): cells})
    for one in (ours, linear):
        both = pd.Series(one.design.weight).groupby([one.data["sex"], one.data["residence"]]).sum()
        assert both.to_dict() == pytest.approx(cells)
    # on one margin the regression estimator is post-stratification
    columns = ["estimate", "se"]
    pd.testing.assert_frame_equal(ours.mean("D2")[columns], linear.mean("D2")[columns])


def test_totals_may_be_a_series_and_a_coded_variable_s_labels_its_codes(survey, sexes):
    coded = survey.calibrate("poststratify", {"a001": pd.Series({1: sexes["male"], 2: sexes["female"]})})
    assert sums(coded, "sex") == pytest.approx(sexes)


def test_comparison_on_the_calibrated_design_has_the_joint_covariance(calibrated):
    y, sex = calibrated.data["poverty_list_published"], calibrated.data["sex"]
    items = [(label, y, (sex == label).to_numpy()) for label in ("female", "male")]
    joint = joint_means(items, calibrated.design).contrast([1, -1])
    ours = calibrated.compare("poverty_list_published", "sex", "female", "male").iloc[0]
    assert (ours["estimate"], ours["se"]) == pytest.approx((joint.estimate[0], joint.se[0]), rel=1e-9)


def test_districts_design_is_calibrated_too(papi_survey):
    whole = papi_survey.design.weight.sum()
    ours = papi_survey.calibrate("poststratify", {"sex": {"male": whole / 2, "female": whole / 2}})
    np.testing.assert_array_equal(ours.design.weight, ours.district_design.weight)
    assert ours.district_design.n_psu > ours.design.n_psu
    changed = ours.mean("D2", by="district")["estimate"] - papi_survey.mean("D2", by="district")["estimate"]
    assert (changed.abs() > 1e-6).any()


@pytest.mark.parametrize(
    ("method", "margins", "bounds", "error", "words"),
    [
        ("postratify", {"sex": {"male": 1, "female": 1}}, None, UnknownName, "poststratify"),
        ("rake", {"sexx": {"male": 1, "female": 1}}, None, UnknownName, "Perhaps sex"),
        ("rake", {"sex": {"mal": 1, "female": 1}}, None, UnknownName, "Perhaps male"),
        ("rake", {("sex", "residence"): {("male", "urbn"): 1}}, None, UnknownName, "('male', 'urban')"),
        ("rake", {"sex": {"female": 1}}, None, BadWeight, "no total"),
        ("rake", {"district": {"899": 1, "912": 1}}, None, BadWeight, "no total"),
        ("rake", {"district": {"8999": 1}}, None, UnknownName, "Perhaps 899"),
        ("rake", {}, None, BadWeight, "0"),
        ("poststratify", {"sex": {}, "residence": {}}, None, BadWeight, "rake"),
        ("rake", {"sex": {"male": 1, "female": 1}}, (0.5, 2), BadWeight, "bounds"),
        ("rake", {"sex": 1_000_000}, None, BadWeight, "{label: people in the population}"),
        ("rake", {"sex": {"male": "many", "female": 1}}, None, BadWeight, "one number a label"),
        (
            "linear",
            {"sex": {"male": 1, "female": 1}, "residence": {"urban": 1, "rural": 2}},
            None,
            BadWeight,
            "different populations",
        ),
    ],
)
def test_fault_in_a_call_is_named(survey, method, margins, bounds, error, words):
    with pytest.raises(error) as fault:
        survey.calibrate(method, margins, bounds)
    assert words in str(fault.value)


def test_respondents_without_a_value_of_the_margin_are_counted_not_dropped(survey):
    gaps = survey.data["poverty_list_published"].isna()
    with pytest.raises(BadWeight) as fault:
        survey.calibrate("poststratify", {"poverty_list_published": {0: 1.0, 1: 1.0}})
    assert f"{gaps.sum()} of {len(gaps)} without" in fault.value.got
    assert str(np.flatnonzero(gaps)[0] + 1) in fault.value.where


def test_total_of_a_district_where_nobody_was_asked_is_refused_as_such(survey):
    totals = dict.fromkeys([*survey.labels_of("district"), "912"], 1000.0)
    with pytest.raises(BadWeight) as fault:
        survey.calibrate("poststratify", {"district": totals})
    assert fault.value.where == "district: 912"
    assert "nobody in the sample" in fault.value.got
