"""Item analysis of small, strange and planted answers: states, flags, suspected keys, lessons to teach again."""

import numpy as np
import pandas as pd
import pytest

from training.items import (
    Responses,
    answer_matrix,
    check_answers,
    fit_rasch,
    item_statistics,
    measure_reliability,
    moodle_items,
    moodle_test,
    objectives,
    option_table,
    suspected_keys,
    teach_again,
)
from training.items.moodle import moodle_reading
from training.items.responses import mark_answers
from training.rules import read_training_rows

ITEMS = pd.DataFrame(
    [("Q1", "A", "ABCD", "O1", "1"), ("Q2", "B", "ABCD", "O1", "1"), ("Q3", "C", "ABCD", "O2", "2")],
    columns=["item", "key", "options", "objective", "lesson"],
)


def answers(*rows, test="post"):
    """Rows of (person, "ABC"): one letter an item, "." left open, " " not put."""
    table = [("K", person, test, 1, f"Q{i + 1}", "" if letter == "." else letter)
             for person, letters in rows for i, letter in enumerate(letters) if letter != " "]  # fmt: skip
    return pd.DataFrame(table, columns=["class_id", "participant", "test", "attempt", "item", "response"])


def responses(*rows):
    return answer_matrix(answers(*rows), ITEMS, "post")


def matrix(correct):
    """Responses of a 0/1 matrix: A is the key of every item."""
    table = pd.DataFrame(correct, columns=[f"Q{i}" for i in range(np.shape(correct)[1])]).astype(float)
    chosen = table.map(lambda x: np.nan if np.isnan(x) else "AB"[int(1 - x)]).astype(object)
    items = pd.DataFrame({"key": "A", "options": "AB", "objective": "O", "lesson": "1"}, index=table.columns)
    return Responses(chosen, table, items)


def test_left_open_is_wrong_and_not_put_is_neither():
    r = responses(("a", "AB."), ("b", "AD "), ("c", "ABC"))
    assert r.correct.loc[("K", "a")].tolist() == [1, 1, 0]
    assert np.isnan(r.correct.at[("K", "b"), "Q3"])
    assert r.whole.tolist() == [True, False, True]
    assert r.totals.tolist() == [2, 3]
    assert r.rest("Q1").tolist() == [1, 2]


def test_only_the_asked_test_and_the_first_attempt_are_read():
    later = answers(("a", "DDD")).assign(attempt=2)
    pre = answers(("a", "BBB"), test="pre")
    r = answer_matrix(pd.concat([later, answers(("a", "ABC")), pre]), ITEMS, "post")
    assert r.correct.sum(axis=1).tolist() == [3]


def test_a_test_that_nobody_took_has_no_rows_and_states(thresholds):
    r = answer_matrix(answers(("a", "ABC")), ITEMS, "follow_up")
    assert r.n == 0
    assert item_statistics(r, thresholds).empty
    assert measure_reliability(r.correct).alpha.state == "few_items"
    assert objectives(r, thresholds).empty
    assert suspected_keys(r).empty


PLANTED = [
    (answers(("a", "ABCA")), ITEMS, "unknown_item"),
    (answers(("a", "AEC")), ITEMS, "unknown_option"),
    (pd.concat([answers(("a", "ABC"))] * 2), ITEMS, "answer_twice"),
    (answers(("a", "ABC")), ITEMS.assign(key=["A", "", "C"]), "bad_key"),
    (answers(("a", "ABC")), ITEMS.assign(key=["A", "E", "C"]), "bad_key"),
]


@pytest.mark.parametrize(("table", "items", "code"), PLANTED)
def test_a_planted_bad_answer_is_found(table, items, code):
    found = check_answers(table, items)
    assert found["code"].tolist() == [code]
    assert found["kind"].tolist() == ["stop"]


def test_good_answers_are_not_found():
    assert check_answers(answers(("a", "AB."), ("b", "DDD")), ITEMS).empty


