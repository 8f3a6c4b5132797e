"""A .dta of Stata 6 to 12 -> whether it is whole: such a file has no mark at its end.

Its readers take what there is: a file cut in its value labels reads with labels missing and no word of it.
The lengths of all its parts are declared, so the last one must end where the file does.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

#: Formats whose parts are of the widths below: Stata 6 (108), 7 (110, 111), 8 (113), 10 (114), 12 (115).
FORMATS = (108, 110, 111, 113, 114, 115)
_HEADER = 109
_NUMERIC = {251: 1, 252: 2, 253: 4, 254: 4, 255: 8}
_NUMERIC_OLD = {ord("b"): 1, ord("i"): 2, ord("l"): 4, ord("f"): 4, ord("d"): 8}


@dataclass(frozen=True)
class _Widths:
    """Bytes of a name, of a format, of an expansion field's length."""

    name: int
    format: int
    length: str


def is_cut(path: Path) -> bool:
    """Whether a file of an old format ends before, or inside, the parts that it declares.

    Returns
    -------
    bool
        False for a whole one, and for other formats.

    Source
    ------
    Stata's `help dta_115` and `dta_113`: header, descriptors, variable labels, expansion fields, data, value
    labels, nothing more.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(_HEADER)
        if not start or start[0] not in FORMATS or start[1:2] not in (b"", b"\1", b"\2"):
            return False
        if len(start) < _HEADER:
            return True
        try:
            return not _ends_whole(file, start, size)
        except struct.error:  # a length is cut itself
            return True


def _ends_whole(file: BufferedReader, start: bytes, size: int) -> bool:
    release, order = start[0], ">" if start[1] == 1 else "<"
    variables, rows = struct.unpack(f"{order}HI", start[4:10])
    widths = _widths(release)
    types = file.read(variables)
    row = sum(_width(each, release) for each in types)
    rest = variables * (widths.name + widths.format + widths.name + 81) + 2 * (variables + 1)
    file.seek(rest, os.SEEK_CUR)
    if not _skip_expansion(file, order + widths.length):
        return False
    file.seek(rows * row, os.SEEK_CUR)
    if file.tell() > size:
        return False
    while file.tell() < size:
        (length,) = struct.unpack(f"{order}i", file.read(4))
        file.seek(widths.name + 3 + length, os.SEEK_CUR)
    return file.tell() == size


def _widths(release: int) -> _Widths:
    name = 9 if release <= 108 else 33
    return _Widths(name, 49 if release > 113 else 12, "h" if release <= 108 else "i")


def _width(kind: int, release: int) -> int:
    if release <= 110:
        return _NUMERIC_OLD.get(kind, kind - 127)
    return _NUMERIC.get(kind, kind)


def _skip_expansion(file: BufferedReader, number: str) -> bool:
    """Pass over the expansion fields; False where the file ends among them."""
    while True:
        head = file.read(1 + struct.calcsize(number))
        kind, length = struct.unpack(f"{number[0]}b{number[1:]}", head)
        if kind == 0:
            return True
        if length < 0:
            return False
        file.seek(length, os.SEEK_CUR)
