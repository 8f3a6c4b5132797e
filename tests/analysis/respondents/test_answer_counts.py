"""How often questions have no answer, and whose people say "don't know"."""

from dataclasses import replace

import pandas as pd

from analysis.respondents.answer_counts import count_answers
from analysis.rounds.file_settings import Fieldwork


def test_kinds_of_no_answer_are_counted_apart(survey_round, codebook):
    table = pd.DataFrame(
        {"id": range(6), "q1": [1, 2, 888, 888, 999, None], "q2": [1, -999999, 1, 1, 1, 888]}
    )
    counted = count_answers(table, survey_round, codebook)
    assert counted["interviewers"] == []
    assert counted["variables"] == [
        {
            "variable": "q1", "label_vi": "Có dùng không?", "label_en": "Used?",
            "answered": 2, "dont_know": 2, "refused": 1, "not_asked": 0, "missing": 1,
        },
        {
            "variable": "q2", "label_vi": "Có hài lòng không?", "label_en": "Satisfied?",
            "answered": 4, "dont_know": 1, "refused": 0, "not_asked": 1, "missing": 0,
        },
    ]  # fmt: skip


def test_interviewers_have_their_own_counts_and_the_bounds_of_chance(survey_round, codebook):
    known = replace(survey_round, fieldwork=Fieldwork(interviewer="dtv"))
    answers = [888] * 10 + [1] * 10 + [1] * 19 + [888]
    table = pd.DataFrame({"dtv": [1.0] * 20 + [2.0] * 20, "q1": answers, "q2": -999999})
    people = count_answers(table, known, codebook)["interviewers"]
    # Binomial(20, 11/40): P(X <= 0) = (29/40)^20 = .0016 > .001, so low is 0; P(X <= 12) > .999, P(X <= 11) < .999
    assert people == [
        {"interviewer": "1", "interviews": 20, "asked": 20, "dont_know": 10, "low": 0, "high": 12},
        {"interviewer": "2", "interviews": 20, "asked": 20, "dont_know": 1, "low": 0, "high": 12},
    ]


def test_interviewer_given_by_name_is_not_named(survey_round, codebook):
    known = replace(survey_round, fieldwork=Fieldwork(interviewer="dtv"))
    table = pd.DataFrame({"dtv": ["Trần Thị Hoa", "Lê Văn An"], "q1": [1, 888]})
    people = count_answers(table, known, codebook)["interviewers"]
    assert [one["interviewer"] for one in people] == ["•••", "•••"]