STRANGE = {
    "all_right": np.ones((30, 4)),
    "all_wrong": np.zeros((30, 4)),
    "one_person": np.array([[1, 0, 1, 1]]),
    "two_people": np.array([[1, 0, 1, 1], [0, 0, 1, 0]]),
    "three_people": np.array([[1, 0, 1, 1], [0, 0, 1, 0], [1, 1, 1, 0]]),
    "one_item": np.array([[1], [0], [1], [0], [1]]),
    "one_item_all_right": np.column_stack([np.ones(30), np.tile([0, 1], 15), np.tile([0, 0, 1], 10)]),
    "same_total": np.tile([[1, 0], [0, 1]], (10, 1)),
    "copies": np.tile([[1, 1, 1], [0, 0, 0]], (10, 1)),
    "not_put": np.where(np.eye(6) == 1, np.nan, 1.0),
}


@pytest.mark.parametrize("name", STRANGE)
def test_every_item_figure_has_numbers_or_a_state(name, thresholds):
    r = matrix(STRANGE[name])
    reliability = measure_reliability(r.correct)
    options = option_table(r, thresholds)
    rows = pd.concat(
        [item_statistics(r, thresholds), objectives(r, thresholds), reliability.without,
         pd.DataFrame([vars(m) for m in (reliability.alpha, reliability.error)]),
         pd.DataFrame([vars(m) for o in options for m in (o.share, o.rest_mean, o.rest_r)])]
    )  # fmt: skip
    has = rows["estimate"].notna()
    assert (has == (rows["state"] == "")).all()
    assert rows.loc[has, ["se", "ci_low", "ci_high"]].notna().all(axis=None)
    moodle = moodle_items(r.correct[r.whole])
    numbers = (
        moodle[["discrimination_index", "discriminative_efficiency", "effective_weight"]].notna().all(axis=1)
    )
    assert (numbers == (moodle["state"] == "")).all()
    assert all(np.isfinite(value) for value in moodle_test(r.correct[r.whole]).values())
    assert fit_rasch(r.correct, thresholds).state == "few_takers"


def test_states_of_items_name_what_is_the_matter(thresholds):
    def state(name, item, statistic):
        table = item_statistics(matrix(STRANGE[name]), thresholds)
        return table.set_index(["item", "statistic"]).at[(item, statistic), "state"]

    assert state("all_right", "Q0", "item_rest") == "no_spread"
    assert state("one_item_all_right", "Q0", "item_rest") == "no_spread"
    assert state("one_item_all_right", "Q1", "item_rest") == ""
    assert state("three_people", "Q0", "item_rest") == "few_people"
    assert state("one_person", "Q0", "upper_lower") == "few_people"
    assert state("not_put", "Q0", "item_rest") == "few_people"
    assert measure_reliability(matrix(STRANGE["all_right"]).correct).alpha.state == "no_spread"
    assert measure_reliability(matrix(STRANGE["one_item"]).correct).alpha.state == "few_items"
    assert measure_reliability(matrix(STRANGE["two_people"]).correct).alpha.state == "few_people"


def test_upper_lower_does_not_depend_on_the_order_of_tied_people(thresholds):
    rng = np.random.default_rng(2)
    table = (rng.random((40, 5)) < 0.6).astype(float)
    first, second = (item_statistics(matrix(t), thresholds).query("statistic == 'upper_lower'")["estimate"].tolist()
                     for t in (table, table[rng.permutation(40)]))  # fmt: skip
    assert first == pytest.approx(second)


