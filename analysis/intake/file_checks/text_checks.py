"""One column of any table -> notes on odd letters, which are put right on reading.

Letters of a legacy Vietnamese encoding (TCVN3, VNI) are found by the reader: `legacy_reading`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from analysis.findings import Finding
from analysis.intake.file_checks.check_findings import NAMED_ONE_BY_ONE, column_note
from analysis.intake.letters.text import text_changes
from analysis.intake.schemas.column_values import ColumnValues
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: What `text_changes` says -> Vietnamese and English.
CHANGES = {
    "not_nfc": ("chữ có dấu rời (không phải NFC)", "accents as separate characters (not NFC)"),
    "odd_space": ("dấu cách lạ", "odd spaces"),
    "zero_width": ("ký tự ẩn", "invisible characters"),
    "lookalike_d": ("chữ giống Đ nhưng không phải Đ", "a letter that looks like Đ and is not"),
    "blanks": ("dấu cách thừa", "stray spaces"),
}


def odd_text(
    raw: RawTable, values: ColumnValues, heading: str = "", heading_en: str = ""
) -> Iterator[Finding]:
    """Cells whose letters are put right on reading: each named when few, counted when many.

    Cells with nothing but stray spaces are counted.

    Parameters
    ----------
    raw : RawTable
    values : ColumnValues
    heading, heading_en : str, optional
        What the message calls the column; its own heading by default.
    """
    changes = [text_changes(text) if text else () for text in values.texts]
    heading = heading or shown_name(values.name)
    labels = heading, heading_en or heading
    blanks = values.rows(np.array([what == ("blanks",) for what in changes], dtype=bool))
    rows = values.rows(np.array([bool(what) and what != ("blanks",) for what in changes], dtype=bool))
    if len(rows) > NAMED_ONE_BY_ONE:
        counts = Counter(what for at in rows for what in changes[values.codes[at]])
        yield _counted(raw, values.name, labels, len(rows), dict(counts))
    else:
        yield from (_cell(raw, values.name, labels, at, changes[values.codes[at]]) for at in map(int, rows))
    if len(blanks):
        yield _counted(raw, values.name, labels, len(blanks), {"blanks": len(blanks)})


def _counted(
    raw: RawTable, name: str, labels: tuple[str, str], cells: int, counts: dict[str, int]
) -> Finding:
    vi, en = (", ".join(f"{CHANGES[what][side]} ({n})" for what, n in counts.items()) for side in (0, 1))
    return column_note(
        raw,
        name,
        "text_put_right",
        f"{labels[0]}: {cells} ô có {vi}; được đọc thành chữ thường dùng. Không cần làm gì.",
        f"{labels[1]}: {cells} cells have {en}; they are read as ordinary text. Nothing to do.",
    )


def _cell(raw: RawTable, name: str, labels: tuple[str, str], at: int, changes: tuple[str, ...]) -> Finding:
    vi, en = (", ".join(CHANGES[what][side] for what in changes) for side in (0, 1))
    return Finding(
        "text_put_right",
        f"{labels[1]}: the cell has {en}; it is read as ordinary text. Nothing to do.",
        f"{labels[0]}: ô có {vi}; được đọc thành chữ thường dùng. Không cần làm gì.",
        where=raw.address(at, name),
        kind="note",
        **raw.place_of(at, name),
    )
