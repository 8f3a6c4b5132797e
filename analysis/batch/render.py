"""Executed notebook -> one offline HTML page through our own template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class PageHead:
    """What the page's head says.

    Attributes
    ----------
    mark : str
        Printed at the top of every sheet: that the data are simulated. Empty for real data.
    """

    title: str
    language: str
    mark: str = ""


@cache
def page_style() -> str:
    """The one style sheet of all pages; it stands inside each page."""
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


#: Signs that a style's text may hold as they are; others are written by their numbers, so that none acts.
_PLAIN = " .,:;-–"
_FIRST = "@page :first { @top-center { content: none; } }"


def printed_mark(text: str) -> str:
    r"""A style that prints the text at the top of all sheets but the first, where the page's own band stands.

    Examples
    --------
    >>> printed_mark("(a)").split('"')[1]
    '\\28 a\\29 '
    """
    if not text:
        return ""
    words = "".join(one if one.isalnum() or one in _PLAIN else f"\\{ord(one):x} " for one in text)
    return f'@page {{ @top-center {{ content: "{words}"; font: bold 9pt serif; color: #8a5a00; }} }} {_FIRST}'


def fragments(executed) -> list[str]:
    """What a page prints of an executed notebook: what our own autoescaping templates made, in order.

    Notes
    -----
    `analysis.briefing.html.Html` marks it in the output's metadata. Text streams and any other HTML that a
    cell displays are not printed.
    """
    return [
        output["data"]["text/html"]
        for cell in executed.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.get("metadata", {}).get("text/html", {}).get("workbench")
    ]


def render_page(executed, head: PageHead) -> str:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    executed : nbformat.NotebookNode
    head : PageHead

    Notes
    -----
    Not by nbconvert: of its work a page needs the loop over outputs alone, and the rest (parsing the page
    again for image descriptions, preprocessors) took a quarter of a second a page.
    """
    return fill_page(head, Markup("\n\n".join(fragments(executed))))


def fill_page(head: PageHead, body: Markup) -> str:
    """A whole offline page around finished markup."""
    return _template().render(
        title=head.title,
        language=head.language,
        style=Markup(page_style() + printed_mark(head.mark)),
        body=body,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
