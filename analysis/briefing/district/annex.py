"""A `Pack` -> the annex behind the two sheets: every number, its surroundings, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.briefing.blocks import Block, Column
from analysis.briefing.district import sections
from analysis.briefing.district.groups import group_tables
from analysis.briefing.district.headlines import previous_year
from analysis.briefing.district.limits import why_not_comparable
from analysis.briefing.district.sections import own_key
from analysis.briefing.findings import find_all
from analysis.briefing.letter.commune_table import commune_table
from analysis.briefing.letter.progress import counted_figures, draw_progress, progress_table
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.parindex_short import say_parindex, standing_of_tasks
from analysis.briefing.parts import group, listing, made_of, section, sentences
from analysis.briefing.published import draw_published, has_published, standing_table, total_table
from analysis.briefing.tables import count_cell, detectable_cell, label, level_table, table, verdict
from analysis.estimates import quality

#: How many indicators the page names at each end.
ENDS_SHOWN = 5


def figures(pack: Pack) -> Block:
    """All dimensions, sub-dimensions and indicators with their intervals, then the province's groups."""
    opener = section(pack, "annex", "annex", sentences(pack.say("annex_lead")))
    shown = [opener]
    if pack.dimensions:
        shown += [_dimensions(pack), _change(pack), _sub_dimensions(pack), *_indicators(pack)]
    else:
        shown.append(_change(pack))
    if tables := _groups(pack.surroundings):
        lead = sentences(pack.say("groups_lead"))
        shown.append(section(pack, "groups", "groups", lead, *tables, level=3))
    return group(*shown)


def _dimensions(pack: Pack) -> Block:
    caption = pack.say(own_key(pack, "caption_dimension_table"))
    measures = [*pack.dimensions, *pack.measures_of("total")]
    every = level_table(pack, measures, caption, explained=True, detectable=True)
    return section(pack, "all-dimensions", "all_dimensions", every, level=3)


def _change(pack: Pack) -> Block:
    """Change since the previous round, dimension by dimension (or indicator), with the breaks named."""
    if not pack.survey_round.previous:
        return section(pack, "change", own_key(pack, "change"), sentences(pack.say("no_previous")), level=3)
    findings = {f.measure: f for f in find_all(pack, "change", pack.headline_measures)}
    rows = pack.each("change")
    cells = []
    for measure in pack.headline_measures:
        if measure in rows:
            row = rows[measure]
            answer, n = verdict(pack, findings.get(measure), row), count_cell(pack, row)
        else:
            answer, n = why_not_comparable(pack, measure), "–"
        cells.append([label(pack, measure), answer, detectable_cell(pack, "change", measure), n])
    head = [
        Column(pack.say(f"col_{pack.headline_kind}")),
        Column(pack.say("col_change")),
        Column(pack.say("col_detectable"), True, minor=True),
        Column(pack.say("col_n_change"), True),
    ]
    caption = pack.say(own_key(pack, "caption_change"), previous=previous_year(pack))
    changes = table(caption, head, cells, [pack.say("reading_change")])
    return section(pack, "change", own_key(pack, "change"), changes, level=3)


def _sub_dimensions(pack: Pack) -> Block:
    measures = pack.measures_of("sub_dimension")
    caption = pack.say(own_key(pack, "caption_sub_dimension_table"))
    every = level_table(pack, measures, caption)
    return section(pack, "sub-dimensions", own_key(pack, "sub_dimensions"), every, level=3)


def _indicators(pack: Pack) -> list[Block]:
    """Those that differ, those nearest each end of their scale, then all of them."""
    shown = [_apart(pack)] if pack.sampled else []
    ordered = by_position(pack)
    if len(ordered) < 2 * ENDS_SHOWN:
        shown.append(sentences(pack.say("no_ends")))
    else:
        for end, chosen in (("weakest", ordered[:ENDS_SHOWN]), ("strongest", ordered[::-1][:ENDS_SHOWN])):
            caption = pack.say(own_key(pack, f"caption_{end}"))
            shown.append(level_table(pack, chosen, caption, compared=False))
        shown.append(sentences(pack.say("order_is_uncertain"), kind="note"))
    caption = pack.say(own_key(pack, "caption_all_indicators"))
    every = level_table(pack, pack.measures_of("indicator"), caption)
    ends = section(pack, "indicators", own_key(pack, "indicators"), *shown, level=3)
    return [ends, section(pack, "all-indicators", "all_indicators", every, level=3)]


