import datetime

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.errors import BadRows
from analysis.findings import describe_findings, stop_on
from analysis.respondents.corrections import (
    COLUMNS,
    apply_corrections,
    check_corrections,
    corrections_file,
    read_corrections,
)
from analysis.tagged_missing import CODE_OF_TAG

GOOD = {"reason": "typing error", "by": "LTH", "date": "2026-03-31"}


def rows(*given, **common):
    """Corrections, each (respondent, variable, action, old, new)."""
    keys = ("respondent", "variable", "action", "old", "new")
    made = [dict(zip(keys, row, strict=True)) | GOOD | common for row in given]
    return pd.DataFrame(made, columns=list(COLUMNS), dtype="str")


def correct(table, *given):
    corrected, findings = apply_corrections(table, rows(*given), "id")
    stop_on(findings)
    return corrected


def faults(table, *given, **common):
    corrected, findings = apply_corrections(table, rows(*given, **common), "id")
    assert corrected is table  # nothing is applied where one row is wrong
    assert set(findings["kind"]) == {"stop"} and set(findings["code"]) == {"bad_correction"}
    assert all(findings["vi"]) and all(findings["hint"])
    return findings


def test_a_value_is_set_where_the_guard_matches(table):
    before = table.copy()
    corrected = correct(table, ("12", "a2", "set", "34", "43"))
    assert corrected["a2"].tolist() == [18, 43, 35, 999]
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(corrected.drop(columns="a2"), table.drop(columns="a2"))
    assert corrected["a2"].dtype == table["a2"].dtype


def test_numbers_are_compared_as_numbers_and_codes_with_zeros_as_text(table):
    for old in ("34", "34.0", " 34", "3.4e1"):
        assert correct(table, ("12", "a2", "set", old, "43"))["a2"][1] == 43
    assert correct(table, ("11", "w", "set", "1.50", "1.25"))["w"][0] == 1.25
    text = table.assign(xa=["01", "1", "2", "3"])
    assert correct(text, ("11", "xa", "set", "01", "00123"))["xa"].tolist() == ["00123", "1", "2", "3"]
    assert len(faults(text, ("11", "xa", "set", "1", "00123"))) == 1


def test_what_single_precision_stores_matches_what_was_typed():
    table = pd.DataFrame({"id": [1, 2], "w": np.array([1.23456789, 16777217.5], dtype="float32")})
    assert len(correct(table, ("1", "w", "set", "1.2345679", "2"))) == 2
    assert len(faults(table, ("1", "w", "set", "1.2346", "2"))) == 1


def test_a_value_is_cleared_and_a_blank_is_filled(table):
    corrected = correct(table, ("14", "a2", "clear", "999", ""), ("13", "thon", "clear", "c", ""))
    assert corrected["a2"].tolist()[:3] == [18, 34, 35] and np.isnan(corrected["a2"][3])
    assert corrected["thon"].isna().tolist() == [False, False, True, False]
    again = correct(corrected, ("14", "a2", "set", "", "61"), ("13", "thon", "set", "", "e"))
    assert again["a2"].tolist() == [18, 34, 35, 61] and again["thon"].tolist() == ["a", "b", "e", "d"]


def test_a_row_is_dropped_and_the_others_keep_their_index(table):
    corrected = correct(table, ("12", "", "drop_row", "", ""), ("13", "a2", "drop_row", "35", ""))
    assert corrected["id"].tolist() == [11, 14] and corrected.index.tolist() == [0, 3]


def test_rows_are_applied_in_their_order(table):
    corrected = correct(table, ("11", "a1", "set", "1", "2"), ("11", "a1", "set", "2", "1"))
    assert corrected["a1"].tolist() == table["a1"].tolist()
    assert len(faults(table, ("11", "a1", "set", "2", "1"), ("11", "a1", "set", "1", "2"))) >= 1


def test_a_respondent_s_code_is_corrected_and_later_rows_use_the_new_one(table):
    corrected = correct(table, ("11", "id", "set", "11", "21"), ("21", "a1", "set", "1", "2"))
    assert corrected["id"].tolist() == [21, 12, 13, 14] and corrected["a1"].tolist() == [2, 2, 2, 1]
    assert "taken" in faults(table, ("11", "id", "set", "11", "12"))["what"][0]


