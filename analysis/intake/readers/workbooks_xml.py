"""One XML part of a workbook -> calls of handlers while it streams by; nothing is built in memory.

Document types and so entities are refused: no workbook has them, and "billion laughs" and files read from
elsewhere need them. Names come without their namespace prefix, as programs differ in it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.parsers import expat

from analysis.intake.readers.limits import unreadable

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class _LocalNames(dict):
    """A name as written -> the same without its prefix; a lookup is quicker than a call, a million times."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(":")[2]
        return self[name]


def stream_xml(
    path: Path,
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
) -> None:
    """Read one part, handing each element on.

    Parameters
    ----------
    path : Path
        The workbook, for messages.
    archive : ZipFile
    part : str
        Its name inside the archive.
    start, end, text : callable
        Given the element's name and attributes (prefixes removed from both), its name, its characters.

    Raises
    ------
    UnreadableFile
        When the part is not whole XML or declares a document type.
    """
    names = _LocalNames()

    def refuse(*_: object) -> None:
        raise unreadable(path, "it declares its own XML entities", "plain XML", f"a document type in {part}")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: start(names[name], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(names[name])
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as file:
        parser.ParseFile(file)
