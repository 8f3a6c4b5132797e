"""An answer -> its .xlsx, or a chart's bytes -> its file: whole or not at all, and nothing withheld in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from analysis import paths
from analysis.errors import PacksFolderProblem
from analysis.inert import safe_cell
from analysis.intake.report.saved_book import save_book

if TYPE_CHECKING:
    from analysis.explore.answer import Answer
    from analysis.explore.words import Words

_NUMBERS = ("estimate", "se", "ci_low", "ci_high", "p_value", "p_adjusted", "n", "n_psu")
_WIDTHS = (48, 24, 12, 12, 12, 12, 12, 12, 12, 40)


def write_answer_workbook(answer: Answer, path: Path) -> Path:
    """Three sheets: estimates, tests, and where they come from.

    Notes
    -----
    Numbers are numbers, so that a spreadsheet can go on with them; shares are 0-1 with a percent format.
    """
    words = answer.words
    book = Workbook(write_only=True)
    _write_sheet(book, words.say("sheet_results"), answer.estimates, answer, _NUMBERS[:4] + _NUMBERS[6:])
    if len(answer.tests):
        _write_sheet(book, words.say("sheet_tests"), answer.tests, answer, _NUMBERS)
    source = book.create_sheet(words.say("sheet_source"))
    source.column_dimensions["A"].width, source.column_dimensions["B"].width = 20, 110
    round_ = words.labels.round
    about = [
        (words.say("results"), answer.title),
        (words.say("source_round"), round_.cited),
        (words.say("source_line"), answer.line),
        *((("", words.band),) if words.band else ()),
        *(("", note) for note in answer.estimates_block().notes),
    ]
    for row in about:
        source.append([safe_cell(source, text) for text in row])
    return save_book(book, path, "The table")


def _write_sheet(
    book: Workbook, title: str, table: pd.DataFrame, answer: Answer, numbers: tuple[str, ...]
) -> None:
    words, sheet = answer.words, book.create_sheet(title)
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_bold(sheet, answer.title)])
    sheet.append([_bold(sheet, words.band)])
    heads = [words.say("col_measure"), words.say("col_group"), *numbers, words.say("col_quality")]
    sheet.append([_bold(sheet, head) for head in heads])
    sheet.freeze_panes = None
    for row in table.to_dict("records"):
        cells = [safe_cell(sheet, words.name(row["measure"])), safe_cell(sheet, words.group(row))]
        cells += [_number(sheet, row, name, words) for name in numbers]
        sheet.append([*cells, safe_cell(sheet, words.quality(row["quality"]))])


def _number(sheet, row: dict, name: str, words: Words):
    value = row.get(name)
    counted = name in ("n", "n_psu")
    if value is None or pd.isna(value):
        return safe_cell(sheet, None)
    cell = safe_cell(sheet, int(value) if counted else float(value))
    shares = name in ("estimate", "se", "ci_low", "ci_high") and words.is_share(row["measure"])
    cell.number_format = "0" if counted else "0.0%" if shares else "0.000"
    return cell


def _bold(sheet, text: str):
    cell = safe_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="center")
    return cell


def write_bytes(content: bytes, path: Path) -> Path:
    """Write a file beside its place, then move it in.

    Raises
    ------
    PacksFolderProblem
        It cannot be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as fault:
        name = paths.short(path)
        raise PacksFolderProblem(
            f"The chart cannot be written to {name}.",
            vi=f"Không ghi được {name}. Hãy đóng tệp nếu đang mở và kiểm tra quyền ghi.",
            where=name,
            expected="a file that can be written",
            got=f"{type(fault).__name__}: {fault.strerror or fault}",
            hint="Close the file, check that the folder can be written, and try again.",
        ) from fault
    finally:
        if part.exists():
            part.unlink()
    return path
