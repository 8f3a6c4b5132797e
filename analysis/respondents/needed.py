"""A round's settings -> the columns of the file that they name, and by which setting."""

from __future__ import annotations

from analysis.respondents.margins import margin_variable
from analysis.rounds import Round


def needed_columns(survey_round: Round) -> dict[str, str]:
    """Column of the file -> the setting that names it, for every column the round declares."""
    columns, design, fieldwork = survey_round.columns, survey_round.design, survey_round.fieldwork
    named = {f"columns.{key}": value for key, value in vars(columns).items()}
    named["design.weight"] = design.weight
    named |= {f"design.{name}": column for name, column in design.built_columns().items()}
    named |= {f"design.{key}": getattr(design, key) for key in ("district_stratum", "district_psu")}
    named |= {f"groups.{group.name}": group.variable for group in survey_round.groups}
    for name in survey_round.calibration.margins if survey_round.calibration else ():
        named[f"calibration.margins.{name}"] = margin_variable(survey_round, name)
    named |= {f"fieldwork.{key}": getattr(fieldwork, key) for key in ("date", "interviewer")}
    needed: dict[str, str] = {}
    for setting, column in named.items():
        if column:
            needed.setdefault(column, setting)
    return needed


def numeric_columns(survey_round: Round) -> set[str]:
    """The columns that the round's settings need as numbers: weights, population counts, groups, age."""
    design = survey_round.design
    named = {design.weight, *design.population, survey_round.columns.age}
    named |= {group.variable for group in survey_round.groups}
    return named - {""}
