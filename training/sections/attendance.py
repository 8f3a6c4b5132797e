"""Who sits in a class and how much they attended -> tables, and what the class is."""

from __future__ import annotations

from datetime import date

import pandas as pd
from babel.dates import format_date

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count
from analysis.briefing.tables import table
from analysis.context.built_training import PROVINCE_OFFICES
from training.sections.figures import statistic_name
from training.sections.legends import legend
from training.sections.opened import LEVELS, ClassPage

KIND = "attendance"
_SHARES = ("present", "excused", "absent", "full")


def about_class(page: ClassPage) -> Table:
    """What the class is: course, days, decision, where, by whom, for whom."""
    about = page.about
    counts = {name: _count(page, about[name]) for name in ("periods", "sessions", "planned")}
    values = {
        "course": page.course_name(page.course), "days": say_days(page), "decision": about["decision"],
        "venue": about["venue"], "host": about["host"], "budget": about["budget_source"],
        "length": page.say("training_length", **counts) if counts["periods"] else "",
        "from": ", ".join(_places(page)), "lecturers": ", ".join(_lecturers(page)),
    }  # fmt: skip
    rows = [[page.say(f"training_about_{key}"), text] for key, text in values.items() if text]
    head = [Column(page.say(f"training_col_{key}")) for key in ("about_class", "about_text")]
    return table(page.say("training_caption_about"), head, rows, [])


def say_days(page: ClassPage) -> str:
    """The class's first and last day; one where they are the same or only one is known."""
    days = (say_day(page, page.about["start"]), say_day(page, page.about["end"]))
    return " – ".join(dict.fromkeys(day for day in days if day))


def _count(page: ClassPage, value: object) -> str:
    return "" if pd.isna(value) else say_count(int(value), page.language)


def say_day(page: ClassPage, day: str) -> str:
    """ "2021-04-05" as "5/4/2021" or "5 April 2021".

    Notes
    -----
    English months are words: 5/4 is two days there.
    """
    if not day:
        return ""
    return format_date(
        date.fromisoformat(day), "d/M/yyyy" if page.language == "vi" else "d MMMM yyyy", page.language
    )


def _places(page: ClassPage) -> list[str]:
    codes = page.about["districts"].split()
    names = [page.say("training_province_offices")] if PROVINCE_OFFICES in codes else []
    return [*names, *(page.places.district(code).name for code in codes if code != PROVINCE_OFFICES)]


def _lecturers(page: ClassPage) -> list[str]:
    pairs = (pair.split(":") for pair in page.about["lecturers"].split())
    return [f"{code} ({page.say(f'training_lecturer_{group}')})" if group else code for code, group in pairs]


def attendance_table(page: ClassPage) -> Table:
    """The class list by level of office, and attendance; beside all classes of the course."""
    rows, figures = [], []
    for level in ("", *LEVELS):
        group = ("level", level) if level else ("all", "")
        own, pooled = (
            page.figure(place, KIND, "learners", "listed", group) for place in (page.own, page.pooled)
        )
        if own.about is not None:
            figures += [own, pooled]
            name = statistic_name(own) + (f": {page.level_name(level).lower()}" if level else "")
            rows.append([name, own.cell, pooled.cell])
    for statistic in _SHARES:
        own, pooled = (page.figure(place, KIND, "sessions", statistic) for place in (page.own, page.pooled))
        if own.about is not None:
            figures += [own, pooled]
            rows.append([statistic_name(own), own.cell if own.is_shown else own.reason, pooled.cell])
    rows += [
        [
            page.say("training_session", session=row.measure.removeprefix("session_").lstrip("0")),
            figure.cell,
            "",
        ]
        for row, figure in page.figures(place_kind="class", place=page.class_id, measure_kind=KIND)
        if row.measure.startswith("session_")
    ]
    keys = ("measure", "class_count", "course_count")
    head = [Column(page.say(f"training_col_{key}"), key != "measure") for key in keys]
    notes = [page.say("training_attendance_note"), *legend(page, figures)]
    return table(page.say("training_caption_attendance"), head, rows, notes)


def certificate_table(page: ClassPage) -> Table:
    """Who met the rule in force, and who has a certificate."""
    rows, figures = [], []
    for kind, measure, statistic in (("learning", "certificate", "passed"), (KIND, "certificates", "issued")):
        own, pooled = (page.figure(place, kind, measure, statistic) for place in (page.own, page.pooled))
        if own.about is not None:
            figures += [own, pooled]
            rows.append([statistic_name(own), own.cell, own.people, pooled.cell, own.reason])
    keys = ("measure", "class", "n", "course", "remark")
    head = [Column(page.say(f"training_col_{key}"), key in ("class", "n", "course")) for key in keys]
    return table(page.say("training_caption_certificates"), head, rows, legend(page, figures))
