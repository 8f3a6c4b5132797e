"""A sheet's grid -> which row or two rows hold the headings, and the heading of each column.

Rules, not guesses: the headings are the first row, among the first `LOOKED_AT` that hold anything, in which
most columns of the table are filled and most of what fills them is text. `header_row=` overrides them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil
from statistics import median

from analysis.intake.letters.text import clean_text
from analysis.intake.readers.workbooks_grid import Grid

#: Rows with something in them among which the headings are looked for.
LOOKED_AT = 40
#: Share of the table's columns that a heading row fills, and share of text among what fills it.
FILLED = 0.6
TEXT = 0.5
#: Rows whose width says how wide the table is.
_MEASURED = 400
_FIGURES = re.compile(r"[\s\d.,:/%+-]*\d[\s\d.,:/%+-]*")


@dataclass(frozen=True)
class Header:
    """The rows of headings.

    Attributes
    ----------
    first, last : int
        Sheet rows, counted in; `first` holds the group headings where there are two.
    names : dict
        Column number -> heading as written, "" where blank.
    found : bool
        False where no row met the rule and the first row that holds anything was taken.
    """

    first: int
    last: int
    names: dict[int, str]
    found: bool = True


def find_header(grid: Grid, header_row: int = 0) -> Header:
    """Find the headings.

    Parameters
    ----------
    grid : Grid
        Before merged ranges are filled.
    header_row : int, optional
        The row to take (the last one of two); 0 to look for it.
    """
    rows = sorted(grid.texts)
    row, found = (header_row, True) if header_row else _look(grid, rows)
    above, below = _group_above(grid, row), 0 if header_row else _group_below(grid, row)
    if below:
        return Header(row, below, _joined(grid, row, below), found)
    if above:
        return Header(above, row, _joined(grid, above, row), found)
    return Header(row, row, {column: clean_text(text) for column, text in _spread(grid, row).items()}, found)


def _look(grid: Grid, rows: list[int]) -> tuple[int, bool]:
    width = _width(grid, rows)
    needed = max(ceil(FILLED * width), min(width, 3))
    for row in rows[:LOOKED_AT]:
        cells = grid.texts[row]
        spanned = sum(right - left for left, right in grid.wide_spans(row) if right - left + 1 < width)
        texts = [column for column in cells if _is_words(grid, row, column)]
        if len(cells) + spanned >= needed and len(texts) >= max(1, TEXT * len(cells)):
            return row, True
    return rows[0], False


def _width(grid: Grid, rows: list[int]) -> int:
    """How many columns a usual row fills, or the columns that are often filled where that is more."""
    measured = rows[:_MEASURED]
    usual = median(len(grid.texts[row]) for row in measured)
    counts: dict[int, int] = {}
    for row in measured:
        for column in grid.texts[row]:
            counts[column] = counts.get(column, 0) + 1
    often = sum(count >= 0.3 * len(measured) for count in counts.values())
    return max(int(usual), often, 1)


def _is_words(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell holds words: text that is no number or date written as text."""
    return grid.kinds[row].get(column) == "text" and not _FIGURES.fullmatch(grid.texts[row][column])


def _group_below(grid: Grid, row: int) -> int:
    """The row after `row` where it holds the headings under the group headings of `row`, else 0."""
    below = row + 1
    cells = grid.texts.get(below)
    if not cells or not all(_is_words(grid, below, column) for column in cells):
        return 0
    top = grid.texts[row]
    merged_over = {c for left, right in grid.wide_spans(row) for c in range(left, right + 1)}
    if merged_over:
        return below if set(cells) <= merged_over and len(cells) > 1 else 0
    # Without merged ranges: a group heading stands over its first column only, the others are blank above.
    groups = {column for column in cells if column in top}
    blank_above = set(cells) - groups
    follows = all(column - 1 in cells for column in blank_above)
    fits = blank_above and len(groups) < len(top) and 1 <= len(groups) <= len(blank_above) and follows
    return below if fits else 0


def _group_above(grid: Grid, row: int) -> int:
    """The row before `row` where it holds nothing but group headings merged over some columns, else 0."""
    above = row - 1
    cells = grid.texts.get(above)
    if not cells or row not in grid.texts:
        return 0
    spans = dict(grid.wide_spans(above))
    columns = grid.used_columns()
    within = all(
        column in spans and column > columns[0] and spans[column] - column + 1 < len(columns) - 1
        for column in cells
    )
    # A heading over many columns that starts late is a letterhead ("CỘNG HÒA XÃ HỘI …"), which is long.
    short = all(len(text) <= 40 and "\n" not in text for text in cells.values())
    return above if within and short else 0


def _spread(grid: Grid, row: int) -> dict[int, str]:
    """The texts of a row, each merged one over all its columns."""
    texts = dict(grid.texts.get(row, {}))
    for left, right in grid.wide_spans(row):
        for column in range(left + 1, right + 1):
            texts.setdefault(column, texts.get(left, ""))
    return texts


def _joined(grid: Grid, first: int, last: int) -> dict[int, str]:
    """ "group / heading" of each column, the one there is where only one stands."""
    groups, names = _spread(grid, first), grid.texts.get(last, {})
    merged = any(True for _ in grid.wide_spans(first))
    joined, group = {}, ""
    for column in range(min([*groups, *names]), max([*groups, *names]) + 1):
        own = clean_text(groups.get(column, ""))
        group = own or ("" if merged or column not in names else group)
        parts = [part for part in (group, clean_text(names.get(column, ""))) if part]
        joined[column] = " / ".join(dict.fromkeys(parts))
    return joined
