"""Scores and the roster -> who has one test without the other, and classes whose columns look swapped."""

from __future__ import annotations

import pandas as pd

from training.records.linking.ledger import Ledger
from training.records.linking.persons import Roster
from training.records.sheets.reading import Sheet

#: At so many pairs, and so large a share with a worse test after, the two tests are taken for swapped.
_LEAST_PAIRS, _MOST_WORSE = 8, 0.8


def find_unpaired(scores: pd.DataFrame, roster: Roster, ledger: Ledger) -> None:
    """Leave those with one test alone out of the gain, each by name of its row, and note how many a class.

    Parameters
    ----------
    scores : DataFrame
        Table of `Records`; first attempts count.
    roster : Roster
    ledger : Ledger

    Notes
    -----
    A class in which nobody has the other test was not tested twice; that is said once and nobody is listed.
    """
    first = scores[scores["attempt"] == 1]
    for class_id, own in first.groupby("class_id", sort=True):
        taken = {test: set(own.loc[own["test"] == test, "participant"]) for test in ("pre", "post")}
        sheet = _sheet_of(roster, class_id)
        if sheet is None:
            continue
        for test, other, code in (("pre", "post", "no_post"), ("post", "pre", "no_pre")):
            alone = taken[test] - taken[other]
            if not alone:
                continue
            if taken[other]:
                _leave(alone, class_id, roster, code, ledger)
            _say(sheet, class_id, len(alone), len(taken[test] | taken[other]), test, ledger)


def find_swapped(scores: pd.DataFrame, roster: Roster, ledger: Ledger) -> None:
    """Note classes where nearly everybody did worse in the test after the course."""
    first = scores[(scores["attempt"] == 1) & scores["test"].isin(["pre", "post"])]
    share = first.assign(share=first["score"] / first["maximum"])
    for class_id, own in share.groupby("class_id", sort=True):
        both = own.pivot_table(index="participant", columns="test", values="share", aggfunc="first")
        both = both.reindex(columns=["pre", "post"]).dropna()
        sheet = _sheet_of(roster, class_id)
        if len(both) < _LEAST_PAIRS or sheet is None:
            continue
        worse = int((both["post"] < both["pre"]).sum())
        if worse >= _MOST_WORSE * len(both):
            ledger.sheet(
                sheet, "tests_swapped",
                f"Lớp {class_id}: {worse} trong {len(both)} học viên có kết quả sau khóa học thấp hơn "
                f"trước. Có thể hai "
                "cột (hai bài) bị đổi chỗ; hãy kiểm tra lại.",
                f"Class {class_id}: {worse} of {len(both)} did worse after the course than before. The two "
                f"columns (or "
                "tests) may be swapped; look again.",
                got=f"{worse}/{len(both)}",
            )  # fmt: skip


def _sheet_of(roster: Roster, class_id: str) -> Sheet | None:
    return next((sheet for (own, _), (sheet, _) in roster.rows.items() if own == class_id), None)


def _leave(persons: set[str], class_id: str, roster: Roster, code: str, ledger: Ledger) -> None:
    places = [roster.rows[class_id, person] for person in persons if (class_id, person) in roster.rows]
    for sheet, at in sorted(places, key=lambda place: place[1]):
        ledger.leave(sheet, at, "gain", code, class_id=class_id)


def _say(sheet: Sheet, class_id: str, alone: int, taken: int, test: str, ledger: Ledger) -> None:
    vi = {"pre": ("trước", "sau"), "post": ("sau", "trước")}[test]
    en = {"pre": ("before", "after"), "post": ("after", "before")}[test]
    ledger.sheet(
        sheet, "one_test_only",
        f"Lớp {class_id}: {alone} trong {taken} học viên có bài kiểm tra {vi[0]} nhưng không có bài {vi[1]} "
        f"khóa học, nên "
        "không được tính mức tiến bộ. Hãy bổ sung nếu còn bài.",
        f"Class {class_id}: {alone} of {taken} have the test {en[0]} but not the one {en[1]} the course, so "
        f"they do not "
        "count in the change. Add the missing tests if you have them.",
        got=f"{alone}/{taken}",
    )  # fmt: skip
