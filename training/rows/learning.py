"""One year's tables -> drafts of what learners learned: changes, attrition, passing, groups compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from training.gains import (
    compare_groups,
    compare_leavers,
    effect_sizes,
    gain_bound,
    hake_gain,
    judge_learners,
    measure_change,
    model_classes,
    normalised_change,
    pair_scores,
    pass_rate,
    reliable_changes,
    share_improved,
    shares_at_extremes,
)
from training.gains.attrition import first_scores
from training.gains.class_effects import MIXED, ClassModel
from training.gains.pairs import PERSON
from training.measured import Measured, counted
from training.rows.cells import LEARNERS, Cells, count_cells
from training.rows.drafts import Draft
from training.rows.scopes import Scope, class_scopes, learner_scopes
from training.rules import Thresholds
from training.tables import Tables

KIND = "learning"
#: Measure -> the two tests it compares.
CHANGES = {"pre_post": ("pre", "post"), "post_follow_up": ("post", "follow_up")}


def learning_drafts(
    tables: Tables, people: pd.DataFrame, province: str, thresholds: Thresholds,
    reliabilities: Mapping[str, float],
) -> tuple[list[Draft], dict[str, Cells]]:  # fmt: skip
    """What was learned, by class, course, district, level of office and altogether.

    Parameters
    ----------
    tables : Tables
    people : DataFrame
        From `people_of`.
    province : str
    thresholds : Thresholds
    reliabilities : mapping of course to float
        KR-20 of the course's first test, where it has one.

    Returns
    -------
    (drafts, cells)
        cells by base.
    """
    drafts: list[Draft] = []
    bases: dict[str, Cells] = {}
    for measure, (before, after) in CHANGES.items():
        pairs = people.merge(pair_scores(tables.scores, before, after), on=PERSON)
        if pairs.empty and measure != "pre_post":
            continue
        base = f"pairs:{measure}"
        bases[base] = count_cells(pairs, LEARNERS)
        for scope in learner_scopes(people, province):
            own = scope.of(pairs)
            drafts += _changes(scope, own, measure, base)
            drafts += _extremes(scope, own, measure, base, thresholds)
            if measure == "pre_post":
                drafts += _reliable(scope, own, base, reliabilities)
        drafts += _classes(pairs, province, measure, base, thresholds)
        drafts += _groups(pairs, people, province, measure, base, thresholds)
    drafts += _attrition(tables, people, province, bases)
    drafts += _passing(tables, people, province, bases)
    return drafts, bases


def _changes(scope: Scope, pairs: pd.DataFrame, measure: str, base: str) -> Iterator[Draft]:
    against = CHANGES[measure][0]
    found = [_measured(row) for table in (measure_change(pairs), effect_sizes(pairs)) for row in _rows(table)]
    found += [normalised_change(pairs), share_improved(pairs)]
    if scope.place_kind in ("class", "course"):
        found.append(hake_gain(pairs))
    for measured in found:
        level = measured.statistic in ("before", "after")
        yield Draft(scope, KIND, measure, measured, base, "" if level else against)


def _extremes(
    scope: Scope, pairs: pd.DataFrame, measure: str, base: str, thresholds: Thresholds
) -> Iterator[Draft]:
    sides = list(zip(("before", "after"), CHANGES[measure], strict=True))
    for side, test in sides if measure == "pre_post" else sides[1:]:
        table = shares_at_extremes(pairs[side].to_numpy(), thresholds)
        for row in _rows(table):
            yield Draft(scope, KIND, f"{test}_test", _measured(row), base)


def _reliable(
    scope: Scope, pairs: pd.DataFrame, base: str, reliabilities: Mapping[str, float]
) -> Iterator[Draft]:
    courses = scope.rows["course"].unique()
    if scope.place_kind not in ("class", "course") or len(courses) != 1:
        return
    for row in _rows(reliable_changes(pairs, reliabilities.get(courses[0]))):
        yield Draft(scope, KIND, "pre_post", _measured(row), base, "pre")


def _classes(
    pairs: pd.DataFrame, province: str, measure: str, base: str, thresholds: Thresholds
) -> Iterator[Draft]:
    against = CHANGES[measure][0]
    for scope in class_scopes(pairs, province):
        if scope.place_kind == "class":
            continue
        model = model_classes(scope.rows, thresholds)
        yield Draft(scope, KIND, measure, model.change, base, against)
        if model.method == MIXED:
            icc = counted("icc", model.icc, len(model.classes))
            yield Draft(scope, KIND, measure, icc, base, against, people=False)
            if scope.place_kind == "province":
                yield from _drawn(pairs, province, model, measure, base)


def _drawn(pairs: pd.DataFrame, province: str, model: ClassModel, measure: str, base: str) -> Iterator[Draft]:
    rows = model.classes.set_index("class_id")
    for scope in class_scopes(pairs, province):
        if scope.place_kind == "class":
            row = rows.loc[scope.place]
            # The interval is normal, so its half is 1.96 standard errors.
            se = (row["drawn_high"] - row["drawn_low"]) / (2 * 1.959963984540054)
            ends = (row["drawn"], se, row["drawn_low"], row["drawn_high"], 0.95)
            yield Draft(
                scope,
                KIND,
                measure,
                Measured("change_drawn", int(row["n"]), *ends),
                base,
                CHANGES[measure][0],
            )


def _groups(
    pairs: pd.DataFrame, people: pd.DataFrame, province: str, measure: str, base: str, thresholds: Thresholds
) -> Iterator[Draft]:
    """Courses, and levels of office, compared with the first test held equal."""
    scopes = {(scope.place_kind, scope.group_kind, scope.group or scope.place): scope
              for scope in learner_scopes(people, province)}  # fmt: skip
    for column, key in (("course", ("course", "all")), ("level", ("province", "level"))):
        known = pairs[pairs[column] != ""]
        sizes = known.groupby(column).size()
        # A small group is compared with nobody: the adjusted difference would tell its mean.
        large = known[known[column].isin(sizes.index[sizes >= thresholds.group_least])]
        compared = compare_groups(large, column, thresholds)
        for group, measured in compared.differences.items():
            yield Draft(scopes[(*key, group)], KIND, measure, measured, base, compared.reference)


def _attrition(
    tables: Tables, people: pd.DataFrame, province: str, bases: dict[str, Cells]
) -> Iterator[Draft]:
    began = people.merge(first_scores(tables.scores), on=PERSON)
    bases["began"] = count_cells(began, LEARNERS)
    bases["left"] = count_cells(began[began["after"].isna()], LEARNERS)
    for scope in learner_scopes(people, province):
        own = scope.of(began)
        for row in _rows(compare_leavers(own)):
            measured = _measured(row)
            about_leavers = measured.statistic in ("left_before", "left_difference")
            base = "began left" if about_leavers else "began"
            yield Draft(scope, KIND, "attrition", measured, base)
        yield Draft(scope, KIND, "attrition", gain_bound(own), "began", "pre")


def _passing(tables: Tables, people: pd.DataFrame, province: str, bases: dict[str, Cells]) -> Iterator[Draft]:
    judged = judge_learners(tables.classes, tables.participants, tables.scores, tables.attendance)
    known = people.merge(judged[judged["passed"].notna()], on=PERSON)
    bases["judged"] = count_cells(known, LEARNERS)
    for scope in learner_scopes(people, province):
        yield Draft(scope, KIND, "certificate", pass_rate(scope.of(known)), "judged")


def _rows(table: pd.DataFrame) -> list[dict]:
    return table.to_dict("records")


def _measured(row: dict) -> Measured:
    return Measured(**row)
