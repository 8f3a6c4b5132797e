"""A `Directive` + the measures, fields and figures there are -> findings; a broken link is a stop."""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator
from datetime import date

import pandas as pd

from analysis.context.directive import DIRECT, NAMED, Directive
from analysis.context.directive_rows import ALLOWED, COLUMNS, KEYS, LEVELS, MAY_BE_EMPTY, WHEN
from analysis.findings import Finding, bad_row, findings_table

_HINT = "Mend the row; data/directive/README.md says what each column holds."


def check_directive(
    directive: Directive,
    measures: pd.DataFrame,
    parindex_fields: Collection[str],
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find rows of the directive that break their rules, and links to what does not exist.

    Parameters
    ----------
    directive : Directive
    measures : DataFrame
        The framework's measures: indexed by measure, with columns measure_kind and parent.
    parindex_fields : collection of str
        Numbers of the PARINDEX fields ("1" to "8").
    figures : DataFrame, optional
        data/administrative/figures.csv as read; without it the figures of targets are not looked up.

    Returns
    -------
    DataFrame of findings, all of kind stop: empty cells, words not allowed, repeated rows, unknown tasks,
    agencies, measures, fields and figures, targets that are no shares or dates, tasks without a link, a
    measure or task without cover and without explanation, and an explanation whose reason is gone.
    """
    found = [finding for name in COLUMNS if name != "letter" for finding in _cells(directive, name)]
    found += [*_letter(directive), *_agencies(directive), *_tasks(directive), *_targets(directive, figures)]
    found += [*_links(directive, measures, {str(field) for field in parindex_fields})]
    found += [*_actions(directive, figures)]
    if not found:
        found += _explanations(directive, measures)
    return findings_table(found)


def _bad(name: str, at: str, what: str, expected: str, got: str) -> Finding:
    return bad_row(f"data/directive/{name}.csv, {at}", what, expected, got or "(empty)", _HINT)


def _cells(directive: Directive, name: str) -> Iterator[Finding]:
    table = getattr(directive, name)
    labels = table[KEYS[name]].agg(" ".join, axis=1) if len(table) else pd.Series(dtype="str")
    for at, row in zip(labels, table.to_dict("records"), strict=True):
        for column in COLUMNS[name]:
            if not row[column] and column not in MAY_BE_EMPTY.get(name, ()):
                yield _bad(name, at, f"{column} is empty", "text", "")
        for column, allowed in ALLOWED.get(name, {}).items():
            if row[column] and row[column] not in allowed:
                yield _bad(name, at, f"{column} is unknown", ", ".join(allowed), row[column])
    for at in labels[labels.duplicated()]:
        yield _bad(name, at, "the row stands twice", "each once", at)


def _letter(directive: Directive) -> Iterator[Finding]:
    for column, cell in directive.letter.items():
        if not cell and column not in MAY_BE_EMPTY["letter"]:
            yield _bad("letter", column, f"{column} is empty", "text", "")
    if not _is_date(directive.letter["date"]):
        yield _bad("letter", "date", "date is no date", "2021-03-19", directive.letter["date"])


def _agencies(directive: Directive) -> Iterator[Finding]:
    known = set(directive.agencies["agency"])
    cells = [("letter", "letter.csv", directive.letter[column]) for column in ("issued_by", "addressed_to")]
    for row in directive.tasks.to_dict("records"):
        cells += [("tasks", row["task"], row[column]) for column in ("given_to", "lead", "supporting")]
    cells += [("measure_leads", row.code, row.agency) for row in directive.measure_leads.itertuples()]
    cells += [("actions", row.action, row.who) for row in directive.actions.itertuples()]
    for name, at, cell in cells:
        for agency in cell.split():
            if agency not in known:
                yield _bad(name, at, "the agency is unknown", "an agency of agencies.csv", agency)


def _tasks(directive: Directive) -> Iterator[Finding]:
    tasks = directive.tasks
    for row in tasks.to_dict("records"):
        if row["kind"] == "heading":
            continue
        for column in ("given_to", "levels"):
            if not row[column]:
                yield _bad("tasks", row["task"], f"{column} is empty", "text, but for a heading", "")
        for level in set(row["levels"].split()) - set(LEVELS):
            yield _bad("tasks", row["task"], "a level is unknown", ", ".join(LEVELS), level)
        if row["lead"] and row["lead"] not in row["given_to"].split():
            yield _bad(
                "tasks", row["task"], "the task is not given to its lead", row["given_to"], row["lead"]
            )
        if row["task"] not in set(directive.links["task"]):
            yield _bad("links", row["task"], "the task has no link", "a measure or field it bears on", "")
    known = {""} | set(tasks["task"])
    for name in ("targets", "links", "explanations", "actions"):
        for task in dict.fromkeys(getattr(directive, name)["task"]):
            if task not in known:
                yield _bad(name, task, "the task is unknown", "a task of tasks.csv", task)


def _targets(directive: Directive, figures: pd.DataFrame | None) -> Iterator[Finding]:
    tasks = None if figures is None else dict(zip(figures["figure"], figures["task"], strict=True))
    for row in directive.targets.to_dict("records"):
        at, figure = row["target"], row["figure"]
        if not _is_share(row["figure_value"]):
            yield _bad("targets", at, "figure_value is no share", "0.60 for 60 %", row["figure_value"])
        if row["due"] and not _is_date(row["due"]):
            yield _bad("targets", at, "due is no date", "2021-12-31, or empty", row["due"])
        if tasks is None:
            continue
        if figure not in tasks:
            yield _bad("targets", at, "the figure is unknown", "a figure of figures.csv", figure)
        elif tasks[figure] != row["task"]:
            yield _bad("targets", at, "the figure belongs to another task", row["task"], tasks[figure])
    for task in set(tasks.values()) - set(directive.tasks["task"]) if tasks else ():
        where = "data/administrative/figures.csv"
        yield bad_row(where, "the task is unknown", "a task of data/directive/tasks.csv", task, _HINT)


def _actions(directive: Directive, figures: pd.DataFrame | None) -> Iterator[Finding]:
    """Actions of another task's figure, sentences with values they will not get, tasks without an action."""
    tasks = None if figures is None else dict(zip(figures["figure"], figures["task"], strict=True))
    for row in directive.actions.to_dict("records"):
        at, figure = row["action"], row["figure"]
        if (row["when"] == "always") == bool(figure):
            yield _bad("actions", at, "figure", "a figure, but none where when is always", figure)
        elif figure and tasks is not None and tasks.get(figure) != row["task"]:
            yield _bad("actions", at, "the figure is not of the task", row["task"], str(tasks.get(figure)))
        given = WHEN.get(row["when"], set())
        named = [_named(row[f"text_{language}"]) for language in ("vi", "en")]
        if named[0] != named[1] or not named[0] <= given:
            expected = f"in both languages the same of: {', '.join(sorted(given)) or 'no value'}"
            yield _bad("actions", at, "the sentence names other values", expected, str(sorted(named[0])))
    for task in directive.tasks_for_level("district")["task"]:
        if task not in set(directive.actions["task"]):
            yield _bad("actions", task, "a task of districts has no action", "one row or more", "none")


def _named(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _is_share(text: str) -> bool:
    try:
        return 0 < float(text) <= 1
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _links(directive: Directive, measures: pd.DataFrame, fields: set[str]) -> Iterator[Finding]:
    for row in directive.links.to_dict("records"):
        at, code = f"{row['task']} {row['kind']} {row['code']}", row["code"]
        if row["kind"] == "papi" and code not in measures.index:
            yield _bad("links", at, "the measure does not exist", "a measure of the framework", code)
        if row["kind"] == "parindex" and code not in fields:
            yield _bad("links", at, "the field does not exist", ", ".join(sorted(fields)), code)
    leads = directive.measure_leads
    for kind, code in zip(leads["kind"], leads["code"], strict=True):
        if code != "all" and code not in (measures.index if kind == "papi" else fields):
            yield _bad("measure_leads", code, "the measure does not exist", "a measure, or all", code)
    for measure in dict.fromkeys(directive.explanations["measure"]):
        if measure and measure not in measures.index:
            yield _bad("explanations", measure, "the measure does not exist", "a measure", measure)


def _explanations(directive: Directive, measures: pd.DataFrame) -> list[Finding]:
    """What must be explained and is not, and what is explained without need."""
    links, said = directive.links, directive.explanations
    named = links[links["bearing"] == NAMED]
    needed = {
        "uncovered_measure": {("", code) for code in directive.uncovered_measures(measures)["measure"]},
        "uncovered_task": {(task, "") for task in directive.uncovered_tasks()["task"]},
        "named_measure": set(zip(named["task"], named["code"], strict=True)),
    }
    found = []
    for kind, wanted in needed.items():
        rows = said[said["kind"] == kind]
        there = set(zip(rows["task"], rows["measure"], strict=True))
        for task, measure in sorted(wanted - there):
            what = f"{kind}: no explanation stands here"
            found.append(_bad("explanations", f"{task} {measure}".strip(), what, "one row", "none"))
        for task, measure in sorted(there - wanted):
            what = f"{kind}: its reason is gone, for a task bears on it ({DIRECT})"
            found.append(_bad("explanations", f"{task} {measure}".strip(), what, "no row", "one"))
    return found
