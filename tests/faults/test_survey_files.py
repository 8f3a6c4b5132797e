"""Faults of a survey's file, each through the real commands: named, with its exit code, and nothing touched.

The numbers are those of the list of input faults: 9 cut files, 10 encodings, 12 weights, 13 and 14 design,
15 and 16 places, 20 and 21 codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from analysis.indicators.framework import read_framework
from analysis.respondents.codebook import read_codebook
from tests.faults.survey_case import OLD_PAGE, SurveyCase, as_text, example_table

UNREADABLE, COLUMN, WEIGHT, TWICE, PLACE, CODE, LONE, ROWS, DESIGN = 11, 12, 13, 14, 15, 16, 17, 18, 19
WEIGHT_COLUMN, PSU, STRATUM, WHO = "PSW_psweight", "PSW_PSU", "PSW_STRATA", "idcode0"


def refused(case: SurveyCase, code: str, exit_code: int) -> str:
    """Both commands refuse by the named finding, without a traceback; every file made before stays."""
    before = case.outputs()
    assert any("results.parquet" in name for name in before)
    said = {command: case.run(command) for command in ("check", "packs")}
    for command, ended in said.items():
        assert ended.exit_code == exit_code, (command, ended.output, ended.exception)
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        assert "Traceback" not in ended.output
    assert counted("Lỗi / stop", code, said["check"].output)
    assert "Lỗi: " in said["packs"].output and "Error: " in said["packs"].output
    assert case.outputs() == before
    return said["check"].output


def counted(kind: str, code: str, printed: str) -> bool:
    """Whether a check counts findings of this code among those of a kind: "Lỗi / stop: 3 (bad_weight 3)"."""
    return bool(re.search(rf"^{kind}: \d+ \((?:.*, )?{code} \d+", printed, re.MULTILINE))


class Fault(NamedTuple):
    """What is done to the rows (as text), what it is called, and a word its message must hold."""

    name: str
    change: Callable[[pd.DataFrame], pd.DataFrame]
    code: str
    exit_code: int
    says: str


def at(column: str, *values: str, row: int = 6) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Put values into a column, from a row on."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        table.loc[row : row + len(values) - 1, column] = list(values)
        return table

    return change


def whole(column: str, value: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda table: table.assign(**{column: value})


def first_of_each(column: str, value: str, district: str = "899") -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Put a value into a column for one district's rows."""
    return lambda table: table.assign(**{column: table[column].mask(table["huyen"] == district, value)})


def other_district(table: pd.DataFrame) -> pd.DataFrame:
    """One person's district is another sampled one; the commune stays."""
    codes = table["huyen"].unique()
    table.loc[6, "huyen"] = next(code for code in codes if code != table.loc[6, "huyen"])
    return table


def psu_in_two(table: pd.DataFrame) -> pd.DataFrame:
    table.loc[6, STRATUM] = "92"
    return table


