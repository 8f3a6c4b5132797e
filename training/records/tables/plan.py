"""Sheets of the plan -> how many communes and learners each district was to send to each course."""

from __future__ import annotations

import pandas as pd

from analysis.errors import shown
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.masks import show
from training.records.linking.class_rows import AT, BAD, SHEET, sheet_rows
from training.records.linking.ledger import Ledger
from training.records.records import COLUMNS, arrange_table
from training.records.sheets.reading import SheetsRead

_ONE = ["year", "course", "district"]


def make_plan(read: SheetsRead, courses: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """Table `plan`; a district with two figures is a stop, a course without a class in the files a note.

    Parameters
    ----------
    read : SheetsRead
    courses : DataFrame
        Table of `Records`; a course is written as there.
    ledger : Ledger
    """
    sheets = read.of("plan")
    rows = sheet_rows(sheets, list(COLUMNS["plan"]))
    rows = rows[~rows[BAD].astype(bool) & rows[_ONE].notna().all(axis=1)].reset_index(drop=True)
    known = {fold_key(course): course for course in courses["course"]}
    named = [known.get(fold_key(str(course)), str(course)) for course in rows["course"]]
    rows = rows.assign(course=pd.Series(named, rows.index, dtype=object))
    rows = rows.drop_duplicates(list(COLUMNS["plan"]))  # one plan in several workbooks is one plan
    again = rows.duplicated(_ONE)
    for row in rows[again].to_dict("records"):
        ledger.cell(
            sheets[row[SHEET]], row[AT], "district", "plan_twice",
            "Huyện, thành phố này đã có trong kế hoạch của khóa, với số khác. Hãy xóa một dòng.",
            "The district is in the course's plan already, with other figures. Delete one row.",
        )  # fmt: skip
    strangers = sorted({show(course) for course in rows["course"] if course not in set(courses["course"])})
    if strangers:
        ledger.sheet(
            sheets[0], "planned_course_without_class",
            f"Kế hoạch có khóa chưa có lớp nào trong các tệp này: {shown(strangers)}. Hãy kiểm tra mã khóa.",
            f"The plan has courses without a class in these files: {shown(strangers)}. Look at the codes "
            f"again.",
            got=shown(strangers),
        )  # fmt: skip
    return arrange_table("plan", rows[~again])
