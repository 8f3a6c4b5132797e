import pandas as pd
import pytest

from analysis.errors import UnknownName
from training.gains.attempts import count_repeats, take_attempts

SCORES = pd.DataFrame(
    [
        ("K1", "a", "post", 2, 9),
        ("K1", "a", "post", 1, 4),
        ("K1", "b", "post", 2, 7),
        ("K2", "a", "post", 1, 5),
    ],
    columns=["class_id", "participant", "test", "attempt", "score"],
)


def test_the_first_attempt_is_taken_even_where_it_is_not_the_number_one():
    assert take_attempts(SCORES)["score"].tolist() == [4, 7, 5]


def test_the_last_attempt_is_there_for_the_asking():
    assert take_attempts(SCORES, "last")["score"].tolist() == [9, 7, 5]


def test_the_best_attempt_is_not_offered():
    with pytest.raises(UnknownName) as fault:
        take_attempts(SCORES, "best")
    assert "first" in fault.value.vi


def test_repeats_are_counted_by_person_and_class():
    assert count_repeats(SCORES) == 1
