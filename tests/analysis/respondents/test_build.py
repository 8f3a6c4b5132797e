from dataclasses import replace

import numpy as np
import pytest

from analysis import errors
from analysis.respondents.build import build_respondents
from analysis.respondents.microdata import Microdata
from analysis.rounds import CalibrationSettings
from tests.analysis.respondents.conftest import COMMUNES, DISTRICTS


@pytest.fixture
def build(table, survey_round, codebook):
    def build(settings=survey_round):
        return build_respondents(Microdata(table), settings, codebook, DISTRICTS, COMMUNES)

    return build


def test_one_row_a_respondent_under_our_own_names(build):
    respondents = build()
    assert list(respondents.columns) == [
        "respondent", "weight", "stratum", "psu", "district_stratum", "district_psu",
        "district", "commune", "village", "sex", "age_group", "a1", "a2", "q1", "q2",
    ]  # fmt: skip
    assert respondents["respondent"].tolist() == ["11", "12", "13", "14"]
    assert respondents["weight"].tolist() == [1.5, 2.0, 1.0, 0.5]
    assert respondents["stratum"].tolist() == ["1", "1", "2", "2"]
    assert respondents["psu"].tolist() == ["101", "102", "201", "202"]


def test_place_codes_are_text_with_the_zeros_a_number_lost(build):
    respondents = build()
    assert respondents["district"].tolist() == ["001", "001", "899", "899"]
    assert respondents["commune"].tolist() == ["00123", "00123", "30730", "30730"]


def test_no_answer_codes_stay_as_stored(build):
    respondents = build()
    assert respondents["q1"].tolist() == [1, 2, 1, 888]
    assert respondents["q2"].tolist() == [2, -999999, 999, -999999]


def test_groups_hold_labels_and_leave_no_answers_blank(build):
    respondents = build()
    assert respondents["sex"].tolist() == ["male", "female", "female", "male"]
    assert respondents["age_group"].tolist()[:3] == ["18-34", "18-34", "35+"]
    assert respondents["age_group"].isna().tolist() == [False, False, False, True]


def test_the_district_design_is_the_provinces_unless_declared(build, survey_round):
    respondents = build()
    assert respondents["district_psu"].tolist() == respondents["psu"].tolist()
    design = replace(survey_round.design, district_stratum="huyen", district_psu="thon")
    respondents = build(replace(survey_round, design=design))
    assert respondents["district_stratum"].tolist() == ["1", "1", "899", "899"]
    assert respondents["district_psu"].tolist() == ["a", "b", "c", "d"]


def test_a_round_without_a_commune_column_has_blank_communes(build, survey_round):
    columns = replace(survey_round.columns, commune="", village="")
    respondents = build(replace(survey_round, columns=columns))
    assert respondents[["commune", "village"]].isna().all(axis=None)


FAULTS = {
    "missing_column": (lambda table: table.pop("psu"), errors.MissingColumn),
    "weight": (lambda table: table.__setitem__("w", [0, -1, 1, 1]), errors.BadWeight),
    "duplicate": (lambda table: table.__setitem__("id", [1, 1, 2, 3]), errors.DuplicateRespondent),
    "district": (lambda table: table.__setitem__("huyen", [1, 1, 899, 901]), errors.UnknownPlaceCode),
    "code": (lambda table: table.__setitem__("q1", [1, 2, 1, 3]), errors.UnknownCode),
    "two strata": (lambda table: table.__setitem__("psu", [1, 2, 2, 3]), errors.BadDesign),
    "lone psu": (lambda table: table.__setitem__("psu", [1, 1, 2, 3]), errors.LonePsu),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_kind_of_fault_has_an_error_class_of_its_own(build, table, fault):
    plant, expected = FAULTS[fault]
    plant(table)
    with pytest.raises(expected) as caught:
        build()
    assert type(caught.value) is expected
    assert caught.value.vi and caught.value.where and caught.value.expected and caught.value.hint


def test_all_stop_findings_of_the_kind_are_listed(build, table):
    table["w"] = [0, -1, np.nan, 1]
    with pytest.raises(errors.BadWeight) as caught:
        build()
    assert caught.value.what == (
        "The weight is missing for 1 respondents. The weight is zero for 1 respondents. "
        "The weight is negative for 1 respondents."
    )


def test_later_stages_and_margins_are_built_under_our_names(table, survey_round, codebook):
    table["psus"], table["where"] = [9.0, 9.0, 4.0, 4.0], [1, 2, 2, 1]
    design = replace(survey_round.design, psu=("psu", "thon"), population=("psus",), lone_psu="adjust")
    totals = {"sex": {"male": 40.0, "female": 60.0}, "where": {"1": 30.0, "2": 70.0}}
    calibration = CalibrationSettings("rake", "typed", totals)
    one = replace(survey_round, design=design, calibration=calibration)
    built = build_respondents(Microdata(table), one, codebook, DISTRICTS, COMMUNES)
    assert built["psu"].tolist() == ["101", "102", "201", "202"]
    assert built["psu_2"].tolist() == ["a", "b", "c", "d"]
    assert built["population"].tolist() == [9.0, 9.0, 4.0, 4.0]
    assert built["margin_where"].tolist() == ["1", "2", "2", "1"]
    assert "margin_sex" not in built
