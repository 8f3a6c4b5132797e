import pandas as pd
import pytest

from analysis import paths
from analysis.rows import read_rows
from training.records.form_indicators import OBJECTS, check_form_indicators, read_form_indicators
from training.records.records import COLUMNS


def raw():
    return read_rows(paths.rows_file("training", "form_indicators.csv"), list(COLUMNS["form_indicators"]))


def test_the_committed_rows_have_no_fault():
    assert check_form_indicators(raw()).empty


def test_the_circular_s_six_objects_have_criteria_and_indicators_and_ours_are_marked_assumed():
    rows = read_form_indicators()
    own = rows[rows["rule"] == "10/2017"]
    assert tuple(own["object"].drop_duplicates()) == OBJECTS
    assert own.groupby("object")["criterion"].nunique().ge(2).all()
    assert set(own["status"]) == {"assumed"} and own["weight"].eq(1).all()


def test_what_was_read_of_the_later_circular_is_known():
    rows = read_form_indicators().query("rule == '03/2023'")
    assert set(rows.loc[rows["status"] == "known", "object"]) == {"programme", "learners"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("object", "rooms"), ("status", "sure"), ("respondents", "learner guest"), ("weight", "0"), ("weight", "x"),
        ("name_vi", ""), ("indicator", "CT1.2"), ("criterion", "HV1"),
    ],
)  # fmt: skip
def test_a_bad_row_is_found(column, value):
    rows = raw()
    rows.loc[0, column] = value
    assert len(check_form_indicators(rows)) >= 1


def test_a_rule_without_one_of_the_objects_is_found():
    rows = raw()
    found = check_form_indicators(rows[rows["object"] != "facilities"])
    assert found["got"].tolist() == ["facilities", "facilities"]


def test_weights_are_numbers_once_read():
    assert pd.api.types.is_float_dtype(read_form_indicators()["weight"])
