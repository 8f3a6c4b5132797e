"""A matplotlib figure -> a chart block; the looks that all charts share.

Same rows, same bytes: fixed salt, no date, no randomness. Charts are drawn narrow, so that they read
on a phone without zooming. What colour tells, shape tells too (Okabe and Ito's colours, darker, so that
letters in them have a contrast of 4.5 on every ground that charts use).
"""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.briefing.blocks import Image
from analysis.briefing.pack import RoundPage

INK, GREY, BLUE, ORANGE = "#222222", "#666666", "#0072B2", "#AD4500"
GREEN, PALE, BAND = "#006F53", "#c4c4c4", "#e9edf2"
WIDTH_INCHES = 4.6
STYLE = {
    "svg.hashsalt": "workbench",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
}


def mark_simulated(figure: Figure, page: RoundPage) -> None:
    """A chart cut out of its page still says that its data are simulated."""
    if page.band:
        figure.supxlabel(page.band, fontsize=7.5, color=ORANGE, fontweight="bold")


def image(figure: Figure, alt: str, caption: str, kind: str = "") -> Image:
    """The figure as a block of a page.

    Parameters
    ----------
    alt : str
        What the chart shows, in words and numbers.
    """
    return Image(figure=figure, alt=alt, caption=caption, kind=kind, style=STYLE)
