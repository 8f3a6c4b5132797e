"""Sheets of classes, timetable, lecturers -> courses, classes, lecturers, periods of each session."""

from __future__ import annotations

import pandas as pd

from analysis.errors import shown
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.masks import looks_personal
from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.records import COLUMNS, arrange_table
from training.records.screening.personal_text import drop_personal_text
from training.records.sheets.reading import SheetsRead

_OF_COURSE = ("topic", "name_vi", "name_en")
_KEPT_TEXT = ("name_vi", "name_en", "decision", "venue", "host", "budget_source")


def make_classes(
    read: SheetsRead, names: ClassNames, known: frozenset[str], ledger: Ledger
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Courses and classes.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    known : frozenset of str
        From `screening.personal_text.personal_values_of`.
    ledger : Ledger

    Returns
    -------
    tuple of DataFrame
        Tables `courses` and `classes`. Findings: no class at all, two names or topics of one course, an end
        before the start, a code that looks like a person's name.
    """
    sheets = read.of("classes")
    rows = sheet_rows(sheets, ["class_id", *_OF_COURSE, *(c for c in COLUMNS["classes"] if c != "class_id")])
    rows = rows[rows["class_id"].notna() & ~rows["class_id"].duplicated()].reset_index(drop=True)
    rows = drop_personal_text(rows, sheets, _KEPT_TEXT, known, ledger)
    if read.sheets and rows.empty:
        ledger.sheet(
            read.sheets[0], "no_class",
            "Không có lớp nào trong các tệp. Hãy thêm trang Lớp (mã lớp, khóa, chuyên đề, ngày khai giảng).",
            "There is no class in the files. Add the sheet Lớp (class, course, topic, first day).",
            kind="stop", expected=shown(names.known.values()),
        )  # fmt: skip
    for row in rows.to_dict("records"):
        sheet, at = sheets[row[SHEET]], row[AT]
        if pd.notna(row["start"]) and pd.notna(row["end"]) and row["end"] < row["start"]:
            ledger.cell(
                sheet, at, "end", "end_before_start",
                "Ngày bế giảng trước ngày khai giảng. Hãy sửa một trong hai ngày.",
                "The last day is before the first. Mend one of them.",
            )  # fmt: skip
        for column in ("class_id", "course"):
            _refuse_name(ledger, sheet, at, column, row[column])
    rows = rows[pd.Series([not _is_name(written) for written in rows["class_id"]], rows.index, dtype=bool)]
    rows = rows.assign(course=[None if _is_name(written) else written for written in rows["course"]])
    return _courses(rows, sheets, ledger), arrange_table("classes", rows)


def _courses(rows: pd.DataFrame, sheets: list, ledger: Ledger) -> pd.DataFrame:
    """One row a course; the first filled cell of each column, a different later one is a finding."""
    made: dict[str, dict[str, object]] = {}
    for row in rows.to_dict("records"):
        if pd.isna(row["course"]):
            continue
        course = made.setdefault(fold_key(row["course"]), {"course": row["course"]})
        for column in _OF_COURSE:
            if pd.isna(row[column]):
                continue
            first = course.setdefault(column, row[column])
            if fold_key(str(first)) != fold_key(str(row[column])):
                ledger.cell(
                    sheets[row[SHEET]], row[AT], column, "course_contradiction",
                    "Một khóa bồi dưỡng có hai tên hoặc hai chuyên đề khác nhau. Hãy ghi giống nhau ở mọi "
                    "lớp.",
                    "One course has two names or two topics. Write the same in every class.",
                    kind="stop" if column == "topic" else "note",
                )  # fmt: skip
    return arrange_table("courses", made.values())


def _is_name(written: object) -> bool:
    return pd.notna(written) and looks_personal(str(written))


def _refuse_name(ledger: Ledger, sheet, at: int, column: str, written: object) -> None:
    if _is_name(written):
        label = sheet.kind.schema.column(column)
        ledger.cell(
            sheet, at, column, "name_as_code",
            f"{label.label_vi} trông như họ tên hoặc số điện thoại. Hãy dùng mã, ví dụ K01, GV03.",
            f"{label.label_en} looks like a name or a phone number. Use a code, such as K01 or GV03.",
            value="•••",
        )  # fmt: skip


def make_lecturers(read: SheetsRead, names: ClassNames, ledger: Ledger) -> pd.DataFrame:
    """Table `lecturers`; a lecturer twice in one class is left out the second time, a name is a stop."""
    sheets = read.of("lecturers")
    rows = with_class(sheet_rows(sheets, list(COLUMNS["lecturers"])), sheets, names, ledger)
    rows = rows[rows["lecturer"].notna()]
    seen: set[tuple[str, str]] = set()
    keep = []
    for row in rows.to_dict("records"):
        sheet, at = sheets[row[SHEET]], row[AT]
        _refuse_name(ledger, sheet, at, "lecturer", row["lecturer"])
        key = (row["class_id"], fold_key(row["lecturer"]))
        if key in seen and not _is_name(row["lecturer"]):
            vi, en = without("satisfaction")
            ledger.cell(
                sheet, at, "lecturer", "lecturer_twice",
                f"Giảng viên đã có ở lớp này. {vi} Hãy gộp số tiết vào một dòng.",
                f"The lecturer is in this class already. {en} Add the periods up in one row.",
                kind="left_out",
            )  # fmt: skip
            ledger.leave(sheet, at, "satisfaction", "lecturer_twice", "lecturer", row["class_id"])
        keep.append(key not in seen and not _is_name(row["lecturer"]))
        seen.add(key)
    return arrange_table("lecturers", rows[pd.Series(keep, rows.index, dtype=bool)])


def session_periods(read: SheetsRead, names: ClassNames, ledger: Ledger) -> dict[tuple[str, int], int]:
    """(class, session) -> its periods, from the timetable; a session twice is a stop."""
    sheets = read.of("sessions")
    rows = with_class(sheet_rows(sheets, ["class_id", "session", "periods"]), sheets, names, ledger)
    found: dict[tuple[str, int], int] = {}
    for row in rows.to_dict("records"):
        if pd.isna(row["session"]) or pd.isna(row["periods"]) or row[BAD]:
            continue
        key = (row["class_id"], int(row["session"]))
        if key in found:
            ledger.cell(
                sheets[row[SHEET]], row[AT], "session", "session_twice",
                "Buổi học này đã có trong lịch của lớp. Hãy xóa một dòng hoặc sửa số buổi.",
                "The session is in the class's timetable already. Delete one row, or mend its number.",
            )  # fmt: skip
        found.setdefault(key, int(row["periods"]))
    return found
