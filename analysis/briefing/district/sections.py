"""A `Pack` -> the sections of a district briefing, in the order of the page; one call a section.

Where a district has no sample every figure is the province's and is called the province's.
"""

from __future__ import annotations

import pandas as pd

from analysis.briefing.blocks import Block
from analysis.briefing.district import figures
from analysis.briefing.district.headlines import previous_year, say_headlines
from analysis.briefing.findings import HIGHER, LOWER, find_all
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.pack import Pack
from analysis.briefing.parts import group, listing, made_of, section, sentences
from analysis.briefing.parts import title as page_title
from analysis.briefing.tables import Column, count_cell, label, level_table, table, verdict
from analysis.context.breaks import read_breaks
from analysis.estimates import quality

#: How many indicators the page names at each end.
ENDS_SHOWN = 5


def title(pack: Pack) -> Block:
    """Band, official head, the district's name and who the pack is for."""
    return page_title(pack, pack.say("heading"), pack.say("subtitle"), pack.say("audience"))


def headlines(pack: Pack) -> Block:
    """Three sentences: where the district stands, what changed, how sure that is."""
    return section(pack, "headlines", "headlines", listing(say_headlines(pack), "ol", "headlines"))


def dimensions(pack: Pack) -> Block:
    """The dimensions: dot plot and table; nothing where the framework has none."""
    if not pack.dimensions:
        return group()
    caption = pack.say(_own(pack, "caption_dimension_table"))
    parts = [
        figures.draw_dimensions(pack),
        level_table(pack, [*pack.dimensions, *pack.measures_of("total")], caption, explained=True),
    ]
    if pack.sampled and pack.reference != pack.say("reference_province"):
        parts.append(sentences(pack.say("surveyed_districts_only"), kind="note"))
    return section(pack, "dimensions", _own(pack, "dimensions"), *parts)


def sub_dimensions(pack: Pack) -> Block:
    """All sub-dimensions in one table; nothing where the framework has none."""
    measures = pack.measures_of("sub_dimension")
    if not measures:
        return group()
    caption = pack.say(_own(pack, "caption_sub_dimension_table"))
    return section(pack, "sub-dimensions", _own(pack, "sub_dimensions"), level_table(pack, measures, caption))


def indicators(pack: Pack) -> Block:
    """Indicators that differ from the province, and those nearest the good and the bad end.

    Where there are no dimensions, all of them with their intervals.
    """
    if not pack.dimensions:
        caption = pack.say(_own(pack, "caption_all_indicators"))
        parts = [level_table(pack, pack.measures_of("indicator"), caption, explained=True)]
    else:
        parts = [_indicators_apart(pack)] if pack.sampled else []
    ordered = _by_position(pack)
    if len(ordered) < 2 * ENDS_SHOWN and not pack.dimensions:
        return section(pack, "indicators", _own(pack, "indicators"), *parts)
    if len(ordered) < 2 * ENDS_SHOWN:
        return section(pack, "indicators", _own(pack, "indicators"), *parts, sentences(pack.say("no_ends")))
    for end, chosen in (("weakest", ordered[:ENDS_SHOWN]), ("strongest", ordered[::-1][:ENDS_SHOWN])):
        parts.append(level_table(pack, chosen, pack.say(_own(pack, f"caption_{end}")), compared=False))
    parts.append(sentences(pack.say("order_is_uncertain"), kind="note"))
    return section(pack, "indicators", _own(pack, "indicators"), *parts)


def change(pack: Pack) -> Block:
    """Change since the previous round, dimension by dimension (or indicator), with the breaks named."""
    if not pack.survey_round.previous:
        return section(pack, "change", _own(pack, "change"), sentences(pack.say("no_previous")))
    findings = {f.measure: f for f in find_all(pack, "change", pack.headline_measures)}
    rows = pack.by_measure("change")
    cells = []
    for measure in pack.headline_measures:
        if measure in rows.index:
            answer, n = (
                verdict(pack, findings.get(measure), rows.loc[measure]),
                count_cell(pack, rows.loc[measure]),
            )
        else:
            answer, n = _why_not_comparable(pack, measure), "–"
        cells.append([label(pack, measure), answer, n])
    head = [
        Column(pack.say(f"col_{pack.headline_kind}")),
        Column(pack.say("col_change")),
        Column(pack.say("col_n_change"), True),
    ]
    caption = pack.say(_own(pack, "caption_change"), previous=previous_year(pack))
    changes = table(caption, head, cells, [pack.say("reading_change")])
    return section(pack, "change", _own(pack, "change"), changes)


