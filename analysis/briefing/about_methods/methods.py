"""A `RoundPage` -> the sections of the page `methods`: the design of a round, its rules and METHODS.md.

One call a section, in the order of the page.
"""

from __future__ import annotations

import re
from dataclasses import asdict

import pandas as pd

from analysis.briefing import parts
from analysis.briefing.about_methods.design import design, effects, number_of, people_worth, weights
from analysis.briefing.about_methods.text import read_methods, show_chapter, split_chapters
from analysis.briefing.blocks import Block
from analysis.briefing.findings import ALPHA
from analysis.briefing.html import fill
from analysis.briefing.numbers import say_count, say_setting
from analysis.briefing.parts import group, section, sentences
from analysis.briefing.round_page import LEVELS, RoundPage
from analysis.briefing.tables import Column, table
from analysis.briefing.wording import read_wording
from analysis.estimates import quality

__all__ = [
    "chapters",
    "design",
    "effects",
    "families",
    "full_text",
    "made",
    "methods_page",
    "quality_flags",
    "reading",
    "thresholds",
    "title",
    "weights",
]

#: A family in a result's note: its method and how many tests it held.
_FAMILY = re.compile(r"(holm|bh):(\d+)")
#: Thresholds that are shares of something; the others are plain numbers.
_PERCENT = (
    "level", "share_width_shown", "share_width_suppress", "share_relative_width", "rse_suppress",
    "score_rse_suppress",
)  # fmt: skip
_FLAGS = (
    quality.GOOD,
    quality.CAUTION,
    quality.SUPPRESSED,
    quality.NOT_ESTIMATED,
    quality.NOT_SAMPLED,
)


def title(page: RoundPage) -> Block:
    """Band, official head, what the page is about and who it is for."""
    subtitle = page.say("methods_subtitle")
    return parts.title(page, page.say("page_methods"), subtitle, page.say("methods_audience"))


def reading(page: RoundPage) -> Block:
    """Three plain sentences for a reader who goes no further."""
    counts = {key: say_count(number_of(page, key), page.language) for key in ("n", "n_psu")}
    known = False
    if page.total:
        total = page.by_measure("level").loc[page.total]
        enough = total["df"] >= page.survey_round.quality.df_caution
        known = total["quality"] in quality.SHOWN and enough and total["deff"] > 1
        counts |= {"n_effective": say_count(people_worth(total), page.language)} if known else {}
    said = [
        page.say("methods_reading_sample" if known else "methods_reading_sample_only", **counts),
        page.say("methods_reading_interval"),
        page.say("methods_reading_tests"),
    ]
    return section(page, "reading", "methods_reading", parts.listing(said, "ol", "headlines"))


def quality_flags(page: RoundPage) -> Block:
    """How many numbers each flag lets through or holds back, by place and kind of number."""
    rows = _own(page)
    direct = rows["statistic"].str.endswith("_direct")
    counts = count_flags(rows[~direct])
    cells = []
    for (where, what), row in counts.iterrows():
        name = f"{page.say(f'methods_where_{where}')}: {page.say(f'methods_what_{what}')}"
        cells.append([name, *(say_count(row[flag], page.language) for flag in _FLAGS)])
    head = [Column(page.say("col_methods_numbers"))]
    head += [Column(page.say(f"col_methods_{flag}"), True) for flag in _FLAGS]
    notes = [page.say("methods_direct", count=say_count(direct.sum(), page.language))] if direct.any() else []
    told = table(page.say("caption_methods_flags"), head, cells, notes)
    lead = sentences(page.say("methods_flags_lead"))
    return section(page, "flags", "methods_flags", lead, told)


