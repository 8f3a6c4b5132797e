import pytest

from analysis.intake.file_checks.code_checks import check_codes, say_no_answers
from analysis.intake.schemas.column_values import column_values
from tests.analysis.intake.raw_tables import raw_of


def found(values, labels=None, **fields):
    raw = raw_of({"q": values}, value_labels={"q": labels} if labels else {}, **fields)
    column = column_values(raw, "q")
    said = [*check_codes(raw, column), *say_no_answers(raw, [column])]
    return {
        code: ", ".join(one.got for one in said if one.code == code) for code in {one.code for one in said}
    }


@pytest.mark.parametrize(
    ("values", "proposed"),
    [
        ([1, 2, 3, 4, 888, 999, 999], "888 (1), 999 (2)"),
        ([18, 45, 70, -999999], "-999999 (1)"),
        ([1, 2, 5, 99, 88], "88 (1), 99 (1)"),
        ([1, 2, 3, 4, 9], "9 (1)"),
        ([0, 3.5, 8.5, 9, 7, -1], "-1 (1)"),
    ],
)
def test_numbers_far_from_the_others_are_proposed_as_no_answer(values, proposed):
    assert found(values) == {"proposed_missing_code": proposed}


@pytest.mark.parametrize(
    "values", [[18, 45, 80, 88, 99], [1, 2, 3, 7, 8, 9, 10], [-5, -1, 3, 4], [999, 999], ["a", "b"], [None]]
)
def test_numbers_among_the_others_are_not(values):
    assert found(values) == {}


def test_what_the_file_marks_as_missing_is_not_proposed_again():
    assert found([1, 2, 3, 888, 999], missing_ranges={"q": [(888.0, 888.0), (990.0, 999.0)]}) == {}


def test_codes_without_a_label_are_found_in_a_labelled_variable():
    assert found([1, 2, 1, 2, 3, 3, 1], {1.0: "có", 2.0: "không"}) == {"unlabelled_code": "3"}


def test_a_scale_whose_ends_alone_are_labelled_is_left_alone():
    assert found([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], {1.0: "kém", 10.0: "tốt"}) == {}


def test_a_tagged_missing_value_has_a_label_of_its_own():
    assert found([1, 2, 2, 1], {1.0: "có", 2.0: "không", ".a": "không biết"}) == {}


def test_a_number_in_many_columns_is_one_note():
    raw = raw_of({f"q{at}": [1, 2, 3, 888] for at in range(30)})
    (note,) = say_no_answers(raw, [column_values(raw, name) for name in raw.columns])
    assert note.got == "888 (30)" and "30 ô ở 30 cột: q0 (1), q1 (1)" in note.vi
    assert (note.column, note.rows) == ("", "")
