"""Rows of the question bank -> findings on items that cannot be asked, or that give their key away."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, bad_row, findings_table
from analysis.intake.letters.text import fold_key

LETTERS = "ABCD"
_OPTIONS = tuple(f"{letter.lower()}_{language}" for language in ("vi", "en") for letter in LETTERS)
#: File -> the columns it must have.
COLUMNS = {
    "items": (
        "item", "topic", "stem_vi", "stem_en", *_OPTIONS, "key", "objective", "lesson", "year_from", "source",
    ),
    "objectives": ("objective", "lesson", "text_vi", "text_en", "source"),
    "lessons": ("lesson", "title_vi", "title_en", "audience"),
}  # fmt: skip
#: Options such as "all of the above" cannot be shuffled, and give themselves away.
_SWEEPING = ("tất cả các", "cả a", "cả ba", "all of the", "none of the", "both a")
#: Of many items no letter should be the key of more than this share …
_MOST_OF_ONE_KEY = 0.4
#: … and the key should not be the longest option in more than this share: people learn that first.
_MOST_LONGEST = 0.6
_ENOUGH_ITEMS = 10


def check_bank_rows(items: pd.DataFrame, objectives: pd.DataFrame, lessons: pd.DataFrame) -> pd.DataFrame:
    """Find what is wrong with a question bank.

    Parameters
    ----------
    items, objectives, lessons : DataFrame of str
        Columns as in `COLUMNS`.

    Returns
    -------
    DataFrame of findings
        Stops: a code or a stem twice, an empty text, equal options, a key that is no option, an objective or
        lesson that is not there or contradicts the other, no year, sweeping options. Notes: keys unevenly
        spread over the letters, the key too often the longest option, objectives without an item.
    """
    found = [*_codes_once(items, objectives, lessons), *_links(items, objectives, lessons)]
    for at, row in enumerate(items.to_dict("records"), 2):
        found += [bad_row(f"items.csv row {at} ({row['item']})", *fault) for fault in _faults(row)]
    found += [*_say_spread(items), *_say_unasked(items, objectives)]
    return findings_table(found)


def _codes_once(items: pd.DataFrame, objectives: pd.DataFrame, lessons: pd.DataFrame) -> Iterator[Finding]:
    stems = items.assign(stem_vi=items["stem_vi"].map(fold_key), stem_en=items["stem_en"].map(fold_key))
    for table, name, column in (
        (items, "items.csv", "item"), (stems, "items.csv", "stem_vi"), (stems, "items.csv", "stem_en"),
        (objectives, "objectives.csv", "objective"), (lessons, "lessons.csv", "lesson"),
    ):  # fmt: skip
        again = table[table[column].duplicated()]
        if len(again):
            listed = shown(again.iloc[:, 0])
            yield bad_row(name, f"{column} stands twice", "each once", listed, "Mend or delete a row.")


def _links(items: pd.DataFrame, objectives: pd.DataFrame, lessons: pd.DataFrame) -> Iterator[Finding]:
    lesson_of = objectives.set_index("objective")["lesson"].to_dict()
    for at, row in enumerate(items.to_dict("records"), 2):
        where = f"items.csv row {at} ({row['item']})"
        if row["objective"] not in lesson_of:
            yield bad_row(
                where, "the objective is unknown", "a row of objectives.csv", row["objective"],
                "Mend it, or add the objective.",
            )  # fmt: skip
        elif row["lesson"] != lesson_of[row["objective"]]:
            yield bad_row(
                where, "the lesson is not its objective's", lesson_of[row["objective"]], row["lesson"],
                "Mend one.",
            )  # fmt: skip
    for at, row in enumerate(objectives.to_dict("records"), 2):
        if row["lesson"] not in set(lessons["lesson"]):
            yield bad_row(
                f"objectives.csv row {at}", "the lesson is unknown", shown(lessons["lesson"]), row["lesson"],
                "Mend it.",
            )  # fmt: skip


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    empty = [name for name in COLUMNS["items"] if not row[name]]
    if empty:
        yield "cells are empty", "every cell filled", shown(empty), "Fill them in."
    if row["key"] not in tuple(LETTERS):
        yield "the key is no option", ", ".join(LETTERS), row["key"] or "(empty)", "Mend the key."
    for language in ("vi", "en"):
        options = [fold_key(row[f"{letter.lower()}_{language}"]) for letter in LETTERS]
        if len(set(options)) < len(LETTERS):
            yield f"two options are equal ({language})", "four different options", row["item"], "Mend one."
        sweeping = [text for text in options if text.startswith(_SWEEPING)]
        if sweeping:
            yield (
                f"an option cannot be shuffled ({language})", "options that stand alone", shown(sweeping),
                "Write it as an option of its own.",
            )  # fmt: skip
    if not (row["year_from"].isdigit() and 2000 <= int(row["year_from"]) <= 2100):
        yield "the year is unusable", "a year such as 2021", row["year_from"] or "(empty)", "Mend year_from."


def _say_spread(items: pd.DataFrame) -> Iterator[Finding]:
    for topic, rows in items.groupby("topic"):
        if len(rows) < _ENOUGH_ITEMS:
            continue
        letter, count = rows["key"].value_counts().index[0], int(rows["key"].value_counts().iloc[0])
        if count > _MOST_OF_ONE_KEY * len(rows):
            yield _note(
                "keys_uneven",
                f"{topic}: {count} of {len(rows)} items have the key {letter}. Move some options.",
                f"{topic}: {count} trong {len(rows)} câu có đáp án {letter}. Hãy đổi chỗ phương án.",
            )
        longest = sum(_is_longest(row) for row in rows.to_dict("records"))
        if longest > _MOST_LONGEST * len(rows):
            yield _note(
                "key_is_longest",
                f"{topic}: in {longest} of {len(rows)} items the key is the longest option, which gives it "
                f"away.",
                f"{topic}: {longest} trong {len(rows)} câu có đáp án là phương án dài nhất nên dễ đoán. "
                "Hãy viết các phương án dài tương đương.",
            )


def _is_longest(row: dict[str, str]) -> bool:
    lengths = {letter: len(row[f"{letter.lower()}_vi"]) for letter in LETTERS}
    own = lengths.pop(row["key"], 0)
    return own > 1.15 * max(lengths.values())


def _say_unasked(items: pd.DataFrame, objectives: pd.DataFrame) -> Iterator[Finding]:
    without = [name for name in objectives["objective"] if name not in set(items["objective"])]
    if without:
        yield _note(
            "objective_without_item",
            f"No item tests these objectives: {shown(without)}. Add items.",
            f"Chưa có câu hỏi nào cho các mục tiêu: {shown(without)}. Hãy bổ sung câu hỏi.",
        )


def _note(code: str, en: str, vi: str) -> Finding:
    return Finding(code, en, vi, where="training/question_bank", kind="note")
