"""Standard errors by replicates: the estimates' own spread, for composites and differences too."""

from copy import copy

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, BadWeight, UnknownName
from analysis.estimates.replicate_estimates import replicate_estimate, replicate_mean
from analysis.estimates.replicate_weights import bootstrap, jackknife
from analysis.explore.replicated import given_maker

NUMBERS = ["estimate", "se"]


@pytest.fixture(scope="module")
def jackknifed(survey):
    return survey.replicated("jackknife")


def score(survey, measure, inside=None):
    """A score as a function of the weights, from the framework's weights and each indicator's answers."""
    indicators = survey.sample.indicators[survey.sample.names].astype(float).to_numpy()
    parts = survey.sample.composites.weights.loc[survey.sample.names, measure].to_numpy()
    constant = survey.sample.composites.constants[measure]
    kept = np.ones(len(indicators), dtype=bool) if inside is None else inside
    used = parts != 0
    y, seen = indicators[:, used], ~np.isnan(indicators[:, used]) & kept[:, None]

    def statistic(w):
        means = (w @ np.where(seen, y, 0.0)) / (w @ seen)
        return constant + means @ parts[used]

    return statistic


@pytest.mark.parametrize("kind", ["jackknife", "bootstrap"])
def test_a_score_s_standard_error_is_the_spread_of_the_score_over_the_replicates(survey, kind):
    made = jackknife(survey.design) if kind == "jackknife" else bootstrap(survey.design, 40, 9)
    ours = survey.replicated(kind, replicates=40, seed=9)
    women = (survey.data["sex"] == "female").to_numpy()
    for inside, table in (
        (None, ours.mean("PAPI")),
        (women, ours.mean("PAPI", by="sex").query("group == 'female'")),
    ):
        theirs = replicate_estimate(score(survey, "PAPI", inside), made)
        expected = [theirs.estimate[0], theirs.se[0]]
        np.testing.assert_allclose(table[NUMBERS].to_numpy()[0], expected, rtol=1e-9)


def test_an_indicator_s_standard_error_is_that_of_replicate_mean(survey, jackknifed):
    theirs = replicate_mean(survey.data["poverty_list_published"], jackknife(survey.design))
    ours = jackknifed.mean("poverty_list_published")[NUMBERS].to_numpy()[0]
    np.testing.assert_allclose(ours, [theirs.estimate[0], theirs.se[0]], rtol=1e-12)


def test_a_difference_is_the_spread_of_the_difference(survey, jackknifed):
    women, men = ((survey.data["sex"] == label).to_numpy() for label in ("female", "male"))
    of_women, of_men = (score(survey, "D2", inside) for inside in (women, men))
    theirs = replicate_estimate(lambda w: of_women(w) - of_men(w), jackknife(survey.design))
    ours = jackknifed.compare("D2", "sex", "female", "male")[NUMBERS].to_numpy()[0]
    np.testing.assert_allclose(ours, [theirs.estimate[0], theirs.se[0]], rtol=1e-9)


def test_jackknife_of_a_total_is_its_linearised_standard_error(survey, jackknifed):
    ours, theirs = (one.total("poverty_list_published") for one in (jackknifed, survey))
    pd.testing.assert_frame_equal(ours[NUMBERS], theirs[NUMBERS], rtol=1e-9)


def test_estimates_flags_and_df_stay_those_of_the_survey(survey, jackknifed):
    same = ["group", "estimate", "df", "n", "n_psu", "quality"]
    ours, theirs = (one.mean(["PAPI", "D2"], by="age_group") for one in (jackknifed, survey))
    pd.testing.assert_frame_equal(ours[same], theirs[same])
    np.testing.assert_allclose(ours["se"], theirs["se"], rtol=0.1)
    shares, ratios = jackknifed.share("sex"), jackknifed.ratio("poverty_list_published", "a002")
    pd.testing.assert_frame_equal(shares[["estimate", "n"]], survey.share("sex")[["estimate", "n"]])
    theirs = survey.ratio("poverty_list_published", "a002")
    pd.testing.assert_frame_equal(ratios[["estimate", "df", "n"]], theirs[["estimate", "df", "n"]])
    assert ratios["se"].iloc[0] == pytest.approx(theirs["se"].iloc[0], rel=0.1)


def test_domain_in_one_psu_has_no_standard_error(jackknifed):
    psu = jackknifed.data["psu"].iloc[0]
    row = jackknifed.mean("D2", domain=(jackknifed.data["psu"] == psu).to_numpy(), withhold=False).iloc[0]
    assert row["quality"] == "not_estimated"


def test_replicates_of_a_calibrated_survey_are_calibrated_anew(survey, calibrated):
    both = calibrated.replicated("jackknife")
    assert both.share("sex", withhold=False)["se"].max() < 1e-12
    assert (both.share("sex")["quality"] == "not_estimated").all()
    assert both.mean("D2")["se"].iloc[0] == pytest.approx(calibrated.mean("D2")["se"].iloc[0], rel=0.05)
    assert both.mean("D2")["estimate"].iloc[0] == calibrated.mean("D2")["estimate"].iloc[0]


