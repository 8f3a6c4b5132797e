from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.respondents.checks import check_respondents
from analysis.respondents.needed import needed_columns
from analysis.rounds import Group
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


def test_a_weight_is_to_be_asked_for_not_made_up(check, table):
    table.loc[2, "w"] = 0
    assert check()["vi"].tolist() == [
        "Trọng số bằng 0 ở 1 người trả lời. Hãy hỏi đơn vị lập trọng số; không tự điền số."
    ]


def test_a_weight_with_a_decimal_comma_is_called_so(check, table):
    table["w"] = ["1,5", " -0,5", "1.0", "nhiều"]
    found = check()
    assert found["got"].tolist() == [
        "written with a decimal comma in 2 of 4 rows",
        "not a number in 1 of 4 rows",
    ]
    assert "dấu chấm thập phân" in found["vi"].iloc[0]
    assert "respondents 11, 12" in found["where"].iloc[0]
    assert "không tự điền số" in found["vi"].iloc[1]


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
    assert stops["what"].tolist() == ["Variable q1 has code 7, which the codebook does not have (2 rows)."]
    assert stops["got"].tolist() == ["code 7 in 2 rows"]


def test_words_where_a_number_should_be_stop(check, table):
    table["q1"] = ["1", "2", "Có", "888"]
    stops = check().query("kind == 'stop'")
    assert stops["got"].tolist() == ["words in 1 rows"]


def test_a_number_out_of_range_stops_without_showing_it(check, table):
    table.loc[1, "a2"] = 17
    found = check()
    assert found["code"].tolist() == ["unknown_code"]
    assert found["got"].tolist() == ["numbers out of range in 1 rows"]
    assert "có số nằm ngoài khoảng từ 18 đến 110" in found["vi"].item()
    assert "outside 18 to 110" in found["what"].item() and "variables.csv" in found["hint"].item()
    assert "17" not in "".join(found.iloc[0][["what", "where", "got"]])


def test_no_answer_codes_are_never_out_of_range(check, table):
    table["a2"] = [888, 999, 20, 41]
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


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("q1", 7, "unknown_code"), ("a2", 17, "unknown_code"), ("huyen", 901, "unknown_place_code"),
     ("xa", 99999, "unknown_place_code"), ("xa", 30730, "unknown_place_code")],
)  # fmt: skip
def test_a_bad_code_names_the_respondents_not_their_answers(check, table, column, value, code):
    table.loc[0, column] = value
    found = check().query("kind == 'stop'")
    assert found["code"].tolist() == [code]
    assert found["where"].iloc[0].endswith(", respondents 11")


def test_at_most_five_respondents_are_named(table, survey_round, codebook):
    many = pd.concat([table] * 3, ignore_index=True)
    many["id"] = range(1, 13)
    many["q1"] = 7
    found = check_respondents(many, survey_round, codebook, DISTRICTS, COMMUNES).query("kind == 'stop'")
    assert found["where"].iloc[0].endswith("respondents 1, 2, 3, 4, 5, … (+7)")


def test_a_group_variable_of_words_stops(table, survey_round, codebook):
    table["khu"] = ["phường", "xã", "1", None]
    groups = (Group("residence", "khu", codes={"urban": (1,)}),)
    found = check_respondents(table, replace(survey_round, groups=groups), codebook, DISTRICTS, COMMUNES)
    assert found["code"].tolist() == ["unknown_code"]
    assert found["where"].iloc[0].endswith("column khu, respondents 11, 12")


def test_a_group_variable_of_words_that_the_codebook_checks_is_named_once(check, table):
    table["a1"] = ["1", "2", "Nữ", "1"]
    assert check()["got"].tolist() == ["words in 1 rows"]


def test_a_group_that_nobody_belongs_to_stops_and_is_named(check, table):
    table["a1"] = 1
    found = check().query("kind == 'stop'")
    assert found["code"].tolist() == ["empty_group"]
    assert found["what"].tolist() == ["Nobody belongs to female of group sex."]
    assert found["got"].tolist() == ["female [2]"]
    assert "[groups.sex]" in found["where"].iloc[0]


def test_an_empty_band_is_named_too(check, table):
    table["a2"] = [40, 41, 42, 999]
    assert check()["got"].tolist() == ["18-34 [18, 34]"]


def test_text_files_are_checked_as_numbers(table, survey_round, codebook):
    whole = table.columns.drop(["w", "thon"])
    texts = table.astype(dict.fromkeys(whole, int)).astype(str)
    texts["huyen"] = ["001", "001", "899", "899"]
    texts["xa"] = ["00123", "00123", "30730", "30730"]
    assert check_respondents(texts, survey_round, codebook, DISTRICTS, COMMUNES).empty
