"""People with class, course and place -> how many stand in each cell of the tables, and how cells add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from training.disclosure import Plan, Relation, plan_suppression
from training.rules import Thresholds

#: Tables of learners: all, by course, by class within course, by district, by level of office.
LEARNERS = ((), ("course",), ("course", "class_id"), ("district",), ("level",))
#: Tables of class lists: all, by course and class, each also by level of office.
LISTS = (
    (), ("course",), ("course", "class_id"), ("level",), ("course", "level"), ("course", "class_id", "level"),
)  # fmt: skip
#: Tables of forms: all, by course, by class, by the learner's group.
FORMS = ((), ("course",), ("course", "class_id"), ("learner_group",))
#: Tables of coverage: zones hold districts; zones and the province are split by level of office. A district's
#: levels are a handful of people each: with them in the tables, hardly a district's total could be shown.
COVERAGE = ((), ("level",), ("zone",), ("zone", "level"), ("zone", "district"))


@dataclass(frozen=True, eq=False)
class Cells:
    """The counts of one base, such as everybody with both tests.

    Attributes
    ----------
    counts : Series of int, indexed by cell
    relations : tuple of Relation
    unpublished : frozenset of str
        Cells of an unknown district, level or group: no table has a row for them.
    always : frozenset of str
        Cells that are hidden whatever their count.
    """

    counts: pd.Series
    relations: tuple[Relation, ...] = ()
    unpublished: frozenset[str] = frozenset()
    always: frozenset[str] = frozenset()

    def plan(self, thresholds: Thresholds) -> Plan:
        """What to hide of these cells."""
        return plan_suppression(
            self.counts, self.relations, thresholds.group_least, thresholds.protection_width, self.always,
            self.unpublished,
        )  # fmt: skip


def cell_name(columns: Sequence[str], values: Sequence[str]) -> str:
    """A cell's name.

    Examples
    --------
    >>> cell_name(("course", "class_id"), ("PAPI", "K01"))
    'course=PAPI|class_id=K01'
    """
    return "|".join(f"{column}={value}" for column, value in zip(columns, values, strict=True)) or "all"


def count_cells(rows: pd.DataFrame, groupings: Sequence[tuple[str, ...]]) -> Cells:
    """Count the rows in every cell of several tables.

    Parameters
    ----------
    rows : DataFrame
        One row a person (or form); text columns of the groupings.
    groupings : sequence of tuple of str
        The columns of each table. A table with one column less than another holds its margins.

    Returns
    -------
    Cells
        Of each cell with anybody in it.
    """
    counts: dict[str, int] = {}
    relations, unpublished = [], set()
    for columns in groupings:
        for values, own in _groups(rows, columns):
            name = cell_name(columns, values)
            counts[name] = len(own)
            if "" in values:
                unpublished.add(name)
            for finer in groupings:
                if len(finer) == len(columns) + 1 and set(columns) < set(finer):
                    parts = tuple(cell_name(finer, inner) for inner, _ in _groups(own, finer))
                    relations.append(Relation(name, parts))
    series = pd.Series(counts, dtype="int64")
    return Cells(series, tuple(relations), frozenset(unpublished))


def learner_cells(people: pd.DataFrame) -> Cells:
    """The cells of everybody on a class list, from `people_of`."""
    return count_cells(people, LISTS)


def _groups(rows: pd.DataFrame, columns: tuple[str, ...]):
    if not columns:
        return [((), rows)] if len(rows) else []
    return [(values, own) for values, own in rows.groupby(list(columns), sort=True)]
