"""A `DataPage` -> the sections of the page `data_checks`: how a round's file was read, what was found in it.

One call a section, in the order of the page.
"""

from __future__ import annotations

import pandas as pd

from analysis.briefing import parts
from analysis.briefing.about_data.addresses import count_kinds, quote, say_addresses
from analysis.briefing.about_data.answers import interviewers, no_answers, shares_without
from analysis.briefing.about_data.opened import DataPage
from analysis.briefing.blocks import Block
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.parts import group, section, sentences
from analysis.briefing.tables import Column, table
from analysis.findings import KINDS

__all__ = [
    "corrections",
    "data_checks_page",
    "files",
    "found",
    "interviewers",
    "made",
    "no_answers",
    "summary",
    "title",
]

#: Rows of one table of findings; all of them stand in the workbook of `workbench check --xlsx`.
SHOWN = 40
#: What is known of a file, in the order of its table, with the format of a number.
_FACTS = ("file", "format", "sheet", "encoding", "delimiter", "rows", "rows_kept", "columns", "columns_kept")
#: Findings that say which declared corrections were applied; they have a section of their own.
CORRECTED = "corrected"
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


def title(page: DataPage) -> Block:
    """Band, official head, what the page is about and who it is for."""
    return parts.title(
        page, page.say("page_data_checks"), page.say("data_subtitle"), page.say("data_audience")
    )


def summary(page: DataPage) -> Block:
    """Three plain sentences: how much was read, what was found, where answers are missing most."""
    own = page.survey_round.survey_round
    facts, counts = page.files.get(own, {}), count_kinds(page.findings.query("survey_round == @own"))
    said = []
    if facts:
        numbers = {key: say_count(facts[key], page.language) for key in ("rows", "rows_kept", "columns_kept")}
        said.append(page.say("data_summary_rows", **numbers))
    numbers = {kind: say_count(count, page.language) for kind, count in counts.items()}
    said.append(page.say("data_summary_found" if sum(counts.values()) else "data_summary_nothing", **numbers))
    shares = shares_without(page)
    if len(shares):
        worst = shares.iloc[0]
        share = say_number(worst["without"], "share", page.language)
        said.append(page.say("data_summary_answers", question=worst[f"label_{page.language}"], share=share))
    return section(page, "summary", "data_summary", parts.listing(said, "ol", "headlines"))


def files(page: DataPage) -> Block:
    """How each file was read: its form, and how many rows and columns were read and kept."""
    known = [name for name in page.rounds if name in page.files]
    if not known:
        return section(page, "files", "data_files", sentences(page.say("data_files_unknown")))
    cells = []
    for key in _FACTS:
        told = [_fact(page, key, page.files[name].get(key)) for name in known]
        if any(told):
            cells.append([page.say(f"data_fact_{key}"), *(quote(text or "–") for text in told)])
    head = [Column(page.say("col_data_fact")), *(Column(name, True) for name in known)]
    notes = [page.say("data_files_note")]
    return section(page, "files", "data_files", table(page.say("caption_data_files"), head, cells, notes))


def _fact(page: DataPage, key: str, value: object) -> str:
    if isinstance(value, int):
        return say_count(value, page.language)
    if key == "delimiter" and value in _DELIMITERS:
        return page.say(f"data_delimiter_{_DELIMITERS[value]}")
    return str(value or "")


def found(page: DataPage) -> Block:
    """Every finding with its address and how to mend it, the gravest first; a table a round and kind."""
    listed = page.findings[page.findings["code"] != CORRECTED]
    lead = sentences(page.say("data_found_lead"))
    tables = [
        _findings_table(page, name, kind, rows)
        for name in page.rounds
        for kind in KINDS
        if len(rows := listed.query("survey_round == @name and kind == @kind"))
    ]
    return section(page, "found", "data_found", lead, *(tables or [sentences(page.say("data_found_none"))]))


def _findings_table(page: DataPage, name: str, kind: str, rows: pd.DataFrame) -> Block:
    """One sentence a row; the cells that share it are listed beside it."""
    groups = list(rows.groupby(["code", "vi", "what", "hint"], sort=False, dropna=False))
    cells = [
        [quote(_said(page, same.iloc[0])), quote(say_addresses(same, page.language)), quote(code)]
        for (code, *_), same in groups[:SHOWN]
    ]
    head = [Column(page.say(f"col_data_{key}")) for key in ("found", "where", "code")]
    count = say_count(len(rows), page.language)
    notes = []
    if len(groups) > SHOWN:
        more = say_count(sum(len(same) for _, same in groups[SHOWN:]), page.language)
        notes = [page.say("data_found_more", more=more, name=name)]
    return table(page.say(f"caption_data_{kind}", name=name, count=count), head, cells, notes)


def _said(page: DataPage, row: pd.Series) -> str:
    """What is wrong and how to mend it; the Vietnamese sentence holds both."""
    return row["vi"] if page.language == "vi" else " ".join(filter(None, [row["what"], row["hint"]]))


def corrections(page: DataPage) -> Block:
    """The declared corrections that were applied: how many of each, and why."""
    rows = page.findings[page.findings["code"] == CORRECTED]
    if rows.empty:
        return section(page, "corrections", "data_corrections", sentences(page.say("data_corrections_none")))
    cells = [
        [quote(row["vi" if page.language == "vi" else "what"]), quote(row["got"].removeprefix("reason: "))]
        for _, row in rows.iterrows()
    ]
    head = [Column(page.say("col_data_done")), Column(page.say("col_data_reason"))]
    told = table(page.say("caption_data_corrections"), head, cells, [page.say("data_corrections_note")])
    return section(page, "corrections", "data_corrections", told)


def made(page: DataPage) -> Block:
    """What the page was made from."""
    return section(page, "made", "methods_made", parts.made_of(page))


def data_checks_page(page: DataPage) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    sections = (title, summary, files, found, corrections, no_answers, interviewers, made)
    return group(*(part(page) for part in sections))
