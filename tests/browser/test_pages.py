"""Every page of the example in a real browser, its network off: whole, and inside the screen."""

import pytest

from analysis.batch.targets import ROUND_PAGES

DESKTOP, PHONE, NARROW = 1280, 390, 320
SHOWN = "Array.from(document.images).every(i => i.complete && i.naturalWidth > 0 && i.clientWidth > 0)"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT = """Array.from(document.querySelectorAll('td, th, p, li, h1, h2, dd, figcaption'))
    .filter(e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
OUT_OF_TILES = """Array.from(document.querySelectorAll('.tilemap li > *')).filter(e => {
    const words = document.createRange();
    words.selectNodeContents(e);
    return words.getBoundingClientRect().right > e.closest('li').getBoundingClientRect().right - 1;
    }).map(e => e.textContent)"""
SMALLEST = """Math.min(...Array.from(document.querySelectorAll('p, li, td, th, dd, figcaption, caption'))
    .filter(e => e.offsetParent && e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.mark.parametrize("width", [DESKTOP, PHONE, NARROW])
def test_every_page_is_whole_with_the_network_off(browser, files, width):
    assert len(files) == 16 + len(ROUND_PAGES)
    for file in files:
        browser.open(file, width)
        name = f"{file.parent.name} at {width}"
        assert browser.ask("document.querySelectorAll('h1').length") == 1, name
        assert browser.ask(SHOWN), name
        assert browser.ask(TOO_WIDE) <= 0, name
        assert browser.ask(CUT) == [], name
        assert browser.ask(OUT_OF_TILES) == [], name
        assert browser.ask(SMALLEST) >= 13, name
    assert browser.requests == []


def test_chart_text_can_be_read_on_a_phone(browser, files):
    """Charts are drawn narrow: their 9 point letters are not scaled below 8 CSS pixels at 390."""
    pixels_per_point = 96 / 72
    for file in (files[1], next(file for file in files if file.stem == "methods")):
        browser.open(file, PHONE)
        scale = browser.ask(
            "Math.min(...Array.from(document.images).map(i => i.clientWidth / i.naturalWidth))"
        )
        assert 9 * pixels_per_point * scale >= 8


def test_chapters_summaries_lead_to_their_text(browser, files):
    """Each link of the page methods names a place that is on the page."""
    browser.open(next(file for file in files if file.stem == "methods"), PHONE)
    links = browser.ask("document.querySelectorAll('dl.chapters a').length")
    lost = """Array.from(document.querySelectorAll('dl.chapters a'))
        .filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"""
    assert links > 10
    assert browser.ask(lost) == 0


def test_policy_of_the_page_stops_a_script_that_slipped_in(browser, files, tmp_path):
    """The second lock: were markup ever to get through, the browser still refuses it."""
    html = files[1].read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    planted = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    spoilt.write_text(html.replace("</main>", planted + "</main>"), encoding="utf-8")
    browser.open(spoilt, DESKTOP)
    assert browser.ask("document.title").startswith("Bản tin PAPI")
