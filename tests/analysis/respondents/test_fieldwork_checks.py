from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.respondents.fieldwork_checks import check_fieldwork
from analysis.respondents.survey_rows import SurveyRows
from analysis.rounds.file_settings import Fieldwork
from tests.analysis.respondents.conftest import raw_of

DAYS = Fieldwork(date(2021, 7, 1), date(2021, 7, 31), date="ngay")


@pytest.fixture
def found(table, survey_round, codebook):
    def found(days, fieldwork=DAYS):
        dated = table.assign(ngay=pd.Series(days))
        rows = SurveyRows(dated, replace(survey_round, fieldwork=fieldwork), raw_of(dated))
        return [(one.code, one.row, one.kind) for one in check_fieldwork(rows, codebook)]

    return found


def test_days_within_the_fieldwork_have_no_findings(found):
    assert found(["01/07/2021", "2021-07-31", "15-7-2021", None]) == []


def test_the_first_number_is_the_day(found):
    assert found(["05/07/2021", "07/05/2021", "1/7/2021", "2/7/2021"]) == [
        ("interview_outside_fieldwork", 2, "note")  # 7 May
    ]


def test_days_of_the_file_s_own_type_are_read(found):
    assert found([date(2021, 7, 2), date(2021, 8, 1), None, date(2021, 7, 1)])[0][:2] == (
        "interview_outside_fieldwork",
        2,
    )
    assert found(pd.to_datetime(["2021-07-01", "2021-06-30", "2021-07-02", "2021-07-03"]))[0][1] == 2


def test_a_day_that_cannot_be_read_is_named_without_its_text(table, survey_round, codebook):
    dated = table.assign(ngay=["1/7", "31/06/2021", "1/7/2021", "1/7/2021"])
    rows = SurveyRows(dated, replace(survey_round, fieldwork=DAYS), raw_of(dated))
    notes = list(check_fieldwork(rows, codebook))
    assert [(one.code, one.rows, one.value) for one in notes] == [("interview_date_unread", "1-2", "•••")]


def test_a_day_number_of_excel_counts_only_where_declared(found):
    assert found([44383.0, 44384.0, 44385.0, 44386.0])[0][0] == "interview_date_unread"
    assert found([44383.0, 44384.0, 44385.0, 44386.0], replace(DAYS, date_forms=("excel_serial",))) == []


def test_a_round_without_fieldwork_is_not_checked(found):
    assert found(["1/1/1900"] * 4, Fieldwork()) == []


def test_an_interviewer_unlike_the_others_is_a_note_with_counts(table, survey_round, codebook):
    many = pd.concat([table] * 15, ignore_index=True).assign(q1=1, q2=1)
    many["dtv"] = np.repeat([1, 2, 3], 20)
    many.loc[many["dtv"] == 3, "q1"] = 888
    one = replace(survey_round, fieldwork=Fieldwork(interviewer="dtv"))
    (note,) = check_fieldwork(SurveyRows(many, one, raw_of(many)), codebook)
    assert note.what.startswith('Interviewer 3: 50.0% of 40 answers are "don\'t know", far more')
    assert (note.kind, note.column) == ("note", "dtv")


def test_interviewers_with_a_few_interviews_are_not_compared(table, survey_round, codebook):
    named = table.assign(dtv=[1, 1, 2, 2], q1=[1, 1, 888, 888])
    one = replace(survey_round, fieldwork=Fieldwork(interviewer="dtv"))
    assert list(check_fieldwork(SurveyRows(named, one, raw_of(named)), codebook)) == []
