import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.respondents.survey_rows import SurveyRows
from tests.analysis.respondents.conftest import cells_of, raw_of

STOP = Finding("unknown_code", "Bad.", "Sai.", where="raw/tiny.dta, column q1")
NOTE = Finding("odd", "Odd.", "Lạ.", where="raw/tiny.dta, column q1", kind="note")
TWO = np.array([True, False, True, False])


def test_each_cell_has_its_address_and_a_stop_names_the_respondent(table, survey_round):
    first, second = SurveyRows(table, survey_round, raw_of(table)).at_cells(STOP, TWO, "q1", "7")
    assert (first.file, first.row, first.column, first.value) == ("tiny.dta", 1, "q1", "7")
    assert second.where == "raw/tiny.dta, row 3, column q1, respondents 13"


def test_a_cell_of_a_workbook_is_named_by_its_letter(table, survey_round):
    texts = table.astype("str")
    (first, _) = SurveyRows(texts, survey_round, cells_of(texts)).at_cells(STOP, TWO, "q1")
    assert (first.sheet, first.cell, first.row) == ("Phiếu", "J2", 2)


def test_a_note_names_no_respondent(table, survey_round):
    for raw in (raw_of(table), None):
        for found in SurveyRows(table, survey_round, raw).at_cells(NOTE, TWO, "q1"):
            assert "respondents" not in found.where


def test_rows_dropped_by_a_correction_shift_no_address(table, survey_round):
    rows = SurveyRows(table.drop(index=0), survey_round, raw_of(table))
    (found,) = rows.at_cells(STOP, np.array([False, True, False]), "q1")
    assert found.row == 3  # index 2 of the file


def test_very_many_cells_are_counted_in_one_finding(table, survey_round):
    many = pd.concat([table] * 13, ignore_index=True)  # 52 rows
    (found,) = SurveyRows(many, survey_round, raw_of(many)).at_cells(STOP, np.full(52, True), "q1")
    assert found.where.endswith("dòng/row 1, 2, 3, 4, 5, … (+47)")
    assert found.row == 0 and found.column == "q1"
    assert found.rows == "1-52"


def test_a_note_about_two_cells_is_said_once_and_holds_both_rows(table, survey_round):
    (found,) = SurveyRows(table, survey_round, raw_of(table)).at_cells(NOTE, TWO, "q1", "7")
    assert (found.rows, found.value) == ("1, 3", "7")
    assert found.where.endswith("dòng/row 1, 3")


def test_rows_are_numbered_as_in_the_file(table, survey_round):
    texts = table.astype("str")
    assert SurveyRows(texts, survey_round, cells_of(texts)).row_numbers(TWO) == "dòng/row 2, 4"
    assert SurveyRows(table, survey_round).row_numbers(TWO) == "2 dòng/rows"
