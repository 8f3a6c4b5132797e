import numpy as np
import pandas as pd
import pytest

from analysis.respondents.checks import check_respondents, needed_columns
from tests.analysis.respondents.conftest import COMMUNES, DISTRICTS


@pytest.fixture
def check(table, survey_round, codebook):
    return lambda: check_respondents(table, survey_round, codebook, DISTRICTS, COMMUNES)


def test_a_good_file_has_no_findings(check):
    assert check().empty


def test_nothing_is_changed(check, table):
    before = table.copy(deep=True)
    check()
    pd.testing.assert_frame_equal(table, before)


def test_every_column_the_round_declares_is_needed_once(survey_round):
    assert list(needed_columns(survey_round)) == [
        "id",
        "huyen",
        "xa",
        "thon",
        "w",
        "strata",
        "psu",
        "a1",
        "a2",
    ]


def test_a_missing_column_is_the_only_thing_reported(check, table):
    table["w"] = 0
    table["PSU"] = table.pop("psu")
    found = check()
    assert found["code"].tolist() == ["missing_column"]
    assert found["expected"].iloc[0] == "psu (setting design.psu)"
    assert found["got"].iloc[0] == "PSU, in other letters"


@pytest.mark.parametrize(
    ("weight", "fault"),
    [(0, "zero"), (-1, "negative"), (np.nan, "missing"), (np.inf, "infinite"), ("nhiều", "not a number")],
)
def test_a_weight_that_cannot_weigh_stops(check, table, weight, fault):
    table["w"] = table["w"].astype(object)
    table.loc[2, "w"] = weight
    found = check()
    assert found["code"].tolist() == ["bad_weight"]
    assert found["what"].iloc[0] == f"The weight is {fault} for 1 respondents."
    assert "respondents 13" in found["where"].iloc[0]


def test_a_minus_infinite_weight_is_negative(check, table):
    table.loc[2, "w"] = -np.inf
    assert check()["what"].tolist() == ["The weight is negative for 1 respondents."]


def test_a_respondent_twice_stops(check, table):
    table.loc[3, "id"] = 11
    found = check()
    assert found["code"].tolist() == ["duplicate_respondent"]
    assert found["got"].iloc[0] == "2 rows share 1 codes: 11"


def test_a_respondent_without_a_code_stops(check, table):
    table.loc[3, "id"] = np.nan
    assert check()["got"].tolist() == ["1 rows have none"]


def test_a_district_that_is_not_in_places_stops(check, table):
    table["huyen"] = [1, 1, 901, np.nan]
    found = check()
    assert found["code"].tolist() == ["unknown_place_code"] * 2
    assert found["got"].tolist() == ["901 in 1 rows", "(blank) in 1 rows"]


def test_a_commune_that_is_not_in_places_stops(check, table):
    table.loc[0, "xa"] = 99999
    assert check()["what"].tolist() == ["There is no commune with code 99999."]


def test_a_commune_in_another_district_stops(check, table):
    table.loc[0, "xa"] = 30730
    found = check()
    assert found["what"].tolist() == ["Commune 30730 does not lie in district 001."]
    assert found["expected"].iloc[0] == "district 899 for commune 30730"


def test_communes_go_unchecked_without_a_list(table, survey_round, codebook):
    table["xa"] = 1
    assert check_respondents(table, survey_round, codebook, DISTRICTS, {}).empty


def test_a_code_that_is_not_in_the_codebook_stops(check, table):
    table.loc[[0, 2], "q1"] = 7
    found = check()
    stops = found[found["kind"] == "stop"]
    assert stops["what"].tolist() == ["Variable q1 has code 7, which the codebook does not have."]
    assert stops["got"].tolist() == ["code 7 in 2 rows"]


def test_words_where_a_number_should_be_stop(check, table):
    table["q1"] = ["1", "2", "Có", "888"]
    stops = check().query("kind == 'stop'")
    assert stops["got"].tolist() == ["words where a number should be in 1 rows"]


def test_a_number_out_of_range_stops_without_showing_it(check, table):
    table.loc[1, "a2"] = 17
    found = check()
    assert found["code"].tolist() == ["unknown_code"]
    assert found["got"].tolist() == ["numbers out of range in 1 rows"]
    assert "17" not in "".join(found.iloc[0][["what", "where", "got"]])


def test_no_answer_codes_are_never_out_of_range(check, table):
    table["a2"] = [888, 999, 40, 41]
    assert check().empty


def test_an_answer_that_was_not_to_be_asked_is_a_note(check, table):
    table.loc[1, "q2"] = 1
    found = check()
    assert found["kind"].tolist() == ["note"]
    assert found["what"].tolist() == ["1 respondents answered q2 though q1 says they were not to be asked."]


def test_a_question_absent_from_the_file_is_a_note(check, table):
    del table["q2"]
    found = check()
    assert found["kind"].tolist() == ["note"]
    assert found["got"].tolist() == ["without q2"]


def test_text_files_are_checked_as_numbers(table, survey_round, codebook):
    whole = table.columns.drop(["w", "thon"])
    texts = table.astype(dict.fromkeys(whole, int)).astype(str)
    texts["huyen"] = ["001", "001", "899", "899"]
    texts["xa"] = ["00123", "00123", "30730", "30730"]
    assert check_respondents(texts, survey_round, codebook, DISTRICTS, COMMUNES).empty
