"""Means, shares and comparisons for analysts are the packs' own numbers."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, BadRows, UnknownName
from analysis.estimates import quality
from analysis.estimates.design import build_design
from analysis.estimates.estimators import mean as estimated_mean
from analysis.estimates.estimators import ratio, total
from analysis.explore.levels import COLUMNS
from analysis.explore.survey import Survey


def as_round(survey, **changes):
    """The same survey with other settings."""
    sample = replace(survey.sample, survey_round=replace(survey.survey_round, **changes))
    return Survey(sample, survey._respondents)


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
    narrow = survey.compare("D2", "sex", "female", "male", level=0.5).iloc[0]
    assert narrow["ci_high"] - narrow["ci_low"] < ours["ci_high"] - ours["ci_low"]


def test_within_districts_a_district_is_its_villages(survey, papi_survey):
    inside = survey.within_districts()
    assert "districts by their own villages" in repr(inside)
    ours = inside.mean("a002", by="district").set_index("group")
    for code in ours.index[:3]:
        district = survey.data[survey.data["district"] == code]
        village = district["commune"] + "/" + district["village"]
        design = build_design(["one"] * len(district), village, district["weight"])
        theirs = estimated_mean(district["a002"].astype(float).reset_index(drop=True), design)
        assert ours.at[code, "se"] == pytest.approx(theirs.se[0], rel=1e-10)
        assert ours.at[code, "df"] == village.nunique() - 1
    pd.testing.assert_frame_equal(inside.mean("D2", by="sex"), survey.mean("D2", by="sex"))
    same = papi_survey.within_districts().mean("D2", by="district")  # its own design of districts is this one
    pd.testing.assert_frame_equal(same, papi_survey.mean("D2", by="district"))
    assert inside.compare("D2", "district", "899")["note"].iloc[0] == "surveyed_districts_only"


def test_within_districts_comes_before_calibration(survey, calibrated):
    with pytest.raises(BadDesign, match="round's weights"):
        calibrated.within_districts()
    half = survey.design.weight.sum() / 2
    both = survey.within_districts().calibrate("poststratify", {"sex": {"male": half, "female": half}})
    assert both.mean("D2", by="district")["df"].max() > survey.mean("D2", by="district")["df"].max()


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
    by = survey.share(["residence", "age_group"], by="sex", withhold=False)
    variable = by["measure"].str.partition("=")[0]
    assert by.groupby([variable, "group"])["estimate"].sum().tolist() == pytest.approx([1] * 4)


def every_question(survey, **more):
    """The same groups asked of every kind of level."""
    return {
        "mean": survey.mean(["D2", "internet_home"], **more),
        "share": survey.share(["residence", "a005"], **more),
        "total": survey.total(["internet_home", "a002"], **more),
        "ratio": survey.ratio(["internet_home", "a002"], "a002", **more),
        "quantile": survey.quantile(["a002", "internet_home"], [0.3, 0.6], **more),
    }


def test_every_question_takes_many_measures_by_many_groups_and_gives_the_same_columns(survey):
    for name, table in every_question(survey, by=["sex", "residence"], domain="age_group != '55+'").items():
        assert list(table.columns) == COLUMNS, name
        assert set(table["group_kind"]) == {"sex × residence"}
        groups = ["male × urban", "male × rural", "female × urban", "female × rural"]
        assert list(dict.fromkeys(table["group"])) == groups
        assert table["measure"].nunique() >= 2 and table["n_psu"].gt(0).all()
        empty = table[["estimate", "se", "ci_low", "ci_high"]].isna()
        assert (empty.all(axis=1) == empty.any(axis=1)).all(), name
        assert (empty.all(axis=1) == ~table["quality"].isin(quality.SHOWN)).all(), name
        assert (table["n_effective"].dropna() <= table.loc[table["n_effective"].notna(), "n"]).all(), name


def test_every_question_by_district_stands_on_the_districts_design_and_withholds(survey, papi_survey):
    for name, table in every_question(papi_survey, by="district").items():
        assert (table["n_psu"] > 1).all(), (
            name
        )  # villages, where the province's design has one PSU a district
    shares = survey.share("residence", by="district")
    shown = shares[shares["quality"].isin(quality.SHOWN)]
    assert (shares["quality"] == "suppressed").any()
    assert ((shown["ci_low"] >= 0) & (shown["ci_high"] <= 1)).all()


def test_crossed_groups_are_the_domains_of_both(survey):
    ours = survey.mean("D2", by=["sex", "residence"]).set_index("group")
    only = survey.mean("D2", domain="sex == 'female' and residence == 'urban'").iloc[0]
    assert ours.at["female × urban", "se"] == pytest.approx(only["se"], rel=1e-12)
    gap = survey.compare("D2", ["sex", "residence"], ("female", "urban"), ("male", "rural")).iloc[0]
    assert (gap["a"], gap["b"]) == ("female × urban", "male × rural")
    assert gap["estimate"] == pytest.approx(
        ours.at["female × urban", "estimate"] - ours.at["male × rural", "estimate"]
    )


def test_totals_and_ratios_by_group_are_the_estimators_own(survey):
    y, x = survey.data["internet_home"], survey.data["a002"].astype(float)
    totals, ratios = survey.total("internet_home", by="sex"), survey.ratio("internet_home", "a002", by="sex")
    for at, label in enumerate(("male", "female")):
        inside = (survey.data["sex"] == label).to_numpy()
        theirs = total(y, survey.design, inside)
        assert totals.loc[at, ["estimate", "se", "deff"]].tolist() == pytest.approx(
            [theirs.estimate[0], theirs.se[0], theirs.deff[0]]
        )
        theirs = ratio(y, x, survey.design, inside)
        assert ratios.loc[at, ["estimate", "se"]].tolist() == pytest.approx(
            [theirs.estimate[0], theirs.se[0]]
        )


def test_interval_level_and_degrees_of_freedom_as_asked(survey):
    own = survey.share("residence").iloc[0]
    wilson = survey.share("residence", interval="wilson", level=0.8).iloc[0]
    assert (own["level"], wilson["level"]) == (0.95, 0.8)
    assert wilson["ci_high"] - wilson["ci_low"] < own["ci_high"] - own["ci_low"]
    plain = survey.mean("internet_home", interval="t").iloc[0]
    assert plain["ci_high"] - plain["estimate"] == pytest.approx(plain["estimate"] - plain["ci_low"])
    kept, r = (survey.mean("civic_leaders", by="sex", df=df)["df"].tolist() for df in ("nonmissing", "r"))
    assert all(a <= b for a, b in zip(kept, r, strict=True))
    replacement, without = (survey.mean("D2", deff=d)["deff"].iloc[0] for d in ("replacement", "without"))
    assert without > replacement


def test_a_total_of_nobody_is_no_number(survey):
    row = survey.total("internet_home", domain="sex == 'nobody'", withhold=False).iloc[0]
    assert row["quality"] == "not_estimated" and np.isnan(row["estimate"])


def test_few_people_are_never_told_whatever_n_suppress_says(survey):
    rules = replace(survey.survey_round.quality, n_suppress=0, n_confidential=30)
    lax = as_round(survey, quality=rules)
    table = lax.mean("a002", by=["district", "sex", "age_group"])
    few = table["n"] < 30
    assert few.any() and (table.loc[few & (table["n"] > 0), "quality"] == "suppressed").all()


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


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda s: s.mean([]), UnknownName, "No measure"),
        (lambda s: s.share([]), UnknownName, "No variable"),
        (lambda s: s.compare([], "sex", "male"), UnknownName, "No measure"),
        (lambda s: s.mean([["D2"]]), UnknownName, "not list"),
        (lambda s: s.mean(5), UnknownName, "not int"),
        (lambda s: s.mean("D2", level="high"), UnknownName, "0.95"),
        (lambda s: s.mean("D2", by=["sex", 3]), UnknownName, "not int"),
        (lambda s: s.mean("sex"), UnknownName, "holds words"),
        (lambda s: s.total("D2"), UnknownName, "nobody has alone"),
        (lambda s: s.ratio("sex", "a002"), UnknownName, "holds words"),
        (lambda s: s.ratio(["a002", "internet_home", "a005"], ["a002", "a005"]), BadRows, "1 or 3"),
        (lambda s: s.share("residnce"), UnknownName, "residence"),
        (lambda s: s.share("D2"), UnknownName, "no column"),
        (lambda s: s.mean("D2", by=["sex", "residnce"]), UnknownName, "residence"),
        (lambda s: s.mean("D2", interval="wlson"), UnknownName, "wilson"),
        (lambda s: s.mean("D2", level=95), UnknownName, "0.95"),
        (lambda s: s.mean("D2", df="stata"), UnknownName, "nonmissing"),
        (lambda s: s.compare("D2", "sex", "female", "female"), BadDesign, "itself"),
        (lambda s: s.compare("D2", "sex", "femal"), UnknownName, "female"),
        (lambda s: s.mean("D2", domain=np.ones(3, dtype=bool)), BadDesign, "true or false"),
    ],
)
def test_a_slip_is_refused_in_words_with_the_nearest_name(survey, ask, error, words):
    with pytest.raises(error) as fault:
        ask(survey)
    assert words in str(fault.value)
