"""The words of a chart -> where its panels stand: reckoned before anything is drawn.

A chart of eight panels holds hundreds of texts. To find room for them matplotlib's own layout measures each
four times, which takes longer than everything else together; here only the labels beside the panels are
measured, once.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

#: Sizes of letters (points).
TITLE, HEADING, LABEL, TICK, VALUE, BAND = 10, 8.5, 8, 7.5, 7, 7.5
#: Longest lines (letters).
_TITLE_LETTERS, _HEADING_LETTERS, _LABEL_LETTERS = 64, 80, 34
WIDTH = 6.4
_POINTS = 72
#: A line of text and its gap, in its own size; a row of a panel with one line of label (points).
_LEADING, _ROW = 1.25, 21.6
#: Over the first row, for the number over its dot (rows).
HEADROOM = 0.35
#: Left of the labels, and between them and the panel; right of a panel, for half a number; between panels.
_EDGE, GAP, _RIGHT, _BETWEEN = 4, 4, 20, 8


@dataclass(frozen=True)
class Place:
    """One panel: left, bottom, width, height as shares of the figure, its heading and its labels, wrapped."""

    box: tuple[float, float, float, float]
    heading: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """Where everything stands.

    Attributes
    ----------
    size : tuple of float
        Width and height (inches).
    title : str
        Wrapped.
    panels : tuple of Place
    """

    size: tuple[float, float]
    title: str
    panels: tuple[Place, ...]


def place_panels(title: str, panels: Sequence[tuple[str, Sequence[str]]], banded: bool) -> Places:
    """Give every panel its place, from the top down.

    Parameters
    ----------
    title : str
    panels : sequence of (heading, labels)
        A label a row.
    banded : bool
        Whether a line of notice stands at the foot.
    """
    title = _wrapped(title, _TITLE_LETTERS)
    headings = [_wrapped(heading, _HEADING_LETTERS) for heading, _ in panels]
    labels = [tuple(_wrapped(label, _LABEL_LETTERS) for label in each) for _, each in panels]
    left = _EDGE + max((_width(label) for each in labels for label in each), default=0.0) + GAP
    tops = [_lines(heading) * HEADING * _LEADING + _BETWEEN if heading else _BETWEEN for heading in headings]
    rows = [max([_ROW, *(_lines(label) * LABEL * _LEADING + 2 for label in each)]) for each in labels]
    bodies = [row * (max(len(each), 1) + HEADROOM) for row, each in zip(rows, labels, strict=True)]
    ticks = TICK * _LEADING + 8
    head, foot = _lines(title) * TITLE * _LEADING + 4, (BAND * _LEADING + 6 if banded else 4)
    width, height = WIDTH * _POINTS, head + foot + sum(tops) + sum(bodies) + ticks * len(panels)
    placed, y = [], height - head
    for heading, each, top, body in zip(headings, labels, tops, bodies, strict=True):
        y -= top + body
        box = (left / width, y / height, (width - left - _RIGHT) / width, body / height)
        placed.append(Place(box, heading, each))
        y -= ticks
    return Places((WIDTH, height / _POINTS), title, tuple(placed))


def _wrapped(text: str, letters: int) -> str:
    return "\n".join(textwrap.wrap(text, letters))


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _width(label: str) -> float:
    """The width of the longest line of a label (points)."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=LABEL)
    lines = label.split("\n")
    return max(text_to_path.get_text_width_height_descent(line, font, ismath=False)[0] for line in lines)
