"""Sheets of attendance -> who was at which session, and for how many periods."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import Roster, with_person
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead
from training.records.sheets.repeated import in_rows

_COLUMNS = ["class_id", "participant", "session", "status", "periods"]


def make_attendance(
    read: SheetsRead, names: ClassNames, roster: Roster, periods: Mapping[tuple[str, int], int],
    class_periods: Mapping[str, int], ledger: Ledger,
) -> pd.DataFrame:  # fmt: skip
    """Table `attendance`.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    roster : Roster
    periods : mapping
        (class, session) -> periods, from the timetable.
    class_periods : mapping
        Class -> its periods in all. Where there is no timetable they are shared out over the sessions, if
        that gives a whole number.
    ledger : Ledger

    Notes
    -----
    An empty cell is no absence: it is left out and counted. A column in which a class has no mark at all, of
    a session that its timetable does not name, is one of the template's that was not needed.
    """
    sheets = read.of("attendance")
    rows = with_class(sheet_rows(sheets, _COLUMNS), sheets, names, ledger)
    rows = with_person(rows[~rows[BAD].astype(bool)], sheets, roster, "attendance", ledger)
    long = _long(rows, sheets)
    long = _known_marks(_held(long, sheets, periods), sheets, ledger)
    long = _each_once(long, sheets, ledger)
    shares = _shares(long, periods, class_periods)
    found = [
        row["periods"]
        if pd.notna(row["periods"])
        else periods.get((row["class_id"], row["session"]), shares.get(row["class_id"]))
        for row in long.to_dict("records")
    ]
    long = long.assign(periods=pd.Series(found, index=long.index, dtype=object))
    _say_without_periods(long, sheets, ledger)
    return arrange_table("attendance", long)


def _long(rows: pd.DataFrame, sheets: list[Sheet]) -> pd.DataFrame:
    """One row a person and session, whether sessions are columns or rows."""
    parts = []
    for number, own in rows.groupby(SHEET, sort=True):
        sheet = sheets[int(number)]
        if sheet.repeated:
            parts.append(in_rows(own, sheet.kind, sheet.repeated))
        else:
            parts.append(own.assign(_column="status"))
    if not parts:
        return pd.DataFrame(columns=[*_COLUMNS, SHEET, AT, "_column"])
    long = pd.concat(parts, ignore_index=True)
    return long.assign(session=pd.to_numeric(long["session"]).astype("Int64").astype(object))


def _held(long: pd.DataFrame, sheets: list[Sheet], periods: Mapping[tuple[str, int], int]) -> pd.DataFrame:
    """Without the columns of sessions that a class did not have."""
    keys = list(zip(long[SHEET], long["class_id"], long["session"], strict=True))
    rows = long.to_dict("records")
    marked = {key for key, row in zip(keys, rows, strict=True) if not _is_empty(row, sheets)}
    kept = [key in marked or key[1:] in periods or not sheets[key[0]].repeated for key in keys]
    return long[pd.Series(kept, long.index, dtype=bool)].reset_index(drop=True)


def _is_empty(row: Mapping[str, object], sheets: list[Sheet]) -> bool:
    """Whether nothing stands in the cell of a mark."""
    sheet = sheets[row[SHEET]]
    heading = sheet.typed.columns.get(row["_column"])
    return bool(heading) and pd.isna(sheet.raw.cells[heading].iat[row[AT]])


def _known_marks(long: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """Without empty cells, which are counted a sheet, and without bad ones, which are findings already."""
    empty: dict[int, int] = {}
    keep = []
    for row in long.to_dict("records"):
        known = pd.notna(row["status"]) and pd.notna(row["session"])
        keep.append(known)
        sheet = sheets[row[SHEET]]
        if not known and _is_empty(row, sheets):
            empty[row[SHEET]] = empty.get(row[SHEET], 0) + 1
            ledger.leave(sheet, row[AT], "attendance", "attendance_blank", row["_column"], row["class_id"])
    for number, count in empty.items():
        ledger.sheet(
            sheets[number], "attendance_blank",
            f"{count} ô điểm danh bị bỏ trống; ô trống không được tính là vắng. Hãy điền có mặt hoặc vắng.",
            f"{count} cells of attendance are empty; an empty cell does not count as absent. Fill them in.",
            got=f"{count} cells",
        )  # fmt: skip
    return long[pd.Series(keep, long.index, dtype=bool)].reset_index(drop=True)


def _each_once(long: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    again = long.duplicated(["class_id", "participant", "session"])
    for row in long[again].to_dict("records"):
        vi, en = without("attendance")
        sheet = sheets[row[SHEET]]
        ledger.cell(
            sheet, row[AT], row["_column"], "attendance_twice",
            f"Buổi này của học viên đã được điểm danh ở một dòng khác. {vi} Hãy xóa một dòng.",
            f"The participant's attendance of this session stands in another row already. {en} Delete one "
            f"row.",
            kind="left_out",
        )  # fmt: skip
        ledger.leave(sheet, row[AT], "attendance", "attendance_twice", row["_column"], row["class_id"])
    return long[~again].reset_index(drop=True)


def _shares(
    long: pd.DataFrame, periods: Mapping[tuple[str, int], int], class_periods: Mapping[str, int]
) -> dict[str, int]:
    """Class -> periods of each session, where there is no timetable and they can be shared out."""
    with_timetable = {class_id for class_id, _ in periods}
    shares = {}
    for class_id, sessions in long.groupby("class_id")["session"]:
        total, count = class_periods.get(class_id), sessions.nunique()
        if class_id not in with_timetable and total and total % count == 0:
            shares[class_id] = total // count
    return shares


def _say_without_periods(long: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> None:
    without_any = long[long["periods"].isna()]
    for number, own in without_any.groupby(SHEET):
        sessions = sorted({f"{row.class_id}: {row.session}" for row in own.itertuples()})
        ledger.sheet(
            sheets[int(number)], "periods_unknown",
            f"Không rõ số tiết của {len(sessions)} buổi học, nên số tiết đã học không được tính đủ. "
            "Hãy điền trang Lịch học.",
            f"The periods of {len(sessions)} sessions are not known, so hours attended are incomplete. "
            "Fill in the timetable.",
            got=", ".join(sessions[:5]),
        )  # fmt: skip
