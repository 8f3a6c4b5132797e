"""`ask`: its numbers are those of `mean`, `share`, `compare` and `trend`, and its line gives the same again."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis import open_round
from analysis.errors import WorkbenchError
from analysis.estimates.families import adjust_holm

NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "n"]
#: What is asked -> the line that gives the same.
QUESTIONS = {
    'ask("PAPI")': {"measures": "PAPI"},
    'ask(["D2", "a006"], by="sex")': {"measures": ["D2", "a006"], "by": "sex"},
    'ask("D2", place="899")': {"measures": "D2", "place": "Rạch Giá"},
    'ask("poverty_list_published", by=["sex", "residence"])': {
        "measures": "poverty_list_published",
        "by": ["sex", "residence"],
    },
    'ask("D2", by="sex", place="899", domain="age_group == \'55+\'")': {
        "measures": "D2", "by": "sex", "place": 899, "domain": "age_group == '55+'",
    },
    'ask("D5", by="residence", against="previous")': {
        "measures": "D5", "by": "residence", "against": "previous",
    },
}  # fmt: skip


def test_the_line_gives_the_same_tables(survey):
    for line, asked in QUESTIONS.items():
        answer = survey.ask(**asked)
        assert answer.line == f'open_round("example-2021").{line}'
        again = eval(answer.line, {"open_round": lambda name: {"example-2021": survey}[name]})
        assert_frame_equal(again.estimates, answer.estimates)
        assert_frame_equal(again.tests, answer.tests)


def test_the_line_can_be_run_in_an_empty_notebook(survey):
    answer = survey.ask("D2", by="sex", domain='residence == "rural"')
    names: dict = {}
    exec(f"from analysis import open_round\nagain = {answer.line}", names)
    assert_frame_equal(names["again"].estimates, answer.estimates)
    assert_frame_equal(names["again"].tests, answer.tests)
    assert names["again"].title == answer.title


def test_the_line_of_another_design_names_the_survey_at_hand(calibrated):
    assert calibrated.ask("D2").line == 's.ask("D2")'


def test_estimates_are_those_of_mean(survey):
    found = survey.ask(["D2", "poverty_list_published"], by="sex", domain="residence == 'rural'").estimates
    for by in (None, "sex"):
        wanted = survey.mean(["D2", "poverty_list_published"], by=by, domain="residence == 'rural'")
        part = found[(found["group"] != "") == (by is not None)].sort_values(["measure", "group"])
        wanted = wanted.sort_values(["measure", "group"])
        assert_frame_equal(part[NUMBERS].reset_index(drop=True), wanted[NUMBERS].reset_index(drop=True))


def test_a_coded_question_gives_the_share_of_each_answer(survey):
    found = survey.ask("a006").estimates
    wanted = survey.share("a006")
    assert found["measure"].tolist() == wanted["measure"].tolist()
    assert_frame_equal(pd.DataFrame(found[NUMBERS]), pd.DataFrame(wanted[NUMBERS]))


def test_a_place_is_tested_against_the_province(survey):
    """The place's people against all: the contrast of a domain with the whole that it is part of."""
    (row,) = survey.ask("D2", place="899").tests.to_dict("records")
    levels = [survey.ask("D2", place=place).estimates["estimate"].iloc[0] for place in ("899", None)]
    assert row["estimate"] == pytest.approx(levels[0] - levels[1])
    assert row["compared_with"] == "province" and row["p_adjusted"] == row["p_value"]


def test_groups_are_tested_against_everybody(survey):
    answer = survey.ask("D2", by="age_group")
    assert len(answer.tests) == 3
    everybody, *groups = answer.estimates["estimate"]
    gaps = [each - everybody for each in groups]
    assert answer.tests["estimate"].tolist() == pytest.approx(gaps)
    wanted = survey.contrast("D2[18-34]", by="age_group")
    assert answer.estimates["se"].iloc[1] == pytest.approx(wanted["se"].iloc[0])


def test_the_last_round_is_tested_as_trend_does(survey):
    found = survey.ask("D2", by="residence", against="previous").tests
    wanted = survey.trend("D2", by="residence")
    change = wanted[wanted["statistic"] == "change"].set_index("group")
    assert found["group"].tolist() == ["urban", "rural"]
    for row in found.to_dict("records"):
        for name in ("estimate", "se", "ci_low", "ci_high", "p_value"):
            assert row[name] == pytest.approx(change.at[row["group"], name]), name


def test_p_is_adjusted_over_the_whole_table(survey):
    tests = survey.ask(["D1", "D2", "D3"], by="residence").tests
    assert tests["p_adjusted"].tolist() == pytest.approx(adjust_holm(tests["p_value"].to_numpy()).tolist())
    assert (tests["p_adjusted"] > tests["p_value"]).any()


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"measures": "D22"}, "D2"),
        ({"measures": "hộ nghèo"}, "poor_insurance_support"),
        ({"measures": "D2", "by": "sexx"}, "sex"),
        ({"measures": "D2", "by": "giới tính"}, "sex"),
        ({"measures": "D2", "place": "Rach Gia city hall"}, "Rạch Giá"),
        ({"measures": "D2", "against": "provinc"}, "province"),
    ],
)
def test_an_error_names_the_nearest(survey, asked, hint):
    with pytest.raises(WorkbenchError) as fault:
        survey.ask(**asked)
    assert hint in str(fault.value)


def test_too_many_measures_for_one_table_are_refused(survey):
    with pytest.raises(WorkbenchError, match="13 measures are too many") as fault:
        survey.ask(survey.measures[:13])
    assert "nhiều nhất 12" in str(fault.value)


def test_what_the_last_round_asked_otherwise_is_not_compared(survey):
    (row,) = survey.ask("D5", against="previous").tests.to_dict("records")
    assert pd.isna(row["estimate"]) and row["note"].startswith("not comparable: ")


def test_a_round_opened_in_english_speaks_english():
    page = open_round("example-2021", "en").ask("D2", place="899")._repr_html_()
    assert "SIMULATED" in page and "Rạch Giá city" in page and "Respondents" in page
