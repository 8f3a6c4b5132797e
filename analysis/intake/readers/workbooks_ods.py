"""An .ods workbook -> a `Grid` for each sheet, read as a stream.

Read here because no light library tells merged ranges, hidden rows and formulas of .ods.

Source: OASIS Open Document Format 1.3, part 3, chapters 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from analysis.intake.readers import limits
from analysis.intake.readers.workbooks_grid import Grid
from analysis.intake.readers.workbooks_xml import stream_xml
from analysis.intake.table import text_of

_CELLS = ("table-cell", "covered-table-cell")


def read_ods(path: Path) -> list[Grid]:
    """Every sheet in the workbook's order."""
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        if "META-INF/manifest.xml" in parts and _is_locked(path, archive):
            raise limits.locked(path)
        if "content.xml" not in parts:
            raise limits.damaged(path, "no content.xml")
        reader = _Content(path)
        stream_xml(path, archive, "content.xml", reader.start, reader.end, reader.text)
    return reader.grids


def _is_locked(path: Path, archive: zipfile.ZipFile) -> bool:
    seen: list[str] = []
    stream_xml(path, archive, "META-INF/manifest.xml", lambda name, _: seen.append(name))
    return "encryption-data" in seen


class _Content:
    """Handlers of content.xml; `grids` grows as it streams by."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.grids: list[Grid] = []
        self.styles: set[str] = set()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = self.columns = self.row_times = 0
        self.given: dict[str, str] | None = None
        self.pieces: list[str] = []
        self.paragraphs = self.notes = 0
        self.row_cells: list[tuple[int, int, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()} if attributes else {}
        if name in _CELLS:
            self.given, self.pieces, self.paragraphs = given, [], 0
        elif name == "p" and self.given is not None and not self.notes:
            self.paragraphs += 1
            if self.paragraphs > 1:
                self.pieces.append("\n")
        elif name in ("s", "tab", "line-break"):
            self.text(" " * min(int(given.get("c", 1)), 100))
        elif name == "annotation":
            self.notes += 1
        elif name == "table-row":
            self.row += 1
            self.column, self.row_cells = 0, []
            self.row_times = _times(given, "number-rows-repeated")
            self.row_hidden = given.get("visibility") in ("collapse", "filter")
        elif name == "table-column":
            self._column(given)
        elif name == "table":
            self.row = self.columns = 0
            self.grids.append(
                Grid(self.path, given.get("name", ""), given.get("style-name", "") in self.hidden_styles)
            )
        elif name == "style":
            self.style = given.get("name", "")
        elif name == "table-properties" and given.get("display") == "false":
            self.hidden_styles.add(self.style)

    def text(self, piece: str) -> None:
        if self.given is not None and self.paragraphs and not self.notes:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        if name in _CELLS and self.given is not None:
            self._cell(self.given)
            self.given = None
        elif name == "annotation":
            self.notes -= 1
        elif name == "table-row" and self.grids:
            self._row()

    def _column(self, given: dict[str, str]) -> None:
        times = _times(given, "number-columns-repeated")
        if given.get("visibility") in ("collapse", "filter") and self.grids:
            self.grids[-1].hidden_columns.append((self.columns + 1, self.columns + times))
        self.columns += times

    def _cell(self, given: dict[str, str]) -> None:
        times = _times(given, "number-columns-repeated")
        text, kind = _value(given, "".join(self.pieces))
        if kind != "empty":
            self.row_cells.append((self.column + 1, times, text, kind))
        down, right = _times(given, "number-rows-spanned"), _times(given, "number-columns-spanned")
        if (down > 1 or right > 1) and self.grids:
            left = self.column + 1
            self.grids[-1].merged.append((self.row, left, self.row + down - 1, left + right - 1))
        self.column += times

    def _row(self) -> None:
        """Put the row's cells, as often as row and cells are repeated; empty repeats cost nothing."""
        grid, last = self.grids[-1], self.row + self.row_times - 1
        if self.row_cells:
            # Counted before it is spread out: one line of XML can stand for a whole sheet of cells.
            added = self.row_times * sum(times for _, times, _, _ in self.row_cells)
            if sum(each.count for each in self.grids) + added > limits.MOST_CELLS:
                raise limits.too_many_cells(self.path, limits.MOST_CELLS)
            for row in range(self.row, last + 1):
                for column, times, text, kind in self.row_cells:
                    for at in range(column, column + times):
                        grid.put(row, at, text, kind)
                if self.row_hidden:
                    grid.hidden_rows.append(row)
        self.row = last


def _times(given: dict[str, str], name: str) -> int:
    return max(int(given.get(name, 1)), 1)


def _value(given: dict[str, str], shown: str) -> tuple[str, str]:
    """A cell's text and kind from its attributes and what it shows."""
    kind = given.get("value-type", "")
    formula = "formula" in given
    # LibreOffice marks an error by its own value type; other writers only show it.
    if shown.startswith(("#", "Err:")) and (formula or kind == "error"):
        return shown, "error"
    if kind in ("float", "percentage", "currency") and given.get("value"):
        return text_of(float(given["value"]))
    if kind == "boolean":
        return text_of(given.get("boolean-value") == "true")
    if kind == "date" and given.get("date-value"):
        try:
            return text_of(datetime.fromisoformat(given["date-value"]))
        except ValueError:
            return given["date-value"], "text"
    if shown or kind:
        return shown, "text" if shown else "empty"
    return ("", "formula_empty") if formula else ("", "empty")
