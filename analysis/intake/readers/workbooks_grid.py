"""One sheet of a workbook as its reader fills it -> texts by row and column number, merged ranges filled in.

Rows and columns count from 1, as in the sheet. Only cells that hold something are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from analysis.intake.readers import limits

#: First row, first column, last row, last column, all counted in.
Range = tuple[int, int, int, int]


@dataclass
class Grid:
    """A sheet's cells.

    Attributes
    ----------
    path : Path
    name : str
        As the workbook has it, blanks at the ends and all.
    hidden : bool
    texts, kinds : dict
        Row -> {column: text, or kind as in `analysis.intake.table.KINDS`}.
    merged : list of Range
    hidden_rows : list of int
        Those that hold something.
    hidden_columns : list of (first, last)
    padded : dict
        (row, column) -> the text as shown, of numbers whose format puts zeros in front ("000").
    shows_nothing : list of (row, column)
        Of an .xls: cells with an empty text, such as a formula's result; they are read as empty.
    """

    path: Path
    name: str
    hidden: bool = False
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    kinds: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    padded: dict[tuple[int, int], str] = field(default_factory=dict)
    shows_nothing: list[tuple[int, int]] = field(default_factory=list)
    count: int = 0
    again: int = 0

    def put(self, row: int, column: int, text: str, kind: str) -> None:
        """Keep one cell; an empty one is not kept.

        Raises
        ------
        UnreadableFile
            Beyond `limits.MOST_CELLS`.
        """
        if kind == "empty" or (not text.strip() and kind == "text"):
            return
        texts = self.texts.get(row)
        if texts is None:
            texts = self.texts[row] = {}
            self.kinds[row] = {}
        texts[column] = text
        self.kinds[row][column] = kind
        self.count += 1
        if self.count > limits.MOST_CELLS:
            raise limits.too_many_cells(self.path, limits.MOST_CELLS)

    def refuse_again(self, row: int, column: int) -> None:
        """Stop where a file gives one cell again and again: no program writes so, and it takes for ever.

        Raises
        ------
        UnreadableFile
            At the thousandth such cell.
        """
        if column in self.texts.get(row, ()):
            self.again += 1
            if self.again >= limits.MOST_REPEATED:
                raise limits.damaged(
                    self.path, f"{self.again:,} cells given twice, such as {letter_of(column)}{row}"
                )

    def used_columns(self) -> list[int]:
        return sorted({column for cells in self.texts.values() for column in cells})

    def fill_merged(self, first_row: int, last_row: int) -> list[tuple[Range, int]]:
        """Copy the value of each merged range into its empty cells, between two rows.

        Returns
        -------
        list of (Range, number of cells filled), for the ranges that filled any.
        """
        columns = self.used_columns()
        filled = []
        self._check_merged(last_row, columns)
        for box in sorted(self.merged):
            top, left, bottom, right = box
            text = self.texts.get(top, {}).get(left, "")
            if not text or not columns:
                continue
            done = sum(
                self._fill(row, column, text)
                for row in range(max(top, first_row), min(bottom, last_row) + 1)
                for column in range(left, min(right, columns[-1]) + 1)
            )
            if done:
                filled.append((box, done))
        return filled

    def _check_merged(self, last_row: int, columns: list[int]) -> None:
        """Refuse ranges that overlap to more cells than a workbook may hold; whole ones never do."""
        last = columns[-1] if columns else 0
        area = sum(
            max(min(bottom, last_row) - top + 1, 0) * max(min(right, last) - left + 1, 0)
            for top, left, bottom, right in self.merged
        )
        if area > limits.MOST_CELLS:
            raise limits.too_many_cells(self.path, limits.MOST_CELLS)

    def _fill(self, row: int, column: int, text: str) -> int:
        if column in self.texts.get(row, ()):
            return 0
        self.put(row, column, text, "merged")
        return 1

    def wide_spans(self, row: int) -> list[tuple[int, int]]:
        """First and last column of the merged ranges that start in a row and cover several columns."""
        return self._wide_spans.get(row, [])

    @cached_property
    def _wide_spans(self) -> dict[int, list[tuple[int, int]]]:
        spans: dict[int, list[tuple[int, int]]] = {}
        for top, left, _, right in sorted(self.merged):
            if right > left:
                spans.setdefault(top, []).append((left, right))
        return spans


def range_name(box: Range) -> str:
    """A range as a spreadsheet names it.

    Examples
    --------
    >>> range_name((5, 2, 7, 2)), range_name((1, 1, 1, 5))
    ('B5:B7', 'A1:E1')
    """
    top, left, bottom, right = box
    return f"{letter_of(left)}{top}:{letter_of(right)}{bottom}"


def letter_of(column: int) -> str:
    """Column number -> its letters.

    Examples
    --------
    >>> letter_of(1), letter_of(26), letter_of(27), letter_of(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """Letters of a column -> its number.

    Examples
    --------
    >>> column_of("A"), column_of("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
