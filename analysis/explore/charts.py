"""Rows of estimates -> a chart of dots with their intervals: none is drawn without."""

from __future__ import annotations

import math

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Transform, offset_copy

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import BAND as GROUND
from analysis.briefing.drawing import BLUE, GREY, INK, ORANGE, STYLE
from analysis.estimates import quality
from analysis.explore.chart_places import (
    BAND,
    GAP,
    HEADING,
    HEADROOM,
    LABEL,
    TICK,
    TITLE,
    VALUE,
    Place,
    place_panels,
)
from analysis.explore.words import Words

MOST_PANELS = 8


def draw_estimates(table: pd.DataFrame, words: Words, title: str = "") -> Image:
    """Draw a table of estimates.

    Parameters
    ----------
    table : DataFrame
        Columns measure, statistic, group_kind, group, estimate, ci_low, ci_high, level, n, quality.
    words : Words
    title : str
        Above the chart; the round's title by default.

    Notes
    -----
    By group: a panel a measure, a line a group, and where the table has everybody's row too its interval as
    a grey band behind. Without groups: a panel a unit, a line a measure. Scores are drawn on their whole
    scale; a scale that is not known fits the intervals.
    """
    panels = _panels(table, words)
    cut = len(panels) > MOST_PANELS
    panels = panels[:MOST_PANELS]
    title = title or words.labels.round.title(words.language)
    places = place_panels(
        title, [(name, list(lines["label"])) for name, lines, _ in panels], bool(words.band)
    )
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=places.size)
        for place, (_, lines, whole) in zip(places.panels, panels, strict=True):
            _draw_panel(figure.add_axes(place.box), place, lines, whole, words)
        figure.suptitle(
            places.title, fontsize=TITLE, x=0.01, y=1 - 0.03 / places.size[1], ha="left", va="top"
        )
        if words.band:
            figure.supxlabel(
                words.band, fontsize=BAND, color=ORANGE, fontweight="bold", y=0.03 / places.size[1]
            )
    banded = any(whole is not None for _, _, whole in panels)
    return Image(figure, _alt(table, words), _caption(table, words, banded, cut), style=STYLE)


def _panels(table: pd.DataFrame, words: Words) -> list[tuple[str, pd.DataFrame, pd.Series | None]]:
    """Heading, lines with their `label`, and everybody's row of each panel."""
    if not (table["group"] != "").any():
        pairs = zip(table["measure"], table["statistic"], strict=True)
        units = [words.unit(m, s) + words.scale(m) for m, s in pairs]
        lines = table.assign(label=[words.name(m) for m in table["measure"]], unit=units)
        return [("", part, None) for _, part in lines.groupby("unit", sort=False)]
    panels = []
    for measure, part in table.groupby("measure", sort=False):
        lines = part[part["group"] != ""]
        lines = lines.assign(label=[words.group(row) for row in lines.to_dict("records")])
        everybody = part[part["group"] == ""]
        panels.append((words.name(measure), lines, everybody.iloc[0] if len(everybody) else None))
    return panels


def _draw_panel(axes: Axes, place: Place, lines: pd.DataFrame, whole: pd.Series | None, words: Words) -> None:
    if whole is not None and whole["quality"] in quality.SHOWN:
        axes.axvspan(whole["ci_low"], whole["ci_high"], color=GROUND, zorder=0)
        axes.axvline(whole["estimate"], color=GREY, linewidth=0.8, zorder=1)
    rows = list(enumerate(lines.to_dict("records")))
    for good in (True, False):
        _draw_intervals(axes, [(at, row) for at, row in rows if _is_drawn(row, good)], good)
    over_a_dot = offset_copy(axes.transData, axes.figure, y=5, units="points")
    for at, row in rows:
        _write_value(axes, at, row, words, over_a_dot)
    axes.set_yticks([])  # a tick is five things to draw, of which only its label would be seen
    beside = offset_copy(axes.get_yaxis_transform(), axes.figure, x=-GAP, units="points")
    for at, label in enumerate(place.labels):
        axes.text(0, at, label, transform=beside, ha="right", va="center", ma="right", fontsize=LABEL)
    axes.set_ylim(len(lines) - 0.5, -0.5 - HEADROOM)
    axes.set_title(place.heading, fontsize=HEADING, loc="left")
    _set_scale(axes, lines, words)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="x", labelsize=TICK)


def _is_drawn(row: dict, good: bool) -> bool:
    return row["quality"] in quality.SHOWN and (row["quality"] == quality.GOOD) == good


def _draw_intervals(axes: Axes, rows: list[tuple[int, dict]], good: bool) -> None:
    """The intervals and dots of all rows that look alike, as two lines with gaps instead of two a row."""
    if not rows:
        return
    colour, face = (BLUE, BLUE) if good else (GREY, "white")
    ends = [end for _, row in rows for end in (row["ci_low"], row["ci_high"], math.nan)]
    heights = [height for at, _ in rows for height in (at, at, math.nan)]
    axes.plot(ends, heights, "-|", color=colour, linewidth=1.4, markersize=5)
    dots, at_rows = [row["estimate"] for _, row in rows], [at for at, _ in rows]
    axes.plot(dots, at_rows, "o", markersize=5, markerfacecolor=face, markeredgecolor=colour)


def _write_value(axes: Axes, at: int, row: dict, words: Words, over_a_dot: Transform) -> None:
    """The number over its dot, or why there is none."""
    if row["quality"] not in quality.SHOWN:
        text = f"{quality.SIGNS.get(row['quality'], '–')} n = {words.count(row['n'])}"
        across = axes.get_yaxis_transform()
        axes.text(0.02, at, text, transform=across, va="center", fontsize=VALUE, color=GREY)
        return
    text = words.value(row)
    text = f"({text})" if row["quality"] == quality.CAUTION else text
    where = {"ha": "center", "va": "bottom", "transform": over_a_dot}
    axes.text(row["estimate"], at, text, fontsize=VALUE, color=INK, **where)


def _set_scale(axes: Axes, lines: pd.DataFrame, words: Words) -> None:
    first = lines.iloc[0]
    low, high = words.bounds(first["measure"], first["statistic"])
    if low is not None:
        axes.set_xlim(low, high)
    if words.unit(first["measure"], first["statistic"]) == "share":
        axes.xaxis.set_major_formatter(lambda value, _: f"{value * 100:g}%")
    elif words.language == "vi":
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}".replace(".", ","))


def _caption(table: pd.DataFrame, words: Words, banded: bool, cut: bool) -> str:
    level = f"{table['level'].iloc[0] * 100:g}" if len(table) else "95"
    caption = (
        words.say("chart_caption", level=level, whole=words.say("everybody").lower())
        if banded
        else words.say("chart_caption_plain", level=level)
    )
    return caption + (" " + words.say("chart_cut", shown=str(MOST_PANELS)) if cut else "")


def _alt(table: pd.DataFrame, words: Words) -> str:
    parts = []
    for row in table.to_dict("records"):
        named = {"measure": words.name(row["measure"]), "group": words.group(row)}
        if row["quality"] in quality.SHOWN:
            ends = {"value": words.value(row), "low": words.value(row, "ci_low")}
            parts.append(words.say("chart_alt_row", **named, **ends, high=words.value(row, "ci_high")))
        else:
            parts.append(words.say("chart_alt_none", **named))
    return words.say("chart_alt", rows="; ".join(parts))
