from dataclasses import replace

import numpy as np
import pytest

from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.weight_checks import check_weights
from analysis.rounds.file_settings import CheckRules
from tests.analysis.respondents.conftest import raw_of


def found(table, survey_round, raw=None):
    return [(one.kind, one.code, one.row) for one in check_weights(SurveyRows(table, survey_round, raw))]


def test_good_weights_have_no_findings(table, survey_round):
    assert found(table, survey_round) == []


def test_equal_weights_are_a_note(table, survey_round):
    assert found(table.assign(w=2.5), survey_round) == [("note", "weights_equal", 0)]


def test_one_person_s_weight_is_not_called_equal(table, survey_round):
    assert found(table.head(1), survey_round) == []


def test_a_weight_far_above_the_median_is_a_note_with_its_row(table, survey_round):
    table["w"] = [1.0, 1.0, 1.0, 10.5]  # median 1, so 10.5 times
    assert found(table, survey_round, raw_of(table)) == [("note", "weight_extreme", 4)]
    (note,) = check_weights(SurveyRows(table, survey_round))
    assert "carry 77.8% of all weight" in note.what  # 10.5 / 13.5
    table["w"] = [1.0, 1.0, 1.0, 9.5]
    assert found(table, survey_round) == []


def test_how_far_is_declared_by_the_round(table, survey_round):
    table["w"] = [1.0, 1.0, 1.0, 3.0]
    assert found(table, replace(survey_round, checks=CheckRules(weight_ratio=2.0)))[0][1] == "weight_extreme"


@pytest.mark.parametrize("weights", [[0, 0, 0, 0], [1, -1, 2, -2]])
def test_weights_that_sum_to_nothing_stop(table, survey_round, weights):
    table["w"] = np.array(weights, dtype=float)
    assert {code for _, code, _ in found(table, survey_round)} == {"bad_weight"}


def test_a_bad_weight_has_its_address(table, survey_round):
    table.loc[2, "w"] = np.nan
    assert found(table, survey_round, raw_of(table)) == [("stop", "bad_weight", 3)]
