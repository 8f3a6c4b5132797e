"""A `Pack` -> its chart of the dimensions: where they stand and how they changed, intervals always drawn.

Scales are the framework's and the same in every district's pack. What is not enough evidence is grey; what
is stated has a colour, a shape and a word.
"""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import (
    GREEN,
    GREY,
    INK,
    ORANGE,
    STYLE,
    WIDTH_INCHES,
    image,
    mark_simulated,
)
from analysis.briefing.findings import Finding, find_all, say_answer, say_level, say_verdict
from analysis.briefing.numbers import MINUS, say_setting
from analysis.briefing.pack import Pack
from analysis.briefing.round_page import Rows
from analysis.briefing.tables import label, signed_value, verdict
from analysis.estimates import quality

#: The panel of changes reaches this part of the scale to each side of 0.
CHANGE_REACH = 0.25


def draw_dimensions(pack: Pack) -> Image:
    """Levels of the district (if sampled) and the province; beside them the change since the last round."""
    measures = pack.dimensions
    bounds = pack.measures.loc[measures, ["minimum", "maximum"]]
    low, high = bounds["minimum"].min(), bounds["maximum"].max()
    found = _findings(pack)
    with matplotlib.rc_context(STYLE):
        figure = Figure(
            figsize=(WIDTH_INCHES, (0.38 if pack.sampled else 0.33) * len(measures) + 1.0),
            layout="constrained",
        )
        panels = [1.5, 1] if pack.previous else [1]
        axes = figure.subplots(1, len(panels), width_ratios=panels, squeeze=False)[0]
        _draw_levels(axes[0], pack, measures, found["difference"])
        axes[0].set_xlim(low, high)
        scale = pack.say("axis_score", low=f"{low:g}", high=f"{high:g}")
        axes[0].set_xlabel("\n".join([scale, *_say_caution(pack, measures)]), fontsize=7.5)
        names = ["\n".join(textwrap.wrap(label(pack, m), 25)) for m in measures]
        axes[0].set_yticks(range(len(measures)), names, fontsize=7.5)
        if pack.previous:
            _draw_changes(axes[1], pack, measures, found["change"], (high - low) * CHANGE_REACH)
        for one in axes:
            one.set_ylim(len(measures) - 0.5, -0.5)
            one.grid(axis="x", color="#dddddd", linewidth=0.6)
            _mark_scale(one, pack.language)
            one.set_axisbelow(True)
            one.tick_params(length=0, labelsize=7.5)
        axes[0].tick_params(axis="y", labelsize=7.5)
        _key(figure, axes[0], pack)
        mark_simulated(figure, pack)
    return image(figure, _alt(pack, measures, found), pack.say("caption_dimensions"), "dimension-chart")


def _say_caution(pack: Pack, measures: list[str]) -> list[str]:
    """What the parentheses mean, where there are any."""
    levels = [pack.each("level", pack.whole), *([pack.each("level")] if pack.sampled else [])]
    shown = {rows[measure]["quality"] for rows in levels for measure in measures}
    return [pack.say("axis_caution")] if quality.CAUTION in shown else []


def _mark_scale(axes: Axes, language: str) -> None:
    """The same ticks however wide the panel is, in the reader's own way of writing numbers."""

    def said(value: float, _: int) -> str:
        return (MINUS if value < 0 else "") + say_setting(abs(value), language)

    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(said))


def _findings(pack: Pack) -> dict[str, dict[str, Finding]]:
    """By statistic and measure; differences only where the district has figures of its own."""
    statistics = (["difference"] if pack.sampled else []) + (["change"] if pack.previous else [])
    found = {name: {f.measure: f for f in find_all(pack, name, pack.dimensions)} for name in statistics}
    return {"difference": {}, "change": {}} | found


def _draw_levels(axes: Axes, pack: Pack, measures: list[str], found: dict[str, Finding]) -> None:
    province = pack.each("level", pack.whole)
    own = pack.each("level") if pack.sampled else None
    for at, measure in enumerate(measures):
        offset = 0.2 if own is not None else 0.0
        _level(axes, pack, province[measure], at + offset, "D", "white", INK)
        if own is not None:
            finding = found.get(measure)
            marker, colour = _looks(finding)
            _level(axes, pack, own[measure], at - offset, marker, colour, colour, finding)


