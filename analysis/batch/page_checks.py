"""A finished page -> findings: anything that runs, loads, hides or misleads.

A page with a `stop` finding is not published.
"""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

from analysis.findings import Finding, findings_table

MAX_BYTES = 2_000_000
_HEADING = re.compile(r"h[1-6]")
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
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    found = [*_safety(soup), *_structure(soup, language), *_content(soup, html, simulated)]
    return findings_table(
        Finding(code, f"Page: {what}.", f"Trang không đạt kiểm tra ({code}).", where=where)
        for code, what, where in found
    )


def _safety(soup) -> list[tuple[str, str, str]]:
    found = [
        ("script", "an element that can run code", tag.name)
        for tag in soup(["script", "iframe", "object", "embed", "form", "base"])
    ]
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    rules = policy.get("content", "") if policy else ""
    if missing := [rule for rule in POLICY if rule not in rules]:
        found.append(("csp", "no content security policy, or a part of it is missing", ", ".join(missing)))
    for tag in soup("meta"):
        if str(tag.get("http-equiv", "")).strip().lower() == "refresh":
            found.append(("refresh", "it sends the reader elsewhere", str(tag.get("content", ""))[:60]))
    for tag in soup(True):
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name.lower().startswith("on"):
                found.append(("handler", "an attribute that runs code", f"{tag.name} {name}"))
            if name.lower() in _LOADS and not _is_local(text):
                found.append(("outside", "an address outside the page", f"{tag.name} {name}={text[:60]}"))
    styles = " ".join(style.get_text() for style in soup("style")) + " ".join(
        tag.get("style", "") for tag in soup(True)
    )
    if re.search(r"url\(|@import", styles):
        found.append(("outside", "a style that loads something", "style"))
    return found


def _is_local(address: str) -> bool:
    """A data image, an anchor, or a file of the packs folder."""
    address = address.strip()
    if address.startswith(("data:image/svg+xml;base64,", "data:image/png;base64,", "#")):
        return True
    ours = re.fullmatch(r"[\w./-]+\.(html(#[\w-]+)?|docx|pdf|xlsx|csv)", address)
    return ours is not None and not address.startswith(("/", "."))


def _structure(soup, language: str) -> list[tuple[str, str, str]]:
    found = []
    if soup.html is None or soup.html.get("lang") != language:
        found.append(("lang", "the page's language is not declared", "html"))
    if not (soup.title and soup.title.get_text(strip=True)):
        found.append(("title", "no title", "head"))
    levels = [int(tag.name[1]) for tag in soup.find_all(_HEADING)]
    if levels.count(1) != 1:
        found.append(("h1", "not exactly one main heading", f"{levels.count(1)} of them"))
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            found.append(("headings", "a heading level is jumped", f"h{before} to h{after}"))
    for image in soup("img"):
        alt = image.get("alt", "").strip()
        if len(alt) < 20 or "No description" in alt:
            found.append(("alt", "an image without a description", alt[:40]))
    for table in soup("table"):
        if table.caption is None or not table.caption.get_text(strip=True):
            found.append(("caption", "a table without a caption", table.get_text(" ", strip=True)[:40]))
        if any(not head.get("scope") or not head.get_text(strip=True) for head in table("th")):
            found.append(
                ("scope", "a table head without scope or text", table.get_text(" ", strip=True)[:40])
            )
    ids = [tag["id"] for tag in soup(id=True)]
    found += [("id", "an id stands twice", name) for name in {i for i in ids if ids.count(i) > 1}]
    return found


def _content(soup, html: str, simulated: bool) -> list[tuple[str, str, str]]:
    found = []
    if len(html.encode("utf-8")) > MAX_BYTES:
        found.append(("size", "the page is too large to mail", f"{len(html.encode('utf-8'))} bytes"))
    if unicodedata.normalize("NFC", html) != html:
        found.append(("nfc", "letters and accents stand apart (not NFC)", "page"))
    band = soup.find(class_="band")
    if simulated and (
        band is None or ("MÔ PHỎNG" not in band.get_text() and "SIMULATED" not in band.get_text())
    ):
        found.append(("band", "simulated data without the band that says so", "page"))
    found += [("empty_number", "an empty number is printed", text) for text in _empty_numbers(soup)]
    if any(sign in text for text in _prose(soup) for sign in "{}"):
        found.append(("placeholder", "a sentence was not filled in", "page"))
    return found


def _prose(soup) -> list[str]:
    """The texts of the page, but for quoted code, which may hold any sign or name."""
    texts = soup.body.find_all(string=True) if soup.body else []
    return [text for text in texts if not text.find_parent(["code", "pre"])]


def _empty_numbers(soup) -> list[str]:
    """What stands around each nan, None or inf in the text and the image descriptions of a page."""
    texts = [" ".join(text.split()) for text in _prose(soup)]
    texts += [" ".join(image.get("alt", "").split()) for image in soup("img")]
    return [
        text[max(0, match.start(1) - 30) : match.end(1)]
        for text in texts
        for rule in (_NEVER_A_WORD, _IN_A_NUMBERS_PLACE)
        for match in rule.finditer(text)
    ]
