"""Sixty planted strings in every text field: whatever format a page has, they stay text."""

import dataclasses
import io
import itertools
import re
import zipfile
from xml.etree import ElementTree

import nbformat
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from analysis import paths
from analysis.batch.formats.annex_workbook import annex_workbook
from analysis.batch.formats.page_blocks import title_of
from analysis.batch.formats.rows_file import rows_csv
from analysis.batch.formats.word.document import word_file
from analysis.batch.index import IndexRow, render_index
from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead, render_page
from analysis.batch.targets import district_target
from analysis.briefing.blocks import Group, Image, Section, Table
from tests.analysis.batch.formats.made_page import CODES, as_annex, made_page
from tests.analysis.batch.formats.planted import SCRIPTS, with_scripts, with_words

RUNS = ("script", "iframe", "object", "embed", "form", "base", "link", "svg", "video", "audio", "template")
UNSAFE = {"script", "csp", "refresh", "handler", "outside"}


@pytest.fixture(scope="module", params=CODES)
def blocks(request):
    """A page with scripts in all its texts, and the same with a word in each."""
    whole = made_page(request.param, "vi").whole
    return with_scripts(whole), with_words(whole)


def page(block, head):
    data, metadata = block._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
    return render_page(notebook, head)


def shape(html):
    """Every element with the names of its attributes, in order."""
    return [(tag.name, tuple(sorted(tag.attrs))) for tag in BeautifulSoup(html, "html.parser")(True)]


def is_safe(html):
    soup = BeautifulSoup(html, "html.parser")
    assert soup(RUNS) == []
    assert soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert not UNSAFE & set(check_page(html, "vi")["code"])
    return True


def test_there_are_sixty_and_each_is_planted(blocks):
    assert len(set(SCRIPTS)) == 60
    scripts, _ = blocks
    text = " ".join(BeautifulSoup(str(scripts.markup), "html.parser").get_text(" ").split())
    alts = " ".join(block.alt for block in scripts.walk() if isinstance(block, Image))
    assert [one for one in SCRIPTS if " ".join(one.split()) not in f"{text} {alts}"] == []


def test_page_has_the_same_elements_and_attributes_as_with_plain_words(blocks):
    scripts, words = (page(block, PageHead("word", "vi")) for block in blocks)
    assert shape(scripts) == shape(words)
    assert is_safe(scripts)


@pytest.mark.parametrize("script", SCRIPTS)
def test_head_of_a_page_and_the_mark_on_its_sheets_are_text(script):
    html = page(title_of(made_page("899", "vi").whole), PageHead(script, "vi", script))
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title.get_text() == script
    assert len(soup("style")) == 1
    assert is_safe(html)


def test_index_is_inert():
    made = made_page("899", "vi")
    target = district_target(made.page, paths.notebooks_folder() / "district_briefing.ipynb")
    rows = [
        IndexRow(
            dataclasses.replace(target, name=one, about=one),
            "built",
            "899/briefing.html",
            {"pdf": "899/a.pdf"},
        )
        for one in SCRIPTS
    ]
    words = [
        dataclasses.replace(row, target=dataclasses.replace(target, name="word", about="word"))
        for row in rows
    ]
    html = render_index(made.page, rows)
    assert shape(html) == shape(render_index(made.page, words))
    assert is_safe(html)


def test_word_file_has_the_same_parts_and_elements_as_with_plain_words(blocks):
    def parts(block):
        with zipfile.ZipFile(io.BytesIO(word_file([_few(block)], title_of(block), "vi"))) as file:
            return {name: file.read(name) for name in file.namelist()}

    scripts, words = map(parts, blocks)
    assert scripts.keys() == words.keys()
    for name in scripts:
        if name.endswith((".xml", ".rels")):
            assert elements(scripts[name]) == elements(words[name]), name
        assert b'TargetMode="External"' not in scripts[name]
    said = "".join(ElementTree.fromstring(scripts["word/document.xml"]).itertext())
    assert "<script>ran=1</script>" in said


def elements(xml):
    """Every element's name in order; a line break or a tab of a text is an element in Word."""
    names = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(xml).iter()]
    return [name for name in names if name not in ("br", "tab", "t")]


def _few(block):
    """Title and the first table, list and chart of each kind: Word's writer does the same for all others."""
    first = {
        type(part): part for part in reversed(list(block.walk())) if not isinstance(part, (Group, Section))
    }
    return Group((Section("a", title_of(block).heading, tuple(first.values())),))


def test_workbook_and_csv_hold_them_as_text(blocks):
    scripts, _ = blocks
    made = made_page("899", "vi")
    texts = itertools.cycle(SCRIPTS)
    rows = made.rows.head(60)
    names = ("place_vi", "place_en", "measure_vi", "measure_en", "source", "note", "unit_label")
    rows = rows.assign(**{name: [next(texts) for _ in range(len(rows))] for name in names if name in rows})
    tables = [(one.caption, one) for one in scripts.walk() if isinstance(one, Table)]
    raw = annex_workbook(made.page, title_of(scripts), as_annex(rows), tables)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in parts.namelist():
            xml = parts.read(name)
            assert not re.search(rb"<f[ >]|TargetMode=\"External\"", xml), name
            assert {e.tag.rpartition("}")[2].lower() for e in ElementTree.fromstring(xml).iter()} & set(
                RUNS
            ) == set()
    held = {
        cell.value for sheet in load_workbook(io.BytesIO(raw)) for row in sheet.iter_rows() for cell in row
    }
    assert set(SCRIPTS) <= held
    assert all(one in rows_csv(as_annex(rows)).decode("utf-8-sig").replace('""', '"') for one in SCRIPTS)
