"""Published scores of the province -> a chart and tables beside its region and the country.

These are others' figures: no interval of ours stands beside them, ranks are out of those with a result, and
neither a line nor a change crosses a year in which the measure changed.
"""

from __future__ import annotations

import textwrap

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.briefing.blocks import Column, Image, Table
from analysis.briefing.drawing import BAND, GREY, INK, ORANGE, STYLE, WIDTH_INCHES, image
from analysis.briefing.numbers import say_difference, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.tables import label, table
from analysis.context.breaks import read_breaks
from analysis.context.compared import BROKEN, COUNTRY, segments
from analysis.estimates import quality

#: What a chart of one measure draws: a statistic of a kind of place.
_LINES = {
    "own": ("province", "score"),
    "region": ("region", "median"),
    "low": ("country", "lower_quartile"),
    "high": ("country", "upper_quartile"),
}


def published_series(page: RoundPage, measure: str) -> pd.DataFrame:
    """One measure's published figures by year.

    Returns
    -------
    DataFrame indexed by year with columns own, region, low, high (quartiles of the country) and segment:
    years of one segment are measured alike.
    """
    rows = page.around("published")
    rows = rows[(rows["measure"] == measure) & rows["estimate"].notna()]
    series = {
        name: rows[(rows["place_kind"] == kind) & (rows["statistic"] == statistic)].set_index("period")[
            "estimate"
        ]
        for name, (kind, statistic) in _LINES.items()
    }
    wide = pd.DataFrame(series).rename_axis("year").reset_index()
    wide = wide.assign(year=wide["year"].astype(int), measure=measure).sort_values("year")
    breaks = read_breaks(page.survey_round.framework)
    return segments(wide, breaks).set_index("year")


