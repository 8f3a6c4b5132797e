"""What must be hidden so that subtraction gives nothing back: attacked by linear programming, and by mutation."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadRows
from training.disclosure import Relation, feasible_ranges, plan_suppression

LEAST, WIDTH = 10, 8


def two_way(table):
    """Cells, margins and total of a table of rows by columns, and how they add up."""
    rows, columns = table.shape
    counts = {f"r{i}c{j}": int(table[i, j]) for i in range(rows) for j in range(columns)}
    relations = []
    for i in range(rows):
        counts[f"r{i}"] = int(table[i].sum())
        relations.append(Relation(f"r{i}", tuple(f"r{i}c{j}" for j in range(columns))))
    for j in range(columns):
        counts[f"c{j}"] = int(table[:, j].sum())
        relations.append(Relation(f"c{j}", tuple(f"r{i}c{j}" for i in range(rows))))
    counts["all"] = int(table.sum())
    relations += [
        Relation("all", tuple(f"r{i}" for i in range(rows))),
        Relation("all", tuple(f"c{j}" for j in range(columns))),
    ]
    return pd.Series(counts), relations


def plan(counts, relations, **options):
    return plan_suppression(counts, relations, LEAST, WIDTH, **options)


def released(counts, hidden):
    return counts[~counts.index.isin(hidden)].sort_index().to_csv()


def random_table(seed, rows=8, columns=4):
    rng = np.random.default_rng(seed)
    sizes = rng.choice([0, 1, 3, 6, 9, 10, 12, 17, 25, 40], (rows, columns))
    return two_way(sizes)


def test_a_small_group_takes_another_with_it():
    counts = pd.Series({"a": 4, "b": 20, "c": 30, "all": 54})
    found = plan(counts, [Relation("all", ("a", "b", "c"))])
    assert found.primary == {"a"}
    assert len(found.hidden) == 2 and "all" not in found.hidden


def test_two_small_groups_alone_would_be_bounded_by_their_sum_and_take_a_third():
    counts = pd.Series({"a": 1, "b": 1, "c": 30, "d": 30, "all": 62})
    relations = [Relation("all", ("a", "b", "c", "d"))]
    ranges = feasible_ranges(counts, relations, {"a", "b"})
    assert ranges[["low", "high"]].values.tolist() == [[1, 1], [1, 1]]  # 1 + 1 is 2: recovered
    assert len(plan(counts, relations).hidden) == 3


def test_nobody_is_shown_and_a_group_of_ten_too():
    counts = pd.Series({"a": 0, "b": 10, "all": 10})
    assert plan(counts, [Relation("all", ("a", "b"))]).hidden == frozenset()


def test_a_district_of_one_group_hides_its_total_too():
    counts = pd.Series({"d1c": 4, "d1p": 0, "d1": 4, "d2": 50, "d3": 60, "all": 114})
    relations = [Relation("d1", ("d1c", "d1p")), Relation("all", ("d1", "d2", "d3"))]
    found = plan(counts, relations)
    assert {"d1", "d1c"} <= found.primary
    assert len(found.hidden) == 3


def test_a_named_cell_is_hidden_whatever_its_count():
    counts = pd.Series({"GV01": 60, "GV02": 20, "GV03": 40, "all": 120})
    found = plan(counts, [Relation("all", ("GV01", "GV02", "GV03"))], always={"GV02"})
    assert found.primary == {"GV02"}
    assert len(found.hidden) == 2


def test_an_unpublished_cell_protects_and_needs_no_protection():
    counts = pd.Series({"a": 4, "unknown": 3, "b": 50, "all": 57})
    relations = [Relation("all", ("a", "b", "unknown"))]
    found = plan(counts, relations, unpublished={"unknown"})
    assert "unknown" not in found.hidden
    assert len(found.hidden) == 2  # 4 + 3 is too little to hide in: a third goes too


@pytest.mark.parametrize("seed", range(12))
def test_attacking_the_margins_recovers_nothing(seed):
    counts, relations = random_table(seed)
    found = plan(counts, relations)
    ranges = feasible_ranges(counts, relations, found.hidden)
    assert set(ranges["cell"]) == set(found.hidden)
    assert ((ranges["high"] - ranges["low"]) >= WIDTH - 1e-6).all()
    inside = ranges.set_index("cell")
    assert all(inside.at[c, "low"] <= counts[c] <= inside.at[c, "high"] for c in found.hidden)


def test_without_the_second_step_the_attack_does_recover_groups():
    recovered = 0
    for seed in range(8):
        counts, relations = random_table(seed)
        ranges = feasible_ranges(counts, relations, plan(counts, relations).primary)
        recovered += int((ranges["high"] - ranges["low"] < 0.5).sum())
    assert recovered > 5


@pytest.mark.parametrize("seed", range(10))
def test_three_linked_tables_are_one_problem(seed):
    """Zones of districts, districts by level, and levels of zones: hidden together."""
    rng = np.random.default_rng(100 + seed)
    counts, relations = {}, []
    zones = {f"z{z}": [f"z{z}d{d}" for d in range(rng.integers(2, 5))] for z in range(4)}
    for zone, districts in zones.items():
        for district in districts:
            for level in "cdp":
                counts[f"{district}/{level}"] = int(
                    rng.choice([0, 2, 5, 11, 30], p=[0.2, 0.2, 0.2, 0.2, 0.2])
                )
            counts[district] = sum(counts[f"{district}/{level}"] for level in "cdp")
            relations.append(Relation(district, tuple(f"{district}/{level}" for level in "cdp")))
        for level in "cdp":
            counts[f"{zone}/{level}"] = sum(counts[f"{d}/{level}"] for d in districts)
            relations.append(Relation(f"{zone}/{level}", tuple(f"{d}/{level}" for d in districts)))
        counts[zone] = sum(counts[d] for d in districts)
        relations += [
            Relation(zone, tuple(districts)),
            Relation(zone, tuple(f"{zone}/{level}" for level in "cdp")),
        ]
    counts["all"] = sum(counts[zone] for zone in zones)
    relations.append(Relation("all", tuple(zones)))
    series = pd.Series(counts)
    hidden = plan(series, relations).hidden
    ranges = feasible_ranges(series, relations, hidden)
    assert ((ranges["high"] - ranges["low"]) >= WIDTH - 1e-6).all()
    assert len(hidden) < (series > 0).sum()  # something is left to show


def moved(table, hidden, rng):
    """Another table with the same released numbers: hidden cells moved round a rectangle, their kinds kept."""
    rows, columns = table.shape
    for _ in range(400):
        i, k = rng.choice(rows, 2, replace=False)
        j, m = rng.choice(columns, 2, replace=False)
        corners = [(i, j), (i, m), (k, m), (k, j)]
        if not all(f"r{a}c{b}" in hidden for a, b in corners):
            continue
        other = table.copy()
        for sign, corner in zip((1, -1, 1, -1), corners, strict=True):
            other[corner] += sign
        small = (table > 0) & (table < LEAST)
        if (other > 0)[table > 0].all() and (((other > 0) & (other < LEAST)) == small).all():
            return other
    return None


def test_changing_hidden_counts_changes_no_released_byte():
    changed = 0
    for seed in range(14):
        rng = np.random.default_rng(seed)
        table = rng.choice([0, 1, 3, 6, 8, 12, 17, 25], (8, 4))
        counts, relations = two_way(table)
        hidden = plan(counts, relations).hidden
        other = moved(table, hidden, rng)
        if other is None:
            continue
        changed += 1
        other_counts, _ = two_way(other)
        assert (other != table).any()
        assert released(counts, hidden) == released(other_counts, plan(other_counts, relations).hidden)
    assert changed > 7


def test_names_and_order_of_cells_do_not_matter_to_what_is_released():
    counts, relations = random_table(7)
    first = plan(counts, relations).hidden
    shuffled = plan(counts.sample(frac=1, random_state=3), relations[::-1]).hidden
    assert first == shuffled


def test_what_does_not_add_up_is_refused():
    with pytest.raises(BadRows) as fault:
        plan(pd.Series({"a": 4, "b": 20, "all": 25}), [Relation("all", ("a", "b"))])
    assert "all" in fault.value.where
    with pytest.raises(BadRows):
        plan(pd.Series({"a": 4, "all": 4}), [Relation("all", ("a", "x"))])


def test_nothing_to_count_hides_nothing():
    assert plan(pd.Series(dtype="int64"), []).hidden == frozenset()
    assert plan(pd.Series({"a": 3}), []).hidden == {"a"}