def test_one_of_two_rows_of_a_respondent_is_dropped_by_its_guard(table):
    table["id"] = [11, 11, 13, 14]
    assert "2 rows" in faults(table, ("11", "", "drop_row", "", ""))["what"][0]
    assert "2 rows" in faults(table, ("11", "a1", "set", "1", "2"))["what"][0]
    assert correct(table, ("11", "a2", "drop_row", "34", ""))["a2"].tolist() == [18, 35, 999]
    table["a2"] = [18, 18, 35, 999]
    assert len(faults(table, ("11", "a2", "drop_row", "18", ""))) == 1


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (("99", "a1", "set", "1", "2"), "respondent 99 is in no row"),
        (("", "a1", "set", "1", "2"), "respondent is empty"),
        (("11", "a9", "set", "1", "2"), "no variable a9"),
        (("11", "", "set", "1", "2"), "variable is empty"),
        (("11", "a1", "set", "2", "1"), "old value of a1 no longer matches"),
        (("11", "a1", "set", "", "1"), "old value of a1 no longer matches"),
        (("11", "a1", "set", "1", ""), "no new value"),
        (("11", "a1", "set", "1", "1.0"), "the new value is the old one"),
        (("11", "a1", "change", "1", "2"), "unknown action"),
        (("11", "a1", "", "1", "2"), "unknown action"),
        (("11", "a1", "clear", "1", "2"), "clear has a new value"),
        (("11", "a1", "clear", "2", ""), "old value of a1 no longer matches"),
        (("11", "", "drop_row", "1", ""), "old without a variable"),
        (("11", "a1", "drop_row", "2", ""), "old value of a1 no longer matches"),
        (("11", "w", "set", "1.5", "1,25"), "cannot stand in w"),
        (("11", "w", "set", "1.5", "nan"), "cannot stand in w"),
        (("11", "a1", "set", "1", "1.5"), "cannot stand in a1"),
        (("11", "a1", "set", "1", "female"), "cannot stand in a1"),
    ],
)  # fmt: skip
def test_a_row_that_does_not_fit_stops(table, row, what):
    findings = faults(table, row)
    assert len(findings) == 1 and what in findings["what"][0]
    assert findings["row"][0] == 2 and "row 2" in findings["where"][0]
    with pytest.raises(BadRows):
        stop_on(findings)


@pytest.mark.parametrize("key", ["reason", "by", "date"])
def test_reason_person_and_date_must_be_given(table, key):
    assert f"{key} is empty" in faults(table, ("11", "a1", "set", "1", "2"), **{key: ""})["what"][0]


@pytest.mark.parametrize("text", ["31/03/2026", "2026-02-30", "20260331", "yesterday"])
def test_the_date_is_written_year_month_day(table, text):
    assert "date" in faults(table, ("11", "a1", "set", "1", "2"), date=text)["what"][0]


def test_rows_that_contradict_or_repeat_each_other_stop(table):
    for second in (
        ("11", "a1", "set", "1", "3"),
        ("11", "a1", "set", "1", "2"),
        ("11", "a1", "clear", "1", ""),
    ):
        findings = faults(table, ("11", "a1", "set", "1", "2"), second)
        assert len(findings) == 1 and "contradicts or repeats row 2" in findings["what"][0]
    findings = faults(table, ("11", "", "drop_row", "", ""), ("11", "a1", "set", "1", "2"))
    assert "dropped by row 2" in findings["got"][0]


def test_a_column_of_a_csv_that_holds_numbers_takes_numbers(table):
    text = table.astype({"id": int}).astype("str")  # as a .csv is read
    assert correct(text, ("11", "a2", "set", "18", "19"))["a2"].tolist() == ["19", "34", "35", "999"]
    assert "cannot stand in a2" in faults(text, ("11", "a2", "set", "18", "1,9"))["what"][0]
    comma = text.assign(w=["1,5", "2.0", "1.0", "0.5"])  # the fault that a correction is there to mend
    assert correct(comma, ("11", "w", "set", "1,5", "1.5"))["w"][0] == "1.5"
    assert correct(text, ("11", "thon", "set", "a", "Ấp 1"))["thon"][0] == "Ấp 1"


