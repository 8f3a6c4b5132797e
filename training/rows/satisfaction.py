"""One year's forms -> drafts of how courses were judged: indicators to index, response, lecturers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from training.disclosure import Relation
from training.measured import COLUMNS, Measured
from training.rows.cells import FORMS, Cells, cell_name, count_cells, learner_cells
from training.rows.drafts import Draft
from training.rows.scopes import Scope, class_scopes, level_scopes
from training.rules import Thresholds, read_training_rows
from training.satisfaction import (
    band_shares,
    form_scores,
    judge_forms,
    lecturer_scores,
    mean_scores,
    response_rate,
    valid_rows,
)
from training.satisfaction.form_scores import UNITS
from training.satisfaction.forms import FORM, LEARNER, rules_of_classes
from training.satisfaction.index import index_of_values
from training.satisfaction.lecturers import NOT_APART, OBJECT, with_groups
from training.tables import Tables

KIND = "satisfaction"
#: What a mean is of -> its kind of measure.
KIND_OF = {unit: f"satisfaction_{unit}" for unit in UNITS}
#: State: the classes fall under rules with different scales, and are not put together.
MIXED_RULES = "mixed_rules"


def satisfaction_drafts(
    tables: Tables, people: pd.DataFrame, province: str, thresholds: Thresholds
) -> tuple[list[Draft], dict[str, Cells]]:
    """How classes, courses and all of them were judged.

    Parameters
    ----------
    tables : Tables
    people : DataFrame
        From `people_of`.
    province : str
    thresholds : Thresholds

    Returns
    -------
    (drafts, cells by base); nothing where there are no forms.
    """
    if tables.forms.empty:
        return [], {}
    judged = judge_forms(tables.forms, tables.classes)
    valid = valid_rows(tables.forms, judged)
    course = tables.classes.set_index("class_id")["course"]
    valid = valid.assign(course=valid["class_id"].map(course))
    judged = judged.assign(course=judged["class_id"].map(course))
    rules = rules_of_classes(tables.classes)
    drafts = list(_responses(tables, people, judged, province))
    bases = {"forms:all": count_cells(_one_each(valid), FORMS), "learners": learner_cells(people)}
    for kind in sorted(valid["object"].unique()):
        bases[f"forms:{kind}"] = count_cells(_one_each(valid[valid["object"] == kind]), FORMS)
    learners = valid[valid["respondent"] == LEARNER]
    scopes = [*class_scopes(valid, province), *level_scopes(learners, province, "learner_group")]
    by_rule = {name: _values(valid, tables.form_indicators, rules, name)
               for name in {rule["rule"] for rule in rules.values()}}  # fmt: skip
    classes = read_training_rows("evaluation_classes")
    for scope in scopes:
        under = {rules[name]["rule"]: rules[name] for name in scope.rows["class_id"].unique()}
        if len(under) == 1:
            ((name, rule),) = under.items()
            own = indicators_of(tables.form_indicators, name)
            drafts += _judged(scope, by_rule[name], own, rule, classes, thresholds)
        else:
            drafts.append(Draft(scope, KIND, "overall", Measured("index", 0, state=MIXED_RULES)))
    one_rule = {rule["rule"]: rule for rule in rules.values()}
    if len(one_rule) == 1:
        (rule,) = one_rule.values()
        drafts += _lecturers(tables, valid, rule, province, thresholds, bases)
    return drafts, bases


def _values(
    valid: pd.DataFrame, indicators: pd.DataFrame, rules: Mapping[str, pd.Series], name: str
) -> dict[str, pd.DataFrame]:
    """Unit -> a value a form, of the classes under one rule."""
    under = {class_id: rule for class_id, rule in rules.items() if rule["rule"] == name}
    rows = valid[valid["class_id"].isin(under)]
    weights = next(iter(under.values()))["weights"]
    return {unit: form_scores(rows, indicators_of(indicators, name), unit, weights=weights) for unit in UNITS}


def indicators_of(indicators: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The indicators of a rule's form; where none are declared for it, those of any."""
    own = indicators[indicators["rule"] == rule]
    return own if len(own) else indicators


def _one_each(valid: pd.DataFrame) -> pd.DataFrame:
    """One row a form, with its class's course and its learner group ("" of forms by others)."""
    one = valid.drop_duplicates(FORM)[[*FORM, "course", "learner_group"]]
    return one.assign(learner_group=one["learner_group"].where(one["respondent"] == LEARNER, ""))


