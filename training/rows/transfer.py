"""One year's follow-up + a survey's districts -> drafts of what is used at work and what may be claimed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from training.gains.pairs import PERSON
from training.measured import COLUMNS, Measured, counted
from training.rows.cells import Cells, count_cells, learner_cells
from training.rows.drafts import Draft
from training.rows.scopes import Scope, class_scopes
from training.rules import Thresholds
from training.tables import Tables
from training.transfer import compare_responders, compare_sources, follow_up_means, in_window, judge_design

KIND = "transfer"
SOURCES = ("learner", "manager")
#: Notes of the smallest p a comparison of districts could reach.
REFUSED, POSSIBLE = "effect_refused", "effect_could_show"
_TABLES = ((), ("course",), ("course", "class_id"))


def transfer_drafts(
    tables: Tables, people: pd.DataFrame, province: str, thresholds: Thresholds,
    sampled: Collection[str] | None = None, treated: Collection[str] | None = None,
) -> tuple[list[Draft], dict[str, Cells]]:  # fmt: skip
    """What the follow-up says, who answered it, and whether an effect on districts could be shown.

    Parameters
    ----------
    tables : Tables
    people : DataFrame
        From `people_of`.
    province : str
    thresholds : Thresholds
    sampled : collection of str, optional
        Districts for which a survey has a figure of its own; without it nothing is said of effects.
    treated : collection of str, optional
        Those with a trained official; by default the districts on the class lists.

    Returns
    -------
    (drafts, cells by base)
    """
    drafts: list[Draft] = []
    bases: dict[str, Cells] = {}
    window = in_window(tables.follow_up, thresholds)
    if len(tables.follow_up):
        for source in SOURCES:
            own = window[(window["source"] == source) & window["score"].notna()]
            answered = people.merge(own[PERSON].drop_duplicates(), on=PERSON)
            bases[f"follow_up:{source}"] = count_cells(answered, _TABLES)
            tested = people.merge(
                tables.scores.loc[tables.scores["test"] == "post", PERSON].drop_duplicates()
            )
            has = pd.MultiIndex.from_frame(tested[PERSON]).isin(pd.MultiIndex.from_frame(answered[PERSON]))
            bases[f"answered:{source}"] = count_cells(tested[has], _TABLES)
            bases[f"silent:{source}"] = count_cells(tested[~has], _TABLES)
        sides = [window.loc[window["source"] == source, PERSON].drop_duplicates() for source in SOURCES]
        bases["follow_up:both"] = count_cells(people.merge(sides[0].merge(sides[1])), _TABLES)
        bases["learners"] = learner_cells(people)
        for scope in class_scopes(people, province):
            drafts += _answers(scope, window, thresholds)
            drafts += _responses(scope, tables, window, thresholds)
    if sampled is not None:
        reached = set(people["district"]) - {""} if treated is None else set(treated)
        drafts += _effect(province, set(sampled), reached, thresholds)
    return drafts, bases


def _by_source(scope: Scope, source: str) -> Scope:
    return replace(scope, group_kind="source", group=source)


def _answers(scope: Scope, window: pd.DataFrame, thresholds: Thresholds) -> Iterator[Draft]:
    own = scope.of(window)
    for row in follow_up_means(own, thresholds).to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        base = f"follow_up:{row['source']}"
        yield Draft(_by_source(scope, row["source"]), KIND, row["indicator"], measured, base)
    sides = [own.loc[own["source"] == source, PERSON].drop_duplicates() for source in SOURCES]
    # People with both answers, and those with one: the mean of few would follow from the other two means.
    both = len(sides[0].merge(sides[1], on=PERSON))
    few = any(0 < len(side) - both < thresholds.group_least for side in sides)
    for row in compare_sources(own).to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        small = few or min(len(side) for side in sides) < thresholds.group_least
        bases = "follow_up:learner follow_up:manager follow_up:both"
        yield Draft(scope, KIND, row["indicator"], measured, bases, "learner", withheld=small)


def _responses(scope: Scope, tables: Tables, window: pd.DataFrame, thresholds: Thresholds) -> Iterator[Draft]:
    for source in SOURCES:
        table = compare_responders(scope.rows, scope.of(window), scope.of(tables.scores), source).set_index(
            "statistic", drop=False
        )
        sizes = table.loc[["answered_score", "silent_score"], "n"]
        # The scores of those who answered and who did not are those of all: one few gives the other away.
        few = any(0 < n < thresholds.group_least for n in sizes)
        for row in table.to_dict("records"):
            scored = row["statistic"] != "response_rate"
            bases = f"answered:{source} silent:{source}" if scored else "learners"
            yield Draft(
                _by_source(scope, source), KIND, "follow_up", Measured(**row), bases, withheld=few and scored
            )


def _effect(province: str, sampled: set[str], treated: set[str], thresholds: Thresholds) -> Iterator[Draft]:
    scope = Scope("province", province, "all", "", "all", pd.DataFrame(columns=PERSON))
    design = judge_design(len(sampled), len(sampled & treated), thresholds.significance)
    note = f"{POSSIBLE if design.can_show else REFUSED};treated={design.treated}"
    for statistic, value in (
        ("attainable_p", design.p_randomisation), ("attainable_p_two_sided", design.p_two_sided),
        ("attainable_p_sign_flip", design.p_sign_flip),
    ):  # fmt: skip
        measured = counted(statistic, value, design.districts, note)
        yield Draft(scope, KIND, "effect_on_districts", measured, people=False)
