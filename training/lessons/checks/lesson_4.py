"""Exercises of lesson 4: PARINDEX, its fields, and where points are lost."""

from __future__ import annotations

from training.lessons.checks.kinds import Choice, Kind, Number, Pairs, Several
from training.lessons.teaching.opened import lesson_page
from training.lessons.teaching.parindex import field_maxima, sheet_points

ROUND = "example-2021"


def highest_points() -> Kind:
    maxima = field_maxima()
    slips = {"all": maxima.sum(), "field_3": maxima["3"], "field_6": maxima["6"], "field_8": maxima["8"]}
    return Number(maxima["5"], decimals=1, slips=slips)


def index_and_way() -> Kind:
    right = {"PARINDEX": "A", "SIPAS": "C", "PAPI": "B"}
    return Pairs(right, {"exchanged": ("SIPAS", "B"), "papi_self": ("PAPI", "A")})


def points_lost() -> Kind:
    sums = sheet_points(lesson_page(ROUND)).sum(numeric_only=True)
    slips = {"score": sums["score"], "not_claimed": sums["not_claimed"], "not_accepted": sums["not_accepted"]}
    return Number(sums["lost"], decimals=2, slips=slips)


def largest_part() -> Kind:
    points = sheet_points(lesson_page(ROUND))
    right = str((points["lost"] / points["maximum"]).idxmax())
    most, least = str(points["lost"].idxmax()), str(points["score"].idxmin())
    traps = {"most_points": most, "fewest_points": least}
    return Several(
        frozenset({right}),
        frozenset(str(field) for field in points.index),
        {key: field for key, field in traps.items() if field != right},
    )


def regained() -> Kind:
    sums = sheet_points(lesson_page(ROUND)).sum(numeric_only=True)
    slips = {
        "not_claimed": sums["not_claimed"],
        "survey": sums["other_lost"],
        "lost": sums["lost"],
        "both": sums["not_claimed"] + sums["not_accepted"],
    }
    return Number(sums["not_accepted"], decimals=2, slips=slips)


def about_2019() -> Kind:
    return Choice("C", near="B")


EXERCISES = {
    "4.1": highest_points,
    "4.2": index_and_way,
    "4.3": points_lost,
    "4.4": largest_part,
    "4.5": regained,
    "4.6": about_2019,
}
