"""Rows of the reform index (PARINDEX) -> what a district's pack says of it in short."""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_number
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.tables import table
from analysis.context.parindex import DISTRICT_INDEX
from analysis.context.parindex_points import INDEX
from analysis.context.parindex_rows import read_parindex, regime_of


def say_parindex(pack: Pack) -> list[str]:
    """The province's last published rank, the district's published class, and what neither says."""
    rows = pack.around("parindex")
    if rows.empty:
        return []
    said = []
    ranks = rows[(rows["measure"] == INDEX) & (rows["statistic"] == "rank")].sort_values("period")
    if len(ranks):
        last = ranks.iloc[-1]
        rank = pack.say("rank_of", rank=str(int(last["estimate"])), n=str(int(last["n"])))
        said.append(pack.say("parindex_rank_sentence", in_year=last["period"], rank=rank))
    own = rows[(rows["place_kind"] == "district") & (rows["place"] == pack.district.code)]
    own = own[(own["measure"] == DISTRICT_INDEX) & (own["statistic"] == "class")]
    if len(own):
        names = read_parindex("classes").set_index("class")[f"name_{pack.language}"]
        one = own.iloc[0]
        said.append(pack.say("parindex_class", in_year=one["period"], named=names[one["note"]].lower()))
    return [*said, pack.say("parindex_not_papi")] if said else []


def standing_of_tasks(page: RoundPage) -> list[Table]:
    """The fields of the index, the province's points by its scoring sheet, and the letter's tasks."""
    if page.directive is None:
        return []
    rows = page.around("parindex-sheet")
    points = field_points(rows)
    cells = []
    for field, name in field_names(page).items():
        tasks = page.directive.tasks_for_field(str(field))["number"]
        numbers = ", ".join(dict.fromkeys(tasks)) or "–"
        cells.append([f"{field}. {name}", *_said(page, points, field), numbers])
    shown = [] if points.empty else ["maximum", "score", "lost"]
    head = [Column(page.say("col_field"))]
    head += [Column(page.say(f"col_points_{name}"), True) for name in shown]
    head += [Column(page.say("col_tasks"))]
    year = rows["period"].max() if len(rows) else ""
    key = "caption_parindex_points" if len(rows) else "caption_parindex_fields"
    notes = [page.say("parindex_fields_note"), page.say("codes_tasks")]
    return [table(page.say(key, in_year=year), head, cells, notes)]


def field_names(page: RoundPage) -> dict[int, str]:
    """Number of a field -> its name, under the regime of the round's scoring sheet or the earliest one."""
    fields = read_parindex("fields")
    year = page.survey_round.context.parindex_year
    regime = regime_of(year) if year else fields["regime"].iloc[0]
    own = fields[fields["regime"] == regime].drop_duplicates("field")
    return dict(zip(own["field"].astype(int), own[f"name_{page.language}"], strict=True))


def field_points(rows: pd.DataFrame) -> pd.DataFrame:
    """Points of each field of a sheet's rows, indexed by field; a column a statistic."""
    own = rows[(rows["measure_kind"] == "parindex_field") & (rows["group_kind"] == "all")]
    wide = own.pivot(index="measure", columns="statistic", values="estimate")
    return wide.rename(index=lambda measure: int(measure.rpartition("/")[2])).rename_axis("field")


def _said(page: RoundPage, points: pd.DataFrame, field: int) -> list[str]:
    if points.empty:
        return []
    if field not in points.index:
        return ["–"] * 3
    names = ("maximum", "score", "lost")
    return [say_number(points.at[field, name], "score", page.language) for name in names]
