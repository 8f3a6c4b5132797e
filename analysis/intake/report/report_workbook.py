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
from analysis.intake.report.each_cell import MOST_LISTED, spread_rows
from analysis.intake.report.report_copy import TableCopy
from analysis.intake.report.report_target import FINDINGS_SHEET, check_target
from analysis.intake.report.saved_book import save_book
from analysis.intake.report.sheet_titles import sheet_titles
from analysis.intake.table import RawTable
from analysis.personal import shown_name

#: Kind -> its name in the list and its colour: red, amber, blue, told apart by the word as well.
KIND_NAMES = {
    "stop": ("Phải sửa / stop", "F8CBAD"),
    "left_out": ("Dòng bị loại / row left out", "FFE699"),
    "note": ("Lưu ý / note", "BDD7EE"),
}
_HEADINGS = (
    "Mức độ / Severity", "Tệp / File", "Trang tính / Sheet", "Ô / Cell", "Dòng / Row", "Cột / Column",
    "Giá trị / Value", "Sai gì, sửa thế nào", "What is wrong, how to mend it", "Mã / Code",
    "Ở đâu / Where", "Cần có / Expected", "Đang có / Got", "Làm gì / Next step",
)  # fmt: skip
#: Where sentences stand among them, from 0.
_SENTENCES = (7, 8, 10, 11, 12, 13)
_WIDTHS = (20, 24, 18, 9, 8, 24, 20, 70, 70, 22, 40, 40, 40, 50)


def write_findings_workbook(
    findings: pd.DataFrame,
    tables: Iterable[RawTable],
    path: Path,
    *,
    personal: Collection[str] = (),
    known: Collection[str] = (),
    bad_cells_alone: bool = False,
) -> Path:
    """Write the findings and the tables that have any, bad cells coloured and commented.

    Parameters
    ----------
    findings : DataFrame
        Columns `analysis.findings.COLUMNS`; one that holds many rows becomes a line for each.
    tables : iterable of RawTable
        The tables that were checked; those without a finding are not copied.
    path : Path
        The .xlsx to write; an earlier workbook of findings is replaced whole or left as it was.
    personal : collection of str
        Headings whose values are hidden, besides those whose name or values look personal.
    known : collection of str
        Values that were declared, folded (`analysis.places.fold`): they are shown.
    bad_cells_alone : bool
        Copy no cell but the coloured ones: for microdata.

    Returns
    -------
    Path

    Raises
    ------
    PacksFolderProblem
        The file cannot be written, for one because it is open in Excel; or `check_target` refuses its place.

    Notes
    -----
    Red stops, amber leaves the row out, blue is a note; a cell with several takes the gravest, and what is
    about a whole row colours its first cell. A table that was read without a header row has its names in
    row 1 of the copy and its rows one lower. A value is shown as `analysis.intake.persons.masks` allows.
    """
    tables, path = list(tables), Path(path).expanduser()
    check_target(path, [table.path for table in tables])
    ordered = sort_findings(spread_rows(findings, tables))
    about = dict(iter(ordered.groupby(["file", "sheet"], sort=False)))
    chosen = [(table, about.get((table.path.name, table.sheet))) for table in tables]
    chosen = [(table, rows) for table, rows in chosen if rows is not None]
    titles = sheet_titles([table for table, _ in chosen], taken=(FINDINGS_SHEET,))
    copies = [
        TableCopy(table, rows, title, personal, known, bad_cells_alone)
        for (table, rows), title in zip(chosen, titles, strict=True)
    ]
    book = Workbook(write_only=True)
    _write_list(book, ordered, copies)
    for copy in copies:
        copy.write(book, {kind: _fill(kind) for kind in KIND_NAMES})
    return save_book(book, path, "The findings")


def _write_list(book: Workbook, findings: pd.DataFrame, copies: Sequence[TableCopy]) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    listed = findings.head(MOST_LISTED)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADINGS))}{len(listed) + 1}"
    sheet.append([_heading(sheet, text) for text in _HEADINGS])
    by_table = {copy.key: copy for copy in copies}
    wrapped = Alignment(wrap_text=True, vertical="top")
    link, fills = Font(underline="single", color="0563C1"), {kind: _fill(kind) for kind in KIND_NAMES}
    for row in listed.to_dict("records"):
        copy = by_table.get((row["file"], row["sheet"]))
        texts = _texts(row, copy)
        cells = [text if is_plain(text) else safe_cell(sheet, text) for text in texts]
        for at in (*_SENTENCES[:2], 0):
            cells[at] = safe_cell(sheet, texts[at])
            cells[at].alignment = wrapped
        cells[0].fill = fills[row["kind"]]
        target = copy.target(row["row"], row["column"]) if copy else ""
        if target:
            at = 3 if row["cell"] else 4
            cells[at] = safe_cell(sheet, texts[at])
            cells[at].hyperlink = Hyperlink(ref="", location=target)
            cells[at].font = link
        sheet.append(cells)
    if len(findings) > len(listed):
        more = len(findings) - len(listed)
        said = f"… và {more} ô nữa, đều được tô màu / and {more} more cells, all coloured"
        sheet.append([safe_cell(sheet, said)])


def _texts(row: dict, copy: TableCopy | None) -> list[str | int | None]:
    """The cells of one line of the list."""
    value = row["value"]
    if not value and row["spread"] and row["column"] and copy:
        value = copy.value(row["row"], row["column"])
    where = row["where"] if row["where"] != row["cell"] else ""
    return [
        KIND_NAMES[row["kind"]][0], row["file"], row["sheet"], row["cell"], row["row"] or None,
        shown_name(row["column"]), value, row["vi"], row["what"], row["code"],
        where, row["expected"], row["got"], row["hint"],
    ]  # fmt: skip


def _heading(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _fill(kind: str) -> PatternFill:
    return PatternFill("solid", start_color=KIND_NAMES[kind][1])
