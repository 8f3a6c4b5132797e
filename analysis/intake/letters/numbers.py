"""A number as somebody typed it -> its value and the form it was written in, or why it is not read.

"7,5" and "7.5" are both clear. "1.234" is over a thousand in Vietnam and little over one elsewhere: it is
read only where the decimal sign is declared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DECIMALS = ("auto", "comma", "point")
#: Integers of more digits are codes or account numbers, and would lose digits as numbers.
MOST_DIGITS = 15


def percent(share: float) -> tuple[str, str]:
    """A share as a percentage, in Vietnamese and in English.

    Examples
    --------
    >>> percent(0.2238)
    ('22,4%', '22.4%')
    """
    text = f"{share:.1%}"
    return text.replace(".", ","), text


_SIGN = "(?P<sign>[+\u2212-]?)"
_GROUPED = {sign: rf"[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+" for sign in ".,"}
_SPACED = r"[1-9]\d{0,2}(?: \d{3})+"
#: Form -> how it is written; the forms show digits as 0, so that they read the same in every language.
_PATTERNS = {
    form: re.compile(rf"{_SIGN}{pattern}", re.ASCII)
    for form, pattern in {
        "0": r"\d+",
        "0,0": r"\d*,\d+",
        "0.0": r"\d*\.\d+",
        "0.000": _GROUPED["."],
        "0,000": _GROUPED[","],
        "0 000": _SPACED,
        "0.000,0": rf"{_GROUPED['.']},\d+",
        "0,000.0": rf"{_GROUPED[',']}\.\d+",
        "0 000,0": rf"{_SPACED},\d+",
        "0 000.0": rf"{_SPACED}\.\d+",
    }.items()
}
_BLANKS = re.compile("[\u00a0\u2009\u202f]")
#: Form -> the decimal sign with which alone it makes sense; a form not named here has none.
_NEEDS = {
    "0,0": "comma", "0.000": "comma", "0.000,0": "comma", "0 000,0": "comma",
    "0.0": "point", "0,000": "point", "0,000.0": "point", "0 000.0": "point",
}  # fmt: skip
_WHY = {
    "not_number": ("Not a number.", "Không phải là số."),
    "ambiguous": (
        "The sign may part decimals or thousands; declare the decimal sign.",
        "Dấu này có thể là dấu thập phân hoặc dấu hàng nghìn; hãy khai báo dấu thập phân.",
    ),
    "comma": (
        "Not written with the declared decimal comma.",
        "Không viết theo dấu phẩy thập phân đã khai báo.",
    ),
    "point": (
        "Not written with the declared decimal point.",
        "Không viết theo dấu chấm thập phân đã khai báo.",
    ),
    "power": (
        "Shortened to a power of ten, so that digits may be lost; type it in full.",
        "Số bị rút gọn thành lũy thừa của 10 nên có thể mất chữ số; hãy gõ lại đầy đủ.",
    ),
    "percent": ("Written with %; type the number alone.", "Viết kèm dấu %; hãy chỉ gõ số."),
    "too_long": (
        f"More than {MOST_DIGITS} digits: a code, not a number. Read it as text.",
        f"Có hơn {MOST_DIGITS} chữ số: đây là mã, không phải số. Hãy đọc như chữ.",
    ),
}


@dataclass(frozen=True)
class ParsedNumber:
    """What became of a text.

    Attributes
    ----------
    value : float or None
    form : str
        How it was written, such as "0.000,0"; "" where it is not read.
    why, why_vi : str
        Why it is not read, English and Vietnamese; "" where it is.
    """

    value: float | None
    form: str = ""
    why: str = ""
    why_vi: str = ""


def parse_number(text: str, decimal: str = "auto") -> ParsedNumber:
    """Read a typed number.

    Parameters
    ----------
    text : str
    decimal : {"auto", "comma", "point"}
        The declared decimal sign. "auto" reads what can be read in one way only.

    Returns
    -------
    ParsedNumber

    Raises
    ------
    ValueError
        For another `decimal`.

    Notes
    -----
    One sign before exactly three digits ("1.234", "12,345") is refused under "auto", but for a leading zero
    ("0,125"), where thousands make no sense; repeated signs ("1.234.567") can only part thousands. Powers of
    ten, percentages, "inf" and long integers are refused.

    Examples
    --------
    >>> [parse_number(text).value for text in ("7,5", "8.0", "1.234,5", "1,234.5", "12 500")]
    [7.5, 8.0, 1234.5, 1234.5, 12500.0]
    >>> [parse_number("1.234", decimal).value for decimal in ("auto", "comma", "point")]
    [None, 1234.0, 1.234]
    """
    if decimal not in DECIMALS:
        raise ValueError(f"decimal is one of {', '.join(DECIMALS)}")
    text = _BLANKS.sub(" ", text).strip()
    forms = [form for form, pattern in _PATTERNS.items() if pattern.fullmatch(text)]
    if not forms:
        return _refused(_fault(text))
    if decimal != "auto":
        forms = [form for form in forms if _NEEDS.get(form, decimal) == decimal]
        if not forms:
            return _refused(decimal)
    if len(forms) > 1:  # "1.234": the sign of decimals, or of thousands
        return _refused("ambiguous")
    return _read(text, forms[0])


def _read(text: str, form: str) -> ParsedNumber:
    needed = _NEEDS.get(form, "")
    if needed == "comma":
        text = text.replace(".", "").replace(",", ".")
    elif needed == "point":
        text = text.replace(",", "")
    text = text.replace(" ", "").replace("\u2212", "-")
    if len(text.lstrip("+-0").partition(".")[0]) > MOST_DIGITS:
        return _refused("too_long")
    return ParsedNumber(float(text) + 0.0, form)  # + 0.0: no negative zero


def _fault(text: str) -> str:
    if re.fullmatch(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+", text, re.ASCII):
        return "power"
    return "percent" if re.fullmatch(r"[+-]?[\d.,]+ ?%", text, re.ASCII) else "not_number"


def _refused(fault: str) -> ParsedNumber:
    why, why_vi = _WHY[fault]
    return ParsedNumber(None, "", why, why_vi)
