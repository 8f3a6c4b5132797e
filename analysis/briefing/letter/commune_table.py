"""Counts that communes give -> which commune of a district has done what, and which has not told."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.letter.counted import figure_name, figures_of, say_period
from analysis.briefing.pack import Pack
from analysis.briefing.tables import table


def commune_table(pack: Pack) -> Table:
    """A row a commune, a column a figure that communes give, in the file's last quarter."""
    figures = [row["figure"] for row in figures_of(pack, "district") if "commune" in row["levels"].split()]
    rows = pack.around("administrative")
    period = rows["period"].max()
    rows = rows[(rows["period"] == period) & (rows["place_kind"] == "commune")]
    done = rows.pivot(index="place", columns="measure", values="estimate")
    places = pack.places
    cells = [
        [places.commune(code).full_name, *(_say(pack, done.at[code, figure]) for figure in figures)]
        for code in done.index
    ]
    head = [Column(pack.say("col_commune")), *(Column(figure_name(pack, figure)) for figure in figures)]
    caption = pack.say("caption_communes", period=say_period(pack, period))
    return table(caption, head, cells, [pack.say("communes_note")])


def _say(pack: Pack, done: float) -> str:
    if pd.isna(done):
        return pack.say("commune_silent")
    return pack.say("commune_done" if done else "commune_not_done")
