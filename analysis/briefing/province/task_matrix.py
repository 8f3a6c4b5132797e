"""The letter's tasks -> who leads, by when, what each bears on, and what nothing covers, all in the open."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Lines, Listing, Table
from analysis.briefing.letter.counted import figure_name, last_counted, say_short
from analysis.briefing.pack import RoundPage
from analysis.briefing.parts import listing
from analysis.briefing.tables import label, short_label, table


def task_matrix(page: RoundPage) -> Table:
    """A row a task: lead and partners, deadline and target, measures and fields, what was counted."""
    directive = page.directive
    rows = []
    for task in directive.tasks[directive.tasks["kind"] != "heading"].to_dict("records"):
        code = task["task"]
        rows.append(
            [
                f"{task['number']}. {task[f'title_{page.language}']}",
                Lines(tuple(_agencies(page, code))),
                Lines(tuple(_dates(page, task))),
                ", ".join(_linked(page, code, "papi")) or "–",
                ", ".join(_linked(page, code, "parindex")) or "–",
                Lines(tuple(_counted(page, code)) or ("–",)),
            ]
        )
    names = ("task", "agencies", "target", "papi", "parindex", "counts")
    head = [Column(page.say(f"col_matrix_{name}")) for name in names]
    keys = ("matrix_note", "parindex_fields_note", "codes_measures", "codes_tasks")
    notes = [page.say(key) for key in keys]
    return table(page.say("caption_matrix"), head, rows, notes, kind="stacked wide")


def _agencies(page: RoundPage, code: str) -> list[str]:
    """The lead, or whom the task is given to where the letter names no lead; then its partners."""
    directive, name = page.directive, f"name_{page.language}"
    lead = directive.lead(code)
    first = lead[name] if lead else "; ".join(agency[name] for agency in directive.given_to(code))
    said = [page.say("lead" if lead else "given_to", lead=first)]
    partners = [agency[name] for agency in directive.supporting(code)]
    return [*said, page.say("with_agencies", agencies=", ".join(partners))] if partners else said


def _dates(page: RoundPage, task: dict[str, str]) -> list[str]:
    targets = page.directive.targets
    own = targets.loc[targets["task"] == task["task"], f"name_{page.language}"]
    deadline = task[f"deadline_{page.language}"]
    return [*own, *([page.say("deadline", deadline=deadline)] if deadline else [])] or ["–"]


def _linked(page: RoundPage, code: str, kind: str) -> list[str]:
    """What the task bears on directly."""
    links = page.directive.links
    own = links[(links["task"] == code) & (links["kind"] == kind) & (links["bearing"] == "direct")]["code"]
    return [short_label(page, one) if kind == "papi" else one for one in own]


def _counted(page: RoundPage, code: str) -> list[str]:
    """The task's figures of the province in the last quarter."""
    said = []
    for row in page.figures.to_dict("records"):
        counted = (
            last_counted(page, row["figure"], page.survey_round.province) if row["task"] == code else None
        )
        if counted is not None:
            said.append(f"{figure_name(page, row['figure'], 'short')}: {say_short(page, counted)}")
    return said


def gaps(page: RoundPage) -> Listing:
    """Measures that no task covers, tasks that no measure covers, and where letter and index differ."""
    directive, text = page.directive, f"text_{page.language}"
    said = []
    for row in directive.uncovered_measures(page.measures).to_dict("records"):
        said.append(f"{label(page, row['measure'])}: {row[text]}")
    for row in directive.uncovered_tasks().to_dict("records"):
        said.append(page.say("gap_task", number=row["number"], text=row[text]))
    others = directive.explanations
    for row in others[others["kind"].isin(["named_measure", "limit"])].to_dict("records"):
        number = directive.task(row["task"])["number"]
        said.append(page.say("gap_task", number=number, text=row[text]))
    return listing(said)
