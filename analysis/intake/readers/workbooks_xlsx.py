"""An .xlsx or .xlsm workbook -> a `Grid` for each sheet, read as a stream.

openpyxl gives a formula or its stored result, never both, and merged ranges only with the whole workbook in
memory; so the sheets are read here and openpyxl says which number formats are dates. Macros, links to other
files and drawings are never opened.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from analysis.intake.readers.limits import MOST_CELLS, damaged, too_many_cells
from analysis.intake.readers.workbooks_formats import meaning_of, padded_text, read_number
from analysis.intake.readers.workbooks_grid import Grid, Range, column_of
from analysis.intake.readers.workbooks_xml import stream_xml
from analysis.intake.table import text_of

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(path: Path) -> list[Grid]:
    """Every worksheet in the workbook's order; chart sheets have no cells and are left aside."""
    with zipfile.ZipFile(path) as archive:
        sheets, epoch = _sheets(path, archive)
        texts = _shared_texts(path, archive)
        formats = _formats(path, archive)
        grids = []
        for name, part, hidden in sheets:
            reader = _Sheet(Grid(path, name, hidden), texts, formats, epoch)
            stream_xml(path, archive, part, reader.start, reader.end, reader.text)
            grids.append(reader.grid)
            if sum(grid.count for grid in grids) > MOST_CELLS:
                raise too_many_cells(path, MOST_CELLS)
    return grids


def _sheets(path: Path, archive: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], datetime]:
    """Name, part and whether hidden of each worksheet; the day from which dates count."""
    parts = set(archive.namelist())
    workbook = next(
        (part for part in _targets(path, archive, "").values() if part in parts), "xl/workbook.xml"
    )
    if workbook not in parts:
        raise damaged(path, "no workbook inside")
    targets = _targets(path, archive, workbook)
    sheets, epoch = [], [WINDOWS_EPOCH]

    def start(name: str, given: dict[str, str]) -> None:
        if name == "workbookPr" and given.get("date1904") in ("1", "true"):
            epoch[0] = MAC_EPOCH
        if name == "sheet":
            link = next((value for key, value in given.items() if key.endswith(":id")), "")
            if targets.get(link) in parts:
                sheets.append(
                    (given.get("name", ""), targets[link], given.get("state", "visible") != "visible")
                )

    stream_xml(path, archive, workbook, start)
    return sheets, epoch[0]


def _targets(path: Path, archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Relation id -> part, of the workbook or worksheets that `part` points to inside the file."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, str] = {}
    wanted = ("/worksheet", "/officeDocument")

    def start(tag: str, given: dict[str, str]) -> None:
        inside = given.get("TargetMode") != "External" and given.get("Type", "").endswith(wanted)
        if tag == "Relationship" and inside:
            found[given.get("Id", "")] = posixpath.normpath(
                posixpath.join("/", folder, given.get("Target", ""))
            )[1:]

    if relations in archive.namelist():
        stream_xml(path, archive, relations, start)
    return found


def _shared_texts(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """The table of texts that cells point into; runs of rich text joined, reading aids left out."""
    texts: list[str] = []
    pieces: list[str] = []
    state = {"aid": False, "in": False}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "rPh":
            state["aid"] = True
        state["in"] = name == "t" and not state["aid"]

    def end(name: str) -> None:
        state["in"] = False
        if name == "rPh":
            state["aid"] = False
        if name == "si":
            texts.append(_unescape("".join(pieces)))
            pieces.clear()

    def text(piece: str) -> None:
        if state["in"]:
            pieces.append(piece)

    part = next((name for name in archive.namelist() if name.lower() == "xl/sharedstrings.xml"), "")
    if part:
        stream_xml(path, archive, part, start, end, text)
    return texts


def _unescape(text: str) -> str:
    """Excel writes characters that XML cannot hold as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """What each cell style makes of a number, as `meaning_of` says it."""
    own: dict[str, str] = {}
    styles: list[str] = []
    inside = [False]

    def start(name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            styles.append(given.get("numFmtId", "0"))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    part = next((name for name in archive.namelist() if name.lower() == "xl/styles.xml"), "")
    if part:
        stream_xml(path, archive, part, start, end)
    codes = [own.get(style) or BUILTIN_FORMATS.get(int(style), "") for style in styles]
    return [meaning_of(code) for code in codes]


class _Sheet:
    """Handlers of one sheet's XML; `grid` fills as it streams by."""

    def __init__(self, grid: Grid, texts: list[str], formats: list[str], epoch: datetime) -> None:
        self.grid, self.texts, self.formats, self.epoch = grid, texts, formats, epoch
        self.row = self.column = 0
        self.type = self.style = ""
        self.value: list[str] = []
        self.taking = self.has_formula = self.has_value = self.in_cell = self.aid = False

    def start(self, name: str, given: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(given)
        elif name in ("v", "t"):
            self.taking = self.in_cell and not self.aid
            self.has_value = self.has_value or self.in_cell
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.row, self.column = int(float(given.get("r", self.row + 1))), 0
            if given.get("hidden") in ("1", "true"):
                self.grid.hidden_rows.append(self.row)
        elif name == "rPh":
            self.aid = True
        elif name == "mergeCell":
            self._merge(given.get("ref", ""))
        elif name == "col" and given.get("hidden") in ("1", "true"):
            self.grid.hidden_columns.append((int(given["min"]), int(given["max"])))

    def _start_cell(self, given: dict[str, str]) -> None:
        found = _CELL.fullmatch(given.get("r", ""))
        self.column = column_of(found[1]) if found else self.column + 1
        self.type, self.style = given.get("t", "n"), given.get("s", "")
        self.value, self.in_cell = [], True
        self.has_formula = self.has_value = False

    def _merge(self, ref: str) -> None:
        found = _CELL.findall(ref)
        if len(found) == 2:
            (left, top), (right, bottom) = found
            box: Range = (int(top), column_of(left), int(bottom), column_of(right))
            self.grid.merged.append(box)

    def text(self, piece: str) -> None:
        if self.taking:
            self.value.append(piece)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.taking = False
        elif name == "rPh":
            self.aid = False
        elif name == "c":
            self.in_cell = False
            if self.has_value or self.has_formula:
                self._put("".join(self.value))

    def _put(self, value: str) -> None:
        if not value:
            # A formula whose result is "" is stored as text; without a type no result was ever stored.
            if self.has_formula and self.type != "str":
                self.grid.put(self.row, self.column, "", "formula_empty")
            return
        text, kind = self._read(value)
        self.grid.refuse_again(self.row, self.column)
        self.grid.put(self.row, self.column, text, kind)

    def _read(self, value: str) -> tuple[str, str]:
        if self.type == "s":
            return self.texts[int(value)], "text"
        if self.type in ("inlineStr", "str"):
            return _unescape(value), "text"
        if self.type == "e":
            return value, "error"
        if self.type == "b":
            return text_of(value.strip() in ("1", "true"))
        if self.type == "d":
            return text_of(datetime.fromisoformat(value.replace("Z", "")))
        return self._number(float(value))

    def _number(self, value: float) -> tuple[str, str]:
        meaning = self.formats[int(self.style)] if self.style and int(self.style) < len(self.formats) else ""
        shown = padded_text(value, meaning)
        if shown:
            self.grid.padded[(self.row, self.column)] = shown
        return read_number(value, meaning, self.epoch)
