"""The column of interview days -> between which days nearly all lie, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from analysis.intake.letters.dates import parse_date
from analysis.rounds.file_settings import DATE_FORMS, Fieldwork
from analysis.scaffold.profile import Profile

#: A day typed wrongly moves the first or the last: this share at each end is not looked at.
_ODD = 0.005
#: Below this share of days that can be read the column holds something else.
_MOSTLY = 0.5


@dataclass(frozen=True)
class Days:
    """What a column of days holds.

    Attributes
    ----------
    first, last : date
        Of all that can be read.
    start, end : date
        Between which nearly all lie.
    forms : list of str
        In which they are written, names of `DATE_FORMS`; those that are read by default first.
    unread : int
        Cells that are filled and no day in any form.
    """

    first: date
    last: date
    start: date
    end: date
    forms: list[str]
    unread: int


def look_at_days(one: Profile) -> Days | None:
    """The days of a column, None where most of it is none."""
    texts = one.texts.dropna()
    counts = texts.value_counts()
    usual = list(Fieldwork().date_forms)
    more = [form for form in DATE_FORMS if form not in usual]
    days: list[date] = []
    forms, unread = set(usual), 0
    for text, count in counts.items():
        kind = "number" if one.is_numeric else "text"
        parsed = parse_date(str(text), usual, kind=kind)
        if parsed.value is None:
            parsed = parse_date(str(text), more, kind=kind)
        if parsed.value is None:
            unread += int(count)
            continue
        forms.add(parsed.form)
        days += [parsed.value] * int(count)
    if not days or len(days) < _MOSTLY * len(texts):
        return None
    numbers = np.sort([day.toordinal() for day in days])
    start, end = np.quantile(numbers, [_ODD, 1 - _ODD], method="nearest")
    ordered = [*usual, *(form for form in more if form in forms)]
    return Days(
        *(date.fromordinal(int(number)) for number in (numbers[0], numbers[-1], start, end)),
        forms=ordered,
        unread=unread,
    )
