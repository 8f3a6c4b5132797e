"""One year's class lists and attendance -> drafts of who sits in each class and how much they attend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from training.gains.pairs import PERSON
from training.measured import Measured, counted
from training.rows.cells import Cells, cell_name, learner_cells
from training.rows.coverage import NOT_RECORDED
from training.rows.drafts import Draft
from training.rows.scopes import Scope, class_scopes
from training.rules import Thresholds
from training.tables import Tables

KIND = "attendance"
BASE = "learners"
STATUSES = ("present", "excused", "absent")


def attendance_drafts(
    tables: Tables, people: pd.DataFrame, province: str, thresholds: Thresholds
) -> tuple[list[Draft], dict[str, Cells]]:
    """Class lists by level of office, and attendance by session, of classes, courses and all of them.

    Parameters
    ----------
    tables : Tables
    people : DataFrame
        From `people_of`.
    province : str
    thresholds : Thresholds

    Returns
    -------
    (drafts, cells by base)
    """
    drafts: list[Draft] = []
    kept = tables.attendance[tables.attendance["status"].isin(STATUSES)]
    issued = tables.certificates[PERSON].drop_duplicates()
    for scope in class_scopes(people, province):
        drafts += _listed(scope)
        drafts += _sessions(scope, scope.of(kept), thresholds)
        drafts.append(_issued(scope, scope.of(issued), bool(len(scope.in_classes(issued)))))
    return drafts, {BASE: learner_cells(people)}


def _listed(scope: Scope) -> Iterator[Draft]:
    """The class list, and its levels of office: a course's and a class's."""
    yield Draft(scope, KIND, "learners", counted("listed", len(scope.rows), len(scope.rows)), BASE)
    if scope.place_kind == "province":
        return  # coverage counts the province's levels by persons
    for level, own in scope.rows.groupby("level", sort=True):
        if level:
            columns = ("course",) if scope.place_kind == "course" else ("course", "class_id")
            values = [own[column].iloc[0] for column in columns]
            part = replace(
                scope, group_kind="level", group=level, cell=cell_name((*columns, "level"), (*values, level))
            )
            yield Draft(part, KIND, "learners", counted("listed", len(own), len(own)), BASE)


def _sessions(scope: Scope, rows: pd.DataFrame, thresholds: Thresholds) -> Iterator[Draft]:
    """Shares of all places of persons in sessions, the share who missed none, and each session of a class."""
    people = len(rows.drop_duplicates(PERSON))
    if not people:
        yield Draft(scope, KIND, "sessions", Measured("present", 0, state=NOT_RECORDED), BASE)
        return
    # Where only some are recorded, the few that are not would show.
    part = 0 < len(scope.rows) - people < thresholds.group_least
    for status in STATUSES:
        share = counted(status, float((rows["status"] == status).mean()), people)
        yield Draft(scope, KIND, "sessions", share, BASE, withheld=part)
    full = (rows["status"] == "present").groupby([rows[name] for name in PERSON]).all()
    yield Draft(scope, KIND, "sessions", counted("full", float(full.mean()), people), BASE, withheld=part)
    if scope.place_kind != "class":
        return
    for session, own in rows.groupby("session", sort=True):
        here = len(own.drop_duplicates(PERSON))
        few = part or 0 < people - here < thresholds.group_least
        share = counted("present", float((own["status"] == "present").mean()), here)
        yield Draft(scope, KIND, f"session_{int(session):02d}", share, BASE, withheld=few)


def _issued(scope: Scope, issued: pd.DataFrame, recorded: bool) -> Draft:
    n = len(scope.rows)
    share = counted("issued", len(issued) / n, n) if recorded else Measured("issued", 0, state=NOT_RECORDED)
    return Draft(scope, KIND, "certificates", share, BASE)
