"""Findings + the tables they are about -> one .xlsx: a list, and each table with its bad cells coloured.

Cells of the copies stand where they stood in the file, so that "Sheet1!E14" is E14 here too. Personal
columns are hidden, and no text can become a formula.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from analysis.findings import sort_findings
from analysis.inert import is_plain, safe_cell
from analysis.intake.report.report_cells import TableCopy, sheet_titles
from analysis.intake.report.saved_book import save_book
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: Kind -> its name in the list and its colour: red, amber, blue, told apart by the word as well.
KIND_NAMES = {
    "stop": ("Phải sửa / stop", "F8CBAD"),
    "left_out": ("Dòng bị loại / row left out", "FFE699"),
    "note": ("Lưu ý / note", "BDD7EE"),
}
FINDINGS_SHEET = "Phát hiện - Findings"
_HEADINGS = (
    "Mức độ / Severity", "Tệp / File", "Trang tính / Sheet", "Ô / Cell", "Dòng / Row", "Cột / Column",
    "Giá trị / Value", "Sai gì, sửa thế nào", "What is wrong, how to mend it", "Mã / Code",
)  # fmt: skip
#: Where the two sentences stand among them, from 0.
_SENTENCES = (7, 8)
_WIDTHS = (20, 24, 18, 9, 8, 24, 20, 70, 70, 22)


def write_findings_workbook(
    findings: pd.DataFrame,
    tables: Iterable[RawTable],
    path: Path,
    *,
    personal: Collection[str] = (),
) -> Path:
    """Write the findings and the tables that have any, bad cells coloured and commented.

    Parameters
    ----------
    findings : DataFrame
        Columns `analysis.findings.COLUMNS`.
    tables : iterable of RawTable
        The tables that were checked; those without a finding are not copied.
    path : Path
        The .xlsx to write; replaced whole or left as it was.
    personal : collection of str
        Headings whose values are hidden, besides those whose name or values look personal.

    Returns
    -------
    Path

    Raises
    ------
    PacksFolderProblem
        The file cannot be written, for one because it is open in Excel.

    Notes
    -----
    Red stops, amber leaves the row out, blue is a note; a cell with several takes the gravest. A table that
    was read without a header row has its names in row 1 of the copy and its rows one lower.
    """
    ordered = sort_findings(findings)
    copies = _copies(ordered, tables, personal)
    book = Workbook(write_only=True)
    _write_list(book, ordered, copies)
    for copy in copies:
        copy.write(book, {kind: _fill(kind) for kind in KIND_NAMES})
    return save_book(book, Path(path), "The findings")


def _copies(findings: pd.DataFrame, tables: Iterable[RawTable], personal: Collection[str]) -> list[TableCopy]:
    about = dict(iter(findings.groupby(["file", "sheet"], sort=False)))
    chosen = [(table, about.get((table.path.name, table.sheet))) for table in tables]
    chosen = [(table, rows) for table, rows in chosen if rows is not None]
    titles = sheet_titles([table for table, _ in chosen], taken=(FINDINGS_SHEET,))
    return [
        TableCopy(table, rows, title, personal) for (table, rows), title in zip(chosen, titles, strict=True)
    ]


def _write_list(book: Workbook, findings: pd.DataFrame, copies: Sequence[TableCopy]) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADINGS))}{len(findings) + 1}"
    sheet.append([_heading(sheet, text) for text in _HEADINGS])
    by_table = {copy.key: copy for copy in copies}
    wrapped = Alignment(wrap_text=True, vertical="top")
    link, fills = Font(underline="single", color="0563C1"), {kind: _fill(kind) for kind in KIND_NAMES}
    for row in findings.to_dict("records"):
        kind_name, _ = KIND_NAMES[row["kind"]]
        texts = [kind_name, row["file"], row["sheet"], row["cell"], row["row"] or None]
        texts += [shown_name(row["column"]), row["value"], row["vi"], row["what"], row["code"]]
        cells = [text if is_plain(text) else safe_cell(sheet, text) for text in texts]
        for at in (*_SENTENCES, 0):
            cells[at] = safe_cell(sheet, texts[at])
            cells[at].alignment = wrapped
        cells[0].fill = fills[row["kind"]]
        copy = by_table.get((row["file"], row["sheet"]))
        target = copy.target(row["row"], row["column"]) if copy else ""
        if target:
            at = 3 if row["cell"] else 4
            cells[at] = safe_cell(sheet, texts[at])
            cells[at].hyperlink = Hyperlink(ref="", location=target)
            cells[at].font = link
        sheet.append(cells)


def _heading(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _fill(kind: str) -> PatternFill:
    return PatternFill("solid", start_color=KIND_NAMES[kind][1])
