"""Exercises of lesson 1: what PAPI measures and how its sample is drawn."""

from __future__ import annotations

from analysis.briefing.province.sample_map import is_sampled
from training.lessons.checks.kinds import Choice, Kind, Number, Pairs
from training.lessons.teaching.opened import lesson_page
from training.lessons.teaching.sampling import count_people, count_units, read_sampling
from training.lessons.teaching.structure import structure_years, sub_dimensions

YEAR = 2021
#: What is to be matched with its dimension in exercise 1.2, as the structure of the year names it.
_TO_PLACE = ("S2.2", "S5.1", "S6.4", "S8.3", "S1.3")


def who_is_asked() -> Kind:
    return Choice("C", near="D")


def place_the_work() -> Kind:
    rows = sub_dimensions(YEAR).set_index("sub_dimension")
    right = {rows.at[code, "name_vi"]: rows.at[code, "dimension"] for code in _TO_PLACE}
    law, online = rows.at["S6.4", "name_vi"], rows.at["S8.3", "name_vi"]
    return Pairs(right, {"law_and_order": (law, "D4"), "online": (online, "D6")})


def how_many_people() -> Kind:
    each = int(read_sampling().at["small", "interviewed"])
    slips = {
        "medium": count_people("medium"),
        "large": count_people("large"),
        "listed": count_people("small", "listed"),
        "replacements": count_people("small", "listed") + count_people("small", "replacements"),
        "communes_only": count_units("communes") * each,
        "districts_only": count_units("districts") * each,
    }
    return Number(count_people("small"), slips=slips)


def districts_without_sample() -> Kind:
    page = lesson_page("example-papi-2021")
    sampled = sum(is_sampled(page, code) for code in page.districts)
    return Number(len(page.districts) - sampled, slips={"sampled": sampled, "all": len(page.districts)})


def how_many_parts() -> Kind:
    count = len(sub_dimensions(YEAR))
    dimensions = sub_dimensions(YEAR)["dimension"].nunique()
    others = {len(sub_dimensions(year)) for year in structure_years()} - {count}
    slips = {"dimensions": dimensions, **{f"year_{number}": number for number in sorted(others)}}
    return Number(count, slips=slips)


def certain_place() -> Kind:
    return Choice("B")


EXERCISES = {
    "1.1": who_is_asked,
    "1.2": place_the_work,
    "1.3": how_many_people,
    "1.4": districts_without_sample,
    "1.5": how_many_parts,
    "1.6": certain_place,
}
