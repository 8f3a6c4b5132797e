"""Follow-up and what may be claimed: the window, pairs never mixed with others, the smallest attainable p."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign
from analysis.estimates.results import arrange
from training.transfer import (
    attainable_p,
    compare_responders,
    compare_sources,
    coverage_beside,
    effect_of_training,
    follow_up_means,
    in_window,
    judge_design,
    sign_flip_p,
)


def answers(*rows):
    columns = ["class_id", "participant", "months", "source", "indicator", "score"]
    return pd.DataFrame([("K", *row) for row in rows], columns=columns).astype(
        {"months": "Int64", "score": "Int64"}
    )


def test_only_three_to_six_months_after_count(thresholds):
    table = answers(
        *[(f"p{m}", m, "learner", "used", 7) for m in (1, 2, 3, 6, 7)], ("none", pd.NA, "learner", "used", 7)
    )
    assert in_window(table, thresholds)["participant"].tolist() == ["p3", "p6"]


BOTH = answers(
    ("a", 4, "learner", "used", 9), ("b", 4, "learner", "used", 5), ("c", 4, "learner", "used", 10),
    ("a", 4, "manager", "used", 7), ("b", 4, "manager", "used", 6), ("d", 4, "manager", "used", 1),
)  # fmt: skip


def test_means_are_by_source_and_say_that_they_are_self_report(thresholds):
    rows = follow_up_means(BOTH, thresholds).set_index(["source", "statistic"])
    assert rows.at[("learner", "mean"), "estimate"] == 8.0
    assert rows.at[("learner", "top_two"), "estimate"] == pytest.approx(2 / 3)
    assert set(rows["note"]) == {"self_report"}


def test_managers_are_compared_with_learners_over_the_same_people_alone():
    row = compare_sources(BOTH).iloc[0]
    assert (row["estimate"], row["n"], row["note"]) == (-0.5, 2, "paired;self_report")


def test_only_where_nobody_has_both_are_different_people_compared():
    apart = pd.concat([BOTH[BOTH["source"] == "learner"], BOTH[BOTH["source"] == "manager"].assign(
        participant=["x", "y", "z"])])  # fmt: skip
    row = compare_sources(apart).iloc[0]
    assert row["note"] == "unpaired;self_report"
    assert row["estimate"] == pytest.approx(14 / 3 - 8)


def test_who_answered_twice_counts_once():
    twice = pd.concat([BOTH, answers(("a", 5, "manager", "used", 9))])
    assert compare_sources(twice).iloc[0]["estimate"] == pytest.approx(((8 - 9) + (6 - 5)) / 2)


def test_those_who_answered_stand_beside_those_who_did_not():
    people = pd.DataFrame({"class_id": "K", "participant": list("abcde")})
    scores = pd.DataFrame([("K", p, "post", 1, s, 10.0) for p, s in zip("abcde", [9.0, 7.0, 8.0, 4.0, 5.0], strict=True)],
                          columns=["class_id", "participant", "test", "attempt", "score", "maximum"])  # fmt: skip
    rows = compare_responders(people, BOTH, scores).set_index("statistic")
    assert rows.at["response_rate", "estimate"] == pytest.approx(3 / 5)
    assert rows.at["response_difference", "estimate"] == pytest.approx(8 - 4.5)
    assert rows.at["silent_score", "n"] == 2
    nobody = compare_responders(people.iloc[:0], BOTH.iloc[:0], scores)
    assert nobody["state"].tolist() == ["nobody"] * 4


@pytest.mark.parametrize(
    ("districts", "treated", "p"),
    [(3, 1, 0.33), (6, 2, 0.067), (6, 3, 0.05), (15, 5, 0.0003), (15, 15, 1.0), (3, 0, 1.0), (0, 0, 1.0)],
)
def test_smallest_attainable_p(districts, treated, p):
    assert attainable_p(districts, treated) == pytest.approx(p, abs=0.005 if p > 0.1 else 0.0005)


def test_sign_flips_of_five_clusters():
    assert sign_flip_p(5) == 0.0625
    assert [sign_flip_p(g) for g in (0, 1)] == [1.0, 1.0]


@pytest.mark.parametrize(("districts", "treated"), [(3, 4), (3, -1)])
def test_more_trained_than_there_are_is_refused(districts, treated):
    with pytest.raises(BadDesign) as fault:
        attainable_p(districts, treated)
    assert "huyện" in fault.value.vi


@pytest.mark.parametrize(
    ("districts", "treated", "can_show"),
    [(3, 1, False), (6, 2, False), (6, 3, False), (7, 3, True), (15, 5, True), (15, 15, False)],
)
def test_a_claim_is_possible_only_where_a_two_sided_test_can_reach_the_level(districts, treated, can_show):
    assert judge_design(districts, treated, 0.05).can_show == can_show


@pytest.mark.parametrize(("districts", "treated"), [(3, 1), (5, 2), (6, 3), (15, 15)])
def test_no_design_that_cannot_show_an_effect_gives_one(districts, treated):
    """Whatever the outcome: the refusal comes before any number."""
    which = np.arange(districts) < treated
    with pytest.raises(BadDesign) as fault:
        effect_of_training(1000.0 * which, which, 0.05)
    assert "tác động" in fault.value.vi


def test_the_attainable_p_is_the_smallest_that_the_test_itself_gives():
    for n, k in ((7, 3), (8, 3), (9, 4), (15, 4)):
        treated = np.arange(n) < k
        difference, p = effect_of_training(np.where(treated, 100.0, 0.0) + np.arange(n) / n, treated, 0.05)
        assert p == pytest.approx(attainable_p(n, k, two_sided=True))
        assert difference == pytest.approx(100 - 0.5)


def test_the_randomisation_test_finds_nothing_more_often_than_it_says():
    rng = np.random.default_rng(2)
    treated = np.arange(9) < 4
    p = [effect_of_training(rng.normal(size=9), treated, 0.05)[1] for _ in range(300)]
    assert np.mean(np.array(p) <= 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


def test_many_assignments_are_drawn_and_the_same_each_time():
    rng = np.random.default_rng(2)
    outcome, treated = rng.normal(size=24), np.arange(24) < 12
    first = effect_of_training(outcome + 3 * treated, treated, 0.05)
    assert first == effect_of_training(outcome + 3 * treated, treated, 0.05)
    assert first[1] < 0.001


def test_coverage_stands_beside_the_survey_and_districts_without_sample_stay_empty():
    reached = pd.DataFrame(
        {"place_kind": "district", "place": ["899", "912"], "reached": [3, 4], "communes": [12, 4]}
    )
    results = arrange(pd.DataFrame([{"survey_round": "r", "place_kind": "district", "place": "899", "group_kind": "all",
                                     "measure": "T", "statistic": "score", "estimate": 42.0, "se": 1.0, "ci_low": 40.0,
                                     "ci_high": 44.0, "quality": "good", "n": 60}]))  # fmt: skip
    table = coverage_beside(reached, results, "T").set_index("district")
    assert table.loc["899", ["communes_share", "estimate", "sampled"]].tolist() == [0.25, 42.0, True]
    assert (table.at["912", "quality"], table.at["912", "sampled"]) == ("not_sampled", False)
    assert pd.isna(table.at["912", "estimate"])
