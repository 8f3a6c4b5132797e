"""Administrative counts -> bullet charts against the letter's targets, and their table."""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.briefing.blocks import Column, Image, Lines, Table
from analysis.briefing.drawing import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    STYLE,
    WIDTH_INCHES,
    image,
    mark_simulated,
)
from analysis.briefing.letter.counted import (
    COUNTED,
    Counted,
    figure_name,
    figures_of,
    last_counted,
    say_counted,
    say_period,
)
from analysis.briefing.numbers import say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.tables import table
from analysis.context.administrative_results import progress

#: Letters of a line that stands in the place of a bar.
WORDS_WIDE = 34


def counted_figures(page: RoundPage, level: str, place: str) -> list[Counted]:
    """Every declared figure of a place of this level, in the order of figures.csv."""
    found = [last_counted(page, row["figure"], place) for row in figures_of(page, level)]
    return [counted for counted in found if counted is not None]


def draw_progress(page: RoundPage, counted: list[Counted], whose: str) -> Image:
    """Bars from 0 to 100 %, with a line where the letter sets a target; no bar where there is no number."""
    targets = page.directive.targets
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 0.44 * len(counted) + 0.7), layout="constrained")
        axes = figure.add_subplot()
        for at, one in enumerate(counted):
            _bar(axes, page, at, one, targets[targets["figure"] == one.figure])
        names = ["\n".join(textwrap.wrap(figure_name(page, one.figure), 30)) for one in counted]
        axes.set_yticks(range(len(counted)), names, fontsize=7.5)
        axes.set_ylim(len(counted) - 0.4, -0.6)
        axes.set_xlim(0, 1)
        ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
        axes.set_xticks(ticks, [say_number(tick, "share", page.language, decimals=0) for tick in ticks])
        axes.tick_params(length=0, labelsize=7.5)
        mark_simulated(figure, page)
    said = [f"{figure_name(page, one.figure)}: {say_counted(page, one)}." for one in counted]
    alt = page.say("alt_progress", whose=whose) + " " + " ".join(said)
    return image(figure, alt, page.say("caption_progress", whose=whose))


def _bar(axes: Axes, page: RoundPage, at: int, one: Counted, targets: pd.DataFrame) -> None:
    axes.barh(at, 1, height=0.62, color="#efefef", zorder=1)
    if one.state == COUNTED:
        axes.barh(at, one.value, height=0.34, color=BLUE, zorder=2)
        inside = one.value > 0.15  # at the bar's foot, where no target's line crosses it
        axes.text(
            0.015 if inside else one.value + 0.015, at, say_number(one.value, "share", page.language),
            va="center", color="white" if inside else INK, fontsize=7.5, zorder=4,
        )  # fmt: skip
    else:
        words = "\n".join(textwrap.wrap(say_counted(page, one), WORDS_WIDE))
        axes.text(0.015, at, words, va="center", fontsize=6.8, color=GREY, zorder=4)
    for wanted in targets["figure_value"].astype(float):
        axes.plot([wanted] * 2, [at - 0.31, at + 0.31], "-", color=ORANGE, linewidth=2.2, zorder=3)
    axes.axhline(at + 0.5, color=PALE, linewidth=0.4)


def progress_table(page: RoundPage, counted: list[Counted], level: str, place: str) -> Table:
    """Each figure in the last quarter, and what the letter's targets say of it."""
    reached = progress(page.around("administrative"), page.directive.targets)
    reached = reached[(reached["place_kind"] == level) & (reached["place"] == place)]
    cells = [
        [figure_name(page, one.figure), say_counted(page, one), _targets(page, one.figure, reached)]
        for one in counted
    ]
    head = [Column(page.say(f"col_progress_{name}")) for name in ("figure", "counted", "target")]
    period = say_period(page, counted[0].period)
    notes = [page.say("progress_note")]
    notes += [page.say("progress_not_own")] if len(reached) and not reached["applies"].all() else []
    return table(page.say("caption_progress_table", period=period), head, cells, notes)


def _targets(page: RoundPage, figure: str, reached: pd.DataFrame) -> str | Lines:
    own = reached[reached["figure"] == figure]
    if own.empty:
        return page.say("no_target")
    names = page.directive.targets.set_index("target")[f"name_{page.language}"]
    said = [f"{names[row.target]}: {page.say(f'target_{row.status}')}" for row in own.itertuples()]
    return Lines(tuple(said))
