import pandas as pd
import pytest

from training.gains.pairs import check_scores, pair_scores

COLUMNS = ["class_id", "participant", "test", "attempt", "score", "maximum"]


def scores(*rows):
    return pd.DataFrame(rows, columns=COLUMNS).astype({"score": float, "maximum": float})


def test_only_people_with_both_tests_are_paired_and_by_class():
    table = scores(
        ("K1", "a", "pre", 1, 8, 20), ("K1", "a", "post", 1, 15, 20), ("K1", "b", "pre", 1, 4, 20),
        ("K1", "c", "post", 1, 19, 20), ("K2", "a", "post", 1, 3, 10),
    )  # fmt: skip
    pairs = pair_scores(table)
    assert pairs.to_dict("records") == [{"class_id": "K1", "participant": "a", "before": 4.0, "after": 7.5}]


def test_tests_of_different_length_meet_on_the_ten_point_scale():
    pairs = pair_scores(scores(("K", "a", "pre", 1, 7, 20), ("K", "a", "post", 1, 5.5, 10)))
    assert pairs.loc[0, ["before", "after"]].tolist() == [3.5, 5.5]


def test_a_missing_mark_is_no_test():
    pairs = pair_scores(scores(("K", "a", "pre", 1, 7, 20), ("K", "a", "post", 1, float("nan"), 20)))
    assert pairs.empty


def test_a_later_attempt_stands_in_for_nothing():
    table = scores(("K", "a", "pre", 1, 4, 10), ("K", "a", "post", 1, 5, 10), ("K", "a", "post", 2, 9, 10))
    assert pair_scores(table)["after"].tolist() == [5.0]


def test_the_order_of_rows_does_not_matter():
    table = scores(
        *[
            ("K", p, t, 1, i, 10)
            for i, (p, t) in enumerate([("b", "post"), ("a", "pre"), ("b", "pre"), ("a", "post")])
        ]
    )
    pd.testing.assert_frame_equal(pair_scores(table), pair_scores(table.iloc[::-1]))


@pytest.mark.parametrize(
    ("bad", "code"),
    [(("K", "z", "pre", 1, 11, 10), "score_range"), (("K", "z", "pre", 1, -1, 10), "score_range"),
     (("K", "z", "pre", 1, 0, 0), "score_maximum"), (("K", "a", "pre", 1, 5, 10), "score_twice")],
)  # fmt: skip
def test_a_planted_bad_score_is_found(bad, code):
    found = check_scores(scores(("K", "a", "pre", 1, 4, 10), bad))
    assert code in found["code"].tolist()
    assert (found["kind"] == "stop").all()


def test_repeated_attempts_are_noted_and_good_scores_are_not():
    good = scores(("K", "a", "pre", 1, 4, 10), ("K", "a", "post", 1, 10, 10))
    assert check_scores(good).empty
    later = pd.concat([good, scores(("K", "a", "post", 2, 10, 10))])
    assert check_scores(later)[["kind", "code"]].values.tolist() == [["note", "repeated_attempt"]]
