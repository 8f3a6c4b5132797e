"""Each rule of a page, on a page that breaks it."""

import pytest

from analysis.batch.page_checks import MAX_BYTES, check_page

RULES = "default-src 'none'; img-src data:; form-action 'none'; base-uri 'none'"
POLICY = f'<meta http-equiv="Content-Security-Policy" content="{RULES}">'
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
        (page(head=POLICY.replace("form-action 'none'", "")), "csp"),
        (page(head=POLICY.replace("; base-uri 'none'", "")), "csp"),
        (page(head=POLICY + '<meta http-equiv="refresh" content="0; url=https://other.example">'), "refresh"),
        (page(head=POLICY + '<meta http-equiv="Refresh" content="5">'), "refresh"),
        (page('<meta http-equiv=" REFRESH" content="5">'), "refresh"),
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
        (page("<p>{district}</p>"), "placeholder"),
        (page("<p>A <code>b</code> {district}</p>"), "placeholder"),
    ],
)
def test_fault_is_found(html, code):
    assert code in codes(html)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Điểm: nan</p>",
        "<p>Điểm: None</p>",
        "<p>Điểm: <b>nan</b></p>",
        "<p>Điểm 4,20 [nan; nan]</p>",
        "<p>Điểm 4,20 (nan–4,50)</p>",
        "<p>Huyện Hòn Đất đạt nan điểm.</p>",
        "<p>tăng từ 3,10 đến nan.</p>",
        "<p>nan%</p>",
        "<p>hạng nan/63</p>",
        "<p>-inf</p>",
        "<p>khoảng inf điểm</p>",
        "<p>NaT</p>",
        "<p>&lt;NA&gt;</p>",
        TABLE.replace("</table>", "<tr><td>nan</td></tr></table>"),
        TABLE.replace("</table>", "<tr><td> None </td></tr></table>"),
        IMAGE.replace("của tỉnh", "của tỉnh: nan"),
    ],
)
def test_empty_number_is_found(body):
    assert codes(page(body)) == {"empty_number"}


@pytest.mark.parametrize(
    "body",
    [
        "<p>Nankai information</p>",
        "<p>Qua 3 năm gian nan, xã đã có đường.</p>",
        "<p>Vượt gian nan</p>",
        "<p>Khó khăn: nan giải nhất là nước sạch.</p>",
        "<p>Nghề chẻ nan tre</p>",
        "<p>None of the districts can be ranked.</p>",
        "<p>A cell is <code>NaN</code>.</p><pre>x = {a: nan}</pre>",
    ],
)
def test_ordinary_word_is_not_an_empty_number(body):
    assert codes(page(body)) == set()
