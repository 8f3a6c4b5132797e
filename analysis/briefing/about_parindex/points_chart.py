"""Points of a scoring sheet by field -> a chart of what was reached and what was lost."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import BLUE, INK, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_number
from analysis.briefing.pack import RoundPage


def draw_points(page: RoundPage, points: pd.DataFrame, names: dict[int, str], year: str) -> Image:
    """A bar a field from 0 to its maximum, reached and lost told apart by colour, hatch and number.

    Parameters
    ----------
    points : DataFrame indexed by field, columns maximum, score, lost
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 0.42 * len(points) + 0.8), layout="constrained")
        axes = figure.add_subplot()
        named = {name: page.say(f"col_points_{name}") for name in ("score", "lost")}
        for at, row in enumerate(points.to_dict("records")):
            lost = {"left": row["score"], "facecolor": "white", "edgecolor": ORANGE, "hatch": "////"}
            axes.barh(at, row["score"], height=0.6, color=BLUE, label=None if at else named["score"])
            axes.barh(at, row["lost"], height=0.6, linewidth=0.8, label=None if at else named["lost"], **lost)
            axes.text(row["maximum"] + 0.15, at, _say(page, row), va="center", fontsize=7.5, color=INK)
        axes.set_yticks(
            range(len(points)), ["\n".join(textwrap.wrap(f"{f}. {names[f]}", 32)) for f in points.index]
        )
        axes.set_ylim(len(points) - 0.5, -0.5)
        axes.set_xlim(0, points["maximum"].max() * 1.28)
        axes.tick_params(length=0, labelsize=7.5)
        axes.set_xlabel(page.say("axis_points"), fontsize=8)
        figure.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=7.5)
        mark_simulated(figure, page)
    said = "; ".join(f"{field}. {names[field]}: {_say(page, row)}" for field, row in points.iterrows())
    alt = f"{page.say('alt_points', in_year=year)} {said}."
    return image(figure, alt, page.say("caption_points_chart", in_year=year))


def _say(page: RoundPage, row: Mapping[str, float]) -> str:
    values = {name: say_number(row[name], "score", page.language) for name in ("score", "maximum")}
    return page.say("points_of", **values)
