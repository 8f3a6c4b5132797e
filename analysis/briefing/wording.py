"""data/wording/*.csv -> every fixed sentence of the pages, in Vietnamese and English.

Sentences are rows that an official can correct without reading Python; code gives them values. A survey
that needs other words (another country's units, another survey's name) has rows of its own in
data/wording/<folder>/pages.csv, which stand in the place of the default's.
"""

from __future__ import annotations

import re
import string
from functools import cache
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import UnknownName, nearest, shown
from analysis.findings import Finding, findings_table, stop_on
from analysis.rows import read_rows

LANGUAGES = ("vi", "en")


#: Rows that name a workbook's sheets, and what Excel takes as such a name.
_SHEETS = ("sheet_contents", "sheet_table", "sheet_rows", "sheet_meanings")
_SHEET_TITLE = re.compile(r"[^\[\]:*?/\\]{1,31}")
#: Values that every sentence of a page about a round may name, whether its default does or not.
ALWAYS_GIVEN = frozenset({"province", "round", "year", "level"})


def read_wording(folder: str = "") -> dict[str, dict[str, str]]:
    """Key -> language -> sentence.

    Parameters
    ----------
    folder : str, optional
        A folder of data/wording whose rows replace the default's of the same key.

    Raises
    ------
    BadRows
        A key stands twice, a translation is empty, the two languages name different values; or a row of
        the folder has a key that the default has not, or names a value that is not given there.
    """
    return _read(paths.rows_folder("wording"), paths.rows_folder("wording", folder) if folder else None)


@cache
def _read(default: Path, own: Path | None) -> dict[str, dict[str, str]]:
    table = _read_folder(default)
    stop_on(check_wording(table))
    sentences = _by_key(table)
    if own is None:
        return sentences
    table = _read_folder(own)
    stop_on(pd.concat([check_wording(table, own), check_replacements(table, sentences, own)]))
    return sentences | _by_key(table)


def _read_folder(folder: Path) -> pd.DataFrame:
    files = sorted(folder.glob("*.csv"))
    return pd.concat([read_rows(f, ("key", *LANGUAGES)) for f in files], ignore_index=True)


def _by_key(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in table.to_dict("records")}


def check_wording(table: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """Find faults in wording rows (columns key, vi, en) of a folder (data/wording by default).

    Returns
    -------
    DataFrame of findings (`analysis.findings.COLUMNS`), empty when all is well.
    """
    empty = (table["vi"].str.strip() == "") | (table["en"].str.strip() == "")
    braces = ~(table["vi"].map(_is_sentence) & table["en"].map(_is_sentence))
    sound = table[~braces]
    differ = sound["vi"].map(placeholders) != sound["en"].map(placeholders)
    named = differ.reindex(table.index, fill_value=False)
    titles = [not (_SHEET_TITLE.fullmatch(row.vi) and _SHEET_TITLE.fullmatch(row.en))
              for row in table[["vi", "en"]].itertuples()]  # fmt: skip
    sheets = table["key"].isin(_SHEETS) & pd.Series(titles, table.index, "bool")
    rules = (
        ("braces", "{ } that name no value (a brace itself is written twice)",
         "cặp { } không phải tên giá trị (muốn viết dấu ngoặc nhọn thì viết hai lần)", braces),
        ("sheet", "a sheet's name over 31 letters or with one of [ ] : * ? / \\",
         "tên trang tính quá 31 ký tự hoặc có một trong các dấu [ ] : * ? / \\", sheets),
        ("repeated", "a key stands twice", "một khóa bị lặp", table["key"].duplicated()),
        ("empty", "a translation is empty", "thiếu bản dịch", empty),
        ("values", "the languages name different values", "hai ngôn ngữ dùng giá trị khác nhau", named),
    )  # fmt: skip
    return _findings(table, rules, folder or Path("data/wording"))


def check_replacements(
    table: pd.DataFrame, default: dict[str, dict[str, str]], folder: Path | None = None
) -> pd.DataFrame:
    """Find rows of a survey's own wording that replace nothing, or name values they will not be given."""
    unknown = ~table["key"].isin(default)
    given = [
        placeholders(default[key]["en"]) | ALWAYS_GIVEN if key in default else None for key in table["key"]
    ]
    more = [known is not None and not placeholders(text) <= known
            for text, known in zip(table["en"], given, strict=True)]  # fmt: skip
    rules = (
        ("unknown_key", "a key that data/wording/*.csv has not", "khóa không có trong câu chữ gốc", unknown),
        ("values", "a value that is not given to this sentence", "giá trị trong { } không có ở câu này",
         pd.Series(more, table.index, "bool")),
    )  # fmt: skip
    return _findings(table, rules, folder or Path("data/wording"))


def _findings(table: pd.DataFrame, rules: tuple, folder: Path) -> pd.DataFrame:
    where = paths.short(folder)
    return findings_table(
        Finding(
            code,
            f"Wording rows: {what}.",
            f"Bảng câu chữ ({where}): {vi}; hãy sửa rồi chạy lại.",
            where=f"{where}, key {shown(table.loc[bad, 'key'])}",
            hint=f"Mend {where}/*.csv.",
        )
        for code, what, vi, bad in rules
        if bad.any()
    )


def _is_sentence(text: str) -> bool:
    """Whether its braces are whole and hold names of values alone."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return False
    return all(
        name is None or (re.fullmatch(r"[A-Za-z_]\w*", name) and not spec and not conversion)
        for _, name, spec, conversion in parts
    )


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def say(key: str, language: str, wording: str = "", **values: str) -> str:
    """One sentence with its values filled in; values are text already formatted for the language.

    Parameters
    ----------
    wording : str
        The folder of a survey's own words, "" for the default.

    Raises
    ------
    KeyError
        No such key, or a value that the sentence names was not given.
    """
    return read_wording(wording)[key][language].format(**values)


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


#: Letters that Vietnamese has and English has not.
_MARKED = re.compile(
    "[ăâđêôơưĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
#: Words of a sentence, which names and abbreviations have not.
_SMALL_WORDS = re.compile(r"(?<![\w/.])[a-z]{2,}(?![\w/.])")
#: Fewer small words than this make no passage of a language.
_PASSAGE = 3


def language_of(text: str) -> str:
    """The language that a text somebody wrote is in: "vi", "en", or "" of names and numbers alone.

    Examples
    --------
    >>> language_of("Sở Nội vụ"), language_of("seed in the script"), language_of("PAPI 2011-2024 (UNDP)")
    ('vi', 'en', '')
    """
    if _MARKED.search(text):
        return "vi"
    return "en" if len(_SMALL_WORDS.findall(text)) >= _PASSAGE else ""


def first_upper(text: str) -> str:
    """Capital first letter, the rest as it stands ("huyện Hòn Đất" -> "Huyện Hòn Đất")."""
    return text[:1].upper() + text[1:]


def listed(parts: list[str], language: str, wording: str = "") -> str:
    """A list in a sentence: "a, b và c" / "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    joiner = say("list_and", language, wording)
    return ", ".join(parts[:-1]) + f" {joiner} " + parts[-1]
