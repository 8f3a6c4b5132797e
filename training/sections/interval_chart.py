"""Figures with intervals -> a chart of one row each: a mark, its interval, its value; a sign where hidden."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import BLUE, GREY, INK, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_number
from training.sections.figures import Figure
from training.sections.opened import TrainingPage

#: How a row is marked: the one the page is about, others beside it, several put together, one to look at.
OWN, OTHER, POOLED, FLAGGED = "own", "other", "pooled", "flagged"
_LOOKS = {
    OWN: ("o", BLUE, BLUE),
    OTHER: ("o", "white", GREY),
    POOLED: ("D", INK, INK),
    FLAGGED: ("s", ORANGE, ORANGE),
}
_ROW_INCHES = 0.27
#: What the page's styles know these charts by: wider on paper than a chart of one row of dots.
CHART = "training-chart"


@dataclass(frozen=True)
class Row:
    """One row of the chart."""

    label: str
    figure: Figure
    mark: str = OTHER


@dataclass(frozen=True)
class Scale:
    """The chart's axis.

    Attributes
    ----------
    low, high : float
    ticks : tuple of float
    unit : str
        A key of `analysis.briefing.numbers.DECIMALS`.
    label : str
    reference : float or None
        Where a line is drawn.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    unit: str
    label: str
    reference: float | None = None


SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def draw_intervals(
    page: TrainingPage, rows: Sequence[Row], scale: Scale, alt: str, caption: str, wrap: int = 34
) -> Image:
    """Draw the rows from top to bottom.

    Parameters
    ----------
    page : TrainingPage
    rows : sequence of Row
    scale : Scale
    alt : str
        How its alternative text begins; each row's value and interval follow.
    caption : str
    wrap : int
        Letters in a line of a label.
    """
    labels = ["\n".join(textwrap.wrap(row.label, wrap)) for row in rows]
    height = sum(_ROW_INCHES + 0.11 * label.count("\n") for label in labels)
    with matplotlib.rc_context(STYLE):
        figure = Drawing(figsize=(WIDTH_INCHES, height + 0.7), layout="constrained")
        axes = figure.add_subplot()
        if scale.reference is not None:
            axes.axvline(scale.reference, color=INK, linewidth=0.8, linestyle="--", zorder=1)
        for at, row in enumerate(rows):
            _draw_row(axes, at, row, scale)
        axes.set_yticks(range(len(rows)), labels, fontsize=7.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(scale.low, scale.high)
        _ticks(axes, page, scale)
        mark_simulated(figure, page)
    return image(figure, f"{alt} {say_rows(page, rows)}", caption, CHART)


def _ticks(axes: Axes, page: TrainingPage, scale: Scale) -> None:
    decimals = 0 if all(float(tick).is_integer() or scale.unit == "share" for tick in scale.ticks) else 1
    shown = [say_number(tick, scale.unit, page.language, decimals=decimals) for tick in scale.ticks]
    axes.set_xticks(scale.ticks, shown)
    axes.set_xlabel(scale.label, fontsize=7.5)
    axes.tick_params(length=0, labelsize=7.5)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)


def _draw_row(axes: Axes, at: int, row: Row, scale: Scale) -> None:
    figure = row.figure
    marker, face, edge = _LOOKS[row.mark]
    if not figure.is_shown:
        axes.text(
            0.98, at, figure.signed_value, transform=axes.get_yaxis_transform(), ha="right", va="center",
            fontsize=7.5, color=GREY,
        )  # fmt: skip
        return
    low, high = (figure.low_end, figure.high_end) if figure.has_interval else (figure.estimate,) * 2
    low, high = max(low, scale.low), min(high, scale.high)
    axes.plot([low, high], [at, at], "-", color=edge, linewidth=1.4, zorder=2)
    axes.plot([low, high], [at, at], "|", color=edge, markersize=5, zorder=2)
    axes.plot([figure.estimate], [at], marker, color=face, markeredgecolor=edge, markersize=5.5, zorder=3)
    to_left = high > scale.low + 0.75 * (scale.high - scale.low)
    axes.annotate(
        figure.signed_value, (low if to_left else high, at), xytext=(-4 if to_left else 4, 0),
        textcoords="offset points", va="center", ha="right" if to_left else "left", fontsize=6.8, color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5},
    )  # fmt: skip


def say_rows(page: TrainingPage, rows: Sequence[Row]) -> str:
    """Each row with its value and interval, or why it has none."""
    said = []
    for row in rows:
        figure = row.figure
        if not figure.is_shown:
            said.append(
                page.say("training_alt_none", name=row.label, why=figure.reason or figure.signed_value)
            )
        elif figure.has_interval:
            values = {"value": figure.value, "low": figure.low, "high": figure.high}
            said.append(page.say("training_alt_one", name=row.label, **values))
        else:
            said.append(page.say("training_alt_value", name=row.label, value=figure.value))
    return " ".join(said)


def change_scale(page: TrainingPage, figures: Sequence[Figure]) -> Scale:
    """An axis of changes that holds every interval and 0, in whole points."""
    ends = [end for f in figures if f.is_shown for end in (f.low_end, f.high_end) if end == end]
    low, high = min([0.0, *ends]), max([1.0, *ends])
    ticks = tuple(float(tick) for tick in range(int(low // 1), int(-(-high // 1)) + 1))
    return Scale(ticks[0], ticks[-1], ticks, "score", page.say("training_axis_change"), 0.0)


def share_scale(page: TrainingPage, reference: float | None = None) -> Scale:
    """An axis of shares from 0 to 100 %."""
    return Scale(0.0, 1.0, SHARES, "share", page.say("training_axis_right"), reference)
