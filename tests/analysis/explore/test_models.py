"""Quantiles, tables and models asked of a round are the estimators' own, on the round's design."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadRows, UnknownName
from analysis.estimates.association import chisquare, ttest
from analysis.estimates.quantiles import quantile
from analysis.estimates.regression import regress
from analysis.estimates.replicate_weights import jackknife
from analysis.explore.levels import COLUMNS

NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "n"]


def test_quantiles_by_group_are_the_estimators_own(survey):
    ours = survey.quantile(["a002"], [0.25, 0.5], by="sex")
    assert list(ours.columns) == COLUMNS
    assert ours["statistic"].tolist() == ["quantile_0.25", "quantile_0.5"] * 2
    for label in ("male", "female"):
        inside = (survey.data["sex"] == label).to_numpy()
        theirs = quantile(survey.data["a002"].astype(float), survey.design, [0.25, 0.5], inside).table()
        pd.testing.assert_frame_equal(
            ours.loc[ours["group"] == label, NUMBERS].reset_index(drop=True).astype(float),
            theirs[NUMBERS].astype(float),
        )
        w = survey.design.weight[inside]
        kish = ours.loc[ours["group"] == label, "n_effective"].iloc[0]
        assert kish == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_a_quantile_without_width_is_withheld_not_shown_as_certain(survey):
    yes = survey.quantile("internet_home", 0.9)
    assert yes["quality"].tolist() == ["not_estimated"]
    assert yes[["estimate", "se"]].isna().all(axis=None)
    shown = survey.quantile("internet_home", 0.9, withhold=False)
    assert (shown["estimate"].iloc[0], shown["se"].iloc[0]) == (1, 0)


def test_quantiles_with_replicates_have_their_standard_error(survey):
    made = survey.replicated("jackknife")
    theirs = quantile(survey.data["a002"].astype(float), jackknife(survey.design), 0.5)
    ours = made.quantile("a002", 0.5)
    assert ours["se"].iloc[0] == theirs.se[0]
    own = made.quantile("a002", 0.5, interval="quantile")
    assert own["se"].iloc[0] != ours["se"].iloc[0]


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


def test_t_test_is_the_estimators_own_and_the_plain_contrast(survey):
    ours = survey.ttest("internet_home", "sex", level=0.9)
    theirs = ttest(survey.data["internet_home"], survey.data["sex"], survey.design, level=0.9)
    assert ours == theirs
    gap = survey.contrast("internet_home[male] - internet_home[female]", by="sex").iloc[0]
    assert (gap["estimate"], gap["se"]) == pytest.approx((ours.difference, ours.se))


def test_wald_test_of_groups_is_the_term_test_of_a_model_on_them(survey):
    for each in (survey, survey.replicated("jackknife")):
        ours = each.wald("internet_home", by="age_group")
        theirs = each.regress("internet_home ~ age_group").term_test("age_group")
        assert (ours.df1, ours.df2) == (theirs.df1, theirs.df2)
        assert ours.statistic == pytest.approx(theirs.statistic, rel=1e-8)


def test_wald_test_of_one_mean_is_its_t_squared(survey):
    ours, level = survey.wald("D2", null=4), survey.mean("D2").iloc[0]
    assert ours.statistic == pytest.approx(((level["estimate"] - 4) / level["se"]) ** 2)
    assert (ours.df1, ours.df2) == (1, level["df"])
    joint = survey.wald(["D2", "D5"], null=4)
    assert joint.df1 == 2 and joint.statistic > 0


def test_tests_and_models_of_replicates_stand_on_them(survey):
    made = survey.replicated("jackknife")
    own = jackknife(survey.design)
    table = chisquare(survey.data["sex"], survey.data["residence"], own)
    assert made.table("sex", "residence").p == table.p
    model = made.regress("internet_home ~ sex", "binomial")
    theirs = regress("internet_home ~ sex", survey.data, own, "binomial")
    np.testing.assert_array_equal(model.vcov, theirs.vcov)
    assert (
        made.ttest("internet_home", "sex").se
        == ttest(survey.data["internet_home"], survey.data["sex"], own).se
    )


def test_a_model_of_counts_takes_an_offset(survey):
    data = survey.data
    ours = survey.regress("internet_home ~ sex", "poisson", offset="log(a002)")
    theirs = regress("internet_home ~ sex", data, survey.design, "poisson", offset=np.log(data["a002"]))
    np.testing.assert_allclose(ours.estimate, theirs.estimate, rtol=1e-10)


def test_a_term_that_the_domain_makes_one_level_is_said(survey):
    model = survey.regress("internet_home ~ residence", domain="district == '899'")
    assert model.dropped == ("residence",)
    assert "residence" in model.to_frame()["coefficient"].tolist()
    assert "residence" in model._repr_html_()


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda s: s.quantile("sex"), UnknownName, "holds words"),
        (lambda s: s.quantile("D2"), UnknownName, "nobody has alone"),
        (lambda s: s.quantile("a002", "median"), UnknownName, "0.5"),
        (lambda s: s.wald("D2", null="four"), UnknownName, "a number"),
        (lambda s: s.regress(5), UnknownName, "no text"),
        (lambda s: s.quantile("a002", rule="hf77"), UnknownName, "hf7"),
        (lambda s: s.ttest("D2", "sex"), UnknownName, "nobody has alone"),
        (lambda s: s.ttest("a002", "age_group"), BadRows, "2 different answers"),
        (lambda s: s.wald(["D2", "D5"], by="sex"), BadRows, "one measure"),
        (lambda s: s.regress("a002 ~ sexx"), UnknownName, "sex"),
        (lambda s: s.regress("a002 ~ sex", offset="log(popp)"), UnknownName, "popp"),
    ],
)
def test_a_slip_is_named_with_the_nearest(survey, ask, error, words):
    with pytest.raises(error) as fault:
        ask(survey)
    assert words in str(fault.value)
