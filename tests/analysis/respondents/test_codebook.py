from dataclasses import replace

import pandas as pd
import pytest

from analysis.respondents.codebook import LABEL_LENGTH, check_codebook, read_codebook


def test_the_committed_codebook_has_no_findings():
    assert check_codebook(read_codebook("papi")).empty


def test_the_committed_codebook_labels_everything_in_two_languages():
    variables = read_codebook("papi").variables
    assert (variables["label_en"] != "").all()
    assert variables["label_vi"].str.len().max() <= LABEL_LENGTH


def test_no_ordinary_code_of_the_committed_codebook_is_a_no_answer_code():
    sets = read_codebook("papi").code_sets
    no_answer = set(sets.pop("no_answer"))
    assert no_answer == {888, 999, -999999}
    assert all(not no_answer & set(codes) for codes in sets.values())


def test_meanings_are_read_from_the_rows(codebook):
    assert codebook.with_role("person", "question") == ["a1", "a2", "q1", "q2"]
    assert codebook.labels("a1") == {1: "Nam", 2: "Nữ"}
    assert codebook.labels("a1", "en") == {1: "Male", 2: "Female"}
    assert codebook.labels("a2") == {}
    assert codebook.limits("a2") == (18, 110)
    assert codebook.limits("q1") == (float("-inf"), float("inf"))
    assert codebook.asked_if("q1") is None
    assert codebook.asked_if("q2") == ("q1", (1.0,))
    assert "q2" in codebook and "q3" not in codebook


def test_a_skip_rule_may_name_several_codes(codebook):
    codebook.variables.loc[5, "asked_if"] = "q1=1 2"
    assert codebook.asked_if("q2") == ("q1", (1.0, 2.0))


@pytest.mark.parametrize(
    ("row", "column", "value", "fault"),
    [
        (4, "variable", "a1", "a variable is there twice"),
        (4, "role", "guess", "unknown role"),
        (4, "type", "date", "unknown type"),
        (4, "status", "maybe", "unknown status"),
        (4, "label_vi", "x" * (LABEL_LENGTH + 1), "label_vi"),
        (4, "code_set", "colours", "code_set"),
        (4, "code_set", "", "code_set"),
        (3, "high", "12", "low and high"),
        (3, "low", "many", "low and high"),
        (5, "asked_if", "q1 is 1", "asked_if"),
        (5, "asked_if", "q9=1", "asked_if names no variable"),
        (5, "asked_if", "q1=7", "asked_if names unknown codes"),
    ],
)
def test_a_wrong_variable_row_is_found_where_it_stands(codebook, row, column, value, fault):
    codebook.variables.loc[row, column] = value
    found = check_codebook(codebook)
    assert any(f"variables.csv, row {row + 2}: {fault}" in what for what in found["what"])
    assert set(found["kind"]) == {"stop"}


def test_a_code_with_two_labels_is_found(codebook):
    twice = pd.concat([codebook.codes, codebook.codes.tail(1)], ignore_index=True)
    found = check_codebook(replace(codebook, codes=twice))
    assert found["what"].tolist() == ["data/codebook/tiny/codes.csv, row 6: a code has two labels."]


def test_a_code_that_is_no_number_is_found(codebook):
    codebook.codes.loc[0, "code"] = "one"
    assert "a code is not a number" in check_codebook(codebook)["what"].iloc[0]
