"""A `RoundPage` -> the sections of the page `parindex`, one call a section, in the order of the page.

What is published and what is known of the index, each with its status; then, from a scoring sheet, where the
points were lost. What was looked for and not found is named.
"""

from __future__ import annotations

import pandas as pd

from analysis.briefing import parts
from analysis.briefing.about_parindex.sheet import sheet_blocks
from analysis.briefing.blocks import Block, Column
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.parindex_short import standing_of_tasks
from analysis.briefing.parts import group, listing, made_of, section, sentences
from analysis.briefing.tables import table
from analysis.context.parindex import DISTRICT_INDEX, not_found
from analysis.context.parindex_points import INDEX
from analysis.context.parindex_rows import read_parindex


def title(page: RoundPage) -> Block:
    """Band, official head, what the page is about and who it is for."""
    return parts.title(
        page, page.say("page_parindex"), page.say("parindex_subtitle"), page.say("parindex_audience")
    )


def reading(page: RoundPage) -> Block:
    """Three things to know before any figure."""
    keys = ("parindex_reading_what", "parindex_reading_papi", "parindex_reading_known")
    said = listing([page.say(key) for key in keys], "ol", "headlines")
    return section(page, "reading", "headlines", said)


def published(page: RoundPage) -> Block:
    """The province's published ranks, the districts' published classes, and what was not found."""
    rows = page.around("parindex")
    if rows.empty:
        return section(page, "published-index", "parindex_published", sentences(page.say("parindex_none")))
    lead = sentences(page.say("parindex_published_lead"))
    shown = [lead, _ranks(page, rows), *_classes(page, rows), *_gaps(page)]
    return section(page, "published-index", "parindex_published", *shown)


def _gaps(page: RoundPage) -> list[Block]:
    """What was looked for and not found: an index and figure a line, with its years."""
    gaps = not_found(page.survey_round.province)
    said = [
        page.say(
            "parindex_gap",
            index=index,
            statistic=page.say(f"parindex_{statistic}"),
            years=", ".join(str(year) for year in sorted(rows["year"])),
        )
        for (index, statistic), rows in gaps.groupby(["index", "statistic"], sort=False)
    ]
    return [sentences(page.say("parindex_gaps_lead")), listing(said)] if said else []


def _ranks(page: RoundPage, rows: pd.DataFrame) -> Block:
    own = rows[(rows["place_kind"] == "province") & (rows["measure"] == INDEX)]
    cells = []
    for year in sorted(own["period"].unique(), reverse=True):
        of_year = own[own["period"] == year].set_index("statistic")
        cells.append([year, *(_rank(page, of_year, name) for name in ("rank", "rank_in_region"))])
    head = [Column(page.say(f"col_{name}"), True) for name in ("year", "rank", "rank_in_region")]
    notes = [
        page.say("parindex_regimes_note"),
        page.say("parindex_source", source="; ".join(own["source"].unique())),
    ]
    return table(page.say("caption_parindex_ranks"), head, cells, notes, kind="compact")


def _rank(page: RoundPage, of_year: pd.DataFrame, statistic: str) -> str:
    if statistic not in of_year.index:
        return "–"
    row = of_year.loc[statistic]
    return page.say("rank_of", rank=str(int(row["estimate"])), n=str(int(row["n"])))


def _classes(page: RoundPage, rows: pd.DataFrame) -> list[Block]:
    """Districts' classes as published, in the order of their codes."""
    own = rows[(rows["measure"] == DISTRICT_INDEX) & (rows["statistic"] == "class")]
    if own.empty:
        return []
    names = read_parindex("classes").set_index("class")[f"name_{page.language}"]
    scores = rows[(rows["measure"] == DISTRICT_INDEX) & (rows["statistic"] == "score")].set_index("place")
    cells = []
    for row in own.sort_values("place").itertuples():
        known = row.place in scores.index
        score = say_number(scores.at[row.place, "estimate"], "number", page.language) if known else "–"
        cells.append([page.places.district(row.place).full_name, names[row.note], score])
    head = [
        Column(page.say("index_col_place")),
        Column(page.say("col_class")),
        Column(page.say("col_score"), True),
    ]
    year = own["period"].iloc[0]
    notes = [page.say("classes_note"), page.say("parindex_source", source="; ".join(own["source"].unique()))]
    return [table(page.say("caption_classes", in_year=year), head, cells, notes)]


def regimes(page: RoundPage) -> Block:
    """The index's sets of criteria: decision, years, how many criteria, and what of it is known."""
    cells = []
    for row in read_parindex("regimes").itertuples():
        years = f"{_whole(row.year_from)}–{_whole(row.year_to)}"
        counts = [
            _count(page, row.criteria, row.counts_status),
            _count(page, row.components, row.counts_status),
        ]
        cells.append([row.decision, years, *counts, page.say(f"status_{row.status}")])
    names = ("decision", "years", "criteria", "components", "known")
    head = [Column(page.say(f"col_{name}"), name in ("criteria", "components")) for name in names]
    fields = [_fields(page), *standing_of_tasks(page)]
    told = table(page.say("caption_regimes"), head, cells, [page.say("status_note")])
    return section(page, "regimes", "parindex_regimes", told, *fields)


def _fields(page: RoundPage) -> Block:
    """Maxima of the eight fields under each regime; a dash where they were not found."""
    rows = read_parindex("fields")
    order = list(dict.fromkeys(rows["regime"]))
    maxima = rows.pivot(index="field", columns="regime", values="maximum")[order]
    names = rows.drop_duplicates("field").set_index("field")[f"name_{page.language}"]
    cells = [
        [
            f"{field}. {names[field]}",
            *("–" if pd.isna(m) else say_number(m, "number", page.language) for m in row),
        ]
        for field, row in maxima.iterrows()
    ]
    decisions = read_parindex("regimes").set_index("regime")["decision"]
    head = [Column(page.say("col_field")), *(Column(decisions[regime], True) for regime in order)]
    return table(page.say("caption_fields"), head, cells, [page.say("fields_note")])


def _whole(value: object) -> str:
    return "" if pd.isna(value) else str(int(value))


def _count(page: RoundPage, value: object, status: str) -> str:
    if pd.isna(value):
        return "–"
    return say_count(int(value), page.language) + ("" if status == "known" else "?")


def sheet(page: RoundPage) -> Block:
    """Where points were lost, from the round's scoring sheet; says how to add one where there is none."""
    blocks = sheet_blocks(page)
    lead = sentences(page.say("sheet_lead" if blocks else "sheet_none"))
    return section(page, "sheet", "parindex_sheet", lead, *blocks)


def made(page: RoundPage) -> Block:
    """What the page was made from."""
    return section(page, "made", "methods_made", made_of(page))


def parindex_page(page: RoundPage) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    return group(*(part(page) for part in (title, reading, published, regimes, sheet, made)))
