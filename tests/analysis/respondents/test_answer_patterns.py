from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.respondents.answer_patterns import LEAST_ANSWERS, check_patterns
from analysis.respondents.survey_rows import SurveyRows
from tests.analysis.respondents.conftest import raw_of

QUESTIONS = [f"b{at}" for at in range(1, 13)]


@pytest.fixture
def long(codebook):
    """The codebook with twelve yes-no questions more, six of them one battery."""
    row = codebook.variables.iloc[-1].to_dict() | {"asked_if": ""}
    more = [row | {"variable": name, "battery": "b" if name in QUESTIONS[:6] else ""} for name in QUESTIONS]
    variables = pd.concat([codebook.variables, pd.DataFrame(more)], ignore_index=True).fillna("")
    return replace(codebook, variables=variables)


@pytest.fixture
def answers(table):
    """Four people who differ in every pair of answers."""
    pattern = np.array([[1, 2, 1, 2], [1, 1, 2, 2], [1, 2, 2, 1]])
    return table.assign(**{name: pattern[at % 3] for at, name in enumerate(QUESTIONS)})


def found(table, survey_round, codebook):
    rows = SurveyRows(table, survey_round, raw_of(table))
    return [(one.code, one.rows, one.column) for one in check_patterns(rows, codebook)]


def test_answers_that_differ_have_no_findings(answers, survey_round, long):
    assert len(QUESTIONS) + 4 > LEAST_ANSWERS
    assert found(answers.assign(b1=[2, 2, 2, 1]), survey_round, long) == []


def test_rows_with_every_answer_the_same_are_both_named(answers, survey_round, long):
    same = ["a1", "a2", "q1", "q2", *QUESTIONS]
    answers.loc[2, same] = answers.loc[1, same]
    codes = [one for one in found(answers, survey_round, long) if one[0] == "duplicate_row"]
    assert codes == [("duplicate_row", "2-3", "")]


def test_in_a_short_questionnaire_people_may_agree(table, survey_round, codebook):
    table.loc[3, ["a1", "a2", "q1", "q2"]] = table.loc[2, ["a1", "a2", "q1", "q2"]]
    assert "duplicate_row" not in {code for code, _, _ in found(table, survey_round, codebook)}


def test_rows_of_no_answers_are_no_duplicates(answers, survey_round, long):
    answers[["a1", "a2", "q1", "q2", *QUESTIONS]] = 999
    assert "duplicate_row" not in {code for code, _, _ in found(answers, survey_round, long)}


def test_a_column_without_an_answer_and_one_without_variation_are_named(answers, survey_round, long):
    answers = answers.assign(b7=np.nan, b8=-999999, b9=2, b1=[2, 2, 2, 1])
    assert found(answers, survey_round, long) == [
        ("no_answers", "", "b7"),
        ("no_answers", "", "b8"),
        ("constant_column", "", "b9"),
    ]


def test_one_code_throughout_a_battery_is_counted(answers, survey_round, long):
    answers.loc[1, QUESTIONS[:6]] = 2
    answers.loc[2, QUESTIONS[:6]] = [2, 2, 2, 2, 2, 888]  # five answers: too few
    notes = list(check_patterns(SurveyRows(answers, survey_round, raw_of(answers)), long))
    (note,) = [one for one in notes if one.code == "straight_lining"]
    assert note.what.startswith("2 of 3 people")  # the first person answers 1 throughout
    assert note.where.endswith("columns b1 … b6, dòng/row 1, 2")
