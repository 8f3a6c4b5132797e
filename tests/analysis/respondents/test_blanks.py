"""Marks of blank cells are read as blank where the round declares them, and counted."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.respondents.blanks import read_blanks
from analysis.rounds.file_settings import FileFormat


@pytest.fixture
def marked(table, survey_round):
    """The survey with marks in two columns of text, read under some declared marks."""
    held = table.assign(thon=["a", "NA", " NA ", "NAM"], xa=["123", ".", "30730", "."])

    def marked(*marks):
        one = replace(survey_round, file_format=FileFormat(blanks=marks))
        return held, *read_blanks(held, one)

    return marked


def test_declared_marks_become_blank_and_are_counted(marked):
    _, read, findings = marked("NA", ".")
    assert read["thon"].isna().tolist() == [False, True, True, False]
    assert read["xa"].isna().tolist() == [False, True, False, True]
    (note,) = findings.to_dict("records")
    assert (note["kind"], note["got"]) == ("note", "4 cells")
    assert note["vi"].endswith("xa (2), thon (2).")


def test_what_only_begins_like_a_mark_and_numbers_stay(marked):
    held, read, _ = marked("NA")
    assert read["thon"][3] == "NAM"
    pd.testing.assert_frame_equal(read.drop(columns="thon"), held.drop(columns="thon"))


def test_nothing_is_read_that_is_not_declared(marked):
    held, read, findings = marked()
    assert read is held
    assert findings.empty
    assert marked("N/A")[2].empty
