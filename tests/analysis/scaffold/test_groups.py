"""Breakdowns are written whole where codes are known, and else ask in words a person understands."""

import tomllib

from analysis.scaffold.groups import group_lines
from analysis.scaffold.words import word_columns
from tests.analysis.scaffold.tables import profiles

BANDS = {"18-29": (18.0, 29.0)}


def lines(columns, labels=None, words=None, **roles):
    roles = {"sex": "", "residence": "", "age": ""} | roles
    return group_lines(profiles(columns, value_labels=labels), roles, None, BANDS, words or {})


def test_labels_in_either_language_give_the_codes():
    for labels in ({1: "Nam", 2: "Nữ"}, {1: "Male", 2: "Female"}):
        text = "\n".join(lines({"s": [1, 2]}, {"s": labels}, sex="s"))
        assert tomllib.loads(text)["groups"]["sex"] == {
            "variable": "s",
            "codes": {"male": [1], "female": [2]},
        }
        assert "# decide" not in text


def test_codes_without_labels_are_asked_about_in_vietnamese_and_english():
    asked = next(line for line in lines({"s": [1, 2]}, sex="s") if line.startswith("# decide"))
    vi, en = asked.split(" / ")
    assert "mã nào là nam và nữ? tệp có: 1, 2; hoặc xóa cả mục này" in vi
    assert en == "which codes are male and female? the file has: 1, 2; or delete this section"


def test_words_that_were_not_read_say_how_they_can_be():
    asked = next(line for line in lines({"s": ["M", "F"]}, sex="s") if line.startswith("# decide"))
    assert "chạy lại với --again --words s để đọc thành mã" in asked


def test_words_that_are_read_give_their_codes():
    words = word_columns(profiles({"s": ["nữ", "Nam"]}), [], [], [])
    text = "\n".join(lines({"s": ["nữ", "Nam"]}, words=words, sex="s"))
    assert tomllib.loads(text)["groups"]["sex"]["codes"] == {"male": [1], "female": [2]}


def test_age_gets_the_bands_and_what_is_not_there_is_said():
    text = lines({"tuổi": [20, 30]}, age="tuổi")
    assert tomllib.loads("\n".join(text))["groups"] == {
        "age_group": {"variable": "tuổi", "bands": {"18-29": [18, 29]}}
    }
    assert "# no column was recognised for sex / không nhận ra cột cho sex" in text


def test_kinh_and_all_others_are_two_groups_without_those_who_did_not_say():
    labels = {"a5": {1: "Kinh", 2: "Khmer", 3: "Hoa", 888: "Không biết"}}
    text = "\n".join(lines({"a5": [1, 2, 3, 888]}, labels, ethnicity="a5"))
    assert tomllib.loads(text)["groups"]["ethnicity"]["codes"] == {"kinh": [1], "other": [2, 3]}


def test_a_code_with_two_spellings_of_a_label_is_whole():
    text = "\n".join(lines({"s": [1, 2, 3]}, {"s": {1: "Nam", 2: "Nữ", 3: "nữ"}}, sex="s"))
    assert tomllib.loads(text)["groups"]["sex"]["codes"] == {"male": [1], "female": [2, 3]}
