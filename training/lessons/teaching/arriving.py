"""A round and what its checks found -> how a file becomes packs: steps, roles of columns, no-answer codes."""

from __future__ import annotations

from functools import cache

from analysis.briefing import DataPage, open_data_page
from analysis.briefing.about_data.answers import WITHOUT, shares_without
from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.tables import table
from analysis.pipeline import build_round
from training.lessons.teaching.opened import LANGUAGE
from training.lessons.teaching.words import say

#: What is typed, in order; each has a row `step_<name>` that says what it does.
COMMANDS = {
    "new": "workbench new",
    "round": "workbench round new",
    "check": "workbench check",
    "build": "workbench build",
    "packs": "workbench packs",
}
#: Parts that the design's section of a round gives to columns, in the order of the lesson's table.
ROLES = ("respondent", "district", "weight", "stratum", "psu", "district_stratum", "district_psu")
KINDS = ("dont_know", "refused", "not_asked")
#: Questions that the lesson shows.
SHOWN = 8


@cache
def lesson_data(survey_round: str) -> DataPage:
    """What a page about a round's file may show: counts and addresses, no row of it."""
    build_round(survey_round)
    return open_data_page(survey_round, LANGUAGE)


def command_steps() -> dict[str, str]:
    """Command -> number of its step."""
    return {command: str(number) for number, command in enumerate(COMMANDS.values(), 1)}


def steps_table(language: str = "vi") -> Table:
    """A row a step: what is typed and what it does."""
    cells = [
        [str(number), command, say(f"step_{name}", language)]
        for number, (name, command) in enumerate(COMMANDS.items(), 1)
    ]
    head = [Column(say(f"col_{name}", language)) for name in ("step", "command", "does")]
    return table(say("caption_steps", language), head, cells, [])


def column_role(page: DataPage, role: str) -> str:
    """The file's own name of the column that has a role."""
    about = page.survey_round
    return str(getattr(about.design if hasattr(about.design, role) else about.columns, role))


def round_roles_table(page: DataPage) -> Table:
    """A row a role: the column of the file that has it."""
    cells = [[say(f"role_{role}", page.language), column_role(page, role)] for role in ROLES]
    head = [Column(say(f"col_{name}", page.language)) for name in ("role", "column")]
    caption = say("caption_roles", page.language, name=page.survey_round.survey_round)
    return table(caption, head, cells, [say("band", page.language)])


def missing_codes(page: DataPage) -> Table:
    """A row a kind of no answer: its codes in the file, and how many answers of the file are of it."""
    counts, cells = page.answers("variables"), []
    for kind in KINDS:
        codes = ", ".join(str(code) for code in getattr(page.survey_round.missing, kind))
        codes = codes.replace("-", "\N{MINUS SIGN}")
        number = say_count(int(counts[kind].sum()), page.language)
        cells.append([codes, say(f"kind_{kind}", page.language), number])
    head = [Column(say("col_code", page.language)), Column(say("col_kind", page.language))]
    head += [Column(say("col_cells", page.language), True)]
    return table(say("caption_codes", page.language), head, cells, [say("band", page.language)])


def no_answer_table(page: DataPage) -> Table:
    """The questions that most people did not answer: those asked, each kind of no answer, the share."""
    cells = []
    for row in shares_without(page).head(SHOWN).to_dict("records"):
        counts = [say_count(row[key], page.language) for key in ("asked", *WITHOUT)]
        share = say_number(row["without"], "share", page.language)
        cells.append([row[f"label_{page.language}"], *counts, share])
    names = ("asked_it", "dont_know", "refused", "missing", "without")
    head = [Column(say("col_question", page.language))]
    head += [Column(say(f"col_{name}", page.language), True) for name in names]
    return table(say("caption_no_answer", page.language), head, cells, [say("band", page.language)])
