"""Each rule of a page, on a page that breaks it."""

import pytest

from analysis.batch.page_checks import MAX_BYTES, check_page

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:">'
TABLE = '<table><caption>Điểm</caption><tr><th scope="col">a</th></tr></table>'
IMAGE = '<img src="data:image/svg+xml;base64,AAAA" alt="Biểu đồ điểm tám lĩnh vực của tỉnh">'


def page(body="", head=POLICY, lang="vi", band='<p class="band">DỮ LIỆU MÔ PHỎNG</p>'):
    return f'<html lang="{lang}"><head><title>t</title>{head}</head><body>{band}<h1>Tiêu đề</h1>{body}</body></html>'


def codes(html, **options):
    return set(check_page(html, "vi", simulated=True, **options)["code"])


def test_good_page_has_no_finding():
    assert codes(page(f'<h2 id="a">A</h2>{TABLE}{IMAGE}<a href="899-rach-gia/briefing.html">x</a>')) == set()


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (page("<script>1</script>"), "script"),
        (page("<iframe></iframe>"), "script"),
        (page('<p onclick="x">a</p>'), "handler"),
        (page('<a href="javascript:alert(1)">a</a>'), "outside"),
        (page('<a href="//other.example/x">a</a>'), "outside"),
        (page('<img src="/etc/hostname" alt="một hình ảnh bên ngoài trang này">'), "outside"),
        (page('<p style="background: url(x)">a</p>'), "outside"),
        (page(head=""), "csp"),
        (page(lang="en"), "lang"),
        (page("<h1>hai</h1>"), "h1"),
        (page("<h3>nhảy</h3>"), "headings"),
        (page('<img src="data:image/png;base64,AA" alt="">'), "alt"),
        (
            page(
                '<img src="data:image/png;base64,AA" alt="No description has been provided for this image">'
            ),
            "alt",
        ),
        (page('<table><tr><th scope="col">a</th></tr></table>'), "caption"),
        (page("<table><caption>c</caption><tr><th>a</th></tr></table>"), "scope"),
        (page('<p id="a"></p><p id="a"></p>'), "id"),
        (page("x" * MAX_BYTES), "size"),
        (page("Ra\u0323ch Gia\u0301"), "nfc"),
        (page(band=""), "band"),
        (page("<p>Điểm: nan</p>"), "empty_number"),
        (page("<p>Điểm: None</p>"), "empty_number"),
        (page("<p>{district}</p>"), "placeholder"),
    ],
)
def test_fault_is_found(html, code):
    assert code in codes(html)


def test_word_that_only_looks_like_an_empty_number_is_not_one():
    assert codes(page("<p>Nankai information</p>")) == set()
