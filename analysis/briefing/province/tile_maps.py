"""Districts' findings -> tile maps of what is known of each dimension, in small multiples."""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.briefing.blocks import Image
from analysis.briefing.drawing import GREEN, GREY, INK, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.findings import BETTER, WORSE, find, is_tested
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import RoundPage
from analysis.briefing.province.sample_map import is_sampled
from analysis.briefing.tables import label
from analysis.places import read_tiles

NO_SAMPLE, WITHHELD = "no_sample", "withheld"
#: State of a district in one dimension -> its sign, face and ink; every state has a sign of its own.
LOOKS = {
    BETTER: ("▲", "#d9efe8", GREEN),
    WORSE: ("▼", "#fbe0d2", ORANGE),
    "unclear": ("○", "#f1f1f1", GREY),
    WITHHELD: ("*", "white", GREY),
    NO_SAMPLE: ("·", "white", GREY),
}


def states(page: RoundPage, measure: str) -> dict[str, str]:
    """District -> its state in one measure: a key of `LOOKS`."""
    found = {}
    for code in page.districts:
        rows = page.each("difference", ("district", code))
        if not is_sampled(page, code):
            found[code] = NO_SAMPLE
        elif is_tested(rows, measure):
            found[code] = find(page, rows[measure]).answer
        else:
            found[code] = WITHHELD
    return found


def draw_dimension_maps(page: RoundPage) -> Image | None:
    """A small tile map a dimension, with a sign in each square; None where the places have no squares."""
    tiles = read_tiles(page.survey_round.places)
    if not set(page.districts) <= set(tiles.index):
        return None
    found = {measure: states(page, measure) for measure in page.dimensions}
    with matplotlib.rc_context(STYLE):
        rows = (len(found) + 1) // 2
        figure = Figure(figsize=(WIDTH_INCHES, 1.75 * rows + 0.2), layout="constrained")
        grid = figure.subplots(rows, 2, squeeze=False).ravel()
        for axes in grid[len(found) :]:
            axes.set_visible(False)
        for axes, (measure, by_district) in zip(grid, found.items(), strict=False):
            _draw_map(axes, tiles, by_district)
            axes.set_title("\n".join(textwrap.wrap(label(page, measure), 32)), fontsize=7.5, loc="left")
        mark_simulated(figure, page)
    alt = " ".join([page.say("alt_dimension_maps"), *(_say_map(page, m, by) for m, by in found.items())])
    return image(figure, alt, page.say("caption_dimension_maps"))


def _draw_map(axes: Axes, tiles: pd.DataFrame, by_district: dict[str, str]) -> None:
    for code, state in by_district.items():
        sign, face, ink = LOOKS[state]
        x, y = tiles.at[code, "column"], tiles.at[code, "row"]
        dashed = "--" if state == NO_SAMPLE else "-"
        looks = {"facecolor": face, "edgecolor": ink, "linewidth": 0.7, "linestyle": dashed}
        axes.add_patch(Rectangle((x - 0.46, y - 0.46), 0.92, 0.92, **looks))
        axes.text(x, y, sign, ha="center", va="center", fontsize=9, color=ink if state != NO_SAMPLE else INK)
    axes.set_xlim(tiles["column"].min() - 0.6, tiles["column"].max() + 0.6)
    axes.set_ylim(tiles["row"].max() + 0.6, tiles["row"].min() - 0.6)
    axes.set_aspect("equal")
    axes.axis("off")


def _say_map(page: RoundPage, measure: str, by_district: dict[str, str]) -> str:
    """How many districts are in each state, those of which something is stated by name."""
    said = []
    for state in LOOKS:
        codes = [code for code, other in by_district.items() if other == state]
        if not codes:
            continue
        count = say_count(len(codes), page.language)
        names = ", ".join(page.places.district(code).name for code in codes)
        named = f" ({names})" if state in (BETTER, WORSE) else ""
        said.append(f"{page.say(f'state_{state}')} {count}{named}")
    return f"{label(page, measure)}: {'; '.join(said)}."
