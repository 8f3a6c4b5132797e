"""Several classes: which method for how many, what the interval covers, and where no claim is made."""

import numpy as np
import pandas as pd
import pytest

from training.gains import compare_groups, fit_ancova, model_classes
from training.gains.mixed import fit_mixed


def classes(count, size=20, class_sd=0.6, seed=1, gain=1.0):
    rng = np.random.default_rng(seed)
    names = np.repeat([f"K{i:02d}" for i in range(count)], size)
    before = rng.normal(5, 1.2, count * size)
    shift = np.repeat(rng.normal(0, class_sd, count), size)
    after = before + gain + shift + rng.normal(0, 1, count * size)
    return pd.DataFrame({"class_id": names, "before": before.round(2), "after": after.round(2)})


@pytest.mark.parametrize(
    ("count", "method"),
    [
        (1, "classes_apart"),
        (4, "classes_apart"),
        (5, "cr2_few_classes"),
        (9, "cr2_few_classes"),
        (10, "random_intercept"),
    ],
)
def test_the_number_of_classes_decides_the_method(count, method, thresholds):
    model = model_classes(classes(count), thresholds)
    assert model.method == method
    assert len(model.classes) == count
    if method == "classes_apart":
        assert model.change.state == "few_classes"
    else:
        assert model.change.note == method


@pytest.mark.parametrize("count", [6, 14])
def test_intervals_over_classes_cover_as_often_as_they_say_and_plain_ones_do_not(count, thresholds):
    from training.gains import measure_change

    inside, plain = [], []
    for seed in range(150):
        table = classes(count, size=12, class_sd=0.8, seed=seed)
        change = model_classes(table, thresholds).change
        inside.append(change.ci_low <= 1.0 <= change.ci_high)
        row = measure_change(table, 1000.0).set_index("statistic").loc["change"]
        plain.append(row["ci_low"] <= 1.0 <= row["ci_high"])
    assert np.mean(inside) > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 150)
    assert np.mean(plain) < 0.85


def test_classes_that_do_not_differ_are_on_the_boundary_and_all_drawn_together(thresholds):
    table = classes(12, class_sd=0.0)
    centred = (
        table["after"]
        - table["before"]
        - (table["after"] - table["before"]).groupby(table["class_id"]).transform("mean")
    )
    table["after"] = table["before"] + 1 + centred
    model = model_classes(table, thresholds)
    assert model.on_boundary
    assert (model.class_sd, model.icc) == (0.0, 0.0)
    assert model.classes["drawn"].tolist() == pytest.approx([1.0] * 12, abs=1e-6)


def test_a_small_class_is_drawn_further_than_a_large_one(thresholds):
    table = classes(12)
    table = table[(table["class_id"] != "K00") | (table.groupby("class_id").cumcount() < 3)]
    model = model_classes(table, thresholds)
    rows = model.classes.set_index("class_id")
    pull = (rows["mean"] - rows["drawn"]) / (rows["mean"] - model.change.estimate)
    assert pull["K00"] > pull.drop("K00").max()


def test_a_class_of_one_has_no_mean_of_its_own_but_does_not_stop_the_others(thresholds):
    table = classes(12)
    table = table[(table["class_id"] != "K00") | (table.groupby("class_id").cumcount() < 1)]
    model = model_classes(table, thresholds)
    rows = model.classes.set_index("class_id")
    assert rows.at["K00", "state"] == "one_person"
    assert np.isfinite(rows.at["K00", "drawn"])


def test_model_without_any_class_difference_does_not_stop():
    y = np.array([1.0, 2.0, 1.0, 2.0] * 6)
    model = fit_mixed(y, np.ones((24, 1)), np.repeat(np.arange(6), 4))
    assert model.beta[0] == pytest.approx(1.5)
    assert model.on_boundary


def grouped(count, whole, seed=4):
    table = classes(count, seed=seed)
    rng = np.random.default_rng(seed)
    split = table["class_id"] < f"K{count // 2:02d}"
    mixed = rng.random(len(table)) < 0.4
    return table.assign(group=np.where(split if whole else mixed, "a", "b"))


@pytest.mark.parametrize(
    ("count", "whole", "method", "state"),
    [(12, True, "random_intercept", ""), (6, True, "cr2_few_classes", ""), (4, True, "classes_ignored", "few_classes"),
     (4, False, "classes_ignored", ""), (12, False, "random_intercept", ""), (7, False, "cr2_few_classes", "")],
)  # fmt: skip
def test_groups_of_few_whole_classes_are_not_told_from_their_classes(count, whole, method, state, thresholds):
    found = compare_groups(grouped(count, whole), "group", thresholds)
    assert (found.method, found.state) == (method, state)
    assert (len(found.differences) == 1) == (state == "")


def test_comparing_courses_does_not_find_what_is_only_between_classes(thresholds):
    """No true difference, classes differ: of 120 comparisons at 5 % about six are found, not thirty."""
    found = []
    for seed in range(120):
        row = next(iter(compare_groups(grouped(12, True, seed), "group", thresholds).differences.values()))
        found.append(row.p_value < 0.05)
    assert np.mean(found) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 120)


def test_slopes_that_differ_are_noted(thresholds):
    table = grouped(12, False)
    table["after"] = table["before"].where(table["group"] == "a", 9 - 0.5 * table["before"])
    table["after"] += np.random.default_rng(0).normal(0, 0.5, len(table))
    (row,) = compare_groups(table, "group", thresholds).differences.values()
    assert "slopes_differ" in row.note.split(";")


def test_covariance_with_too_few_people_or_nothing_to_tell_apart():
    base = pd.DataFrame({"before": [1.0, 2.0, 3.0], "after": [2.0, 3.0, 5.0], "group": ["a", "a", "b"]})
    assert fit_ancova(base, "group").state == "few_people"
    flat = pd.DataFrame({"before": [5.0] * 8, "after": range(8), "group": list("aabbaabb")})
    assert fit_ancova(flat.astype({"after": float}), "group").state == "no_spread"
    exact = pd.DataFrame({"before": range(8), "after": range(8), "group": list("aabbaabb")}).astype(
        {"before": float}
    )
    assert fit_ancova(exact, "group").state == "no_spread"


def test_adjusted_means_lie_at_the_common_first_score():
    table = pd.DataFrame({"before": [2.0, 4.0, 6.0, 4.0, 6.0, 8.0], "group": list("aaabbb")})
    table["after"] = (
        table["before"] * 0.5 + np.where(table["group"] == "b", 1.0, 0.0) + [0.1, -0.2, 0.1, -0.1, 0.2, -0.1]
    )
    adjusted = fit_ancova(table, "group").adjusted.set_index("group")["mean"]
    assert adjusted["b"] - adjusted["a"] == pytest.approx(1.0, abs=0.05)
    assert adjusted.mean() == pytest.approx(table["after"].mean())
