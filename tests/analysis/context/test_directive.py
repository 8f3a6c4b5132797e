"""The letter's rows: who is to do what, and which measures they bear on."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.context.directive import Directive, read_directive
from analysis.context.directive_rows import COLUMNS, read_directive_rows
from analysis.errors import BadRows, UnknownName
from analysis.estimates.measures import describe_measures
from analysis.indicators.framework import read_framework


@pytest.fixture(scope="module")
def directive() -> Directive:
    return read_directive()


@pytest.fixture(scope="module")
def measures() -> pd.DataFrame:
    return describe_measures(read_framework("papi", 2021)).set_index("measure")


def test_every_task_and_bullet_of_the_letter_is_there(directive):
    assert list(directive.tasks["task"]) == [
        "T1", "T2", "T3", "T4", "T5", "T6", "T6a", "T6b", "T6c", "T6d",
    ]  # fmt: skip


def test_a_lead_is_given_only_where_the_letter_names_one(directive):
    leads = {task: directive.lead(task) for task in directive.tasks["task"]}
    assert {task: lead["name_vi"] for task, lead in leads.items() if lead} == {
        "T6a": "Văn phòng Ủy ban nhân dân tỉnh",
        "T6b": "Sở Thông tin và Truyền thông",
        "T6c": "Sở Nội vụ",
        "T6d": "Chủ tịch Ủy ban nhân dân các huyện, thành phố",
    }


def test_task_5_is_given_to_all_with_information_and_communications_in_support(directive):
    assert [agency["level"] for agency in directive.given_to("T5")] == ["province", "district"]
    assert [agency["name_vi"] for agency in directive.supporting("T5")] == ["Sở Thông tin và Truyền thông"]


def test_home_affairs_leads_d1_by_plan_138_and_nobody_is_known_for_d6(directive):
    assert directive.measure_lead("D1")["name_vi"] == "Sở Nội vụ"
    assert directive.measure_lead("D6") is None


def test_a_district_has_the_general_tasks_and_its_own_but_not_the_offices(directive):
    assert list(directive.tasks_for_level("district")["task"]) == ["T1", "T2", "T3", "T4", "T5", "T6b", "T6d"]
    assert "T6c" in set(directive.tasks_for_level("province")["task"])


@pytest.mark.parametrize(
    ("measure", "tasks"),
    [
        ("D2", {"T4", "T6b"}),
        ("S2.3", {"T4"}),
        ("budget_published", {"T4"}),
        ("S8.3", {"T1", "T3", "T5", "T6b"}),
        ("S8.2", {"T1", "T5", "T6b"}),
        ("D1", {"T6d"}),
        ("S1.2", set()),
        ("D6", set()),
        ("safety", set()),
    ],
)
def test_tasks_bear_on_a_measure_through_what_it_is_added_into_and_its_parts(
    directive, measures, measure, tasks
):
    assert set(directive.tasks_for(measure, measures)["task"]) == tasks


def test_task_5_names_d6_and_the_row_says_where_online_services_are_measured(directive, measures):
    named = directive.tasks_for("D6", measures, bearing=("named",))
    assert list(named["task"]) == ["T5"]
    assert list(named["status"]) == ["letter"]
    said = directive.explanations.set_index("explanation").loc["task5_names_d6"]
    assert (said["task"], said["measure"]) == ("T5", "D6")
    assert "(D8)" in said["text_vi"] and "D5" in said["text_vi"]


def test_measures_without_a_task_are_d6_d7_and_parts_of_d1_and_d3_each_explained(directive, measures):
    bare = directive.uncovered_measures(measures)
    assert list(bare["measure"]) == ["D6", "D7", "S1.1", "S1.2", "S3.3"]
    assert (bare[["text_vi", "text_en"]] != "").all(axis=None)


def test_the_list_of_measures_without_a_task_follows_the_links(directive, measures):
    fewer = directive.links[directive.links["task"] != "T4"]
    changed = Directive(**{**vars(directive), "links": fewer})
    assert list(changed.uncovered_measures(measures)["measure"]) == [
        "D6", "D7", "S1.1", "S1.2", "S2.2", "S2.3", "S2.4", "S3.3",
    ]  # fmt: skip


def test_training_is_the_one_task_without_a_measure(directive):
    assert list(directive.uncovered_tasks()["task"]) == ["T6c"]
    assert "lớp học" in directive.uncovered_tasks()["text_vi"].iloc[0]


def test_training_bears_on_parindex_field_5(directive):
    assert set(directive.tasks_for_field("5")["task"]) == {"T2", "T6c"}


def test_targets_are_the_three_numbers_of_the_letter(directive):
    rows = directive.targets.set_index("target")
    assert rows["figure_value"].to_dict() == {
        "online_2021": "0.60", "online_2022": "0.80", "government_tasks": "1.00",
    }  # fmt: skip
    assert rows.at["online_2022", "comparison"] == "above"  # "trên 80%"
    assert rows.at["government_tasks", "due"] == ""  # the letter gives no date


def test_texts_for_readers_are_in_both_languages_with_short_sentences(directive):
    texts = [*directive.tasks["brief_vi"], *directive.explanations["text_vi"]]
    english = [*directive.tasks["brief_en"], *directive.explanations["text_en"]]
    sentences = [part for text in english for part in re.split(r"(?<=[.;])\s", text)]
    assert max(len(sentence.split()) for sentence in sentences) <= 25
    # a Vietnamese word is most often two syllables, and blanks part syllables
    assert max(len(part.split()) for text in texts for part in re.split(r"(?<=[.;])\s", text)) <= 40


def test_an_unknown_task_or_level_is_refused_with_the_known_ones(directive):
    with pytest.raises(UnknownName, match="no task"):
        directive.task("T7")
    with pytest.raises(UnknownName, match="no level"):
        directive.tasks_for_level("huyện")


def test_a_folder_with_two_letters_is_refused(tmp_path):
    for name, columns in COLUMNS.items():
        row = ",".join("x" for _ in columns)
        (tmp_path / f"{name}.csv").write_text(f"{','.join(columns)}\n{row}\n{row}\n", encoding="utf-8")
    with pytest.raises(BadRows, match="one row"):
        read_directive_rows(tmp_path)
