from dataclasses import replace

import pandas as pd
import pytest

from analysis.respondents.decimals import read_decimals
from analysis.respondents.survey_rows import SurveyRows
from analysis.rounds.file_settings import FileFormat
from tests.analysis.respondents.conftest import cells_of


@pytest.fixture
def read(table, survey_round, codebook):
    def read(weights, decimal="comma", kinds=None):
        texts = table.astype("str").assign(w=pd.Series(weights, dtype="str"))
        one = replace(survey_round, file_format=FileFormat(decimal=decimal))
        return read_decimals(SurveyRows(texts, one, cells_of(texts, kinds)), codebook)

    return read


def test_a_declared_comma_is_read(read):
    table, findings = read(["1,5", "1.234,5", "2", " 0,25"])
    assert table["w"].tolist() == [1.5, 1234.5, 2.0, 0.25] and findings.empty


def test_with_a_point_text_stays_as_it_is(read):
    table, findings = read(["1,5", "2", "3", "4"], decimal="point")
    assert table["w"].tolist() == ["1,5", "2", "3", "4"] and findings.empty


def test_a_point_where_a_comma_is_declared_stops_with_its_address(read):
    table, findings = read(["1,5", "1.5", "2", "3"])
    assert findings["kind"].tolist() == ["stop"] and findings["cell"].tolist() == ["B3"]
    assert table["w"].tolist() == ["1.5", "1.5", "2.0", "3.0"]


def test_number_cells_have_no_decimal_sign(read):
    table, findings = read(["1,5", "1.5", "2", "3"], kinds={"w": ["text", "number", "number", "number"]})
    assert table["w"].tolist() == [1.5, 1.5, 2.0, 3.0] and findings.empty


def test_words_are_left_to_the_checks(read):
    table, findings = read(["1,5", "nhiều", "2", None])
    assert table["w"].tolist()[:3] == ["1.5", "nhiều", "2.0"] and findings.empty


def test_columns_that_hold_no_numbers_are_left_alone(read):
    assert read(["1", "1", "1", "1"])[0]["thon"].tolist() == ["a", "b", "c", "d"]
