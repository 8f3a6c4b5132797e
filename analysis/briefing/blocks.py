"""What a page says -> blocks: one object that the HTML page, the Word file and the tests all read.

A block holds finished text and figures, never a number to be formatted again, and becomes HTML only
through the autoescaping templates. Sections return blocks, so that a page and its Word twin cannot differ.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from analysis.briefing.html import Html, fill

#: A figure whose engine is taken away gets none in its place, whatever somebody's settings say.
_NO_LAYOUT = {"figure.autolayout": False, "figure.constrained_layout.use": False}


@dataclass(frozen=True)
class Block:
    """A part of a page. Notebooks display it; templates print it as it stands."""

    template: ClassVar[str] = ""

    def values(self) -> dict[str, object]:
        """What the template names; the fields by default."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def html(self) -> Html:
        return fill(self.template, **self.values())

    @cached_property
    def markup(self) -> Markup:
        return self.html().markup

    def __html__(self) -> str:
        return str(self.markup)

    def _repr_html_(self) -> str:
        return str(self.markup)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        return Html(self.markup)._repr_mimebundle_(include, exclude)

    def walk(self) -> Iterator[Block]:
        """The block itself, then the blocks inside it."""
        yield self


@dataclass(frozen=True)
class Title(Block):
    """Band, official head, what the page is about and who it is for."""

    template: ClassVar[str] = "title.html"
    band: str
    agency: tuple[str, ...]
    motto: tuple[str, ...]
    heading: str
    subtitle: str
    audience: str


@dataclass(frozen=True)
class Paragraphs(Block):
    """A sentence or more a paragraph; `kind` is "" or "note"."""

    template: ClassVar[str] = "sentences.html"
    sentences: tuple[str, ...]
    kind: str = ""


@dataclass(frozen=True)
class Listing(Block):
    """A list, numbered where `tag` is "ol"."""

    template: ClassVar[str] = "listing.html"
    items: tuple[str, ...]
    tag: str = "ul"
    kind: str = ""


@dataclass(frozen=True)
class Definitions(Block):
    """Terms and what they are."""

    template: ClassVar[str] = "definitions.html"
    items: tuple[tuple[str, str | Passage], ...]


@dataclass(frozen=True)
class Column:
    """A column head.

    Attributes
    ----------
    numeric : bool
        Its cells are set flush right.
    minor : bool
        Left out on a phone; Word, print and wide screens have it.
    """

    label: str
    numeric: bool = False
    minor: bool = False

    @property
    def css(self) -> str:
        """Its cells' class on a page."""
        return " ".join(name for name, is_so in (("number", self.numeric), ("minor", self.minor)) if is_so)


@dataclass(frozen=True)
class Table(Block):
    """A table whose rows' first cell is their head; notes stand under it."""

    template: ClassVar[str] = "table.html"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...] = ()
    kind: str = "stacked"


@dataclass(frozen=True)
class Lines(Block):
    """A cell of several lines."""

    template: ClassVar[str] = "lines.html"
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Passage(Block):
    """A text in another language than the page's, which whoever reads it aloud must be told."""

    template: ClassVar[str] = "passage.html"
    text: str
    language: str


@dataclass(frozen=True)
class Link(Block):
    """A page or file to open; plain text where there is none.

    Attributes
    ----------
    label : str
        What a screen reader says instead of the text, which it must begin with; empty where the text says it.
    """

    template: ClassVar[str] = "link.html"
    text: str
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class Links(Block):
    """A cell of several links."""

    template: ClassVar[str] = "links.html"
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Tile:
    """A district's square on a tile map.

    Attributes
    ----------
    column, row : int
        From 1; the first column is in the west, the first row in the north.
    name : str
    about : str
        What the square says of the district, in a word or two: colour never says it alone.
    kind : str
        Its class on a page, such as "sampled".
    href : str
        A page to open; empty where there is none.
    """

    column: int
    row: int
    name: str
    about: str
    kind: str
    href: str = ""


@dataclass(frozen=True)
class TileMap(Block):
    """Equal squares where districts roughly lie: no borders to get wrong, and small islands stay readable."""

    template: ClassVar[str] = "tilemap.html"
    caption: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Image(Block):
    """A chart, with what it shows in words and numbers.

    Attributes
    ----------
    figure : matplotlib Figure
        Drawn when it is asked for: as SVG for a page, as PNG for Word.
    alt, caption : str
    """

    template: ClassVar[str] = "figure.html"
    figure: object
    alt: str
    caption: str
    kind: str = ""
    style: dict[str, object] = field(default_factory=dict, repr=False)

    CSS_PIXELS_PER_INCH: ClassVar[int] = 118

    @cached_property
    def svg(self) -> bytes:
        """Same rows, same bytes: no date, no program's name."""
        self._lay_out()
        return self._drawn("svg", metadata={"Date": None, "Creator": None})

    def _lay_out(self) -> None:
        """Place the parts before the drawing, which else would draw everything twice to place them."""
        import matplotlib

        engine = self.figure.get_layout_engine()
        if engine is not None:
            self.figure.set_dpi(72)  # that of an SVG file: widths of letters depend on it
            engine.execute(self.figure)
            engine.execute(self.figure)  # ticks may have changed with the first
            with matplotlib.rc_context(_NO_LAYOUT):
                self.figure.set_layout_engine(None)  # "none" would leave one that draws all twice

    def png(self, dpi: int = 200) -> bytes:
        """The same chart in dots; drawn after the SVG, so that both have its layout."""
        _ = self.svg
        return self._drawn("png", dpi=dpi, metadata={"Software": None})

    @property
    def width_inches(self) -> float:
        return float(self.figure.get_size_inches()[0])

    def _drawn(self, kind: str, **options: object) -> bytes:
        import matplotlib

        buffer = io.BytesIO()
        with matplotlib.rc_context(self.style):
            self.figure.savefig(buffer, format=kind, **options)
        return buffer.getvalue()

    def values(self) -> dict[str, object]:
        width, height = (round(side * self.CSS_PIXELS_PER_INCH) for side in self.figure.get_size_inches())
        return {
            "data": base64.b64encode(self.svg).decode("ascii"),
            "alt": self.alt,
            "caption": self.caption,
            "kind": self.kind,
            "width": width,
            "height": height,
        }


@dataclass(frozen=True)
class Section(Block):
    """A heading and what stands under it.

    Attributes
    ----------
    anchor : str
        Its id on the page, and its class.
    parts : tuple of Block or Html
    level : int
        Of the heading: 2, or 3 for a part of the annex.
    """

    template: ClassVar[str] = "section.html"
    anchor: str
    heading: str
    parts: tuple[object, ...]
    level: int = 2

    def walk(self) -> Iterator[Block]:
        yield self
        for part in self.parts:
            if isinstance(part, Block):
                yield from part.walk()


@dataclass(frozen=True)
class Group(Block):
    """Blocks one after another, such as the sections that one notebook cell displays."""

    template: ClassVar[str] = "group.html"
    parts: tuple[object, ...] = ()

    def walk(self) -> Iterator[Block]:
        yield self
        for part in self.parts:
            if isinstance(part, Block):
                yield from part.walk()
