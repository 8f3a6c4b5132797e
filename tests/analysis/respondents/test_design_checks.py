from dataclasses import replace

import numpy as np

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
