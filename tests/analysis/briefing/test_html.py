"""No text becomes markup."""

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from analysis.briefing.html import Html, fill, keep_whole
from analysis.briefing.parts import group


def test_plain_text_is_refused():
    with pytest.raises(TypeError):
        Html("<b>bold</b>")


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a & b"])
def test_values_are_escaped_in_text_and_in_attributes(nasty):
    page = fill("figure.html", data="", alt=nasty, caption=nasty, kind="", width=1, height=1)._repr_html_()
    assert nasty not in page
    assert "<script" not in page
    assert page.count("<img") == 1


@pytest.mark.parametrize(
    "nasty", ["[<script>]", "a [<b>] [x", "[" + "<" * 40 + "]", Markup("<i>[a – b]</i>")]
)
def test_interval_kept_whole_is_escaped_like_any_other_text(nasty):
    soup = BeautifulSoup(keep_whole(nasty), "html.parser")
    assert {tag.name for tag in soup()} <= ({"i"} if isinstance(nasty, Markup) else {"span"})
    assert soup.get_text() == (nasty.striptags() if isinstance(nasty, Markup) else nasty)


def test_joined_parts_stand_in_order():
    a, b = Html(Markup("<p>a</p>")), Html(Markup("<p>b</p>"))
    assert group(a, b)._repr_html_() == "<p>a</p>\n<p>b</p>"
