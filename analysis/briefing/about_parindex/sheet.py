"""Rows of a scoring sheet -> where points were lost, which losses are largest, and who leads them."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.about_parindex.points_chart import draw_points
from analysis.briefing.blocks import Block, Column, Table
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.parindex_short import field_names, field_points
from analysis.briefing.parts import as_written
from analysis.briefing.tables import table
from analysis.context.parindex_points import INDEX

#: Single losses that the page names; the scoring sheet itself has all of them.
NAMED = 12


def sheet_blocks(page: RoundPage) -> list[Block]:
    """Chart and tables of the round's scoring sheet; nothing where it names none."""
    rows = page.around("parindex-sheet")
    if rows.empty:
        return []
    year, points = rows["period"].max(), field_points(rows)
    names = field_names(page)
    chart = draw_points(page, points[["maximum", "score", "lost"]], names, year)
    return [chart, _fields(page, points, names), _losses(page, rows), _agencies(page, rows)]


def _fields(page: RoundPage, points: pd.DataFrame, names: dict[int, str]) -> Table:
    columns = ("maximum", "score", "lost", "not_claimed", "not_accepted", "other_lost", "pending")
    cells = [
        [f"{field}. {names[field]}", *(_points(page, row[name]) for name in columns)]
        for field, row in points.iterrows()
    ]
    head = [Column(page.say("col_field"))]
    head += [Column(page.say(f"col_points_{name}"), True, minor=name == "pending") for name in columns]
    return table(page.say("caption_points_fields"), head, cells, [page.say("points_note")])


def _losses(page: RoundPage, rows: pd.DataFrame) -> Table:
    """The largest losses of single criteria, with their cause and their lead agency."""
    own = rows[(rows["measure_kind"] == "parindex_criterion") & (rows["statistic"] == "lost")]
    own = own[own["estimate"] > 0].assign(order=range(len(own[own["estimate"] > 0])))
    own = own.sort_values(["estimate", "order"], ascending=[False, True])
    cells = []
    for row in own.head(NAMED).itertuples():
        about = page.criteria.loc[row.measure]
        code = row.measure.rpartition("/")[2]
        cells.append(
            [
                as_written(page, f"{code}. {about['name']}"),
                _points(page, row.estimate),
                page.say(f"cause_{about['cause']}"),
                as_written(page, about["lead_agency"] or "–"),
                as_written(page, about["reason"] or "–"),
            ]
        )
    names = ("criterion", "points_lost", "cause", "lead", "reason")
    head = [Column(page.say(f"col_{name}"), name == "points_lost") for name in names]
    count = say_count(len(own), page.language)
    notes = [page.say("losses_note", count=count)]
    return table(page.say("caption_losses"), head, cells, notes)


def _agencies(page: RoundPage, rows: pd.DataFrame) -> Table:
    own = rows[(rows["measure"] == INDEX) & (rows["group_kind"] == "lead_agency")]
    wide = own.pivot(index="group", columns="statistic", values="estimate")
    wide = wide.sort_values(["lost"], ascending=False, kind="stable")
    columns = ("maximum", "score", "lost")
    cells = [
        [as_written(page, agency), *(_points(page, row[name]) for name in columns)]
        for agency, row in wide.iterrows()
    ]
    head = [Column(page.say("col_lead")), *(Column(page.say(f"col_points_{name}"), True) for name in columns)]
    return table(page.say("caption_points_agencies"), head, cells, [page.say("agencies_note")])


def _points(page: RoundPage, value: float) -> str:
    return "–" if pd.isna(value) else say_number(value, "score", page.language)
