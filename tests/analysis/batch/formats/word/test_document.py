"""The Word file says what the page says, in order, and is built of real headings, lists and tables."""

import io
import itertools
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from analysis.batch.formats.page_blocks import title_of
from analysis.batch.formats.word.document import word_file
from analysis.briefing.blocks import Block, Image, Listing, Paragraphs, Section, Table, Title
from analysis.briefing.html import fill
from tests.analysis.batch.formats.made_page import CODES, made_page
from tests.page_texts import page_lines, squeezed

PAIRS = [("899", "vi"), ("899", "en"), ("912", "vi"), ("province_overview", "vi"), ("parindex", "en")]
TITLE = Title("", ("UBND", "SNV"), ("CHXHCN", "Độc lập"), "Bản tin", "Năm 2021", "Dành cho")


def document_of(code, language):
    return docx.Document(io.BytesIO(made_page(code, language).word))


def small(*blocks: Block, title=TITLE, language="vi"):
    return docx.Document(io.BytesIO(word_file(blocks, title, language)))


def lines_of(document):
    """The text of the body's paragraphs, in tables too, in order."""
    texts = (
        "".join(node.text or "" for node in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))
    )
    return [line for text in texts if (line := squeezed(text))]


@pytest.mark.parametrize(("code", "language"), PAIRS)
def test_word_says_line_for_line_what_the_page_says(code, language):
    made = made_page(code, language)
    expected = page_lines(made.html)
    if code == "province_overview":  # squares of a tile map are lines of a list in Word
        tiles = [tile for block in made.whole.walk() for tile in getattr(block, "tiles", ())]
        assert len(tiles) == 15
        said = {f"{tile.name} {tile.about}": f"{tile.name}: {tile.about}" for tile in tiles}
        expected = [said.get(line, line) for line in expected]
        assert set(said.values()) <= set(expected)
    got = lines_of(document_of(code, language))
    assert sorted(got) == sorted(expected)
    if code != "province_overview":  # a map's caption stands under it on the page and above it in Word
        assert got == expected
    assert len(got) > 100


@pytest.mark.parametrize(("code", "language"), PAIRS)
def test_headings_are_real_and_none_is_jumped(code, language):
    made = made_page(code, language)
    headings = [
        (int(p.style.name.removeprefix("Heading ")), p.text)
        for p in document_of(code, language).paragraphs
        if p.style.name.startswith("Heading")
    ]
    sections = [(block.level, block.heading) for block in made.whole.walk() if isinstance(block, Section)]
    assert headings == [(1, title_of(made.whole).heading), *sections]
    levels = [level for level, _ in headings]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(("code", "language"), PAIRS)
def test_every_table_repeats_its_head_and_keeps_its_rows_whole(code, language):
    made, document = made_page(code, language), document_of(code, language)
    blocks = [block for block in made.whole.walk() if isinstance(block, Table)]
    _, *tables = document.tables  # the first holds agency and motto
    assert len(tables) == len(blocks) > 5
    for table, block in zip(tables, blocks, strict=True):
        head, *rows = table.rows
        assert head._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rows)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption
        before = table._tbl.getprevious()
        assert before.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")) == "Caption"
        assert document.styles["Caption"].paragraph_format.keep_with_next


@pytest.mark.parametrize(("code", "language"), PAIRS)
def test_every_chart_is_a_picture_with_its_description(code, language):
    made, document = made_page(code, language), document_of(code, language)
    images = [block for block in made.whole.walk() if isinstance(block, Image)]
    described = [shape._inline.docPr for shape in document.inline_shapes]
    assert [properties.get("descr") for properties in described] == [image.alt for image in images]
    assert [properties.get("title") for properties in described] == [image.caption for image in images]
    assert len({properties.get("id") for properties in described}) == len(images) > 0
    for shape in document.inline_shapes:
        blip = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert blip.blob.startswith(b"\x89PNG")


