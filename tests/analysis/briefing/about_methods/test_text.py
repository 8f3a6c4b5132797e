"""METHODS.md as a page's text: whole, and unable to become markup."""

import pytest
from bs4 import BeautifulSoup

from analysis.briefing.about_methods.text import plain, read_methods, show_chapter, split_chapters
from analysis.briefing.wording import read_wording


def soup_of(text):
    return BeautifulSoup("".join(show_chapter(c)._repr_html_() for c in split_chapters(text)), "html.parser")


def test_every_chapter_of_methods_has_a_name_and_a_summary_in_both_languages():
    slugs = [chapter.slug for chapter in split_chapters(read_methods())]
    assert len(slugs) == len(set(slugs)) > 15
    assert [slug for slug in slugs if f"chapter_{slug}" not in read_wording()] == []
    assert [slug for slug in slugs if f"summary_{slug}" not in read_wording()] == []
    told = {key.removeprefix("summary_") for key in read_wording() if key.startswith("summary_")}
    assert told - set(slugs) == set()


def test_no_word_of_methods_is_lost():
    shown = soup_of(read_methods())
    for caption in shown("caption"):
        caption.decompose()
    words = "".join(shown.get_text().split())
    chapters = split_chapters(read_methods())
    assert words == "".join("".join((c.title + plain(c.tokens)).split()) for c in chapters)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<div onclick='x'>\n\n</div>",
        "`<b>code</b>`",
        "    <i>block</i>",
        "| <u>a</u> | b |\n|---|---|\n| <s>1</s> | 2 |",
        "# <b>heading</b>",
        "[name](javascript:alert(1))",
        "![picture](http://other.example/x.png)",
        '<a href="http://other.example">x</a>',
    ],
)
def test_nothing_in_the_text_becomes_markup_of_its_own(text):
    soup = soup_of(f"## Chapter <script>\n\n{text}\n")
    assert soup(["script", "img", "div", "a", "b", "i", "u", "s"]) == []
    assert all(not name.startswith("on") and name != "href" for tag in soup(True) for name in tag.attrs)


def test_address_is_printed_and_not_linked():
    assert (
        "R survey (http://r.example/survey)"
        in soup_of("## A\n\n[R survey](http://r.example/survey)").get_text()
    )


def test_forms_of_markdown_keep_their_meaning():
    soup = soup_of("## A\n\n*one* **two** `three`\n\n- x\n- y\n\n### B\n\n    p = 1\n    q = 2\n\n1. z\n")
    assert [tag.name for tag in soup.article(True)] == [
        "h3", "p", "em", "strong", "code", "ul", "li", "li", "h4", "pre", "ol", "li",
    ]  # fmt: skip
    assert soup.pre.get_text().splitlines() == ["p = 1", "q = 2"]


def test_table_has_caption_scoped_heads_and_labels_for_phones():
    table = soup_of("## Signs\n\n| flag | rule |\n|---|---|\n| `good` | the rest |\n").table
    assert table.caption.get_text() == "Signs"
    assert [(th.get_text(), th["scope"]) for th in table("th")] == [
        ("flag", "col"), ("rule", "col"), ("good", "row"),
    ]  # fmt: skip
    assert table.td["data-label"] == "rule"
