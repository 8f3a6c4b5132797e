from math import copysign

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.letters.numbers import parse_number

NUMBERS = st.decimals(-999_999_999, 999_999_999, places=2)


def values(text):
    return [parse_number(text, decimal).value for decimal in ("auto", "comma", "point")]


@pytest.mark.parametrize(
    ("text", "auto", "comma", "point"),
    [
        ("7", 7, 7, 7),
        ("7,5", 7.5, 7.5, None),
        ("8.0", 8, None, 8),
        ("1.234,5", 1234.5, 1234.5, None),
        ("1,234.5", 1234.5, None, 1234.5),
        ("1.234", None, 1234, 1.234),
        ("1,234", None, 1.234, 1234),
        ("-12.345", None, -12345, -12.345),
        ("1.234.567", 1234567, 1234567, None),
        ("1,234,567", 1234567, None, 1234567),
        ("0,125", 0.125, 0.125, None),
        ("0.125", 0.125, None, 0.125),
        ("1234,567", 1234.567, 1234.567, None),
        ("12 500", 12500, 12500, 12500),
        ("12\u00a0500,5", 12500.5, 12500.5, None),
        (",5", 0.5, 0.5, None),
        ("\u22123,5", -3.5, -3.5, None),
        (" +7 ", 7, 7, 7),
        ("007", 7, 7, 7),
    ],
)
def test_a_number_is_read_by_its_decimal_sign(text, auto, comma, point):
    assert values(text) == [auto, comma, point]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7;5",
        "bảy",
        "8/10",
        "7,5,5",
        "1.23,5",
        "1,23.5",
        "1.234,567.8",
        "12.34.567",
        "0.123.456",
        "7,",
        "--7",
        "7 5",
        "1e5",
        "1,23E+11",
        "45%",
        "inf",
        "nan",
        "٣",
        "1_000",
        "0x1F",
        "1234567890123456",
        "9" * 400 + ",5",
    ],
)
def test_what_is_no_plain_number_is_refused_with_a_reason_in_both_languages(text):
    for decimal in ("auto", "comma", "point"):
        parsed = parse_number(text, decimal)
        assert (parsed.value, parsed.form) == (None, "")
        assert parsed.why.endswith(".")
        assert parsed.why_vi.endswith(".")


@pytest.mark.parametrize(
    ("text", "decimal", "why"),
    [
        ("1.234", "auto", "thập phân hoặc dấu hàng nghìn"),
        ("7.5", "comma", "dấu phẩy thập phân"),
        ("1E+11", "auto", "lũy thừa"),
        ("45 %", "auto", "dấu %"),
        ("12345678901234567", "auto", "mã"),
    ],
)
def test_the_reason_names_the_fault(text, decimal, why):
    assert why in parse_number(text, decimal).why_vi


@pytest.mark.parametrize(
    ("text", "form"),
    [("7", "0"), ("7,5", "0,0"), ("7.5", "0.0"), ("1.234,5", "0.000,0"), ("1 234.5", "0 000.0")],
)
def test_the_form_says_how_it_was_written(text, form):
    assert parse_number(text).form == form


def test_there_is_no_negative_zero():
    assert copysign(1, parse_number("-0,0").value) == 1


@given(NUMBERS)
def test_numbers_written_in_vietnam_come_back(number):
    assert parse_number(format_decimal(number, locale="vi"), "comma").value == float(number)


@given(NUMBERS)
def test_numbers_written_in_english_come_back(number):
    assert parse_number(format_decimal(number, locale="en"), "point").value == float(number)


@given(NUMBERS, st.sampled_from(["vi", "en"]))
def test_undeclared_numbers_are_read_right_or_not_at_all(number, locale):
    assert parse_number(format_decimal(number, locale=locale)).value in (float(number), None)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-9e14, max_value=9e14))
def test_floats_as_programs_write_them_come_back(number):
    assert parse_number(f"{number:.9f}", "point").value == float(f"{number:.9f}")


@given(st.text("0123456789.,+- %eE", max_size=14))
def test_auto_agrees_with_whatever_is_declared(text):
    auto, comma, point = values(text)
    if auto is not None:
        assert auto in (comma, point)
    elif comma is not None and point is not None:
        assert comma != point


def test_another_decimal_sign_is_refused():
    with pytest.raises(ValueError, match="auto, comma, point"):
        parse_number("7", "semicolon")
