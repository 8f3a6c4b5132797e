"""Names, labels and codes together decide how sure a match is."""

import pandas as pd
import pytest

from analysis.respondents.codebook import Codebook
from analysis.scaffold.matching import CERTAIN, match_variables
from tests.analysis.scaffold.tables import profiles

LABEL = "Ông/Bà có biết ai đang là Chủ tịch UBND xã/phường không?"
CODEBOOK = Codebook(
    "typed",
    pd.DataFrame(
        {"variable": ["d1"], "label_vi": [LABEL], "label_en": ["Who chairs?"], "code_set": ["yes_no"]}
    ),
    pd.DataFrame(
        {"code_set": "yes_no", "code": ["1", "2"], "label_vi": ["Có", "Không"], "label_en": ["Yes", "No"]}
    ),
)


def match(name, label="", codes=None, values=(1, 2, 888)):
    columns = profiles({name: list(values)}, {name: label} if label else {}, {name: codes} if codes else {})
    return match_variables(["d1"], CODEBOOK, columns, [888.0])["d1"]


def test_the_same_name_label_and_codes_are_certain():
    found = match("d1", LABEL, {1: "Có", 2: "Không", 888: "Không biết"})
    assert (found.column, found.score, found.codes) == ("d1", 1.0, {})


def test_the_same_name_without_labels_is_certain_and_says_so():
    found = match("D1")
    assert (found.column, found.score) == ("D1", CERTAIN)
    assert "no label" in found.why


def test_the_same_name_with_another_question_is_not_certain():
    found = match("d1", "Thu nhập bình quân tháng của gia đình")
    assert found.score < CERTAIN
    assert "another label" in found.why


def test_a_like_label_alone_is_never_certain():
    found = match("x7", LABEL)
    assert found.column == "x7"
    assert 0.5 < found.score < CERTAIN


def test_other_codes_with_the_same_labels_are_translated():
    found = match("d1", LABEL, {5: "Có", 6: "Không"}, values=(5, 6))
    assert (found.score, found.codes) == (1.0, {1.0: 5.0, 2.0: 6.0})


@pytest.mark.parametrize(("codes", "values"), [({1: "Không", 2: "Đôi khi"}, (1, 2)), (None, (1, 2, 3))])
def test_codes_that_mean_something_else_halve_the_score(codes, values):
    assert match("d1", LABEL, codes, values).score == 0.5


def test_a_variable_that_is_not_there_has_no_column():
    assert match("x7").column == ""


def test_two_columns_with_one_label_are_both_named():
    columns = profiles({"x7": [1, 2], "x8": [1, 2]}, {"x7": LABEL, "x8": LABEL})
    found = match_variables(["d1"], CODEBOOK, columns, [])["d1"]
    assert (found.column, found.others) == ("x7", ("x8",))
    assert found.score < CERTAIN
    assert "one label, choose: x7, x8" in found.why


def test_the_very_label_comes_before_one_that_is_like_it():
    columns = profiles({"x7": [1, 2], "x8": [1, 2]}, {"x7": f"{LABEL} (a)", "x8": LABEL})
    assert match_variables(["d1"], CODEBOOK, columns, [])["d1"].column == "x8"


def test_a_column_of_unread_words_is_never_certain():
    found = match("d1", LABEL, values=("Đồng ý", "Phản đối"))
    assert found.score < CERTAIN
    assert "chưa đọc thành mã" in found.why
