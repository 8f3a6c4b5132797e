"""Results rows -> a briefing's charts, with alternative text made from the same numbers."""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from analysis.briefing.blocks import Block
from analysis.briefing.drawing import BLUE, GREY, INK, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.findings import say_level
from analysis.briefing.numbers import say_number
from analysis.briefing.pack import Pack
from analysis.briefing.tables import label, signed_value
from analysis.estimates import quality


def draw_dimensions(pack: Pack) -> Block:
    """Dot plot of the dimensions with intervals: the district (if sampled) and the province."""
    measures = pack.dimensions
    province = pack.by_measure("level", place=pack.survey_round.province)
    own = pack.by_measure("level") if pack.sampled else None
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 0.55 * len(measures) + 1.0), layout="constrained")
        axes = figure.add_subplot()
        low, high = pack.measures.loc[measures, "minimum"].min(), pack.measures.loc[measures, "maximum"].max()
        axes.set_xlim(low, high)
        for position, measure in enumerate(measures):
            offset = 0.17 if own is not None else 0.0
            _dot(axes, pack, province.loc[measure], position + offset, "D", "white", INK)
            if own is not None:
                _dot(axes, pack, own.loc[measure], position - offset, "o", BLUE, BLUE)
        names = ["\n".join(textwrap.wrap(label(pack, m), 24)) for m in measures]
        axes.set_yticks(range(len(measures)), names)
        axes.set_ylim(len(measures) - 0.5, -0.5)
        axes.set_xlabel(pack.say("axis_score", low=f"{low:g}", high=f"{high:g}"))
        axes.grid(axis="x", color="#dddddd", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        _key(axes, pack, own is not None)
        mark_simulated(figure, pack)
    return image(figure, _alt(pack, measures, own, province), pack.say("caption_dimensions"))


def _dot(axes, pack: Pack, row: pd.Series, y: float, marker: str, face: str, edge: str) -> None:
    """Interval with end caps, dot, and the value beside it."""
    if row["quality"] not in quality.SHOWN:
        return
    ends = [row["ci_low"], row["ci_high"]]
    axes.plot(ends, [y, y], "-|", color=edge, linewidth=1.4, markersize=6, markeredgewidth=1.2)
    axes.plot([row["estimate"]], [y], marker, markersize=4.5, markerfacecolor=face, markeredgecolor=edge)
    value = signed_value(say_level(pack, row)[0], row)
    near_edge = row["ci_high"] > axes.get_xlim()[1] - 0.12 * (axes.get_xlim()[1] - axes.get_xlim()[0])
    axes.annotate(
        value, (ends[0] if near_edge else ends[1], y), xytext=(-5 if near_edge else 5, 0),
        textcoords="offset points", va="center", ha="right" if near_edge else "left", fontsize=7.5,
        color=edge,
    )  # fmt: skip


def _key(axes, pack: Pack, with_district: bool) -> None:
    """What the marks mean, above the plot."""
    axes.plot([], [], "D-", color=INK, markerfacecolor="white", label=pack.say("key_province"))
    if with_district:
        axes.plot([], [], "o-", color=BLUE, label=pack.say("key_district"))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False, fontsize=8.5)


def _alt(pack: Pack, measures: list[str], own: pd.DataFrame | None, province: pd.DataFrame) -> str:
    parts = []
    for measure in measures:
        for rows, who in ((own, "key_district"), (province, "key_province")):
            if rows is None:
                continue
            row = rows.loc[measure]
            if row["quality"] in quality.SHOWN:
                value, low, high = say_level(pack, row)
                text = pack.say("alt_point", who=pack.say(who), value=value, low=low, high=high)
            else:
                text = pack.say("alt_no_point", who=pack.say(who))
            parts.append(f"{label(pack, measure)}: {text}")
    return pack.say("alt_dimensions") + " " + "; ".join(parts) + "."


def draw_published(pack: Pack, series: pd.DataFrame, breaks: pd.DataFrame) -> Block:
    """The province's published dimension scores by year, small multiples; no line crosses a break.

    Parameters
    ----------
    series : DataFrame with columns measure, year, estimate
    breaks : DataFrame with columns measure, year: first years of a new series
    """
    measures = [m for m in pack.dimensions if m in set(series["measure"])]
    years = range(int(series["year"].min()), int(series["year"].max()) + 1)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 1.25 * ((len(measures) + 1) // 2) + 0.3), layout="constrained")
        grid = figure.subplots((len(measures) + 1) // 2, 2, sharex=True, sharey=True, squeeze=False)
        for axes, measure in zip(grid.ravel(), measures, strict=False):
            own = series[series["measure"] == measure].sort_values("year")
            cuts = sorted(breaks.loc[breaks["measure"] == measure, "year"])
            run = sum((own["year"] >= cut).astype(int) for cut in cuts) if cuts else pd.Series(0, own.index)
            for _, part in own.groupby(run):
                axes.plot(part["year"], part["estimate"], "-o", color=ORANGE, markersize=2.6, linewidth=1.2)
            for cut in cuts:
                axes.axvline(cut - 0.5, color=GREY, linewidth=0.8, linestyle=":")
            last = own.iloc[-1]
            axes.annotate(
                say_number(last["estimate"], "score", pack.language),
                (last["year"], last["estimate"]), xytext=(0, 5), textcoords="offset points", ha="right",
                fontsize=7.5,
            )  # fmt: skip
            axes.set_title("\n".join(textwrap.wrap(label(pack, measure), 30)), fontsize=8, loc="left")
            axes.set_ylim(1, 10)
            axes.set_yticks([2, 4, 6, 8, 10])
            axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
            axes.set_xticks([years[0], 2015, 2020, years[-1]])
            axes.tick_params(labelsize=7.5, length=2)
            axes.grid(axis="y", color="#e5e5e5", linewidth=0.6)
    first, last = years[0], years[-1]
    alt = (
        pack.say("alt_published", first=str(first), last=str(last))
        + " "
        + _alt_series(pack, series, measures)
    )
    return image(figure, alt, pack.say("caption_published"))


def _alt_series(pack: Pack, series: pd.DataFrame, measures: list[str]) -> str:
    parts = []
    for measure in measures:
        last = series[series["measure"] == measure].sort_values("year").iloc[-1]
        score = say_number(last["estimate"], "score", pack.language)
        parts.append(f"{label(pack, measure)} {int(last['year'])}: {score}")
    return "; ".join(parts) + "."
