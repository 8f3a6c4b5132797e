from dataclasses import replace

from analysis.respondents.needed import needed_columns, numeric_columns
from analysis.rounds.file_settings import Fieldwork


def test_the_columns_of_the_fieldwork_and_of_age_are_needed_too(survey_round):
    more = replace(
        survey_round,
        fieldwork=Fieldwork(date="ngay", interviewer="dtv"),
        columns=replace(survey_round.columns, age="tuoi"),
    )
    needed = needed_columns(more)
    assert set(needed) - set(needed_columns(survey_round)) == {"ngay", "dtv", "tuoi"}
    assert needed["dtv"] == "fieldwork.interviewer" and needed["tuoi"] == "columns.age"


def test_weights_groups_and_age_are_needed_as_numbers(survey_round):
    more = replace(survey_round, columns=replace(survey_round.columns, age="tuoi"))
    assert numeric_columns(more) == {"w", "a1", "a2", "tuoi"}
