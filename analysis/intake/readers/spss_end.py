"""A .sav that does not say how many rows it has -> whether its last row is whole, as far as that can be told.

SPSS writes -1 for the number of rows where it wrote them as they came. Readers then take what there is.
"""

from __future__ import annotations

import os
import struct
from io import BufferedReader
from pathlib import Path

_HEADER = 176
#: Codes of the packed form: the end of the rows, and "eight bytes follow".
_END, _FOLLOWS = 252, 253


def end_of_rows(path: Path) -> str:
    """What the end of a file without a count of its rows tells.

    Returns
    -------
    str
        "counted": the file says how many rows it has, and its reader compares; "whole": packed rows end with
        their mark; "cut": they do not, or the last row is not whole; "unsure": rows that are not packed end
        after a whole one, where a cut between two rows would leave no trace.

    Source
    ------
    PSPP, "System File Format": file header, dictionary records, data record and its compression codes.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER)
        if len(start) < _HEADER or not start.startswith(b"$FL2"):
            return "counted"
        order = _order(start)
        packed, rows = struct.unpack(f"{order}i4xi", start[72:84])
        if rows >= 0:
            return "counted"
        try:
            places = _pass_dictionary(file, order)
        except (struct.error, IndexError):  # a length is cut itself
            return "cut"
        if packed:
            return "whole" if _has_end(file) else "cut"
        return "cut" if (path.stat().st_size - file.tell()) % max(places * 8, 1) else "unsure"


def _order(start: bytes) -> str:
    return "<" if struct.unpack("<i", start[64:68])[0] in (2, 3) else ">"


def _pass_dictionary(file: BufferedReader, order: str) -> int:
    """Read up to the rows; the number of eight-byte places of a row."""
    places = 0
    while True:
        kind = _int(file, order)
        if kind == 2:
            places += 1
            _pass_variable(file, order)
        elif kind == 3:
            for _ in range(_int(file, order)):
                file.seek(8, os.SEEK_CUR)
                length = file.read(1)[0]
                file.seek(-(-(length + 1) // 8) * 8 - 1, os.SEEK_CUR)
        elif kind == 4:
            file.seek(4 * _int(file, order), os.SEEK_CUR)
        elif kind == 6:
            file.seek(80 * _int(file, order), os.SEEK_CUR)
        elif kind == 7:
            _int(file, order)
            size, count = _int(file, order), _int(file, order)
            file.seek(size * count, os.SEEK_CUR)
        else:  # 999, the end of the dictionary, and its filler
            _int(file, order)
            return places


def _pass_variable(file: BufferedReader, order: str) -> None:
    _, has_label, missing = (_int(file, order) for _ in range(3))
    file.seek(16, os.SEEK_CUR)
    if has_label:
        file.seek(-(-_int(file, order) // 4) * 4, os.SEEK_CUR)
    file.seek(8 * abs(missing), os.SEEK_CUR)


def _int(file: BufferedReader, order: str) -> int:
    return struct.unpack(f"{order}i", file.read(4))[0]


def _has_end(file: BufferedReader) -> bool:
    """Whether packed rows come to their mark of the end."""
    data = file.read()
    at, size = 0, len(data)
    while at + 8 <= size:
        codes = data[at : at + 8]
        if _END in codes:
            return True
        at += 8 + 8 * codes.count(_FOLLOWS)
    return False