def count_flags(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of results -> how many bear each flag.

    Returns
    -------
    DataFrame indexed by where (province, group, district) and what (level, difference, change), with a
    column a flag.
    """
    where = rows["place_kind"].where(rows["group_kind"] == "all", "group")
    what = rows["statistic"].where(~rows["statistic"].isin(LEVELS), "level")
    counts = pd.crosstab([where.rename("where"), what.rename("what")], rows["quality"])
    order = [
        (place, kind)
        for place in ("province", "group", "district")
        for kind in ("level", "difference", "change")
        if (place, kind) in counts.index
    ]
    return counts.loc[order].reindex(columns=list(_FLAGS), fill_value=0)


def families(page: RoundPage) -> Block:
    """The families of tests: method, how many were made, how many are stated as more than chance."""
    lead = sentences(page.say("methods_families_lead", alpha=say_setting(ALPHA, page.language)))
    found = count_families(_own(page))
    if found.empty:
        return section(page, "families", "methods_families", sentences(page.say("methods_no_tests")))
    cells = [
        [
            f"{page.say(f'methods_where_{row.where}')}: {page.say(f'methods_what_{row.what}')}",
            page.say(f"methods_family_{row.method}"),
            say_count(row.tested, page.language),
            say_count(row.stated, page.language),
        ]
        for row in found.itertuples()
    ]
    head = [Column(page.say("col_methods_comparison")), Column(page.say("col_methods_method"))]
    head += [Column(page.say(f"col_methods_{key}"), True) for key in ("tested", "stated")]
    told = table(page.say("caption_methods_families"), head, cells, [page.say("methods_families_note")])
    return section(page, "families", "methods_families", lead, told)


def count_families(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of results -> the families of tests that they name in `note`.

    Returns
    -------
    DataFrame with columns where, what, method, tested (as the notes say), stated (p_adjusted < ALPHA).
    """
    tested = rows[rows["p_adjusted"].notna()]
    named = tested["note"].str.extract(_FAMILY)
    table = pd.DataFrame(
        {
            "where": tested["place_kind"].where(tested["group_kind"] == "all", "group"),
            "what": tested["statistic"],
            "method": named[0],
            "tested": named[1].astype(float),
            "stated": tested["p_adjusted"] < ALPHA,
        }
    )
    grouped = table.groupby(["where", "what", "method"], sort=False, as_index=False)
    counts = grouped.agg(tested=("tested", "first"), stated=("stated", "sum"))
    down = ["where", "what", "method"]  # province, group, district; difference before change; Holm first
    return counts.sort_values(down, ascending=False, ignore_index=True)


def thresholds(page: RoundPage) -> Block:
    """The round's own thresholds for showing a number, each with its source."""
    cells = []
    for key, value in asdict(page.survey_round.quality).items():
        shown = say_setting(value, page.language, percent=key in _PERCENT)
        named = f"threshold_{key}" in read_wording(page.survey_round.wording)
        meaning = page.say(f"threshold_{key}") if named else page.say("threshold_unnamed", key=key)
        source = page.say(f"source_{key}") if named else page.say("chapter_without_summary")
        cells.append([meaning, shown, source])
    head = [Column(page.say("col_methods_rule")), Column(page.say("col_methods_value"), True)]
    head.append(Column(page.say("col_methods_source")))
    told = table(page.say("caption_methods_thresholds"), head, cells, [page.say("methods_thresholds_note")])
    return section(page, "thresholds", "methods_thresholds", told)


def chapters(page: RoundPage) -> Block:
    """Each decision in a sentence or two, in the page's language; the chapter itself is below."""
    items = []
    for chapter in split_chapters(read_methods()):
        named = f"chapter_{chapter.slug}" in read_wording(page.survey_round.wording)
        heading = page.say(f"chapter_{chapter.slug}") if named else chapter.title
        about = page.say(f"summary_{chapter.slug}") if named else page.say("chapter_without_summary")
        items.append({"slug": chapter.slug, "title": heading, "about": about})
    return section(page, "chapters", "methods_chapters", fill("chapters.html", chapters=items))


def full_text(page: RoundPage) -> Block:
    """METHODS.md itself, in English."""
    text = fill(
        "foreign.html", language="en", parts=[show_chapter(c) for c in split_chapters(read_methods())]
    )
    lead = sentences(page.say("methods_text_lead"), kind="note")
    return section(page, "text", "methods_text", lead, text)


def made(page: RoundPage) -> Block:
    """What the numbers were made from."""
    return section(page, "made", "methods_made", parts.made_of(page))


def methods_page(page: RoundPage) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    sections = (title, reading, design, weights, effects, quality_flags, families, thresholds, chapters)
    return group(*(part(page) for part in (*sections, full_text, made)))


def _own(page: RoundPage) -> pd.DataFrame:
    """The round's own results; published ones of others are left out."""
    rows = page.results[page.results["survey_round"] == page.survey_round.survey_round]
    return rows[~rows["quality"].isin(quality.WITHOUT_INTERVAL)]
