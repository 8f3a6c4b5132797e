"""Rows that a province edits, each text of them hostile: a district's page and its files hold them as text."""

import csv
import io
import re
import shutil
import zipfile
from types import SimpleNamespace
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from analysis.batch.formats.annex_workbook import annex_workbook
from analysis.batch.formats.page_blocks import page_tables, title_of
from analysis.batch.formats.results_rows import annex_rows
from analysis.batch.formats.rows_file import rows_csv
from analysis.batch.formats.whole_pages import whole_page
from analysis.batch.formats.word.document import word_file
from analysis.batch.page_checks import check_page
from analysis.batch.render import PageHead, render_page
from analysis.briefing.blocks import Group, Section
from analysis.briefing.pack import open_pack
from analysis.briefing.wording import check_wording
from analysis.errors import BadRows
from analysis.findings import stop_on
from analysis.places import check_places, read_places
from tests.analysis.batch.formats.hostile_rows import HOSTILE, build_hostile, make_hostile
from tests.analysis.batch.formats.planted import SCRIPTS
from training.sections import figures
from training.sections.district import briefing

ROUND, DISTRICT = "example-2021", "906"
UNSAFE = {"script", "csp", "refresh", "handler", "outside"}
#: All that a page is built of.
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "br",
    "strong", "span", "div", "figure", "img", "figcaption", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "ul", "ol", "li", "dl", "dt", "dd", "a",
}  # fmt: skip
NAMES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "role", "aria-labelledby", "id", "src", "alt",
    "width", "height", "scope", "data-label", "href",
}  # fmt: skip

#: No chart has room for names this long.
pytestmark = pytest.mark.filterwarnings("ignore:constrained_layout not applied")


def forget_words():
    for one in (figures.statistic_of, figures._vocabulary):
        one.cache_clear()


def page_of(pack):
    whole = briefing(pack)
    data, metadata = whole._repr_mimebundle_()
    output = nbformat.v4.new_output("display_data", data=data, metadata=metadata)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("page", outputs=[output])])
    return whole, render_page(notebook, PageHead(pack.say("heading"), pack.language, pack.band))


@pytest.fixture(scope="module")
def folder(example_results, tmp_path_factory):
    data, planter, survey = make_hostile(tmp_path_factory.mktemp("hostile"), ROUND)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_DATA", str(data))
        forget_words()
        build_hostile(data, planter, survey, ROUND)
        assert planter.planted > 10_000
        yield data
    forget_words()


@pytest.fixture(scope="module")
def made(folder):
    """The district's page, and the files beside it, as the batch makes them."""
    pack = open_pack(DISTRICT, ROUND, "vi")
    whole, html = page_of(pack)
    rows = annex_rows(pack, whole_page(DISTRICT).rows(pack))
    tables = page_tables(html, whole)
    return SimpleNamespace(
        html=html,
        rows=rows,
        workbook=annex_workbook(pack, title_of(whole), rows, tables),
        csv=rows_csv(rows),
        word=word_file([_few(whole)], title_of(whole), "vi"),
    )


def _few(block):
    """Title and the first block of each kind: Word's writer does the same for all others."""
    kinds = {
        type(part): part for part in reversed(list(block.walk())) if not isinstance(part, (Group, Section))
    }
    return Group((Section("a", title_of(block).heading, tuple(kinds.values())),))


def test_page_has_no_element_and_no_attribute_but_those_of_our_templates(made):
    soup = BeautifulSoup(made.html, "html.parser")
    images = soup("img")
    assert len(images) >= 3 and all(image["src"].startswith("data:image/svg+xml;base64,") for image in images)
    assert all(link["href"].startswith("#") for link in soup("a"))
    assert {tag.name for tag in soup(True)} <= TAGS
    assert {name for tag in soup(True) for name in tag.attrs} <= NAMES
    assert len(soup("style")) == 1 and len(soup("h1")) == 1
    assert not UNSAFE & set(check_page(made.html, "vi")["code"])


