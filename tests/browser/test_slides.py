"""Every deck in a real browser from its file, the network off: each slide stepped through, nothing outside it."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from tests.browser.chromium import chromium, find_chromium
from tests.conftest import require_or_skip
from tests.page_texts import solid
from training.lessons.build.written import file_name, write_lesson
from training.lessons.kit.plan import plan_kit
from training.lessons.papers.printed import print_evaluation, print_keys, print_paper, respondents_of
from training.lessons.source.lesson import lesson_numbers
from training.records.template.workbook import RULE

NUMBERS = lesson_numbers()
#: 16:9 and 4:3, as projectors show them.
SIZES = [(1280, 720), (1024, 768)]
#: What of the slide that is shown stands outside it or over its foot, or is cut.
OUTSIDE = """(() => {
  const slide = Reveal.getCurrentSlide(), box = slide.getBoundingClientRect(), bad = [];
  const foot = slide.querySelector('.foot').getBoundingClientRect();
  for (const e of slide.querySelectorAll('*')) {
    if (e.closest('aside.notes') || !e.getClientRects().length) continue;
    const r = e.getBoundingClientRect(), own = e.classList.contains('foot');
    const out = r.right > box.right + 1 || r.left < box.left - 1 || r.bottom > box.bottom + 1 || r.top < box.top - 1;
    const cut = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != 'inline';
    if (out || cut || (!own && r.bottom > foot.top + 1)) bad.push(e.tagName + ': ' + e.textContent.trim().slice(0, 40));
  }
  if (box.width > innerWidth + 1 || box.height > innerHeight + 1) bad.push('the slide is larger than the window');
  return bad;
})()"""
SMALLEST = """Math.min(...Array.from(Reveal.getCurrentSlide().querySelectorAll('p, li, td, th, pre, caption, figcaption'))
  .filter(e => e.getClientRects().length && e.textContent.trim() && !e.closest('aside.notes, .foot'))
  .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
UNSEEN_IMAGES = """Array.from(Reveal.getCurrentSlide().querySelectorAll('img'))
  .filter(i => !i.complete || !i.naturalWidth || i.getBoundingClientRect().height < 250).length"""


@pytest.fixture(scope="module")
def browser():
    program = find_chromium()
    require_or_skip("chromium", program is not None)
    with chromium(program) as page:
        yield page


@pytest.fixture(scope="module")
def decks(lessons_run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("decks")
    for made in lessons_run.values():
        write_lesson(made, folder, ("slides", "handout"))
    return folder


@pytest.mark.parametrize("number", NUMBERS)
def test_every_slide_is_stepped_through_and_stays_inside_its_page(browser, decks, lessons_run, number):
    lesson = lessons_run[number].lesson
    for width, height in SIZES:
        browser.open(decks / file_name(number, "slides"), width, height)
        count = browser.ask("Reveal.getTotalSlides()")
        assert count == 1 + len(lesson.slides) + len(lesson.exercises)
        for at in range(count):
            where = f"lesson {number}, slide {at + 1} at {width} x {height}"
            assert browser.ask("Reveal.getIndices().h") == at, where
            assert browser.ask(OUTSIDE) == [], where
            assert browser.ask(UNSEEN_IMAGES) == 0, where
            assert browser.ask(SMALLEST) >= 15, where
            browser.ask("Reveal.next()")
    assert browser.requests == []


#: Decks with charts, with tables and tile maps, with code.
PRINTED = ("2", "6", "7")
CUT_ON_PAPER = """Array.from(document.querySelectorAll('.pdf-page')).flatMap((page, at) => {
  const box = page.getBoundingClientRect(), foot = page.querySelector('.foot').getBoundingClientRect();
  return Array.from(page.querySelectorAll('section *')).filter(e => {
    if (e.closest('aside.notes') || !e.getClientRects().length) return false;
    const r = e.getBoundingClientRect(), own = e.classList.contains('foot');
    const flat = e.tagName == 'IMG' && r.height < 250;
    return flat || r.left < box.left || r.right > box.right + 1 || r.bottom > (own ? box.bottom : foot.top) + 1;
  }).map(e => `${at + 1} ${e.tagName}: ${e.textContent.trim().slice(0, 40)}`);
})"""


@pytest.mark.parametrize("number", PRINTED)
def test_a_deck_is_printed_a_slide_a_page_with_nothing_cut(browser, decks, number):
    """`?print-pdf`, as a trainer makes a PDF to send."""
    browser.visit((decks / file_name(number, "slides")).as_uri() + "?print-pdf", *SIZES[0])
    browser.wait("document.querySelectorAll('.pdf-page .slide-number-pdf').length == Reveal.getTotalSlides()")
    headings = browser.ask(
        "Array.from(document.querySelectorAll('.pdf-page')).map(e => e.querySelector('h1, h2').innerText)"
    )
    assert browser.ask(CUT_ON_PAPER) == []
    pages = PdfReader(io.BytesIO(browser.printed())).pages
    assert len(pages) == len(headings) == browser.ask("Reveal.getTotalSlides()")
    for page, heading in zip(pages, headings, strict=True):
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert width / height == pytest.approx(16 / 9, rel=0.01)
        text = page.extract_text()
        assert unicodedata.is_normalized("NFC", text)
        assert solid(heading) in solid(text)
    assert browser.requests == []


def test_a_deck_printed_as_it_stands_keeps_its_charts(browser, decks):
    browser.open(decks / file_name("2", "slides"), *SIZES[0])
    browser.call("Emulation.setEmulatedMedia", media="print")
    heights = browser.ask("Array.from(document.images).map(e => e.getBoundingClientRect().height)")
    browser.call("Emulation.setEmulatedMedia", media="")
    assert len(heights) >= 2 and min(heights) > 250


def test_keys_of_a_presenter_move_the_deck(browser, decks):
    browser.open(decks / file_name("1", "slides"), *SIZES[0])
    for key, code, at in (("ArrowRight", 39, 1), (" ", 32, 2), ("ArrowLeft", 37, 1), ("End", 35, None)):
        for kind in ("rawKeyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)
        shown = browser.ask("Reveal.getIndices().h")
        assert shown == (browser.ask("Reveal.getTotalSlides()") - 1 if at is None else at), key
    assert "RevealNotes" in browser.ask("Object.keys(window).filter(n => n == 'RevealNotes').join()")
    assert browser.ask("Reveal.hasPlugin('notes')")


def test_the_speaker_s_window_opens_from_the_file(browser, decks):
    """S opens it; it is written by the deck itself, so that no second file and no network is needed."""
    browser.open(decks / file_name("1", "slides"), *SIZES[0])
    opened = browser.call("Runtime.evaluate", expression="Reveal.getPlugin('notes').open()", userGesture=True)
    assert "exceptionDetails" not in opened
    windows = [one for one in browser.call("Target.getTargets")["targetInfos"] if one["url"] == "about:blank"]
    assert [one["title"] for one in windows] == ["reveal.js - Speaker View"]
    browser.call("Target.closeTarget", targetId=windows[0]["targetId"])
    assert browser.requests == []


def test_a_deck_that_overflows_would_be_found(browser, decks, tmp_path):
    html = (decks / file_name("1", "slides")).read_text(encoding="utf-8")
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(
        html.replace('<div class="content">', '<div class="content">' + "<p>Dài.</p>" * 40, 1),
        encoding="utf-8",
    )
    browser.open(spoilt, *SIZES[0])
    browser.ask("Reveal.slide(1)")
    assert browser.ask(OUTSIDE) != []


def test_a_planted_address_is_counted_and_brings_nothing(browser, decks, tmp_path):
    """What "zero requests" rests on: the counter sees even a request that the deck's policy then blocks."""
    html = (decks / file_name("1", "slides")).read_text(encoding="utf-8")
    spoilt = tmp_path / "outside.html"
    address = "http://example.org/a.png"
    spoilt.write_text(html.replace("</body>", f'<img src="{address}"></body>'), encoding="utf-8")
    browser.open(spoilt, *SIZES[0])
    seen = list(browser.requests)
    browser.requests.clear()
    assert seen == [address]
    assert browser.ask("Array.from(document.images).at(-1).naturalWidth") == 0


@pytest.mark.parametrize("number", NUMBERS)
def test_hand_outs_are_whole_and_inside_the_screen(browser, decks, number):
    for width in (1280, 390):
        browser.open(decks / file_name(number, "handout"), width)
        too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.ask(too_wide) <= 0, (number, width)
        assert browser.ask("Array.from(document.images).every(i => i.complete && i.naturalWidth > 0)")
    assert browser.requests == []


#: A4 without its margins, in CSS pixels.
PAPER_WIDTH = 680


def test_papers_keys_and_evaluation_forms_fit_a_sheet(browser, tmp_path):
    kit = plan_kit("K01")
    pages = [print_paper(form, "K01") for form in kit.forms] + [print_keys(kit.forms, "K01")]
    pages += [print_evaluation(RULE, who, "K01") for who in respondents_of(RULE)]
    for at, html in enumerate(pages):
        file = tmp_path / f"{at}.html"
        file.write_text(html, encoding="utf-8")
        browser.open(file, PAPER_WIDTH)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.ask(wide) <= 0, at
    assert browser.requests == []
