"""The tables of training records: their columns, their types, several sets of them as one.

The contract between the records and the measures. Text is pandas str, "" where not known; codes keep their
zeros; dates are days. Nothing here names a person: a participant is a keyed hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial

import pandas as pd

_TEXT, _WHOLE, _NUMBER, _DAY, _FLAG = "str", "Int64", "float64", "datetime64[s]", "bool"

#: Table -> column -> dtype, in order.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "courses": {"course": _TEXT, "topic": _TEXT, "name_vi": _TEXT, "name_en": _TEXT},
    "classes": {
        "class_id": _TEXT, "course": _TEXT, "decision": _TEXT, "start": _DAY, "end": _DAY,
        "periods": _WHOLE, "venue": _TEXT, "host": _TEXT, "budget_source": _TEXT, "planned": _WHOLE,
        "simulated": _FLAG,
    },
    "lecturers": {"class_id": _TEXT, "lecturer": _TEXT, "lecturer_group": _TEXT, "periods": _WHOLE},
    "participants": {
        "class_id": _TEXT, "participant": _TEXT, "position": _TEXT, "rank": _TEXT, "unit": _TEXT,
        "level": _TEXT, "district": _TEXT, "commune": _TEXT,
    },
    "attendance": {
        "class_id": _TEXT, "participant": _TEXT, "session": _WHOLE, "status": _TEXT, "periods": _WHOLE,
    },
    "answers": {
        "class_id": _TEXT, "participant": _TEXT, "test": _TEXT, "attempt": _WHOLE, "item": _TEXT,
        "response": _TEXT,
    },
    "scores": {
        "class_id": _TEXT, "participant": _TEXT, "test": _TEXT, "attempt": _WHOLE, "score": _NUMBER,
        "maximum": _NUMBER,
    },
    "items": {
        "item": _TEXT, "topic": _TEXT, "key": _TEXT, "options": _TEXT, "objective": _TEXT, "lesson": _TEXT,
    },
    "forms": {
        "class_id": _TEXT, "form": _TEXT, "respondent": _TEXT, "lecturer": _TEXT, "learner_group": _TEXT,
        "object": _TEXT, "indicator": _TEXT, "score": _WHOLE,
    },
    "form_indicators": {
        "rule": _TEXT, "object": _TEXT, "criterion": _TEXT, "indicator": _TEXT, "name_vi": _TEXT,
        "name_en": _TEXT, "weight": _NUMBER, "criterion_vi": _TEXT, "criterion_en": _TEXT,
        "respondents": _TEXT, "status": _TEXT, "source": _TEXT,
    },
    "follow_up": {
        "class_id": _TEXT, "participant": _TEXT, "months": _WHOLE, "source": _TEXT, "indicator": _TEXT,
        "score": _WHOLE,
    },
    "certificates": {"class_id": _TEXT, "participant": _TEXT, "number": _TEXT, "issued": _DAY},
    "plan": {"year": _WHOLE, "course": _TEXT, "district": _TEXT, "communes": _WHOLE, "learners": _WHOLE},
    "left_out": {
        "file": _TEXT, "sheet": _TEXT, "cell": _TEXT, "row": _WHOLE, "table": _TEXT, "class_id": _TEXT,
        "measure": _TEXT, "reason": _TEXT,
    },
}  # fmt: skip
#: Tables that hold one row a thing that several files may name again: joined, each stands once.
SHARED = {
    "courses": ["course"],
    "items": ["item"],
    "form_indicators": ["rule", "indicator"],
    "plan": ["year", "course", "district"],
}


def empty_table(name: str) -> pd.DataFrame:
    """A table of the contract without rows."""
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in COLUMNS[name].items()})


def arrange_table(name: str, rows: pd.DataFrame | Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Rows -> a table of the contract: its columns alone, in order and of their types.

    Parameters
    ----------
    name : str
        A key of `COLUMNS`.
    rows : DataFrame or iterable of mapping
        Columns that are not given are empty.
    """
    table = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    if table.empty:
        return empty_table(name)
    made = {column: _typed(table.get(column), dtype, table.index) for column, dtype in COLUMNS[name].items()}
    return pd.DataFrame(made).reset_index(drop=True)


def _typed(values: pd.Series | None, dtype: str, index: pd.Index) -> pd.Series:
    if values is None:
        values = pd.Series([None] * len(index), index=index, dtype=object)
    if dtype == _TEXT:
        return values.astype(object).where(values.notna(), "").astype("str")
    if dtype == _FLAG:
        return values.astype(object).where(values.notna(), False).astype(bool)
    return values.astype(dtype)


