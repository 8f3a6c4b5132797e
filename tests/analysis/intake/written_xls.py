"""Sheets -> a small .xls (BIFF8 in an OLE container), for tests: what Excel 97-2003 writes and a reader needs.

Source: [MS-XLS] 2.4; each record is its number, its length and its content.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

from tests.analysis.intake.ole_container import ole_container

_ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
#: First of a workbook's records when it is locked: RC4 with a salt and the password's hash (of nothing here).
LOCKED = struct.pack("<HHH48s", 1, 1, 1, bytes(48))


@dataclass(frozen=True)
class Formula:
    """A cell with a formula, and what the file holds as its result: a number, "#N/A", or nothing ("")."""

    result: float | str


@dataclass(frozen=True)
class Shown:
    """A number and the format it is shown in."""

    value: float
    format: str


@dataclass(frozen=True)
class Sheet:
    """Rows from row 1, with None for no cell; rows and columns of the other fields count from 1."""

    rows: list
    name: str = "Lớp 1"
    hidden: int = 0
    hidden_rows: tuple = ()
    hidden_columns: tuple = ()
    merged: tuple = ()


def write_xls(path: Path, *sheets: Sheet, since_1904: bool = False, filepass: bytes = b"") -> Path:
    path.write_bytes(ole_container({"Workbook": _stream(sheets, since_1904, filepass)}))
    return path


def _stream(sheets: tuple[Sheet, ...], since_1904: bool, filepass: bytes) -> bytes:
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row]
    formats = list(dict.fromkeys(cell.format for cell in cells if isinstance(cell, Shown)))
    head = _bof(5) + (_record(0x2F, filepass) if filepass else b"")
    head += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", since_1904))
    for place, code in enumerate(formats):
        head += _record(0x41E, struct.pack("<H", 164 + place) + _text(code))
    for key in [0, *(164 + place for place in range(len(formats)))]:
        head += _record(0xE0, struct.pack("<HHHBBBBIiH", 0, key, 0, 0, 0, 0, 0, 0, 0, 0))
    parts = [_sheet(sheet, formats) for sheet in sheets]
    at = len(head) + sum(len(_boundsheet(sheet, 0)) for sheet in sheets) + 4
    for sheet, part in zip(sheets, parts, strict=True):
        head += _boundsheet(sheet, at)
        at += len(part)
    return head + _record(0x0A) + b"".join(parts)


def _sheet(sheet: Sheet, formats: list[str]) -> bytes:
    made = _bof(0x10)
    for column in sheet.hidden_columns:
        made += _record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2560, 0, 1, 0))
    for row in sheet.hidden_rows:
        made += _record(0x208, struct.pack("<HHHHHHI", row - 1, 0, 0, 300, 0, 0, 0x20))
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                made += _cell(row, column, cell, formats)
    if sheet.merged:
        boxes = b"".join(struct.pack("<HHHH", *(edge - 1 for edge in box)) for box in sheet.merged)
        made += _record(0xE5, struct.pack("<H", len(sheet.merged)) + boxes)
    return made + _record(0x0A)


def _cell(row: int, column: int, cell, formats: list[str]) -> bytes:
    style = 1 + formats.index(cell.format) if isinstance(cell, Shown) else 0
    at = struct.pack("<HHH", row, column, style)
    if isinstance(cell, Formula):
        return _record(0x06, at + _result(cell.result) + struct.pack("<HIH", 0, 0, 0))
    if isinstance(cell, bool):
        return _record(0x205, at + bytes([cell, 0]))
    if cell in _ERRORS:
        return _record(0x205, at + bytes([_ERRORS[cell], 1]))
    if isinstance(cell, str):
        return _record(0x204, at + _text(cell))
    return _record(0x203, at + struct.pack("<d", cell.value if isinstance(cell, Shown) else cell))


def _result(result: float | str) -> bytes:
    if isinstance(result, str):
        kind, value = (2, _ERRORS[result]) if result else (3, 0)
        return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])
    return struct.pack("<d", result)


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0xDBB, 0x7CC, 0, 6))


def _boundsheet(sheet: Sheet, at: int) -> bytes:
    name = sheet.name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", at, sheet.hidden, 0, len(name) // 2, 1) + name)


def _text(text: str) -> bytes:
    coded = text.encode("utf-16-le")
    return struct.pack("<HB", len(coded) // 2, 1) + coded


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(content)) + content
