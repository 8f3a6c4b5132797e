"""A finished page -> findings: anything that runs, loads, hides or misleads.

A page with a `stop` finding is not published.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from analysis.findings import Finding, findings_table

MAX_BYTES = 2_000_000
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_LOADS = ("src", "href", "action", "data", "poster", "srcset", "background", "formaction", "xlink:href")
#: What every page's content security policy must hold.
POLICY = ("default-src 'none'", "form-action 'none'", "base-uri 'none'")
#: No word of either language is written so.
_NEVER_A_WORD = re.compile(r"(?<!\w)(NaN|NaT|<NA>|inf)(?!\w)")
#: "gian nan", "nan giải" and "None of them" are ordinary words; these stand where a number stands: between
#: the text's ends, signs, digits, brackets, and the words and units that numbers go with.
_BESIDE = r"[\d:;=≈~<>|/%()\[\]+±−–—-]"
_WORDS_BEFORE = r"\b(?:điểm|đạt|là|từ|đến|hạng|khoảng|score|scores|is|to|from|rank|about)"
_WORDS_AFTER = r"(?:điểm|người|phút|km|nghìn|đến|cụm|points?|minutes|respondents|clusters|thousand|to)\b"
_IN_A_NUMBERS_PLACE = re.compile(
    rf"(?:^|{_BESIDE}|{_WORDS_BEFORE}\s)\s*(nan|None)(?=\s*(?:$|[.,]|{_BESIDE}|{_WORDS_AFTER}))"
)


def check_page(html: str, language: str, simulated: bool = False) -> pd.DataFrame:
    """Find what must not be on a page.

    Parameters
    ----------
    html : str
    language : {"vi", "en"}
        What the page must declare.
    simulated : bool
        The page must carry the simulated-data band.

    Returns
    -------
    DataFrame of findings (`analysis.findings.COLUMNS`); empty when all is well.
    """
    # libxml2 reads a page twenty times faster than a parser in Python; every page of a batch is read back.
    from lxml import html as lxml_html

    root = lxml_html.document_fromstring(
        html.strip() or "<html></html>", parser=lxml_html.HTMLParser(huge_tree=True)
    )
    found = [*_safety(root), *_structure(root, language), *_content(root, html, simulated)]
    return findings_table(
        Finding(code, f"Page: {what}.", f"Trang không đạt kiểm tra ({code}).", where=where)
        for code, what, where in found
    )


def _safety(root) -> list[tuple[str, str, str]]:
    found = [
        ("script", "an element that can run code", tag.tag)
        for tag in root.iter("script", "iframe", "object", "embed", "form", "base")
    ]
    head = {tag.get("http-equiv", "").strip().lower(): tag.get("content", "") for tag in root.iter("meta")}
    rules = head.get("content-security-policy", "")
    if missing := [rule for rule in POLICY if rule not in rules]:
        found.append(("csp", "no content security policy, or a part of it is missing", ", ".join(missing)))
    if "refresh" in head:
        found.append(("refresh", "it sends the reader elsewhere", head["refresh"][:60]))
    styles = [style.text_content() for style in root.iter("style")]
    for tag in _elements(root):
        for name, text in tag.items():
            if name.lower().startswith("on"):
                found.append(("handler", "an attribute that runs code", f"{tag.tag} {name}"))
            if name.lower() in _LOADS and not _is_local(text):
                found.append(("outside", "an address outside the page", f"{tag.tag} {name}={text[:60]}"))
        styles.append(tag.get("style", ""))
    if re.search(r"url\(|@import", " ".join(styles)):
        found.append(("outside", "a style that loads something", "style"))
    return found


def _elements(root) -> Iterator:
    """Every element, without comments and processing instructions."""
    return (tag for tag in root.iter() if isinstance(tag.tag, str))


def _is_local(address: str) -> bool:
    """A data image, an anchor, or a file of the packs folder."""
    address = address.strip()
    if address.startswith(("data:image/svg+xml;base64,", "data:image/png;base64,", "#")):
        return True
    ours = re.fullmatch(r"[\w./-]+\.(html(#[\w-]+)?|docx|pdf|xlsx|csv)", address)
    return ours is not None and not address.startswith(("/", "."))


def _structure(root, language: str) -> list[tuple[str, str, str]]:
    found = []
    if root.get("lang") != language:
        found.append(("lang", "the page's language is not declared", "html"))
    if not _text(root.find(".//title")):
        found.append(("title", "no title", "head"))
    levels = [int(tag.tag[1]) for tag in root.iter(*_HEADINGS)]
    if levels.count(1) != 1:
        found.append(("h1", "not exactly one main heading", f"{levels.count(1)} of them"))
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            found.append(("headings", "a heading level is jumped", f"h{before} to h{after}"))
    for image in root.iter("img"):
        alt = image.get("alt", "").strip()
        if len(alt) < 20 or "No description" in alt:
            found.append(("alt", "an image without a description", alt[:40]))
    for table in root.iter("table"):
        if not _text(table.find("caption")):
            found.append(("caption", "a table without a caption", _text(table)[:40]))
        if any(not head.get("scope") or not _text(head) for head in table.iter("th")):
            found.append(("scope", "a table head without scope or text", _text(table)[:40]))
    ids = Counter(root.xpath("//@id"))
    found += [("id", "an id stands twice", name) for name, times in ids.items() if times > 1]
    return found


def _text(tag) -> str:
    """All text inside an element, its white space in single spaces; empty of none."""
    return "" if tag is None else " ".join(" ".join(tag.itertext()).split())


def _content(root, html: str, simulated: bool) -> list[tuple[str, str, str]]:
    found = []
    if len(html.encode("utf-8")) > MAX_BYTES:
        found.append(("size", "the page is too large to mail", f"{len(html.encode('utf-8'))} bytes"))
    if not unicodedata.is_normalized("NFC", html):
        found.append(("nfc", "letters and accents stand apart (not NFC)", "page"))
    band = _text(next(iter(root.find_class("band")), None))
    if simulated and "MÔ PHỎNG" not in band and "SIMULATED" not in band:
        found.append(("band", "simulated data without the band that says so", "page"))
    prose = _prose(root)
    found += [("empty_number", "an empty number is printed", text) for text in _empty_numbers(root, prose)]
    if any(sign in text for text in prose for sign in "{}"):
        found.append(("placeholder", "a sentence was not filled in", "page"))
    return found


def _prose(root) -> list[str]:
    """The texts of the page, but for quoted code, which may hold any sign or name."""
    return [" ".join(text.split()) for body in root.iter("body") for text in _texts(body)]


def _texts(tag) -> Iterator[str]:
    if tag.tag in ("code", "pre") or not isinstance(tag.tag, str):
        return
    yield tag.text or ""
    for child in tag:
        yield from _texts(child)
        yield child.tail or ""


def _empty_numbers(root, prose: list[str]) -> list[str]:
    """What stands around each nan, None or inf in the text and the image descriptions of a page."""
    texts = [*prose, *(" ".join(image.get("alt", "").split()) for image in root.iter("img"))]
    return [
        text[max(0, match.start(1) - 30) : match.end(1)]
        for text in texts
        for rule in (_NEVER_A_WORD, _IN_A_NUMBERS_PLACE)
        for match in rule.finditer(text)
    ]
