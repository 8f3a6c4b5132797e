from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.letters.dates import FORMS, parse_date

DAYS = st.dates(date(1928, 1, 1), date(2099, 12, 31))
FIFTH_OF_MARCH = date(1980, 3, 5)


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("05/03/1980", "text", "dd/mm/yyyy"),
        ("5/3/1980", "text", "dd/mm/yyyy"),
        ("5-3-1980", "text", "dd/mm/yyyy"),
        ("05.03.1980", "text", "dd/mm/yyyy"),
        (" 05 / 03 / 1980 ", "text", "dd/mm/yyyy"),
        ("05/03/1980 07:30", "text", "dd/mm/yyyy"),
        ("Ngày 5 tháng 3 năm 1980", "text", "dd/mm/yyyy"),
        ("1980-03-05", "text", "iso"),
        ("1980/3/5", "text", "iso"),
        ("1980-03-05T00:00:00", "text", "iso"),
        ("1980-03-05", "date", "cell"),
        ("1980-03-05T08:30:00", "date", "cell"),
        ("29285", "number", "excel_serial"),  # 1899-12-30 + 29285 days
        ("29285.75", "number", "excel_serial"),
        ("29285", "text", "excel_serial"),
        ("05/03/80", "text", "dd/mm/yy"),
    ],
)
def test_each_form_is_read_where_it_is_declared_and_only_there(text, kind, form):
    parsed = parse_date(text, [form], kind=kind)
    assert (parsed.value, parsed.precision, parsed.form, parsed.why) == (FIFTH_OF_MARCH, "day", form, "")
    assert parse_date(text, FORMS, kind=kind) == parsed
    refused = parse_date(text, [other for other in FORMS if other != form], kind=kind)
    assert (refused.value, refused.form) == (None, form)
    assert form in refused.why
    assert form in refused.why_vi


@pytest.mark.parametrize("kind", ["text", "number"])
def test_a_year_is_a_year_whatever_else_is_declared(kind):
    parsed = parse_date("1980", FORMS, kind=kind)
    assert (parsed.value, parsed.precision, parsed.form) == (date(1980, 1, 1), "year", "year")
    assert parse_date("1980", ["excel_serial"], kind=kind).value is None


@pytest.mark.parametrize(
    ("text", "why", "why_vi"),
    [
        ("12/25/1981", "month 25", "tháng 25"),
        ("30/02/1980", "day 30 of month 2 in 1980", "ngày 30 tháng 2 năm 1980"),
        ("29/02/1981", "day 29 of month 2 in 1981", "ngày 29 tháng 2 năm 1981"),
        ("00/01/1980", "day 0", "ngày 0"),
        ("05/03/0980", "year 980", "năm 980"),
        ("2980-01-01", "year 2980", "năm 2980"),
        ("99999", "Not a day number", "Không phải số ngày"),
        ("05/03", "Not a date", "Không phải là ngày"),
        ("03/1980", "Not a date", "Không phải là ngày"),
        ("05/03-1980", "Not a date", "Không phải là ngày"),
        ("tháng ba", "Not a date", "Không phải là ngày"),
        ("29.285", "Not a date", "Không phải là ngày"),
        ("", "Not a date", "Không phải là ngày"),
    ],
)
def test_what_is_no_day_is_refused_and_says_why(text, why, why_vi):
    parsed = parse_date(text, FORMS)
    assert parsed.value is None
    assert why in parsed.why
    assert why_vi in parsed.why_vi


@pytest.mark.parametrize(
    ("text", "pivot", "year"),
    [
        ("05/03/30", 1930, 1930),
        ("05/03/29", 1930, 2029),
        ("05/03/29", 1920, 1929),
        ("05/03/05", 1910, 2005),
        ("05/03/09", 1910, 2009),
    ],
)
def test_two_digits_mean_a_year_of_the_declared_hundred(text, pivot, year):
    assert parse_date(text, ["dd/mm/yy"], pivot=pivot).value == date(year, 3, 5)


def test_excels_two_calendars_are_four_years_and_a_day_apart():
    days = [parse_date("29221", ["excel_serial"], kind="number", epoch=epoch).value for epoch in (1900, 1904)]
    assert days == [date(1980, 1, 1), date(1980, 1, 1) + timedelta(days=1462)]


def test_a_date_cell_that_holds_only_a_time_is_no_date():
    assert parse_date("08:30:00", FORMS, kind="date").value is None


@given(
    DAYS,
    st.sampled_from(
        ["{:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{:%Y-%m-%d}", "{0.day}.{0.month}.{0.year}"]
    ),
)
def test_a_written_day_comes_back(day, form):
    assert parse_date(form.format(day), ["dd/mm/yyyy", "iso"]).value == day


@given(DAYS)
def test_excels_number_of_a_day_comes_back(day):
    serial = (day - date(1899, 12, 30)).days
    assert parse_date(str(serial), ["excel_serial"], kind="number").value == day


@given(st.dates(date(1930, 1, 1), date(2029, 12, 31)))
def test_a_day_with_two_digits_of_its_year_comes_back(day):
    assert parse_date(f"{day:%d/%m/%y}", ["dd/mm/yy"]).value == day


@given(st.text(max_size=20), st.sampled_from(["text", "number", "date"]))
def test_any_text_is_a_date_or_has_a_reason(text, kind):
    parsed = parse_date(text, FORMS, kind=kind)
    assert (parsed.value is None) == bool(parsed.why) == bool(parsed.why_vi)


@pytest.mark.parametrize(
    "wrong", [{"forms": ["mm/dd/yyyy"]}, {"forms": FORMS, "kind": "bool"}, {"forms": FORMS, "epoch": 1970}]
)
def test_what_is_not_known_is_refused(wrong):
    with pytest.raises(ValueError, match="forms are of"):
        parse_date("05/03/1980", **wrong)
