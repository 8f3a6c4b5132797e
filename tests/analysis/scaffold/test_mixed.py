"""Numbers with words for no answer are numbers with codes for no answer."""

from analysis.scaffold.mixed import read_mixed
from analysis.scaffold.no_answer import find_no_answers
from tests.analysis.scaffold.tables import profiles

COLUMNS = profiles(
    {
        "gio": ["3", "Không biết", "7", "Từ chối trả lời", None],
        "khac": ["3", "nhiều", "7", "Không biết", None],
        "chu": ["Không biết", "Có", "Không", "Có", None],
    }
)


def test_words_for_no_answer_become_their_codes():
    made, words = read_mixed(COLUMNS, [], [])
    assert words["gio"].codes == {"Không biết": 888.0, "Từ chối trả lời": 999.0}
    assert words["gio"].answers == {}
    assert (made["gio"].is_numeric, made["gio"].values) == (True, {3.0: 1, 7.0: 1, 888.0: 1, 999.0: 1})
    assert made["gio"].filled == 4
    seen = {one.code: (one.kind, one.cells) for one in find_no_answers(made, [])}
    assert seen == {888.0: ("dont_know", 1), 999.0: ("refused", 1)}


def test_a_column_with_another_word_or_without_a_number_stays():
    made, words = read_mixed(COLUMNS, [], [])
    assert words.keys() == {"gio"}
    assert made["khac"] is COLUMNS["khac"]
    assert made["chu"] is COLUMNS["chu"]


def test_columns_of_places_and_persons_are_not_read():
    assert read_mixed(COLUMNS, ["gio"], [])[1] == {}
    assert read_mixed(COLUMNS, [], ["gio"])[1] == {}