def test_rows_of_every_kind_reached_the_page(made, folder):
    """Else the page would be clean for want of anything hostile in it."""
    text = " ".join(BeautifulSoup(made.html, "html.parser").get_text(" ").split())
    said = [one for one in SCRIPTS if " ".join(one.split()) in text]
    assert len(said) >= 55
    for file, column, key in (
        ("framework/papi/dimensions.csv", "name_vi", "D1"),
        ("framework/papi/sub_dimensions.csv", "name_vi", "S1.1"),
        ("framework/papi/indicators.csv", "name_vi", "civic_policies"),
        ("places/districts.csv", "name_vi", DISTRICT),
        ("directive/tasks.csv", "title_vi", "T4"),
        ("administrative/figures.csv", "name_vi", "procedures_online"),
        ("parindex/fields.csv", "name_vi", ""),
        ("training/vocabulary.csv", "name_vi", "learning"),
        ("wording/briefing.csv", "vi", "h_limits"),
    ):
        rows = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
        planted = rows.loc[(rows == key).any(axis=1) | (key == ""), column]
        assert any(" ".join(one.split()) in text for one in planted), file


def test_word_file_leads_nowhere_and_runs_nothing(made):
    with zipfile.ZipFile(io.BytesIO(made.word)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert not [name for name in parts if re.search(r"vba|activeX|embed|\.bin$", name, re.IGNORECASE)]
    assert not any(b'TargetMode="External"' in part for part in parts.values())
    document = ElementTree.fromstring(parts["word/document.xml"])
    names = {element.tag.rpartition("}")[2] for element in document.iter()}
    assert not names & {"hyperlink", "object", "altChunk", "instrText", "fldSimple"}
    assert "ran=1" in "".join(document.itertext())


def test_workbook_has_no_formula_and_no_outside_link(made):
    with zipfile.ZipFile(io.BytesIO(made.workbook)) as file:
        for name in file.namelist():
            assert not re.search(rb'<f[ >]|TargetMode="External"', file.read(name)), name
    book = load_workbook(io.BytesIO(made.workbook))
    texts = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    ]
    risky = [cell for cell in texts if cell.value[:1] in "=+-@\t"]
    assert any("HYPERLINK" in cell.value for cell in texts) and len(risky) > 20
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)


def test_no_cell_of_the_csv_begins_like_a_formula(made):
    lines = list(csv.DictReader(io.StringIO(made.csv.decode("utf-8-sig"))))
    names = ("place_vi", "place_en", "measure_vi", "measure_en", "source")
    cells = [line[name] for line in lines for name in names]
    assert sum(cell.startswith("'=HYPERLINK") for cell in cells) > 10
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    assert all(any(one in cell for cell in cells) for one in HOSTILE[:5])


BRACES = ("{", "}", "{0}", "{province.__class__}", "{% raw %}", "{province!r:>99999}")
TITLES = ("=HYPERLINK(1)/a", "[a]", "Bảng: một", "a\\b", "a" * 32)


@pytest.mark.parametrize(
    ("key", "nasty"), [*(("h_limits", one) for one in BRACES), *(("sheet_rows", one) for one in TITLES)]
)
def test_sentence_that_names_no_value_and_title_that_no_sheet_may_have_are_refused(key, nasty):
    """An unknown brace would stop the run with a fault of Python's, in English and without the row."""
    rows = pd.DataFrame(
        [(key, nasty, nasty), ("sound", "{year}: {{", "{year}: {{")], columns=["key", "vi", "en"]
    )
    found = check_wording(rows)
    assert found["code"].tolist() == ["braces" if nasty in BRACES else "sheet"]
    assert found["where"].str.contains(key).all()
    with pytest.raises(BadRows, match=key):
        stop_on(found)


@pytest.mark.parametrize("nasty", ["Giồng\tRiềng", "Giồng\nRiềng", "Giồng  Riềng"])
def test_name_of_a_place_with_a_tab_or_a_line_break_is_refused(tmp_path, monkeypatch, folder, nasty):
    shutil.copytree(folder / "places", tmp_path / "places")
    rows = pd.read_csv(tmp_path / "places" / "districts.csv", dtype=str, keep_default_na=False)
    rows.loc[rows["code"] == DISTRICT, "name_vi"] = nasty
    rows.to_csv(tmp_path / "places" / "districts.csv", index=False)
    monkeypatch.setenv("WORKBENCH_DATA", str(tmp_path))
    with pytest.raises(BadRows, match="stray spaces"):
        stop_on(check_places(read_places()))
