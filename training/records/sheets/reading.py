"""Workbooks, lists, database tables -> typed sheets of declared kinds, and findings on the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from analysis.errors import WorkbenchError, shown
from analysis.findings import Finding, finding_of, findings_table, join_findings
from analysis.intake.persons.personal_columns import personal_columns
from analysis.intake.reading import read_tables
from analysis.intake.schemas.schema import Schema
from analysis.intake.schemas.typed import Typed, type_table
from analysis.intake.table import RawTable
from analysis.personal import shown_name
from analysis.places import Places, fold, read_places
from training.records.sheets.kinds import (
    NO_RECORDS,
    Codes,
    Kind,
    is_passed_over,
    kinds_of,
    read_kinds,
    repeated_columns,
)
from training.records.sheets.nameless import say_nameless
from training.records.sheets.repeated import with_repeated

#: Columns that say who somebody is: kept in memory until the hash is made, see `linking.persons`.
IDENTITY = ("participant", "official_code", "full_name", "birth_date", "number")


#: A column of dates that are all day cells of the spreadsheet: nothing was read in one of several ways.
_DAYS_ALONE = r"was read as: \d+ × date cells\."


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet read as one kind.

    Attributes
    ----------
    kind : Kind
    raw : RawTable
    typed : Typed
        The columns of `IDENTITY` are still values here.
    repeated : dict
        Derived name of a repeated column -> number or code.
    """

    kind: Kind
    raw: RawTable
    typed: Typed
    repeated: dict[str, str]


@dataclass(frozen=True, eq=False)
class SheetsRead:
    """All sheets of some files.

    Attributes
    ----------
    sheets : tuple of Sheet
    findings : DataFrame
    tables : tuple of RawTable
        Every table that was read, for a report that colours cells.
    hidden : tuple of str
        Headings whose values no report may show.
    """

    sheets: tuple[Sheet, ...]
    findings: pd.DataFrame
    tables: tuple[RawTable, ...]
    hidden: tuple[str, ...]

    def of(self, kind: str) -> list[Sheet]:
        """The sheets of one kind, in the order read."""
        return [sheet for sheet in self.sheets if sheet.kind.name == kind]


def read_files(files: Iterable[Path | str], codes: Codes, **how: object) -> SheetsRead:
    """Read every sheet of every file.

    Parameters
    ----------
    files : iterable of Path or str
    codes : mapping of str to collection of str
        Codes of items and indicators, which may head columns.
    **how
        See `analysis.intake.reading.read_tables`: sheet, header_row, encoding, legacy, delimiter.

    Returns
    -------
    SheetsRead
        A file that cannot be read is one finding of kind stop.
    """
    tables, found = [], []
    for file in files:
        try:
            read, said = read_tables(file, **how)
        except WorkbenchError as fault:
            found.append(findings_table([replace(finding_of(fault), file=Path(file).name)]))
            continue
        tables += [table for table in read if not is_passed_over(table)]
        found.append(_about_records(said))
    return type_tables(tables, codes, join_findings(found))


def type_tables(tables: Sequence[RawTable], codes: Codes, found: pd.DataFrame) -> SheetsRead:
    """Type tables as every kind of sheet that they are."""
    places, sheets, parts, hidden = read_places(), [], [found], []
    for raw in tables:
        kinds = kinds_of(raw, codes)
        own = [_read_as(raw, kind, codes, places) for kind in kinds]
        sheets += own
        hidden += personal_columns(raw)
        parts.append(findings_table(_say_unread(raw, own)))
        for sheet in own:
            parts.append(_without_reading_notes(sheet.typed.findings))
            hidden += [h for h in sheet.typed.hidden if not any(h in s.typed.columns.values() for s in own)]
            hidden += _declared_personal(sheet)
        if not own:
            hidden += raw.columns
    return SheetsRead(tuple(sheets), join_findings(parts), tuple(tables), tuple(dict.fromkeys(hidden)))


def _read_as(raw: RawTable, kind: Kind, codes: Codes, places: Places) -> Sheet:
    schema, repeated = with_repeated(kind, repeated_columns(raw, kind, codes))
    typed = type_table(raw, _keeping_identity(schema), places=places, key_of=_as_it_is)
    return Sheet(kind, raw, say_nameless(raw, kind, typed), repeated)


def _keeping_identity(schema: Schema) -> Schema:
    """The schema with the columns that say who somebody is kept, in memory, until they are hashed."""
    columns = [
        replace(column, keep="yes") if column.name in IDENTITY and column.personal else column
        for column in schema.columns
    ]
    return Schema(schema.name, tuple(columns))


def _as_it_is(value: str) -> str:
    return value


def _declared_personal(sheet: Sheet) -> list[str]:
    personal = {column.name for column in sheet.kind.schema.columns if column.personal}
    return [heading for name, heading in sheet.typed.columns.items() if name in personal]


def _about_records(found: pd.DataFrame) -> pd.DataFrame:
    """What the reader said of sheets that may hold records, without what is no news of a template.

    Its own sheets are passed over, others may be empty, and so may columns: what is needed of them is asked
    for by the schemas and by the measures.
    """
    own = {fold(name) for kind in read_kinds() for name in (kind.sheet_vi, kind.sheet_en)}
    passed = found["sheet"].map(lambda sheet: fold(sheet) in NO_RECORDS)
    known = found["code"].eq("sheets_without_rows") & found["got"].map(
        lambda names: all(fold(name) in own | NO_RECORDS for name in re.findall(r'"([^"]*)"', names))
    )
    silent = found["code"].isin(("sheets_read", "empty_column"))
    return found[~passed & ~known & ~silent].reset_index(drop=True)


def _without_reading_notes(found: pd.DataFrame) -> pd.DataFrame:
    """Without what is said elsewhere: columns not read and rows left out, and days that are in day cells."""
    silent = found["code"].isin(("optional_column_missing", "column_not_read", "rows_left_out"))
    silent |= found["code"].eq("forms_read") & found["what"].str.contains(_DAYS_ALONE)
    return found[~silent].reset_index(drop=True)


def _say_unread(raw: RawTable, sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A sheet that is of no kind, and columns that no kind of it reads."""
    place = {"file": raw.path.name, "sheet": raw.sheet}
    if not sheets:
        vi = shown(kind.sheet_vi for kind in read_kinds())
        en = shown(kind.sheet_en for kind in read_kinds())
        yield Finding(
            "sheet_not_known",
            "The sheet is none of the sheets of a class's records and was not read. If it is one, give it "
            f"the "
            f"headings of the template ({en}).",
            f"Trang tính không phải là một bảng của hồ sơ lớp nên không được đọc. Nếu là bảng của hồ sơ lớp, "
            f"hãy ghi tiêu đề theo mẫu ({vi}).",
            kind="note",
            **place,
        )
        return
    read = {heading for sheet in sheets for heading in sheet.typed.columns.values()}
    unread = [heading for heading in raw.columns if heading not in read]
    if unread:
        listed = shown(shown_name(heading) for heading in unread)
        yield Finding(
            "column_not_read",
            f"{len(unread)} columns are in no schema and were not read: {listed}. Rename them if they "
            f"should be.",
            f"Có {len(unread)} cột không thuộc mẫu nên không được đọc: {listed}. "
            "Hãy đổi tên cột nếu đây là cột của mẫu.",
            kind="note",
            row=raw.header_row,
            got=listed,
            **place,
        )
