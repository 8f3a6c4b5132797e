"""Codes that look like no answer are counted where they look so, and doubts are said."""

from analysis.scaffold.no_answer import find_no_answers
from tests.analysis.scaffold.tables import profiles


def found(columns, value_labels=None, leave_out=(), **more):
    seen = find_no_answers(profiles(columns, value_labels=value_labels, **more), leave_out)
    return {one.code: one for one in seen}


def test_labels_give_the_kind_and_cells_are_counted():
    seen = found({"q": [1, 2, 8, 8]}, {"q": {1: "Có", 2: "Không", 8: "Không biết"}})
    assert (seen[8.0].kind, seen[8.0].cells, seen[8.0].columns) == ("dont_know", 2, ["q"])


def test_a_usual_code_far_above_the_answers_is_proposed():
    assert found({"q": [1, 2, 3, 888, 999, -999999]}).keys() == {888.0, 999.0, -999999.0}


def test_an_age_of_88_among_ages_is_an_answer():
    assert found({"age": [20, 45, 70, 88]}) == {}


def test_a_labelled_answer_is_never_proposed():
    assert found({"q": [1, 2, 99]}, {"q": {1: "a", 2: "b", 99: "Khác"}}) == {}


def test_a_number_that_is_an_answer_elsewhere_says_where():
    seen = found({"q": [1, 2, 9, 1], "age": [9, 30, 40, 50]}, {"q": {1: "Yes", 2: "No", 9: "Refused"}})
    assert (seen[9.0].kind, seen[9.0].answers) == ("refused", ["age"])


def test_two_labels_of_different_kinds_leave_the_kind_open():
    labels = {"a": {1: "x", 9: "Không biết"}, "b": {1: "x", 9: "Từ chối trả lời"}}
    assert found({"a": [1, 9], "b": [1, 9]}, labels)[9.0].kind == ""


def test_statas_tags_and_spss_ranges_are_seen():
    seen = found(
        {"a": [1.0, None], "b": [1.0, 97.0]}, tagged={"a": {1: ".a"}}, missing_ranges={"b": [(97.0, 99.0)]}
    )
    assert (seen[".a"].cells, seen[97.0].cells) == (1, 1)


def test_codes_of_places_and_weights_are_not_looked_at():
    assert found({"huyen": [1, 2, 888]}, leave_out=["huyen"]) == {}
