"""Sheets of certificates -> who was given one, and when; its number as a keyed hash."""

from __future__ import annotations

import pandas as pd

from analysis.intake.persons.participant_keys import participant_key
from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import Roster, with_person
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead

_COLUMNS = ["class_id", "participant", "given", "number", "issued"]


def make_certificates(
    read: SheetsRead, names: ClassNames, roster: Roster, classes: pd.DataFrame, key: bytes, ledger: Ledger
) -> pd.DataFrame:
    """Table `certificates`.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    roster : Roster
    classes : DataFrame
        Table of `Records`: no certificate is issued before its class begins.
    key : bytes
        Of the hashes: a register tells from a certificate's number whose it is.
    ledger : Ledger

    Notes
    -----
    A row counts as a certificate where it says so, or has a number or a date; a "no" never does.
    """
    sheets = read.of("certificates")
    rows = with_class(sheet_rows(sheets, _COLUMNS), sheets, names, ledger)
    rows = with_person(rows[~rows[BAD].astype(bool)], sheets, roster, "certificate", ledger)
    filled = rows["number"].notna() | rows["issued"].notna()
    given = [bool(yes) if pd.notna(yes) else has for yes, has in zip(rows["given"], filled, strict=True)]
    rows = rows[pd.Series(given, rows.index, dtype=bool)].reset_index(drop=True)
    rows = _each_once(rows, sheets, ledger)
    starts = classes.set_index("class_id")["start"].to_dict()
    for row in rows.to_dict("records"):
        start = starts.get(row["class_id"])
        if pd.notna(row["issued"]) and pd.notna(start) and row["issued"] < start:
            ledger.cell(
                sheets[row[SHEET]], row[AT], "issued", "issued_before_start",
                "Ngày cấp chứng nhận trước ngày khai giảng. Hãy kiểm tra lại ngày.",
                "The certificate was issued before the class began. Look at the date again.",
                kind="note",
            )  # fmt: skip
    hashes = [
        participant_key(["certificate", str(number)], key) if pd.notna(number) else ""
        for number in rows["number"]
    ]
    return arrange_table("certificates", rows.assign(number=pd.Series(hashes, rows.index, dtype=object)))


def _each_once(rows: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """One certificate a participant, one participant a number."""
    numbers = rows["number"].where(rows["number"].notna(), None)
    again = rows.duplicated(["class_id", "participant"]) | (numbers.duplicated() & numbers.notna())
    for row in rows[again].to_dict("records"):
        sheet = sheets[row[SHEET]]
        vi, en = without("certificate")
        column = "number" if "number" in sheet.typed.columns else "participant"
        ledger.cell(
            sheet, row[AT], column, "certificate_twice",
            f"Học viên đã có chứng nhận, hoặc số chứng nhận đã cấp cho người khác. {vi} Hãy kiểm tra lại.",
            f"The participant has a certificate already, or its number is another's. {en} Look again.",
            kind="left_out",
        )  # fmt: skip
        ledger.leave(sheet, row[AT], "certificate", "certificate_twice", class_id=row["class_id"])
    return rows[~again].reset_index(drop=True)
