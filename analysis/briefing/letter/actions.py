"""The letter's tasks + what was counted -> what is to be done now, by whom."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.briefing.letter.counted import COUNTED, HIDDEN, NOTHING, Counted, last_counted, say_period
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack
from analysis.context.directive import Directive

#: Communes that one sentence names before it counts the rest.
NAMED = 3


@dataclass(frozen=True)
class Action:
    """One thing to do.

    Attributes
    ----------
    action, task, figure : str
    text : str
        The sentence, in the pack's language.
    urgent : bool
        A count calls for it; False of what the letter asks of everybody, and of keeping up what is done.
    """

    action: str
    task: str
    figure: str
    text: str
    urgent: bool


def due_actions(pack: Pack, task: str) -> list[Action]:
    """What a task asks of the pack's district now, in the order of data/directive/actions.csv.

    Of each figure the rows whose `when` fits what was counted; without a file of counts only what the
    letter asks whatever the figures say.
    """
    directive = pack.directive
    if directive is None:
        return []
    rows = directive.actions[directive.actions["task"] == task]
    due = []
    for row in rows.to_dict("records"):
        counted = last_counted(pack, row["figure"], pack.district.code) if row["figure"] else None
        if row["when"] == "always":
            due.append(_action(pack, row, {}, urgent=False))
        elif counted is not None and is_due(row["when"], counted, directive):
            urgent = row["when"] != "done"
            due.append(_action(pack, row, _values(pack, row["when"], counted), urgent))
    return due


def is_due(when: str, counted: Counted, directive: Directive) -> bool:
    """Whether what was counted calls for a row of this `when`."""
    if counted.state == HIDDEN:
        return False
    if when == "none":
        return counted.state not in (COUNTED, NOTHING) or bool(counted.silent)
    if when == "below":
        return counted.rest > 0 and counted.n > 0
    if when == "target":
        return counted.state == COUNTED and not reaches_all_targets(counted, directive)
    if when == "done":
        has_target = (directive.targets["figure"] == counted.figure).any()
        return counted.is_whole or (has_target and reaches_all_targets(counted, directive))
    return False


def reaches_all_targets(counted: Counted, directive: Directive) -> bool:
    """Whether a figure has reached every target that the letter sets for it."""
    targets = directive.targets[directive.targets["figure"] == counted.figure]
    wanted = targets["figure_value"].astype(float)
    above = targets["comparison"] == "above"
    return counted.state == COUNTED and bool(
        ((counted.value > wanted) | (~above & (counted.value >= wanted))).all()
    )


def _action(pack: Pack, row: dict[str, str], values: dict[str, str], urgent: bool) -> Action:
    text = row[f"text_{pack.language}"].format(**values)
    return Action(row["action"], row["task"], row["figure"], text, urgent)


def _values(pack: Pack, when: str, counted: Counted) -> dict[str, str]:
    places = counted.silent if when == "none" else counted.lacking
    return {
        "rest": say_count(counted.rest, pack.language),
        "names": say_places(pack, places) if places else pack.say("all_communes"),
        "period": say_period(pack, counted.period),
    }


def say_places(pack: Pack, places: tuple[str, ...]) -> str:
    """At most `NAMED` communes by name, the rest counted."""
    named, more = list(places[:NAMED]), len(places) - NAMED
    if more > 0:
        return pack.say("and_more_communes", names=", ".join(named), more=say_count(more, pack.language))
    return ", ".join(named)
