"""Weights' quantiles, design effects -> the charts of the page `methods`, with their text."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.briefing.blocks import Block
from analysis.briefing.drawing import BLUE, GREY, INK, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_count, say_number, say_setting
from analysis.briefing.pack import RoundPage

#: What the chart of design effects has a strip for, from top to bottom, and its mark.
STRIPS = {"dimension": "D", "sub_dimension": "s", "indicator": "o"}
#: Dots of one strip lie on this many lines, so that equal values do not hide each other.
_LINES = 5


def draw_weights(page: RoundPage, values: Mapping[int, float]) -> Block:
    """The spread of the weights: half of the people in the box, nine in ten on the line.

    Parameters
    ----------
    values : dict of quantile in per cent to the weight over the mean weight
        0, 5, 25, 50, 75, 95 and 100.
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 1.35), layout="constrained")
        axes = figure.add_subplot()
        axes.axvline(1, color=GREY, linewidth=1, linestyle="--")
        axes.plot([values[5], values[95]], [0, 0], "-", color=INK, linewidth=1.4)
        axes.barh(
            0,
            values[75] - values[25],
            left=values[25],
            height=0.5,
            color="white",
            edgecolor=BLUE,
            linewidth=1.6,
        )
        axes.plot([values[50]] * 2, [-0.25, 0.25], "-", color=BLUE, linewidth=2.6)
        axes.plot([values[0], values[100]], [0, 0], "D", color=ORANGE, markersize=4.5)
        axes.set_xlim(0, values[100] * 1.05)
        axes.set_ylim(-0.6, 0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        _say_ticks(page, axes)
        axes.set_xlabel(page.say("axis_methods_weights"))
        mark_simulated(figure, page)
    said = {f"p{q}": say_number(value, "ratio", page.language) for q, value in values.items()}
    return image(figure, page.say("alt_methods_weights", **said), page.say("caption_methods_weights_chart"))


def draw_effects(page: RoundPage, strips: Mapping[str, pd.Series]) -> Block:
    """Design effects as dots, a strip a kind of measure, the median as a line.

    Parameters
    ----------
    strips : dict of measure kind to its design effects, in the order of `STRIPS`
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 0.6 * len(strips) + 0.9), layout="constrained")
        axes = figure.add_subplot()
        axes.axvline(1, color=GREY, linewidth=1, linestyle="--")
        for at, (kind, values) in enumerate(strips.items()):
            ordered = values.sort_values(kind="stable")
            apart = [at + 0.12 * (place % _LINES - _LINES // 2) for place in range(len(ordered))]
            axes.plot(ordered, apart, STRIPS[kind], color=BLUE, markersize=3.2, alpha=0.75, linestyle="none")
            axes.plot([ordered.median()] * 2, [at - 0.4, at + 0.4], "-", color=ORANGE, linewidth=2)
        axes.set_yticks(range(len(strips)), [page.say(f"col_{kind}") for kind in strips])
        axes.set_ylim(len(strips) - 0.45, -0.55)
        axes.set_xlim(left=0)
        axes.set_xlabel(page.say("col_methods_deff"))
        axes.tick_params(axis="y", length=0)
        _say_ticks(page, axes)
        mark_simulated(figure, page)
    alt = " ".join([page.say("alt_methods_effects"), *say_strips(page, strips)])
    return image(figure, alt, page.say("caption_methods_effects_chart"))


def _say_ticks(page: RoundPage, axes: Axes) -> None:
    """The numbers under the axis in the page's language."""
    axes.xaxis.set_major_formatter(lambda value, _: say_setting(round(value, 6), page.language))


def say_strips(page: RoundPage, strips: Mapping[str, pd.Series]) -> list[str]:
    """Of each kind of measure: how many, the median design effect, and its range."""
    return [
        page.say(
            "methods_strip",
            kind=page.say(f"col_{kind}"),
            count=say_count(len(values), page.language),
            median=say_number(values.median(), "ratio", page.language),
            low=say_number(values.min(), "ratio", page.language),
            high=say_number(values.max(), "ratio", page.language),
        )
        for kind, values in strips.items()
    ]