@pytest.mark.parametrize(("language", "tag"), [("vi", "vi-VN"), ("en", "en-GB")])
def test_page_fonts_and_language_are_as_decree_30_asks(language, tag):
    document = document_of("899", language)
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 18]
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 13)
    fonts = {node.get(qn(f"w:{which}")) for node in document.styles.element.iter(qn("w:rFonts"))
             for which in ("ascii", "hAnsi", "cs", "eastAsia") if node.getparent().getparent().get(qn("w:styleId"))
             in {paragraph.style.style_id for paragraph in document.paragraphs}}  # fmt: skip
    assert fonts == {"Times New Roman"}
    languages = [node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))]
    assert set(languages) == {tag}
    assert document.core_properties.language == tag


def test_text_in_another_language_says_so():
    marked = [
        ("".join(t.text for t in run.iter(qn("w:t"))), node.get(qn("w:val")))
        for run in document_of("899", "vi").element.body.iter(qn("w:r"))
        for node in run.iter(qn("w:lang"))
    ]
    assert marked == [("data/example/simulate.py, seed in the script", "en-GB")]
    assert "vi-VN" in {
        node.get(qn("w:val")) for node in document_of("parindex", "en").element.body.iter(qn("w:lang"))
    }


def test_band_is_on_top_and_in_the_header_of_every_sheet_with_the_number_from_the_second_on():
    document, band = document_of("899", "vi"), made_page("899", "vi").page.band
    section = document.sections[0]
    assert document.paragraphs[0].text == band
    assert section.different_first_page_header_footer
    first, others = section.first_page_header, section.header
    assert [p.text for p in first.paragraphs] == [band]
    assert [p.text for p in others.paragraphs][-1] == band
    fields = [node.text.strip() for node in others._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE"]
    assert not list(first._element.iter(qn("w:instrText")))


def test_real_data_have_the_number_alone():
    document = small(TITLE)
    assert document.paragraphs[0].style.name == "Heading 1"
    assert [p.text for p in document.sections[0].first_page_header.paragraphs] == [""]
    assert [p.text for p in document.sections[0].header.paragraphs] == ["2"]


def test_each_numbered_list_starts_at_one_and_bullets_are_bullets():
    document = small(Listing(("a", "b"), "ol"), Listing(("c",), "ul"), Listing(("d", "e"), "ol"))
    own = [p._p.pPr.numPr.numId.val if p._p.pPr.numPr is not None else None for p in document.paragraphs]
    assert own[0] == own[1] != own[3] == own[4]
    assert own[2] is None
    assert [p.style.name for p in document.paragraphs] == ["List Number"] * 2 + ["List Bullet"] + [
        "List Number"
    ] * 2
    numbering = document.part.numbering_part.element
    for number in (own[0], own[3]):
        [made] = [num for num in numbering.num_lst if num.numId == number]
        assert made.lvlOverride_lst[0].startOverride.val == 1


def test_annex_begins_on_a_new_sheet_and_no_other_part_does():
    document = document_of("899", "vi")
    broken = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert broken == ["Phụ lục dành cho cán bộ phân tích"]


@pytest.mark.parametrize("part", [fill("lines.html", lines=("a",)), "a"])
def test_part_that_only_html_can_show_is_refused(part):
    with pytest.raises(TypeError, match="no form in Word"):
        word_file([Section("a", "A", (Paragraphs(("b",)), part))], TITLE, "vi")


@pytest.mark.parametrize("code", CODES)
def test_file_links_to_nothing_outside_and_runs_nothing(code):
    with zipfile.ZipFile(io.BytesIO(made_page(code, "vi").word)) as parts:
        names = parts.namelist()
        assert not [name for name in names if "vba" in name.lower() or "thumbnail" in name]
        for name in names:
            content = parts.read(name).decode("utf-8", "replace")
            assert 'TargetMode="External"' not in content
            if name.startswith("word/"):
                assert not re.search(r"instrText[^<]*>\s*(?!PAGE\b)\w", content)


def test_same_blocks_give_the_same_bytes():
    made = made_page("899", "vi")
    again = word_file([made.how.blocks(made.page)], title_of(made.whole), "vi")
    assert again == made.word
