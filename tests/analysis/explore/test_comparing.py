"""Contrasts as formulas and covariances as matrices: the differences, changes and models they must agree with."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, UnknownName
from analysis.estimates.estimators import joint_means, total
from analysis.explore.comparing import FORMULA_COLUMNS


def test_a_difference_written_out_is_the_comparison(survey):
    ours = survey.contrast("D7[18-34] - D7[55+]", by="age_group").iloc[0]
    theirs = survey.compare("D7", "age_group", "18-34", "55+").iloc[0]
    assert list(survey.contrast("D2").columns) == FORMULA_COLUMNS
    for column in ("estimate", "se", "df", "n", "n_psu"):
        assert ours[column] == pytest.approx(theirs[column], rel=1e-12)


def test_a_group_less_everybody_counts_the_people_in_both(survey):
    ours = survey.contrast("D2[sex=female] - D2").iloc[0]
    theirs = survey.compare("D2", "sex", "female").iloc[0]
    assert (ours["estimate"], ours["se"]) == pytest.approx((theirs["estimate"], theirs["se"]), rel=1e-10)


def test_a_change_written_out_is_the_trend_s(survey):
    ours = survey.contrast("D2[female] - D2[female]@example-2020", by="sex").iloc[0]
    trend = survey.trend("D2", by="sex")
    theirs = trend[(trend["statistic"] == "change") & (trend["group"] == "female")].iloc[0]
    assert (ours["estimate"], ours["se"]) == pytest.approx((theirs["estimate"], theirs["se"]), rel=1e-10)


def test_change_of_a_gap_has_all_four_covariances(survey):
    gap = "(D2[female] - D2[male]) - (D2[female]@example-2020 - D2[male]@example-2020)"
    ours = survey.contrast(gap, by="sex").iloc[0]
    vcov = survey.covariance("D2", by="sex", rounds=["example-2020"])
    signs = pd.Series(
        {"D2[female]": 1, "D2[male]": -1, "D2[female]@example-2020": -1, "D2[male]@example-2020": 1}
    )
    assert ours["se"] == pytest.approx(np.sqrt(signs @ vcov.loc[signs.index, signs.index] @ signs), rel=1e-10)


def test_a_measure_that_changed_between_rounds_has_no_number_and_says_why(survey):
    row = survey.contrast("D5 - D5@example-2020").iloc[0]
    assert row["quality"] == "not_estimated" and np.isnan(row["estimate"])
    assert row["note"].startswith("not comparable: D5 2021")


def test_nonlinear_contrasts_are_the_delta_method(survey):
    women, men = ((survey.data["sex"] == sex).to_numpy() for sex in ("female", "male"))
    y = survey.data["internet_home"]
    joint = joint_means([("f", y, women), ("m", y, men)], survey.design)
    f, m = joint.estimate
    theirs = joint.transform(
        lambda e: np.array([np.log(e[0] / (1 - e[0])) - np.log(e[1] / (1 - e[1]))]),
        lambda e: np.array([[1 / (f * (1 - f)), -1 / (m * (1 - m))]]),
    )
    ours = survey.contrast("logit(internet_home[female]) - logit(internet_home[male])", by="sex").iloc[0]
    assert (ours["estimate"], ours["se"]) == pytest.approx((theirs.estimate[0], theirs.se[0]), rel=1e-10)
    model = survey.regress("internet_home ~ sex", "binomial")  # the log odds ratio of men, its other name
    assert (-ours["estimate"], ours["se"]) == pytest.approx((model.estimate[1], model.se[1]), rel=1e-6)


def test_totals_can_be_contrasted_too(survey):
    ours = survey.contrast("internet_home[female] - internet_home[male]", by="sex", statistic="total").iloc[0]
    signed = survey.data["internet_home"].where(survey.data["sex"] == "female", -survey.data["internet_home"])
    theirs = total(signed, survey.design)
    assert (ours["estimate"], ours["se"]) == pytest.approx((theirs.estimate[0], theirs.se[0]), rel=1e-10)
    assert ours["statistic"] == "contrast of totals"


def test_p_is_of_the_null_and_agrees_with_the_interval(survey):
    row = survey.contrast("D2").iloc[0]
    for null in (row["ci_low"], row["ci_high"]):
        assert survey.contrast("D2", null=null)["p_value"].iloc[0] == pytest.approx(0.05)
    assert survey.contrast("D2", null=row["estimate"] + 1e-9)["p_value"].iloc[0] == pytest.approx(1, abs=1e-4)


def test_many_contrasts_may_have_names(survey):
    table = survey.contrast({"gap": "D2[female] - D2[male]", "ratio": "D2[female] / D2[male]"}, by="sex")
    assert table["contrast"].tolist() == ["gap", "ratio"]
    listed = survey.contrast(["D2 - D5", "D2 + D5"])
    assert listed["contrast"].tolist() == ["D2 - D5", "D2 + D5"]


def test_what_is_certain_only_by_arithmetic_is_not_estimated(survey):
    psu = survey.data["psu"].iloc[0]
    inside = (survey.data["psu"] == psu).to_numpy()
    row = survey.contrast("internet_home - a005", domain=inside, withhold=False).iloc[0]
    assert row["quality"] in ("not_estimated", "suppressed") and np.isnan(row["estimate"])
    same = survey.contrast("D2 - D2").iloc[0]
    assert same["quality"] == "not_estimated"


def test_contrast_of_replicates_is_their_spread(survey):
    made = survey.replicated("jackknife")
    ours = made.contrast("D2[female] - D2[male]", by="sex")["se"].iloc[0]
    theirs = made.compare("D2", "sex", "female", "male")["se"].iloc[0]
    assert ours == pytest.approx(theirs, rel=1e-10)
    with pytest.raises(BadDesign, match="another round"):
        made.contrast("D2 - D2@example-2020")


def test_covariance_has_the_variances_on_its_diagonal(survey):
    vcov = survey.covariance(["D2", "internet_home"], by=["sex", "residence"])
    levels = survey.mean(["D2", "internet_home"], by=["sex", "residence"], withhold=False)
    names = levels["measure"] + "[" + levels["group"] + "]"
    np.testing.assert_allclose(np.sqrt(np.diag(vcov.loc[names, names])), levels["se"], rtol=1e-10)
    np.testing.assert_allclose(vcov, vcov.T)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda s: s.contrast("D2[femal] - D2", by="sex"), "female"),
        (lambda s: s.contrast("D2[sexx=female]"), "sex"),
        (lambda s: s.contrast("D2[female]"), "which column"),
        (lambda s: s.contrast("D22 - D2"), "Perhaps"),
        (lambda s: s.contrast("D2 - D2@exampl-2020"), "example-2020"),
        (lambda s: s.contrast("D2 -"), "cannot be read"),
        (lambda s: s.contrast([]), "cannot be read"),
        (lambda s: s.contrast("D2", statistic="mode"), "mean"),
        (lambda s: s.contrast("D2", null="four"), "a number"),
        (lambda s: s.contrast("D2", statistic="total"), "nobody has alone"),
        (lambda s: s.covariance([]), "No measure"),
    ],
)
def test_a_slip_is_named(survey, ask, words):
    with pytest.raises(UnknownName) as fault:
        ask(survey)
    assert words in str(fault.value)
