"""A `Pack` -> the letter's tasks that bind its district, with what the survey and the counts say of each."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Lines, Table
from analysis.briefing.findings import Finding, find_all, is_tested, say_verdict
from analysis.briefing.letter.actions import due_actions
from analysis.briefing.letter.counted import figure_name, last_counted, say_period, say_short
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.tables import short_label, table
from analysis.briefing.wording import listed


def task_table(pack: Pack) -> Table:
    """One row a task: what people said, what was counted, what to do, who leads, by when."""
    directive = pack.directive
    rows = []
    for task in directive.tasks_for_level("district").to_dict("records"):
        code = task["task"]
        title = f"{task['number']}. {task[f'title_{pack.language}']}"
        do = Lines((*_actions(pack, code), *_lead_and_deadline(pack, task)))
        rows.append([title, survey_cell(pack, code), counts_cell(pack, code), do])
    head = [Column(pack.say(f"col_task_{name}")) for name in ("task", "survey", "counts", "action")]
    return table(pack.say("caption_tasks"), head, rows, _notes(pack))


def _notes(pack: Pack) -> list[str]:
    """Whose the counts are, who leads, and where letter and measures do not match: one paragraph each."""
    periods = pack.around("administrative")["period"]
    counted = [pack.say("tasks_counted", period=say_period(pack, periods.max()))] if len(periods) else []
    matching = [pack.say("tasks_trap"), pack.say("tasks_uncovered", measures=_uncovered(pack))]
    codes = [pack.say("codes_measures"), pack.say("codes_tasks")]
    return [" ".join(said) for said in ([*counted, pack.say("tasks_lead_note")], codes, matching)]


def _uncovered(pack: Pack) -> str:
    around = pack.surroundings
    return around.once("uncovered", lambda: uncovered(around))


def uncovered(page: RoundPage) -> str:
    """The measures on which no task bears, by their numbers."""
    codes = page.directive.uncovered_measures(page.measures)["measure"]
    return listed([short_label(page, code) for code in codes], page.language, page.survey_round.wording)


def _lead_and_deadline(pack: Pack, task: dict[str, str]) -> list[str]:
    """The lead where it is not the district's chairman, and the deadline where the letter gives one."""
    lead, deadline = pack.directive.lead(task["task"]), task[f"deadline_{pack.language}"]
    said = []
    if lead is not None and lead["level"] != "district":
        said.append(pack.say("lead", lead=lead[f"name_{pack.language}"]))
    return [*said, pack.say("deadline", deadline=deadline)] if deadline else said


def _actions(pack: Pack, task: str) -> tuple[str, ...]:
    return tuple(action.text for action in due_actions(pack, task))


def linked_measures(pack: Pack, task: str) -> list[str]:
    """The measures that a task bears on directly, in the order of the rows."""
    links = pack.directive.links
    own = links[(links["task"] == task) & (links["kind"] == "papi") & (links["bearing"] == "direct")]
    return [code for code in own["code"] if code in pack.measures.index]


def survey_cell(pack: Pack, task: str) -> Lines:
    """What was found of the task's measures: stated findings by name, the others by their numbers."""
    measures = linked_measures(pack, task)
    if not measures:
        return Lines((pack.say("task_no_measure"),))
    if not pack.sampled:
        return Lines((pack.say("task_no_sample", measures=_numbers(pack, measures)),))
    found = {finding.measure: finding for finding in find_all(pack, "difference", measures)}
    stated = [finding for finding in found.values() if finding.stated]
    open_ = [measure for measure in measures if measure in found and not found[measure].stated]
    rows = pack.each("difference")
    withheld = [measure for measure in measures if not is_tested(rows, measure)]
    lines = [_stated(pack, finding) for finding in stated]
    if open_:
        lines.append(pack.say("task_unclear", measures=_numbers(pack, open_)))
    if withheld:
        lines.append(pack.say("task_withheld", measures=_numbers(pack, withheld)))
    return Lines(tuple(lines))


def _stated(pack: Pack, finding: Finding) -> str:
    return f"{short_label(pack, finding.measure)} {finding.name}: {say_verdict(pack, finding)}"


def _numbers(pack: Pack, measures: list[str]) -> str:
    return ", ".join(short_label(pack, measure) for measure in measures)


def counts_cell(pack: Pack, task: str) -> Lines:
    """The task's figures in the last quarter, a line each."""
    lines = []
    for row in pack.figures.to_dict("records"):
        counted = last_counted(pack, row["figure"], pack.district.code) if row["task"] == task else None
        if counted is not None:
            lines.append(f"{figure_name(pack, row['figure'], 'short')}: {say_short(pack, counted)}")
    return Lines(tuple(lines or [pack.say("task_no_counts")]))
