"""One year's tables + places -> drafts of who was reached: communes, posts, periods; the plan; the quotas."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from analysis.places import Places
from training.coverage import (
    communes_reached,
    compare_plan,
    learners_reached,
    posts_covered,
    quota_table,
    trained,
)
from training.coverage.reached import places_table
from training.disclosure import Relation
from training.measured import Measured, counted
from training.rows.cells import COVERAGE, Cells, cell_name, count_cells
from training.rows.drafts import Draft
from training.rows.scopes import Scope
from training.rules import Thresholds
from training.tables import Tables

KIND = "coverage"
#: States: no period was recorded; nothing was planned; the quota asks for nothing this year.
NOT_RECORDED, NOT_PLANNED, NOT_DUE = "not_recorded", "not_planned", "not_due"
_NOBODY = pd.DataFrame(columns=["class_id", "participant"])


def coverage_drafts(
    tables: Tables, places: Places, province: str, year: int, thresholds: Thresholds,
    rank_classes: Collection[str] = (),
) -> tuple[list[Draft], dict[str, Cells]]:  # fmt: skip
    """Communes, posts, learners and periods, by district, zone and province; the plan; the quotas.

    Parameters
    ----------
    tables : Tables
    places : Places
        Of the year's geography.
    province : str
    year : int
    thresholds : Thresholds
    rank_classes : collection of str
        As for `quota_table`.

    Returns
    -------
    (drafts, cells by base)
    """
    came = trained(tables.participants, tables.attendance)
    zones = places.districts.set_index("code")["zone_vi"]
    course = tables.classes.set_index("class_id")["course"]
    bases = {
        "trained": _people_cells(came.assign(course=came["class_id"].map(course)), zones),
    }
    drafts = [
        *_communes(came, places, province),
        *_posts(came, places, province, zones, thresholds),
        *_learners(came, places, province, zones, thresholds),
        *_plan(tables, came, thresholds),
        *_quotas(tables, province, year, rank_classes),
    ]
    return drafts, bases


def _people_cells(came: pd.DataFrame, zones: pd.Series) -> Cells:
    """Persons by place and level, and the places they took: who came to two courses took two.

    A district's places are its persons and those of them who took a second place; that last number is in no
    table.
    """
    one = came.drop_duplicates("participant")
    cells = count_cells(one.assign(zone=one["district"].map(zones).fillna("")), COVERAGE)
    counts, relations, more = dict(cells.counts), list(cells.relations), set()
    taken = came.drop_duplicates(["course", "participant"]).groupby("district").size()
    for district in one.loc[one["district"] != "", "district"].unique():
        persons = cell_name(("zone", "district"), (zones[district], district))
        places, again = (cell_name((name,), (district,)) for name in ("places", "again"))
        counts |= {places: int(taken[district]), again: int(taken[district]) - counts[persons]}
        relations.append(Relation(places, (persons, again)))
        more.add(again)
    series = pd.Series(counts, dtype="int64")
    return Cells(series, tuple(relations), cells.unpublished | more)


def _scope(kind: str, place: str, zones: pd.Series, group_kind: str = "all", group: str = "") -> Scope:
    columns = {"district": ("zone", "district"), "zone": ("zone",), "province": ()}[kind]
    values = {"district": (zones.get(place, ""), place), "zone": (place,), "province": ()}[kind]
    if group_kind == "level":
        columns, values = (*columns, "level"), (*values, group)
    return Scope(kind, place, group_kind, group, cell_name(columns, values), _NOBODY)


def _communes(came: pd.DataFrame, places: Places, province: str) -> Iterator[Draft]:
    zones = places.districts.set_index("code")["zone_vi"]
    for row in communes_reached(came, places, province).to_dict("records"):
        share = counted("reached", row["reached"] / row["communes"], row["communes"])
        yield Draft(_scope(row["place_kind"], row["place"], zones), KIND, "communes", share, people=False)


def _posts(
    came: pd.DataFrame, places: Places, province: str, zones: pd.Series, thresholds: Thresholds
) -> Iterator[Draft]:
    """A post in a district is a handful of people: there and at 0 and 100 % it is hidden."""
    table = posts_covered(came, places, province)
    hidden = _small_districts(places_table(places, province), thresholds)
    for row in table.to_dict("records"):
        share = counted("covered", row["covered"] / row["communes"], row["communes"])
        scope = _scope(row["place_kind"], row["place"], zones, "position", row["position"])
        withheld = row["place_kind"] == "district" and row["place"] in hidden
        yield Draft(scope, KIND, "posts", share, withheld=withheld)


def _small_districts(table: pd.DataFrame, thresholds: Thresholds) -> set[str]:
    """Districts of too few communes, and one more in a zone whose figure less the others would tell them."""
    hidden: set[str] = set()
    for _, zone in table.groupby("zone", sort=True):
        sizes = zone.groupby("district").size().sort_values(kind="stable")
        small = sizes[sizes < thresholds.group_least]
        if len(small) and (len(small) == 1 or small.sum() < thresholds.group_least):
            small = sizes.iloc[: len(small) + 1]
        hidden |= set(small.index)
    return hidden


def _learners(
    came: pd.DataFrame, places: Places, province: str, zones: pd.Series, thresholds: Thresholds
) -> Iterator[Draft]:
    for row in learners_reached(came, places, province).to_dict("records"):
        if row["level"] and row["place_kind"] == "district":
            continue  # rows.cells.COVERAGE says why
        if row["level"] == "province" and row["place_kind"] == "zone":
            continue  # its officials are of no zone
        group = ("level", row["level"]) if row["level"] else ("all", "")
        scope = _scope(row["place_kind"], row["place"], zones, *group)
        yield Draft(scope, KIND, "learners", counted("trained", row["learners"], row["learners"]), "trained")
        n = row["attended"]
        # Where only some classes recorded attendance, the few that did not would show.
        part = 0 < row["learners"] - n < thresholds.group_least
        for name, value in (("total", row["periods"]), ("mean", row["periods_mean"])):
            state = NOT_RECORDED if row["learners"] else ""
            measured = counted(name, value, n) if n else Measured(name, 0, state=state or "nobody")
            yield Draft(scope, KIND, "periods", measured, "trained", withheld=part and n > 0)


def _plan(tables: Tables, came: pd.DataFrame, thresholds: Thresholds) -> Iterator[Draft]:
    """By district over all courses, and by course: a course in a district is a handful of people."""
    table = compare_plan(tables.plan, tables.classes, came)
    for kind, column, base in (("district", "district", "trained"), ("course", "course", "learners")):
        for place, rows in table.groupby(column, sort=True):
            name = cell_name(("places",) if kind == "district" else ("course",), (place,))
            scope = Scope(kind, place, "all", "", name, _NOBODY)
            for what in ("communes", "learners"):
                reached, planned = (int(rows[f"{what}_{side}"].sum()) for side in ("reached", "planned"))
                few = what == "learners" and 0 < reached < thresholds.group_least
                if planned:
                    measured = counted("share_of_plan", reached / planned, planned)
                else:
                    measured = Measured("share_of_plan", 0, state=NOT_PLANNED)
                yield Draft(
                    scope, KIND, what, measured, base if what == "learners" else "", "plan", people=False,
                    withheld=few,
                )  # fmt: skip


def _quotas(tables: Tables, province: str, year: int, rank_classes: Collection[str]) -> Iterator[Draft]:
    scope = Scope("province", province, "all", "", "all", _NOBODY)
    for row in quota_table(tables.classes, tables.forms, year, rank_classes=rank_classes).to_dict("records"):
        share = row["kind"] == "share"
        value = row["share"] if share else float(row["evaluated"])
        if not row["due"]:
            measured = Measured("evaluated", 0, state=NOT_DUE)
        else:
            note = f"rule={row['rule']};minimum={row['minimum']:g};{'met' if row['met'] else 'missed'}"
            measured = counted("evaluated" if share else "evaluated_count", value, row["classes"], note)
        yield Draft(scope, "quota", row["quota"], measured, people=False)