def _level(
    axes: Axes,
    pack: Pack,
    row: pd.Series,
    y: float,
    marker: str,
    face: str,
    edge: str,
    finding: Finding | None = None,
) -> None:
    """Interval with end caps, mark, the value, and what is stated; a sign where there is no number."""
    if row["quality"] not in quality.SHOWN:
        sign = f"{quality.SIGNS[row['quality']]} {pack.say('answer_withheld')}"
        looks = {"ha": "right", "va": "center", "fontsize": 6.8, "color": GREY}
        axes.text(0.98, y, sign, transform=axes.get_yaxis_transform(), **looks)
        return
    _interval(axes, row, y, marker, face, edge)
    words = signed_value(say_level(pack, row)[0], row)
    words += f" {say_answer(pack, finding)}" if finding is not None and finding.stated else ""
    bounds = pack.about(row.name)
    to_left = row["ci_high"] > bounds["minimum"] + 0.66 * (bounds["maximum"] - bounds["minimum"])
    axes.annotate(
        words, (row["ci_low"] if to_left else row["ci_high"], y), xytext=(-4 if to_left else 4, 0),
        textcoords="offset points", va="center", ha="right" if to_left else "left", fontsize=6.8, color=edge,
    )  # fmt: skip


def _draw_changes(
    axes: Axes, pack: Pack, measures: list[str], found: dict[str, Finding], reach: float
) -> None:
    rows = pack.each("change")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_xlim(-reach, reach)
    for at, measure in enumerate(measures):
        finding = found.get(measure)
        if finding is None:
            why = _why_no_change(pack, measure, rows)
            looks = {"ha": "center", "va": "center", "fontsize": 6.5, "color": GREY}
            axes.text(0, at, why, backgroundcolor="white", **looks)
            continue
        marker, colour = _looks(finding)
        _interval(axes, rows[measure], at, marker, colour, colour)
        words = f"{finding.difference} {say_answer(pack, finding)}" if finding.stated else finding.difference
        to_left = rows[measure]["ci_high"] > 0.4 * reach
        end = "ci_low" if to_left else "ci_high"
        looks = {"ha": "right" if to_left else "left", "va": "center", "fontsize": 6.8, "color": colour}
        beside = {"xytext": (-4 if to_left else 4, 0), "textcoords": "offset points"}
        # On white: the line at 0 through a minus sign would make it a plus.
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        axes.annotate(words, (rows[measure][end], at), bbox=ground, **beside, **looks)
    axes.set_yticks(range(len(measures)), [""] * len(measures))
    axes.set_xlabel(pack.say("axis_change", previous=str(pack.previous.year)), fontsize=7.5)


def _why_no_change(pack: Pack, measure: str, rows: Rows) -> str:
    if measure not in rows:
        return pack.say("change_broken")
    unsampled = rows[measure]["quality"] == quality.NOT_SAMPLED
    return pack.say("answer_no_previous" if unsampled else "answer_withheld")


def _looks(finding: Finding | None) -> tuple[str, str]:
    """Mark and colour of a finding: a grey dot where nothing is stated."""
    if finding is None or not finding.stated:
        return "o", GREY
    return ("^" if finding.sign == "▲" else "v"), (GREEN if finding.good else ORANGE)


def _interval(axes: Axes, row: pd.Series, y: float, marker: str, face: str, edge: str) -> None:
    looks = {"linewidth": 1.3, "markersize": 5, "markeredgewidth": 1.1}
    axes.plot([row["ci_low"], row["ci_high"]], [y, y], "-|", color=edge, **looks)
    axes.plot([row["estimate"]], [y], marker, markersize=4.5, markerfacecolor=face, markeredgecolor=edge)


def _key(figure: Figure, axes: Axes, pack: Pack) -> None:
    """What the marks mean, above the plot."""
    axes.plot(
        [], [], "D-", color=INK, markerfacecolor="white", markersize=4.5, label=pack.say("key_province")
    )
    if pack.sampled:
        axes.plot([], [], "o-", color=GREY, markersize=4.5, label=pack.say("key_district_unclear"))
    figure.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=7.5)


def _alt(pack: Pack, measures: list[str], found: dict[str, dict[str, Finding]]) -> str:
    """Each dimension's levels with their intervals, and both findings in the words of the tables."""
    province = pack.each("level", pack.whole)
    own = pack.each("level") if pack.sampled else None
    changes = pack.each("change")
    parts = []
    for measure in measures:
        levels = [(own, "key_district"), (province, "key_province")]
        said = [_say_point(pack, rows[measure], who) for rows, who in levels if rows is not None]
        if own is not None:
            finding = found["difference"].get(measure)
            said.append(say_verdict(pack, finding) if finding else verdict(pack, None, own[measure]))
        if pack.previous:
            finding = found["change"].get(measure)
            why = say_verdict(pack, finding) if finding else _why_no_change(pack, measure, changes)
            said.append(pack.say("alt_change", previous=str(pack.previous.year), verdict=why))
        parts.append(f"{label(pack, measure)}: {'; '.join(said)}")
    return pack.say("alt_dimensions") + " " + ". ".join(parts) + "."


def _say_point(pack: Pack, row: pd.Series, who: str) -> str:
    if row["quality"] not in quality.SHOWN:
        return pack.say("alt_no_point", who=pack.say(who))
    value, low, high = say_level(pack, row)
    return pack.say("alt_point", who=pack.say(who), value=value, low=low, high=high)
