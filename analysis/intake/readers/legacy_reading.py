"""A table with letters of a legacy Vietnamese encoding -> a finding with a sample, or the table converted.

Converted only on request: in TCVN3 the letter "ê" stands for another, so a guess would spoil good text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.letters.legacy import Legacy, convert_legacy, detect_legacy
from analysis.intake.options import by_option
from analysis.intake.persons.masks import show_word
from analysis.intake.table import RawTable

#: Word for `legacy` that says: leave the letters as they are, and do not stop.
KEEP = "keep"
#: Kind -> what it is called, Vietnamese and English.
_NAMES = {
    "tcvn3": ("TCVN3 (ABC)", "TCVN3 (ABC)"),
    "vni": ("VNI-Windows", "VNI-Windows"),
    "mojibake": ("UTF-8 bị đọc nhầm thành cp1252", "UTF-8 that was read as cp1252"),
}
#: Different texts of one column that are looked at.
_SAMPLED = 3000
#: Letters that no legacy encoding gives: a column that has one is Unicode already.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
Key = TypeVar("Key")


def settle_legacy(table: RawTable, legacy: str = "") -> tuple[RawTable, list[Finding]]:
    """Say that a table's letters are of a legacy encoding, or convert them.

    Parameters
    ----------
    table : RawTable
    legacy : str, optional
        One of `legacy.LEGACY` to convert, "keep" to leave them; by default a stop finding asks which.
    """
    if legacy == KEEP:
        return table, []
    found = detect_legacy(_texts(table))
    if not legacy:
        return table, [_say_found(table, found)] if found else []
    if found and found.kind != legacy:
        return table, [_say_other(table, found, legacy)]
    made, said = _convert(table, legacy)
    if not any(one.kind == "stop" for one in said) and (left := detect_legacy(_texts(made))):
        said.append(_say_left(made, left))
    return made, said


def _say_other(table: RawTable, found: Legacy, asked: str) -> Finding:
    """The stop where a conversion was asked for that is not the one the letters need."""
    (asked_vi, asked_en), (name_vi, name) = (_NAMES.get(kind, (kind, kind)) for kind in (asked, found.kind))
    (by_vi, by), (sample_vi, sample) = by_option("legacy", found.kind), _sample(found.before, found.after)
    return Finding(
        "legacy_encoding",
        f"The conversion from {asked_en} was asked for, but letters are {name}{sample}. Ask for {by}.",
        f"Đã yêu cầu chuyển mã từ {asked_vi} nhưng trong tệp có chữ {name_vi}{sample_vi}. Hãy yêu cầu "
        f"{by_vi}.",
        expected=asked,
        got=found.kind,
        file=table.path.name,
        sheet=table.sheet,
    )


def _say_left(table: RawTable, left: Legacy) -> Finding:
    """The stop where letters are left after the conversion: headings or labels that are half converted."""
    vi = shown(left.columns) if left.columns else "tiêu đề hoặc nhãn"
    en = shown(left.columns) if left.columns else "headings or labels"
    name_vi, name = _NAMES.get(left.kind, (left.kind, left.kind))
    sample_vi, sample = _sample(left.before, left.after)
    return Finding(
        "legacy_encoding",
        f"After the conversion {name} letters are left in {en}{sample}, beside Unicode. Convert them in the "
        "program they were typed in.",
        f"Sau khi chuyển mã, {vi} vẫn còn chữ {name_vi}{sample_vi} lẫn với Unicode. Hãy chuyển bằng phần "
        "mềm đã "
        "gõ chúng.",
        expected="one encoding in headings and labels",
        got=left.kind,
        file=table.path.name,
        sheet=table.sheet,
    )


def _say_found(table: RawTable, found: Legacy) -> Finding:
    """The stop that asks which conversion is wanted, with a sample."""
    name_vi, name = _NAMES.get(found.kind, (found.kind, found.kind))
    sample_vi, sample = _sample(found.before, found.after)
    inside_vi = f", ở các cột {shown(found.columns)}" if found.columns else ""
    inside = f", in the columns {shown(found.columns)}" if found.columns else ""
    by_vi, by = by_option("legacy", found.kind)
    doubt_vi = " Chữ in hoa có thể không khôi phục được." if found.doubtful else ""
    doubt = " Capitals may be beyond recovery." if found.doubtful else ""
    return Finding(
        "legacy_encoding",
        f"The letters are {name}, not Unicode{inside}{sample}. Ask for the conversion by {by}, or save "
        f"the file as Unicode.{doubt}",
        f"Chữ trong tệp là {name_vi}, chưa phải Unicode{inside_vi}{sample_vi}. Hãy yêu cầu chuyển mã "
        f"bằng {by_vi}, hoặc lưu lại tệp bằng Unicode.{doubt_vi}",
        expected="Unicode",
        got=found.kind,
        file=table.path.name,
        sheet=table.sheet,
    )


def _texts(table: RawTable) -> dict[str, list[str]]:
    """The texts of each column, and under "" those of headings and labels."""
    labels = [label for pairs in table.value_labels.values() for label in pairs.values()]
    texts = {"": [*table.columns, *table.variable_labels.values(), *labels]}
    data = table.cells if table.stored is None else table.stored
    for name in data.columns:
        if not pd.api.types.is_numeric_dtype(data[name]):
            texts[name] = [text for text in data[name].dropna().unique()[:_SAMPLED] if isinstance(text, str)]
    return texts


def _sample(before: str, after: str) -> tuple[str, str]:
    """One word before and after, Vietnamese and English: a whole value might name a person."""
    words = zip(before.split(), after.split(), strict=False)
    old, new = next(((old, new) for old, new in words if old != new), ("", ""))
    if not old:
        return "", ""
    old, new = show_word(old), show_word(new)
    return f' (ví dụ "{old}" nghĩa là "{new}")', f' (for example "{old}" stands for "{new}")'


def _convert(table: RawTable, kind: str) -> tuple[RawTable, list[Finding]]:
    def of(texts: Iterable[str]) -> Callable[[str], str]:
        is_unicode = any(_UNICODE.search(text) for text in texts if isinstance(text, str))
        return (lambda text: text) if is_unicode else (lambda text: convert_legacy(text, kind))

    rename = of(table.columns)
    names = {name: rename(name) for name in table.columns}
    label = of(table.variable_labels.values())
    value_label = of(text for labels in table.value_labels.values() for text in labels.values())
    changed: list[str] = []
    mixed: list[str] = []

    def column(values: pd.Series) -> pd.Series:
        if pd.api.types.is_numeric_dtype(values):
            return values
        texts = [text for text in values.dropna().unique() if isinstance(text, str)]
        if _is_mixed(texts):
            mixed.append(names[values.name])
            return values
        convert = of(texts)
        new = {text: convert(text) for text in texts}
        if all(old == text for old, text in new.items()):
            return values
        changed.append(names[values.name])
        return values.map(lambda text: new.get(text, text) if isinstance(text, str) else text).astype(
            values.dtype
        )

    data = table.cells if table.stored is None else table.stored
    data = pd.DataFrame({names[name]: column(data[name]) for name in data.columns})
    made = replace(
        table,
        cells=data if table.stored is None else None,
        stored=None if table.stored is None else data,
        kinds=None if table.stored is not None else table.kinds.rename(columns=names),
        letters=_renamed(table.letters, names),
        variable_labels={names.get(n, n): label(text) for n, text in table.variable_labels.items()},
        value_labels={
            names.get(n, n): {code: value_label(text) for code, text in labels.items()}
            for n, labels in table.value_labels.items()
        },
        missing_ranges=_renamed(table.missing_ranges, names),
        tagged=_renamed(table.tagged, names),
    )
    name_vi, name = _NAMES.get(kind, (kind, kind))
    said = _say_converted(table, (name_vi, name), len(changed), _labels_changed(table, made))
    return made, [said, *_refuse_mixed(table, name_vi, name, mixed)]


def _labels_changed(table: RawTable, made: RawTable) -> int:
    """How many headings and labels differ after the conversion."""
    before, after = (
        [
            *one.columns,
            *one.variable_labels.values(),
            *(text for each in one.value_labels.values() for text in each.values()),
        ]
        for one in (table, made)
    )
    return sum(old != new for old, new in zip(before, after, strict=True))


def _say_converted(table: RawTable, names: tuple[str, str], columns: int, labels: int) -> Finding:
    vi = f"trong {columns} cột và {labels} tiêu đề, nhãn. Hãy xem lại vài giá trị"
    en = f"in {columns} columns and {labels} headings and labels. Look at a few of them"
    if not columns and not labels:
        vi, en = (
            "nhưng không thấy chữ nào cần chuyển. Hãy bỏ --legacy",
            "but none were found. Leave --legacy out",
        )
    return Finding(
        "legacy_converted",
        f"{names[1]} letters were to be turned into Unicode, as asked: {en}.",
        f"Chuyển chữ {names[0]} sang Unicode theo yêu cầu: {vi}.",
        kind="note",
        file=table.path.name,
        sheet=table.sheet,
        got=f"{columns} columns, {labels} headings and labels",
    )


def _is_mixed(texts: list[str]) -> bool:
    """Whether some texts are Unicode and others legacy: "An Hòa" could then be either."""
    legacy = [text for text in texts if not _UNICODE.search(text)]
    return len(legacy) < len(texts) and detect_legacy(legacy) is not None


def _refuse_mixed(table: RawTable, name_vi: str, name: str, columns: list[str]) -> list[Finding]:
    if not columns:
        return []
    return [
        Finding(
            "legacy_encoding",
            f"The columns {shown(columns)} hold both {name} letters and Unicode, and some words can be read "
            "either way. Convert the rows that are not Unicode in the program they were typed in.",
            f"Các cột {shown(columns)} lẫn cả chữ {name_vi} và Unicode, có chữ đọc được theo cả hai cách. "
            "Hãy chuyển các dòng chưa phải Unicode bằng phần mềm đã gõ chúng.",
            expected="one encoding in each column",
            got=f"two, in {len(columns)} columns",
            file=table.path.name,
            sheet=table.sheet,
        )
    ]


def _renamed(values: dict[str, Key], names: dict[str, str]) -> dict[str, Key]:
    return {names.get(name, name): value for name, value in values.items()}
