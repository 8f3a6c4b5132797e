from dataclasses import replace

import pytest

from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.value_checks import check_age, check_values
from tests.analysis.respondents.conftest import cells_of, raw_of


@pytest.fixture
def with_age(survey_round):
    return replace(survey_round, columns=replace(survey_round.columns, age="a2"))


@pytest.mark.parametrize("age", [121, -1, 1960])
def test_an_impossible_age_stops_once_with_its_address_and_not_its_value(table, with_age, codebook, age):
    table.loc[1, "a2"] = age
    rows = SurveyRows(table, with_age, raw_of(table))
    (found,) = [*check_age(rows), *(one for one in check_values(rows, codebook) if one.kind == "stop")]
    assert (found.code, found.row, found.column, found.value) == ("impossible_age", 2, "a2", "•••")
    assert str(age) not in found.what + found.got


def test_an_age_that_only_the_codebook_rules_out_is_named_as_that(table, with_age, codebook):
    table.loc[1, "a2"] = 12
    rows = SurveyRows(table, with_age, raw_of(table))
    assert list(check_age(rows)) == []
    assert [one.code for one in check_values(rows, codebook)] == ["unknown_code"]


def test_no_answer_is_no_age_and_without_a_column_nothing_is_checked(table, with_age, survey_round):
    assert list(check_age(SurveyRows(table, with_age))) == []  # 999 is "refused"
    assert list(check_age(SurveyRows(table.assign(a2=500), survey_round))) == []


def test_a_word_in_a_coded_column_is_named_by_its_cell_and_masked(table, survey_round, codebook):
    texts = table.astype("str").assign(q1=["1", "Lê Thị Bình", "1", "888"])
    rows = SurveyRows(texts, survey_round, cells_of(texts))
    (found,) = [one for one in check_values(rows, codebook) if one.kind == "stop"]
    assert (found.sheet, found.cell, found.value) == ("Phiếu", "J3", "•••")
    assert "Bình" not in found.what + found.vi + found.where + found.got


def test_decimal_commas_throughout_are_called_so(table, survey_round, codebook):
    texts = table.astype("str").assign(a2=["18,0", "34,5", "35", "40"])
    found = [one for one in check_values(SurveyRows(texts, survey_round), codebook) if one.kind == "stop"]
    assert 'decimal = "comma"' in found[0].expected
