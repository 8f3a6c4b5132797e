"""annex.xlsx: the page's tables cell by cell, the rows in full, and nothing in it that runs."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.batch.formats.annex_workbook import annex_workbook
from analysis.batch.formats.cell_lines import cell_lines
from analysis.batch.formats.page_blocks import title_of
from analysis.batch.formats.result_units import FORMATS, IN_UNIT
from analysis.batch.formats.results_rows import ANNEX_COLUMNS
from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_number
from tests.analysis.batch.formats.made_page import CODES, as_annex, made_page

_BOOKS = {}


def book_of(code, language="vi"):
    key = (code, language)
    if key not in _BOOKS:
        _BOOKS[key] = load_workbook(io.BytesIO(made_page(code, language).workbook))
    return _BOOKS[key]


def shown(cell, language):
    """The text that a spreadsheet shows for a cell, in the page's language."""
    if not isinstance(cell.value, (int, float)):
        return cell.value or ""
    positive = cell.number_format.split(";")[0]
    decimals = len(positive.removesuffix("%").partition(".")[2])
    unit = "share" if positive.endswith("%") else "number"
    text = say_number(cell.value, unit, language, signed=positive.startswith("+"), decimals=decimals)
    return text if "#,##0" in positive else text.replace("." if language == "vi" else ",", "")


@pytest.mark.parametrize("code", CODES)
def test_every_table_of_the_page_has_a_sheet_with_the_same_cells(code):
    made, book = made_page(code, "vi"), book_of(code)
    assert len(made.tables) > 5
    for number, (_, table) in enumerate(made.tables, 1):
        rows = list(book[f"Bảng {number}"].iter_rows())
        assert rows[0][0].value == made.page.band
        assert rows[1][0].value == table.caption
        assert [cell.value for cell in rows[2]] == [column.label for column in table.columns]
        for cells, row in zip(rows[3:], table.rows, strict=False):
            assert [shown(cell, "vi") for cell in cells] == ["\n".join(cell_lines(cell)) for cell in row]
        below = [row[0].value for row in rows[3 + len(table.rows) :]]
        assert below[0] is None
        assert below[1:] == [*table.notes, f"Nguồn dữ liệu: {made.page.survey_round.cited}"]


@pytest.mark.parametrize(("code", "language"), [("899", "vi"), ("912", "en")])
def test_cell_that_is_a_number_is_one_and_is_shown_as_on_the_page(code, language):
    book, tables = book_of(code, language), made_page(code, language).tables
    name = "Bảng {}" if language == "vi" else "Table {}"
    numbers = [
        cell
        for at in range(1, len(tables) + 1)
        for row in book[name.format(at)].iter_rows(min_row=4)
        for cell in row
        if isinstance(cell.value, (int, float))
    ]
    assert len(numbers) > 150
    assert {cell.number_format for cell in numbers} >= {"0", "0.00", "#,##0" if code == "912" else "0"}


def test_year_and_count_and_difference_keep_their_looks():
    columns = (Column("Năm", True), Column("n", True), Column("Δ", True), Column("%", True), Column("chữ"))
    table = Table(
        "B", columns, (("2021", "1.504", "−0,31", "42,4%", "1.504"), ("2020", "7", "+0,00", "*", "x"))
    )
    made = made_page("899", "vi")
    book = load_workbook(
        io.BytesIO(
            annex_workbook(made.page, title_of(made.whole), as_annex(made.rows.head(1)), [("P", table)])
        )
    )
    first, second = list(book["Bảng 1"].iter_rows(min_row=4, max_row=5))
    assert [cell.value for cell in first] == [2021, 1504, -0.31, 0.424, "1.504"]
    assert [cell.number_format for cell in first[:4]] == ["0", "#,##0", '+0.00;"−"0.00;0.00', "0.0%"]
    assert [cell.value for cell in second] == [2020, 7, "+0,00", "*", "x"]


