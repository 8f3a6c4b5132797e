"""A .csv, .tsv or .txt file -> a `RawTable` of text, with what was found out about it.

Encoding and separator are found from the file itself and reported, or declared by the caller. Line numbers
are those of the file, also where a quoted value runs over several lines.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.letters.encodings import Encoding, read_text
from analysis.intake.options import by_option
from analysis.intake.persons.masks import show_word
from analysis.intake.readers import limits
from analysis.intake.readers.delimited_rows import say_lines
from analysis.intake.readers.workbooks_grid import Grid
from analysis.intake.readers.workbooks_header import Header, find_header
from analysis.intake.readers.workbooks_table import say_repeated, unique_names
from analysis.intake.table import HEADING, KINDS, RawTable

DELIMITERS = {
    ",": ("dấu phẩy", "commas"),
    ";": ("dấu chấm phẩy", "semicolons"),
    "\t": ("dấu tab", "tabs"),
    "|": ("dấu gạch đứng", "vertical bars"),
}
#: Records from which the separator and the headings are found.
_SAMPLED = 200
#: The longest single value, characters; more is a quote that was never closed.
_LONGEST = 2_000_000


@dataclass(frozen=True)
class _Records:
    """Every record that holds anything: its values and the line on which it starts."""

    values: list[list[str]]
    lines: list[int]
    blank: list[int]
    quote_open_at: int = 0


def read_delimited(
    path: Path, encoding: str = "", delimiter: str = "", header_row: int = 0
) -> tuple[RawTable, list[Finding]]:
    """Read a file of separated values.

    Parameters
    ----------
    path : Path
        Already let through by `limits.check_file`.
    encoding, delimiter : str, optional
        Declared; found from the file by default.
    header_row : int, optional
        Line of the headings; 0 to look for it.

    Raises
    ------
    UnreadableFile
        No rows under the headings, or what `encodings.read_text` refuses.
    """
    text, read_as = read_text(path, encoding)
    declared, text = _declared_in_file(text)
    delimiter = delimiter or declared or find_delimiter(text)
    records = _records(text, delimiter, first_line=2 if declared else 1)
    if not records.values:
        raise limits.unreadable(path, "it has no rows", "headings and rows", "only blank lines")
    header, at = _header(path, records, header_row)
    table, found = _table(path, records, header, at)
    object.__setattr__(table, "encoding", read_as.name)
    object.__setattr__(table, "delimiter", delimiter)
    return table, [*_say_encoding(path, read_as), *_say_delimiter(path, delimiter), *found]


def find_delimiter(text: str) -> str:
    """The separator that gives the most records the heading's number of values; a comma where none does.

    Examples
    --------
    >>> find_delimiter("huyen;diem\\n899;7,5\\n900;8,0\\n")
    ';'
    """
    best, chosen = (0.0, 1), ","
    for delimiter in DELIMITERS:
        sampled = [
            record for record, _ in zip(_reader(text, delimiter), range(_SAMPLED), strict=False) if record
        ]
        widths = [len(record) for record in sampled]
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = (round(count / len(widths), 2), width)
        if width > 1 and score > best:
            best, chosen = score, delimiter
    return chosen


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _declared_in_file(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;", and the text after it."""
    first, _, rest = text.partition("\n")
    mark = first.rstrip("\r").lower()
    return (mark[4], rest) if len(mark) == 5 and mark.startswith("sep=") else ("", text)


def _records(text: str, delimiter: str, first_line: int) -> _Records:
    values, lines, blank = [], [], []
    seen: dict[str, str] = {}  # the same text once in memory: survey codes repeat thousands of times
    reader = _reader(text, delimiter)
    line, before = first_line, 0
    for record in reader:
        if any(value.strip() for value in record):
            values.append([seen.setdefault(value, value) for value in record])
            lines.append(line + before)
        else:
            blank.append(line + before)
        before = reader.line_num
    last = lines[-1] if lines else 0
    spread = bool(lines) and first_line + before - last > 1
    return _Records(
        values, lines, blank, last if spread and _is_open(text, last - first_line, delimiter) else 0
    )


