"""A page's HTML -> the lines that it says, in order, for tests that look for them in another file."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, NavigableString, Tag

#: Elements whose text is one line or more; none of them stands inside another one that is listed here.
LINES = ("h1", "h2", "h3", "h4", "p", "li", "caption", "th", "td", "dt", "dd", "figcaption", "pre")


def page_lines(html: str) -> list[str]:
    """Every line of the page's body, white space made single; a line break ends a line."""
    soup = BeautifulSoup(html, "html.parser")
    lines = []
    for element in soup.find_all(LINES):
        if element.find_parent(LINES) is None:
            lines += [line for part in _parts(element) if (line := squeezed(part))]
    return lines


def _parts(element: Tag) -> list[str]:
    parts = [""]
    for node in element.descendants:
        if isinstance(node, Tag) and node.name == "br":
            parts.append("")
        elif isinstance(node, NavigableString):
            parts[-1] += str(node)
    return parts


def squeezed(text: str) -> str:
    """Single blanks, none at the ends; a no-break space is a blank."""
    return re.sub(r"\s+", " ", text).strip()


def solid(text: str) -> str:
    """No white space at all: what is the same however lines were broken."""
    return re.sub(r"\s+", "", text)