def _apart(pack: Pack) -> Block:
    """Indicators whose difference from the province is more than chance, or a sentence that none is."""
    findings = find_all(pack, "difference", pack.measures_of("indicator"))
    apart = [finding.measure for finding in findings if finding.stated]
    tested = say_count(len(findings), pack.language)
    if not apart:
        return sentences(pack.say("no_indicator_apart", tested=tested, reference=pack.reference))
    return level_table(pack, apart, pack.say("caption_apart", tested=tested, reference=pack.reference))


def by_position(pack: Pack) -> list[str]:
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


def administration(pack: Pack) -> Block:
    """The district's own counts against the letter's targets, and what each commune has done.

    Nothing where the round names no file of counts or no letter is about it.
    """
    counted = counted_figures(pack, "district", pack.district.code) if pack.directive else []
    if not counted:
        return group()
    whose = pack.district.phrase(pack.language)
    shown = [
        sentences(pack.say("administration_lead")),
        draw_progress(pack, counted, whose),
        progress_table(pack, counted, "district", pack.district.code),
        commune_table(pack),
    ]
    return section(pack, "administration", "administration", *shown, level=3)


def context(pack: Pack) -> Block:
    """The province's published scores and reform index: of others, and not of this district."""
    shown = []
    if published := _published(pack.surroundings):
        lead = sentences(pack.say("published_lead"))
        source = sentences(pack.say("published_source"), kind="note")
        shown.append(section(pack, "published", "published", lead, *published, source, level=3))
    if said := say_parindex(pack):
        fields = _fields(pack.surroundings)
        shown.append(section(pack, "parindex", "parindex", listing(said), *fields, level=3))
    return group(*shown)


def shared_parts(page: RoundPage) -> list[Block]:
    """What all packs of a round show alike, from `Pack.surroundings`; made once, then kept with the page."""
    return [*_groups(page), *_published(page), *_fields(page)]


def _groups(page: RoundPage) -> list[Block]:
    return page.once("groups", lambda: group_tables(page))


def _published(page: RoundPage) -> list[Block]:
    def make() -> list[Block]:
        if not has_published(page):
            return []
        return [draw_published(page), standing_table(page), total_table(page)]

    return page.once("published", make)


def _fields(page: RoundPage) -> list[Block]:
    return page.once("parindex", lambda: standing_of_tasks(page))


def methods(pack: Pack) -> Block:
    """How sure this is, how it was made."""
    counts = {name: say_count(pack.sample_size[name], pack.language) for name in ("n", "n_psu")}
    about = pack.measures[pack.measures["measure_kind"] == "indicator"]
    assumed = int((about["status"] == "assumed").sum())
    counts["indicators"] = say_count(len(about), pack.language)
    counts["assumed"] = say_count(assumed, pack.language)
    keys = [own_key(pack, "certainty_sample"), "certainty_interval"]
    if pack.sampled:
        keys.append("certainty_shared" if pack.shares_psus else "certainty_pooled")
    if pack.survey_round.design.has_district_design:
        keys += ["certainty_seats"] if pack.sampled else ["certainty_few_districts"]
    keys += ["certainty_tests", *(["certainty_assumed"] if assumed else [])]
    keys += [] if pack.sampled else ["certainty_no_inference"]
    said = listing([pack.say(key, **counts) for key in keys])
    return section(pack, "certainty", "certainty", said, made_of(pack), level=3)


def district_pack(pack: Pack, sheet: Sequence[Block] = (), annexed: Sequence[Block] = ()) -> Block:
    """The briefing and its annex: the same content as the notebook's cells.

    Parameters
    ----------
    sheet, annexed : sequence of Block
        What others have to say of the district, after its tasks and before the annex's methods.
    """
    first = (sections.title, sections.headlines, sections.dimensions, sections.tasks)
    shown = [part(pack) for part in first]
    shown += [*sheet, sections.limits(pack), figures(pack), administration(pack), context(pack)]
    return group(*shown, *annexed, methods(pack))
