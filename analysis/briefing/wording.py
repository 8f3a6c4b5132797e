"""data/wording/*.csv -> every fixed sentence of the pages, in Vietnamese and English.

Sentences are rows that an official can correct without reading Python; code gives them values.
"""

from __future__ import annotations

import string
from functools import cache

import pandas as pd

from analysis import paths
from analysis.errors import UnknownName, nearest, shown
from analysis.findings import Finding, findings_table, stop_on
from analysis.rows import read_rows

LANGUAGES = ("vi", "en")


@cache
def read_wording() -> dict[str, dict[str, str]]:
    """Key -> language -> sentence.

    Raises
    ------
    BadRows
        A key stands twice, a translation is empty, or the two languages name different values.
    """
    files = sorted(paths.rows_folder("wording").glob("*.csv"))
    table = pd.concat([read_rows(f, ("key", *LANGUAGES)) for f in files], ignore_index=True)
    stop_on(check_wording(table))
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for _, row in table.iterrows()}


def check_wording(table: pd.DataFrame) -> pd.DataFrame:
    """Find faults in wording rows (columns key, vi, en).

    Returns
    -------
    DataFrame of findings (`analysis.findings.COLUMNS`), empty when all is well.
    """
    empty = (table["vi"].str.strip() == "") | (table["en"].str.strip() == "")
    named = table["vi"].map(placeholders) != table["en"].map(placeholders)
    rules = (
        ("repeated", "a key stands twice", "một khóa bị lặp", table["key"].duplicated()),
        ("empty", "a translation is empty", "thiếu bản dịch", empty),
        ("values", "the languages name different values", "hai ngôn ngữ dùng giá trị khác nhau", named),
    )
    return findings_table(
        Finding(
            code,
            f"Wording rows: {what}.",
            f"Bảng câu chữ (data/wording): {vi}; hãy sửa rồi chạy lại.",
            where=f"key {shown(table.loc[bad, 'key'])}",
            hint="Mend data/wording/*.csv.",
        )
        for code, what, vi, bad in rules
        if bad.any()
    )


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def say(key: str, language: str, **values: str) -> str:
    """One sentence with its values filled in; values are text already formatted for the language.

    Raises
    ------
    KeyError
        No such key, or a value that the sentence names was not given.
    """
    return read_wording()[key][language].format(**values)


def check_language(language: str) -> str:
    """The language, if pages exist in it.

    Raises
    ------
    UnknownName
    """
    if language in LANGUAGES:
        return language
    raise UnknownName(
        f'There are no pages in the language "{language}".',
        vi=f'Không có trang bằng ngôn ngữ "{language}"; chọn vi (tiếng Việt) hoặc en (tiếng Anh).',
        expected=" or ".join(LANGUAGES),
        got=str(language),
        hint=f"Use {shown(nearest(str(language), LANGUAGES) or LANGUAGES)}.",
    )


def first_upper(text: str) -> str:
    """Capital first letter, the rest as it stands ("huyện Hòn Đất" -> "Huyện Hòn Đất")."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str], language: str) -> str:
    """A list in a sentence: "a, b và c" / "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    joiner = say("list_and", language)
    return ", ".join(parts[:-1]) + f" {joiner} " + parts[-1]