def draw_published(page: RoundPage, columns: int = 2) -> Image:
    """The dimensions' published scores by year, small multiples of one scale.

    Parameters
    ----------
    columns : int
        Panels side by side: two fit a sheet and a phone, four a slide.
    """
    series = {m: published_series(page, m) for m in page.dimensions}
    series = {measure: own for measure, own in series.items() if own["own"].notna().any()}
    years = sorted({year for own in series.values() for year in own.index})
    bounds = page.measures.loc[list(series), ["minimum", "maximum"]]
    with matplotlib.rc_context(STYLE):
        rows = -(-len(series) // columns)
        height = 1.2 if columns == 2 else 1.75
        figure = Figure(figsize=(WIDTH_INCHES * columns / 2, height * rows + 0.5), layout="constrained")
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel()
        for axes in grid[len(series) :]:
            axes.set_visible(False)
        for axes, (measure, own) in zip(grid, series.items(), strict=False):
            _draw_one(axes, page, measure, own)
            axes.set_ylim(bounds["minimum"].min(), bounds["maximum"].max())
            axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
            axes.set_xticks([years[0], years[len(years) // 2], years[-1]])
            axes.set_yticks([2, 4, 6, 8, 10])
        key = {"ncols": 3, "frameon": False, "fontsize": 7.5, "columnspacing": 1.0, "handlelength": 1.5}
        figure.legend(*grid[0].get_legend_handles_labels(), loc="outside upper center", **key)
    alt = page.say("alt_published", first=str(years[0]), last=str(years[-1]))
    return image(figure, f"{alt} {_alt(page, series)}", page.say("caption_published"))


def _draw_one(axes: Axes, page: RoundPage, measure: str, own: pd.DataFrame) -> None:
    for at, (_, part) in enumerate(own.groupby("segment")):
        named = {"own": "key_province", "region": "key_region", "country": "key_country"}
        labels = {name: page.say(key) if at == 0 else None for name, key in named.items()}
        axes.fill_between(part.index, part["low"], part["high"], color=BAND, label=labels["country"])
        axes.plot(part.index, part["region"], "--", color=INK, linewidth=0.9, label=labels["region"])
        looks = {"color": ORANGE, "markersize": 2.4, "linewidth": 1.3}
        axes.plot(part.index, part["own"], "-o", label=labels["own"], **looks)
    for start in own.groupby("segment").apply(lambda part: part.index.min()).iloc[1:]:
        axes.axvline(start - 0.5, color=GREY, linewidth=0.8, linestyle=":")
    last = own["own"].last_valid_index()
    above = own.loc[last - 3 :, ["own", "region"]].max(axis=None)  # clear of the lines' last years
    axes.annotate(
        say_number(own.at[last, "own"], "score", page.language), (last, above), xytext=(0, 5),
        textcoords="offset points", ha="right", fontsize=7.5, color=INK,
    )  # fmt: skip
    axes.set_title("\n".join(textwrap.wrap(label(page, measure), 30)), fontsize=7.5, loc="left")
    axes.tick_params(labelsize=7.5, length=2)
    axes.grid(axis="y", color="#e5e5e5", linewidth=0.6)
    axes.set_axisbelow(True)


def _alt(page: RoundPage, series: dict[str, pd.DataFrame]) -> str:
    parts = []
    for measure, own in series.items():
        last = own["own"].last_valid_index()
        score, region = (say_number(own.at[last, name], "score", page.language) for name in ("own", "region"))
        about = {"name": label(page, measure), "in_year": str(last), "score": score, "region": region}
        parts.append(page.say("alt_published_one", **about))
    return " ".join(parts)


def total_table(page: RoundPage) -> Table:
    """Total and rank by year; the rank always out of the provinces that have results."""
    rows = page.around("published")
    own = rows[rows["place_kind"] == "province"]
    total = own[own["measure_kind"] == "total"]
    wide = total.pivot(index="period", columns=["statistic", "compared_with"], values="estimate")
    count = total[total["statistic"].isin(["rank", "rank_in_region"])].pivot(
        index="period", columns="statistic", values="n"
    )
    dimensions_in = own[own["measure_kind"] == "dimension"].groupby("period")["measure"].nunique()
    cells = []
    for year in sorted(wide.index, reverse=True):
        top = say_number(dimensions_in[year] * 10, "minutes", page.language)
        ranks = [
            page.say("rank_of", rank=str(int(wide.at[year, (name, "")])), n=str(int(count.at[year, name])))
            for name in ("rank", "rank_in_region")
        ]
        score = say_number(wide.at[year, ("score", "")], "total", page.language)
        cells.append([year, score, top, *ranks])
    head = [
        Column(page.say(f"col_{name}"), numeric=True)
        for name in ("year", "total", "scale_top", "rank", "rank_in_region")
    ]
    notes = [page.say("published_no_interval"), page.say("published_break")]
    return table(page.say("caption_published_table"), head, cells, notes, kind="compact")


def standing_table(page: RoundPage, kinds: tuple[str, ...] = ("dimension",)) -> Table:
    """Dimensions (and sub-dimensions) in the last published year, and the change since the year before."""
    rows = page.around("published")
    year = rows["period"].max()
    last = rows[(rows["period"] == year) & (rows["place_kind"] == "province")]
    cells = []
    for measure in [m for m in page.measures.index if page.measures.at[m, "measure_kind"] in kinds]:
        own = last[last["measure"] == measure]
        if own.empty:
            continue
        score = own[own["statistic"] == "score"]["estimate"].iloc[0]
        cells.append(
            [
                label(page, measure),
                say_number(score, "score", page.language),
                _difference(page, own, "region"),
                _difference(page, own, "country"),
                *(_rank(page, own, name) for name in ("rank", "rank_in_region")),
                _change(page, own),
            ]
        )
    head = [Column(page.say("col_dimension" if kinds == ("dimension",) else "col_measure"))]
    names = ("score", "from_region", "from_country", "rank", "rank_in_region", "change_published")
    head += [Column(page.say(f"col_{name}"), True, minor=name == "rank_in_region") for name in names]
    notes = [page.say("standing_note"), page.say("published_no_interval")]
    return table(page.say("caption_standing", in_year=year), head, cells, notes)


def _difference(page: RoundPage, own: pd.DataFrame, place: str) -> str:
    row = own[(own["statistic"] == "difference") & (own["compared_with"] == place)]
    return say_difference(row["estimate"].iloc[0], "score", page.language) if len(row) else "–"


def _rank(page: RoundPage, own: pd.DataFrame, statistic: str) -> str:
    row = own[own["statistic"] == statistic].iloc[0]
    return page.say("rank_of", rank=str(int(row["estimate"])), n=str(int(row["n"])))


def _change(page: RoundPage, own: pd.DataFrame) -> str:
    row = own[own["statistic"] == "change"]
    if row.empty or row["note"].iloc[0] == BROKEN or pd.isna(row["estimate"].iloc[0]):
        return page.say("change_broken")
    return say_difference(row["estimate"].iloc[0], "score", page.language)


def has_published(page: RoundPage) -> bool:
    rows = page.around("published")
    return bool((rows["quality"] == quality.PUBLISHED).any()) and COUNTRY in set(rows["place"])
