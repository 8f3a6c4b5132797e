"""Words become codes where everybody knows them, or where the person asks for it."""

import pandas as pd
import pytest

from analysis.errors import UnknownName
from analysis.respondents.codebook import Codebook
from analysis.scaffold.no_answer import find_no_answers
from analysis.scaffold.words import word_columns, words_seen
from tests.analysis.scaffold.tables import profiles

COLUMNS = profiles(
    {
        "gioi": ["Nam", "nữ", "NỮ", "Nam"],
        "co": ["Có", "Không", "Không biết", "Có"],
        "muc": ["Tốt", "Kém", "tốt ", "Khá"],
        "so": [1, 2, 3, 4],
        "ho_ten": ["Nam", "Nữ", "Nam", "Nữ"],
        "xa": ["Yes", "No", "Yes", "No"],
    }
)


def words(*asked, columns=COLUMNS):
    return word_columns(columns, ["xa"], ["ho_ten"], asked)


def test_sexes_and_yes_and_no_are_read_without_asking():
    found = words()
    assert found["gioi"].codes == {"Nam": 1.0, "NỮ": 2.0, "nữ": 2.0}
    assert found["co"].codes == {"Có": 1.0, "Không": 2.0, "Không biết": 888.0}
    assert found["co"].answers == {1.0: "Có", 2.0: "Không"}
    assert found.keys() == {"gioi", "co"}


def test_other_words_are_read_when_asked_in_the_order_of_the_alphabet():
    assert words("muc")["muc"].codes == {"Kém": 1.0, "Khá": 2.0, "Tốt": 3.0, "tốt": 3.0}


def test_all_takes_columns_of_few_words_and_never_personal_ones():
    found = words("all")
    assert found.keys() == {"gioi", "co", "muc"}


def test_nam_as_a_region_does_not_share_a_code():
    """Male and urban would both be 1 here: then the codes are the alphabet's."""
    mixed = profiles({"v": ["Nam", "thành thị", "Nam"]})
    assert words(columns=mixed)["v"].codes == {"Nam": 1.0, "thành thị": 2.0}


@pytest.mark.parametrize(
    ("name", "why"),
    [("absent", "no such column"), ("so", "numbers"), ("ho_ten", "personal"), ("dai", "different texts")],
)
def test_a_column_that_cannot_be_read_is_refused_with_the_reason(name, why):
    columns = COLUMNS | profiles({"dai": [f"câu trả lời {at}" for at in range(61)]})
    with pytest.raises(UnknownName, match=why):
        words(name, columns=columns)


def test_words_of_no_answer_are_counted_with_the_codes_of_numbers():
    numbers = profiles({"q": [1, 2, 888, 888]})
    seen = words_seen(words(), COLUMNS | numbers, find_no_answers(numbers, []))
    (one,) = [each for each in seen if each.code == 888.0]
    assert (one.cells, one.kinds) == (3, {"dont_know": 1})
    assert set(one.columns) == {"q", "co"}


BOOK = Codebook(
    "typed",
    pd.DataFrame({"variable": ["muc"], "code_set": ["muc"], "role": ["question"], "type": ["code"]}),
    pd.DataFrame(
        {
            "code_set": "muc",
            "code": ["5", "4", "1"],
            "label_vi": ["Tốt", "Khá", "Kém"],
            "label_en": ["Good", "Fair", "Bad"],
        }
    ),
)


def test_labels_of_the_codebook_are_read_by_its_codes():
    found = word_columns(COLUMNS, ["xa"], ["ho_ten"], [], BOOK)
    assert found["muc"].codes == {"Kém": 1.0, "Khá": 4.0, "Tốt": 5.0, "tốt": 5.0}


def test_one_word_that_is_no_label_leaves_the_column_alone():
    columns = profiles({"MUC": ["Tốt", "Tạm"], "muc2": ["Tốt", "Khá"]})
    assert word_columns(columns, [], [], [], BOOK) == {}
