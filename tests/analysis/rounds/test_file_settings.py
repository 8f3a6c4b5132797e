from datetime import date

import pytest

from analysis.errors import BadRows
from analysis.intake.letters.dates import FORMS
from analysis.rounds.file_settings import (
    DATE_FORMS,
    CheckRules,
    Fieldwork,
    FileFormat,
    read_check_rules,
    read_fieldwork,
    read_file_format,
)


def test_nothing_needs_to_be_said(tmp_path):
    path = tmp_path / "r.toml"
    assert read_file_format({}, path) == FileFormat()
    assert read_fieldwork({"start": "", "end": ""}, path) == Fieldwork()
    assert read_check_rules({}, path) == CheckRules()


def test_days_are_toml_dates_or_text(tmp_path):
    given = {"start": date(2021, 7, 1), "end": "2021-10-31", "date": "ngay"}
    fieldwork = read_fieldwork(given, tmp_path / "r.toml")
    assert (fieldwork.start, fieldwork.end) == (date(2021, 7, 1), date(2021, 10, 31))


def test_the_decimal_sign_is_no_matter_of_reading():
    assert set(FileFormat().reading()) == {"sheet", "header_row", "encoding", "legacy", "delimiter"}


def test_every_form_of_a_day_is_one_that_is_read():
    assert set(DATE_FORMS) <= set(FORMS)


@pytest.mark.parametrize(
    ("read", "raw", "what"),
    [
        (read_file_format, {"decimal": ","}, "decimal"),
        (read_file_format, {"header_row": -1}, "header_row"),
        (read_file_format, {"sheets": "a"}, "unknown key"),
        (read_fieldwork, {"start": "1/7/2021"}, "start"),
        (read_fieldwork, {"start": "2021-07-02", "end": "2021-07-01"}, "after end"),
        (read_fieldwork, {"date": "ngay"}, "without start and end"),
        (read_fieldwork, {"date_forms": ["mm/dd/yyyy"]}, "date_forms"),
        (read_fieldwork, {"date_forms": []}, "date_forms"),
        (read_check_rules, {"weight_ratio": 1}, "checks"),
        (read_check_rules, {"same_answers": 0}, "checks"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, read, raw, what):
    with pytest.raises(BadRows, match=what):
        read(raw, tmp_path / "r.toml")
