"""Fragments of a page -> the one `Html` type that notebooks display and packs print.

Text becomes HTML only through the autoescaping templates of this folder, so no label, name or note
can carry markup into a page.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

_TEMPLATES = Path(__file__).parent / "templates"
#: An interval in brackets, as cells and heads have it.
_BRACKETS = re.compile(r"(\[[^\[\]]{1,32}\])")


class Html:
    """A finished fragment; JupyterLab and the packs show it alike.

    Parameters
    ----------
    markup : markupsafe.Markup
        Plain strings are refused: they have not been through a template.
    """

    def __init__(self, markup: Markup) -> None:
        if not isinstance(markup, Markup):
            raise TypeError("Html takes the Markup that a template returns, not plain text.")
        self.markup = markup

    def _repr_html_(self) -> str:
        return str(self.markup)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        """The fragment with a mark in the output's metadata: packs print what bears it, and nothing else."""
        return {"text/html": str(self.markup)}, {"text/html": {"workbench": True}}

    def __html__(self) -> str:
        return str(self.markup)

    def __repr__(self) -> str:
        return f"<Html, {len(self.markup)} characters>"


@cache
def _environment(folder: Path) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(list(dict.fromkeys([folder, _TEMPLATES]))),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = keep_whole
    return environment


def keep_whole(cell: object) -> Markup:
    """A cell whose interval in brackets stays on one line; browsers else break it after its dash.

    Examples
    --------
    >>> str(keep_whole("<3,84 [3,65 – 4,03]"))
    '&lt;3,84 <span class="whole">[3,65 – 4,03]</span>'
    """
    if hasattr(cell, "__html__"):
        return escape(cell)
    parts = _BRACKETS.split(str(cell))
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if at % 2 else part
        for at, part in enumerate(parts)
    )


def fill(template: str, **values: object) -> Html:
    """Fill one of this folder's templates.

    Raises
    ------
    jinja2.UndefinedError
        A value that the template names was not given.
    """
    return fill_from(_TEMPLATES, template, **values)


def fill_from(folder: Path, template: str, /, **values: object) -> Html:
    """Fill a template of another folder, which may use this folder's as well."""
    return Html(Markup(_environment(folder).get_template(template).render(**values)))
