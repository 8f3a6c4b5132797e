"""A finished hand-out, guide, paper or deck -> findings: what must not be on paper or on a slide."""

from __future__ import annotations

import re

import pandas as pd

from analysis.batch.page_checks import check_page
from analysis.findings import Finding, findings_table

#: Of a deck the rules of a page hold but for its scripts, its many headings and its size.
_DECK_ALLOWS = ("script", "h1", "headings", "size")
_ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["'](?!data:|#)[^"']+|url\((?!["']?data:)|@import""")


def check_lesson_page(html: str, simulated: bool) -> pd.DataFrame:
    """Find what must not be on a page of class material; the rules of every page of the project.

    Parameters
    ----------
    simulated : bool
        Whether it shows simulated data, and so must say so.
    """
    return check_page(html, "vi", simulated)


def check_deck(html: str, simulated: bool) -> pd.DataFrame:
    """Find what must not be in a deck: an address, an image without words, an empty number, a missing
    band."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser")
    for script in soup("script"):
        script.string = ""
    styles = " ".join(style.get_text() for style in soup("style"))
    for style in soup(
        "style"
    ):  # reveal.js brings small images of its own as data; `_ADDRESS` finds all others
        style.string = ""
    found = check_page(str(soup), "vi", simulated)
    found = found[~found["code"].isin(_DECK_ALLOWS)]
    extra = []
    if match := _ADDRESS.search(styles):
        extra.append(_finding("outside", "a style loads something", match[0]))
    for at, section in enumerate(soup.select(".slides > section"), 1):
        if section.find("aside", class_="notes") is None:
            extra.append(_finding("notes", "a slide without notes for the speaker", f"slide {at}"))
        if section.find(["h1", "h2"]) is None:
            extra.append(_finding("heading", "a slide without a heading", f"slide {at}"))
    return pd.concat([found, findings_table(extra)], ignore_index=True)


def _finding(code: str, what: str, where: str) -> Finding:
    return Finding(code, f"Slides: {what}.", f"Trang trình chiếu không đạt kiểm tra ({code}).", where=where)
