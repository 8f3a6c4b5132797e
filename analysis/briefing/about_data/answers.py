"""Counts of no-answers in a round's file -> the page's sections on questions and on interviewers."""

from __future__ import annotations

import matplotlib
import pandas as pd
from matplotlib.figure import Figure

from analysis.briefing.about_data.addresses import quote
from analysis.briefing.about_data.opened import DataPage
from analysis.briefing.blocks import Block
from analysis.briefing.drawing import BLUE, GREY, ORANGE, STYLE, WIDTH_INCHES, image, mark_simulated
from analysis.briefing.numbers import say_count, say_number
from analysis.briefing.parts import section, sentences
from analysis.briefing.tables import Column, table

#: Questions that the table names.
SHOWN = 20
#: Kinds of no-answer that count where a question was put to somebody.
WITHOUT = ("dont_know", "refused", "missing")


def shares_without(page: DataPage) -> pd.DataFrame:
    """Each question's shares of no-answer among the people it was put to, most first.

    Returns
    -------
    DataFrame
        The counts, and `asked`, `without` (share of all kinds in `WITHOUT`) and a share a kind as
        `share_<kind>`; questions put to nobody, and those that everybody answered, are left out.

    Notes
    -----
    without = (dont_know + refused + missing) / (answered + dont_know + refused + missing): unweighted, and
    "not asked" is in neither.
    """
    counts = page.answers("variables")
    if counts.empty:
        return counts
    counts["asked"] = counts[["answered", *WITHOUT]].sum(axis=1)
    counts = counts[counts["asked"] > 0]
    for kind in WITHOUT:
        counts = counts.assign(**{f"share_{kind}": counts[kind] / counts["asked"]})
    counts = counts.assign(without=counts[list(WITHOUT)].sum(axis=1) / counts["asked"])
    most = counts.sort_values("without", ascending=False, kind="stable", ignore_index=True)
    return most[most["without"] > 0]


def no_answers(page: DataPage) -> Block:
    """The questions that most people did not answer, by kind of no-answer."""
    shares = shares_without(page)
    if shares.empty:
        key = "data_answers_unknown" if page.answers("variables").empty else "data_answers_all"
        return section(page, "answers", "data_answers", sentences(page.say(key)))
    cells = [
        [
            quote(f"{row[f'label_{page.language}']} ({row['variable']})"),
            *(_share(page, row[key]) for key in ("without", *(f"share_{kind}" for kind in WITHOUT))),
            say_count(row["asked"], page.language),
        ]
        for _, row in shares.head(SHOWN).iterrows()
    ]
    keys = ("without", *WITHOUT, "asked")
    head = [
        Column(page.say("col_data_question")),
        *(Column(page.say(f"col_data_{key}"), True) for key in keys),
    ]
    told = table(
        page.say("caption_data_answers", count=str(len(cells))), head, cells, [page.say("data_answers_note")]
    )
    return section(page, "answers", "data_answers", told)


def interviewers(page: DataPage) -> Block:
    """Shares of "don't know" by interviewer beside what chance alone gives; a sentence where nobody knows."""
    people = page.answers("interviewers")
    if people.empty:
        said = sentences(page.say("data_interviewers_unknown"))
        return section(page, "interviewers", "data_interviewers", said)
    people = people.query("asked > 0").assign(share=lambda all: all["dont_know"] / all["asked"])
    odd = people[(people["dont_know"] < people["low"]) | (people["dont_know"] > people["high"])]
    parts = [draw_interviewers(page, people, odd)]
    if len(odd):
        cells = [_interviewer(page, row) for _, row in odd.sort_values("share", ascending=False).iterrows()]
        head = [Column(page.say("col_data_interviewer"))]
        head += [Column(page.say(f"col_data_{key}"), True) for key in ("interviews", "dont_know", "chance")]
        note = [page.say("data_interviewers_note")]
        parts.append(table(page.say("caption_data_interviewers"), head, cells, note))
    else:
        parts.append(sentences(page.say("data_interviewers_alike")))
    return section(page, "interviewers", "data_interviewers", *parts)


def _interviewer(page: DataPage, row: pd.Series) -> list[object]:
    low, high = (_share(page, row[end] / row["asked"]) for end in ("low", "high"))
    count = say_count(row["interviews"], page.language)
    return [quote(row["interviewer"]), count, _share(page, row["share"]), f"{low} – {high}"]


def draw_interviewers(page: DataPage, people: pd.DataFrame, odd: pd.DataFrame) -> Block:
    """A funnel: each interviewer's share of "don't know" over the number of answers, and chance's bounds."""
    ordered = people.sort_values("asked", kind="stable")
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH_INCHES, 3.0), layout="constrained")
        axes = figure.add_subplot()
        for end in ("low", "high"):
            axes.plot(ordered["asked"], 100 * ordered[end] / ordered["asked"], "--", color=GREY, linewidth=1)
        alike = people.drop(odd.index)
        axes.plot(alike["asked"], 100 * alike["share"], "o", color=BLUE, markersize=4)
        axes.plot(odd["asked"], 100 * odd["share"], "D", color=ORANGE, markersize=5)
        axes.set_ylim(bottom=0)
        axes.set_xlabel(page.say("axis_data_asked"))
        axes.set_ylabel(page.say("axis_data_dont_know"))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_formatter(lambda value, _: say_count(round(value), page.language))
        mark_simulated(figure, page)
    whole = people["dont_know"].sum() / people["asked"].sum()
    counts = {"people": say_count(len(people), page.language), "odd": say_count(len(odd), page.language)}
    alt = page.say("alt_data_interviewers", share=_share(page, whole), **counts)
    return image(figure, alt, page.say("caption_data_interviewers_chart"))


def _share(page: DataPage, share: float) -> str:
    return say_number(share, "share", page.language)
