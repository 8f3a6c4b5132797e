"""A `Pack` -> the two sheets of a district's briefing, one call a section; `annex` holds what is behind them.

Where a district has no sample every figure is the province's and is called the province's.
"""

from __future__ import annotations

from analysis.briefing import parts
from analysis.briefing.blocks import Block
from analysis.briefing.district.dimension_chart import draw_dimensions
from analysis.briefing.district.headlines import say_headlines
from analysis.briefing.district.limits import say_limits
from analysis.briefing.letter.task_table import task_table
from analysis.briefing.pack import Pack
from analysis.briefing.parts import group, listing, section, sentences
from analysis.briefing.tables import level_table


def title(pack: Pack) -> Block:
    """Band, official head, the district's name and who the pack is for."""
    return parts.title(pack, pack.say("heading"), pack.say("subtitle"), pack.say("audience"))


def headlines(pack: Pack) -> Block:
    """Three headlines: where the district stands, what changed, how sure that is."""
    return section(pack, "headlines", "headlines", listing(say_headlines(pack), "ol", "headlines"))


def dimensions(pack: Pack) -> Block:
    """The dimensions as a chart; where the framework has none, all indicators in a table."""
    if not pack.dimensions:
        caption = pack.say(own_key(pack, "caption_all_indicators"))
        every = level_table(pack, pack.measures_of("indicator"), caption, explained=True)
        return section(pack, "indicators", own_key(pack, "indicators"), every)
    shown: list[Block] = [draw_dimensions(pack)]
    if pack.sampled and pack.reference != pack.say("reference_province"):
        shown.append(sentences(pack.say("surveyed_districts_only"), kind="note"))
    return section(pack, "dimensions", own_key(pack, "dimensions"), *shown)


def tasks(pack: Pack) -> Block:
    """The letter's tasks that bind the district: what is known, what to do, who leads, by when.

    Nothing where no letter is about the round.
    """
    if pack.directive is None:
        return group()
    return section(pack, "tasks", "tasks", task_table(pack))


def limits(pack: Pack) -> Block:
    """What cannot be said."""
    return section(pack, "limits", "limits", listing(say_limits(pack)))


def own_key(pack: Pack, key: str) -> str:
    """The wording for the district's own figures, or for the province's where it has none."""
    return f"{key}_district" if pack.sampled else f"{key}_province"
