"""Sheets of answers + the papers -> one row a person, test and item; what was ticked as the bank's letter."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.intake.letters.text import fold_key
from analysis.intake.table import HEADING
from analysis.places import fold
from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import Roster, with_person
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead
from training.records.sheets.repeated import in_rows
from training.records.tables.papers import Papers

_COLUMNS = ["class_id", "participant", "test", "attempt", "version", "question", "response"]
#: One sitting of one person.
SITTING = ["class_id", "participant", "test", "attempt"]


def make_answers(
    read: SheetsRead, names: ClassNames, roster: Roster, course_of: Mapping[str, str], papers: Papers,
    ledger: Ledger,
) -> pd.DataFrame:  # fmt: skip
    """Table `answers`.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    roster : Roster
    course_of : mapping
        Class -> course.
    papers : Papers
    ledger : Ledger

    Notes
    -----
    Who ticked nothing at all did not sit the test: such a row is left out and named. In other rows an empty
    cell, a mark such as "-" and a cell that cannot be read are an answer not given.
    """
    sheets = read.of("answers")
    rows = with_class(sheet_rows(sheets, _COLUMNS), sheets, names, ledger)
    rows = with_person(rows[~rows[BAD].astype(bool)], sheets, roster, "items", ledger)
    rows = with_test(rows, sheets, ledger)
    rows = rows.assign(attempt=[1 if pd.isna(one) else int(one) for one in rows["attempt"]])
    parts = []
    for number, own in rows.groupby(SHEET, sort=True):
        sheet = sheets[int(number)]
        if sheet.repeated:
            parts.append(in_rows(_sat(own, sheet, ledger), sheet.kind, sheet.repeated))
        else:
            parts.append(own.assign(_column="response"))
    if not parts:
        return arrange_table("answers", [])
    long = pd.concat(parts, ignore_index=True)
    long = _one_sitting_a_row(long, sheets, ledger)
    long = _resolved(long, sheets, course_of, papers, ledger)
    return arrange_table("answers", _each_item_once(long, sheets, ledger))


def with_test(rows: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """Rows with their test: as written, else as the sheet's name says ("Bài làm sau"); else a stop."""
    found = []
    for row in rows.to_dict("records"):
        sheet = sheets[row[SHEET]]
        test = row["test"] if pd.notna(row["test"]) else _test_of_name(sheet)
        if not test:
            ledger.cell(
                sheet, row[AT], "test", "test_missing",
                "Không rõ đây là bài kiểm tra trước hay sau khóa học. Hãy ghi trước, sau hoặc theo dõi.",
                "It is not said whether this is the test before or after the course. Write pre, post or "
                "follow_up.",
            )  # fmt: skip
        found.append(test)
    rows = rows.assign(test=pd.Series(found, index=rows.index, dtype=object))
    return rows[rows["test"] != ""].reset_index(drop=True)


def _test_of_name(sheet: Sheet) -> str:
    words = f" {fold(sheet.raw.sheet)} "
    spellings = sheet.kind.schema.column("test").codes
    fits = [spelling for spelling in spellings if f" {fold(spelling)} " in words]
    return spellings[max(fits, key=len)] if fits else ""


def _sat(own: pd.DataFrame, sheet: Sheet, ledger: Ledger) -> pd.DataFrame:
    """Rows of a sheet in which anything is ticked."""
    ticked = own[list(sheet.repeated)].notna().any(axis=1)
    marks = sheet.typed.marks
    away = [name for name in sheet.repeated if name in marks]
    for row in own[~ticked].to_dict("records"):
        absent = marks[away].iloc[row[AT]].isin(["absent", "excused", "unexcused"]).any()
        if not absent:
            vi, en = without("items")
            ledger.cell(
                sheet, row[AT], "participant", "no_answer",
                f"Bài làm không có câu trả lời nào. {vi} Hãy nhập câu trả lời, hoặc ghi v nếu vắng.",
                f"The paper holds no answer at all. {en} Type the answers, or v for absent.",
                kind="left_out",
            )  # fmt: skip
        ledger.leave(sheet, row[AT], "items", "absent" if absent else "no_answer", class_id=row["class_id"])
    return own[ticked]


