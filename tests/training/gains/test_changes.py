"""Small and strange groups through every paired measure: a named state, never NaN without one, never a crash."""

import itertools

import numpy as np
import pandas as pd
import pytest

from training.gains import (
    compare_groups,
    effect_sizes,
    fit_ancova,
    hake_gain,
    measure_change,
    model_classes,
    normalised_change,
    reliable_changes,
    share_improved,
    shares_at_extremes,
)
from training.measured import measured_table


def pairs(*both, class_id="K1"):
    table = pd.DataFrame(both, columns=["before", "after"], dtype=float)
    return table.assign(class_id=class_id, participant=[f"p{i}" for i in range(len(table))], group="a")


STRANGE = {
    "nobody": pairs(),
    "one": pairs((4, 6)),
    "two": pairs((4, 6), (5, 8)),
    "three": pairs((4, 6), (5, 8), (6, 6)),
    "two_alike": pairs((4, 6), (4, 6)),
    "all_alike": pairs(*[(5, 5)] * 12),
    "same_change": pairs(*[(x, x + 1) for x in range(8)]),
    "all_at_ceiling": pairs(*[(10, 10)] * 12),
    "all_at_floor": pairs(*[(0, 0)] * 12),
    "ceiling_after": pairs(*[(x, 10) for x in range(10)]),
    "ceiling_before": pairs(*[(10, x) for x in range(10)]),
    "one_differs": pairs(*[(5, 6)] * 11, (5, 7)),
    "tiny_spread": pairs(*[(5, 6 + 1e-7 * i) for i in range(12)]),
}


def everything(table, thresholds):
    measured = [
        normalised_change(table),
        hake_gain(table),
        share_improved(table),
        model_classes(table, thresholds).change,
    ]
    tables = [measure_change(table), effect_sizes(table), measured_table(measured),
              reliable_changes(table, 0.8), shares_at_extremes(table["before"].to_numpy(), thresholds)]  # fmt: skip
    return pd.concat(tables, ignore_index=True)


@pytest.mark.parametrize("name", STRANGE)
def test_every_figure_has_numbers_or_a_state(name, thresholds):
    rows = everything(STRANGE[name], thresholds)
    numbers = rows[["estimate", "se", "ci_low", "ci_high"]]
    has = numbers.notna().all(axis=1)
    assert (has == (rows["state"] == "")).all()
    assert numbers[~has].isna().all(axis=None)
    inside = rows[has]
    assert np.isfinite(inside[["estimate", "se", "ci_low", "ci_high"]]).all(axis=None)
    assert (
        (inside["ci_low"] <= inside["estimate"] + 1e-9) & (inside["estimate"] <= inside["ci_high"] + 1e-9)
    ).all()


@pytest.mark.parametrize("name", STRANGE)
def test_comparing_one_group_says_so(name, thresholds):
    assert fit_ancova(STRANGE[name], "group").state == "one_group"
    assert compare_groups(STRANGE[name], "group", thresholds).state == "one_group"


def test_states_name_what_is_the_matter():
    def state(name, statistic):
        return measure_change(STRANGE[name]).set_index("statistic").at[statistic, "state"]

    assert state("nobody", "change") == "nobody"
    assert state("one", "change") == "one_person"
    assert state("same_change", "change") == "no_spread"
    assert state("all_at_ceiling", "change") == "at_ceiling"
    assert state("all_at_ceiling", "change_median") == "at_ceiling"
    assert state("ceiling_before", "change") == ""
    assert effect_sizes(STRANGE["two"]).set_index("statistic").at["g_av", "state"] == "few_people"
    assert hake_gain(STRANGE["ceiling_before"]).state == "at_ceiling"
    assert normalised_change(STRANGE["all_at_floor"]).state == "at_ceiling"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [(4, 7, 0.5), (5, 2.5, -0.5), (6, 6, 0.0), (0, 10, 1.0), (10, 0, -1.0), (0, 0, None), (10, 10, None), (9, 10, 1.0)],
)  # fmt: skip
def test_normalised_change_of_one_person(before, after, change):
    from training.gains.normalised import change_of_each

    found = change_of_each(np.array([before]), np.array([after]))[0]
    assert (np.isnan(found) and change is None) or found == change


def test_normalised_change_leaves_out_who_had_nothing_to_gain_and_says_so():
    found = normalised_change(pairs((4, 7), (5, 2.5), (10, 10)))
    assert (found.n, found.estimate, found.note) == (2, 0.0, "undefined")


