"""Numbers -> text in the reader's language, rounded once, here.

Vietnamese writes 1.234,5 and English 1,234.5; both come from the same value.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

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


@dataclass(frozen=True)
class WrittenNumber:
    """A number as it stands in a text.

    Attributes
    ----------
    value : float
        A percentage on 0-1, as the results hold it.
    decimals : int
        As many as are shown; of a percentage, those of the percentage.
    signed, grouped, percent : bool
        Whether it has a sign in front, separators between thousands, a percent sign.
    """

    value: float
    decimals: int
    signed: bool
    grouped: bool
    percent: bool


def read_number(text: str, language: str) -> WrittenNumber | None:
    """A number that one of these functions wrote, back as a number; None of any other text.

    Notes
    -----
    A signed 0 ("+0,00") says on which side of 0 a difference lies, which no number can: it stays text.

    Examples
    --------
    >>> read_number("−1.234,57", "vi").value, read_number("42,4%", "vi").value, read_number("12/63", "vi")
    (-1234.57, 0.424, None)
    """
    found = _written(language).fullmatch(text)
    if found is None:
        return None
    sign, whole, fraction, percent = found.groups()
    digits = re.sub(r"\D", "", whole)
    value = float(f"{digits}.{fraction or 0}")
    if sign and value == 0:
        return None
    decimals = len(fraction or "")
    value = round(value / 100, decimals + 2) if percent else value
    signed = -value if sign == MINUS else value
    return WrittenNumber(signed, decimals, bool(sign), digits != whole, bool(percent))


@cache
def _written(language: str) -> re.Pattern[str]:
    group, point = (re.escape(symbol(language)) for symbol in (get_group_symbol, get_decimal_symbol))
    return re.compile(rf"([+{MINUS}]?)(0|[1-9]\d*|[1-9]\d{{0,2}}(?:{group}\d{{3}})+)(?:{point}(\d+))?(%?)")
