"""A .dta, .sav or .parquet file -> a `RawTable` with the values as stored, labels and kinds of missing.

Nothing is recoded: no-answer codes stay codes, values that SPSS marks as missing stay values, and the tagged
missing values of Stata (.a … .z) are kept apart from the plain one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.letters.text import clean_text
from analysis.intake.options import by_option
from analysis.intake.readers import stata_6_to_12
from analysis.intake.readers.limits import unreadable
from analysis.intake.readers.nested_cells import plain_cells
from analysis.intake.readers.spss_end import end_of_rows
from analysis.intake.table import RawTable

#: What files of Stata before 14 and of old SPSS hold where they do not say it.
_OLD = "WINDOWS-1252"


def read_statistical(path: Path, encoding: str = "") -> tuple[RawTable, list[Finding]]:
    """Read a survey file.

    Parameters
    ----------
    path : Path
        Already let through by `limits.check_file`.
    encoding : str, optional
        Of the texts in a .dta or .sav; the file's own word by default.

    Raises
    ------
    UnreadableFile
        When it has no rows or fewer than it says; what else the readers raise is left to the caller.
    """
    if path.suffix.lower() == ".parquet":
        table, found = _read_parquet(path)
    else:
        table, found = _read_labelled(path, encoding)
    if table.stored.empty:
        got = f"{table.stored.shape[1]} columns, 0 rows"
        raise unreadable(path, "it has no rows", "one row a respondent", got)
    return table, found


def _read_parquet(path: Path) -> tuple[RawTable, list[Finding]]:
    stored = pd.read_parquet(path)
    if stored.index.name is not None or isinstance(stored.index, pd.MultiIndex):
        stored = stored.reset_index()
    stored, nested = plain_cells(stored.reset_index(drop=True))
    return _table(path, stored), [*_say_nested(path, nested)]


def _read_labelled(path: Path, encoding: str) -> tuple[RawTable, list[Finding]]:
    is_stata = path.suffix.lower() == ".dta"
    if is_stata:
        _check_end(path)
    end = "counted" if is_stata else end_of_rows(path)
    if end == "cut":
        raise unreadable(path, "it is cut short", "a file that ends after a whole row", "an end inside a row")
    stored, meta, read_as = _read(path, encoding)
    if meta.number_rows is not None and meta.number_rows != len(stored):
        got = f"{len(stored)} of {meta.number_rows} rows"
        raise unreadable(path, "it is cut short", f"{meta.number_rows} rows", got)
    tagged = _take_tags(stored, meta.missing_user_values) if is_stata else {}
    labels = {
        clean_text(name): {_code(code, is_stata): clean_text(str(text)) for code, text in pairs.items()}
        for name, pairs in meta.variable_value_labels.items()
    }
    table = _table(
        path,
        stored,
        variable_labels={
            clean_text(name): clean_text(text) for name, text in meta.column_names_to_labels.items() if text
        },
        value_labels=labels,
        missing_ranges={
            clean_text(name): [(each["lo"], each["hi"]) for each in ranges]
            for name, ranges in meta.missing_ranges.items()
        },
        tagged=tagged,
        encoding=read_as or meta.file_encoding or "",
    )
    return table, [
        *_say_encoding(path, read_as if not encoding else ""),
        *_say_missing(table),
        *(_say_uncounted(table) if end == "unsure" else ()),
        *(_say_absent_labels(table, meta) if is_stata else ()),
    ]


def _read(path: Path, encoding: str):
    """The table, its description, and the encoding where the file's own word did not hold."""
    import pyreadstat

    reader = pyreadstat.read_dta if path.suffix.lower() == ".dta" else pyreadstat.read_sav
    try:
        return *reader(str(path), user_missing=True, encoding=encoding or None), encoding
    except (UnicodeDecodeError, pyreadstat.ReadstatError) as fault:
        is_text = isinstance(fault, UnicodeDecodeError) or "encoding" in str(fault)
        if not is_text:
            raise
        if encoding:
            raise unreadable(
                path, "its text is not in the declared encoding", "the right encoding", encoding
            ) from fault
    return *reader(str(path), user_missing=True, encoding=_OLD), _OLD


def _check_end(path: Path) -> None:
    """Stata 13 and later close the file with a mark, older ones declare its lengths; a file cut in its labels
    reads whole otherwise."""
    with path.open("rb") as file:
        modern = file.read(11) == b"<stata_dta>"
        file.seek(-min(12, path.stat().st_size), os.SEEK_END)
        whole = file.read() == b"</stata_dta>"
    if modern and not whole:
        raise unreadable(path, "it is cut short", "a file that ends with </stata_dta>", "another end")
    if not modern and stata_6_to_12.is_cut(path):
        got = f"an end at byte {path.stat().st_size:,}, inside a part"
        raise unreadable(path, "it is cut short", "all the parts that the file declares", got)


def _take_tags(stored: pd.DataFrame, marked: dict[str, list[str]]) -> dict[str, dict[int, str]]:
    """Move the tagged missing values out of the columns, which become numbers again."""
    tagged = {}
    for name in marked:
        values = stored[name]
        is_tag = values.map(lambda value: isinstance(value, str) and len(value) == 1).to_numpy(dtype=bool)
        if is_tag.any():
            tagged[clean_text(name)] = {int(at): f".{values.iat[at]}" for at in np.flatnonzero(is_tag)}
            plain = values.astype(object).where(~is_tag, np.nan)
            numbers = pd.to_numeric(plain, errors="coerce")
            # Dates stay dates: only columns whose other values are all numbers turn.
            stored[name] = numbers if numbers.notna().sum() == plain.notna().sum() else plain
    return tagged