def test_other_types_of_columns_keep_their_type():
    table = pd.DataFrame(
        {
            "id": ["a", "b"],
            "small": np.array([1, 2], dtype="int8"),
            "maybe": pd.array([1, None], dtype="Int64"),
            "kind": pd.Categorical(["x", "y"]),
            "sure": [True, False],
            "day": pd.to_datetime(["2021-05-01", "2021-05-02"]),
            "when": [datetime.date(2021, 5, 1), None],
        }
    )
    corrected = correct(
        table,
        ("a", "small", "set", "1", "300"),
        ("b", "maybe", "set", "", "7"),
        ("a", "kind", "set", "x", "y"),
        ("a", "sure", "set", "True", "false"),
        ("a", "day", "set", "2021-05-01", "2021-05-03"),
        ("a", "when", "set", "2021-05-01", "2021-05-04"),
    )
    assert corrected["small"].tolist() == [300, 2]
    assert corrected["maybe"].tolist() == [1, 7]
    assert corrected["kind"].tolist() == ["y", "y"]
    assert corrected["sure"].tolist() == [False, False]
    assert corrected["day"][0] == pd.Timestamp("2021-05-03")
    assert corrected["when"][0] == datetime.date(2021, 5, 4)
    for column, old, new in (("kind", "x", "z"), ("sure", "True", "2"), ("day", "2021-05-01", "3/5/2021")):
        assert "cannot stand" in faults(table, ("a", column, "set", old, new))["what"][0]


def test_a_declared_tag_of_stata_is_guarded_by_its_name(table):
    tagged = table.assign(q1=[CODE_OF_TAG[".a"], 2.0, 1.0, 888.0])
    fixed, findings = apply_corrections(tagged, rows(("11", "q1", "set", ".a", "1")), "id")
    assert findings["kind"].tolist() == ["note"] and fixed["q1"].tolist() == [1.0, 2.0, 1.0, 888.0]
    assert apply_corrections(tagged, rows(("11", "q1", "set", ".b", "1")), "id")[1]["kind"].tolist() == [
        "stop"
    ]


def test_what_was_done_is_told_by_variable_and_reason_without_an_answer(table):
    given = rows(
        ("11", "a2", "set", "18", "71"), ("12", "a2", "set", "34", "72"), ("14", "", "drop_row", "", "")
    )
    given.loc[2, "reason"] = "withdrew consent"
    _, findings = apply_corrections(table, given, "id")
    assert findings[["kind", "column"]].to_numpy().tolist() == [["note", "a2"], ["note", ""]]
    text = describe_findings(findings)
    assert "2 declared corrections" in text and "typing error" in text
    assert not [who for who in ("11", "12", "14") if who in text]  # notes outlive the rows about persons
    assert "withdrew consent" in text and "bỏ cả dòng" in text
    assert not [answer for answer in ("18", "71", "34", "72") if answer in text]


def test_a_fault_shows_no_answer_either(table):
    given = (
        ("11", "a2", "set", "77", "71"),
        ("12", "a2", "clear", "34", "72"),
        ("13", "w", "set", "1", "7x3"),
    )
    text = describe_findings(faults(table, *given))
    assert not [answer for answer in ("77", "71", "34", "72", "7x3", "18") if answer in text]


def test_checking_finds_what_applying_finds_and_changes_nothing(table):
    before = table.copy()
    assert check_corrections(table, rows(("99", "a1", "set", "1", "2")), "id")["kind"].tolist() == ["stop"]
    assert check_corrections(table, rows(("11", "a1", "set", "1", "2")), "id")["kind"].tolist() == ["note"]
    pd.testing.assert_frame_equal(table, before)


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    (tmp_path / "corrections").mkdir()
    return tmp_path


def test_a_round_without_a_file_has_no_corrections(table, data):
    none = read_corrections("tiny")
    corrected, findings = apply_corrections(table, none, "id")
    assert list(none.columns) == list(COLUMNS) and corrected is table and findings.empty


def test_corrections_are_read_from_the_round_s_own_file(table, data):
    rows(("11", "a1", "set", "1", "2")).to_csv(corrections_file("tiny"), index=False)
    assert corrections_file("tiny") == paths.data_folder() / "corrections" / "tiny.csv"
    assert apply_corrections(table, read_corrections("tiny"), "id")[0]["a1"][0] == 2
    rows(("99", "a1", "set", "1", "2")).to_csv(corrections_file("tiny"), index=False)
    findings = check_corrections(table, read_corrections("tiny"), "id")
    assert "/corrections/tiny.csv, row 2" in findings["where"][0]


def test_a_file_without_a_column_is_refused(data):
    rows(("11", "a1", "set", "1", "2")).drop(columns="by").to_csv(corrections_file("tiny"), index=False)
    with pytest.raises(BadRows, match="columns are missing"):
        read_corrections("tiny")
