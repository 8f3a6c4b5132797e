"""Sheets typed in a test, heading by heading -> what a check makes of them, without any file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.findings import findings_table
from tests.analysis.intake.raw_tables import raw_of
from training.records.checking import CheckedRecords, check_tables

KEY = bytes(range(32))
#: One class of each of two courses; the second has a timetable of its own in tests that want one.
CLASSES: dict[str, list[Any]] = {
    "Mã lớp": ["K01", "K02"],
    "Mã khóa": ["PAPI-2021", "PAR-2021"],
    "Chuyên đề": ["PAPI", "PARINDEX"],
    "Ngày khai giảng": ["05/04/2021", "12/04/2021"],
}
PEOPLE: dict[str, list[Any]] = {
    "Lớp": ["K01", "K01", "K02"],
    "Mã HV": ["HV01", "HV02", "HV01"],
    "Đơn vị": ["Phòng Nội vụ", "UBND xã", "Sở Nội vụ"],
    "Cấp": ["huyện", "xã", "tỉnh"],
    "Huyện": ["Gò Quao", "Châu Thành", None],
    "Xã": [None, "Thạnh Lộc", None],
}


def check(sheets: Mapping[str, Mapping[str, Sequence[Any]]], key: bytes = KEY) -> CheckedRecords:
    """Check sheets given as title -> heading -> cells; the classes and people above where none are given."""
    given = {"Lớp": CLASSES, "Học viên": PEOPLE, **sheets}
    tables = [raw_of(columns, sheet=title) for title, columns in given.items() if columns]
    return check_tables(tables, findings_table([]), key)


def found(checked: CheckedRecords) -> set[tuple[str, str]]:
    """(code, address) of every finding but notes on how dates were read."""
    rows = checked.findings[checked.findings["code"] != "forms_read"]
    return {(row.code, f"{row.sheet}!{row.cell}") for row in rows.itertuples()}


def who(checked: CheckedRecords) -> dict[tuple[str, int], str]:
    """(class, number of the row among its participants) -> hash."""
    people = checked.records.participants
    return {(c, n): p for c, own in people.groupby("class_id") for n, p in enumerate(own["participant"], 1)}
