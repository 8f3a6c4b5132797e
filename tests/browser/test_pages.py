"""Every page of the example in a real browser, its network off: whole, and inside the screen."""

import pytest

from tests.browser.chromium import chromium, find_chromium
from tests.conftest import require_or_skip

DESKTOP, PHONE, NARROW = 1280, 390, 320
SHOWN = "Array.from(document.images).every(i => i.complete && i.naturalWidth > 0 && i.clientWidth > 0)"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """Array.from(document.querySelectorAll('td, th, p, li, h1, h2, dd, figcaption'))
    .filter(e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
SMALLEST = """Math.min(...Array.from(document.querySelectorAll('p, li, td, th, dd, figcaption, caption'))
    .filter(e => e.offsetParent && e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.fixture(scope="module")
def browser():
    program = find_chromium()
    require_or_skip("chromium", program is not None)
    with chromium(program) as page:
        yield page


@pytest.fixture(scope="module")
def files(packs):
    return [packs.index, *sorted(packs.index.parent.glob("*/briefing.html"))]


@pytest.mark.parametrize("width", [DESKTOP, PHONE, NARROW])
def test_every_page_is_whole_with_the_network_off(browser, files, width):
    assert len(files) == 16
    for file in files:
        browser.open(file, width)
        name = f"{file.parent.name} at {width}"
        assert browser.ask("document.querySelectorAll('h1').length") == 1, name
        assert browser.ask(SHOWN), name
        assert browser.ask(TOO_WIDE) <= 0, name
        assert browser.ask(CUT) == [], name
        assert browser.ask(SMALLEST) >= 13, name
    assert browser.requests == []


def test_chart_text_can_be_read_on_a_phone(browser, files):
    """Charts are drawn narrow: their 9 point letters are not scaled below 8 CSS pixels at 390."""
    browser.open(files[1], PHONE)
    scale = browser.ask("document.images[0].clientWidth / document.images[0].naturalWidth")
    pixels_per_point = 96 / 72
    assert 9 * pixels_per_point * scale >= 8


def test_policy_of_the_page_stops_a_script_that_slipped_in(browser, files, tmp_path):
    """The second lock: were markup ever to get through, the browser still refuses it."""
    html = files[1].read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    planted = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    spoilt.write_text(html.replace("</main>", planted + "</main>"), encoding="utf-8")
    browser.open(spoilt, DESKTOP)
    assert browser.ask("document.title").startswith("Bản tin PAPI")