FAULTS = (
    Fault("12 weight zero", at(WEIGHT_COLUMN, "0"), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weight negative", at(WEIGHT_COLUMN, "-1.5"), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weight blank", at(WEIGHT_COLUMN, ""), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weight nan", at(WEIGHT_COLUMN, "NaN"), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weight inf", at(WEIGHT_COLUMN, "inf"), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weight text", at(WEIGHT_COLUMN, "một"), "bad_weight", WEIGHT, "row 8"),
    Fault("12 weights sum 0", whole(WEIGHT_COLUMN, "0"), "bad_weight", WEIGHT, WEIGHT_COLUMN),
    Fault("12 no weights", lambda table: table.drop(columns=WEIGHT_COLUMN), "missing_column", COLUMN, WEIGHT_COLUMN),
    Fault("13 stratum of one PSU", first_of_each(STRATUM, "92"), "lone_psu", LONE, "92"),
    Fault("14 PSU in two strata", psu_in_two, "bad_design", DESIGN, PSU),
    Fault("14 PSU blank", at(PSU, ""), "bad_design", DESIGN, PSU),
    Fault("14 code twice", lambda table: pd.concat([table, table.iloc[[3]]]), "duplicate_respondent", TWICE, "row 194"),
    Fault("14 code blank", at(WHO, ""), "duplicate_respondent", TWICE, "row 8"),
    Fault("15 name of another province", at("huyen", "Châu Thành A"), "unknown_place_code", PLACE, "Châu Thành"),
    Fault("15 misspelt name", at("huyen", "Kiên Lươn"), "unknown_place_code", PLACE, "Kiên Lương"),
    Fault("15 code of nothing", at("huyen", "898"), "unknown_place_code", PLACE, "898"),
    Fault("16 commune under two districts", other_district, "unknown_place_code", PLACE, "row 8"),
    Fault("20 Likert from 0", at("d101da", "0"), "unknown_code", CODE, "row 8"),
    Fault("20 no opinion as a code", at("d101da", "77"), "unknown_code", CODE, "row 8"),
    Fault("20 no opinion as a word", at("d101da", "không ý kiến"), "unknown_code", CODE, "row 8"),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_in_the_rows_is_refused_by_name(case, fault):
    case.write(fault.change(as_text(example_table())))
    assert fault.says in refused(case, fault.code, fault.exit_code)


@pytest.mark.parametrize("suffix", [".dta", ".sav", ".xlsx", ".csv", ".parquet"])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_file_cut_short_is_refused_and_named(case, suffix, share):
    path = case.write(example_table(), suffix)
    raw = path.read_bytes()
    path.write_bytes(raw[: int(len(raw) * share)])
    before = case.outputs()
    said = {command: case.run(command) for command in ("check", "packs")}
    for ended in said.values():
        assert ended.exit_code == UNREADABLE, ended.output
        assert path.name in ended.output and "Traceback" not in ended.output
    assert case.outputs() == before


def test_a_file_that_is_not_there_is_named(case):
    path = case.file(".sav")
    before = case.outputs()
    for command in ("check", "packs"):
        ended = case.run(command)
        assert ended.exit_code == 10
        assert path.name in ended.output
    assert case.outputs() == before


@pytest.mark.parametrize("policy", ["adjust", "average", "certainty", "remove"])
def test_every_other_policy_for_a_stratum_of_one_psu_builds_and_the_page_names_it(case, policy):
    from analysis.briefing import methods, open_round_page

    table = first_of_each(STRATUM, "92")(as_text(example_table()))
    case.write(table)
    case.settle('lone_psu = "stop"', f'lone_psu = "{policy}"')
    case.results()
    page = open_round_page("faulty", "en")
    assert page.say(f"methods_lone_{policy}", lone="1") in methods.design(page)._repr_html_()


def test_likert_that_the_file_s_own_labels_turn_round_is_refused(case):
    table = example_table()
    labels = {"d101da": {1: "Không", 2: "Có"}}
    case.write(table, ".dta", variable_value_labels=labels)
    assert "d101da" in refused(case, "labels_moved", CODE)


def test_year_that_the_framework_has_no_rows_for_is_refused(case):
    case.settle("year = 2021", "year = 1890")
    before = case.outputs()
    for command in ("check", "packs"):
        ended = case.run(command)
        assert ended.exit_code not in (0, 1), ended.output
        assert "1890" in ended.output and "Traceback" not in ended.output
    assert case.outputs() == before


NOTED = (
    Fault("12 weights all equal", whole(WEIGHT_COLUMN, "2"), "weights_equal", 0, WEIGHT_COLUMN),
    Fault("12 weight extreme", at(WEIGHT_COLUMN, "1e7"), "weight_extreme", 0, WEIGHT_COLUMN),
    Fault("14 rows repeated", lambda table: pd.concat([table, table.iloc[[3]].assign(**{WHO: "777777"})]), "duplicate_row", 0, "194"),
)  # fmt: skip


@pytest.mark.parametrize("fault", NOTED, ids=lambda fault: fault.name)
def test_oddity_is_noted_by_name_and_the_round_builds(case, fault):
    case.write(fault.change(as_text(example_table())))
    ended = case.run("check")
    assert ended.exit_code == 0, ended.output
    assert counted("Lưu ý / note", fault.code, ended.output) and fault.says in ended.output
    assert fault.code in case.run("build").output


def test_code_that_the_file_does_not_label_is_noted(case):
    labels = {"d101da": {1: "Có"}}
    case.write(example_table(), ".dta", variable_value_labels=labels)
    ended = case.run("check")
    assert ended.exit_code == 0
    assert counted("Lưu ý / note", "unlabelled_code", ended.output) and "d101da" in ended.output


def test_user_missing_value_of_spss_is_no_number_and_the_mean_does_not_move(case):
    """777 where SPSS marks it as missing: the results are those of a file with blanks there, and move if not."""
    table, column = example_table(), a_number()
    kept = case.results()
    rows = np.flatnonzero(~table[column].isin([888, 999, -999999]) & table[column].notna())[:5]
    assert len(rows) == 5
    table.loc[rows, column] = np.nan
    case.write(table, ".sav")
    blank = case.results()
    assert not blank.equals(kept)
    table.loc[rows, column] = 777
    case.write(table, ".sav", missing_ranges={column: [777]})
    assert "undeclared_missing" in case.run("check").output
    pd.testing.assert_frame_equal(case.results(), blank)


def a_number() -> str:
    """A question of type number that an indicator takes the mean of, and that the file holds."""
    book, framework = read_codebook("papi"), read_framework("papi", 2021)
    used = {name for text in framework.indicators["variables"] for name in text.split()}
    columns = example_table().columns
    return next(name for name in sorted(used) if name in columns and book.row(name)["type"] == "number")


def test_district_without_people_and_indicator_without_answers_are_told_apart(case):
    """Fault 22: nobody sampled is `not_sampled`; all blank on one question leaves the other indicators alone."""
    before = case.results()
    levels = before.query("place == '912' and statistic in ['score', 'share', 'mean']")
    assert len(levels) and set(levels["quality"]) == {"not_sampled"}
    table, column = as_text(example_table()), "d101da"
    table.loc[table["huyen"] == "899", column] = ""
    case.write(table)
    after = case.results()
    key = ["place", "group_kind", "group", "measure", "statistic", "measure_kind", "survey_round"]
    both = before.merge(after, on=key, suffixes=("_before", "_after"))
    assert len(both) == len(before)
    own = both.query("measure_kind == 'indicator' and place == '899' and statistic in ['share', 'mean']")
    emptied = own[(own["n_before"] > 0) & ~(own["n_after"] > 0)]
    assert len(emptied) >= 1
    assert emptied["estimate_after"].isna().all()
    assert set(emptied["quality_after"]) <= {"not_estimated", "suppressed", "not_sampled"}
    others = own[~own["measure"].isin(emptied["measure"])]
    assert len(others) > 50
    same = (others["estimate_before"] == others["estimate_after"]) | others["estimate_before"].isna()
    assert same.all()


def test_the_page_of_an_earlier_run_is_what_was_compared(case):
    assert (case.packs / "899-rach-gia" / "briefing.html").read_text("utf-8") == OLD_PAGE
