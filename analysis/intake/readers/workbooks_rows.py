"""The rows under the headings -> notes on those that may be no data: blank, totals, sections, signatures.

They stay in the table: only the person who knows the list, or its schema, can say that a row is no data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.letters.text import clean_text
from analysis.intake.readers.workbooks_grid import Grid
from analysis.intake.readers.workbooks_header import Header
from analysis.intake.row_ranges import as_ranges

#: With accents, or wholly without; "cong" alone may be the name Công.
_TOTAL = re.compile(
    r"(?:tổng|cộng|total|sum|trung bình|bình quân|average|mean|tong|trung binh|binh quan)\W*"
    r"|(?:tổng cộng|tổng số|tong cong|tong so|grand total)\b.*"
)
#: A row at the end that fills at most this share of a usual row is a signature or a date, not data.
FOOTER = 1 / 3

#: Code -> what such rows are and what to do, Vietnamese and English.
_SAY = {
    "total_row": (
        "dòng tổng cộng hoặc trung bình", "Hãy xóa dòng đó khỏi danh sách, nếu không nó bị tính như một "
        "người",
        "look like totals or averages", "Delete them, or each counts as a person",
    ),
    "section_row": (
        "dòng tiêu đề nhóm trộn ngang bảng", "Hãy chuyển tên nhóm thành một cột",
        "are section headings merged across the table", "Turn the section's name into a column",
    ),
    "repeated_headings": (
        "dòng lặp lại tiêu đề cột", "Hãy xóa các dòng đó", "repeat the headings", "Delete them",
    ),
    "footer_row": (
        "dòng cuối trang giống chữ ký, ngày lập hoặc ghi chú", "Hãy xóa nếu không phải số liệu",
        "at the end look like signatures, dates or remarks", "Delete them if they are no data",
    ),
    "blank_rows": (
        "dòng trống giữa bảng", "Không cần làm gì", "inside the table are blank", "Nothing to do",
    ),
}  # fmt: skip


def say_rows(grid: Grid, header: Header, rows: list[int]) -> Iterator[Finding]:
    """Notes on rows, each kind once with its row numbers.

    Parameters
    ----------
    grid : Grid
        Before its merged ranges are filled.
    header : Header
    rows : list of int
        The rows under the headings that hold anything, in order.
    """
    if not rows:
        return
    usual = median(len(grid.texts[row]) for row in rows)
    totals = [row for row in rows if _sums_up(grid, row, narrow=len(grid.texts[row]) < usual)]
    sections = [row for row in rows if _is_section(grid, row)]
    again = [row for row in rows if _is_heading(grid, header, row)]
    merged_down = _merged_down(grid, rows[-1])
    gaps = blank_between(sorted({*rows, *(row for row in merged_down if row > rows[0])}))
    footers = _footers(grid, rows, usual, {*totals, *again}, merged_down)
    sections = [row for row in sections if row not in footers and row not in totals]
    found = {
        "total_row": totals, "section_row": sections, "repeated_headings": again, "footer_row": footers,
    }  # fmt: skip
    for code, where in found.items():
        if where:
            yield say_rows_of(code, where, grid.path.name, grid.name)
    if gaps:
        yield say_blank(gaps, grid.path.name, grid.name)


def blank_between(rows: list[int]) -> list[tuple[int, int]]:
    """First and last row of each gap between rows; a million blank rows are one pair.

    Examples
    --------
    >>> blank_between([3, 4, 7, 9])
    [(5, 6), (8, 8)]
    """
    return [(before + 1, after - 1) for before, after in pairwise(rows) if after > before + 1]


def _merged_down(grid: Grid, last_row: int) -> set[int]:
    """Rows that a range merged over several rows covers: they are not blank, or not the table's end."""
    found: set[int] = set()
    end = 0
    for top, _, bottom, _ in sorted(grid.merged):
        if bottom > top and min(bottom, last_row) > end:
            found.update(range(max(top, end), min(bottom, last_row) + 1))
            end = min(bottom, last_row)
    return found


def is_total(text: str) -> bool:
    """Whether a row's first text says that it sums up others.

    Examples
    --------
    >>> is_total("Tổng cộng:"), is_total("Trung bình"), is_total("Tống Văn An")
    (True, True, False)
    """
    return 0 < len(text) <= 60 and bool(_TOTAL.fullmatch(clean_text(text).casefold()))


def _sums_up(grid: Grid, row: int, narrow: bool) -> bool:
    """Whether the first text says "total"; after a number only in a narrow row, else it is an answer."""
    kinds = grid.kinds[row]
    column = min((column for column, kind in kinds.items() if kind == "text"), default=0)
    return bool(column) and is_total(grid.texts[row][column]) and (narrow or column == min(kinds))


def _is_section(grid: Grid, row: int) -> bool:
    if len(grid.texts[row]) != 1:
        return False
    width = len(grid.used_columns()) if grid.merged else 0
    return any(right - left + 1 > width / 2 for left, right in grid.wide_spans(row))


def _is_heading(grid: Grid, header: Header, row: int) -> bool:
    names = {column: name for column, name in header.names.items() if name}
    cells = grid.texts[row]
    return len(cells) > 1 and all(clean_text(text) == names.get(column) for column, text in cells.items())


def _footers(
    grid: Grid, rows: list[int], usual: float, skipped: set[int], merged_down: set[int]
) -> list[int]:
    """Narrow rows after the last full one."""
    found: list[int] = []
    for row in reversed(rows):
        if row in skipped:
            continue
        # Cells left blank by a merged range above are filled later, so such a row is no footer.
        if row in merged_down or usual < 3 or len(grid.texts[row]) > usual * FOOTER:
            break
        found.append(row)
    return [] if len(found) == len(rows) else sorted(found)


def say_rows_of(code: str, rows: Sequence[int], file: str, sheet: str = "") -> Finding:
    """One kind of row that may be no data, with the numbers of its rows.

    Parameters
    ----------
    code : {"total_row", "section_row", "repeated_headings", "footer_row"}
    rows : sequence of int
        Rows of the sheet or lines of the file.
    """
    ranges = as_ranges(rows)
    return _say(code, len(rows), ranges.split(", "), rows[0], file, sheet, ranges)


def say_blank(gaps: Sequence[tuple[int, int]], file: str, sheet: str = "") -> Finding:
    """Blank rows inside a table, by the first and last of each gap."""
    count = sum(last - first + 1 for first, last in gaps)
    listed = [str(first) if first == last else f"{first}-{last}" for first, last in gaps]
    return _say("blank_rows", count, listed, gaps[0][0], file, sheet)


def _say(
    code: str, count: int, listed: list[str], first: int, file: str, sheet: str, rows: str = ""
) -> Finding:
    vi, mend_vi, en, mend_en = _SAY[code]
    return Finding(
        code,
        f"{count} rows {en}: {shown(listed)}. {mend_en}.",
        f"Có {count} {vi}: {shown(listed)}. {mend_vi}.",
        kind="note",
        file=file,
        sheet=sheet,
        row=first,
        got=shown(listed),
        rows=rows,
    )
