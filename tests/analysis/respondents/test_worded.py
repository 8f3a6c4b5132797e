"""Words that the codebook declares become codes; each mapping is told with its count."""

import numpy as np
import pandas as pd
import pytest

from analysis.respondents.codebook import Codebook, check_codebook
from analysis.respondents.worded import read_words


@pytest.fixture
def worded(codebook):
    """The codebook with words for sexes, yes and no, and don't know."""
    codes = codebook.codes.assign(word=["Nam|M", "Nữ", "Có", "Không"])
    more = {"code_set": "no_answer", "code": "888", "label_vi": "KB", "label_en": "DK", "word": "Không biết"}
    return Codebook("tiny", codebook.variables, pd.concat([codes, pd.DataFrame([more])], ignore_index=True))


def test_words_are_read_whatever_their_capitals_and_spaces(table, survey_round, worded):
    held = table.assign(a1=["Nam", "NỮ", " nữ", "m"])
    read, findings = read_words(held, survey_round, worded)
    assert read["a1"].tolist() == [1, 2, 2, 1]
    assert read["a1"].dtype == float
    (note,) = findings.to_dict("records")
    assert (note["kind"], note["column"]) == ("note", "a1")
    assert '"nam" → 1 (1)' in note["vi"] and '"nữ" → 2 (2)' in note["vi"]


def test_words_of_no_answer_count_for_every_worded_variable(table, survey_round, worded):
    read, _ = read_words(table.assign(q1=["Có", "Không biết", None, "không"]), survey_round, worded)
    assert read["q1"].tolist()[:2] == [1, 888] and np.isnan(read["q1"][2]) and read["q1"][3] == 2


def test_another_word_stays_for_the_checks_to_name(table, survey_round, worded):
    read, _ = read_words(table.assign(q1=["Có", "Đôi khi", None, "2"]), survey_round, worded)
    assert read["q1"].tolist()[:2] == ["1", "Đôi khi"] and pd.isna(read["q1"][2]) and read["q1"][3] == "2"


def test_a_codebook_without_words_and_columns_of_numbers_change_nothing(
    table, survey_round, codebook, worded
):
    for book in (codebook, worded):
        read, findings = read_words(table, survey_round, book)
        pd.testing.assert_frame_equal(read, table)
        assert findings.empty


def test_a_word_of_two_codes_is_a_fault_of_the_codebook(worded):
    worded.codes.loc[1, "word"] = "Nữ|NAM"
    (fault,) = check_codebook(worded).to_dict("records")
    assert (fault["kind"], fault["got"]) == ("stop", '"NAM" is 1 and 2')
    assert "một từ ứng với hai mã" in fault["vi"]


def test_one_word_may_be_of_two_sets(worded):
    worded.codes.loc[0, "word"] = "Có"
    assert check_codebook(worded).empty
    assert (worded.words("a1")["có"], worded.words("q1")["có"]) == (1.0, 1.0)
