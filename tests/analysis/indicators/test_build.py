from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadRows, MissingColumn
from analysis.indicators.build import build_indicators
from analysis.indicators.framework import Framework
from analysis.indicators.framework_rows import number
from analysis.rounds import read_round


@pytest.fixture
def framework(rows) -> Framework:
    indicators = rows.indicators.assign(
        **{column: rows.indicators[column].map(number) for column in ("minimum", "maximum", "weight")}
    )
    return Framework("tiny", 2021, rows.dimensions, rows.sub_dimensions, indicators, rows)


@pytest.fixture
def respondents() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "respondent": ["1", "2", "3"],
            "weight": [1.0, 2.0, 3.0],
            "stratum": ["a", "a", "a"],
            "psu": ["x", "y", "y"],
            "sex": ["male", "female", np.nan],
            "a1": [1.0, 2.0, 999.0],
            "q1": [1.0, 2.0, 888.0],
            "q2": [1.0, 1.0, 999.0],
            "q3": [2.0, 888.0, 999.0],
            "q4": [3.0, 888.0, -999999.0],
            "q5": [15.0, 75.0, np.nan],
        }
    )


@pytest.fixture
def survey_round():
    return read_round("example-2021")


def test_every_indicator_is_worked_out_by_hand(respondents, framework, survey_round, codebook):
    built = build_indicators(respondents, framework, survey_round, codebook)
    expected = pd.DataFrame(
        {
            "used": [1.0, 0.0, 0.0],  # the third does not know: counts as no
            "met": [1.0, 2 * 1 / 1, np.nan],  # the second answered one item of two: scaled up
            "rating": [3.0, np.nan, np.nan],
            "minutes": [15.0, 60.0, np.nan],  # 75 is limited to 60
        }
    )
    pd.testing.assert_frame_equal(built[list(expected)], expected)


def test_design_and_groups_stay_and_answers_go(respondents, framework, survey_round, codebook):
    built = build_indicators(respondents, framework, survey_round, codebook)
    kept = ["respondent", "weight", "stratum", "psu", "sex"]
    assert list(built.columns) == [*kept, "used", "met", "rating", "minutes"]
    pd.testing.assert_frame_equal(built[kept], respondents[kept])


def test_nobody_is_dropped_and_the_order_stays(respondents, framework, survey_round, codebook):
    shuffled = respondents.iloc[[2, 0, 1]]
    built = build_indicators(shuffled, framework, survey_round, codebook)
    assert built["respondent"].tolist() == ["3", "1", "2"]
    assert built["minutes"].iloc[1:].tolist() == [15, 60]


def test_the_no_answer_codes_are_the_rounds(respondents, framework, survey_round, codebook):
    other = replace(survey_round, missing=replace(survey_round.missing, dont_know=(), refused=(888,)))
    built = build_indicators(respondents, framework, other, codebook)
    assert np.isnan(built["used"].iloc[2])


def test_a_variable_the_file_lacks_stops_and_names_the_indicators(
    respondents, framework, survey_round, codebook
):
    with pytest.raises(MissingColumn) as caught:
        build_indicators(respondents.drop(columns=["q3", "q5"]), framework, survey_round, codebook)
    assert caught.value.expected == "variables q3, q5"
    assert "needed by met, minutes" in caught.value.got


def test_a_recipe_that_does_not_exist_stops(respondents, framework, survey_round, codebook):
    framework.indicators.loc[0, "recipe"] = "share_of_code"
    with pytest.raises(BadRows, match="names the recipe") as caught:
        build_indicators(respondents, framework, survey_round, codebook)
    assert "share_of_codes" in caught.value.hint
