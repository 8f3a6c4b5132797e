"""Broken rows of the letter, planted one at a time."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.context.administrative_figures import check_figures, read_figures
from analysis.context.directive import Directive, read_directive
from analysis.context.directive_checks import check_directive
from analysis.errors import BadRows
from analysis.estimates.measures import describe_measures
from analysis.findings import stop_on
from analysis.indicators.framework import read_framework

FIELDS = [str(number) for number in range(1, 9)]


@pytest.fixture(scope="module")
def directive() -> Directive:
    return read_directive()


@pytest.fixture(scope="module")
def measures() -> pd.DataFrame:
    return describe_measures(read_framework("papi", 2021)).set_index("measure")


def changed(directive: Directive, name: str, key: dict[str, str], **cells: str) -> Directive:
    """The directive with cells of the row that `key` names changed."""
    table = getattr(directive, name).copy()
    at = (table[list(key)] == pd.Series(key)).all(axis=1)
    assert at.sum() == 1
    for column, value in cells.items():
        table.loc[at, column] = value
    return replace(directive, **{name: table})


def without(directive: Directive, name: str, **key: str) -> Directive:
    table = getattr(directive, name)
    at = (table[list(key)] == pd.Series(key)).all(axis=1)
    assert at.any()
    return replace(directive, **{name: table[~at]})


@pytest.mark.parametrize("year", [2019, 2020, 2021, 2024])
def test_committed_rows_keep_their_rules_in_every_survey_year(directive, year):
    measures = describe_measures(read_framework("papi", year)).set_index("measure")
    assert check_directive(directive, measures, FIELDS, read_figures()).to_dict("records") == []


D4 = {"task": "T2", "kind": "papi", "code": "D4"}


@pytest.mark.parametrize(
    ("name", "key", "cells", "what"),
    [
        ("links", D4, {"code": "D9"}, "the measure does not exist"),
        (
            "links",
            {"task": "T6c", "kind": "parindex", "code": "5"},
            {"code": "9"},
            "the field does not exist",
        ),
        ("links", D4, {"task": "T9"}, "the task is unknown"),
        ("links", D4, {"bearing": "some"}, "bearing is unknown"),
        ("links", D4, {"why_vi": ""}, "why_vi is empty"),
        ("links", D4, {"code": "S3.1"}, "the row stands twice"),
        ("tasks", {"task": "T6c"}, {"lead": "nobody"}, "the agency is unknown"),
        ("tasks", {"task": "T6c"}, {"lead": "newspaper"}, "the task is not given to its lead"),
        ("tasks", {"task": "T1"}, {"given_to": ""}, "given_to is empty"),
        ("tasks", {"task": "T1"}, {"levels": "village"}, "a level is unknown"),
        ("targets", {"target": "online_2021"}, {"figure_value": "60"}, "figure_value is no share"),
        ("targets", {"target": "online_2021"}, {"due": "2021"}, "due is no date"),
        ("targets", {"target": "online_2021"}, {"figure": "x"}, "the figure is unknown"),
        ("targets", {"target": "online_2021"}, {"figure": "files_on_time"}, "belongs to another task"),
        ("measure_leads", {"kind": "papi", "code": "D1"}, {"code": "D0"}, "the measure does not exist"),
        ("explanations", {"explanation": "boards"}, {"measure": "S9.9"}, "the measure does not exist"),
    ],
)
def test_a_planted_fault_is_a_stop(directive, measures, name, key, cells, what):
    found = check_directive(changed(directive, name, key, **cells), measures, FIELDS, read_figures())
    assert found["what"].str.contains(what, regex=False).any()
    assert set(found["kind"]) == {"stop"}
    with pytest.raises(BadRows):
        stop_on(found)


def test_a_measure_that_left_the_framework_breaks_its_link(directive, measures):
    found = check_directive(directive, measures.drop("S3.2"), FIELDS)
    assert list(found["what"].str.contains("T2 papi S3.2", regex=False)) == [True]


def test_a_task_without_any_link_is_found(directive, measures):
    found = check_directive(without(directive, "links", task="T6c"), measures, FIELDS)
    assert found["what"].str.contains("the task has no link", regex=False).sum() == 1


@pytest.mark.parametrize("explanation", ["no_task_d7", "no_measure_t6c", "task5_names_d6"])
def test_what_is_not_covered_and_not_explained_is_found(directive, measures, explanation):
    found = check_directive(without(directive, "explanations", explanation=explanation), measures, FIELDS)
    assert list(found["what"].str.contains("no explanation stands here", regex=False)) == [True]


def test_an_explanation_whose_reason_is_gone_is_found(directive, measures):
    link = directive.links[directive.links["task"] == "T2"].iloc[[1]].assign(code="D7")
    more = replace(directive, links=pd.concat([directive.links, link], ignore_index=True))
    found = check_directive(more, measures, FIELDS)
    assert list(found["what"].str.contains("its reason is gone", regex=False)) == [True]


def test_letter_without_a_date_is_found(directive, measures):
    found = check_directive(
        replace(directive, letter=directive.letter | {"date": "19/3/2021"}), measures, FIELDS
    )
    assert list(found["what"].str.contains("date is no date", regex=False)) == [True]


def test_committed_figures_keep_their_rules_and_planted_faults_are_found(directive):
    figures, tasks = read_figures(), set(directive.tasks["task"])
    assert check_figures(figures, tasks).empty
    for column, value in {
        "counts": "cars",
        "task": "T9",
        "levels": "district commune",
        "name_vi": "",
    }.items():
        bad = figures.copy()
        bad.loc[0, column] = value
        assert not check_figures(bad, tasks).empty, column
    assert len(check_figures(pd.concat([figures, figures.iloc[[0]]]), tasks)) == 1
