"""Exercises of lesson 7: weights, strata, PSUs, domains."""

from __future__ import annotations

from training.lessons.checks.kinds import Choice, Kind, Number
from training.lessons.teaching.design import implied_level, plain_error, published_intervals
from training.lessons.teaching.levels import THOUGHT
from training.lessons.teaching.opened import lesson_survey

ROUND = "example-2021"


def degrees_of_freedom() -> Kind:
    survey = lesson_survey(ROUND)
    psus, strata = survey.design.n_psu, survey.design.n_strata
    slips = {"psus": psus, "people": len(survey.data) - 1, "psus_less_one": psus - 1, "strata": strata}
    return Number(survey.design.df, slips=slips)


def design_effect() -> Kind:
    survey = lesson_survey(ROUND)
    row = survey.mean(THOUGHT).iloc[0]
    _, plain = plain_error(survey, THOUGHT)
    slips = {
        "root": row["deff"] ** 0.5,
        "upside_down": 1 / row["deff"],
        "less_one": row["deff"] - 1,
        "unweighted": (row["se"] / plain) ** 2,
    }
    return Number(row["deff"], decimals=2, slips=slips)


def effective_size() -> Kind:
    survey = lesson_survey(ROUND)
    row, people = survey.mean(THOUGHT).iloc[0], len(survey.data)
    of_all, by_root = people / row["deff"], row["n"] / row["deff"] ** 0.5
    slips = {"n": row["n"], "people": people, "of_all": of_all, "root": by_root}
    return Number(row["n_effective"], slips=slips)


def error_of_a_group() -> Kind:
    survey = lesson_survey(ROUND)
    rows = survey.mean("D2", by="residence").set_index("group")
    own = rows.loc["rural"]
    slips = {
        "urban": rows.at["urban", "se"],
        "whole": survey.mean("D2").at[0, "se"],
        "plain": own["se"] / own["deff"] ** 0.5,
        "half_width": (own["ci_high"] - own["ci_low"]) / 2,
    }
    return Number(own["se"], decimals=3, slips=slips)


def level_of_interval() -> Kind:
    level, ratio = 100 * implied_level(), published_intervals()["ratio"].mean()
    slips = {"label": 95, "ratio": ratio}
    return Number(level, percent=True, slips=slips)


def which_line() -> Kind:
    return Choice("B", near="C")


EXERCISES = {
    "7.1": degrees_of_freedom,
    "7.2": design_effect,
    "7.3": effective_size,
    "7.4": error_of_a_group,
    "7.5": level_of_interval,
    "7.6": which_line,
}
