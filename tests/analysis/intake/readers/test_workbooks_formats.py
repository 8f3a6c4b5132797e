from datetime import datetime

import pytest
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from analysis.intake.readers.workbooks_formats import meaning_of, padded_text, read_number


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "m/d/yy", "[$-42A]d mmmm yyyy", "dd/mm/yyyy hh:mm"])
def test_a_format_of_days_makes_a_date(code):
    assert meaning_of(code) == "date"


@pytest.mark.parametrize("code", ["", "General", "0.00", "#,##0 [$đ-42A]", '0" dòng"', "[h]:mm", "@"])
def test_any_other_format_leaves_a_number(code):
    assert meaning_of(code) == ""


@pytest.mark.parametrize(("epoch", "serial"), [(WINDOWS_EPOCH, 29285), (MAC_EPOCH, 29285 - 1462)])
def test_a_day_counts_from_the_workbook_s_own_first(epoch, serial):
    assert read_number(serial, "date", epoch) == ("1980-03-05", "date")


def test_a_date_that_no_calendar_has_stays_a_number():
    assert read_number(1e12, "date", datetime(1899, 12, 30)) == ("1000000000000", "number")


def test_only_whole_numbers_are_padded():
    assert [padded_text(value, meaning_of("000")) for value in (7.0, 899.0, 7.5, -7.0)] == [
        "007",
        "899",
        "",
        "",
    ]
