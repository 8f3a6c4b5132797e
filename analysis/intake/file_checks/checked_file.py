"""Any file, without a round -> every finding about it and its tables; what `workbench check FILE` shows.

A file of an unknown survey is looked at as it stands (`file_checks`); a list of a declared kind is typed by
its schema as well, so that each bad cell is named.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.errors import WorkbenchError, shown
from analysis.findings import Finding, finding_of, findings_table, join_findings
from analysis.intake.file_checks.file_checks import check_table
from analysis.intake.persons.personal_columns import personal_columns
from analysis.intake.readers.limits import size_text
from analysis.intake.reading import read_tables
from analysis.intake.schemas.headings import match_headings
from analysis.intake.schemas.schema import Schema, read_schema
from analysis.intake.schemas.typed import type_table
from analysis.intake.table import RawTable

#: Suffix -> what such a file is, Vietnamese and English.
KINDS = {
    ".dta": ("tệp Stata", "a Stata file"),
    ".sav": ("tệp SPSS", "an SPSS file"),
    ".zsav": ("tệp SPSS nén", "a packed SPSS file"),
    ".parquet": ("tệp parquet", "a parquet file"),
    ".csv": ("tệp văn bản phân cách", "a file of separated values"),
    ".tsv": ("tệp văn bản phân cách", "a file of separated values"),
    ".txt": ("tệp văn bản phân cách", "a file of separated values"),
    ".xlsx": ("sổ Excel", "an Excel workbook"),
    ".xlsm": ("sổ Excel có macro", "an Excel workbook with macros"),
    ".xls": ("sổ Excel cũ", "an old Excel workbook"),
    ".ods": ("bảng tính OpenDocument", "an OpenDocument spreadsheet"),
}


#: 1,234.5 as Vietnamese writes it.
_VIETNAMESE = str.maketrans(".,", ",.")


class Checked(NamedTuple):
    """What a check saw.

    Attributes
    ----------
    findings : DataFrame
    tables : list of RawTable
        For a report that colours the cells.
    hidden : tuple of str
        Headings whose values no report may show.
    known : frozenset of str
        Declared values, folded, which a report may show.
    """

    findings: pd.DataFrame
    tables: list[RawTable]
    hidden: tuple[str, ...]
    known: frozenset[str] = frozenset()


def check_file(
    path: Path | str,
    *,
    sheet: str = "",
    header_row: int = 0,
    encoding: str = "",
    legacy: str = "",
    delimiter: str = "",
    schema: str = "",
) -> Checked:
    """Check any file; changes nothing.

    Parameters
    ----------
    path : Path or str
    sheet, header_row, encoding, legacy, delimiter
        See `analysis.intake.reading.read_tables`.
    schema : str, optional
        Name of a declared list in data/schemas, such as "class_list".

    Returns
    -------
    Checked
        A file that cannot be read is one finding of kind stop, without tables.

    Raises
    ------
    MissingFile
        There is no such schema.
    """
    declared = read_schema(schema) if schema else None
    try:
        tables, found = read_tables(
            path, sheet=sheet, header_row=header_row, encoding=encoding, legacy=legacy, delimiter=delimiter
        )
    except WorkbenchError as fault:
        return Checked(findings_table([finding_of(fault)]), [], ())
    parts, hidden = [findings_table([_kind(table) for table in tables]), found], []
    lists = _lists(tables, declared) if declared else []
    for table in tables:
        parts.append(check_table(table))
        hidden += personal_columns(table)
        if table in lists:
            typed = type_table(table, declared)
            parts.append(typed.findings)
            hidden += typed.hidden
        elif declared:
            parts.append(findings_table([_no_list(table, declared)]))
            hidden += table.columns
    known = declared.known_values if declared else frozenset()
    return Checked(join_findings(parts), tables, tuple(dict.fromkeys(hidden)), known)


def _lists(tables: list[RawTable], schema: Schema) -> list[RawTable]:
    """The tables with every required heading; all where none has, so that each is told what it lacks."""
    required = {column.name for column in schema.columns if column.required}
    return [table for table in tables if required <= set(match_headings(table, schema)[0])] or tables


def _no_list(table: RawTable, schema: Schema) -> Finding:
    """A sheet beside the list, such as one with the values of its drop-down cells."""
    needed = [column for column in schema.columns if column.required]
    vi, en = (shown(getattr(column, f"label_{language}") for column in needed) for language in ("vi", "en"))
    return Finding(
        "sheet_not_list",
        f"The sheet lacks required headings, so it was not read as a list. If it is one, give it: {en}.",
        f"Trang tính thiếu tiêu đề bắt buộc nên không được đọc như danh sách. "
        f"Nếu là danh sách, hãy ghi đủ: {vi}.",
        kind="note",
        file=table.path.name,
        sheet=table.sheet,
    )


def _kind(table: RawTable) -> Finding:
    """What kind of file it is and how large, so that a person sees that the right thing was read."""
    vi, en = KINDS[table.path.suffix.lower()]
    rows, columns = len(table.rows), len(table.columns)
    labelled = len(table.value_labels)
    more_vi = f", {labelled} cột có nhãn giá trị" if labelled else ""
    more = f", {labelled} columns with value labels" if labelled else ""
    size = size_text(table.path.stat().st_size)
    return Finding(
        "file_read",
        f"{en} of {size}: {rows} rows and {columns} columns were read{more}.",
        f"{vi}, {size.translate(_VIETNAMESE)}: đã đọc {rows} dòng, {columns} cột{more_vi}.",
        kind="note",
        file=table.path.name,
        sheet=table.sheet,
        got=f"{rows} × {columns}",
    )
