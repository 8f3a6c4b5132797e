"""A workbook (.xlsx, .xlsm, .ods, .xls) -> a `RawTable` for each sheet that holds one, and findings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from analysis.errors import nearest, shown
from analysis.findings import Finding
from analysis.intake.letters.text import fold_key
from analysis.intake.options import by_option
from analysis.intake.readers import limits
from analysis.intake.readers.workbooks_grid import Grid, letter_of
from analysis.intake.readers.workbooks_table import table_of
from analysis.intake.table import RawTable


def read_workbook(path: Path, sheet: str = "", header_row: int = 0) -> tuple[list[RawTable], list[Finding]]:
    """Read every sheet of a workbook.

    Parameters
    ----------
    path : Path
        Already let through by `limits.check_file`.
    sheet : str, optional
        The one sheet to read; capitals, accents placed otherwise and blanks at its ends do not matter.
    header_row : int, optional
        Row of the headings, in every sheet that is read; 0 to look for it.

    Returns
    -------
    tuple of list of RawTable and list of Finding
        Sheets without a row under their headings are left out and named.

    Raises
    ------
    UnreadableFile
        No sheet of that name; no sheet with rows; or what is wrong with the file.
    """
    grids = _READERS[path.suffix.lower()](path)
    if sheet:
        grids = _chosen(path, grids, sheet)
    tables, found, empty = [], [], []
    for grid in grids:
        if not grid.texts:
            empty.append(grid.name)
            continue
        table, said = table_of(grid, header_row)
        grid.texts, grid.kinds = {}, {}
        if len(table.rows):
            tables.append(table)
            found += [*said, *_say_shows_nothing(grid)]
        else:
            empty.append(grid.name)
    if not tables:
        got = f"{len(grids)} sheets, none with rows under headings" if grids else "no sheet"
        raise limits.unreadable(path, "it has no rows", "a sheet with headings and rows", got)
    return tables, [*found, *_say_sheets(path, tables, empty)]


def _chosen(path: Path, grids: list[Grid], sheet: str) -> list[Grid]:
    wanted = [grid for grid in grids if grid.name == sheet] or [
        grid for grid in grids if fold_key(grid.name) == fold_key(sheet)
    ]
    if wanted:
        return wanted
    names = [grid.name for grid in grids]
    raise limits.unreadable(
        path, "no sheet has that name", shown(nearest(sheet, names) or names), sheet, limits.NAME_SHEET
    )


def _say_sheets(path: Path, tables: list[RawTable], empty: list[str]) -> list[Finding]:
    """Which sheets were read, and which hold no table; all are named, hidden ones elsewhere."""
    found, (by_vi, by) = [], by_option("sheet")
    if len(tables) > 1:
        listed = shown(f'"{table.sheet.strip()}" ({len(table.rows)})' for table in tables)
        found.append(
            Finding(
                "sheets_read",
                f"{len(tables)} sheets were read, each a table (rows): {listed}. Name one by {by} to "
                "read it alone.",
                f"Đã đọc {len(tables)} trang tính, mỗi trang một bảng (số dòng): {listed}. "
                f"Muốn đọc một trang, hãy chỉ rõ bằng {by_vi}.",
                kind="note",
                file=path.name,
                got=f"{len(tables)} sheets",
            )
        )
    if empty:
        listed = shown(f'"{name.strip()}"' for name in empty)
        found.append(
            Finding(
                "sheets_without_rows",
                f"{len(empty)} sheets hold no rows and were passed over: {listed}. Nothing to do, or delete "
                "them.",
                f"Có {len(empty)} trang tính không có dòng số liệu nên bỏ qua: {listed}. Không cần làm gì, "
                "hoặc xóa trang.",
                kind="note",
                file=path.name,
                got=listed,
            )
        )
    return found


def _say_shows_nothing(grid: Grid) -> Iterator[Finding]:
    """Cells of an .xls that show nothing: the format does not tell "" from a formula never calculated."""
    if grid.shows_nothing:
        row, column = grid.shows_nothing[0]
        names = (f"{letter_of(c)}{r}" for r, c in grid.shows_nothing)
        listed = shown(names, len(grid.shows_nothing))
        yield Finding(
            "formula_shows_nothing",
            f"{len(grid.shows_nothing)} cells hold an empty text, such as a formula's result, and were read "
            f"as empty: {listed}. If a value should stand there, open the file in Excel, save it as .xlsx "
            "and run again.",
            f"Có {len(grid.shows_nothing)} ô chứa chuỗi rỗng (như kết quả công thức) nên đọc như ô trống: "
            f"{listed}. Nếu lẽ ra phải có giá trị, hãy mở tệp bằng Excel, lưu thành .xlsx rồi chạy lại.",
            kind="note",
            file=grid.path.name,
            sheet=grid.name,
            cell=f"{letter_of(column)}{row}",
            row=row,
            got=f"{len(grid.shows_nothing)} cells",
        )


def _xlsx(path: Path) -> list[Grid]:
    from analysis.intake.readers.workbooks_xlsx import read_xlsx

    return read_xlsx(path)


def _ods(path: Path) -> list[Grid]:
    from analysis.intake.readers.workbooks_ods import read_ods

    return read_ods(path)


def _xls(path: Path) -> list[Grid]:
    from analysis.intake.readers.workbooks_xls import read_xls

    return read_xls(path)


#: Suffix -> its reader; each is loaded when needed.
_READERS = {".xlsx": _xlsx, ".xlsm": _xlsx, ".ods": _ods, ".xls": _xls}
