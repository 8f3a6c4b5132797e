"""What the stages find and leave out -> one findings table and the table `left_out`."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analysis.findings import Finding, findings_table
from analysis.intake.persons.masks import show
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet

#: Measure -> what a message calls it, Vietnamese and English.
MEASURES = {
    "coverage": ("độ bao phủ", "coverage"),
    "attendance": ("chuyên cần", "attendance"),
    "gain": ("mức tiến bộ trước – sau", "the pre–post change"),
    "items": ("phân tích câu hỏi", "item analysis"),
    "satisfaction": ("đánh giá của phiếu", "the evaluation forms"),
    "follow_up": ("theo dõi sau khóa học", "the follow-up"),
    "certificate": ("chứng nhận", "certificates"),
}
#: Kind of sheet -> the measure that goes without one of its rows.
MEASURE_OF = {
    "participants": "coverage", "attendance": "attendance", "answers": "items", "scores": "gain",
    "forms": "satisfaction", "follow_up": "follow_up", "certificates": "certificate", "lecturers":
    "satisfaction", "sessions": "attendance", "papers": "items", "plan": "coverage", "classes": "coverage",
}  # fmt: skip


@dataclass
class Ledger:
    """Findings and rows left out, while the tables are made."""

    findings: list[Finding] = field(default_factory=list)
    left: list[dict[str, object]] = field(default_factory=list)

    def say(self, finding: Finding) -> None:
        self.findings.append(finding)

    def cell(
        self, sheet: Sheet, at: int, column: str, code: str, vi: str, en: str, kind: str = "stop",
        **more: object,
    ) -> None:  # fmt: skip
        """A finding on one cell, or on a whole row where the sheet has no such column.

        Parameters
        ----------
        sheet : Sheet
        at : int
            Row of the sheet's table, from 0.
        column : str
            Declared (or derived) name.
        code, vi, en, kind
            As of `Finding`. A value that may be shown is added.
        """
        heading = sheet.typed.columns.get(column, "")
        place = sheet.raw.place_of(at, heading)
        if heading and "value" not in more:
            text = sheet.raw.cells[heading].iat[at]
            hidden = heading in sheet.typed.hidden
            place_name = column in ("district", "commune")
            more["value"] = "" if pd.isna(text) else show(str(text), hidden, place_name)
        where = sheet.raw.address(at, heading) if heading else ""
        self.say(Finding(code, en, vi, where=where, kind=kind, **more, **place))

    def sheet(self, sheet: Sheet, code: str, vi: str, en: str, kind: str = "note", **more: object) -> None:
        """A finding on a whole sheet."""
        place = {"file": sheet.raw.path.name, "sheet": sheet.raw.sheet}
        self.say(Finding(code, en, vi, kind=kind, **more, **place))

    def leave(
        self, sheet: Sheet, at: int, measure: str, reason: str, column: str = "", class_id: str = ""
    ) -> None:
        """Note that one measure does without a row (or a cell of it)."""
        place = sheet.raw.place_of(at, sheet.typed.columns.get(column, ""))
        self.left.append(
            {
                "file": place["file"],
                "sheet": place["sheet"],
                "cell": place["cell"],
                "row": place["row"],
                "table": sheet.kind.name,
                "class_id": class_id,
                "measure": measure,
                "reason": reason,
            }
        )

    def findings_table(self) -> pd.DataFrame:
        return findings_table(self.findings)

    def left_out(self) -> pd.DataFrame:
        """The table `left_out`: each cell once a measure, in the order in which it was left out."""
        table = arrange_table("left_out", self.left)
        return table.drop_duplicates(ignore_index=True)


def without(measure: str) -> tuple[str, str]:
    """What a message says happens to a row that one measure does without: Vietnamese, English.

    Examples
    --------
    >>> without("gain")[1]
    'The row is left out of the pre–post change.'
    """
    vi, en = MEASURES[measure]
    return f"Dòng này bị loại khỏi phép tính {vi}.", f"The row is left out of {en}."
