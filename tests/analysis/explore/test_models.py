"""Quantiles, tables and models asked of a round are the estimators' own, on the round's design."""

import pytest

from analysis.estimates.quantiles import quantile
from analysis.estimates.regression import regress


def test_median_is_the_estimators_own(survey):
    age = survey.data["a002"].astype(float)
    ours, theirs = survey.quantile("a002", p=[0.5]), quantile(age, survey.design, [0.5]).table()
    assert ours.equals(theirs)


def test_table_is_symmetric_in_its_test(survey):
    one, other = survey.table("sex", "residence"), survey.table("residence", "sex")
    assert one.second_order.p == pytest.approx(other.second_order.p, rel=1e-9)


def test_regression_on_a_group_is_the_difference_of_its_means(survey, calibrated):
    for each in (survey, calibrated):
        levels = each.mean("poverty_list_published", by="sex").set_index("group")["estimate"]
        model = each.regress("poverty_list_published ~ sex")
        slope = model.table()["estimate"].iloc[1]
        assert abs(slope) == pytest.approx(abs(levels["female"] - levels["male"]), rel=1e-9)
        ours = regress("poverty_list_published ~ sex", each.data, each.design).table()["se"].iloc[1]
        assert model.table()["se"].iloc[1] == ours
