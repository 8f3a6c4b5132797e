from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.respondents.design_checks import check_design


def found(table, survey_round):
    return [(finding.kind, finding.code, finding.what) for finding in check_design(table, survey_round)]


def test_two_psus_in_each_stratum_are_enough(table, survey_round):
    assert found(table, survey_round) == []


def test_a_stratum_with_one_psu_stops_and_is_named(table, survey_round):
    table["psu"] = [101, 101, 201, 202]
    assert found(table, survey_round) == [
        ("stop", "lone_psu", "Strata with a single PSU: 1 (columns strata, psu).")
    ]


def test_another_policy_makes_a_lone_psu_a_note(table, policy):
    table["psu"] = [101, 101, 201, 202]
    assert [kind for kind, _, _ in found(table, policy("adjust"))] == ["note"]


def test_a_psu_in_two_strata_stops_and_is_named(table, survey_round):
    table["psu"] = [101, 102, 102, 202]
    what = "1 PSUs of psu lie in more than one stratum of strata: 102."
    assert found(table, survey_round) == [("stop", "bad_design", what)]


def test_a_blank_design_code_stops(table, survey_round):
    table.loc[0, "strata"] = np.nan
    kinds = found(table, survey_round)
    assert ("stop", "bad_design", "Design column strata is blank in 1 rows.") in kinds


def test_the_district_design_is_checked_too(table, survey_round):
    design = replace(survey_round.design, district_stratum="huyen", district_psu="xa")
    whats = [what for _, _, what in found(table, replace(survey_round, design=design))]
    assert whats == ["Strata with a single PSU: 1, 899 (columns huyen, xa)."]


def test_a_psu_in_two_strata_is_two_psus_where_codes_start_again(table, survey_round):
    table["psu"] = [1, 2, 1, 2]
    assert [code for _, code, _ in found(table, survey_round)] == ["bad_design"]
    assert found(table, declared(survey_round, nest=True)) == []


def declared(survey_round, **design):
    return replace(survey_round, design=replace(survey_round.design, **design))


@pytest.fixture
def staged(survey_round):
    """Two stages: PSUs of strata, villages of PSUs, with the population of each."""
    return declared(survey_round, psu=("psu", "thon"), population=("psus", "villages"))


@pytest.fixture
def stages(table):
    """Each PSU twice, with another village: two PSUs a stratum, two villages a PSU."""
    twice = pd.concat([table, table.assign(thon=["e", "f", "g", "h"])], ignore_index=True)
    return twice.assign(psus=9, villages=[3, 4, 5, 6, 3, 4, 5, 6])


def test_stages_that_can_carry_a_standard_error_have_no_findings(stages, staged):
    assert found(stages, staged) == []


def test_a_blank_code_of_a_later_stage_stops(stages, staged):
    stages.loc[0, "thon"] = None
    assert ("stop", "bad_design", "Design column thon is blank in 1 rows.") in found(stages, staged)


def test_a_psu_with_one_village_out_of_several_stops_and_is_named(stages, staged):
    stages.loc[4, "thon"] = "a"
    what = "Strata with a single PSU: 1 / 101 (columns psu, thon)."
    assert found(stages, staged) == [("stop", "lone_psu", what)]


def test_a_psu_with_one_village_is_no_matter_where_psus_are_drawn_with_replacement(stages, staged):
    stages.loc[4, "thon"] = "a"
    assert found(stages, declared(staged, population=())) == []


def test_the_only_unit_there_is_is_not_a_lone_one(stages, staged):
    stages.loc[4, "thon"] = "a"
    stages.loc[[0, 4], "villages"] = 1
    assert found(stages, staged) == []


@pytest.mark.parametrize(
    ("row", "column", "value", "what"),
    [
        (0, "villages", None, "Population counts of villages are missing or not a number: strata 1 / 101."),
        (0, "villages", "ba", "Population counts of villages are missing or not a number: strata 1 / 101."),
        (0, "villages", 7, "Population counts of villages are not one number in strata 1 / 101."),
        (0, "psus", 8, "Population counts of psus are not one number in strata 1."),
        (slice(None), "psus", 1, "Population counts of psus are below the units sampled in strata 1, 2."),
    ],
)
def test_populations_that_cannot_be_stop_and_their_strata_are_named(stages, staged, row, column, value, what):
    stages[column] = stages[column].astype(object)
    stages.loc[row, column] = value
    assert ("stop", "bad_design", what) in found(stages, staged)


def test_a_sample_without_strata_is_one_stratum_and_noted(table, survey_round):
    table["psu"] = [101, 102, 102, 202]
    assert [(kind, code) for kind, code, _ in found(table, declared(survey_round, stratum=""))] == [
        ("note", "one_stratum")
    ]
    table["psu"] = 101
    assert [(kind, code) for kind, code, _ in found(table, declared(survey_round, stratum=""))] == [
        ("note", "one_stratum"), ("stop", "lone_psu"),
    ]  # fmt: skip
