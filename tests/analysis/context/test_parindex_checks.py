import pandas as pd
import pytest

from analysis.context.parindex_checks import check_parindex
from analysis.context.parindex_rows import COLUMNS, read_parindex
from analysis.findings import COLUMNS as FINDINGS


def set_cell(name, at, **cells):
    table = read_parindex(name)
    for column, value in cells.items():
        table.loc[at, column] = value
    return {name: table}


def criteria(*rows):
    """Criteria of the regime whose field 6 has 7 points."""
    base = dict.fromkeys(COLUMNS["criteria"], "") | {
        "regime": "2948", "field": 6, "method": "self", "status": "known", "source": "the test",
    }  # fmt: skip
    table = pd.DataFrame([base | row for row in rows])
    return {"criteria": table.astype({"field": "Int64", "maximum": float})}


def test_committed_rows_break_no_rule():
    found = check_parindex()
    assert list(found.columns) == list(FINDINGS)
    assert found.empty, found["what"].tolist()


@pytest.mark.parametrize(
    ("tables", "what"),
    [
        (lambda: {"fields": pd.concat([read_parindex("fields")] * 2)}, "a key stands twice"),
        (lambda: set_cell("fields", 0, regime="2949"), "an unknown regime"),
        (lambda: set_cell("fields", 0, maximum=11.0), "fields do not add up to their regime"),
        (lambda: set_cell("fields", 8, criteria=7), "fields do not add up to their regime"),
        (lambda: set_cell("fields", 0, survey_part=2.0, self_part=7.0, parts_status="known"), "survey and self"),
        (lambda: set_cell("fields", 0, maximum_status="unknown"), "maximum_status and maximum disagree"),
        (lambda: set_cell("fields", 0, name_status="sure"), "an unknown name_status"),
        (lambda: set_cell("fields", 0, source=""), "no source"),
        (lambda: set_cell("regimes", 1, year_from=2018), "the years of two regimes overlap"),
        (lambda: set_cell("regimes", 1, status="partial"), "an unknown status"),
        (lambda: set_cell("published", 0, province="99"), "an unknown province"),
        (lambda: set_cell("published", 0, value=64.0), "a rank beyond those ranked"),
        (lambda: set_cell("published", 0, statistic="score", value=101.0), "a score outside 0-100"),
        (lambda: set_cell("published", 0, value=None), "status and value disagree"),
        (lambda: set_cell("district_classes", 0, district="999"), "an unknown district"),
        (lambda: set_cell("district_classes", 0, **{"class": "superb"}), "an unknown class"),
        (lambda: set_cell("district_classes", 14, listed=0), "the list's order and the classes disagree"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(tables, what):
    found = check_parindex(tables())
    assert found["what"].str.contains(what, regex=False).any(), found["what"].tolist()
    assert (found["kind"] == "stop").all()


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([{"criterion": "6.1", "maximum": 3}, {"criterion": "6.2", "maximum": 3}], "criteria do not add up"),
        ([{"criterion": "6.1", "maximum": 8}], "criteria do not add up"),
        ([{"criterion": "5.1", "maximum": 7}], "a code that does not belong"),
        ([{"criterion": "6", "maximum": 7}], "a code that does not belong"),
        ([{"criterion": "6.1", "maximum": 7, "method": "guess"}], "an unknown method"),
        ([{"criterion": "9.1", "maximum": 7, "field": 9}], "an unknown field"),
        ([{"criterion": "6.1", "maximum": 3.5}, {"criterion": "6.1", "maximum": 3.5}], "a key stands twice"),
    ],
)
def test_a_planted_fault_in_criteria_is_found_and_nothing_else(rows, what):
    found = check_parindex(criteria(*rows))
    assert [what in text for text in found["what"]] == [True]


def test_criteria_that_add_up_to_their_field_are_right():
    rows = [{"criterion": "6.1", "maximum": 3}, {"criterion": "6.2.1", "maximum": 1.5}]
    assert check_parindex(criteria(*rows, {"criterion": "6.10", "maximum": 7 - 3 - 1.5})).empty
