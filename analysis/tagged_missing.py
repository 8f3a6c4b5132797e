"""Stata's tagged missing values, ".a" … ".z" <-> the numbers by which Stata itself stores them.

A tag that a round declares under [missing] becomes such a number in the table, so that it is a code like
888: no answer can be one of them, because Stata keeps these numbers for missing values alone.
"""

from __future__ import annotations

from string import ascii_lowercase

#: As doubles, little by little above 2**1023: "." first, then ".a" … ".z" (Stata's .dta format 118, 5.2).
_FIRST = 2.0**1023
CODE_OF_TAG: dict[str, float] = {
    f".{letter}": _FIRST * (1 + at / 4096) for at, letter in enumerate(ascii_lowercase, 1)
}
TAG_OF_CODE: dict[float, str] = {code: tag for tag, code in CODE_OF_TAG.items()}


def shown_code(code: float) -> str:
    """A code as a message writes it.

    Examples
    --------
    >>> shown_code(888.0), shown_code(CODE_OF_TAG[".a"])
    ('888', '.a')
    """
    return TAG_OF_CODE.get(code, f"{code:g}")
