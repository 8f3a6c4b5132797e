"""A CSV file of committed rows -> a table of text, codes and zeros kept.

Used for the rows that are decisions (codebook, framework): every cell stays text until the module
that owns the meaning converts it. Rows are kept as UTF-8 with commas; what a Vietnamese Excel makes of such a
file on saving (semicolons, a byte order mark, decimal commas) is read as well.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.errors import BadRows, shown

#: A semicolon parts columns where the comma is the decimal sign, so 0,25 is a quarter there.
_DELIMITERS = (",", ";", "\t")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_SAVE_AS = (
    "Hãy mở tệp bằng Excel rồi lưu bằng Save As, loại “CSV UTF-8 (Comma delimited)”.",
    'Open it in Excel and save it as "CSV UTF-8 (Comma delimited)".',
)


def read_rows(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    """Read one file of rows as text.

    Parameters
    ----------
    path : Path
        UTF-8 or UTF-16 with or without a byte order mark, a header; commas, semicolons or tabs.
    columns : sequence of str
        The columns that must be there; others are kept too.

    Returns
    -------
    DataFrame of str, empty cells as ""; lines without any value are left out.

    Raises
    ------
    BadRows
        When the file is absent, not Unicode, not rectangular, has a heading twice, or lacks a column.
    """
    text = _text(path)
    header, lines, delimiter = _lines(path, text, columns)
    absent = [column for column in columns if column not in header]
    if absent:
        wanted = ", ".join(columns)
        raise _bad(path, "columns are missing", "thiếu cột", wanted, f"without {shown(absent)}")
    kept = [at for at, name in enumerate(header) if name]
    cells = [[_cell(line[at], delimiter) for at in kept] for line in lines]
    return pd.DataFrame(cells, columns=[header[at] for at in kept], dtype="str")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError as fault:
        raise _bad(path, "the file is not there", "không có tệp", "the file", "nothing") from fault
    except OSError as fault:
        got = fault.strerror or type(fault).__name__
        raise _bad(path, "the file cannot be read", "không mở được tệp", "a file", got) from fault
    coding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return raw.decode(coding)
    except UnicodeDecodeError as fault:
        what, vi = "the file cannot be read as text", "chữ trong tệp không phải Unicode"
        line = raw[: fault.start].count(b"\n") + 1
        raise _bad(path, what, vi, "UTF-8", f"other letters in line {line}", _SAVE_AS) from fault


def _lines(path: Path, text: str, columns: Sequence[str]) -> tuple[list[str], list[list[str]], str]:
    """The header, the lines with any value, and what parts their columns."""
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):  # Excel's own first line
        text = rest
    delimiter = _delimiter(text, columns)
    records = _records(path, text, delimiter)
    if not records:
        raise _bad(path, "the file cannot be read as a table: it is empty", "tệp rỗng", "a header", "nothing")
    names, lines = [cell.strip() for cell in records[0]], records[1:]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise _bad(path, "a heading stands twice", "tiêu đề cột bị lặp", "each heading once", shown(twice))
    torn = [number for number, line in enumerate(lines, 2) if len(line) != len(names)]
    torn = [
        number
        for number in torn
        if len(lines[number - 2]) < len(names) or any(lines[number - 2][len(names) :])
    ]
    if torn:
        got = f"another number of values in row {shown(torn)}"
        expected = f"{len(names)} values in each row"
        raise _bad(path, "the file cannot be read as a table", "số ô các dòng không đều", expected, got)
    return names, lines, delimiter


def _delimiter(text: str, columns: Sequence[str]) -> str:
    """What parts the columns of the header: that by which most of the wanted ones are there."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    names = {one: [name.strip(' "') for name in header.split(one)] for one in _DELIMITERS}
    return max(_DELIMITERS, key=lambda one: (len({*columns} & {*names[one]}), len(names[one])))


def _records(path: Path, text: str, delimiter: str) -> list[list[str]]:
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        what, vi = "the file cannot be read as a table", "không đọc được thành bảng"
        raise _bad(path, what, vi, "one row a line", str(fault)) from fault
    return [record for record in records if any(cell.strip() for cell in record)]


def _cell(text: str, delimiter: str) -> str:
    text = unicodedata.normalize("NFC", text.strip())
    if delimiter == ";" and _DECIMAL_COMMA.fullmatch(text):
        return text.replace(",", ".")
    return text


def _bad(
    path: Path, what: str, vi: str, expected: str, got: str, advice: tuple[str, str] | None = None
) -> BadRows:
    do_vi, do = advice or (
        "Hãy so với README trong cùng thư mục, sửa tệp rồi chạy lại.",
        "Compare with the README in the same folder, mend the file and run again.",
    )
    return BadRows(
        f"Rows of {paths.short(path)} are unusable: {what}.",
        vi=f"Tệp {paths.short(path)} không dùng được: {vi}. {do_vi}",
        where=paths.short(path),
        expected=expected,
        got=got,
        hint=do,
    )
