"""Markdown and what cells displayed -> fragments of a page, through autoescaping templates only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from analysis.briefing.about_methods.text import plain
from analysis.briefing.html import fill_from

TEMPLATES = Path(__file__).parents[1] / "templates"
#: Between a heading's Vietnamese and its English.
ENGLISH = " · "


def fill(template: str, /, **values: object) -> Markup:
    """A template of the lessons, filled."""
    return fill_from(TEMPLATES, template, **values).markup


def words_of(text: str, caption: str = "") -> Markup:
    """Markdown as a fragment; the English part of a heading is marked as such.

    Parameters
    ----------
    text : str
    caption : str
        Of tables in it; the text's own first heading by default.

    Examples
    --------
    >>> print(words_of("## Mẫu · The sample").strip())
    <h2>Mẫu <span class="en" lang="en">The sample</span></h2>
    """
    import mistune

    tokens = mistune.create_markdown(renderer="ast", plugins=["table"])(text)
    headings = [plain(token["children"]) for token in tokens if token["type"] == "heading"]
    caption = caption or (split_heading(headings[0])[0] if headings else "")
    return fill("words.html", tokens=tokens, plain=plain, english=ENGLISH, caption=caption)


def split_heading(text: str) -> tuple[str, str]:
    """A heading in Vietnamese and in English, the latter empty where there is none."""
    vi, _, en = text.partition(ENGLISH)
    return vi.strip(), en.strip()


def shown_of(outputs: Iterable, prefix: str) -> list[Markup]:
    """What a cell displayed, as fragments.

    Parameters
    ----------
    outputs : iterable of NotebookNode
    prefix : str
        Put before ids, so that a section may stand on a page twice.

    Notes
    -----
    HTML is taken only where it bears the mark of the project's own blocks; everything else as plain text.
    """
    found = []
    for output in outputs:
        if output.output_type == "stream":
            found.append(fill("printed.html", text=output.text))
        elif output.get("metadata", {}).get("text/html", {}).get("workbench"):
            found.append(_with_own_ids(output.data["text/html"], prefix))
        elif "data" in output:
            found.append(fill("printed.html", text=output.data.get("text/plain", "")))
    return found


def _with_own_ids(html: str, prefix: str) -> Markup:
    """The fragment with its ids made its own."""
    return Markup(re.sub(r'\b(id|aria-labelledby)="([^"]+)"', rf'\1="{prefix}-\2"', html))


def without_sections(fragment: Markup) -> Markup:
    """The fragment with its sections as plain divisions: reveal.js takes a section in a slide for
    another slide."""
    return Markup(re.sub(r"<section\b", '<div data-section=""', fragment).replace("</section>", "</div>"))
