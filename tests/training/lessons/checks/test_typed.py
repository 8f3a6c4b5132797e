import numpy as np
import pandas as pd
import pytest

from training.lessons.checks.typed import (
    is_empty,
    is_table,
    read_codes,
    read_letters,
    read_number,
    read_pairs,
    read_rank,
)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (39.52, 39.52), ("39,52", 39.52), ("39.52 điểm", 39.52), ("59,7%", 59.7), ("−0,92", -0.92), ((39, 52), 39.52),
        ("1.504,5", 1504.5), (np.float64(2), 2.0), (pd.DataFrame([[3.5]]), 3.5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_officials_write_them(answer, value):
    assert read_number(answer).value == value


@pytest.mark.parametrize("answer", ["", "nhiều", True, float("nan"), [1, 2], None, "1,2,3"])
def test_what_is_no_number_is_none(answer):
    assert read_number(answer) is None


def test_thousands_are_told_from_decimals_where_a_whole_number_is_wanted():
    assert read_number("1.504", whole=True).value == 1504
    assert read_number("1.504").value == 1.504


def test_ranks_letters_codes_and_pairs():
    assert read_rank("hạng 57 trên 60") == (57, 60)
    assert read_rank(57) == (57, None)
    assert read_rank("cao") is None
    assert read_letters("đáp án B", "ABCD") == ["B"]
    assert read_letters("E", "ABCD") == []
    assert read_codes("D6 và d7") == ["D6", "D7"]
    assert read_codes(4.5) is None
    assert read_pairs({"Dấu sao": ["A"], "b": ""}) == {"dau sao": "a"}
    assert read_pairs("A") is None


@pytest.mark.parametrize("answer", [None, ..., "", "...", "?", [], {}, {"A": "?", "B": ""}])
def test_nothing_answered_is_empty(answer):
    assert is_empty(answer)


def test_zero_is_an_answer_and_a_table_is_none():
    assert not is_empty(0)
    assert is_table(pd.Series([1, 2])) and not is_table(pd.Series([1]))
