"""Participants' sheets -> a keyed hash for each person, and which hash a class's code stands for.

Names, dates of birth and numbers are used here and nowhere else: what goes on holds hashes alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.errors import nearest
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.participant_keys import participant_key
from training.records.linking.class_rows import AT, SHEET
from training.records.linking.ledger import Ledger, without
from training.records.sheets.reading import Sheet

#: Hash of those who are known by their class and code alone: they cannot be told in another class.
BY_CODE, BY_NAME, BY_NUMBER = "class and code", "name and date of birth", "official's number"


@dataclass(frozen=True)
class Roster:
    """Who is in which class.

    Attributes
    ----------
    hashes : dict
        (class, code in comparing form) -> hash; "" for the second code of a person who has two.
    rows : dict
        (class, hash) -> the sheet and the row in which the person stands.
    """

    hashes: dict[tuple[str, str], str]
    rows: dict[tuple[str, str], tuple[Sheet, int]]

    def codes_of(self, class_id: str) -> list[str]:
        return [code for own, code in self.hashes if own == class_id]


def hash_persons(rows: pd.DataFrame, key: bytes) -> pd.DataFrame:
    """Participants' rows with their hash, and without anything that tells who they are.

    Parameters
    ----------
    rows : DataFrame
        class_id, participant (the code), official_code, full_name, birth_date, birth_date_precision.
    key : bytes
        See `analysis.intake.persons.participant_keys.read_key`.

    Returns
    -------
    DataFrame
        With `code` (comparing form of the code, for looking up), `participant` (the hash), `known_by`.

    Notes
    -----
    An official's number where there is one; else the name with a whole date of birth; else class and code,
    by which a person is not known again in another class. A year of birth alone would take namesakes for one.
    """
    codes, hashes, known_by = [], [], []
    for row in rows.to_dict("records"):
        code = _text(row.get("participant"))
        parts, by = _identity(row, code)
        codes.append(fold_key(code))
        hashes.append(participant_key(parts, key))
        known_by.append(by)
    personal = ["official_code", "full_name", "birth_date", "birth_date_precision"]
    kept = rows.drop(columns=[name for name in personal if name in rows])
    made = {"code": codes, "participant": hashes, "known_by": known_by}
    return kept.assign(**{name: pd.Series(values, rows.index, object) for name, values in made.items()})


def _identity(row: dict[str, object], code: str) -> tuple[list[str], str]:
    number, name, born = _text(row.get("official_code")), _text(row.get("full_name")), row.get("birth_date")
    if number:
        return ["official", number], BY_NUMBER
    if name and pd.notna(born) and row.get("birth_date_precision") == "day":
        return ["person", name, _day(born)], BY_NAME
    return ["class", str(row["class_id"]), code], BY_CODE


def _day(born: object) -> str:
    return (
        born.isoformat()
        if isinstance(born, date) and not isinstance(born, pd.Timestamp)
        else f"{born:%Y-%m-%d}"
    )


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value).strip()


def make_roster(people: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> tuple[pd.DataFrame, Roster]:
    """Each person of a class once, and the look-up; a second row of one person is a stop.

    Parameters
    ----------
    people : DataFrame
        From `hash_persons`.
    sheets : list of Sheet
        Where the rows came from.
    ledger : Ledger
    """
    hashes: dict[tuple[str, str], str] = {}
    first_row: dict[tuple[str, str], tuple[Sheet, int]] = {}
    keep = []
    for row in people.to_dict("records"):
        sheet, at, class_id = sheets[row[SHEET]], row[AT], row["class_id"]
        by_code, by_hash = (class_id, row["code"]), (class_id, row["participant"])
        earlier = first_row.get(by_code) or first_row.get(by_hash)
        if not row["code"]:
            keep.append(False)  # a blank code is a finding of its own
            continue
        if earlier:
            _say_twice(ledger, sheet, at, earlier, same_code=by_code in first_row)
            hashes.setdefault(by_code, "")  # the stop says it all; rows under this code are not looked for
            keep.append(False)
            continue
        first_row[by_code] = first_row[by_hash] = (sheet, at)
        hashes[by_code] = row["participant"]
        keep.append(True)
    kept = people[pd.Series(keep, people.index, dtype=bool)].reset_index(drop=True)
    rows = {
        (own, hashes[own, code]): first_row[own, code] for own, code in hashes if (own, code) in first_row
    }
    return kept, Roster(hashes, rows)


def _say_twice(ledger: Ledger, sheet: Sheet, at: int, earlier: tuple[Sheet, int], same_code: bool) -> None:
    before, row = earlier
    where = before.raw.address(row, before.typed.columns.get("participant", ""))
    if same_code:
        vi = f"Mã học viên đã có ở {where} của cùng lớp."
        en = f"The participant's code stands at {where} of the same class already."
    else:
        vi = f"Người này đã có ở {where} của cùng lớp, với mã học viên khác."
        en = f"This person stands at {where} of the same class already, under another code."
    ledger.cell(
        sheet, at, "participant", "duplicate_participant",
        f"{vi} Hãy xóa một dòng, hoặc sửa mã.", f"{en} Delete one row, or mend the code.",
    )  # fmt: skip


def with_person(
    rows: pd.DataFrame, sheets: list[Sheet], roster: Roster, measure: str, ledger: Ledger
) -> pd.DataFrame:
    """Rows about participants with the hash in the place of the code; unknown ones are left out and named.

    Parameters
    ----------
    rows : DataFrame
        class_id and participant (the code as typed).
    sheets, roster, measure, ledger
        `measure` is what goes without the row: a key of `ledger.MEASURES`.
    """
    found = []
    for row in rows.to_dict("records"):
        code = fold_key(_text(row["participant"]))
        person = roster.hashes.get((row["class_id"], code)) if code else ""
        if person == "" and code:
            sheet, reason = sheets[row[SHEET]], "duplicate_participant"
            ledger.leave(sheet, row[AT], measure, reason, "participant", row["class_id"])
        elif person is None:
            _say_unknown(ledger, sheets[row[SHEET]], row[AT], row["class_id"], code, roster, measure)
        found.append(person or "")
    rows = rows.assign(participant=pd.Series(found, index=rows.index, dtype=object))
    return rows[rows["participant"] != ""].reset_index(drop=True)


def _say_unknown(
    ledger: Ledger, sheet: Sheet, at: int, class_id: str, code: str, roster: Roster, measure: str
) -> None:
    elsewhere = sorted({own for own, known in roster.hashes if known == code})
    other = nearest(code, roster.codes_of(class_id), 1)
    if elsewhere:
        more = (f" Mã này có ở lớp {elsewhere[0]}.", f" The code is in class {elsewhere[0]}.")
    elif other:
        more = (
            " Có một mã gần giống ở trang Học viên.",
            " A code much like it is in the participants' sheet.",
        )
    else:
        more = ("", "")
    vi, en = without(measure)
    ledger.cell(
        sheet, at, "participant", "unknown_participant",
        f"Mã học viên không có ở trang Học viên của lớp {class_id}.{more[0]} {vi} Hãy sửa mã, hoặc thêm học "
        f"viên.",
        f"The code is not in the participants' sheet of class {class_id}.{more[1]} {en} Mend it, or add the "
        "participant.",
        kind="left_out",
    )  # fmt: skip
    ledger.leave(sheet, at, measure, "unknown_participant", "participant", class_id)