@dataclass(frozen=True, eq=False)
class Records:
    """All tables of one or several classes; every table is always there, maybe without rows.

    Attributes
    ----------
    courses : DataFrame
        course, topic ("papi", "parindex", "other"), name_vi, name_en.
    classes : DataFrame
        class_id, course, decision, start, end, periods (planned number of periods), venue, host,
        budget_source, planned (planned learners), simulated.
    lecturers : DataFrame
        class_id, lecturer (a code such as "GV03"), lecturer_group ("internal", "concurrent", "invited"),
        periods.
    participants : DataFrame
        class_id, participant (keyed hash), position, rank, unit, level ("province", "district", "commune"),
        district, commune (codes; "" for an official of the province, or where it could not be read).
    attendance : DataFrame
        class_id, participant, session (from 1), status ("present", "excused", "absent"), periods (of that
        session; <NA> where not known).
    answers : DataFrame
        class_id, participant, test ("pre", "post", "follow_up"), attempt (from 1), item, response (letter of
        the bank; "" where nothing usable was ticked).
    scores : DataFrame
        class_id, participant, test, attempt, score, maximum: computed from answers and key where there are
        answers, else the typed mark.
    items : DataFrame
        item, topic, key (the one the class was marked with), options ("ABCD"), objective, lesson; the items
        of the tests that were taken.
    forms : DataFrame
        class_id, form (number as text), respondent ("learner", "lecturer", "manager"), lecturer ("" or the
        code of whom the part is about), learner_group (level), object, indicator, score (1-10; <NA> where the
        indicator was asked and not answered). Each indicator that a form asked has a row.
    form_indicators : DataFrame
        rule, object, criterion, indicator, name_vi, name_en, weight, criterion_vi, criterion_en, respondents,
        status ("known", "assumed"), source.
    follow_up : DataFrame
        class_id, participant, months, source ("learner", "manager"), indicator, score (1-10 or <NA>).
    certificates : DataFrame
        class_id, participant, number (keyed hash of the number; "" where none was typed), issued.
    plan : DataFrame
        year, course, district, communes, learners.
    left_out : DataFrame
        file, sheet, cell, row, table, class_id, measure, reason (a finding's code): what one measure does
        without. `measure` is "coverage", "attendance", "gain", "items", "satisfaction", "follow_up" or
        "certificate".
    """

    courses: pd.DataFrame = field(default_factory=partial(empty_table, "courses"))
    classes: pd.DataFrame = field(default_factory=partial(empty_table, "classes"))
    lecturers: pd.DataFrame = field(default_factory=partial(empty_table, "lecturers"))
    participants: pd.DataFrame = field(default_factory=partial(empty_table, "participants"))
    attendance: pd.DataFrame = field(default_factory=partial(empty_table, "attendance"))
    answers: pd.DataFrame = field(default_factory=partial(empty_table, "answers"))
    scores: pd.DataFrame = field(default_factory=partial(empty_table, "scores"))
    items: pd.DataFrame = field(default_factory=partial(empty_table, "items"))
    forms: pd.DataFrame = field(default_factory=partial(empty_table, "forms"))
    form_indicators: pd.DataFrame = field(default_factory=partial(empty_table, "form_indicators"))
    follow_up: pd.DataFrame = field(default_factory=partial(empty_table, "follow_up"))
    certificates: pd.DataFrame = field(default_factory=partial(empty_table, "certificates"))
    plan: pd.DataFrame = field(default_factory=partial(empty_table, "plan"))
    left_out: pd.DataFrame = field(default_factory=partial(empty_table, "left_out"))

    def tables(self) -> dict[str, pd.DataFrame]:
        """Name -> table, in the order of `COLUMNS`."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def of_class(self, class_id: str) -> Records:
        """The records of one class; what belongs to no class (items, plan …) stays whole."""
        return Records(
            **{
                name: table[table["class_id"] == class_id].reset_index(drop=True)
                if "class_id" in table
                else table
                for name, table in self.tables().items()
            }
        )


def join_records(parts: Iterable[Records]) -> Records:
    """Several sets of records as one; what several of them share stands once, as the first has it."""
    parts = list(parts)
    joined = {}
    for name in COLUMNS:
        tables = [getattr(part, name) for part in parts if len(getattr(part, name))]
        table = pd.concat(tables, ignore_index=True) if tables else empty_table(name)
        if name in SHARED:
            table = table.drop_duplicates(SHARED[name]).reset_index(drop=True)
        joined[name] = table
    return Records(**joined)
