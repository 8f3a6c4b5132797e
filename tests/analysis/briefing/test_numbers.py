"""Numbers in the two languages' own formats."""

import pytest

from analysis.briefing.numbers import say_count, say_difference, say_number


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