def simulated(n, seed=0, items=12, wrong=None, flat=None, key="A"):
    """Rasch people; distractors B (60 %), C, D; the key of item `wrong` is declared B."""
    rng = np.random.default_rng(seed)
    ability, difficulty = rng.normal(0.4, 1.2, n), np.linspace(-1.3, 1.3, items)
    right = rng.random((n, items)) < 1 / (1 + np.exp(difficulty - ability[:, None]))
    chosen = np.where(right, key, rng.choice(["B", "C", "D"], (n, items), p=[0.6, 0.3, 0.1])).astype(object)
    if flat is not None:
        chosen[:, flat] = rng.choice(list("ABCD"), n)
    names = [f"Q{i}" for i in range(items)]
    keys = pd.Series([key] * items, index=names)
    if wrong is not None:
        keys[names[wrong]] = "B"
    table = pd.DataFrame(chosen, columns=names)
    about = pd.DataFrame({"key": keys, "options": "ABCD", "objective": "O", "lesson": "1"})
    return Responses(table, mark_answers(table, keys), about)


@pytest.mark.parametrize("wrong", [0, 5, 11])
def test_a_wrong_key_is_suspected_with_the_option_that_is_right(wrong):
    found = suspected_keys(simulated(200, wrong=wrong))
    assert found[["item", "key", "option"]].values.tolist() == [[f"Q{wrong}", "B", "A"]]
    assert found["ci_low"].iloc[0] > 0


def test_right_keys_are_hardly_ever_suspected():
    """60 tests of 12 items with three distractors, one item of each answered by lot."""
    suspected = [len(suspected_keys(simulated(200, seed=seed, flat=3))) for seed in range(60)]
    assert sum(suspected) <= 4


def test_a_key_that_nobody_chose_is_suspected_too():
    r = simulated(120)
    keys = r.items["key"].copy()
    keys["Q4"] = "E"
    items = r.items.assign(key=keys, options="ABCDE")
    found = suspected_keys(Responses(r.chosen, mark_answers(r.chosen, keys), items))
    assert found[["item", "option"]].values.tolist() == [["Q4", "A"]]


def test_distractors_are_flagged(thresholds):
    r = simulated(300, wrong=2)
    flags = {(o.item, o.option): o.flags for o in option_table(r, thresholds)}
    assert "positive_r" in flags["Q2", "A"]
    assert flags["Q0", "A"] == ()  # the key is no distractor
    assert flags["Q0", ""] == ()  # nor is leaving it open
    rare = [o for o in option_table(r, thresholds) if o.option == "D" and o.share.estimate < 0.05]
    assert rare and all("unused" in o.flags for o in rare)


def test_shares_of_options_and_of_those_left_open_add_up_to_one(thresholds):
    r = responses(("a", "AB."), ("b", "DDD"), ("c", "..."))
    for item in r.items.index:
        assert sum(o.share.estimate for o in option_table(r, thresholds) if o.item == item) == pytest.approx(
            1
        )


@pytest.mark.parametrize("n", [99, 100])
def test_rasch_wants_a_hundred_takers(n, thresholds):
    assert (fit_rasch(simulated(n).correct, thresholds).state == "") == (n == 100)


def test_rasch_finds_the_difficulties_it_was_simulated_from(thresholds):
    model = fit_rasch(simulated(4000, seed=8).correct, thresholds)
    truth = np.linspace(-1.3, 1.3, 12)
    z = (model.items["difficulty"] - truth) / model.items["se"]
    assert np.abs(z).max() < 3.5
    assert model.items["difficulty"].sum() == pytest.approx(0, abs=1e-9)


def test_rasch_drops_items_without_information_and_says_so(thresholds):
    correct = simulated(300).correct.assign(easy=1.0, hard=0.0)
    model = fit_rasch(correct, thresholds)
    assert model.dropped == ("easy", "hard")
    assert len(model.items) == 12
    alone = pd.DataFrame({"a": [1.0] * 100, "b": [0.0, 1.0] * 50})
    assert fit_rasch(alone, thresholds).state == "few_items"


def test_rasch_with_items_that_answers_do_not_tie_together_has_no_estimate(thresholds):
    rng = np.random.default_rng(1)
    easy = (rng.random((150, 3)) < 0.6).astype(float)
    hard = np.where(easy.all(axis=1)[:, None], (rng.random((150, 3)) < 0.5).astype(float), 0.0)
    assert fit_rasch(pd.DataFrame(np.hstack([easy, hard])), thresholds).state == "not_connected"


