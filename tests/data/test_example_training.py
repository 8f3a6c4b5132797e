"""The committed example of training: is it what the script makes, and can what was planted be found in it?"""

from __future__ import annotations

from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.places import read_places
from data.example import training_records_of as of
from data.example.simulate_training import COURSES, file_of, simulate_training, write_workbook
from data.example.training_model import CEILING, FLAT, NOT_TAUGHT, WRONG_KEY, simulate_items
from training.records.checking import check_files
from training.records.store.importing import EXAMPLE_KEY, example_files


@pytest.fixture(scope="module")
def made():
    return simulate_training()


@pytest.fixture(scope="module")
def checked():
    return check_files(example_files(), EXAMPLE_KEY)


@pytest.fixture(scope="module")
def records(checked):
    return checked.records


def truth(name):
    path = paths.home_data() / "example" / "truth" / f"training-{name}-2021.csv"
    return pd.read_csv(path, keep_default_na=False, dtype={"key": str})


def members(path):
    """The workbook's parts as canonical XML: openpyxl writes it with lxml or without, which differ in blanks."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {name: canonicalize(part.decode("utf-8")) for name, part in parts.items()}


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.course)
def test_the_seed_gives_the_committed_workbook(made, course, tmp_path):
    again = write_workbook(course, made[course.course][0], tmp_path)
    assert members(again) == members(file_of(course))


@pytest.mark.parametrize("name", ["items", "classes"])
def test_the_seed_gives_the_committed_truth(made, name):
    table = pd.concat([own[name] for _, own in made.values()], ignore_index=True)
    pd.testing.assert_frame_equal(truth(name), table, check_dtype=False, rtol=0, atol=1e-6)


def test_the_files_are_small_and_every_class_says_that_it_is_simulated(records):
    assert sum(path.stat().st_size for path in example_files()) < 1_500_000
    assert len(records.classes) == 12 and records.classes["simulated"].all()
    assert records.courses["name_vi"].str.contains("mô phỏng").all()
    assert records.courses["name_en"].str.contains("simulated").all()


def test_nothing_in_it_stops_and_the_notes_are_what_was_planted(checked):
    assert set(checked.findings["kind"]) == {"note"}
    assert set(checked.findings["code"]) == {"key_differs", "one_test_only"}
    keys = checked.findings.query("code == 'key_differs'")
    assert len(keys) == 2  # the wrong key stands in both versions of the paper


def test_it_names_nobody(checked):
    assert checked.names_nobody


def test_420_officials_take_432_places_from_every_district_and_the_province(records):
    people = records.participants
    assert len(people) == 432 and people["participant"].nunique() == 420
    assert set(people["district"]) - {""} == set(read_places().districts_of("91"))
    assert people.groupby("class_id").size().eq(36).all()
    assert set(people["level"]) == {"province", "district", "commune"}
    twice = people[people.duplicated("participant", keep=False)]
    assert twice.groupby("participant")[["unit", "level"]].nunique().eq(1).all().all()


def test_the_counts_of_the_truth_are_found_again(records):
    own = truth("classes").set_index("class_id")
    first = records.scores[records.scores["attempt"] == 1]
    took = first.groupby(["class_id", "test"])["participant"].nunique().unstack()
    assert (36 - took["post"]).to_dict() == own["without_post"].to_dict()
    assert (36 - took["pre"]).to_dict() == own["without_pre"].to_dict()
    again = records.scores[records.scores["attempt"] == 2].groupby("class_id").size()
    assert again.reindex(own.index, fill_value=0).tolist() == own["second_attempts"].tolist()
    assert records.certificates.groupby("class_id").size().to_dict() == own["certificates"].to_dict()
    learners = records.forms[records.forms["respondent"] == "learner"]
    assert learners.groupby("class_id")["form"].nunique().to_dict() == own["learner_forms"].to_dict()
    missing = learners.groupby(["class_id", "form"])["score"].agg(lambda scores: scores.isna().mean())
    invalid = (missing > 0.05).groupby("class_id").sum()
    assert invalid.to_dict() == own["invalid_forms"].to_dict()
    assert own["without_post"].sum() == round(0.12 * 432)


def test_class_means_are_near_their_expectation(records):
    """Each class's mean of those who sat is within 4 standard errors of the expectation of all its officials."""
    own = truth("classes").set_index("class_id")
    first = records.scores[records.scores["attempt"] == 1]
    share = first.assign(share=first["score"] / first["maximum"]).groupby(["class_id", "test"])["share"]
    mean, error = share.mean().unstack(), (share.std() / np.sqrt(share.count())).unstack()
    for test in ("pre", "post"):
        assert ((mean[test] - own[f"{test}_expected"]).abs() < 4 * error[test]).all()


