"""data/training/sheets.csv + a table's headings -> which kinds of sheet it is.

A sheet is known by its headings, not by its name: one list may hold participants, marks and certificates at
once and is then read as each of them. A sheet that has a kind's name without its headings is told what lacks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis import paths
from analysis.intake.letters.text import fold_key
from analysis.intake.schemas.headings import match_headings
from analysis.intake.schemas.schema import Schema, read_schema
from analysis.intake.schemas.schema_rows import heading_key, parts
from analysis.intake.table import RawTable
from analysis.places import fold
from analysis.rows import read_rows

COLUMNS = (
    "kind", "schema", "sheet_vi", "sheet_en", "needs", "any_of", "without", "prefixes", "index", "value",
    "heads", "source",
)  # fmt: skip
#: "items" and "indicators" -> their codes.
Codes = Mapping[str, Collection[str]]
#: In `any_of`: a column that is repeated, such as "Buổi 1", "Buổi 2".
REPEATED = "*"
#: Sheets of the template that hold no records, folded; they are passed over in silence.
NO_RECORDS = frozenset({"huong dan", "guide", "vi du", "example", "danh muc", "lists"})


@dataclass(frozen=True)
class Kind:
    """One kind of sheet.

    Attributes
    ----------
    name : str
        Such as "attendance".
    schema : Schema
    sheet_vi, sheet_en : str
        Its name in the template.
    needs, any_of, without : tuple of str
        Declared columns that must all be there; of which one must be there; that must not be there.
    prefixes : tuple of str
        What stands before the number of a repeated column.
    index, value : str
        The declared columns that a repeated column stands for: which one it is, and what its cells hold.
    heads : str
        Whose codes may head a repeated column: "items", "indicators", or "".
    """

    name: str
    schema: Schema
    sheet_vi: str
    sheet_en: str
    needs: tuple[str, ...]
    any_of: tuple[str, ...]
    without: tuple[str, ...]
    prefixes: tuple[str, ...]
    index: str
    value: str
    heads: str

    def sheet(self, language: str) -> str:
        return self.sheet_vi if language == "vi" else self.sheet_en


def read_kinds() -> tuple[Kind, ...]:
    """The kinds of sheets, in the order in which the template has them."""
    return _read(paths.rows_file("training", "sheets.csv"), tuple(paths.data_folders()))


@cache
def _read(path: Path, folders: tuple[Path, ...]) -> tuple[Kind, ...]:
    return tuple(
        Kind(
            name=row["kind"],
            schema=read_schema(row["schema"]),
            sheet_vi=row["sheet_vi"],
            sheet_en=row["sheet_en"],
            needs=tuple(row["needs"].split()),
            any_of=tuple(row["any_of"].split()),
            without=tuple(row["without"].split()),
            prefixes=parts(row["prefixes"]),
            index=row["index"],
            value=row["value"],
            heads=row["heads"],
        )
        for row in read_rows(path, COLUMNS).to_dict("records")
    )


def kind_named(name: str) -> Kind:
    """The kind of this name; KeyError where there is none."""
    return {kind.name: kind for kind in read_kinds()}[name]


def kinds_of(raw: RawTable, codes: Codes) -> list[Kind]:
    """Which kinds of sheet a table is.

    Parameters
    ----------
    raw : RawTable
    codes : mapping of str to collection of str
        Codes that may head a repeated column: of "items", of "indicators".

    Returns
    -------
    list of Kind
        The one whose schema's name it bears, as a database's table does; else by its headings; where these
        fit none, the kind whose name the sheet bears; else none.
    """
    if is_passed_over(raw):
        return []
    kinds = read_kinds()
    of_database = [kind for kind in kinds if raw.sheet == kind.schema.name]
    if of_database:
        return of_database
    own = {kind.name: set(match_headings(raw, kind.schema)[0]) for kind in kinds}
    of_any = set().union(*own.values())  # a column that tells a kind off is of another kind's schema
    return [kind for kind in kinds if _fits(raw, kind, codes, own[kind.name], of_any)] or [
        kind for kind in kinds if fold(raw.sheet) in (fold(kind.sheet_vi), fold(kind.sheet_en))
    ]


def is_passed_over(raw: RawTable) -> bool:
    """Whether a sheet is one of the template's own that holds no records."""
    return fold(raw.sheet) in NO_RECORDS


def _fits(raw: RawTable, kind: Kind, codes: Codes, there: set[str], of_any: set[str]) -> bool:
    if not set(kind.needs) <= there or set(kind.without) & of_any:
        return False
    if not kind.any_of or set(kind.any_of) & there:
        return True
    return REPEATED in kind.any_of and bool(repeated_columns(raw, kind, codes))


def repeated_columns(raw: RawTable, kind: Kind, codes: Codes) -> dict[str, str]:
    """Heading -> what a repeated column is about: its number ("1"), or the code that heads it.

    Parameters
    ----------
    raw : RawTable
    kind : Kind
    codes : mapping of str to collection of str
        A heading is a code alone, or begins with one: "CT1.1. Mục tiêu rõ ràng".
    """
    if not kind.value:
        return {}
    taken = set(match_headings(raw, kind.schema)[0].values())
    numbered = re.compile(rf"(?:{'|'.join(map(re.escape, map(fold, kind.prefixes)))})\W{{0,2}}(\d{{1,3}})")
    known = {fold_key(code): code for code in codes.get(kind.heads, ())}
    found = {}
    for heading in raw.columns:
        if heading in taken:
            continue
        number = numbered.fullmatch(fold(heading_key(heading))) if kind.prefixes else None
        code = known.get(fold_key(heading)) or known.get(
            fold_key(re.split(r"[.:)]?\s", heading, maxsplit=1)[0])
        )
        if number:
            found[heading] = str(int(number[1]))
        elif code:
            found[heading] = code
    return found
