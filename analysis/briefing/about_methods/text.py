"""analysis/METHODS.md -> its chapters, and each as a fragment of a page.

The text is taken apart by mistune and put together again by an autoescaping template, so nothing in it
can become markup of its own: raw HTML is printed as text, and an address is printed and not linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.briefing.html import Html, fill

METHODS = Path(__file__).parents[2] / "METHODS.md"


@dataclass(frozen=True)
class Chapter:
    """One chapter: what stands under a heading of the second level.

    Attributes
    ----------
    slug : str
        The heading in small letters and underscores: its wording row and its place on the page.
    title : str
    tokens : list of dict
        The text as mistune takes it apart.
    """

    slug: str
    title: str
    tokens: list[dict]


def read_methods() -> str:
    """METHODS.md, which belongs to the program and not to the data."""
    return METHODS.read_text(encoding="utf-8")


def split_chapters(text: str) -> list[Chapter]:
    """The chapters of a Markdown text, in order; what stands before the first is left out.

    Examples
    --------
    >>> [chapter.slug for chapter in split_chapters("## No-answers\\n\\nOne.\\n\\n## Scores\\n")]
    ['no_answers', 'scores']
    """
    import mistune  # late: only this page needs it

    chapters: list[Chapter] = []
    for token in mistune.create_markdown(renderer="ast", plugins=["table"])(text):
        if token["type"] == "heading" and token["attrs"]["level"] == 2:
            title = plain(token["children"])
            chapters.append(Chapter(re.sub(r"[^a-z]+", "_", title.lower()).strip("_"), title, []))
        elif chapters:
            chapters[-1].tokens.append(token)
    return chapters


def plain(tokens: list[dict]) -> str:
    """The text of tokens without their marks."""
    return "".join(token.get("raw") or plain(token.get("children", [])) for token in tokens)


def show_chapter(chapter: Chapter) -> Html:
    """A chapter under a heading of the third level."""
    return fill("chapter.html", chapter=chapter, plain=plain)