def item_figures(records, topic):
    """Share right and item-rest correlation before the course, and the share of each letter."""
    items = records.items[records.items["topic"] == topic].set_index("item")
    answers = records.answers.query("test == 'pre' and attempt == 1")
    answers = answers[answers["item"].isin(items.index)]
    right = answers.assign(right=answers["response"] == answers["item"].map(items["key"]))
    table = right.pivot(index=["class_id", "participant"], columns="item", values="right").astype(float)
    rest = {item: np.corrcoef(table[item], table.drop(columns=item).sum(axis=1))[0, 1] for item in table}
    letters = answers.groupby("item")["response"].value_counts(normalize=True).unstack(fill_value=0)
    return table.mean(), pd.Series(rest), letters


def test_the_planted_items_stand_out_and_no_other_does(records):
    own = truth("items").set_index("item")
    facility, rest, letters = item_figures(records, "papi")
    planted = {fault: own.index[own["fault"] == fault].tolist() for fault in (WRONG_KEY, FLAT, CEILING)}
    assert {fault: len(items) for fault, items in planted.items()} == {WRONG_KEY: 1, FLAT: 1, CEILING: 1}
    (wrong,), (flat,), (ceiling,) = planted.values()
    assert letters.loc[wrong].idxmax() == own.loc[wrong, "key"] != own.loc[wrong, "recorded_key"]
    assert rest[wrong] < 0
    assert abs(rest[flat]) < 0.15
    assert facility[ceiling] > 0.95
    usual = own.index[(own["course"] == "PAPI-2021") & ~own["fault"].isin([WRONG_KEY, FLAT, CEILING])]
    assert rest[usual].min() > max(0.1, rest[flat]) and facility[usual].between(0.2, 0.9).all()


def test_the_other_course_has_no_planted_fault(records):
    own = truth("items").query("course == 'PAR-2021'")
    assert own["fault"].eq("").all() and (own["key"] == own["recorded_key"]).all()
    facility, rest, _ = item_figures(records, "parindex")
    assert (rest > 0.15).all() and facility.between(0.2, 0.9).all()


def test_what_was_not_taught_is_not_learned(records):
    own = truth("items").query("course == 'PAPI-2021'").set_index("item")
    items = records.items.set_index("item")
    answers = records.answers.query("attempt == 1 and test in ('pre', 'post')")
    answers = answers[answers["item"].isin(own.index)]
    right = answers.assign(right=answers["response"] == answers["item"].map(items["key"]))
    gain = right.groupby(["item", "test"])["right"].mean().unstack()
    gain = gain["post"] - gain["pre"]
    untaught = own.index[own["fault"] == NOT_TAUGHT]
    assert set(own.loc[untaught, "objective"]) == {"O2.2"} and len(untaught) == 2
    # Two shares of about 210 people, most of them the same: three standard errors of a difference of zero.
    assert gain[untaught].abs().max() < 3 * np.sqrt(2 * 0.25 / 210)
    assert gain[own.index[own["fault"] == ""]].mean() > max(0.12, 2 * gain[untaught].mean())


def test_the_weak_class_gains_least_in_expectation():
    own = truth("classes").set_index("class_id").iloc[:6]
    gain = own["post_expected"] - own["pre_expected"]
    assert gain.idxmin() == "K04"


def test_each_course_is_drawn_from_its_own_part_of_the_seed(made):
    items = made["PAPI-2021"][1]["items"]
    course = COURSES[0]
    other = simulate_items(course, np.random.default_rng(1))
    assert items["b"].tolist() != other["b"].tolist()
    assert items["item"].tolist() == other["item"].tolist() == list(course.items)


def test_one_lecturer_has_a_single_class_and_the_others_have_more():
    classes = pd.Series([code for codes in of.LECTURERS.values() for code in codes]).value_counts()
    assert classes[classes < 2].index.tolist() == ["GV07"]
