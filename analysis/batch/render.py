"""Executed notebook -> one offline HTML page through our own template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class PageHead:
    """What the page's head says."""

    title: str
    language: str


@cache
def page_style() -> str:
    """The one style sheet of all pages; it stands inside each page."""
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


def render_page(executed, head: PageHead) -> str:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    executed : nbformat.NotebookNode
    head : PageHead
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="pack", extra_template_basedirs=[str(_TEMPLATES)])
    page = {"title": head.title, "language": head.language, "style": page_style()}
    body, _ = exporter.from_notebook_node(executed, resources={"page": page})
    return body
