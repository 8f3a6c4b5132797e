from dataclasses import replace

import numpy as np
import pytest

from analysis.errors import BadWeight
from analysis.findings import stop_on
from analysis.respondents.checks import check_respondents
from analysis.respondents.margins import check_margins, margin_cells
from analysis.respondents.needed import needed_columns
from analysis.rounds import CalibrationSettings
from tests.analysis.respondents.conftest import COMMUNES, DISTRICTS


@pytest.fixture
def calibrated(survey_round):
    """The tiny round raked to a group and to a variable of the file."""
    totals = {"sex": {"male": 40.0, "female": 60.0}, "where": {"1": 30.0, "2": 70.0}}
    return replace(survey_round, calibration=CalibrationSettings("rake", "typed", totals))


@pytest.fixture
def file(table):
    return table.assign(where=[1.0, 2.0, 2.0, 1.0])


def test_cells_are_labels_of_groups_and_codes_of_variables(file, calibrated):
    assert margin_cells(file, calibrated, "sex").tolist() == ["male", "female", "female", "male"]
    assert margin_cells(file, calibrated, "where").tolist() == ["1", "2", "2", "1"]


def test_rows_that_all_have_a_total_have_no_findings(file, calibrated):
    assert list(check_margins(file, calibrated)) == []


def test_a_round_without_totals_has_nothing_to_check(file, survey_round):
    assert list(check_margins(file, survey_round)) == []


def test_the_margins_columns_are_needed(calibrated):
    needed = needed_columns(calibrated)
    assert needed["where"] == "calibration.margins.where"
    assert needed["a1"] == "groups.sex"


def test_a_row_without_a_cell_stops_and_names_the_respondent(file, calibrated):
    file.loc[2, "where"] = np.nan
    (finding,) = check_margins(file, calibrated)
    assert (finding.kind, finding.code) == ("stop", "bad_weight")
    assert finding.what == "1 rows have no population total in margin where."
    assert "respondents 13" in finding.where
    assert finding.got == "1 of 4 rows without"


def test_a_no_answer_in_a_groups_variable_stops_too(file, calibrated):
    file.loc[2, "a1"] = 999
    (finding,) = check_margins(file, calibrated)
    assert finding.what == "1 rows have no population total in margin sex."


def test_a_code_without_a_total_is_named_without_the_people_who_gave_it(file, calibrated):
    file.loc[2, "where"] = 7
    (finding,) = check_margins(file, calibrated)
    assert finding.got == "1 of 4 rows without; codes without a total: 7"
    assert "respondents" not in finding.where


def test_a_total_that_nobody_is_in_stops(file, calibrated):
    file["where"] = 1
    whats = [finding.what for finding in check_margins(file, calibrated)]
    assert whats == ["Nobody in the file is in 2 of margin where."]


def test_words_in_a_groups_variable_are_left_to_the_check_of_groups(file, calibrated, codebook):
    file["a1"] = "nam"
    found = check_respondents(file, calibrated, codebook, DISTRICTS, COMMUNES)
    assert "bad_weight" not in set(found["code"])
    assert (found["kind"] == "stop").any()


def test_the_build_stops_on_it_as_a_fault_of_weights(file, calibrated, codebook):
    file.loc[2, "where"] = np.nan
    found = check_respondents(file, calibrated, codebook, DISTRICTS, COMMUNES)
    with pytest.raises(BadWeight, match="no population total") as caught:
        stop_on(found)
    assert "Không hiệu chỉnh được trọng số theo where" in caught.value.vi
