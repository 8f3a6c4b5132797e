"""Tables of names, codes and estimates -> the tables that a notebook shows, in words instead of codes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from analysis.briefing.blocks import Block, Column, Group, Paragraphs, Table
from analysis.explore.words import Words

#: Around what is shown. Named twice in a rule it outweighs JupyterLab's rules, which push all to the right.
ANSWER_CLASS = "workbench-answer"
ANSWER_STYLE = Markup(
    "<style>.workbench-answer table{border-collapse:collapse;margin:.3em 0 .6em}"
    ".workbench-answer caption{text-align:left;font-weight:600;padding:.2em 0}"
    ".workbench-answer.workbench-answer th,.workbench-answer.workbench-answer td{padding:.15em .35em;"
    "border-bottom:1px solid #d5d5d5;text-align:left;vertical-align:top;line-height:1.35;white-space:normal}"
    ".workbench-answer.workbench-answer .number{text-align:right}"
    ".workbench-answer td.number{white-space:nowrap}"
    ".workbench-answer p{line-height:1.4;margin:.2em 0}.workbench-answer .note{color:#444;font-size:.92em}"
    ".workbench-answer img{max-width:100%;height:auto}.workbench-answer figure{margin:.4em 0}</style>"
)
#: Rows that a notebook shows of a long table; the table itself has them all.
MOST_ROWS = 60


def names_table(names: Iterable[str], words: Words, caption: str = "") -> Table:
    """Names with their kinds and labels."""
    names = list(names)
    table = words.labels.table
    rows = []
    for name in names[:MOST_ROWS]:
        kind = table.at[name, "kind"] if name in table.index else "question"
        rows.append((name, words.say(f"kind_{kind}"), words.name(name)))
    head = tuple(Column(words.say(f"col_{each}")) for each in ("name", "kind", "label"))
    caption = caption or words.say("caption_names", count=words.count(len(names)))
    return Table(caption, head, tuple(rows), _cut(words, len(names)))


def found_table(found: pd.DataFrame, text: str, words: Words) -> Table:
    """What a search found."""
    caption = words.say("caption_found", text=text, count=words.count(len(found)))
    table = names_table(found["name"], words, caption)
    return table if len(found) else Table(caption, table.columns, (), (words.say("find_none"),))


def codebook_table(table: pd.DataFrame, words: Words) -> Table:
    """The codebook's variables with their codes and how many answered."""
    head = [Column(words.say("col_name")), Column(words.say("col_label")), Column(words.say("col_codes"))]
    head += [Column(words.say("col_answered"), True), Column(words.say("col_missing"), True)]
    rows = [
        (
            row["variable"], row[f"label_{words.language}"], row[f"codes_{words.language}"],
            words.count(row["n_answered"]), words.count(row["n_missing"]),
        )
        for row in table.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    caption = words.say(
        "caption_codebook", count=words.count(len(table)), round=words.labels.round.title(words.language)
    )
    return Table(caption, tuple(head), tuple(rows), _cut(words, len(table)))


def estimates_table(table: pd.DataFrame, words: Words, caption: str) -> Table:
    """Levels with n, interval and flag."""
    level = f"{table['level'].iloc[0] * 100:g}" if len(table) else "95"
    grouped = bool((table["group"] != "").any())
    head = [Column(words.say("col_measure"))]
    head += [Column(words.say("col_group"))] if grouped else []
    head += [Column(words.say("col_value"), True), Column(words.say("col_interval", level=level), True)]
    head += [Column(words.say("col_n"), True), Column(words.say("col_quality"))]
    rows = []
    for row in table.head(MOST_ROWS).to_dict("records"):
        cells = [words.name(row["measure"])] + ([words.group(row)] if grouped else [])
        cells += [words.value(row), words.interval(row), words.count(row["n"]), words.quality(row["quality"])]
        rows.append(tuple(cells))
    return Table(caption, tuple(head), tuple(rows), _cut(words, len(table)))


def in_notebook(block: Block) -> str:
    """A block as HTML for a notebook's cell, with the looks that it has on a page."""
    return str(Markup('<div class="{}">{}{}</div>').format(ANSWER_CLASS, ANSWER_STYLE, block.markup))


def with_band(words: Words, *parts: object) -> Group:
    """Parts of a display under the notice that data are simulated, where they are."""
    band = (Paragraphs((words.band,), "note"),) if words.band else ()
    return Group((*band, *parts))


def _cut(words: Words, rows: int) -> tuple[str, ...]:
    more = rows - MOST_ROWS
    return (words.say("rows_cut", count=words.count(more)),) if more > 0 else ()
