"""Numbers -> text in the reader's language, rounded once, here.

Vietnamese writes 1.234,5 and English 1,234.5; both come from the same value.
"""

from __future__ import annotations

import math

from babel.numbers import format_decimal

#: Decimals shown for each unit.
DECIMALS = {"score": 2, "share": 1, "points": 2, "count": 1, "scale": 2, "km": 1, "minutes": 0}
DECIMALS |= {"thousand_vnd": 0, "total": 2, "ratio": 2, "number": 1}

#: Nearer to 0 than this is 0.
_NOTHING = 1e-9
MINUS = "\N{MINUS SIGN}"


def say_number(
    value: float, unit: str, language: str, signed: bool = False, decimals: int | None = None
) -> str:
    """One number with its unit's decimals, or as many as asked for.

    Parameters
    ----------
    value : float
        Shares on 0-1; they are shown as percentages.
    unit : str
        A key of `DECIMALS`.
    signed : bool
        Write + or − in front (a difference).
    decimals : int, optional
        Instead of the unit's; of a share, those of the percentage.

    Examples
    --------
    >>> say_number(0.424, "share", "vi")
    '42,4%'
    >>> say_number(-1234.5678, "score", "vi", signed=True)
    '−1.234,57'
    """
    if value is None or math.isnan(value):
        raise ValueError("An empty number has no text; the page must say why it is empty.")
    decimals = DECIMALS[unit] if decimals is None else decimals
    shown = value * 100 if unit == "share" else value
    rounded = round(shown, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=language)
    if signed:  # an end that rounds to 0 still says on which side of it it lies
        sign = MINUS if value < -_NOTHING else "+" if value > _NOTHING else ""
    else:
        sign = MINUS if rounded < 0 else ""
    return f"{sign}{text}" + ("%" if unit == "share" else "")


def say_difference(value: float, unit: str, language: str, decimals: int | None = None) -> str:
    """A difference with its sign; of shares in percentage points, without a percent sign."""
    text = say_number(value, unit, language, signed=True, decimals=decimals)
    return text.removesuffix("%")


def say_count(value: int, language: str) -> str:
    """A whole number with thousands separators."""
    return format_decimal(int(value), format="#,##0", locale=language)


def say_setting(value: float, language: str, percent: bool = False) -> str:
    """A number that somebody has set, with the decimals it was given.

    Examples
    --------
    >>> say_setting(0.3, "vi", percent=True), say_setting(8.5, "vi"), say_setting(1000, "en")
    ('30%', '8,5', '1,000')
    """
    shown = round(value * 100, 6) if percent else value
    return format_decimal(shown, format="#,##0.######", locale=language) + ("%" if percent else "")
