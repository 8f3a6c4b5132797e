"""Sheets of participants -> the table of participants by hash, and the roster that links other sheets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.places import read_places
from training.records.linking.class_rows import AT, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import BY_CODE, Roster, hash_persons, make_roster
from training.records.records import COLUMNS, arrange_table
from training.records.screening.personal_text import drop_personal_text
from training.records.sheets.reading import Sheet, SheetsRead

_WHO = ["participant", "official_code", "full_name", "birth_date", "birth_date_precision"]


def make_participants(
    read: SheetsRead, names: ClassNames, key: bytes, known: frozenset[str], ledger: Ledger
) -> tuple[pd.DataFrame, Roster]:
    """Table `participants`, and which hash each class's codes stand for.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    key : bytes
        The secret key of the hashes.
    known : frozenset of str
        From `screening.personal_text.personal_values_of`.
    ledger : Ledger

    Notes
    -----
    A commune's district is known without being written. A level that is not given follows from the places: a
    commune makes it the commune's, else a district the district's. An official of a district without its
    code, or of a commune without one, is left out of coverage and stays in everything else.
    """
    sheets = read.of("participants")
    columns = [*_WHO, *(name for name in COLUMNS["participants"] if name != "participant")]
    rows = with_class(sheet_rows(sheets, columns), sheets, names, ledger)
    rows = drop_personal_text(rows, sheets, ("position", "rank", "unit"), known, ledger)
    people, roster = make_roster(hash_persons(rows, key), sheets, ledger)
    people = _with_level(_with_district(people))
    bad = [_badly_placed(sheet) for sheet in sheets]
    for row in people.to_dict("records"):
        if row[AT] not in bad[row[SHEET]]:
            _find_unplaced(row, sheets[row[SHEET]], ledger)
    _say_how_known(people, sheets, ledger)
    return arrange_table("participants", people), roster


def _with_district(people: pd.DataFrame) -> pd.DataFrame:
    """A district that is not written from the commune that is."""
    if not len(people):
        return people
    communes = read_places().communes.set_index("code")["district"]
    written = people["district"].where(people["district"].notna() & (people["district"] != ""))
    return people.assign(district=written.where(written.notna(), people["commune"].map(communes)))


def _with_level(people: pd.DataFrame) -> pd.DataFrame:
    levels = []
    for row in people.to_dict("records"):
        level = row["level"]
        if pd.isna(level) or not level:
            level = "commune" if pd.notna(row["commune"]) else "district" if pd.notna(row["district"]) else ""
        levels.append(level)
    return people.assign(level=pd.Series(levels, people.index, dtype=object))


def _find_unplaced(row: dict[str, object], sheet: Sheet, ledger: Ledger) -> None:
    """An official whose level wants a place that is not there."""
    wanted = {"district": "district", "commune": "commune"}.get(str(row["level"]))
    if not row["level"]:
        _leave(sheet, row, "level", "level_missing", ledger, (
            "Không rõ học viên thuộc cấp nào (tỉnh, huyện, xã) và không ghi địa bàn.",
            "It is not said of which level (province, district, commune) or place the participant is.",
        ))  # fmt: skip
    elif wanted and (pd.isna(row[wanted]) or not row[wanted]):
        column = sheet.kind.schema.column(wanted)
        _leave(sheet, row, wanted, "place_missing", ledger, (
            f"Thiếu {column.label_vi.lower()} của học viên.",
            f"The participant's {column.label_en.lower()} is missing.",
        ))  # fmt: skip
    elif row["level"] == "province" and pd.notna(row["commune"]) and row["commune"]:
        ledger.cell(
            sheet, row[AT], "level", "level_contradicts_place",
            "Cấp ghi là tỉnh nhưng có tên xã. Hãy kiểm tra lại cấp công tác.",
            "The level is province, but a commune is given. Look at the level again.",
            kind="note",
        )  # fmt: skip


def _leave(
    sheet: Sheet, row: dict[str, object], column: str, code: str, ledger: Ledger, said: tuple[str, str]
) -> None:
    vi, en = without("coverage")
    ledger.cell(
        sheet, row[AT], column, code, f"{said[0]} {vi} Hãy điền.", f"{said[1]} {en} Fill it in.",
        kind="left_out",
    )  # fmt: skip
    ledger.leave(sheet, row[AT], "coverage", code, column, str(row["class_id"]))


def _badly_placed(sheet: Sheet) -> set[int]:
    """Rows of a sheet of which a bad cell has said already that their place cannot be read."""
    headings = {sheet.typed.columns.get(name) for name in ("level", "district", "commune")} - {None}
    found = sheet.typed.findings
    numbers = found.loc[found["column"].isin(headings) & (found["kind"] != "note"), "row"].astype(int)
    return set(np.flatnonzero(np.isin(sheet.raw.rows, numbers)).tolist())


def _say_how_known(people: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> None:
    """How many are known by class and code alone, in files that know others better."""
    for number, sheet in enumerate(sheets):
        own = people.loc[people[SHEET] == number, "known_by"]
        count = int((own == BY_CODE).sum())
        if 0 < count < len(own):
            ledger.sheet(
                sheet, "known_by_code_only",
                f"{count} trong {len(own)} học viên không có số hiệu công chức, cũng không có họ tên kèm "
                f"ngày "
                "sinh đầy đủ, nên không nhận ra được ở lớp khác. Hãy điền nếu có.",
                f"{count} of {len(own)} participants have neither an official's number nor a name with a "
                f"whole "
                "date of birth, so they are not known again in another class. Fill them in if you have them.",
                got=f"{count}/{len(own)}",
            )  # fmt: skip
