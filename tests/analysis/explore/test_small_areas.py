"""Small-area estimates of a survey with many districts: the model's own, labelled, nothing withheld shown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign
from analysis.estimates.district_pool import pool_districts
from analysis.estimates.small_area import TooFewAreas, fit_fay_herriot
from analysis.explore.small_areas import small_area_table


@pytest.fixture(scope="module")
def many(survey):
    """The example with its 47 communes as districts and its villages as communes."""
    people = survey.sample.indicators
    moved = people.assign(district=people["commune"], commune=people["village"])
    return replace(survey.sample, indicators=moved)


@pytest.fixture(scope="module")
def covariates(many):
    people = many.indicators
    urban = (people["residence"] == "urban").groupby(people["district"]).mean()
    return pd.DataFrame({"urban": urban.astype(float)})


def test_table_is_the_model_on_direct_estimates_and_pooled_variances(survey, many, covariates):
    table = small_area_table(many, "poverty_list_published", covariates, "", 0.95).set_index("place")
    people, y = many.indicators, many.indicators["poverty_list_published"]
    weight = people["weight"].where(y.notna())
    direct = (y * weight).groupby(people["district"]).sum() / weight.groupby(people["district"]).sum()
    pool = pool_districts(many, list(covariates.index))[0]
    psi = pool.variance[:, many.names.index("poverty_list_published")]
    x = np.column_stack([np.ones(len(covariates)), covariates["urban"]])
    fit = fit_fay_herriot(direct.loc[covariates.index].to_numpy(), psi, x)
    np.testing.assert_allclose(table["estimate"], fit.estimate, rtol=1e-9)
    np.testing.assert_allclose(table["se"], np.sqrt(fit.mse), rtol=1e-9)


def test_every_row_says_that_it_is_a_model_s(many, covariates):
    table = small_area_table(many, "poverty_list_published", covariates, "", 0.95)
    assert (table["source"] == "model_based").all()
    assert (table["measure"] == "poverty_list_published").all()


def test_district_with_too_few_answers_counts_as_not_sampled(many, covariates):
    people = many.indicators.copy()
    first = covariates.index[0]
    few = people.index[people["district"] == first][10:]
    people.loc[few, "poverty_list_published"] = np.nan
    thin = replace(many, indicators=people)
    row = small_area_table(thin, "poverty_list_published", covariates, "", 0.95).iloc[0]
    assert row["n"] <= 10
    assert np.isnan(row["direct"])
    assert row["gamma"] == 0
    assert "synthetic" in row["note"]


def test_benchmarked_districts_add_up_to_the_survey_s_own_estimate(survey, many, covariates):
    table = small_area_table(many, "poverty_list_published", covariates, "difference", 0.95)
    weight = many.indicators.groupby("district")["weight"].sum().loc[table["place"]].to_numpy()
    whole = survey.mean("poverty_list_published")["estimate"].iloc[0]
    assert table["estimate"] @ weight / weight.sum() == pytest.approx(whole)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda x: x.iloc[1:], "no row of covariates"),
        (lambda x: pd.concat([x, x.iloc[:1]]), "twice"),
        (lambda x: x.assign(name="a"), "not numbers"),
        (lambda x: x.assign(urban=np.nan), "gaps"),
    ],
)
def test_covariates_that_cannot_be_used_are_refused(many, covariates, change, words):
    with pytest.raises(BadDesign) as fault:
        small_area_table(many, "poverty_list_published", change(covariates), "", 0.95)
    assert words in fault.value.what


def test_few_districts_are_refused(survey):
    areas = survey.labels_of("district")
    with pytest.raises(TooFewAreas):
        small_area_table(survey.sample, "D2", pd.DataFrame({"x": range(len(areas))}, index=areas), "", 0.95)
