"""Sheets of evaluation forms and of the follow-up -> one row an indicator that was asked."""

from __future__ import annotations

import pandas as pd

from analysis.errors import nearest
from analysis.intake.letters.text import fold_key
from analysis.intake.persons.masks import looks_personal
from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import Roster, with_person
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead
from training.records.sheets.repeated import in_rows

_FORM = ["class_id", "form", "respondent", "lecturer", "learner_group", "indicator", "score"]
_FOLLOW_UP = ["class_id", "participant", "months", "source", "indicator", "score"]
#: What makes two answers one.
_ONE_FORM = ["class_id", "respondent", "form", "lecturer", "indicator"]
_ONE_FOLLOW_UP = ["class_id", "participant", "months", "source", "indicator"]


def make_forms(
    read: SheetsRead, names: ClassNames, lecturers: pd.DataFrame, indicators: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Table `forms`.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    lecturers, indicators : DataFrame
        Tables of `Records`; indicators are `form_indicators`.
    ledger : Ledger

    Notes
    -----
    An indicator counts as asked where it is answered; and where its column is empty, if the indicator is one
    for this kind of respondent, others of the class and kind have answered it, and the row is the right part
    of the form: indicators of lecturers are asked in the rows that name one, all others in the rows that do
    not. (Where no row of a class names a lecturer, its forms have one part.) The 5 % rule counts these.
    """
    sheets = read.of("forms")
    rows = with_class(sheet_rows(sheets, _FORM), sheets, names, ledger)
    rows = rows[~rows[BAD].astype(bool) & rows["form"].notna()].reset_index(drop=True)
    rows = _with_respondent(rows, sheets, ledger)
    rows = _with_lecturer(rows, sheets, lecturers, ledger)
    long = _known(_long(rows, sheets), sheets, indicators, "satisfaction", ledger)
    if long.empty:
        return arrange_table("forms", [])
    parted = rows[rows["lecturer"] != ""].groupby("class_id").size()
    asked = _asked(long, "respondent", ["class_id", "respondent"])
    about_lecturers = (long["object"] == "lecturers").to_numpy()
    in_parts = long["class_id"].isin(parted.index).to_numpy()
    right_part = ~in_parts | (about_lecturers == (long["lecturer"] != "").to_numpy())
    long = long[long["score"].notna().to_numpy() | (asked & right_part)]
    long = _each_once(long, sheets, _ONE_FORM, "satisfaction", ledger)
    return arrange_table("forms", long)


def make_follow_up(
    read: SheetsRead, names: ClassNames, roster: Roster, indicators: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Table `follow_up`; what counts as asked is as for forms."""
    sheets = read.of("follow_up")
    rows = with_class(sheet_rows(sheets, _FOLLOW_UP), sheets, names, ledger)
    rows = with_person(rows[~rows[BAD].astype(bool)], sheets, roster, "follow_up", ledger)
    long = _known(_long(rows, sheets), sheets, indicators, "follow_up", ledger)
    if long.empty:
        return arrange_table("follow_up", [])
    long = long[long["score"].notna().to_numpy() | _asked(long, "source", ["class_id", "source"])]
    return arrange_table("follow_up", _each_once(long, sheets, _ONE_FOLLOW_UP, "follow_up", ledger))


def _with_respondent(rows: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """Who filled in the form: a learner where it is not said, which is noted once a sheet."""
    silent = rows["respondent"].isna()
    for number, own in rows[silent].groupby(SHEET):
        ledger.sheet(
            sheets[int(number)], "respondent_taken",
            f"{len(own)} phiếu không ghi người đánh giá nên được coi là phiếu của học viên. Hãy ghi nếu "
            f"không phải.",
            f"{len(own)} forms do not say who filled them in and are taken for learners'. Write it if they "
            f"are not.",
            got=f"{len(own)} rows",
        )  # fmt: skip
    return rows.assign(respondent=rows["respondent"].where(~silent, "learner"))


def _with_lecturer(
    rows: pd.DataFrame, sheets: list[Sheet], lecturers: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """The code as the lecturers' sheet writes it; rows about somebody who is not there are left out."""
    by_class: dict[str, dict[str, str]] = {}
    for row in lecturers.to_dict("records"):
        by_class.setdefault(row["class_id"], {})[fold_key(row["lecturer"])] = row["lecturer"]
    found, keep = [], []
    for row in rows.to_dict("records"):
        written = "" if pd.isna(row["lecturer"]) else str(row["lecturer"])
        known = by_class.get(row["class_id"], {})
        code = known.get(fold_key(written), "" if known else written)
        fine = not written or (bool(code) and not looks_personal(code))
        if not fine:
            _say_lecturer(sheets[row[SHEET]], row, written, list(known.values()), ledger)
        found.append(code if fine else "")
        keep.append(fine)
    rows = rows.assign(lecturer=pd.Series(found, rows.index, dtype=object))
    return rows[pd.Series(keep, rows.index, dtype=bool)].reset_index(drop=True)


def _say_lecturer(
    sheet: Sheet, row: dict[str, object], written: str, known: list[str], ledger: Ledger
) -> None:
    close = nearest(written, known, 1)
    vi, en = without("satisfaction")
    ledger.cell(
        sheet, row[AT], "lecturer", "unknown_lecturer",
        f"Mã giảng viên không có ở trang Giảng viên của lớp {row['class_id']}."
        + (f' Có phải là "{close[0]}"?' if close else "") + f" {vi} Hãy ghi mã, không ghi tên.",
        f"The lecturer's code is not in the lecturers' sheet of class {row['class_id']}."
        + (f' Is it "{close[0]}"?' if close else "") + f" {en} Write a code, never a name.",
        kind="left_out",
    )  # fmt: skip
    ledger.leave(sheet, row[AT], "satisfaction", "unknown_lecturer", "lecturer", str(row["class_id"]))


def _long(rows: pd.DataFrame, sheets: list[Sheet]) -> pd.DataFrame:
    parts = []
    for number, own in rows.groupby(SHEET, sort=True):
        sheet = sheets[int(number)]
        parts.append(
            in_rows(own, sheet.kind, sheet.repeated) if sheet.repeated else own.assign(_column="score")
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _known(
    long: pd.DataFrame, sheets: list[Sheet], indicators: pd.DataFrame, measure: str, ledger: Ledger
) -> pd.DataFrame:
    """Rows with the object and the respondents of their indicator; unknown indicators are left out."""
    if long.empty:
        return long
    by_code = {fold_key(row["indicator"]): row for row in indicators.to_dict("records")}
    rows = [by_code.get(fold_key(str(code)), {}) for code in long["indicator"]]
    for row, about in zip(long.to_dict("records"), rows, strict=True):
        if not about and pd.notna(row["indicator"]):
            sheet = sheets[row[SHEET]]
            vi, en = without(measure)
            close = nearest(str(row["indicator"]), indicators["indicator"], 1)
            ledger.cell(
                sheet, row[AT], "indicator", "unknown_indicator",
                f"Mã tiêu chí không có trong mẫu phiếu.{f' Có phải là {close[0]}?' if close else ''} {vi} "
                f"Hãy sửa mã.",
                f"The form has no such indicator.{f' Is it {close[0]}?' if close else ''} {en} Mend the "
                f"code.",
                kind="left_out",
            )  # fmt: skip
            ledger.leave(sheet, row[AT], measure, "unknown_indicator", "indicator", row["class_id"])
    made = {name: [about.get(name) for about in rows] for name in ("indicator", "object", "respondents")}
    long = long.assign(**{name: pd.Series(values, long.index, object) for name, values in made.items()})
    return long[long["object"].notna()].reset_index(drop=True)


def _asked(long: pd.DataFrame, respondent: str, group: list[str]) -> pd.Series:
    """Whether an indicator is one for the respondent, and others of the group have answered it."""
    meant = [who in about.split() for who, about in zip(long[respondent], long["respondents"], strict=True)]
    answered = long["score"].notna().groupby([long[name] for name in (*group, "indicator")]).transform("any")
    return pd.Series(meant, long.index).to_numpy() & answered.to_numpy()


def _each_once(
    long: pd.DataFrame, sheets: list[Sheet], one: list[str], measure: str, ledger: Ledger
) -> pd.DataFrame:
    """Of a form that stands twice the first row; each later row is named once."""
    again = long.duplicated(one)
    for row in long[again].drop_duplicates([SHEET, AT]).to_dict("records"):
        sheet = sheets[row[SHEET]]
        vi, en = without(measure)
        ledger.cell(
            sheet, row[AT], "form" if "form" in row else "participant", "form_twice",
            f"Phiếu này đã có ở một dòng khác. {vi} Hãy xóa một dòng, hoặc sửa số phiếu.",
            f"The form stands in another row already. {en} Delete one row, or mend its number.",
            kind="left_out",
        )  # fmt: skip
        ledger.leave(sheet, row[AT], measure, "form_twice", class_id=row["class_id"])
    return long[~again]
