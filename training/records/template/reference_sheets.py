"""The template's sheets that hold no records: the guide, the examples, the lists to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.places import read_places
from training.question_bank.bank_rows import read_bank
from training.records.form_indicators import read_form_indicators
from training.records.template.choices import spellings
from training.records.template.layout import NEEDED, TemplateSheet
from training.records.template.words import say

#: Columns of the sheet of lists, in order; ranges of choices are made from them.
DISTRICTS, OF_DISTRICT, COMMUNES, ITEMS, STEMS, INDICATORS, MEANINGS = "ABCDEFG"
_HEAD = PatternFill("solid", start_color="DDEBF7")
_BAND = PatternFill("solid", start_color="FFF2CC")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_GUIDE_LINES = 11
#: Of the columns of sessions, questions or indicators so many are shown in the examples.
_REPEATED_SHOWN = 4
#: What an example row holds, by column; what is not here follows from the column's type.
_SAMPLES = {
    "class_id": "K01", "course": "PAPI-2021", "name_vi": "Bồi dưỡng về Chỉ số PAPI",
    "name_en": "Training on PAPI",
    "decision": "Số 123/QĐ-SNV", "venue": "Rạch Giá", "host": "Sở Nội vụ", "budget_source": "Ngân sách tỉnh",
    "periods": 16, "planned": 35, "session": 1, "lecturer": "GV01", "participant": "HV01",
    "official_code": "", "full_name": "", "birth_date": "", "position": "Công chức Văn phòng – Thống kê",
    "rank": "Chuyên viên", "unit": "UBND xã Thạnh Lộc", "attempt": "", "maximum": 10, "pre_score": "4,5",
    "post_score": "7,5", "follow_up_score": "", "version": "", "question": 1, "item": "PAPI-01",
    "option_order": "", "key": "", "form": "1", "months": 6, "number": "001/CN-2021", "year": 2021,
    "communes": 10, "learners": 30, "response": "A", "score": 8, "status": "x",
}  # fmt: skip
_SAMPLE_PLACE = ("905", "30892")


def _font(**look: object) -> Font:
    return Font(name="Calibri", **{"size": 11, **look})


def write_guide(book: Workbook, sheets: Sequence[TemplateSheet], language: str) -> None:
    """The first sheet: how to fill the others in, and what each is for."""
    sheet = book.active
    sheet.title = say("sheet_guide", language)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 92
    titles = {one.kind.name: one.title for one in sheets}
    values = {
        "example": say("sheet_example", language),
        "lists": say("sheet_lists", language),
        "required": ", ".join(titles[name] for name in NEEDED),
    }
    lines = [
        say("guide_title", language),
        *(say(f"guide_{n}", language, **values) for n in range(1, _GUIDE_LINES + 1)),
    ]
    for number, line in enumerate(lines, 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
        cell = sheet.cell(number, 1, line)
        cell.alignment, cell.font = _WRAPPED, _font(bold=number == 1, size=13 if number == 1 else 11)
        sheet.row_dimensions[number].height = 15 * (1 + len(line) // 112)
    top = len(lines) + 2
    for column, key in ((1, "guide_sheet"), (2, "guide_about")):
        _head(sheet.cell(top, column, say(key, language)))
    for number, one in enumerate(sheets, top + 1):
        needed = f" ({say('required', language)})" if one.kind.name in NEEDED else ""
        cell = sheet.cell(number, 1, f"{one.title}{needed}")
        cell.hyperlink = f"#'{one.title}'!A2"
        cell.font = _font(underline="single", color="0563C1")
        sheet.cell(number, 2, say(f"about_{one.kind.name}", language)).alignment = _WRAPPED
    sheet.protection.sheet = True


def write_examples(book: Workbook, sheets: Sequence[TemplateSheet], language: str) -> None:
    """A sheet with a sample row of every sheet, marked as one that is not read."""
    sheet = book.create_sheet(say("sheet_example", language))
    sheet.cell(1, 1, say("example_band", language)).font = _font(bold=True, color="C00000")
    row = 3
    for one in sheets:
        band = sheet.cell(row, 1, f"{one.title}: {say('example_band', language)}")
        band.font, band.fill = _font(bold=True), _BAND
        repeated = [column for column in one.columns if column.about]
        columns = [column for column in one.columns if column not in repeated[_REPEATED_SHOWN:]]
        for number, column in enumerate(columns, 1):
            _head(sheet.cell(row + 1, number, column.heading))
            cell = sheet.cell(row + 2, number, _sample(column.column, language, one.kind.name))
            cell.font = _font(italic=True, color="7F7F7F")
        row += 4
    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 18
    sheet.protection.sheet = True


def _sample(column, language: str, kind: str) -> object:
    if column.type in ("district", "commune"):
        places, (district, commune) = read_places(), _SAMPLE_PLACE
        return (places.district(district) if column.type == "district" else places.commune(commune)).full_name
    if column.name == "level":
        return spellings(column, language)[-1]
    if column.name in _SAMPLES and not (column.name == "periods" and kind != "classes"):
        return _SAMPLES[column.name]
    if column.type == "date":
        return "05/04/2021"
    if column.name == "periods":
        return 4
    return spellings(column, language)[0] if column.type in ("code", "yes_no") else ""


def write_lists(book: Workbook, rule: str, language: str) -> tuple[str, int, int]:
    """The sheet of lists.

    Returns
    -------
    tuple of str, int, int
        Its title, the last row of the districts and the last row of the items.
    """
    sheet = book.create_sheet(say("sheet_lists", language))
    places = read_places()
    districts = [places.district(code).full_name for code in places.districts_of(_province())]
    communes = sorted(
        (places.district(district).full_name, places.commune(code).full_name)
        for code, district in places.communes_of(_province()).items()
    )
    items = read_bank().items
    indicators = read_form_indicators()
    own = indicators[indicators["rule"] == rule]
    columns = {
        DISTRICTS: ("list_districts", districts),
        OF_DISTRICT: ("list_of_district", [district for district, _ in communes]),
        COMMUNES: ("list_communes", [commune for _, commune in communes]),
        ITEMS: ("list_items", items["item"].tolist()),
        STEMS: ("list_stems", items[f"stem_{language}"].tolist()),
        INDICATORS: ("list_indicators", own["indicator"].tolist()),
        MEANINGS: ("list_meanings", own[f"name_{language}"].tolist()),
    }
    for letter, (key, values) in columns.items():
        _head(sheet[f"{letter}1"])
        sheet[f"{letter}1"].value = say(key, language)
        sheet.column_dimensions[letter].width = 14 if letter in (ITEMS, INDICATORS) else 34
        for number, value in enumerate(values, 2):
            sheet[f"{letter}{number}"].value = value
    for letter in (STEMS, MEANINGS):
        sheet.column_dimensions[letter].width = 80
    sheet.freeze_panes = "A2"
    sheet.protection.sheet = True
    return sheet.title, len(districts) + 1, len(items) + 1


def _province() -> str:
    """The province whose places the lists hold: the one with districts."""
    return str(read_places().districts["province"].mode().iloc[0])


def _head(cell) -> None:
    cell.font, cell.fill = _font(bold=True), _HEAD
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def fit_for_print(sheet: Worksheet) -> None:
    """On A4 lying down, as wide as one page, the first row on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"


def style_heading(sheet: Worksheet, letter: str, required: bool) -> None:
    """A heading of a sheet of records, stronger where it must be filled in."""
    _head(sheet[f"{letter}1"])
    if required:
        sheet[f"{letter}1"].font = _font(bold=True, color="C00000")