def test_hake_gain_is_of_class_means_and_its_error_that_of_a_ratio():
    table = pairs((2, 6), (4, 7), (6, 7), (3, 3))
    found = hake_gain(table)
    g = (23 - 15) / (40 - 15)
    z = (table["after"] - table["before"]) - g * (10 - table["before"])
    assert found.estimate == pytest.approx(g)
    assert found.se == pytest.approx(z.std() / 2 / (10 - 15 / 4))
    assert found.note == "favours_low_first_test"


def test_share_improved_counts_ties_as_not_improved():
    found = share_improved(pairs((4, 7), (5, 5), (6, 4), (1, 2)))
    assert (found.estimate, found.n) == (0.5, 4)


@pytest.mark.parametrize(("at", "note"), [(2, ""), (3, "ceiling"), (20, "ceiling")])
def test_fifteen_per_cent_at_the_top_is_a_ceiling(at, note, thresholds):
    scores = np.array([10.0] * at + [5.0] * (20 - at))
    table = shares_at_extremes(scores, thresholds).set_index("statistic")
    assert table.at["at_ceiling", "estimate"] == at / 20
    assert table.at["at_ceiling", "note"] == note
    assert table.at["at_floor", "note"] == ""


def test_reliable_change_is_beyond_the_error_of_both_tests():
    before = [2.0, 4.0, 6.0, 8.0]
    sd = np.std(before, ddof=1)
    edge = 1.959963985 * sd * np.sqrt(2 * 0.2)  # reliability 0.8
    table = pairs((2, 2 + edge + 0.01), (4, 4 + edge - 0.01), (6, 6 - edge - 0.01), (8, 8))
    found = reliable_changes(table, 0.8).set_index("statistic")
    assert found["estimate"].to_dict() == {"reliably_improved": 0.25, "reliably_worsened": 0.25}
    assert found["note"].tolist() == ["reliability=0.80"] * 2


@pytest.mark.parametrize(("reliability", "state"), [(None, "reliability_unknown"), (float("nan"), "reliability_unknown"),
                                                    (0.0, "not_reliable"), (-0.3, "not_reliable"), (1.0, "not_reliable")])  # fmt: skip
def test_reliable_change_without_a_reliability_says_so(reliability, state):
    assert set(reliable_changes(pairs((2, 3), (4, 4)), reliability)["state"]) == {state}


def test_about_a_fortieth_changes_reliably_each_way_by_chance_alone():
    rng = np.random.default_rng(5)
    true = rng.normal(5, 1, 20_000)
    table = pairs(*np.column_stack([true + rng.normal(0, 0.5, 20_000), true + rng.normal(0, 0.5, 20_000)]))
    found = reliable_changes(table, 1 / 1.25)["estimate"]
    assert found.tolist() == pytest.approx([0.025, 0.025], abs=0.004)


def test_the_interval_of_the_mean_and_the_test_never_disagree():
    rng = np.random.default_rng(11)
    for _ in range(500):
        n = int(rng.integers(2, 30))
        table = pairs(*np.column_stack([rng.integers(0, 21, n) / 2, rng.integers(0, 21, n) / 2]))
        change = measure_change(table).set_index("statistic").loc["change"]
        if change["state"] == "":
            assert (change["p_value"] < 0.05) == (change["ci_low"] > 0 or change["ci_high"] < 0)


def test_order_of_people_and_names_of_people_change_nothing(thresholds):
    rng = np.random.default_rng(3)
    table = pairs(*np.column_stack([rng.integers(0, 21, 40) / 2, rng.integers(0, 21, 40) / 2]))
    shuffled = table.sample(frac=1, random_state=2).reset_index(drop=True)
    first, second = everything(table, thresholds), everything(shuffled, thresholds)
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


def test_median_interval_of_tied_marks_covers_at_least_as_often_as_it_says():
    from training.gains.signed_rank import median_change

    rng = np.random.default_rng(9)
    inside = []
    for _ in range(400):
        d = rng.choice([-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0], 20, p=[0.1, 0.1, 0.2, 0.2, 0.2, 0.1, 0.1])
        m = median_change("m", d)
        inside.append(m.ci_low <= 1.0 <= m.ci_high)  # pseudo-median of this distribution
    assert np.mean(inside) > 0.93


def test_every_strange_group_was_looked_at():
    assert len(list(itertools.chain(STRANGE))) == 13
