"""Letter 324's rows and a district's pack -> the tables a class reads: tasks, targets, links, actions."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.briefing.blocks import Column, Lines, Listing, Table
from analysis.briefing.letter.actions import due_actions
from analysis.briefing.letter.counted import Counted, figure_name, last_counted, say_short
from analysis.briefing.numbers import say_setting
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.province.task_matrix import gaps
from analysis.briefing.tables import short_label, table
from analysis.context.directive import DIRECT
from training.lessons.teaching.words import say

#: The letters under which exercises list the agencies with a task of their own, in the letter's order.
AGENCY_LETTERS = "ABCD"


def tasks_table(page: RoundPage) -> Table:
    """A row a task: its number and title, and to whom it is given or who leads it."""
    directive, name = page.directive, f"name_{page.language}"
    cells = []
    for task in _tasks(page):
        lead = directive.lead(task["task"])
        given = [lead[name]] if lead else [agency[name] for agency in directive.given_to(task["task"])]
        cells.append([f"{task['number']}. {task[f'title_{page.language}']}", Lines(tuple(given))])
    head = [Column(page.say("col_matrix_task")), Column(say("col_given_to", page.language))]
    return table(say("caption_tasks", page.language), head, cells, [_source(page)])


def targets_table(page: RoundPage) -> Table:
    """The targets with a number: what, how much, by when, in the letter's own words."""
    cells = [
        [
            row[f"name_{page.language}"],
            say_setting(float(row["figure_value"]), page.language, percent=True),
            row["due"][:4] or say("no_date", page.language),
            row["words_vi"],
        ]
        for row in page.directive.targets.to_dict("records")
    ]
    head = [Column(say(f"col_{name}", page.language), name == "target")
            for name in ("target_name", "target", "due", "own_words")]  # fmt: skip
    return table(say("caption_targets", page.language), head, cells, [_source(page)])


def links_table(page: RoundPage) -> Table:
    """A row a task: the PAPI measures and PARINDEX fields that it bears on directly."""
    links = page.directive.links
    cells = []
    for task in _tasks(page):
        own = links[(links["task"] == task["task"]) & (links["bearing"] == DIRECT)]
        papi = [short_label(page, code) for code in own.loc[own["kind"] == "papi", "code"]]
        fields = list(own.loc[own["kind"] == "parindex", "code"])
        title = f"{task['number']}. {task[f'title_{page.language}']}"
        cells.append([title, ", ".join(papi) or "–", ", ".join(fields) or "–"])
    head = [Column(page.say("col_matrix_task")), Column(say("col_papi", page.language)),
            Column(say("col_fields", page.language))]  # fmt: skip
    return table(say("caption_links", page.language), head, cells, [say("note_links", page.language)])


def task_dimensions(page: RoundPage, task: str) -> list[str]:
    """The dimensions on which a task bears directly, itself or through a sub-dimension."""
    links = page.directive.links
    own = links[(links["task"] == task) & (links["kind"] == "papi") & (links["bearing"] == DIRECT)]
    return sorted({code if code.startswith("D") else f"D{code[1]}" for code in own["code"]})


def uncovered_dimensions(page: RoundPage) -> list[str]:
    """The dimensions on which no task bears directly."""
    rows = page.directive.uncovered_measures(page.measures)
    return sorted(rows.loc[rows["measure_kind"] == "dimension", "measure"])


def gaps_list(page: RoundPage) -> Listing:
    """What no task covers, what no measure covers, and where letter and index differ."""
    return gaps(page)


def own_tasks(page: RoundPage) -> dict[str, str]:
    """Title of each task that the letter gives to one agency -> the letter of that agency in the exercise."""
    found = {}
    for at, task in enumerate(task for task in _tasks(page) if task["kind"] == "agency"):
        found[task[f"title_{page.language}"]] = AGENCY_LETTERS[at]
    return found


@dataclass(frozen=True)
class Told:
    """What a district sent in of one figure: how many of how many, and how many are left."""

    done: int
    n: int
    rest: int


def told(pack: Pack, figure: str) -> Told:
    """A figure of the pack's district in its file's last quarter.

    Raises
    ------
    LookupError
        The round has no such figure of the district.
    """
    counted: Counted | None = last_counted(pack, figure, pack.district.code)
    if counted is None:
        raise LookupError(figure)
    return Told(counted.done, counted.n, counted.rest)


def actions_table(pack: Pack) -> Table:
    """A row a task: what was counted, and what the counts say is to be done now."""
    cells = []
    for task in pack.directive.tasks_for_level("district").to_dict("records"):
        due = [action.text for action in due_actions(pack, task["task"]) if action.urgent]
        if due:
            cells.append([f"{task['number']}. {task['title_vi']}", Lines(tuple(_counts(pack, task["task"]))),
                          Lines(tuple(due))])  # fmt: skip
    head = [Column(pack.say("col_matrix_task")), Column(say("col_counted", pack.language)),
            Column(say("col_to_do", pack.language))]  # fmt: skip
    caption = say("caption_actions", pack.language, place=pack.names["District"])
    return table(caption, head, cells, [say("band", pack.language)])


def _counts(pack: Pack, task: str) -> list[str]:
    said = []
    for row in pack.figures.to_dict("records"):
        counted = last_counted(pack, row["figure"], pack.district.code) if row["task"] == task else None
        if counted is not None:
            said.append(f"{figure_name(pack, row['figure'], 'short')}: {say_short(pack, counted)}")
    return said or ["–"]


def _tasks(page: RoundPage) -> list[dict[str, str]]:
    tasks = page.directive.tasks
    return tasks[tasks["kind"] != "heading"].to_dict("records")


def _source(page: RoundPage) -> str:
    return say("source_letter", page.language, letter=page.directive.letter["letter"])


def example_action(pack: Pack, action: str) -> str:
    """The sentence of an action that is due in the pack's district.

    Raises
    ------
    LookupError
        It is not due.
    """
    tasks = pack.directive.tasks["task"]
    due = {one.action: one.text for task in tasks for one in due_actions(pack, task)}
    if action not in due:
        raise LookupError(action)
    return due[action]
