"""data/corrections/<round>.csv + a survey file's table -> the table corrected, and what was done to it.

A correction is a declared row: which respondent, which variable, what stood there (the guard) and what
stands there now, why, by whom and when. Rows are applied in their order. One that no longer fits stops the
build and nothing is applied, so that a file sent again cannot be corrected twice or in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.respondents.cells import Cells
from analysis.rows import read_rows

COLUMNS = ("respondent", "variable", "action", "old", "new", "reason", "by", "date")
ACTIONS = ("set", "clear", "drop_row")
#: What an action is called when counted, Vietnamese and English.
_DONE = {
    "set": ("sửa giá trị của {}", "a value of {} was set"),
    "clear": ("xóa giá trị của {}", "a value of {} was cleared"),
    "drop_row": ("bỏ cả dòng", "the row was dropped"),
}


def corrections_file(round_name: str) -> Path:
    """Where a round's corrections are declared; most rounds have none."""
    return paths.data_folder() / "corrections" / f"{round_name}.csv"


def read_corrections(round_name: str) -> pd.DataFrame:
    """A round's corrections as text, in their order; no rows where there is no file.

    Raises
    ------
    BadRows
        The file is not UTF-8, not rectangular, or lacks a column.
    """
    path = corrections_file(round_name)
    rows = read_rows(path, COLUMNS) if path.is_file() else pd.DataFrame(columns=list(COLUMNS), dtype="str")
    rows.attrs["file"] = paths.short(path)
    return rows


def check_corrections(table: pd.DataFrame, rows: pd.DataFrame, respondent_column: str) -> pd.DataFrame:
    """What `apply_corrections` would find; changes nothing."""
    return apply_corrections(table, rows, respondent_column)[1]