def _responses(tables: Tables, people: pd.DataFrame, judged: pd.DataFrame, province: str) -> Iterator[Draft]:
    for scope in class_scopes(people, province):
        own = scope.in_classes(judged)
        for row in response_rate(own, scope.in_classes(tables.participants)).to_dict("records"):
            base = "learners" if row["statistic"] == "response_rate" else ""
            yield Draft(scope, KIND, "forms", Measured(**row), base)


def _judged(
    scope: Scope, values: Mapping[str, pd.DataFrame], indicators: pd.DataFrame, rule: pd.Series,
    classes: pd.DataFrame, thresholds: Thresholds,
) -> Iterator[Draft]:  # fmt: skip
    bounds = (float(rule["score_low"]), float(rule["score_high"]))
    forms = pd.MultiIndex.from_frame(scope.rows[FORM].drop_duplicates())
    own = {unit: table[pd.MultiIndex.from_frame(table[FORM]).isin(forms)] for unit, table in values.items()}
    for unit, table in own.items():
        known = table[table[UNITS[unit][-1]] != ""]  # an indicator that no row gives a criterion
        for row in mean_scores(known, unit, thresholds, bounds).to_dict("records"):
            measured = Measured(**{name: row[name] for name in COLUMNS})
            yield Draft(scope, KIND_OF[unit], row[unit], measured, f"forms:{row['object']}")
    for row in band_shares(own["indicator"], rule, classes).to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        named = replace(measured, statistic=f"band_{row['band']}")
        yield Draft(scope, KIND_OF["indicator"], row["indicator"], named, f"forms:{row['object']}")
    # With all but one object's mean known, the index would tell that of an object few have judged.
    sizes = own["object"].groupby("object").size()
    enough = own["object"]["object"].isin(sizes.index[sizes >= thresholds.group_least])
    index = index_of_values(own["object"][enough], indicators, rule, classes).index
    yield Draft(scope, KIND, "overall", index, "forms:all")


def _lecturers(
    tables: Tables, valid: pd.DataFrame, rule: pd.Series, province: str, thresholds: Thresholds,
    bases: dict[str, Cells],
) -> Iterator[Draft]:  # fmt: skip
    own = with_groups(valid, tables.lecturers)
    indicators = indicators_of(tables.form_indicators, rule["rule"])
    bounds = (float(rule["score_low"]), float(rule["score_high"]))
    groups = own.drop_duplicates([*FORM, "lecturer_group"])
    values = form_scores(own, indicators, "object", group="lecturer_group", weights=rule["weights"])
    for row in mean_scores(values, "object", thresholds, bounds, "lecturer_group").to_dict("records"):
        if row["lecturer_group"] == "":
            continue
        measured = Measured(**{name: row[name] for name in COLUMNS})
        scope = _scope(province, "lecturer_group", row["lecturer_group"], groups)
        yield Draft(scope, KIND_OF["object"], OBJECT, measured, "lecturers")
    table = lecturer_scores(valid, indicators, thresholds, bounds, rule["weights"])
    bases["lecturers"] = _lecturer_cells(own, table)
    for row in table.to_dict("records"):
        measured = Measured(**{name: row[name] for name in COLUMNS})
        scope = _scope(province, "lecturer", row["lecturer"], own)
        apart = row["state"] == NOT_APART
        yield Draft(scope, KIND_OF["object"], OBJECT, measured, "lecturers", withheld=apart)


def _scope(province: str, kind: str, group: str, rows: pd.DataFrame) -> Scope:
    return Scope("province", province, kind, group, cell_name((kind,), (group,)), rows)


def _lecturer_cells(own: pd.DataFrame, table: pd.DataFrame) -> Cells:
    """Counts of (form, lecturer) pairs, which add up whatever number of lecturers a form judges.

    A lecturer may stand in two groups: the cells of lecturer and group together are in no table.
    """
    one = own.drop_duplicates([*FORM, "lecturer"])
    split = ("lecturer_group", "lecturer")
    cells = count_cells(one, ((), ("lecturer_group",), split))
    counts, relations = dict(cells.counts), list(cells.relations)
    inner = set()
    for lecturer, rows in one.groupby("lecturer", sort=True):
        parts = tuple(cell_name(split, (group, lecturer)) for group in sorted(set(rows["lecturer_group"])))
        total = cell_name(("lecturer",), (lecturer,))
        counts[total] = len(rows)
        relations.append(Relation(total, parts))
        inner |= set(parts)
    apart = table.loc[table["state"] == NOT_APART, "lecturer"]
    always = frozenset(cell_name(("lecturer",), (name,)) for name in apart)
    series = pd.Series(counts, dtype="int64")
    return Cells(series, tuple(relations), cells.unpublished | frozenset(inner), always)