def _is_open(text: str, line: int, delimiter: str) -> bool:
    """Whether the record that starts at a line (from 0) ends with a quote still open."""
    tail = "".join(io.StringIO(text, newline="").readlines()[line:])
    try:
        list(csv.reader(io.StringIO(tail, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as fault:
        return "unexpected end" in str(fault)
    return False


def _header(path: Path, records: _Records, header_row: int) -> tuple[Header, int]:
    """The headings, by line, and the place of the first record after them."""
    grid = Grid(path, "")
    for line, values in zip(records.lines[:_SAMPLED], records.values[:_SAMPLED], strict=True):
        for column, value in enumerate(values, 1):
            grid.put(line, column, value, "text")
    if header_row and header_row not in grid.texts:
        raise limits.unreadable(
            path, "it has no rows", f"headings in line {header_row}", "a blank line there"
        )
    header = find_header(grid, header_row)
    return header, records.lines.index(header.last) + 1


def _table(path: Path, records: _Records, header: Header, at: int) -> tuple[RawTable, list[Finding]]:
    rows, lines = records.values[at:], records.lines[at:]
    width = max(len(records.values[at - 1]), max(header.names, default=1))
    if not rows:
        raise limits.unreadable(path, "it has no rows", "rows under the headings", f"{width} columns, 0 rows")
    columns = [[row[place] or None if place < len(row) else None for row in rows] for place in range(width)]
    headings = {place: header.names.get(place + 1, "") for place in range(width)}
    headings = {
        place: name or f"(cột {place + 1})" for place, name in headings.items() if name or any(columns[place])
    }
    names, repeated = unique_names(headings)
    cells = pd.DataFrame({names[place]: pd.Series(columns[place], dtype="str") for place in names})
    kinds = {
        name: pd.Categorical(np.where(cells[name].isna(), "empty", "text"), categories=KINDS)
        for name in cells
    }
    table = RawTable(
        path=path,
        sheet="",
        cells=cells,
        rows=np.array(lines, dtype=np.int64),
        letters=dict.fromkeys(cells.columns, ""),
        kinds=pd.DataFrame(kinds),
        header_row=header.last,
    )
    place = table.place_of(HEADING)
    blank = [line for line in records.blank if header.last < line < lines[-1]]
    found = [
        *_say_header(table, header),
        *say_repeated(
            {name: [str(p + 1) for p in where] for name, where in repeated.items()}, _without_column(place)
        ),
        *_say_ragged(table, rows, width, records.quote_open_at),
        *say_lines(path, records.values[at - 1], rows, lines, blank),
    ]
    return table, found


def _without_column(place: dict) -> dict:
    return {key: value for key, value in place.items() if key not in ("column", "cell")}


def _say_header(table: RawTable, header: Header) -> Iterator[Finding]:
    place, (by_vi, by) = table.place_of(HEADING), by_option("header_row")
    if not header.found:
        yield Finding(
            "headings_not_found",
            f"No line looks like headings; line {header.last} was taken. Name the right one by {by}.",
            f"Không thấy dòng nào giống tiêu đề cột; đã lấy dòng {header.last}. Hãy chỉ rõ bằng {by_vi}.",
            **place,
        )
    elif header.last != 1:
        yield Finding(
            "headings_taken",
            f"Headings were taken from line {header.last}. If that is wrong, name another by {by}.",
            f"Tiêu đề cột lấy từ dòng {header.last}. Nếu sai, hãy chỉ rõ bằng {by_vi}.",
            kind="note",
            **place,
        )
    blank = [name for name in table.columns if name.startswith("(cột ")]
    if blank:
        yield Finding(
            "blank_heading",
            f"{len(blank)} columns hold values and have no heading: {shown(blank)}. Type a heading for each.",
            f"Có {len(blank)} cột có giá trị nhưng không có tiêu đề: {shown(blank)}. Hãy gõ tiêu đề cho "
            "từng cột.",
            kind="note",
            **{**place, "column": blank[0]},
        )


def _say_ragged(table: RawTable, rows: list[list[str]], width: int, quote_open_at: int) -> Iterator[Finding]:
    """Lines with more or fewer values than headings; what is beyond the headings is in no column."""
    if quote_open_at:
        yield Finding(
            "open_quote",
            f'A quotation mark (") opened in line {quote_open_at} is never closed, so the lines after it '
            "were read as "
            "one value. Close it there, or copy the file again if it was cut.",
            f'Dấu ngoặc kép (") mở ở dòng {quote_open_at} không được đóng, nên các dòng sau bị đọc thành '
            "một giá trị. "
            "Hãy đóng ngoặc ở dòng đó, hoặc chép lại tệp nếu bị cắt cụt.",
            **{**table.place_of(len(rows) - 1), "row": quote_open_at},
        )
        return
    for at, row in enumerate(rows):
        over = [value for value in row[width:] if value]
        if len(row) >= width and not over:
            continue
        if at == len(rows) - 1 and len(row) < width:
            yield Finding(
                "last_row_cut",
                f"The last line has {len(row)} of {width} values: the file may be cut short. Copy or export "
                "it again.",
                f"Dòng cuối chỉ có {len(row)} trong {width} giá trị: tệp có thể bị cắt cụt. Hãy chép lại "
                "hoặc xuất lại.",
                expected=f"{width} values",
                got=f"{len(row)}",
                **table.place_of(at),
            )
        else:
            yield Finding(
                "ragged_row",
                f"The line has {len(row)} values, the headings {width}. Look for a separator too many or "
                "too few, or a "
                "value with a separator that is not in quotation marks.",
                f"Dòng có {len(row)} giá trị trong khi có {width} tiêu đề. Hãy tìm dấu ngăn cách thừa hoặc "
                "thiếu, hoặc "
                "giá trị có dấu ngăn cách mà không đặt trong ngoặc kép.",
                expected=f"{width} values",
                got=f"{len(row)}",
                **table.place_of(at),
            )


def _say_encoding(path: Path, read_as: Encoding) -> Iterator[Finding]:
    if read_as.name in ("utf-8", "utf-8-sig") and read_as.certain:
        return
    before, after = read_as.sample_before.split(), read_as.sample_after.split()
    by_vi, by = by_option("encoding")
    sample = show_word(after[0]) if after else ""
    raw = show_word(before[0]) if before and sample else ""
    yield Finding(
        "encoding_read",
        f"The file was read as {read_as.name}"
        + ("" if read_as.certain else ", which is not certain")
        + (f': "{raw}" as "{sample}"' if sample else "")
        + f". If letters are wrong, declare the encoding by {by}, or save as UTF-8.",
        f"Tệp được đọc theo bảng mã {read_as.name}"
        + ("" if read_as.certain else " (chưa chắc chắn)")
        + (f': "{raw}" thành "{sample}"' if sample else "")
        + f". Nếu chữ sai, hãy khai báo bảng mã bằng {by_vi}, hoặc lưu lại bằng UTF-8.",
        kind="note",
        file=path.name,
        got=read_as.name,
    )


def _say_delimiter(path: Path, delimiter: str) -> Iterator[Finding]:
    if delimiter != ",":
        vi, en = DELIMITERS.get(delimiter, (f'"{delimiter}"', f'"{delimiter}"'))
        by_vi, by = by_option("delimiter")
        yield Finding(
            "delimiter_read",
            f"The columns were read as separated by {en}. If that is wrong, name another by {by}.",
            f"Các cột được đọc theo {vi} ngăn cách. Nếu sai, hãy chỉ rõ bằng {by_vi}.",
            kind="note",
            file=path.name,
            got=en,
        )
