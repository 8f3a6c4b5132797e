"""An open round -> why weights are needed: each group's part of the sample and of the people, both means."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.tables import table
from analysis.explore.survey import Survey
from training.lessons.teaching.words import say


def weighted_and_not(survey: Survey, measure: str) -> tuple[float, float]:
    """The weighted share of a yes/no measure, and the plain share among those who answered."""
    weighted = survey.mean(measure)["estimate"].iloc[0]
    return float(weighted), float(survey.data[measure].astype(float).mean())


def weights_table(survey: Survey, measure: str, by: str, language: str = "vi") -> Table:
    """A row a group: people asked, their part of the sample, their part of the people, and what they
    answered."""
    levels = survey.mean(measure, by=by).set_index("group")
    people = survey.share(by).set_index("measure")["estimate"]
    asked = survey.data[by].value_counts()
    cells = []
    for group in survey.labels_of(by):
        values = (asked[group] / asked.sum(), people[f"{by}={group}"], levels.at[group, "estimate"])
        cells.append(
            [say(f"group_{group}", language), say_count(asked[group], language)]
            + [say_number(value, "share", language) for value in values]
        )
    _, plain = weighted_and_not(survey, measure)
    shown = say_number(plain, "share", language)
    cells.append([say("group_all", language), say_count(asked.sum(), language), "", "", shown])
    names = ("group", "asked", "part_sample", "part_people", "said_yes")
    head = [Column(say(f"col_{name}", language), name != "group") for name in names]
    notes = [say("note_plain", language), say("band", language)]
    return table(say("caption_weights", language), head, cells, notes)
