"""Exercises of lesson 8: from a new microdata file to packs."""

from __future__ import annotations

from analysis.briefing.about_data.answers import shares_without
from training.lessons.checks.kinds import Choice, Kind, Number, Pairs
from training.lessons.teaching.arriving import column_role, command_steps, lesson_data

ROUND = "example-papi-2021"
#: Code of exercise 8.2, and the letter of each kind of no answer.
CODE, KIND_LETTERS = 888, {"dont_know": "A", "refused": "B", "not_asked": "C"}
#: The answers of exercise 8.3: of nine people eight say yes, the tenth does not know.
YES, NO = 8, 1
#: The letters of exercise 8.4.
COLUMN_LETTERS = {"PSW_PSU": "A", "huyen": "B", "thon": "C", "PSW_STRATA": "D"}


def order_of_steps() -> Kind:
    right = command_steps()
    check, packs, build = "workbench check", "workbench packs", "workbench build"
    return Pairs(right, {"check_late": (check, right[packs]), "build_first": (build, right[check])})


def what_888_is() -> Kind:
    missing = lesson_data(ROUND).survey_round.missing
    (kind,) = [name for name in KIND_LETTERS if CODE in getattr(missing, name)]
    return Choice(KIND_LETTERS[kind], near="B")


def share_without_888() -> Kind:
    known = YES + NO
    slips = {
        "in_base": 100 * YES / (known + 1),
        "mean_of_codes": (YES + CODE) / (known + 1),
        "mean_as_percent": 100 * (YES + CODE) / (known + 1),
        "as_yes": 100 * (YES + 1) / (known + 1),
    }
    return Number(100 * YES / known, decimals=1, percent=True, slips=slips)


def which_column() -> Kind:
    return Choice(COLUMN_LETTERS[column_role(lesson_data(ROUND), "district_psu")], near="A")


def share_without_answer() -> Kind:
    shares = shares_without(lesson_data(ROUND))
    first, second = shares.iloc[0], shares.iloc[1]
    people = float(lesson_data(ROUND).sample_size["n"])
    slips = {
        "dont_know": 100 * first["share_dont_know"],
        "of_everybody": 100 * first["without"] * first["asked"] / people,
        "answered": 100 * (1 - first["without"]),
        "next_row": 100 * second["without"],
    }
    return Number(100 * first["without"], decimals=1, percent=True, slips=slips)


def what_to_do() -> Kind:
    return Choice("B", near="C")


EXERCISES = {
    "8.1": order_of_steps,
    "8.2": what_888_is,
    "8.3": share_without_888,
    "8.4": which_column,
    "8.5": share_without_answer,
    "8.6": what_to_do,
}
