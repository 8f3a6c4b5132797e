"""papi_sampling.csv -> PAPI's published sample design: a table, a drawing, the counts they rest on."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.briefing.blocks import Column, Image, Table
from analysis.briefing.drawing import BLUE, GREY, INK, STYLE, image
from analysis.briefing.numbers import say_count
from analysis.briefing.tables import table
from analysis.rows import read_rows
from training.lessons.teaching.words import say

ROWS = Path(__file__).parents[1] / "papi_sampling.csv"
COUNTS = ("provinces", "districts", "communes", "villages", "listed", "replacements", "interviewed")
#: The stages of the draw from the province down, as columns of the rows.
STAGES = ("districts", "communes", "villages")
KIEN_GIANG = "small"


def read_sampling() -> pd.DataFrame:
    """The designs by size of province.

    Returns
    -------
    DataFrame indexed by design ("small", "medium", "large")
        provinces that follow it; districts drawn; communes in each, villages in each of these; people listed,
        replacements, and interviews wanted in a village; population_vi, population_en, source.
    """
    columns = ("design", "population_vi", "population_en", *COUNTS, "source")
    return read_rows(ROWS, columns).astype(dict.fromkeys(COUNTS, int)).set_index("design")


def count_units(stage: str, design: str = KIEN_GIANG) -> int:
    """How many districts, communes or villages of a province are visited.

    Examples
    --------
    >>> count_units("districts"), count_units("communes"), count_units("villages")
    (3, 6, 12)
    """
    row, count = read_sampling().loc[design], 1
    for name in STAGES[: STAGES.index(stage) + 1]:
        count *= int(row[name])
    return count


def count_people(design: str = KIEN_GIANG, column: str = "interviewed") -> int:
    """How many people of a province are interviewed (or listed, or kept as replacements).

    Examples
    --------
    >>> count_people("small"), count_people("large")
    (192, 576)
    """
    return count_units("villages", design) * int(read_sampling().at[design, column])


def sampling_table(language: str = "vi") -> Table:
    """A row a size of province: how many units and people at each stage."""
    rows = [
        [
            row[f"population_{language}"],
            *(say_count(row[name], language) for name in ("provinces", *STAGES, "interviewed")),
            say_count(count_people(design), language),
        ]
        for design, row in read_sampling().iterrows()
    ]
    names = ("provinces", *STAGES, "interviewed", "people")
    head = [Column(say("col_population", language))]
    head += [Column(say(f"col_{name}", language), numeric=True) for name in names]
    source = say("source", language, source=read_sampling().at[KIEN_GIANG, "source"])
    return table(say("caption_sampling", language), head, rows, [source])


def draw_sample(language: str = "vi", design: str = KIEN_GIANG) -> Image:
    """The draw as a tree: full boxes are certain to be in, dashed ones are drawn by lot."""
    levels = [1, *(count_units(stage, design) for stage in STAGES)]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 3.3), layout="constrained")
        axes = figure.add_subplot()
        places = [[(at + 0.5) / count for at in range(count)] for count in levels]
        for level in range(1, len(levels)):
            each = levels[level] // levels[level - 1]
            for at, x in enumerate(places[level]):
                axes.plot(
                    [places[level - 1][at // each], x],
                    [-level + 1, -level],
                    color=GREY,
                    linewidth=0.8,
                    zorder=1,
                )
        for level, row in enumerate(places):
            each = levels[level] // levels[level - 1] if level else 1
            for at, x in enumerate(row):
                _box(axes, x, -level, certain=at % each == 0, size=190 if level < 3 else 110)
        names = ("province", *STAGES)
        for level, name in enumerate(names):
            count = say_count(levels[level], language)
            axes.text(
                -0.03, -level, say(f"tree_{name}", language, count=count), ha="right", va="center", color=INK
            )
        people = say_count(int(read_sampling().at[design, "interviewed"]), language)
        whole = say_count(count_people(design), language)
        said = say("tree_people", language, people=people, whole=whole)
        axes.text(0.5, -len(levels) + 0.35, said, ha="center", va="center", color=INK, fontweight="bold")
        axes.set_xlim(-0.36, 1.02)
        axes.set_ylim(-len(levels) + 0.1, 0.3)
        axes.set_axis_off()
    counts = {name: say_count(count, language) for name, count in zip(names, levels, strict=True)}
    alt = say("alt_tree", language, people=people, whole=whole, **counts)
    return image(figure, alt, say("caption_tree", language))


def _box(axes: Axes, x: float, y: float, certain: bool, size: float) -> None:
    look = {"facecolor": BLUE, "edgecolor": BLUE} if certain else {"facecolor": "white", "edgecolor": BLUE}
    axes.scatter(
        [x], [y], s=size, marker="s", linewidths=1.4, linestyle="-" if certain else "--", zorder=2, **look
    )