def apply_corrections(
    table: pd.DataFrame, rows: pd.DataFrame, respondent_column: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Apply declared corrections in their order.

    Parameters
    ----------
    table : DataFrame
        As stored, one row a respondent; not changed.
    rows : DataFrame
        Text, columns `COLUMNS`, as `read_corrections` gives them.
    respondent_column : str
        The column of respondents' codes.

    Returns
    -------
    tuple of DataFrame and DataFrame
        The corrected table, and findings. Where any finding is of kind stop the table is the one given. Notes
        count what was done, by variable and reason, and name neither respondents nor answers.

    Notes
    -----
    A guard compares as numbers where both are numbers ("1" fits 1.0), else as text; an empty guard means that
    the cell is expected to be blank. Each row sees what the rows before it left, so a value may be corrected
    twice: 1 to 2, then 2 to 3. `drop_row` may have a variable and its old value as guard, which also tells
    two rows of the same respondent apart.
    """
    if rows.empty or respondent_column not in table.columns:  # a missing column is the checks' own finding
        return table, findings_table([])
    run = _Run(table, rows, respondent_column)
    faults = [fault for at in range(len(rows)) for fault in run.apply(at)]
    if faults:
        return table, findings_table(faults)
    return run.cells.table(), findings_table(run.notes())


class _Run:
    """Corrections being applied one after the other."""

    def __init__(self, table: pd.DataFrame, rows: pd.DataFrame, respondent_column: str) -> None:
        self.cells = Cells(table, respondent_column)
        self.rows = rows.to_dict("records")
        self.file = rows.attrs.get("file", "data/corrections")
        self.done: dict[tuple[str, str, str], list[str]] = {}
        self.last: dict[tuple[str, str], int] = {}

    def apply(self, at: int) -> Iterator[Finding]:
        """Apply one row, or say why it cannot be."""
        row = self.rows[at]
        faults = [*self._incomplete(at, row)] or [*self._misplaced(at, row)]
        if faults:
            yield from faults
            return
        (place,) = self._places(row)
        name, who = row["variable"], row["respondent"]
        if row["action"] == "drop_row":
            self.cells.drop(place)
        else:
            new = row["new"] if row["action"] == "set" else ""
            why = self.cells.put(place, name, new)
            if why:
                yield self._fault(at, f"the new value cannot stand in {name}", why[0], why[1], "•••")
                return
        self.last[who, name] = self.last[who, ""] = at
        key = (row["action"], "" if row["action"] == "drop_row" else name, row["reason"])
        self.done.setdefault(key, []).append(who)

    def _incomplete(self, at: int, row: dict[str, str]) -> Iterator[Finding]:
        """What a row lacks or says too much, whatever the table holds."""
        action = row["action"]
        if action not in ACTIONS:
            vi = "hành động không có trong danh sách"
            yield self._fault(at, "unknown action", vi, ", ".join(ACTIONS), action or "nothing")
            return
        needed = ["respondent", "reason", "by", "date", *(["variable"] if action != "drop_row" else [])]
        empty = [key for key in needed if not row[key]]
        if empty:
            vi = f"còn để trống {shown(empty)}"
            yield self._fault(at, f"{shown(empty)} is empty", vi, "a text", "nothing")
        if row["date"] and not _is_date(row["date"]):
            vi = "ngày phải viết dạng năm-tháng-ngày"
            yield self._fault(at, "the date is none", vi, "year-month-day, such as 2026-03-31", row["date"])
        if action == "set" and not row["new"]:
            vi = "set cần có giá trị mới; nếu muốn xóa, hãy ghi clear"
            yield self._fault(at, "set has no new value", vi, "a value, or the action clear", "nothing")
        if action != "set" and row["new"]:
            vi = f"{action} không được có giá trị mới"
            yield self._fault(at, f"{action} has a new value", vi, "an empty new", "•••")
        if action == "drop_row" and row["old"] and not row["variable"]:
            vi = "có giá trị cũ mà không nói của biến nào"
            yield self._fault(at, "old without a variable", vi, "the variable it guards", "nothing")

    def _misplaced(self, at: int, row: dict[str, str]) -> Iterator[Finding]:
        """Why a row does not fit the table as the rows before it left it."""
        name, who = row["variable"], row["respondent"]
        if name and name not in self.cells.names:
            vi = f"tệp không có biến {name}, hoặc biến không được giữ"
            yield self._fault(at, f"the file has no variable {name}", vi, "a kept column of the file", name)
            return
        every = self.cells.places_of(who)
        if not every or (len(every) > 1 and not (row["action"] == "drop_row" and name)):
            seen = "no row" if not every else f"{len(every)} rows"
            dropped = not every and (who, "") in self.last
            more = f", dropped by row {self.last[who, ''] + 2}" if dropped else ""
            vi = "không có người trả lời này" if not every else "mã người trả lời này có ở nhiều dòng"
            yield self._fault(at, f"respondent {who} is in {seen}", vi, "one row", seen + more)
            return
        if len(self._places(row)) != 1:
            yield self._stale(at, row)
        elif row["action"] == "set" and self.cells.holds(every[0], name, row["new"]):
            vi = "giá trị mới giống giá trị cũ"
            yield self._fault(at, "the new value is the old one", vi, "another value", "the same value")
        elif row["action"] == "clear" and not row["old"]:
            yield self._fault(at, "clear of a blank", "ô này đã trống", "a value to clear", "a blank")
        elif name == self.cells.respondent and row["action"] != "drop_row":
            taken = not row["new"] or self.cells.places_of(row["new"])
            if taken:
                vi = "mã mới đã có người khác dùng hoặc để trống"
                yield self._fault(at, "the new code is taken or blank", vi, "a code nobody has", "•••")

    def _stale(self, at: int, row: dict[str, str]) -> Finding:
        """The guard does not match: another row changed the value, or the file did."""
        before = self.last.get((row["respondent"], row["variable"]))
        if before is not None:
            vi = f"mâu thuẫn hoặc trùng với dòng {before + 2}, đã sửa chính giá trị này"
            got = f"the value that row {before + 2} left"
            return self._fault(at, f"the row contradicts or repeats row {before + 2}", vi, "old", got)
        vi = f"giá trị cũ của {row['variable']} không còn khớp với tệp"
        what = f"the old value of {row['variable']} no longer matches the file"
        return self._fault(at, what, vi, "the value in `old`, or a blank where it is empty", "another value")

    def _places(self, row: dict[str, str]) -> list[int]:
        """The rows of the table that a correction is about: those of the respondent that fit its guard."""
        places = self.cells.places_of(row["respondent"])
        if row["action"] == "drop_row" and not row["variable"]:
            return places
        return [place for place in places if self.cells.holds(place, row["variable"], row["old"])]

    def _fault(self, at: int, what: str, vi: str, expected: str, got: str) -> Finding:
        row = self.rows[at]
        return Finding(
            "bad_correction",
            f"Correction in row {at + 2} cannot be applied: {what}.",
            f"Không áp dụng được dòng sửa số {at + 2}: {vi}. Hãy xem lại dòng này và tệp dữ liệu.",
            where=f"{self.file}, row {at + 2}, respondent {row['respondent'] or '(blank)'}",
            expected=expected,
            got=got,
            hint="Mend or delete the row; nothing was corrected. data/README.md says what each column holds.",
            file=self.file,
            row=at + 2,
            column=row["variable"],
        )

    def notes(self) -> Iterator[Finding]:
        """What was done, by action, variable and reason."""
        for (action, name, reason), who in self.done.items():
            vi, en = (text.format(name) for text in _DONE[action])
            yield Finding(
                "corrected",
                f"{len(who)} declared corrections: {en}.",
                f"{len(who)} dòng sửa đã khai báo: {vi}.",
                where=self.file,
                got=f"reason: {reason}",
                kind="note",
                file=self.file,
                column=name,
            )


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
