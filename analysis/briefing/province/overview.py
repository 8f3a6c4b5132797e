"""A `RoundPage` -> the sections of the province's overview, one call a section, in the order of the page."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.briefing import parts
from analysis.briefing.blocks import Block
from analysis.briefing.district.dimension_chart import draw_dimensions
from analysis.briefing.district.headlines import say_comparison
from analysis.briefing.findings import find_all, say_level
from analysis.briefing.letter.progress import counted_figures, draw_progress, progress_table
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import RoundPage
from analysis.briefing.parts import group, listing, made_of, section, sentences
from analysis.briefing.province.district_tables import (
    MOST_COLUMNS,
    counts_table,
    findings_table,
    stated_table,
)
from analysis.briefing.province.sample_map import is_sampled, sample_map
from analysis.briefing.province.task_matrix import gaps, task_matrix
from analysis.briefing.province.tile_maps import draw_dimension_maps
from analysis.briefing.published import draw_published, has_published, standing_table, total_table
from analysis.briefing.tables import level_table
from analysis.estimates import quality


def title(page: RoundPage) -> Block:
    """Band, official head, what the page is about and who it is for."""
    heading = page.say("page_province_overview")
    return parts.title(page, heading, page.say("overview_subtitle"), page.say("overview_audience"))


def headlines(page: RoundPage) -> Block:
    """Where the province stands, what changed, and how many districts anything can be said of."""
    said = [_say_total(page), say_comparison(page, "change"), _say_districts(page)]
    return section(page, "headlines", "headlines", listing(said, "ol", "headlines"))


def _say_total(page: RoundPage) -> str:
    row = page.by_measure("level").loc[page.total] if page.total else None
    if row is None or row["quality"] not in quality.SHOWN:
        return page.say("overview_no_total")
    value, low, high = say_level(page, row)
    bounds = {side: f"{page.measures.at[page.total, side]:g}" for side in ("minimum", "maximum")}
    n = say_count(row["n"], page.language)
    return page.say("overview_total", value=value, low=low, high=high, n=n, **bounds)


def _say_districts(page: RoundPage) -> str:
    """How many districts were visited, how many comparisons made, and of how many something is stated."""
    sampled = [code for code in page.districts if is_sampled(page, code)]
    measures = page.headline_measures
    found = [f for code in sampled for f in find_all(page, "difference", measures, ("district", code))]
    counts = {
        "sampled": len(sampled),
        "all": len(page.districts),
        "tested": len(found),
        "stated": sum(finding.stated for finding in found),
    }
    values = {name: say_count(count, page.language) for name, count in counts.items()}
    return page.say("overview_districts" if counts["tested"] else "overview_districts_none", **values)


def dimensions(page: RoundPage) -> Block:
    """The province's dimensions and their change, as a chart and in a table."""
    measures = [*page.headline_measures, *([page.total] if page.total else [])]
    every = level_table(page, measures, page.say("caption_overview_dimensions"), explained=True)
    chart = [draw_dimensions(page)] if page.dimensions else []
    return section(page, "dimensions", "overview_dimensions", *chart, every)


def districts(page: RoundPage) -> Block:
    """Which districts were visited, and what is known of each: maps and a table, no ranking."""
    maps = [
        one
        for one in (sample_map(page), draw_dimension_maps(page) if page.dimensions else None)
        if one is not None
    ]
    lead = sentences(page.say("overview_districts_lead"))
    few = len(page.headline_measures) <= MOST_COLUMNS
    told = findings_table(page) if few else stated_table(page)
    return section(page, "districts", "overview_districts", lead, *maps, told)


def sub_dimensions(page: RoundPage) -> Block:
    """The province's sub-dimensions; nothing where the framework has none."""
    measures = page.measures_of("sub_dimension")
    if not measures:
        return group()
    every = level_table(page, measures, page.say("caption_overview_sub_dimensions"))
    return section(page, "sub-dimensions", "overview_sub_dimensions", every)


def published(page: RoundPage) -> Block:
    """Published scores beside the region and the country; nothing where there are none."""
    if not has_published(page):
        return group()
    shown = [draw_published(page), standing_table(page, ("dimension", "sub_dimension")), total_table(page)]
    source = sentences(page.say("published_source"), kind="note")
    return section(
        page, "published", "published", sentences(page.say("overview_published_lead")), *shown, source
    )


def tasks(page: RoundPage) -> Block:
    """The letter's tasks, and what nothing covers; nothing where no letter is about the round."""
    if page.directive is None:
        return group()
    matrix = section(page, "tasks", "overview_tasks", task_matrix(page))
    lead = sentences(page.say("gaps_lead"))
    return group(matrix, section(page, "gaps", "gaps", lead, gaps(page)))


def administration(page: RoundPage) -> Block:
    """What was counted, province and districts, against the letter's targets; nothing without a file."""
    province = page.survey_round.province
    counted = counted_figures(page, "province", province) if page.directive else []
    if not counted:
        return group()
    whose = page.names["province"]
    shown = [draw_progress(page, counted, whose), progress_table(page, counted, "province", province)]
    by_district = counts_table(page)
    shown += [by_district] if by_district is not None else []
    lead = sentences(page.say("administration_lead"))
    return section(page, "administration", "administration", lead, *shown)


def made(page: RoundPage) -> Block:
    """What cannot be said, and what the numbers were made from."""
    said = listing(
        [page.say("certainty_cannot"), page.say("certainty_interval"), page.say("certainty_tests")]
    )
    return section(page, "certainty", "certainty", said, made_of(page))


def overview_page(page: RoundPage, added: Sequence[Block] = ()) -> Block:
    """All sections in order: the same content as the notebook's cells.

    Parameters
    ----------
    added : sequence of Block
        What others have to say of the province, after its administrative figures.
    """
    first = (title, headlines, districts, dimensions, sub_dimensions, published, tasks, administration)
    return group(*(part(page) for part in first), *added, made(page))
