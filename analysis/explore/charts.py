"""Rows of estimates -> a chart of dots with their intervals: none is drawn without."""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import BAND, BLUE, GREY, INK, ORANGE, STYLE
from analysis.estimates import quality
from analysis.explore.words import Words

MOST_PANELS = 8
_WIDTH = 6.4
_LABEL = 34


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
    heights = [max(len(lines), 1) + 1.4 for _, lines, _ in panels]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(_WIDTH, 0.3 * sum(heights) + 0.9), layout="constrained")
        axes = figure.subplots(len(panels), 1, height_ratios=heights, squeeze=False)[:, 0]
        for one, (name, lines, whole) in zip(axes, panels, strict=True):
            _draw_panel(one, name, lines, whole, words)
        figure.suptitle(title or words.labels.round.title(words.language), fontsize=10, x=0.01, ha="left")
        if words.band:
            figure.supxlabel(words.band, fontsize=7.5, color=ORANGE, fontweight="bold")
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


def _draw_panel(axes: Axes, name: str, lines: pd.DataFrame, whole: pd.Series | None, words: Words) -> None:
    if whole is not None and whole["quality"] in quality.SHOWN:
        axes.axvspan(whole["ci_low"], whole["ci_high"], color=BAND, zorder=0)
        axes.axvline(whole["estimate"], color=GREY, linewidth=0.8, zorder=1)
    for at, row in enumerate(lines.to_dict("records")):
        _draw_line(axes, at, row, words)
    labels = ["\n".join(textwrap.wrap(label, _LABEL)) for label in lines["label"]]
    axes.set_yticks(range(len(lines)), labels, fontsize=8)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    axes.set_title("\n".join(textwrap.wrap(name, 80)), fontsize=8.5, loc="left")
    _set_scale(axes, lines, words)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", labelsize=7.5)


def _draw_line(axes: Axes, at: int, row: dict, words: Words) -> None:
    if row["quality"] not in quality.SHOWN:
        sign = quality.SIGNS.get(row["quality"], "–")
        axes.text(
            0.02, at, f"{sign} n = {words.count(row['n'])}", transform=axes.get_yaxis_transform(),
            va="center", fontsize=7, color=GREY,
        )  # fmt: skip
        return
    colour = BLUE if row["quality"] == quality.GOOD else GREY
    face = BLUE if row["quality"] == quality.GOOD else "white"
    axes.plot([row["ci_low"], row["ci_high"]], [at, at], "-|", color=colour, linewidth=1.4, markersize=5)
    axes.plot([row["estimate"]], [at], "o", markersize=5, markerfacecolor=face, markeredgecolor=colour)
    text = words.value(row)
    text = f"({text})" if row["quality"] == quality.CAUTION else text
    axes.annotate(
        text, (row["estimate"], at), xytext=(0, 5), textcoords="offset points", ha="center", va="bottom",
        fontsize=7, color=INK,
    )  # fmt: skip


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