def test_ranks_stand_on_the_replicates_covariance(survey, jackknifed):
    table = jackknifed.ranks("PAPI", by="age_group")
    assert table["se"].tolist() == jackknifed.mean("PAPI", by="age_group")["se"].tolist()
    (scores,) = jackknifed._scores(["PAPI"], jackknifed._domains("age_group", None)[1], jackknifed.design)
    vcov = jackknifed._group_covariance(scores)
    ours = jackknifed.compare("PAPI", "age_group", "18-34", "55+")["se"].iloc[0]
    assert ours == pytest.approx(np.sqrt(vcov[0, 0] + vcov[2, 2] - 2 * vcov[0, 2]), rel=1e-9)


def test_districts_with_a_design_of_their_own_have_replicates_of_it(papi_survey):
    ours = papi_survey.replicated("jackknife")
    made = jackknife(papi_survey.district_design)
    table = ours.mean("poverty_list_published", by="district", withhold=False).set_index("group")
    for district in table.index:
        inside = (papi_survey.data["district"] == district).to_numpy()
        theirs = replicate_mean(papi_survey.data["poverty_list_published"], made, inside)
        assert table.at[district, "se"] == pytest.approx(theirs.se[0], rel=1e-9)


def test_same_seed_gives_the_same_bootstrap_and_another_one_another(survey):
    first, again, other = (
        survey.replicated("bootstrap", replicates=30, seed=seed).mean("D2")["se"].iloc[0]
        for seed in (4, 4, 5)
    )
    assert first == again != other


def test_a_bootstrap_that_misses_a_district_now_and_then_still_estimates_it(survey):
    made = survey.replicated("bootstrap", replicates=60)
    table = made.mean("internet_home", by="district", withhold=False)
    assert (table["se"] > 0).all()
    weights = made.replicates_of(made.district_design).replicates
    shown = made.mean("internet_home", by="district").set_index("group")["note"]
    for code in table["group"]:
        used = (weights[(survey.data["district"] == code).to_numpy()].sum(axis=0) > 0).sum()
        assert shown[code] == ("" if used == 60 else f"replicates={used}/60")
    assert shown.str.startswith("replicates=").any()


def test_given_replicates_are_those_made_and_have_the_degrees_of_freedom_of_r(survey, jackknifed):
    made = jackknife(survey.design)
    by_order = pd.DataFrame(made.replicates)
    by_code = by_order.set_index(survey.data["respondent"]).sample(frac=1, random_state=2)
    for table in (by_order, by_code):
        given = survey.with_replicates(table, "JKn", rscales=made.rscales)
        assert "47 given JKn replicates" in repr(given)
        ours, theirs = (one.mean(["D2", "internet_home"], by="sex") for one in (given, jackknifed))
        np.testing.assert_allclose(ours["se"], theirs["se"], rtol=1e-12)
        assert (ours["df"] == made.df).all()


def test_given_replicates_may_be_columns_of_the_file(survey):
    made = jackknife(survey.design)
    other = copy(survey)
    weights = pd.DataFrame(made.replicates, columns=[f"rw{r}" for r in range(47)], index=survey.data.index)
    other.data = pd.concat([survey.data, weights], axis=1)
    for asked in ("rw*", [f"rw{r}" for r in range(47)]):
        given = given_maker(other, asked, "JKn", rscales=made.rscales)[0](survey.design)
        np.testing.assert_array_equal(given.replicates, made.replicates)


@pytest.mark.parametrize(
    ("columns", "kind", "options", "error", "words"),
    [
        ("rw*", "JK1", {}, UnknownName, "rw*"),
        (["weight", "sex"], "JK1", {}, BadWeight, "incomplete"),
        (["weight", "weight"], "JKK", {}, UnknownName, "JK1"),
        (["weight"], "JK1", {}, BadWeight, "two columns or more"),
        (pd.DataFrame({"a": [1.0], "b": [1.0]}), "JK1", {}, BadWeight, "1 rows"),
        (["weight", "a002"], "JKn", {}, BadWeight, "rscales"),
    ],
)
def test_replicates_that_cannot_be_given_are_refused(survey, columns, kind, options, error, words):
    with pytest.raises(error) as fault:
        survey.with_replicates(columns, kind, **options)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("trend", ["D2"]),
        ("calibrate", ["rake", {}]),
        ("replicated", ["jackknife"]),
        ("with_replicates", ["rw*", "JK1"]),
        ("within_districts", []),
    ],
)
def test_what_replicates_cannot_give_is_refused_in_words(jackknifed, name, arguments):
    with pytest.raises(BadDesign) as fault:
        getattr(jackknifed, name)(*arguments)
    assert name in fault.value.what


def test_mistyped_kind_and_a_design_without_halves_are_refused(survey):
    with pytest.raises(UnknownName) as fault:
        survey.replicated("jacknife")
    assert "jackknife" in fault.value.hint
    with pytest.raises(BadDesign):
        survey.replicated("brr")
