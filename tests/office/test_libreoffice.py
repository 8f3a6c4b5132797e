"""Word and Excel files of a pack as LibreOffice reads them: whole, laid out, and inert."""

import csv
import io
import re
import unicodedata

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from analysis.batch.formats.annex_workbook import annex_workbook
from analysis.batch.formats.page_blocks import title_of
from analysis.batch.formats.rows_file import rows_csv
from analysis.briefing.blocks import Column, Image, Table
from tests.analysis.batch.formats.made_page import as_annex, made_page
from tests.office.libreoffice import converted, need_libreoffice
from tests.page_texts import page_lines, solid, squeezed

PAIRS = [("899", "vi"), ("912", "en"), ("province_overview", "vi")]
#: Each would change into something else, were it run.
FORMULAS = ("=1+1", "+2+2", "-3+3", "@SUM(1;1)", '=HYPERLINK("x";"y")', "=cmd|' /C calc'!A0", "\t=4+4")


@pytest.fixture(scope="module", autouse=True)
def libreoffice():
    need_libreoffice()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module", params=PAIRS, ids=lambda pair: "-".join(pair))
def word(request, folder):
    """A page, and its Word file in a folder."""
    made = made_page(*request.param)
    file = folder / f"{'-'.join(request.param)}.docx"
    file.write_bytes(made.word)
    return made, file


def test_text_holds_every_line_and_every_table_number_of_the_page(word, folder):
    made, file = word
    text = converted(file, "txt:Text (encoded):UTF8", folder).read_text(encoding="utf-8-sig")
    assert unicodedata.is_normalized("NFC", text)
    lines = {re.sub(r"^(\d+\.|[•·*-])\s+", "", squeezed(line)) for line in text.splitlines()}
    lines |= {squeezed(line) for line in text.splitlines()}
    tiles = {
        f"{tile.name} {tile.about}" for block in made.whole.walk() for tile in getattr(block, "tiles", ())
    }
    missing = [line for line in page_lines(made.html) if line not in lines | tiles]
    assert missing == []


def test_it_is_laid_out_on_a4_with_the_band_on_every_sheet_and_vietnamese_letters(word, folder):
    made, file = word
    pdf = PdfReader(converted(file, "pdf", folder))
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pdf.pages}
    assert sizes == {(595, 842)}
    texts = [page.extract_text() for page in pdf.pages]
    assert all(solid(made.page.band) in solid(text) for text in texts)
    for number, text in enumerate(texts[1:], 2):
        assert re.match(rf"\s*{number}\b", text), text[:80]
    images = sum(isinstance(block, Image) for block in made.whole.walk())
    assert (
        len({image.name for page in pdf.pages for image in page.images}) == images
    )  # all sheets share one list
    if made.code.isdigit():
        heading = solid(made.page.say("h_annex"))
        assert heading in solid(texts[2]), "the annex is not on sheet 3"


def test_headings_survive_an_edit_and_a_second_save(word, folder):
    """A person edits the file in LibreOffice and saves it as Word again: nothing of its structure goes."""
    made, file = word
    saved = folder / "again"
    saved.mkdir(exist_ok=True)
    back = converted(converted(file, "odt", folder), "docx:MS Word 2007 XML", saved)
    before, after = docx.Document(file), docx.Document(back)
    assert [p.text for p in after.paragraphs if p.style.name.startswith("Heading")] == [
        p.text for p in before.paragraphs if p.style.name.startswith("Heading")
    ]
    assert len(after.tables) == len(before.tables)
    alts = [shape._inline.docPr.get("descr") for shape in after.inline_shapes]
    assert alts == [block.alt for block in made.whole.walk() if isinstance(block, Image)]


def test_formula_strings_are_inert_in_excel_and_csv(folder):
    made = made_page("899", "vi")
    rows = made.rows.head(len(FORMULAS)).assign(measure_vi=list(FORMULAS), estimate=-0.5)
    table = Table("Thử", (Column("a"), Column("b", True)), tuple((text, text) for text in FORMULAS))
    book = folder / "inert.xlsx"
    book.write_bytes(annex_workbook(made.page, title_of(made.whole), as_annex(rows), [("P", table)]))
    # Every sheet of the workbook as a file of its own, as it is shown.
    option = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    with pytest.raises(FileNotFoundError):  # named after the sheet instead
        converted(book, option, folder)
    shown = {
        cell
        for file in folder.glob("inert-*.csv")
        for row in csv.reader(file.open(encoding="utf-8", newline=""))
        for cell in row
    }
    assert set(FORMULAS) <= shown
    file = folder / "rows.csv"
    file.write_bytes(rows_csv(as_annex(rows)))
    again = converted(file, "xlsx:Calc MS Excel 2007 XML", folder)
    cells = [cell for row in load_workbook(io.BytesIO(again.read_bytes())).active.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert {f"'{text}" for text in FORMULAS if not text.startswith("\t")} <= {cell.value for cell in cells}


def plain(text):
    """Without what a spreadsheet's own language decides: the minus sign and the mark between thousands."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.replace("−", "-"))


def test_numbers_of_the_annex_are_shown_as_on_the_page(folder):
    made = made_page("912", "en")
    book = folder / "annex.xlsx"
    book.write_bytes(made.workbook)
    option = "csv:Text - txt - csv (StarCalc):44,34,76,1,,2057,false,true,false,false,false,3"
    with pytest.raises(FileNotFoundError):
        converted(book, option, folder)
    [file] = folder.glob("annex-*.csv")
    shown = list(csv.reader(file.open(encoding="utf-8", newline="")))
    _, table = made.tables[1]
    for row, cells in zip(table.rows, shown[3:], strict=False):
        assert [plain(str(cell)) for cell in row] == [plain(cell) for cell in cells]
