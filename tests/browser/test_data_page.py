"""The page `data_checks` with something in every section: on a desktop, on a phone, and on A4 paper."""

import re

import nbformat
import pytest

from analysis.batch.render import PageHead, render_page
from analysis.briefing import data_checks
from tests.analysis.briefing.about_data.data_sample import page_of
from tests.browser.test_pages import CUT, DESKTOP, NARROW, PHONE, SHOWN, SMALLEST, TOO_WIDE

#: Points of an A4 sheet.
A4 = (595, 842)


@pytest.fixture(scope="module")
def file(example_results, tmp_path_factory):
    page = page_of("vi")
    data, metadata = data_checks.data_checks_page(page)._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
    path = tmp_path_factory.mktemp("page") / "data_checks.html"
    html = render_page(notebook, PageHead(page.say("page_data_checks"), "vi", page.band))
    path.write_text(html, encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [DESKTOP, PHONE, NARROW])
def test_page_is_whole_at_every_width(browser, file, width):
    browser.open(file, width)
    assert browser.ask("document.querySelectorAll('table').length") >= 6
    assert browser.ask("document.images.length") == 1
    assert browser.ask(SHOWN)
    assert browser.ask(TOO_WIDE) <= 0
    assert browser.ask(CUT) == []
    assert browser.ask(SMALLEST) >= 13
    assert browser.requests == []


def test_page_prints_on_a4(browser, file):
    browser.open(file, DESKTOP)
    printed = browser.printed()
    sheets = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert 2 <= len(sheets) <= 4
    assert {(round(float(width)), round(float(height))) for width, height in sheets} == {A4}
