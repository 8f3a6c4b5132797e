"""Executed notebook -> one offline HTML page through our own template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

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


def printed_mark(text: str) -> str:
    """A style that prints the text at the top of every sheet; a page's own band stands on the first only."""
    if not text:
        return ""
    words = text.replace("\\", "").replace('"', "").replace("<", "")
    return f'@page {{ @top-center {{ content: "{words}"; font: bold 9pt serif; color: #8a5a00; }} }}'


def fragments(executed) -> list[str]:
    """What the page's template prints of an executed notebook: fragments of our own templates, in order."""
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
    """
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(template_name="pack", extra_template_basedirs=[str(_TEMPLATES)])
    page = {"title": head.title, "language": head.language, "style": page_style() + printed_mark(head.mark)}
    body, _ = exporter.from_notebook_node(executed, resources={"page": page})
    return body
