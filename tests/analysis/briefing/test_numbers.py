"""Numbers in the two languages' own formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.briefing.numbers import DECIMALS, read_number, say_count, say_difference, say_number


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        (4.235, "score", "4,24", "4.24"),
        (1234.5678, "score", "1.234,57", "1,234.57"),
        (0.4237, "share", "42,4%", "42.4%"),
        (0.0004, "share", "0,0%", "0.0%"),
        (13386.2, "thousand_vnd", "13.386", "13,386"),
        (-0.5, "score", "−0,50", "−0.50"),
    ],
)
def test_numbers_follow_the_language(value, unit, vi, en):
    assert say_number(value, unit, "vi") == vi
    assert say_number(value, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.25, "score", "+0,25"),
        (-0.25, "score", "−0,25"),
        (0.001, "score", "+0,00"),
        (-0.001, "score", "−0,00"),
        (0.0, "score", "0,00"),
        (-0.031, "share", "−3,1"),
    ],
)
def test_differences_carry_their_sign_and_shares_are_in_points(value, unit, text):
    assert say_difference(value, unit, "vi") == text


def test_count_has_thousands_separators():
    assert (say_count(1504, "vi"), say_count(1504, "en")) == ("1.504", "1,504")


def test_empty_number_is_never_printed():
    with pytest.raises(ValueError, match="empty"):
        say_number(float("nan"), "score", "vi")


def test_row_may_ask_for_other_decimals_than_its_unit_has():
    assert say_number(2.4866, "number", "vi") == "2,5"
    assert say_number(2.4866, "number", "vi", decimals=3) == "2,487"
    assert say_number(0.4244, "share", "en", decimals=0) == "42%"
    assert say_difference(-0.3307, "number", "en", 2) == "\N{MINUS SIGN}0.33"


@given(
    st.floats(-5e6, 5e6),
    st.sampled_from(["score", "share", "count", "thousand_vnd", "ratio"]),
    st.sampled_from(["vi", "en"]),
    st.booleans(),
)
def test_what_was_written_is_read_back_as_it_was_shown(value, unit, language, signed):
    text = say_number(value, unit, language, signed)
    read = read_number(text, language)
    decimals = DECIMALS[unit]
    shown = round(value * 100, decimals) / 100 if unit == "share" else round(value, decimals)
    if read is None:
        assert round(shown, 6) == 0
    else:
        assert read.value == pytest.approx(shown, rel=1e-12, abs=1e-12)
        assert (read.decimals, read.percent) == (decimals, unit == "share")
        assert read.grouped == (abs(read.value) * (100 if read.percent else 1) >= 1000)


@pytest.mark.parametrize(
    "text",
    ["12/63", "–", "*", "5,10 [4,20 – 6,00]", "▲ +0,52", "07", "1.23", "1,2,3", "", "+0,00", "2021-Q4"],
)
def test_other_text_is_no_number(text):
    assert read_number(text, "vi") is None


def test_year_and_thousands_are_told_apart():
    assert not read_number("2021", "vi").grouped
    assert read_number("2.021", "vi").grouped
