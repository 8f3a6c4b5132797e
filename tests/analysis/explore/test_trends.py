"""Levels round by round and the changes between them: the packs' own, refused where not comparable."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, UnknownName
from analysis.explore.survey import Survey
from analysis.explore.trends import TREND_COLUMNS, not_comparable, trend_table

NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "p_value", "n", "n_psu"]


def as_round(survey, **settings):
    """The same people as another round."""
    sample = replace(survey.sample, survey_round=replace(survey.survey_round, **settings))
    return Survey(sample, survey._respondents)


@pytest.mark.parametrize("measure", ["D2", "S2.2", "poverty_list_published"])
def test_a_change_of_the_province_is_the_packs_own(survey, example_results, measure):
    ours = survey.trend(measure).query("statistic == 'change'").iloc[0]
    packs = example_results.query(
        "statistic == 'change' and place == '91' and group_kind == 'all' and measure == @measure"
    ).iloc[0]
    pd.testing.assert_series_equal(
        ours[NUMBERS].astype(float), packs[NUMBERS].astype(float), check_names=False
    )
    assert (ours["compared_with"], ours["quality"]) == ("example-2020", packs["quality"])


def test_a_change_of_a_district_is_the_packs_direct_one(survey, example_results):
    ours = survey.trend("D2", by="district").query("statistic == 'change' and group == '899'").iloc[0]
    packs = example_results.query("statistic == 'change_direct' and place == '899' and measure == 'D2'").iloc[
        0
    ]
    assert (ours["estimate"], ours["se"]) == pytest.approx((packs["estimate"], packs["se"]), rel=1e-12)


def test_each_round_has_its_row_of_level_then_the_change(survey):
    table = survey.trend(["PAPI", "D2"], by="sex")
    assert list(table.columns) == TREND_COLUMNS
    assert table["measure"].tolist() == ["PAPI"] * 6 + ["D2"] * 6
    assert table["group"].tolist() == (["male"] * 3 + ["female"] * 3) * 2
    assert table["statistic"].tolist() == ["score", "score", "change"] * 4
    assert table["year"].tolist() == [2020, 2021, 2021] * 4
    before = survey.previous.mean("D2", by="sex")["estimate"]
    assert table["estimate"].iloc[[6, 9]].tolist() == before.tolist()
    assert table["estimate"].iloc[8] == pytest.approx(table["estimate"].iloc[7] - table["estimate"].iloc[6])


def test_change_counts_the_communes_both_rounds_visited(survey):
    level = survey.trend("D2")["se"].to_numpy(dtype=float)
    assert level[2] != pytest.approx(np.hypot(level[0], level[1]), rel=1e-3)


def test_declared_break_gives_levels_and_no_change_and_says_which(survey):
    table = survey.trend("D5")
    level, change = table[table["statistic"] == "score"], table[table["statistic"] == "change"].iloc[0]
    assert level["estimate"].notna().all()
    assert change["quality"] == "not_estimated"
    assert change[["estimate", "se", "p_value", "n"]].isna().all()
    assert change["note"].startswith("not comparable: D5 2021: Ba nội dung thành phần thay vì bốn")
    assert "Three sub-dimensions instead of four" in change["note"]


def test_a_whole_with_a_broken_part_names_the_part(survey):
    note = survey.trend("PAPI")["note"].iloc[-1]
    assert note.startswith("not comparable: S3.2 2021: ")


def test_rounds_are_followed_back_along_the_chain(survey):
    earliest = as_round(survey.previous, survey_round="example-2019", year=2019)
    table = trend_table([survey, survey.previous, earliest], ["D2"], None, None, True)
    assert table["year"].tolist() == [2019, 2020, 2020, 2021, 2021]
    assert table["statistic"].tolist() == ["score", "score", "change", "score", "change"]
    assert table["quality"].iloc[2] == "not_estimated"  # the same people twice: 0 ± 0 is no finding
    assert np.isnan(table["estimate"].iloc[2])
    assert table["compared_with"].tolist() == ["", "", "example-2019", "", "example-2020"]


def test_measure_that_a_round_does_not_have_is_said_to_be_absent(survey):
    before = as_round(survey.previous)
    before._respondents = before._respondents.drop(columns="d202")
    table = trend_table([survey, before], ["d202"], None, None, True)
    assert table["note"].tolist()[0] == "not in this round"
    assert table["note"].tolist()[-1] == (
        "not comparable: một trong hai vòng không có số đo này / one of the two rounds does not have it"
    )
    assert table["estimate"].notna().tolist() == [False, True, False]


def test_groups_cut_another_way_and_other_codebooks_are_not_compared(survey):
    ages = next(g for g in survey.survey_round.groups if g.name == "age_group")
    other = replace(ages, bands={"18-34": (18, 30), "35-54": (31, 54), "55+": (55, 120)})
    groups = tuple(other if g.name == "age_group" else g for g in survey.survey_round.groups)
    before = as_round(survey.previous, groups=groups)
    assert not_comparable("D2", survey, before, "sex") == ""
    assert "age_group" in not_comparable("D2", survey, before, "age_group")
    assert not_comparable("d202", survey, survey.previous) == ""
    foreign = as_round(survey.previous, codebook="another")
    assert "codebooks" in not_comparable("d202", survey, foreign)
    assert not_comparable("D2", survey, foreign) == ""


def test_definition_that_differs_without_a_declared_break_is_not_compared(survey):
    framework = survey.previous.sample.framework
    rows = framework.indicators.copy()
    rows.loc[rows["indicator"] == "poverty_list_published", "dont_know"] = "another rule"
    before = as_round(survey.previous)
    before.sample = replace(before.sample, framework=replace(framework, indicators=rows))
    assert not_comparable("poverty_list_published", survey, before).endswith(
        "parts differ between the two rounds"
    )


def test_group_that_the_round_before_did_not_visit_is_not_sampled(survey):
    before = as_round(survey.previous)
    people = before.sample.indicators.assign(
        district=before.sample.indicators["district"].replace("899", "905")
    )
    before.sample = replace(before.sample, indicators=people)
    table = trend_table([survey, before], ["D2"], "district", None, True).query("group == '899'")
    change = table[table["statistic"] == "change"].iloc[0]
    assert change["quality"] == "not_sampled"
    assert pd.isna(change["estimate"])


def test_calibrated_round_is_compared_with_the_round_before_as_it_stands(survey, calibrated):
    table, plain = calibrated.trend("D2"), survey.trend("D2")
    assert table["estimate"].iloc[0] == plain["estimate"].iloc[0]
    levels = table["estimate"].to_numpy(dtype=float)
    assert levels[1] != plain["estimate"].iloc[1]
    assert levels[2] == pytest.approx(levels[1] - levels[0])
    assert table["se"].iloc[2] == pytest.approx(plain["se"].iloc[2], rel=0.02)


def test_round_without_one_before_it_is_refused(papi_survey):
    with pytest.raises(BadDesign) as fault:
        papi_survey.trend("D2")
    assert "previous" in fault.value.hint + fault.value.got


def test_mistyped_measure_gives_the_nearest(survey):
    with pytest.raises(UnknownName) as fault:
        survey.trend("povrty_list_published")
    assert "poverty_list_published" in fault.value.hint
