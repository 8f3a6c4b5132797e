from dataclasses import replace

import numpy as np
import pytest

from analysis.respondents.answers import answer_kinds
from analysis.respondents.file_missing import settle_missing
from analysis.respondents.microdata import Microdata
from analysis.rounds import Missing
from analysis.tagged_missing import CODE_OF_TAG
from tests.analysis.respondents.conftest import raw_of


@pytest.fixture
def settle(table, survey_round, codebook):
    def settle(missing=None, **more):
        one = replace(survey_round, missing=missing) if missing else survey_round
        microdata = Microdata(table, raw=raw_of(table, **more))
        return settle_missing(table, microdata, one, codebook)

    return settle


def test_a_file_that_marks_nothing_is_left_alone(settle, table):
    found, findings = settle()
    assert found is table and findings.empty


def test_a_declared_tag_is_its_kind_of_no_answer(settle, table):
    table["q1"] = [1, np.nan, np.nan, 2]
    missing = Missing(dont_know=(888,), refused=(999, CODE_OF_TAG[".a"]), not_asked=(-999999,))
    found, findings = settle(missing, tagged={"q1": {1: ".a", 2: ".b"}})
    assert list(answer_kinds(found["q1"], missing)) == ["answered", "refused", "missing", "answered"]
    assert findings["what"].tolist() == [
        "1 values .b are marked as missing in the file and not declared; they count as blanks (q1)."
    ]
    assert '[missing] refused = [".b"]' in findings["hint"].item()


def test_an_undeclared_tag_is_a_blank_and_named_and_the_mean_does_not_move(settle, table):
    table["a2"] = [18, np.nan, 30, 60]
    found, findings = settle(tagged={"a2": {1: ".c"}})
    assert found["a2"].mean() == (18 + 30 + 60) / 3
    assert findings["kind"].tolist() == ["note"] and findings["code"].tolist() == ["undeclared_missing"]


def test_an_undeclared_user_missing_value_is_a_blank_and_named_and_the_mean_does_not_move(settle, table):
    table["a2"] = [18, 99, 30, 60]
    found, findings = settle(missing_ranges={"a2": [(99.0, 99.0)]})
    assert found["a2"].mean() == (18 + 30 + 60) / 3
    assert findings["got"].tolist() == ["a2 (1)"] and "99" in findings["vi"].item()


def test_a_range_is_taken_whole(settle, table):
    table["a2"] = [18, 97, 98, 60]
    found, findings = settle(missing_ranges={"a2": [(97.0, np.inf)]})
    assert found["a2"].isna().tolist() == [False, True, True, False]
    assert len(findings) == 2  # one a value


def test_a_declared_code_stays_a_code(settle, table):
    found, findings = settle(missing_ranges={"a2": [(999.0, 999.0)]})
    assert found["a2"].tolist() == [18, 34, 35, 999] and findings.empty


def test_a_value_that_the_codebook_calls_an_answer_stops(settle):
    found, findings = settle(missing_ranges={"q1": [(2.0, 2.0)]})
    assert findings["kind"].tolist() == ["stop"] and findings["code"].tolist() == ["unknown_code"]
    assert found["q1"].tolist() == [1, 2, 1, 888]
