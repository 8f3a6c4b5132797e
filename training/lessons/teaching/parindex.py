"""Rows of the reform index and the round's scoring sheet -> the tables and values that a class reads."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.about_parindex.sheet import sheet_blocks
from analysis.briefing.blocks import Block, Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.parindex_short import field_names, field_points
from analysis.briefing.tables import table
from analysis.context.parindex_points import INDEX
from analysis.context.parindex_rows import read_parindex
from training.lessons.teaching.words import say

#: The only regime whose maxima by field are known.
REGIME = "2948"
SHEET_PARTS = ("maximum", "score", "lost", "not_claimed", "not_accepted", "other_lost")


def field_maxima(regime: str = REGIME) -> pd.Series:
    """Points of each field, indexed by its number ("1" to "8")."""
    rows = read_parindex("fields")
    own = rows[rows["regime"] == regime]
    return own.set_index(own["field"].astype(str))["maximum"].astype(float)


def fields_table(page: RoundPage) -> Table:
    """The eight fields with their highest points, by the one decision whose points are known."""
    rows = read_parindex("fields")
    own = rows[rows["regime"] == REGIME]
    maxima = field_maxima()
    cells = [
        [f"{row['field']}. {row[f'name_{page.language}']}",
         say_number(maxima[str(row["field"])], "number", page.language)]
        for row in own.to_dict("records")
    ]  # fmt: skip
    cells.append([say("points_all", page.language), say_number(maxima.sum(), "number", page.language)])
    head = [Column(page.say("col_field")), Column(page.say("col_points_maximum"), True)]
    decision = read_parindex("regimes").set_index("regime").at[REGIME, "decision"]
    note = say("source", page.language, source=own["source"].iloc[0])
    return table(
        say("caption_fields_of", page.language, decision=decision), head, cells, [note], kind="compact"
    )


def regimes_table(page: RoundPage) -> Table:
    """The decisions that set the criteria, with their years and counts; a dash where nothing was found."""
    cells = []
    for row in read_parindex("regimes").to_dict("records"):
        first, last = ("" if pd.isna(row[name]) else str(int(row[name])) for name in ("year_from", "year_to"))
        counts = [
            "–" if pd.isna(row[name]) else say_count(row[name], page.language) + ("" if known else "?")
            for name in ("criteria", "components")
            for known in [row["counts_status"] == "known"]
        ]
        years = first if first == last else f"{first}–{last}"
        cells.append([row["decision"], years, *counts])
    head = [Column(page.say(f"col_{name}"), name in ("criteria", "components"))
            for name in ("decision", "years", "criteria", "components")]  # fmt: skip
    return table(page.say("caption_regimes"), head, cells, [page.say("status_note")])


def ranks(page: RoundPage) -> pd.DataFrame:
    """The province's published ranks: indexed by year, columns estimate and n."""
    rows = page.around("parindex")
    own = rows[
        (rows["place_kind"] == "province") & (rows["measure"] == INDEX) & (rows["statistic"] == "rank")
    ]
    return (
        own.assign(year=own["period"].astype(int)).set_index("year")[["estimate", "n", "source"]].sort_index()
    )


def ranks_table(page: RoundPage) -> Table:
    """Published ranks by year, the latest first."""
    own = ranks(page)
    cells = [
        [str(year), page.say("rank_of", rank=str(int(row["estimate"])), n=str(int(row["n"])))]
        for year, row in own.iloc[::-1].iterrows()
    ]
    head = [Column(page.say("col_year")), Column(page.say("col_rank"), True)]
    note = say("source", page.language, source="; ".join(dict.fromkeys(own["source"])))
    return table(page.say("caption_parindex_ranks"), head, cells, [note], kind="compact")


def points_chart(page: RoundPage) -> Block:
    """Points reached and lost by field, of the round's scoring sheet."""
    return sheet_blocks(page)[0]


def points_by_cause(page: RoundPage) -> Table:
    """Points lost by field and cause, with the part of the maximum that is lost."""
    points, names = sheet_points(page), field_names(page)
    cells = []
    for field, row in points.iterrows():
        share = say_number(row["lost"] / row["maximum"], "share", page.language)
        said = [say_number(row[name], "score", page.language) for name in SHEET_PARTS]
        cells.append([f"{field}. {names[field]}", *said, share])
    sums = points[list(SHEET_PARTS)].sum()
    share = say_number(sums["lost"] / sums["maximum"], "share", page.language)
    cells.append([say("points_all", page.language),
                  *(say_number(sums[name], "score", page.language) for name in
                  SHEET_PARTS), share])  # fmt: skip
    head = [Column(page.say("col_field"))]
    head += [Column(page.say(f"col_points_{name}"), True) for name in SHEET_PARTS]
    head += [Column(say("col_lost_share", page.language), True)]
    return table(
        page.say("caption_points_fields"), head, cells, [page.say("points_note"), say("band", page.language)]
    )


def sheet_points(page: RoundPage) -> pd.DataFrame:
    """Points of each field of the scoring sheet, indexed by field (1 to 8), a column a part."""
    return field_points(page.around("parindex-sheet"))


def agencies_table(page: RoundPage) -> Block:
    """Points by lead agency, of the round's scoring sheet."""
    return sheet_blocks(page)[-1]
