"""A matplotlib figure -> an inline SVG image; the looks that all charts share.

Same rows, same bytes: fixed salt, no date, no randomness. Charts are drawn narrow, so that they read
on a phone without zooming. What colour tells, shape tells too (Okabe-Ito).
"""

from __future__ import annotations

import base64
import io

import matplotlib
from matplotlib.figure import Figure

from analysis.briefing.html import Html, fill
from analysis.briefing.pack import RoundPage

INK, GREY, BLUE, ORANGE = "#222222", "#767676", "#0072B2", "#D55E00"
WIDTH_INCHES, _CSS_PIXELS_PER_INCH = 4.6, 118
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


def image(figure: Figure, alt: str, caption: str) -> Html:
    """The figure as a fragment of a page.

    Parameters
    ----------
    alt : str
        What the chart shows, in words and numbers.
    """
    buffer = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    width, height = (round(side * _CSS_PIXELS_PER_INCH) for side in figure.get_size_inches())
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    return fill("figure.html", data=data, alt=alt, caption=caption, width=width, height=height)
