"""A sheet's grid and its headings -> a `RawTable`, with findings on its columns and what was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.options import by_option
from analysis.intake.readers.workbooks_grid import Grid, Range, letter_of, range_name
from analysis.intake.readers.workbooks_header import Header, find_header
from analysis.intake.readers.workbooks_rows import say_rows
from analysis.intake.table import HEADING, KINDS, RawTable


def table_of(grid: Grid, header_row: int = 0) -> tuple[RawTable, list[Finding]]:
    """Turn one sheet into a table.

    Parameters
    ----------
    grid : Grid
        Its merged ranges are filled in on the way.
    header_row : int, optional
        0 to look for the headings.

    Returns
    -------
    tuple of RawTable and list of Finding
        The table has no rows where nothing stands under the headings.
    """
    header = find_header(grid, header_row)
    rows = [row for row in sorted(grid.texts) if row > header.last]
    found = list(say_rows(grid, header, rows))
    if rows:
        filled = grid.fill_merged(header.last + 1, rows[-1])
        rows = [row for row in sorted(grid.texts) if row > header.last]
        found += _say_filled(grid, filled)
    names, columns = _columns(grid, header, rows)
    table = RawTable(
        path=grid.path,
        sheet=grid.name,
        cells=pd.DataFrame(
            {
                name: pd.Series([grid.texts[r].get(c) or None for r in rows], dtype="str")
                for name, c in columns.items()
            }
        ),
        rows=np.array(rows, dtype=np.int64),
        letters={name: letter_of(column) for name, column in columns.items()},
        kinds=pd.DataFrame(
            {
                name: pd.Categorical([grid.kinds[r].get(c, "empty") for r in rows], categories=KINDS)
                for name, c in columns.items()
            }
        ),
        header_row=header.last,
    )
    return table, [
        *_say_header(table, header),
        *names,
        *found,
        *_say_hidden(grid, table),
        *_say_cells(table, grid),
    ]


def _columns(grid: Grid, header: Header, rows: list[int]) -> tuple[list[Finding], dict[str, int]]:
    """Heading -> column number, each heading once; findings on blank, repeated and empty ones."""
    filled = Counter(column for row in rows for column in grid.texts[row])
    numbers = sorted({column for column, name in header.names.items() if name} | set(filled))
    headings = {column: header.names.get(column, "") for column in numbers}
    blank = [column for column in numbers if not headings[column]]
    empty = [column for column in numbers if headings[column] and not filled[column]]
    names, repeated = unique_names({c: headings[c] or f"(cột {letter_of(c)})" for c in numbers})
    place = {"file": grid.path.name, "sheet": grid.name, "row": header.last}
    found = [
        *(_blank_heading(letter_of(column), filled[column], place) for column in blank),
        *_say_wide_headings(grid, header, repeated, place),
        *say_repeated({name: [letter_of(c) for c in columns] for name, columns in repeated.items()}, place),
    ]
    if empty and rows:
        listed = shown(f"{headings[column]} ({letter_of(column)})" for column in empty)
        found.append(
            Finding(
                "empty_column",
                f"Columns with a heading and nothing under it: {listed}. Fill them in, or delete them.",
                f"Các cột có tiêu đề nhưng không có số liệu: {listed}. Hãy điền, hoặc xóa cột.",
                kind="note",
                got=f"{len(empty)} columns",
                **place,
            )
        )
    return found, {name: column for column, name in names.items()}


def _say_wide_headings(
    grid: Grid, header: Header, repeated: dict[str, list[int]], place: dict
) -> Iterator[Finding]:
    """Headings merged over several columns ("Họ và tên") repeat by design; taken out of `repeated`."""
    spans = [span for row in range(header.first, header.last + 1) for span in grid.wide_spans(row)]
    for name, columns in list(repeated.items()):
        if any(left <= columns[0] and columns[-1] <= right for left, right in spans):
            del repeated[name]
            letters = shown(letter_of(column) for column in columns)
            yield Finding(
                "heading_over_columns",
                f'The heading "{name}" stands over {len(columns)} columns ({letters}); later ones were '
                "numbered. "
                "Give each column its own heading if they differ.",
                f'Tiêu đề "{name}" trộn trên {len(columns)} cột ({letters}); các cột sau được đánh số. '
                "Hãy đặt tiêu đề riêng cho từng cột nếu chúng khác nhau.",
                kind="note",
                column=name,
                **place,
            )


def unique_names(headings: dict[int, str]) -> tuple[dict[int, str], dict[str, list[int]]]:
    """Make each heading stand once: the second "Điểm" becomes "Điểm (2)".

    Returns
    -------
    tuple of dict
        Place -> name; and repeated heading -> the places that have it.

    Examples
    --------
    >>> unique_names({1: "a", 2: "b", 3: "a"})
    ({1: 'a', 2: 'b', 3: 'a (2)'}, {'a': [1, 3]})
    """
    places: dict[str, list[int]] = {}
    for place, heading in headings.items():
        places.setdefault(heading, []).append(place)
    names, taken = {}, set(headings.values())
    for place, heading in headings.items():
        name, number = heading, places[heading].index(place) + 1
        while number > 1 and (name == heading or name in taken):
            name, number = f"{heading} ({number})", number + 1
        taken.add(name)
        names[place] = name
    return names, {heading: found for heading, found in places.items() if len(found) > 1}


def say_repeated(repeated: dict[str, list[str]], place: dict) -> Iterator[Finding]:
    """A stop finding for each heading that several columns have."""
    for name, columns in repeated.items():
        listed = shown(columns)
        yield Finding(
            "duplicate_heading",
            f'Two columns have one name: "{name}" stands {len(columns)} times ({listed}). Rename all but '
            "one.",
            f'Có hai cột trùng tên: "{name}" xuất hiện {len(columns)} lần ({listed}). Hãy đổi tên, chỉ để '
            "lại một.",
            expected="each name once",
            got=f"{len(columns)} times",
            column=name,
            **place,
        )


def _blank_heading(letter: str, count: int, place: dict) -> Finding:
    return Finding(
        "blank_heading",
        f"Column {letter} holds {count} values and has no heading. Type a heading, or delete the column.",
        f"Cột {letter} có {count} giá trị nhưng không có tiêu đề. Hãy gõ tiêu đề, hoặc xóa cột.",
        kind="note",
        cell=f"{letter}{place['row']}",
        column=f"(cột {letter})",
        **place,
    )


def _say_header(table: RawTable, header: Header) -> Iterator[Finding]:
    place, (by_vi, by) = table.place_of(HEADING), by_option("header_row")
    if not header.found:
        yield Finding(
            "headings_not_found",
            f"No row looks like headings; row {header.last} was taken. Name the right one by {by}.",
            f"Không thấy dòng nào giống tiêu đề cột; đã lấy dòng {header.last}. Hãy chỉ rõ dòng đúng bằng "
            f"{by_vi}.",
            **place,
        )
    elif header.first != header.last:
        yield Finding(
            "headings_taken",
            f"Headings were taken from rows {header.first} and {header.last}, joined. If that is wrong, name "
            f"another row by {by}.",
            f"Tiêu đề cột lấy từ hai dòng {header.first} và {header.last}, ghép lại. Nếu sai, hãy chỉ rõ "
            f"bằng {by_vi}.",
            kind="note",
            **place,
        )
    elif header.last != 1:
        yield Finding(
            "headings_taken",
            f"Headings were taken from row {header.last}; rows above it were not read. If that is wrong, "
            f"name another row by {by}.",
            f"Tiêu đề cột lấy từ dòng {header.last}; các dòng phía trên không đọc. Nếu sai, hãy chỉ rõ bằng "
            f"{by_vi}.",
            kind="note",
            **place,
        )


def _say_filled(grid: Grid, filled: list[tuple[Range, int]]) -> Iterator[Finding]:
    if filled:
        count, listed = sum(done for _, done in filled), shown(range_name(box) for box, _ in filled)
        yield Finding(
            "merged_filled",
            f"{len(filled)} merged ranges were filled in, {count} cells: {listed}. Unmerge them if a value "
            "was not "
            "meant for every cell.",
            f"Đã điền giá trị của {len(filled)} vùng ô trộn vào {count} ô: {listed}. Hãy bỏ trộn ô nếu giá "
            "trị không "
            "dành cho mọi ô.",
            kind="note",
            file=grid.path.name,
            sheet=grid.name,
            cell=range_name(filled[0][0]),
            got=f"{count} cells",
        )


def _say_hidden(grid: Grid, table: RawTable) -> Iterator[Finding]:
    """Hidden things are read like any other, and named."""
    place = {"file": grid.path.name, "sheet": grid.name, "kind": "note"}
    kept = set(table.rows.tolist())
    rows = [row for row in grid.hidden_rows if row in kept]
    used = {column for row in kept for column in grid.texts[row]}
    columns = sorted({c for first, last in grid.hidden_columns for c in used if first <= c <= last})
    if grid.hidden:
        yield Finding(
            "hidden_sheet",
            f'The sheet "{grid.name}" is hidden, and was read. Unhide it and look, or delete it.',
            f'Trang tính "{grid.name}" bị ẩn nhưng vẫn được đọc. Hãy bỏ ẩn để xem, hoặc xóa trang này.',
            **place,
        )
    if rows:
        yield Finding(
            "hidden_rows",
            f"{len(rows)} hidden rows were read: {shown(rows)}. Unhide them and look, or delete them.",
            f"Có {len(rows)} dòng bị ẩn vẫn được đọc: {shown(rows)}. Hãy bỏ ẩn để xem, hoặc xóa.",
            row=rows[0],
            got=shown(rows),
            **place,
        )
    if columns:
        letters = shown(letter_of(column) for column in columns)
        yield Finding(
            "hidden_columns",
            f"{len(columns)} hidden columns were read: {letters}. Unhide them and look, or delete them.",
            f"Có {len(columns)} cột bị ẩn vẫn được đọc: {letters}. Hãy bỏ ẩn để xem, hoặc xóa.",
            got=letters,
            **place,
        )


def _say_cells(table: RawTable, grid: Grid) -> Iterator[Finding]:
    """Cells without a usable value, each by its address; numbers that only look like codes with zeros."""
    for name in table.columns:
        kinds = table.kinds[name]
        for at in np.flatnonzero(kinds == "formula_empty"):
            yield Finding(
                "formula_empty",
                "The cell holds a formula whose result the file does not hold. Open the file in Excel, save "
                "it, and "
                "run again; or type the value.",
                "Ô chứa công thức nhưng tệp không lưu kết quả. Hãy mở tệp bằng Excel, lưu lại rồi chạy lại; "
                "hoặc gõ giá trị.",
                where=table.address(at, name),
                **table.place_of(at, name),
            )
        for at in np.flatnonzero(kinds == "error"):
            yield Finding(
                "error_cell",
                f"The cell shows the error {table.cells[name].iat[at]}. Mend its formula, or type the value.",
                f"Ô báo lỗi {table.cells[name].iat[at]}. Hãy sửa công thức, hoặc gõ giá trị.",
                where=table.address(at, name),
                value=table.cells[name].iat[at],
                **table.place_of(at, name),
            )
    yield from _say_padded(table, grid)


def _say_padded(table: RawTable, grid: Grid) -> Iterator[Finding]:
    lost = {}
    for (row, column), text in grid.padded.items():
        if text != grid.texts[row].get(column) and row > table.header_row:
            lost.setdefault(letter_of(column), []).append(row)
    for letter, rows in lost.items():
        yield Finding(
            "zeros_only_shown",
            f"Column {letter}: {len(rows)} numbers are shown with zeros in front and stored without: rows "
            f"{shown(rows)}. "
            "Format the column as text and type the codes again.",
            f"Cột {letter}: {len(rows)} số hiển thị có số 0 ở đầu nhưng được lưu không có: dòng "
            f"{shown(rows)}. "
            "Hãy định dạng cột là Văn bản rồi gõ lại mã.",
            kind="note",
            file=grid.path.name,
            sheet=grid.name,
            cell=f"{letter}{rows[0]}",
            row=rows[0],
        )
