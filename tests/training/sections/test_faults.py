"""Faults planted in the example, as its saved truth names them: all of them stand on the pages, in words."""

import pandas as pd
import pytest

from analysis import paths
from analysis.briefing.numbers import say_number
from tests.training.sections.pages import CLASSES, DISTRICTS, LANGUAGES, OVERVIEW, ROUND, page_of, tables_of
from training.sections import open_training
from training.sections.figures import statistic_of
from training.sections.items import suspected

TRUTH = paths.home_data() / "example" / "truth"
FLAG = {
    "ceiling": {"vi": "quá dễ", "en": "too easy"},
    "non_discriminating": {
        "vi": "chưa thấy phân biệt được người học",
        "en": "not seen to tell learners apart",
    },
    "wrong_key": {"vi": "nghi sai đáp án", "en": "key in doubt"},
}


@pytest.fixture(scope="module")
def items():
    return pd.read_csv(TRUTH / "training-items-2021.csv", dtype=str, keep_default_na=False)


def said(name, language):
    return [" ".join(item.get_text(" ").split()) for item in page_of(name, language).select("li")]


def item_rows(name, language):
    """Item -> the last cell of its row in the table of items: what is wrong with it."""
    column = {"vi": "Cần xem lại", "en": "To look at"}[language]
    rows = [row for _, heads, rows in tables_of(page_of(name, language)) if column in heads for row in rows]
    return {row[0].split(".")[0]: row[-1] for row in rows}


@pytest.fixture(scope="module")
def classes_of():
    page = open_training(ROUND, "vi")
    return {course: page.classes_of(course) for course in page.courses}


@pytest.mark.parametrize("language", LANGUAGES)
def test_planted_items_are_named_with_their_fault_on_each_report_of_their_course(items, classes_of, language):
    planted = items[items["fault"].isin(list(FLAG))]
    assert set(planted["fault"]) == set(FLAG)
    for row in planted.itertuples():
        for name in (*classes_of[row.course], OVERVIEW):
            assert FLAG[row.fault][language] in item_rows(name, language)[row.item], (name, row.item)
            assert any(row.item in text for text in said(name, language)), (name, row.item)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_wrong_key_is_named_with_what_stands_and_what_should(items, classes_of, language):
    wrong = items[items["fault"] == "wrong_key"]
    page = open_training(ROUND, language)
    sentences = [text for course in page.courses for text in suspected(page, course)]
    assert len(sentences) == len(wrong) >= 1
    for row in wrong.itertuples():
        text = next(one for one in sentences if row.item in one)
        stands, should = text.index(f" {row.recorded_key} "), text.index(f" {row.key} ")
        assert stands < should
        for name in (*classes_of[row.course], OVERVIEW):
            assert text in said(name, language)


def test_no_sound_key_is_called_wrong(items):
    sound = set(items.loc[items["fault"] != "wrong_key", "item"])
    for name in (*CLASSES, OVERVIEW):
        found = {item for item, flags in item_rows(name, "vi").items() if FLAG["wrong_key"]["vi"] in flags}
        assert not found & sound


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_taught_is_to_be_taught_again_on_the_overview_and_every_district_s_sheet(items, language):
    page = open_training(ROUND, language)
    objectives = sorted(set(items.loc[items["fault"] == "not_taught", "objective"]))
    assert objectives
    for code in objectives:
        for name in (OVERVIEW, *DISTRICTS):
            assert any(page.name("objective", code) in text for text in said(name, language)), (name, code)


def test_people_without_the_test_after_are_the_planted_share():
    truth = pd.read_csv(TRUTH / "training-classes-2021.csv").set_index("class_id")
    page = open_training(ROUND, "vi")
    share = truth["without_post"].sum() / truth["participants"].sum()
    assert 0.11 < share < 0.13
    own = page.figure(page.whole, "learning", "attrition", "left")
    name = statistic_of("learning", "attrition", "left").name_vi
    cells = [
        cell
        for _, _, rows in tables_of(page_of(OVERVIEW, "vi"))
        for row in rows
        if row[0] == name
        for cell in row
    ]
    assert any(own.value in cell for cell in cells)
    # A person of two classes counts once over all classes, so the share may differ a little.
    assert abs(own.estimate - share) < 0.02
    for class_id in CLASSES:
        # Of those who took the test before: who took neither left nothing behind.
        first = truth.at[class_id, "participants"] - truth.at[class_id, "without_pre"]
        left = truth.at[class_id, "without_post"] / first
        rows = [row for _, _, rows in tables_of(page_of(class_id, "vi")) for row in rows if row[0] == name]
        assert rows and rows[0][1].strip("()").startswith(say_number(left, "share", "vi"))