@pytest.mark.parametrize("code", CODES)
def test_rows_are_the_places_own_of_the_csv_with_their_formats(code):
    made, sheet = made_page(code, "vi"), book_of(code)["Số liệu"]
    head, *rows = sheet.iter_rows(min_row=2)
    assert [cell.value for cell in head] == list(ANNEX_COLUMNS)
    wanted = made.rows
    if code.isdigit():
        wanted = wanted[wanted["place"].eq(code) | wanted["place_kind"].eq("commune")]
        assert 0 < len(wanted) < len(made.rows) / 3
    for cells, own in zip(rows, wanted.itertuples(index=False), strict=True):
        for cell, column in zip(cells, ANNEX_COLUMNS, strict=True):
            value = getattr(own, column)
            missing = value == "" if isinstance(value, str) else pd.isna(value)
            assert (cell.value is None) if missing else cell.value == value
            if not missing and column in (*IN_UNIT, *FORMATS):
                assert cell.number_format != "General"


@pytest.mark.parametrize(("code", "language"), [*((code, "vi") for code in CODES), ("912", "en")])
def test_no_formula_no_outside_link_no_macro(code, language):
    raw = made_page(code, language).workbook
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        names = parts.namelist()
        assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
        for name in names:
            content = parts.read(name)
            assert b"<f>" not in content
            assert b"<f " not in content
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in content


def test_text_like_a_formula_is_quoted_text_in_every_sheet():
    made = made_page("899", "vi")
    rows = (
        made.rows[made.rows["place_kind"] == "district"]
        .head(2)
        .assign(measure_vi="=1+1", place_vi="@SUM(A1)", source="+cmd|' /C calc'!A0")
    )
    table = Table("-1", (Column("=A1"), Column("+b")), (("@x", "=HYPERLINK(1)"),), ("=note",))
    book = load_workbook(
        io.BytesIO(annex_workbook(made.page, title_of(made.whole), as_annex(rows), [("=part", table)]))
    )
    told = {}
    for sheet in book:
        for row in sheet.iter_rows():
            told |= {cell.value: cell for cell in row if isinstance(cell.value, str)}
    for text in (
        "=1+1",
        "@SUM(A1)",
        "+cmd|' /C calc'!A0",
        "-1",
        "=A1",
        "+b",
        "@x",
        "=HYPERLINK(1)",
        "=note",
        "=part",
    ):
        assert (told[text].data_type, told[text].quotePrefix) == ("s", True), text


def test_contents_lead_to_every_sheet():
    made, book = made_page("899", "vi"), book_of("899")
    sheet = book["Mục lục"]
    links = {
        cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames if name != "Mục lục"}
    captions = [row[1].value for row in sheet.iter_rows(min_row=5, max_row=4 + len(made.tables))]
    assert captions == [table.caption for _, table in made.tables]


@pytest.mark.parametrize("code", CODES)
def test_every_sheet_has_its_head_frozen_repeated_on_paper_and_the_band_on_top(code):
    made = made_page(code, "vi")
    for sheet in book_of(code):
        head = 4 if sheet.title == "Mục lục" else 3 if sheet.title.startswith("Bảng") else 2
        assert sheet["A1"].value == made.page.band
        assert sheet.freeze_panes[1:] == str(head + 1)
        assert sheet.print_title_rows == f"${head}:${head}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")


def test_workbook_of_real_data_has_no_band():
    made = made_page("899", "vi")
    page = replace(made.page, survey_round=replace(made.page.survey_round, simulated=False))
    title = replace(title_of(made.whole), band="")
    book = load_workbook(
        io.BytesIO(annex_workbook(page, title, as_annex(made.rows.head(1)), made.tables[:1]))
    )
    assert book["Bảng 1"]["A1"].value == made.tables[0][1].caption
    assert book["Số liệu"]["A1"].value == "survey_round"


def test_same_page_gives_the_same_bytes():
    made = made_page("parindex", "vi")
    assert annex_workbook(made.page, title_of(made.whole), made.annex, made.tables) == made.workbook
