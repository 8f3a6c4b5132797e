"""The committed rows of data/training and what they are read into: rules by date, classes, thresholds, vocabulary."""

import pandas as pd
import pytest

from analysis.errors import BadRows, UnknownName
from training.rules import (
    certificate_rule_on,
    class_of_index,
    evaluation_rule_on,
    read_thresholds,
    read_training_rows,
)
from training.rules.checks import check_rules
from training.rules.rows import COLUMNS, STATUS
from training.rules.vocabulary import describe_statistic, say_states


def test_committed_rows_break_no_rule():
    assert check_rules().empty


@pytest.mark.parametrize(
    ("day", "rule"), [("2018-03-01", "01/2018"), ("2021-09-30", "01/2018"), ("2023-06-15", "03/2023")]
)
def test_certificate_rule_is_that_of_the_day(day, rule):
    assert certificate_rule_on(day)["rule"] == rule


@pytest.mark.parametrize(
    ("day", "rule", "maximum"),
    [
        ("2021-05-13", "10/2017", 10),
        ("2023-06-14", "10/2017", 10),
        ("2023-07-01", "03/2023", 10),
        ("2024-01-01", "07/2023", 100),
    ],
)
def test_evaluation_rule_is_that_of_the_day(day, rule, maximum):
    found = evaluation_rule_on(pd.Timestamp(day))
    assert (found["rule"], found["index_maximum"]) == (rule, maximum)


@pytest.mark.parametrize("day", ["2017-12-31", pd.NaT])
def test_a_day_without_a_rule_is_refused_in_both_languages(day):
    with pytest.raises(UnknownName) as fault:
        evaluation_rule_on(day)
    assert "evaluation_rules.csv" in fault.value.vi
    assert "2018-03-01" in fault.value.expected


@pytest.mark.parametrize(
    ("index", "rule", "name"),
    [(0, "10/2017", "Kém"), (1.99, "10/2017", "Kém"), (2, "10/2017", "Yếu"), (7.999, "10/2017", "Khá"),
     (8, "10/2017", "Tốt"), (10, "10/2017", "Tốt"), (49.9, "07/2023", "Không đạt"), (50, "07/2023", "Đạt"),
     (79.9, "07/2023", "Khá"), (80, "07/2023", "Tốt"), (100, "07/2023", "Tốt")],
)  # fmt: skip
def test_an_index_falls_in_its_class(index, rule, name):
    assert class_of_index(index, rule)["name_vi"] == name


@pytest.mark.parametrize(("index", "rule"), [(10.1, "10/2017"), (-0.1, "10/2017"), (5, "99/2030")])
def test_an_index_outside_the_classes_is_refused(index, rule):
    with pytest.raises(UnknownName):
        class_of_index(index, rule)


def test_what_is_assumed_says_so_and_what_is_known_has_its_source():
    for name in ("certificate_rules", "evaluation_rules", "quotas", "thresholds"):
        rows = read_training_rows(name)
        assert (rows["source"] != "").all()
    rules = read_training_rows("evaluation_rules").set_index("rule")
    assert rules.at["10/2017", "forms_status"] == "known"
    assert rules.at["10/2017", "index_status"] == "assumed"
    assert set(STATUS) == {"known", "assumed"}


PLANTED = [
    ("evaluation_rules", lambda t: pd.concat([t, t.iloc[:1]]), "the row stands twice"),
    ("evaluation_rules", lambda t: t.assign(valid_to=["2023-06-13", *t["valid_to"][1:]]), "it does not end the day before"),
    ("evaluation_rules", lambda t: t.assign(valid_from=["1/3/2018", *t["valid_from"][1:]]), "valid_from is no date"),
    ("evaluation_rules", lambda t: t.assign(weights="other"), "weights is unknown"),
    ("evaluation_rules", lambda t: t.assign(forms_status="seen"), "forms_status is unknown"),
    ("evaluation_classes", lambda t: t.assign(low=t["low"].replace(2.0, 2.5)), "its classes leave a gap"),
    ("evaluation_classes", lambda t: t[t["rule"] != "03/2023"], "rule and classes do not belong together"),
    ("certificate_rules", lambda t: t.assign(source=""), "source is empty"),
    ("quotas", lambda t: t.assign(objects="teachers"), "an unknown object"),
    ("quotas", lambda t: t.assign(rule="1/1999"), "an unknown rule"),
    ("quotas", lambda t: t.assign(minimum=20.0), "its minimum"),
    ("states", lambda t: t.assign(vi=["", *t["vi"][1:]]), "vi is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "what"), PLANTED)
def test_a_planted_fault_in_a_row_is_found(name, spoil, what):
    found = check_rules({name: spoil(read_training_rows(name)).reset_index(drop=True)})
    assert any(what in said for said in found["what"])
    assert (found["kind"] == "stop").all()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.iloc[1:],
        lambda t: pd.concat([t, t.iloc[:1]]),
        lambda t: pd.concat([t, t.iloc[:1].assign(threshold="other")]),
        lambda t: t.assign(value=t["value"].replace(10.0, 10.5)),
        lambda t: t.assign(value=t["value"].replace(0.15, 15.0)),
        lambda t: t.assign(value=t["value"].replace(0.05, float("nan"))),
    ],
)
def test_planted_thresholds_are_refused(spoil):
    with pytest.raises(BadRows) as fault:
        read_thresholds(spoil(read_training_rows("thresholds")))
    assert "thresholds.csv" in fault.value.vi


def test_a_number_that_is_none_is_refused(tmp_path, monkeypatch):
    (tmp_path / "training").mkdir()
    rows = ",".join(COLUMNS["thresholds"]) + "\ngroup_least,mười,a,b,known,c\n"
    (tmp_path / "training" / "thresholds.csv").write_text(rows, encoding="utf-8")
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    with pytest.raises(BadRows) as fault:
        read_training_rows("thresholds")
    assert "thresholds.csv" in fault.value.where


def test_vocabulary_names_a_statistic_of_one_measure_before_that_of_any():
    assert describe_statistic("learning", "attrition", "left").name_en == "Share without the test after"
    assert describe_statistic("item", "PAPI-07", "rest_mean_open").part == "open"
    with pytest.raises(UnknownName):
        describe_statistic("item", "PAPI-07", "no_such_thing")


def test_notes_are_said_with_their_values_in_both_languages():
    note = "key_suspected;bh:12;rule=01/2018"
    assert say_states(note, "vi")[2] == "quy định áp dụng: 01/2018"
    assert len(say_states(note, "en")) == 3
    assert say_states("", "vi") == []
    with pytest.raises(UnknownName):
        say_states("no_such_note", "vi")
