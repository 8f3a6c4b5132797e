"""Of a file of several provinces a round takes one: the person's, the usual one with a question, or none."""

import pytest

from analysis.errors import UnknownName
from analysis.scaffold.province import choose_province, rows_of
from tests.analysis.scaffold.tables import profiles

MANY = profiles({"tinh": [91, 92, 91, 1], "q": [1, 2, 3, 4]})


def choose(columns=MANY, wanted="", usual=()):
    return choose_province(columns.get("tinh"), wanted, usual)


@pytest.mark.parametrize("wanted", ["91", "Kiên Giang", "tinh kien giang"])
def test_a_province_that_is_named_is_taken_without_a_question(wanted):
    found = choose(wanted=wanted)
    assert (found.code, found.rows.tolist(), found.decide) == ("91", [True, False, True, False], None)
    assert found.reason.en == "2 of 4 rows are of Kiên Giang (code 91); the file has 3 provinces"


def test_the_usual_province_is_taken_and_asked_about():
    found = choose(usual=["33", "92"])
    assert (found.code, found.rows.sum()) == ("92", 1)
    assert "--again --province" in found.decide.en


def test_no_usual_province_is_a_decision_and_takes_every_row():
    found = choose(usual=["33"])
    assert (found.code, found.rows) == ("", None)
    assert "Kiên Giang (2)" in found.decide.vi


def test_one_province_needs_nothing():
    found = choose(profiles({"tinh": [91, 91]}), usual=["92"])
    assert (found.rows, found.reason, found.decide) == (None, None, None)
    assert choose_province(None, "", ["91"]).rows is None


@pytest.mark.parametrize("wanted", ["93", "Hậu Giang", "nowhere"])
def test_a_province_that_the_file_does_not_have_is_refused_with_those_it_has(wanted):
    with pytest.raises(UnknownName, match=wanted) as refused:
        choose(wanted=wanted)
    assert "Kiên Giang (2)" in refused.value.vi


@pytest.mark.parametrize("wanted", ["89", "An Giang"])
def test_without_a_column_of_provinces_the_person_says_which_all_rows_are_of(wanted):
    found = choose_province(None, wanted, [])
    assert (found.code, found.rows, found.decide) == ("89", None, None)


def test_without_a_column_of_provinces_a_name_of_none_is_refused():
    with pytest.raises(UnknownName, match="no column of provinces") as refused:
        choose_province(None, "nowhere", [])
    assert "no column" not in refused.value.vi


def test_profiles_are_those_of_the_chosen_rows():
    kept = rows_of(MANY, choose(wanted="91").rows)
    assert kept["q"].values == {1.0: 1, 3.0: 1}
    assert kept["q"].texts.tolist() == ["1", "3"]
