"""Records -> what classes are, and what the codes of the result rows are called, as tables for pages.

No table holds a person: codes, days, places and sentences of the question bank and the form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.context.built_training import PROVINCE_OFFICES
from training.question_bank.bank_checks import LETTERS
from training.question_bank.bank_rows import QuestionBank, read_bank
from training.rows.satisfaction import indicators_of
from training.satisfaction.forms import rules_of_classes
from training.tables import tables_of_year, years_of

CLASS_COLUMNS = (
    "class_id", "course", "topic", "year", "start", "end", "decision", "venue", "host", "budget_source",
    "periods", "planned", "sessions", "districts", "lecturers", "simulated",
)  # fmt: skip
NAME_COLUMNS = ("kind", "code", "parent", "rule", "vi", "en")


def describe_classes(records: Any) -> pd.DataFrame:
    """One row a class with a last or first day.

    Returns
    -------
    DataFrame
        Columns `CLASS_COLUMNS`: text, days as "2021-04-09", year and counts Int64, simulated bool. Sorted by
        class_id.
    """
    rows = []
    for year in years_of(records):
        tables = tables_of_year(records, year)
        topic = tables.courses.set_index("course")["topic"]
        sessions = tables.attendance.groupby("class_id")["session"].nunique()
        for row in tables.classes.to_dict("records"):
            name = row["class_id"]
            listed = tables.participants[tables.participants["class_id"] == name]
            taught = tables.lecturers[tables.lecturers["class_id"] == name]
            rows.append(
                {
                    **{column: row[column] for column in CLASS_COLUMNS if column in row},
                    "topic": topic.get(row["course"], ""),
                    "year": year,
                    "start": _day(row["start"]),
                    "end": _day(row["end"]),
                    "sessions": int(sessions.get(name, 0)),
                    "districts": " ".join(_districts(listed)),
                    "lecturers": " ".join(_lecturers(taught)),
                }
            )
    table = pd.DataFrame(rows, columns=list(CLASS_COLUMNS)).sort_values("class_id").reset_index(drop=True)
    whole = dict.fromkeys(("year", "periods", "planned", "sessions"), "Int64")
    texts = {name: "str" for name in CLASS_COLUMNS if name not in whole and name != "simulated"}
    return table.astype({**whole, **texts, "simulated": "bool"})


def _day(day: object) -> str:
    return "" if pd.isna(day) else pd.Timestamp(day).date().isoformat()


def _districts(listed: pd.DataFrame) -> list[str]:
    offices = [PROVINCE_OFFICES] if (listed["level"] == "province").any() else []
    return [*offices, *sorted(set(listed["district"]) - {""})]


def _lecturers(taught: pd.DataFrame) -> list[str]:
    pairs = taught[["lecturer", "lecturer_group"]].drop_duplicates().sort_values("lecturer")
    return [f"{row.lecturer}:{row.lecturer_group}" for row in pairs.itertuples()]


def describe_names(records: Any, bank: QuestionBank | None = None) -> pd.DataFrame:
    """What courses, items, options, objectives, lessons, indicators and criteria are called.

    Parameters
    ----------
    records : Records
    bank : QuestionBank, optional
        The one of the data folder by default. An item that is not in it has no name.

    Returns
    -------
    DataFrame
        Columns `NAME_COLUMNS`, text. An option's code is "PAPI-01/A". An item's parent is its objective, an
        objective's its lesson, an indicator's its criterion, a criterion's its object. `rule` only of
        indicators and criteria.
    """
    bank = bank or read_bank()
    rows = [*_courses(records), *_items(records.items, bank), *_forms(records)]
    table = pd.DataFrame(rows, columns=list(NAME_COLUMNS)).astype("str")
    return table.drop_duplicates(["kind", "code", "rule"]).reset_index(drop=True)


def _courses(records: Any) -> Iterator[tuple[str, ...]]:
    for row in records.courses.to_dict("records"):
        yield "course", row["course"], row["topic"], "", row["name_vi"], row["name_en"]


def _items(items: pd.DataFrame, bank: QuestionBank) -> Iterator[tuple[str, ...]]:
    known = bank.items.set_index("item")
    for row in items.to_dict("records"):
        item = row["item"]
        stem = known.loc[item] if item in known.index else {"stem_vi": "", "stem_en": ""}
        yield "item", item, row["objective"], "", stem["stem_vi"], stem["stem_en"]
        for letter in LETTERS if item in known.index else ():
            texts = (stem[f"{letter.lower()}_{language}"] for language in ("vi", "en"))
            yield "option", f"{item}/{letter}", item, "", *texts
    objectives = bank.objectives[bank.objectives["objective"].isin(set(items["objective"]))]
    for row in objectives.to_dict("records"):
        yield "objective", row["objective"], row["lesson"], "", row["text_vi"], row["text_en"]
    lessons = bank.lessons[bank.lessons["lesson"].isin({*items["lesson"], *objectives["lesson"]})]
    for row in lessons.to_dict("records"):
        yield "lesson", row["lesson"], "", "", row["title_vi"], row["title_en"]


def _forms(records: Any) -> Iterator[tuple[str, ...]]:
    """The indicators of the rules in force, and of the follow-up, which asks some of the same."""
    classes = records.classes.assign(end=records.classes["end"].fillna(records.classes["start"]))
    dated = classes[classes["end"].notna()]
    for rule in sorted({rule["rule"] for rule in rules_of_classes(dated).values()}):
        for row in indicators_of(records.form_indicators, rule).to_dict("records"):
            yield "indicator", row["indicator"], row["criterion"], rule, row["name_vi"], row["name_en"]
            yield "criterion", row["criterion"], row["object"], rule, row["criterion_vi"], row["criterion_en"]
