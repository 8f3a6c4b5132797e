"""Every district's page on paper, in both languages: two sheets and the annex, nothing cut, text that reads back."""

import io
import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from tests.page_texts import page_lines, solid

#: CSS pixels of an A4 sheet, and of what lies between the margins that Decree 30 asks for.
SHEET = round(210 / 25.4 * 96)
WIDTH, HEIGHT = (210 - 30 - 15) / 25.4 * 96, (297 - 40) / 25.4 * 96
#: Reading a whole file back takes seconds: districts with and without a sample, one of them in English too.
READ_WHOLE = ("899", "912", "914")
AS_ON_PAPER = f"document.querySelector('main').style.cssText = 'margin: 0; width: {WIDTH}px'"
MAY_BE_CUT = f"""Array.from(document.querySelectorAll('figure, tr')).filter(e =>
    getComputedStyle(e).breakInside !== 'avoid' || e.getBoundingClientRect().height > {HEIGHT}
    || e.getBoundingClientRect().right > {WIDTH} + 1).map(e => e.textContent.slice(0, 60))"""
HEADS_NOT_REPEATED = """Array.from(document.querySelectorAll('thead')).filter(e =>
    getComputedStyle(e).display !== 'table-header-group').length"""


@pytest.fixture(scope="module", params=["vi", "en"])
def sheets(request, browser):
    """Page's file -> its HTML, and its sheets' text; of most files the first three sheets."""
    files = request.getfixturevalue("district_files" if request.param == "vi" else "english_files")
    assert len(files) == 15
    printed = {}
    for file in files:
        browser.open(file, SHEET)
        html = file.read_text(encoding="utf-8")
        reader = PdfReader(io.BytesIO(browser.printed()))
        last = None if _is_read_whole(file) else 3
        printed[file] = html, [own_text(page, html) for page in reader.pages[:last]]
    return printed


def _is_read_whole(file):
    return any(part.startswith(READ_WHOLE) for part in file.parts[-2:])


@pytest.fixture(scope="module")
def whole(sheets):
    chosen = {file: printed for file, printed in sheets.items() if _is_read_whole(file)}
    assert len(chosen) == len(READ_WHOLE)
    return chosen


def own_text(page, html):
    """A sheet's text, white space out, without the band at its top and the number at its foot."""
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    text = page.extract_text()
    assert unicodedata.is_normalized("NFC", text)
    band = solid(BeautifulSoup(html, "html.parser").find(class_="band").get_text())
    body, numbers = re.subn(r"\s(\d+) / (\d+)(?=\s|$)", "", f" {text}")
    assert numbers >= 1
    assert band in solid(body)
    return solid(body)


def test_annex_starts_on_the_third_sheet(sheets):
    for name, (html, texts) in sheets.items():
        heading = solid(BeautifulSoup(html, "html.parser").find(id="annex").get_text())
        assert [heading in text for text in texts[:3]] == [False, False, True], name


def test_every_line_of_the_page_is_read_back_from_paper(whole):
    for name, (html, texts) in whole.items():
        band = solid(BeautifulSoup(html, "html.parser").find(class_="band").get_text())
        whole = "".join(text.replace(band, "") for text in texts)
        lines = [line for line in map(solid, page_lines(html)) if line != band]
        assert len(lines) > 300
        assert [line for line in lines if line not in whole] == [], name


def test_every_row_of_a_table_stands_whole_on_one_sheet(whole):
    for name, (html, texts) in whole.items():
        rows = [solid(row.get_text()) for row in BeautifulSoup(html, "html.parser").select("tbody tr")]
        assert len(rows) > 100
        assert [row for row in rows if not any(row in text for text in texts)] == [], name


def test_no_figure_or_row_may_be_cut_and_heads_are_repeated(browser, district_files, english_files):
    for file in (*district_files, *english_files):
        browser.open(file, SHEET)
        browser.call("Emulation.setEmulatedMedia", media="print")
        try:
            browser.ask(AS_ON_PAPER)
            assert browser.ask("document.querySelectorAll('figure').length") >= 1
            assert browser.ask(MAY_BE_CUT) == [], file
            assert browser.ask(HEADS_NOT_REPEATED) == 0
        finally:
            browser.call("Emulation.setEmulatedMedia", media="")