def test_rasch_of_forty_items_is_fast_and_exact(thresholds):
    r = simulated(600, items=40, seed=3)
    model = fit_rasch(r.correct, thresholds)
    assert model.state == ""
    assert np.abs(model.items["difficulty"] - np.linspace(-1.3, 1.3, 40)).max() < 0.6


def objective_share(right, n, items, thresholds, **options):
    """n people, each with the same number right of the objective's items."""
    correct = np.zeros((n, items))
    correct[:, :right] = 1
    return objectives(matrix(correct), thresholds, **options).iloc[0]


def test_an_objective_is_taught_again_only_where_its_upper_bound_is_below_the_mark(thresholds):
    # Everybody has the same part right, so the people count and not their answers.
    for right, n, items, upper, listed in [
        (1, 40, 2, 0.648, ""),
        (1, 200, 2, 0.569, "teach_again"),
        (1, 6, 4, 0.635, ""),
    ]:
        found = objective_share(right, n, items, thresholds)
        assert (found["note"], round(found["ci_high"], 3)) == (listed, upper)


def test_the_interval_of_an_objective_lies_between_that_of_people_and_of_answers(thresholds):
    rng = np.random.default_rng(6)
    independent = matrix((rng.random((100, 4)) < 0.5).astype(float))
    alike = matrix(np.repeat((rng.random((100, 1)) < 0.5).astype(float), 4, axis=1))
    widths = [objectives(r, thresholds)["ci_high"].iloc[0] - objectives(r, thresholds)["ci_low"].iloc[0]
              for r in (independent, alike)]  # fmt: skip
    assert widths[0] == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(400), rel=0.12)
    assert widths[1] == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(100), rel=0.12)


def test_an_item_with_a_doubtful_key_is_left_out_of_its_objective(thresholds):
    correct = np.column_stack([np.ones(50), np.zeros(50)])
    r = matrix(correct)
    assert objectives(r, thresholds)["estimate"].iloc[0] == 0.5
    assert objectives(r, thresholds, leave_out=["Q1"])["estimate"].iloc[0] == 1.0
    assert objectives(r, thresholds, leave_out=["Q0", "Q1"])["state"].iloc[0] == "no_items"


def test_teach_again_lists_the_weakest_first_with_its_lesson(thresholds):
    rows = [(f"p{i}", "A" + ("B" if i < 15 else "D") + ("C" if i < 3 else "D")) for i in range(60)]
    items = ITEMS.assign(objective=["O1", "O2", "O3"], lesson=["1", "1", "2"])
    listed = teach_again(answer_matrix(answers(*rows), items, "post"), thresholds)
    assert listed[["objective", "lesson"]].values.tolist() == [["O3", "2"], ["O2", "1"]]
    by_lesson = objectives(answer_matrix(answers(*rows), items, "post"), thresholds, by="lesson")
    assert by_lesson["items"].tolist() == [2, 1]


def test_moodle_s_reading_is_quoted_from_its_rows():
    guides = read_training_rows("moodle_guides")
    assert moodle_reading("internal_consistency", 80.0, guides, "en").endswith("satisfactory")
    assert moodle_reading("internal_consistency", 50.0, guides, "en").endswith("unsatisfactory")
    assert "50" in moodle_reading("test_mean", 90.0, guides, "vi")
    assert moodle_reading("skewness", 0.0, guides, "vi") == ""


def test_moodle_s_intended_weight_follows_the_highest_marks():
    marks = pd.DataFrame({"a": [1.0, 0.0, 1.0, 1.0], "b": [3.0, 1.0, 0.0, 3.0]})
    table = moodle_items(marks, pd.Series({"a": 1.0, "b": 3.0})).set_index("item")
    assert table["intended_weight"].tolist() == [25.0, 75.0]
    assert table.at["b", "facility"] == pytest.approx(7 / 12)
