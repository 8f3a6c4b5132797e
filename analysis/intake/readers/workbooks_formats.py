"""A number of a workbook and the format it is shown in -> its text and kind: a number, a date, or padded."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from analysis.intake.table import text_of

_PADDED = "padded:"


def meaning_of(code: str) -> str:
    """What a number format makes of a number: "date", "padded:000", or "" for a plain number.

    Examples
    --------
    >>> meaning_of("dd/mm/yyyy"), meaning_of("000"), meaning_of("0.00"), meaning_of("[h]:mm")
    ('date', 'padded:000', '', '')
    """
    if re.fullmatch("0{2,}", code):
        return f"{_PADDED}{code}"
    return "date" if is_date_format(code) and not is_timedelta_format(code) else ""


def read_number(value: float, meaning: str, epoch: datetime) -> tuple[str, str]:
    """Text and kind of a stored number.

    Parameters
    ----------
    value : float
    meaning : str
        As `meaning_of` gives it.
    epoch : datetime
        The day from which the workbook's dates count: of 1900 or of 1904.

    Examples
    --------
    >>> read_number(29285, "date", datetime(1899, 12, 30)), read_number(7.5, "", datetime(1899, 12, 30))
    (('1980-03-05', 'date'), ('7.5', 'number'))
    """
    if meaning == "date":
        try:
            moment = from_excel(value, epoch)
        except (OverflowError, ValueError):
            return text_of(value)
        return text_of(value) if isinstance(moment, timedelta) else text_of(moment)
    return text_of(value)


def padded_text(value: float, meaning: str) -> str:
    """A whole number as its format shows it, "" where the format adds no zeros.

    Examples
    --------
    >>> padded_text(7, "padded:000"), padded_text(7.5, "padded:000"), padded_text(7, "")
    ('007', '', '')
    """
    if not meaning.startswith(_PADDED) or value % 1 or value < 0:
        return ""
    return f"{int(value):0{len(meaning) - len(_PADDED)}d}"