def _code(code: object, is_stata: bool) -> float | str:
    return f".{code}" if is_stata and isinstance(code, str) and len(code) == 1 else code


def _table(path: Path, stored: pd.DataFrame, **more) -> RawTable:
    stored = stored.rename(columns=lambda name: clean_text(str(name)))
    return RawTable(
        path=path,
        sheet="",
        rows=np.arange(1, len(stored) + 1),
        letters=dict.fromkeys(stored.columns, ""),
        stored=stored,
        header_row=0,
        **more,
    )


def _say_encoding(path: Path, read_as: str) -> list[Finding]:
    if not read_as:
        return []
    return [
        Finding(
            "encoding_read",
            f"Its texts are not in the encoding the file declares; they were read as {read_as}. If letters "
            f"are wrong, declare it by {by_option('encoding')[1]}.",
            f"Chữ trong tệp không đúng bảng mã mà tệp khai báo; đã đọc theo {read_as}. Nếu chữ sai, hãy "
            f"khai báo bằng {by_option('encoding')[0]}.",
            kind="note",
            file=path.name,
            got=read_as,
        )
    ]


def _say_missing(table: RawTable) -> list[Finding]:
    """Which columns have kinds of missing of the file's own, so that none is taken for an answer."""
    found = []
    if table.tagged:
        tags = sorted({tag for rows in table.tagged.values() for tag in rows.values()})
        cells = sum(len(rows) for rows in table.tagged.values())
        found.append(
            Finding(
                "tagged_missing",
                f"{cells} values in {len(table.tagged)} columns are missing for a reason of their own "
                f"({shown(tags)}): "
                f"{shown(table.tagged)}. Say in the codebook what each stands for.",
                f"Có {cells} giá trị thiếu kèm lý do riêng ({shown(tags)}) trong {len(table.tagged)} cột: "
                f"{shown(table.tagged)}. Hãy ghi ý nghĩa từng ký hiệu trong bảng mã.",
                kind="note",
                file=table.path.name,
                got=shown(tags),
            )
        )
    if table.missing_ranges:
        listed = shown(f"{name} ({_ranges(ranges)})" for name, ranges in table.missing_ranges.items())
        found.append(
            Finding(
                "user_missing",
                f"{len(table.missing_ranges)} columns have values that SPSS marks as missing; they stay as "
                f"values: {listed}. Say in the codebook what each stands for.",
                f"Có {len(table.missing_ranges)} cột có giá trị được SPSS đánh dấu là thiếu; vẫn giữ nguyên "
                f"giá trị: {listed}. Hãy ghi ý nghĩa từng mã trong bảng mã.",
                kind="note",
                file=table.path.name,
                got=listed,
            )
        )
    return found


def _ranges(ranges: list[tuple[float | str, float | str]]) -> str:
    """What is marked, as numbers and from … to: "888, 97–99"."""
    written = [
        [f"{end:.15g}" if isinstance(end, (int, float)) else str(end) for end in one] for one in ranges
    ]
    return ", ".join(low if low == high else f"{low}–{high}" for low, high in written)


def _say_nested(path: Path, columns: dict[str, str]) -> Iterator[Finding]:
    if columns:
        listed = shown(f"{name} ({what})" for name, what in columns.items())
        yield Finding(
            "nested_cells",
            f"{len(columns)} columns hold more than one value in a cell, and were read as text: {listed}. "
            "Give "
            "each value a column of its own if they are needed.",
            f"Có {len(columns)} cột chứa nhiều giá trị trong một ô nên được đọc như chữ: {listed}. Nếu cần, "
            "hãy "
            "tách mỗi giá trị thành một cột.",
            kind="note",
            file=path.name,
            got=listed,
        )


def _say_uncounted(table: RawTable) -> Iterator[Finding]:
    rows = len(table.rows)
    yield Finding(
        "row_count_unknown",
        f"The file does not say how many rows it has; {rows} were read. Compare with whoever sent it: a file "
        "cut between two rows looks whole.",
        f"Tệp không ghi số dòng; đã đọc {rows} dòng. Hãy đối chiếu số dòng với nơi gửi, vì tệp bị cắt đúng "
        "giữa "
        "hai dòng trông vẫn như nguyên vẹn.",
        kind="note",
        file=table.path.name,
        got=f"{rows} rows",
    )


def _say_absent_labels(table: RawTable, meta) -> Iterator[Finding]:
    """Sets of labels that columns name and the file does not hold, as when it was cut between two of them."""
    absent = [name for name, labels in meta.variable_to_label.items() if labels not in meta.value_labels]
    if absent:
        listed = shown(clean_text(name) for name in absent)
        yield Finding(
            "labels_not_in_file",
            f"{len(absent)} columns name value labels that the file does not hold: {listed}. Ask whoever "
            "sent "
            "it whether the file is whole.",
            f"Có {len(absent)} cột dùng bộ nhãn giá trị mà tệp không có: {listed}. Hãy hỏi nơi gửi xem tệp "
            "có bị "
            "cắt cụt không.",
            kind="note",
            file=table.path.name,
            got=listed,
        )