def _one_sitting_a_row(long: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """Of two rows that are one person's same sitting the first."""
    wide = long["_column"] != "response"
    sittings = long[wide].drop_duplicates([SHEET, AT])
    again = sittings[sittings.duplicated(SITTING)]
    for row in again.to_dict("records"):
        say_second_sitting(sheets[row[SHEET]], row, ledger, "items")
    gone = set(zip(again[SHEET], again[AT], strict=True))
    keep = [
        not (own and at in gone)
        for own, at in zip(wide, zip(long[SHEET], long[AT], strict=True), strict=True)
    ]
    return long[pd.Series(keep, long.index, dtype=bool)].reset_index(drop=True)


def say_second_sitting(sheet: Sheet, row: Mapping[str, object], ledger: Ledger, measure: str) -> None:
    """A second row of one person and test that has the same attempt."""
    vi, en = without(measure)
    ledger.cell(
        sheet, row[AT], "participant", "two_tests",
        f"Học viên đã có một bài kiểm tra này ở dòng khác. {vi} Nếu là lần làm lại, hãy ghi 2 ở cột Lần làm "
        f"bài.",
        f"The participant has this test in another row already. {en} If it is another attempt, write 2 under "
        "Attempt.",
        kind="left_out",
    )  # fmt: skip
    ledger.leave(sheet, row[AT], measure, "two_tests", "participant", str(row["class_id"]))


def _resolved(
    long: pd.DataFrame, sheets: list[Sheet], course_of: Mapping[str, str], papers: Papers, ledger: Ledger
) -> pd.DataFrame:
    """Each answer with its item and the bank's letter; questions that no paper has are said once a column."""
    items, letters, said = [], [], set()
    for row in long.to_dict("records"):
        sheet, about = sheets[row[SHEET]], str(row["question"]).strip()
        version = fold_key(str(row["version"])) if pd.notna(row["version"]) else ""
        class_id = row["class_id"]
        question = papers.find(about, class_id, course_of.get(class_id, ""), row["test"], version)
        items.append(question.item if question else "")
        letters.append("")
        if question is None:
            place = (row[SHEET], row["_column"] if row["_column"] != "response" else row[AT])
            if place not in said:
                _say_unknown_question(sheet, row, about, ledger)
            said.add(place)
        elif pd.notna(row["response"]):
            letters[-1] = question.bank_letter(row["response"])
            if not letters[-1]:
                ledger.cell(
                    sheet, row[AT], row["_column"], "unknown_option",
                    f"Câu này không có phương án {row['response']}. Ô này được coi là không trả lời; hãy "
                    f"sửa.",
                    f"The question has no option {row['response']}. The cell counts as not answered; mend "
                    f"it.",
                    kind="note",
                )  # fmt: skip
    made = {"item": items, "response": letters}
    long = long.assign(**{name: pd.Series(values, long.index, object) for name, values in made.items()})
    return long[long["item"] != ""].reset_index(drop=True)


def _say_unknown_question(sheet: Sheet, row: Mapping[str, object], about: str, ledger: Ledger) -> None:
    in_columns = row["_column"] != "response"
    vi = (
        f"Không rõ “{about}” là câu hỏi nào của đề kiểm tra lớp {row['class_id']}. Hãy điền trang Đề kiểm "
        f"tra "
        "(câu, mã câu hỏi; ghi mã đề nếu có nhiều đề)."
    )
    en = (
        f'It is not known which item "{about}" of the test of class {row["class_id"]} is. Fill in the sheet '
        "of test papers (question, item; the version where there are several)."
    )
    if not in_columns:
        ledger.cell(sheet, row[AT], "question", "unknown_item", vi, en)
        return
    place = sheet.raw.place_of(HEADING, sheet.typed.columns[row["_column"]])
    ledger.sheet(
        sheet, "unknown_item", vi, en, kind="stop", **{k: place[k] for k in ("cell", "row", "column")}
    )


def _each_item_once(long: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    again = long.duplicated([*SITTING, "item"])
    for row in long[again].to_dict("records"):
        sheet = sheets[row[SHEET]]
        vi, en = without("items")
        ledger.cell(
            sheet, row[AT], row["_column"], "answer_twice",
            f"Câu hỏi này của học viên đã có câu trả lời. {vi} Hãy xóa một dòng hoặc một cột.",
            f"The participant's answer to this item stands already. {en} Delete one row or column.",
            kind="left_out",
        )  # fmt: skip
        ledger.leave(sheet, row[AT], "items", "answer_twice", row["_column"], row["class_id"])
    return long[~again]
