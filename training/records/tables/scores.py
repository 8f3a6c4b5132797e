"""Answers with their keys, and typed marks -> the score of each sitting."""

from __future__ import annotations

import pandas as pd

from training.records.linking.class_rows import AT, BAD, SHEET, ClassNames, sheet_rows, with_class
from training.records.linking.ledger import Ledger, without
from training.records.linking.persons import Roster, with_person
from training.records.records import arrange_table
from training.records.sheets.reading import Sheet, SheetsRead
from training.records.tables.answers import SITTING, say_second_sitting, with_test

#: Columns of marks that say by themselves which test they are of.
TEST_OF = {"pre_score": "pre", "post_score": "post", "follow_up_score": "follow_up"}
#: The scale of marks where none is given: 0 to 10, as in Vietnam.
DEFAULT_MAXIMUM = 10.0
#: A typed mark that is further from the computed one than this share of its scale is a note.
_FAR = 0.03
_COLUMNS = ["class_id", "participant", "test", "attempt", "maximum", "score", *TEST_OF]


def computed_scores(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Items answered rightly, of how many, for each sitting.

    Parameters
    ----------
    answers, items : DataFrame
        Tables of `Records`.

    Returns
    -------
    DataFrame
        Table `scores`.

    Examples
    --------
    >>> answers = pd.DataFrame({"class_id": "K01", "participant": "a", "test": "pre", "attempt": 1,
    ...                         "item": ["x", "y"], "response": ["A", ""]})
    >>> items = pd.DataFrame({"item": ["x", "y"], "key": ["A", "B"]})
    >>> computed_scores(answers, items)[["score", "maximum"]].values.tolist()
    [[1.0, 2.0]]
    """
    key = items.set_index("item")["key"]
    right = answers["response"] == answers["item"].map(key)
    sittings = answers.assign(right=right).groupby(SITTING, sort=False)["right"]
    made = sittings.agg(score="sum", maximum="count").reset_index()
    return arrange_table("scores", made)


def make_scores(
    read: SheetsRead, names: ClassNames, roster: Roster, computed: pd.DataFrame, ledger: Ledger
) -> pd.DataFrame:
    """Table `scores`: computed where there are answers, typed elsewhere.

    Parameters
    ----------
    read : SheetsRead
    names : ClassNames
    roster : Roster
    computed : DataFrame
        From `computed_scores`.
    ledger : Ledger
        A mark above its scale and a second mark of one sitting are left out; a mark far from what the answers
        give is a note.
    """
    sheets = read.of("scores")
    rows = with_class(sheet_rows(sheets, _COLUMNS), sheets, names, ledger)
    rows = with_person(rows[~rows[BAD].astype(bool)], sheets, roster, "gain", ledger)
    typed = _long(rows, sheets, ledger)
    typed = _within_scale(typed, sheets, ledger)
    typed = _each_once(typed, sheets, ledger)
    beside = typed.merge(computed, on=SITTING, how="left", suffixes=("", "_computed"))
    for row in beside[beside["score_computed"].notna()].to_dict("records"):
        _compare(row, sheets[row[SHEET]], ledger)
    typed = arrange_table("scores", beside[beside["score_computed"].isna()])
    parts = [part for part in (computed, typed) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else arrange_table("scores", [])


def _long(rows: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    """One row a mark."""
    parts = [
        rows.assign(test=test, score=rows[column], _column=column)[rows[column].notna().to_numpy()]
        for column, test in TEST_OF.items()
    ]
    single = rows[rows["score"].notna()]
    parts.append(with_test(single, sheets, ledger).assign(_column="score"))
    long = pd.concat(parts, ignore_index=True)
    return long.assign(
        attempt=[1 if pd.isna(one) else int(one) for one in long["attempt"]],
        maximum=[DEFAULT_MAXIMUM if pd.isna(one) else float(one) for one in long["maximum"]],
        score=long["score"].astype(float),
    )


def _within_scale(typed: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    above = typed["score"] > typed["maximum"]
    for row in typed[above].to_dict("records"):
        most = f"{row['maximum']:g}"
        vi, en = without("gain")
        sheet = sheets[row[SHEET]]
        ledger.cell(
            sheet, row[AT], row["_column"], "score_above_maximum",
            f"Điểm phải là số từ 0 đến {most.replace('.', ',')}, ví dụ 7,5. {vi} Hãy sửa điểm, hoặc ghi "
            f"thang điểm.",
            f"A mark must be 0 to {most}, such as 7.5. {en} Mend it, or write the scale.",
            kind="left_out", expected=f"0 - {most}",
        )  # fmt: skip
        ledger.leave(sheet, row[AT], "gain", "score_above_maximum", row["_column"], row["class_id"])
    return typed[~above].reset_index(drop=True)


def _each_once(typed: pd.DataFrame, sheets: list[Sheet], ledger: Ledger) -> pd.DataFrame:
    again = typed.duplicated(SITTING)
    said = set()
    for row in typed[again].to_dict("records"):
        if (row[SHEET], row[AT]) not in said:  # a row with two marks is one row
            say_second_sitting(sheets[row[SHEET]], row, ledger, "gain")
        said.add((row[SHEET], row[AT]))
    return typed[~again].reset_index(drop=True)


def _compare(row: dict[str, object], sheet: Sheet, ledger: Ledger) -> None:
    typed = row["score"] / row["maximum"]
    made = row["score_computed"] / row["maximum_computed"]
    if abs(typed - made) <= _FAR:
        return
    right, of = f"{row['score_computed']:g}", f"{row['maximum_computed']:g}"
    ledger.cell(
        sheet, row[AT], row["_column"], "mark_differs",
        f"Điểm ghi khác với kết quả tính từ bài làm ({right}/{of} câu đúng). Kết quả tính từ bài làm được "
        f"dùng; hãy "
        "kiểm tra lại.",
        f"The mark differs from what the answers give ({right} of {of} right). The computed one is used; "
        f"look again.",
        kind="note", expected=f"{right}/{of}",
    )  # fmt: skip
