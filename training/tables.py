"""Training records -> the tables of one year, each class with its last day, and who sat in which class."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from analysis.places import Places

_BY_CLASS = (
    "lecturers", "participants", "attendance", "answers", "scores", "forms", "follow_up", "certificates",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tables:
    """What the measures see of `training.records.Records`: the same tables, those of one year's classes.

    Attributes
    ----------
    courses, classes, lecturers, participants, attendance, answers, scores, items, forms, form_indicators,
    follow_up, certificates, plan : DataFrame
        As `Records` describes them. `classes.end` is the first day where no last day is known.
    """

    courses: pd.DataFrame
    classes: pd.DataFrame
    lecturers: pd.DataFrame
    participants: pd.DataFrame
    attendance: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    items: pd.DataFrame
    forms: pd.DataFrame
    form_indicators: pd.DataFrame
    follow_up: pd.DataFrame
    certificates: pd.DataFrame
    plan: pd.DataFrame

    @property
    def is_simulated(self) -> bool:
        return bool(self.classes["simulated"].any())


def tables_of_year(records: Any, year: int) -> Tables:
    """The tables of the classes that ended in a year.

    Parameters
    ----------
    records : Records
        Anything with its tables as attributes.
    year : int
    """
    classes = records.classes.assign(end=records.classes["end"].fillna(records.classes["start"]))
    classes = classes[pd.to_datetime(classes["end"]).dt.year == year].reset_index(drop=True)
    kept = {field.name: getattr(records, field.name) for field in fields(Tables)} | {"classes": classes}
    for name in _BY_CLASS:
        table = kept[name]
        kept[name] = table[table["class_id"].isin(classes["class_id"])].reset_index(drop=True)
    kept["plan"] = records.plan[records.plan["year"].astype("Int64") == year].reset_index(drop=True)
    return Tables(**kept)


def years_of(records: Any) -> list[int]:
    """The years in which classes ended, the earliest first."""
    ends = pd.to_datetime(records.classes["end"].fillna(records.classes["start"]))
    return sorted({int(year) for year in ends.dt.year.dropna()})


def people_of(tables: Tables, places: Places) -> pd.DataFrame:
    """Everybody on a class list, once a class: class_id, participant, course, district, zone, level.

    Returns
    -------
    DataFrame
        Sorted by person. district and zone are "" for officials of the province's offices and where the list
        does not say.
    """
    course = tables.classes.set_index("class_id")["course"]
    zones = places.districts.set_index("code")["zone_vi"]
    one = tables.participants.drop_duplicates(["class_id", "participant"])
    one = one.assign(course=one["class_id"].map(course), zone=one["district"].map(zones).fillna(""))
    columns = ["class_id", "participant", "course", "district", "zone", "level"]
    return one[columns].sort_values(columns[:2]).reset_index(drop=True)
