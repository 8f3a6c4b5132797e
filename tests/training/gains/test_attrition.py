import numpy as np
import pandas as pd
import pytest

from training.gains.attrition import compare_leavers, first_scores, gain_bound, welch_difference

SCORES = pd.DataFrame(
    [("K", "a", "pre", 1, 4.0, 10.0), ("K", "a", "post", 1, 7.0, 10.0), ("K", "b", "pre", 1, 6.0, 10.0),
     ("K", "b", "post", 1, 7.0, 10.0), ("K", "c", "pre", 1, 2.0, 10.0), ("K", "d", "post", 1, 9.0, 10.0)],
    columns=["class_id", "participant", "test", "attempt", "score", "maximum"],
)  # fmt: skip


def test_everybody_with_a_first_test_began_and_nobody_else():
    began = first_scores(SCORES)
    assert began["participant"].tolist() == ["a", "b", "c"]
    assert began["after"].isna().tolist() == [False, False, True]


def test_leavers_stand_beside_completers():
    rows = compare_leavers(first_scores(SCORES)).set_index("statistic")
    assert (rows.at["left", "estimate"], rows.at["left", "n"]) == (pytest.approx(1 / 3), 3)
    assert rows.at["stayed_before", "estimate"] == 5.0
    assert rows.at["left_before", "state"] == "one_person"
    assert rows.at["left_difference", "state"] == "one_person"


def test_the_bound_gives_leavers_no_gain():
    bound = gain_bound(first_scores(SCORES))
    assert (bound.estimate, bound.n) == (pytest.approx((3 + 1 + 0) / 3), 3)


def test_means_of_different_people_are_never_subtracted():
    """d came for the second test alone: with them in it the change would be 4.7, without 2.0."""
    from training.gains import measure_change, pair_scores

    assert measure_change(pair_scores(SCORES)).set_index("statistic").at["change", "estimate"] == 2.0


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ([], [1, 2], "nobody"),
        ([1], [1, 2], "one_person"),
        ([3, 3], [3, 3], "no_spread"),
        ([3, 3], [3, 4], ""),
    ],
)
def test_a_difference_of_few_people_has_a_state(first, second, state):
    assert welch_difference("d", np.array(first, float), np.array(second, float)).state == state


def test_nobody_began():
    rows = compare_leavers(first_scores(SCORES.iloc[:0]))
    assert rows["state"].tolist() == ["nobody"] * 4
    assert gain_bound(first_scores(SCORES.iloc[:0])).state == "nobody"
