"""People with class, course and place -> cells that add up, and tables that are left out whole."""

import pandas as pd
import pytest

from training.disclosure import feasible_ranges
from training.rows.cells import LEARNERS, count_cells


def learners(sizes, district="899", level="commune"):
    """{(course, class): number} -> one row a person."""
    rows = [(course, name, district, level) for (course, name), n in sizes.items() for _ in range(n)]
    return pd.DataFrame(rows, columns=["course", "class_id", "district", "level"])


def test_cells_are_counted_and_tied_to_their_margins():
    cells = count_cells(learners({("P", "K1"): 12, ("P", "K2"): 15, ("Q", "K3"): 20}), LEARNERS)
    assert cells.counts["all"] == 47
    assert cells.counts["course=P|class_id=K2"] == 15
    sums = {relation.total: relation.parts for relation in cells.relations if len(relation.parts) > 1}
    assert sums["course=P"] == ("course=P|class_id=K1", "course=P|class_id=K2")
    assert sums["all"] == ("course=P", "course=Q")


def test_people_of_no_known_district_are_in_a_cell_that_no_table_shows():
    rows = pd.concat([learners({("P", "K1"): 12}), learners({("P", "K1"): 3}, district="", level="province")])
    cells = count_cells(rows, LEARNERS)
    assert cells.unpublished == {"district="}
    assert cells.counts["district="] == 3


def test_nobody_gives_no_cells(thresholds):
    cells = count_cells(learners({}), LEARNERS)
    assert cells.counts.empty
    assert cells.plan(thresholds).hidden == frozenset()


def test_a_table_of_mostly_small_groups_is_left_out_and_its_totals_stay(thresholds):
    leavers = {("P", f"K{i}"): 4 for i in range(6)} | {("Q", f"L{i}"): 5 for i in range(6)}
    hidden = count_cells(learners(leavers), LEARNERS).plan(thresholds).hidden
    assert {name for name in hidden if "class_id" in name} == hidden
    assert len(hidden) == 12


def test_a_total_that_leaves_its_hidden_parts_too_little_room_is_hidden_too(thresholds):
    leavers = {("P", f"K{i}"): 2 for i in range(6)} | {("Q", f"L{i}"): 5 for i in range(6)}
    hidden = count_cells(learners(leavers), LEARNERS).plan(thresholds).hidden
    assert "course=P" in hidden  # 12 people in six classes: each has from 1 to 7
    assert "all" not in hidden or "course=Q" not in hidden


@pytest.mark.parametrize(
    "sizes", [(4, 4, 4), (2, 2, 2, 2, 2, 2), (9, 9), (1, 1, 40), (3, 12, 12), (5,), (9, 2, 9, 2, 30)]
)
def test_whatever_is_left_out_cannot_be_had_by_subtraction(sizes, thresholds):
    people = learners({("P", f"K{i}"): n for i, n in enumerate(sizes)} | {("Q", "L"): 50, ("R", "M"): 50})
    cells = count_cells(people, LEARNERS)
    hidden = cells.plan(thresholds).hidden
    ranges = feasible_ranges(cells.counts, cells.relations, hidden, cells.unpublished)
    small = ranges["cell"].map(cells.counts) < thresholds.group_least
    assert ((ranges["high"] - ranges["low"])[small] >= thresholds.protection_width - 1e-6).all()
    assert set(cells.counts.index[cells.counts < thresholds.group_least]) <= hidden
