"""People of one year -> whom each row is about: a class, a course, a district, a level of office, all."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from training.gains.pairs import PERSON
from training.rows.cells import cell_name


@dataclass(frozen=True, eq=False)
class Scope:
    """One place, or one group in a place, of the results table, and who belongs to it.

    Attributes
    ----------
    place_kind, place, group_kind, group : str
        As in the results table.
    cell : str
        Its cell in the tables of people.
    rows : DataFrame
        The people (or forms) it is about.
    """

    place_kind: str
    place: str
    group_kind: str
    group: str
    cell: str
    rows: pd.DataFrame

    def of(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table of people that are about this scope's people."""
        keys = pd.MultiIndex.from_frame(self.rows[PERSON])
        return table[pd.MultiIndex.from_frame(table[PERSON]).isin(keys)]

    def in_classes(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of a table that are about this scope's classes."""
        return table[table["class_id"].isin(self.rows["class_id"])]

    @property
    def class_count(self) -> int:
        return self.rows["class_id"].nunique()


def learner_scopes(people: pd.DataFrame, province: str) -> list[Scope]:
    """Classes, courses, districts, the province, and its levels of office."""
    return [
        *class_scopes(people, province),
        *_split(people, "district", ("district",), "district"),
        *level_scopes(people, province, "level"),
    ]


def class_scopes(rows: pd.DataFrame, province: str) -> list[Scope]:
    """Classes, courses and the province (all of them together)."""
    classes = [
        Scope("class", class_id, "all", "", cell_name(("course", "class_id"), (course, class_id)), own)
        for (course, class_id), own in rows.groupby(["course", "class_id"], sort=True)
    ]
    everybody = Scope("province", province, "all", "", "all", rows)
    return [*classes, *_split(rows, "course", ("course",), "course"), everybody]


def level_scopes(rows: pd.DataFrame, province: str, column: str) -> list[Scope]:
    """Groups of all learners by a column, such as the level of their office."""
    return [
        Scope("province", province, column, group, cell_name((column,), (group,)), own)
        for group, own in rows.groupby(column, sort=True)
        if group != ""
    ]


def _split(rows: pd.DataFrame, place_kind: str, columns: tuple[str], by: str) -> list[Scope]:
    return [
        Scope(place_kind, place, "all", "", cell_name(columns, (place,)), own)
        for place, own in rows.groupby(by, sort=True)
        if place != ""
    ]
