"""What axe-core does not ask: contrast of every text, keys, targets, forced colours, languages, descriptions."""

import re
from pathlib import Path

import pytest

from tests.browser.test_pages import DESKTOP, NARROW, PHONE

MEASURES = (Path(__file__).parent / "measures.js").read_text(encoding="utf-8")
LEAST_CONTRAST = 4.5
#: WCAG 1.4.11, for what shows where the focus is.
LEAST_OUTLINE_CONTRAST = 3
#: A page scrolls to what has the focus when it is drawn the next time.
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
ENGLISH = re.compile(r"\b(the|of|and|with|from)\b")


@pytest.fixture(scope="module")
def some_files(files, english_files):
    """The index, a district with a sample and one without, the round's pages, a district in English."""
    chosen = [file for file in files if file.parent.name.startswith(("899", "912"))]
    return [files[0], *chosen, *files[16:], english_files[0]]


def asked(browser, file, width, question, **media):
    browser.call("Emulation.setEmulatedMedia", media="", **media)
    try:
        browser.open(file, width)
        browser.ask(MEASURES)
        return browser.ask(f"measures.{question}")
    finally:
        browser.call("Emulation.setEmulatedMedia", media="", features=[])


def test_every_text_of_every_page_can_be_told_from_its_ground(browser, files, english_files):
    for file in (*files, english_files[0]):
        told = asked(browser, file, DESKTOP, "contrasts()")
        assert len(told) > 50
        assert [one for one in told if one["ratio"] < LEAST_CONTRAST] == [], file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_vanishes_in_forced_colours(browser, some_files, scheme):
    features = [
        {"name": "forced-colors", "value": "active"},
        {"name": "prefers-color-scheme", "value": scheme},
    ]
    for file in some_files:
        assert asked(browser, file, DESKTOP, "vanished()", features=features) == [], file
        told = asked(browser, file, DESKTOP, "contrasts()", features=features)
        assert [one for one in told if one["ratio"] < LEAST_CONTRAST] == [], file
        rows = asked(browser, file, DESKTOP, "borders('.band')", features=features)
        assert set(rows) == {"solid true"}, file


@pytest.mark.parametrize("width", [DESKTOP, PHONE, NARROW])
def test_every_target_is_24_pixels_or_part_of_a_sentence(browser, some_files, width):
    for file in some_files:
        assert asked(browser, file, width, "smallTargets()") == [], file


@pytest.mark.parametrize("width", [PHONE, NARROW])
def test_nothing_vanishes_on_a_phone_but_what_is_marked_as_minor(browser, some_files, width):
    for file in some_files:
        assert asked(browser, file, width, "vanished()") == [], file


def test_tab_goes_through_all_links_in_order_and_shows_where_it_is(browser, files):
    for file in (files[0], next(file for file in files if file.stem == "methods")):
        addresses = asked(browser, file, DESKTOP, "addresses()")
        assert len(addresses) > 10
        for address in addresses:
            browser.press("Tab", 9)
            at = browser.ask(f"{NEXT_FRAME}.then(() => measures.focused())")
            assert at["href"] == address
            assert at["outline"] >= 2
            assert at["outlineRatio"] >= LEAST_OUTLINE_CONTRAST
            assert at["inView"]


def test_nothing_moves(browser, some_files):
    for file in some_files:
        assert asked(browser, file, DESKTOP, "moving()") == [], file


def test_each_text_declares_its_language(browser, some_files):
    for file in some_files:
        for text in asked(browser, file, DESKTOP, "languages()"):
            if text["lang"] == "vi" and len(text["whole"].split()) > 3:
                assert not (ENGLISH.search(text["whole"]) and not VIETNAMESE.search(text["whole"])), text


def test_descriptions_of_charts_hold_what_was_found(browser, some_files):
    """Numbers or the answer itself, not what kind of chart it is."""
    seen = 0
    for file in some_files:
        browser.open(file, DESKTOP)
        for alt in browser.ask("Array.from(document.images).map(image => image.alt)"):
            seen += 1
            assert len(re.findall(r"\d", alt)) >= 3, alt
            assert not re.search(r"No description|^(Image|Chart|Hình|Biểu đồ)\.?$", alt)
    assert seen > 5