def published(pack: Pack) -> Block:
    """The province's published series: not this survey, not this district; nothing where there is none."""
    rows = pack.results[pack.results["quality"] == quality.PUBLISHED].copy()
    if rows.empty:
        return group()
    rows["year"] = rows["survey_round"].str.removeprefix("published-").astype(int)
    scores = rows[(rows["statistic"] == "score") & (rows["measure_kind"] == "dimension")]
    lead, source = (
        sentences(pack.say("published_lead")),
        sentences(pack.say("published_source"), kind="note"),
    )
    chart = figures.draw_published(pack, scores, read_breaks(pack.survey_round.framework))
    return section(pack, "published", "published", lead, chart, _published_table(pack, rows), source)


def certainty(pack: Pack) -> Block:
    """How sure this is, how it was made, what cannot be said."""
    counts = {name: say_count(pack.sample_size[name], pack.language) for name in ("n", "n_psu")}
    about = pack.measures[pack.measures["measure_kind"] == "indicator"]
    assumed = int((about["status"] == "assumed").sum())
    counts["indicators"] = say_count(len(about), pack.language)
    counts["assumed"] = say_count(assumed, pack.language)
    keys = [_own(pack, "certainty_sample"), "certainty_interval"]
    if pack.sampled:
        keys.append("certainty_shared" if pack.shares_psus else "certainty_pooled")
    if pack.survey_round.design.has_district_design:
        keys += ["certainty_seats"] if pack.sampled else ["certainty_few_districts"]
    keys += ["certainty_tests", "certainty_cannot", *(["certainty_assumed"] if assumed else [])]
    keys += [] if pack.sampled else ["certainty_no_inference"]
    said = listing([pack.say(key, **counts) for key in keys])
    return section(pack, "certainty", "certainty", said, made_of(pack))


def district_briefing(pack: Pack) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    parts = (title, headlines, dimensions, sub_dimensions, indicators, change, published, certainty)
    return group(*(part(pack) for part in parts))


def _own(pack: Pack, key: str) -> str:
    """The wording for the district's own figures, or for the province's where it has none."""
    return f"{key}_district" if pack.sampled else f"{key}_province"


def _indicators_apart(pack: Pack) -> Block:
    """Indicators whose difference from the province is more than chance, or a sentence that none is."""
    measures = list(pack.measures.index[pack.measures["measure_kind"] == "indicator"])
    findings = find_all(pack, "difference", measures)
    apart = [f.measure for f in findings if f.answer in (HIGHER, LOWER)]
    tested = say_count(len(findings), pack.language)
    if not apart:
        return sentences(pack.say("no_indicator_apart", tested=tested, reference=pack.reference))
    return level_table(pack, apart, pack.say("caption_apart", tested=tested, reference=pack.reference))


def _by_position(pack: Pack) -> list[str]:
    """Indicators from the bad end of their range to the good end: those known to within half of it.

    Amounts are left out: how far along their range they lie depends on where its end was set.
    """
    own = pack.by_measure("level")
    own = own[(own["measure_kind"] == "indicator") & own["quality"].isin(quality.SHOWN)]
    about = pack.measures.loc[own.index]
    span = about["maximum"] - about["minimum"]
    precise = (own["ci_high"] - own["ci_low"] <= span / 2) & about["unit"].isin(["share", "scale", "count"])
    position = (own["estimate"] - about["minimum"]) / span
    position = position.where(about["direction"] == "higher", 1 - position)
    return list(position[precise].sort_values(kind="stable").index)


def _why_not_comparable(pack: Pack, measure: str) -> str:
    breaks = read_breaks(pack.survey_round.framework)
    inside = breaks["year"].between(pack.previous.year + 1, pack.survey_round.year)
    reasons = breaks.loc[inside & (breaks["measure"] == measure), f"what_{pack.language}"]
    if reasons.empty:
        return pack.say("not_comparable")
    why = "; ".join(reason[:1].lower() + reason[1:] for reason in reasons)
    return pack.say("not_comparable_because", why=why)


def _published_table(pack: Pack, rows: pd.DataFrame) -> Block:
    """Total and rank by year; the rank always out of the provinces that have results."""
    total = rows[rows["measure_kind"] == "total"].pivot(index="year", columns="statistic", values="estimate")
    count = rows[(rows["measure_kind"] == "total") & (rows["statistic"] == "rank")].set_index("year")["n"]
    dimensions_in = rows[rows["measure_kind"] == "dimension"].groupby("year")["measure"].nunique()
    cells = []
    for year in sorted(total.index, reverse=True):
        top = say_number(dimensions_in[year] * 10, "minutes", pack.language)
        rank = pack.say("rank_of", rank=str(int(total.at[year, "rank"])), n=str(int(count[year])))
        cells.append([str(year), say_number(total.at[year, "score"], "total", pack.language), top, rank])
    head = [Column(pack.say(f"col_{name}"), numeric=True) for name in ("year", "total", "scale_top", "rank")]
    notes = [pack.say("published_no_interval"), pack.say("published_break")]
    return table(pack.say("caption_published_table"), head, cells, notes, kind="compact")
