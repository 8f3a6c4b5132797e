"""Exercises of lesson 5: Letter 324, from a finding to a task, an owner and a date."""

from __future__ import annotations

from training.lessons.checks.action import Action
from training.lessons.checks.kinds import Kind, Number, Pairs, Several
from training.lessons.teaching.letter import own_tasks, task_dimensions, told, uncovered_dimensions
from training.lessons.teaching.opened import lesson_pack, lesson_page

ROUND, DISTRICT = "example-2021", "An Minh"


def whose_task() -> Kind:
    right = own_tasks(lesson_page(ROUND))
    boards, training = list(right)[-1], list(right)[-2]
    return Pairs(right, {"boards": (boards, right[training]), "training": (training, right[boards])})


def target_of_2022() -> Kind:
    shares = lesson_page(ROUND).directive.targets.set_index("target")["figure_value"].astype(float)
    slips = {"year_2021": 100 * shares["online_2021"], "government": 100 * shares["government_tasks"]}
    return Number(100 * shares["online_2022"], percent=True, slips=slips)


def left_open() -> Kind:
    page = lesson_page(ROUND)
    right = frozenset(uncovered_dimensions(page))
    traps = {"through_parts": "D1", "through_parts_3": "D3"}
    return Several(
        right, frozenset(page.dimensions), {key: code for key, code in traps.items() if code not in right}
    )


def where_to_look() -> Kind:
    page = lesson_page(ROUND)
    return Several(frozenset(task_dimensions(page, "T5")), frozenset(page.dimensions), {"by_name": "D6"})


def communes_left() -> Kind:
    pack = lesson_pack(DISTRICT, ROUND)
    own, budget = told(pack, "poverty_list_published"), told(pack, "budget_published")
    return Number(own.rest, slips={"done": own.done, "all": own.n, "budget": budget.rest})


def write_an_action() -> Kind:
    return Action()


EXERCISES = {
    "5.1": whose_task,
    "5.2": target_of_2022,
    "5.3": left_open,
    "5.4": where_to_look,
    "5.5": communes_left,
    "5.6": write_an_action,
}
