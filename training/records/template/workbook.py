"""A class, a topic and a language -> the workbook (.xlsx) that a department fills in.

What is written into it is read back by `records.checking` under the same schemas: the two cannot part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Protection
from openpyxl.worksheet.worksheet import Worksheet

from analysis.errors import UnknownName, shown
from analysis.intake.report.saved_book import save_book
from analysis.intake.schemas.schema import Column
from analysis.intake.schemas.typed_words import say_need
from training.records.form_indicators import read_form_indicators
from training.records.template.choices import Choices, last_row, spellings
from training.records.template.layout import TemplateColumn, TemplateSheet, template_sheets
from training.records.template.reference_sheets import (
    COMMUNES,
    DISTRICTS,
    ITEMS,
    OF_DISTRICT,
    fit_for_print,
    style_heading,
    write_examples,
    write_guide,
    write_lists,
)
from training.records.template.words import LANGUAGES, has, say

RULE = "10/2017"
_FORMATS = {"text": "@", "key": "@", "date": "dd/mm/yyyy", "district": "@", "commune": "@", "code": "@"}
_WIDTHS = {"text": 26, "district": 24, "commune": 26, "date": 13, "key": 15, "code": 13}
#: Columns of text that hold a short code; and columns of a session, question or indicator.
_CODES = ("class_id", "course", "lecturer", "version", "item", "option_order")
_CODE_WIDTH, _NARROW = 14, 9


def write_template(
    path: Path | str,
    *,
    language: str = "vi",
    class_id: str = "",
    topic: str = "",
    sessions: int = 8,
    questions: int = 20,
    rule: str = RULE,
    rows: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Path:
    """Write the workbook.

    Parameters
    ----------
    path : Path or str
        The .xlsx; replaced whole or left as it was.
    language : {"vi", "en"}
        Of headings, guide and lists; a workbook of either is read.
    class_id : str, optional
        For one class alone: its sheets need no column for the class.
    topic : str, optional
        "papi", "parindex" or "other", written into the class's row.
    sessions, questions : int
        How many columns the sheets of attendance and of answers have.
    rule : str
        Of the evaluation form, such as "10/2017".
    rows : mapping, optional
        Kind -> rows to write in at once, such as the questions of a test paper: declared name -> value, and
        for repeated columns number or code -> value.

    Returns
    -------
    Path

    Raises
    ------
    UnknownName
        No such language, topic or rule.
    PacksFolderProblem
        The file cannot be written, for one because it is open in Excel.

    Notes
    -----
    Headings are locked without a password, every other cell is open. Codes and numbers of certificates are
    text cells, so that zeros stay; dates are shown day first.
    """
    _check_names(language, topic, rule)
    sheets = template_sheets(language, bool(class_id), rule, sessions, questions)
    given = {kind: list(own) for kind, own in (rows or {}).items()}
    if class_id and not given.get("classes"):
        given["classes"] = [{"class_id": class_id, **({"topic": topic} if topic else {})}]
    book = Workbook()
    write_guide(book, sheets, language)
    for sheet in sheets:
        book.create_sheet(sheet.title)
    write_examples(book, sheets, language)
    title, districts, items = write_lists(book, rule, language)
    choices = Choices(
        language,
        {sheet.kind.name: sheet for sheet in sheets},
        f"'{title}'!${DISTRICTS}$2:${DISTRICTS}${districts}",
        f"'{title}'!${ITEMS}$2:${ITEMS}${items}",
        (title, OF_DISTRICT, COMMUNES),
    )
    for sheet in sheets:
        _write_sheet(book[sheet.title], sheet, choices)
        _write_rows(book[sheet.title], sheet, given.get(sheet.kind.name, []), language)
    for made in book.worksheets:
        fit_for_print(made)
    return save_book(book, Path(path), "The template")


def _check_names(language: str, topic: str, rule: str) -> None:
    known = {
        "language": (language, LANGUAGES, "ngôn ngữ"),
        "topic": (topic, ("", "papi", "parindex", "other"), "chuyên đề"),
        "rule": (rule, tuple(dict.fromkeys(read_form_indicators()["rule"])), "quy định về phiếu đánh giá"),
    }
    for what, (given, names, vi) in known.items():
        if given not in names:
            listed = shown(filter(None, names))
            raise UnknownName(
                f'There is no {what} "{given}".',
                vi=f'Không có {vi} "{given}". Hãy dùng một trong: {listed}.',
                expected=listed,
                got=given,
            )


def _write_sheet(sheet: Worksheet, about: TemplateSheet, choices: Choices) -> None:
    """Headings, what may be typed below them, and protection of the headings alone."""
    for one in about.columns:
        cell = sheet[f"{one.letter}1"]
        cell.value = one.heading
        style_heading(sheet, one.letter, one.column.required and not one.about)
        cell.comment = Comment(_hint(one, choices.language), "workbench", width=320, height=110)
        dimension = sheet.column_dimensions[one.letter]
        width = _CODE_WIDTH if one.column.name in _CODES else _WIDTHS.get(one.column.type, 12)
        dimension.width = _NARROW if one.about else width
        dimension.number_format = _FORMATS.get(one.column.type, "General")
        dimension.protection = Protection(locked=False)
        rule = choices.rule(about, one)
        if rule is not None:
            sheet.add_data_validation(rule)
    sheet.row_dimensions[1].height = 45
    sheet.freeze_panes = "A2"
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(protection, allowed, False)  # False: not forbidden


def _hint(one: TemplateColumn, language: str) -> str:
    """What stands in a heading's comment: how to fill the column in, and what may stand there."""
    column = one.column
    parts = [say(f"hint_{column.name}", language)] if has(f"hint_{column.name}") else []
    if one.about and column.name == "score":
        names = read_form_indicators().set_index("indicator")[f"name_{language}"]
        parts.insert(0, names[one.about])
    if not parts or column.type in ("date", "whole"):
        parts.append(say_need(column)[LANGUAGES.index(language)])
    if column.type == "code" and column.name != "response":
        parts.append(", ".join(spellings(column, language)))
    if column.required and not one.about:
        parts.append(f"({say('required', language)})")
    return "\n".join(parts)


def _write_rows(
    sheet: Worksheet, about: TemplateSheet, rows: Sequence[Mapping[str, object]], language: str
) -> None:
    """Rows given at once, typed as a person would: codes by their spelling, text never as a formula."""
    if len(rows) > last_row(about) - 1:
        raise UnknownName(
            f"The sheet {about.title} has room for {last_row(about) - 1} rows.",
            vi=f"Trang {about.title} chỉ có chỗ cho {last_row(about) - 1} dòng. Hãy chia thành nhiều tệp.",
            got=f"{len(rows)} rows",
        )
    for number, row in enumerate(rows, 2):
        for one in about.columns:
            value = row.get(one.about or one.column.name)
            if value is None or value == "":
                continue
            cell = sheet[f"{one.letter}{number}"]
            cell.value = _spelled(one.column, value, language)
            cell.number_format = _FORMATS.get(one.column.type, "General")
            cell.protection = Protection(locked=False)
            cell.alignment = Alignment(vertical="top")
            if isinstance(cell.value, str):
                cell.data_type = "s"


def _spelled(column: Column, value: object, language: str) -> object:
    """A code as the list of the template spells it; a flag as a word; anything else as it is."""
    if column.type == "yes_no":
        return spellings(column, language)[0 if value else 1]
    if column.type == "code":
        options = {column.codes[spelling]: spelling for spelling in spellings(column, language)}
        return options.get(str(value), value)
    return value
