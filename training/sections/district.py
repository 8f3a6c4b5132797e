"""A `Pack` -> the training section of a district's second sheet, and its tables in the annex.

Sampled or not, for training is counted and not surveyed. Nothing where the round names no records.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.briefing.blocks import Block, Column, Group, Section, Table
from analysis.briefing.district.annex import district_pack
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.parts import listing, sentences
from analysis.briefing.tables import table
from training.sections.figures import Figure, statistic_name
from training.sections.legends import certificate_notes, legend
from training.sections.opened import DistrictPage, of_pack, of_round_page
from training.sections.teach_again import mark, say_again, to_teach_again

#: How many objectives the sheet names before it counts the rest.
NAMED = 1
#: Rows of the annex's learning table: measure, statistic.
_LEARNING = (
    ("pre_post", "before"), ("pre_post", "after"), ("pre_post", "change"), ("pre_post", "improved"),
    ("attrition", "left"), ("attrition", "change_bound"), ("certificate", "passed"),
)  # fmt: skip
_COVERAGE = (
    ("learners", "trained"), ("communes", "reached"), ("periods", "mean"), ("learners", "share_of_plan"),
    ("communes", "share_of_plan"),
)  # fmt: skip


def sheet(pack: Pack) -> Block:
    """Two or three sentences: who was reached, whether they learned, what to teach again."""
    page = of_pack(pack)
    if page is None:
        return Group()
    said = [_say_reached(page), *_say_learned(page), *_say_again(page)]
    return Section("training", page.say("h_training"), (listing(said),))


def briefing(pack: Pack) -> Block:
    """The whole briefing with the training parts in their places, as the notebook shows them."""
    return district_pack(pack, [sheet(pack)], [annex(pack)])


def share(around: RoundPage) -> None:
    """Read, once for all packs, what their training parts are made of."""
    of_round_page(around)


def _say_reached(page: DistrictPage) -> str:
    trained = page.figure(page.own, "coverage", "learners", "trained")
    done = page.figure(page.own, "coverage", "communes", "reached").done
    if trained.is_hidden:
        return page.say("training_reached_hidden", done=done)
    if not trained.is_shown:
        return page.say("training_reached_nobody")
    return page.say("training_reached", n=trained.value, done=done)


def _say_learned(page: DistrictPage) -> list[str]:
    change = page.figure(page.own, "learning", "pre_post", "change")
    if change.is_hidden:
        return [page.say("training_change_hidden")]
    if not change.is_shown:
        return []
    return [say_change(page, change)]


def say_change(page: DistrictPage, change: Figure) -> str:
    """Whether those with both tests improved, by how much, and what the interval stands for."""
    values = {"n": change.people, "low": change.low, "high": change.high}
    if not change.is_stated:
        return page.say("training_change_unclear", change=change.value, **values)
    key = "training_change_up" if change.estimate > 0 else "training_change_down"
    return page.say(key, change=change.value.lstrip("+\N{MINUS SIGN}"), **values)


def _say_again(page: DistrictPage) -> list[str]:
    """Of all classes: what a district's few learners get wrong says little about a lesson."""
    found = [one for course in page.courses for one in to_teach_again(page, ("course", course))]
    if not found:
        return [page.say("training_again_none")]
    said = [say_again(page, one) for one in found[:NAMED]]
    more = len(found) - len(said)
    return [*said, page.say("training_again_more", more=str(more))] if more else said


def annex(pack: Pack) -> Block:
    """Who was reached and what was learned, beside the province; what to teach again."""
    page = of_pack(pack)
    if page is None:
        return Group()
    shown = [sentences(page.say("training_annex_lead")), _coverage(page), _learning(page), _again(page)]
    return Section("training-figures", page.say("h_training_figures"), tuple(shown), level=3)


def _coverage(page: DistrictPage) -> Table:
    rows, figures = [], []
    for measure, statistic in _COVERAGE:
        own = page.figure(page.own, "coverage", measure, statistic)
        whole = page.figure(page.whole, "coverage", measure, statistic)
        figures += [own, whole]
        name = statistic_name(own if own.about else whole)
        if name:
            rows.append([name, _counted(own, statistic), _counted(whole, statistic)])
    head = _heads(page, ("measure", "own_count", "whole_count"))
    notes = [page.say("training_coverage_note"), *legend(page, figures)]
    return table(page.say("training_caption_coverage"), head, rows, notes)


def _counted(figure: Figure, statistic: str) -> str:
    """A share of communes or planned places with how many of how many stand behind it."""
    share = statistic in ("reached", "share_of_plan") and figure.is_shown
    return f"{figure.done} ({figure.value})" if share else figure.cell


def _learning(page: DistrictPage) -> Table:
    rows, figures = [], []
    for measure, statistic in _LEARNING:
        own = page.figure(page.own, "learning", measure, statistic)
        # Several classes: the figure that allows for the likeness of learners in one class.
        other = "change_classes" if statistic == "change" else statistic
        whole = page.figure(page.whole, "learning", measure, other)
        if own.about is None and whole.about is None:
            continue
        figures += [own, whole]
        name = statistic_name(own if own.about else whole)
        rows.append([name, own.cell, own.people, whole.cell, whole.people])
    head = _heads(page, ("measure", "own", "n", "whole", "n_whole"))
    notes = [*certificate_notes(page, figures), *legend(page, figures, explained=True)]
    return table(page.say("training_caption_learning"), head, rows, notes)


def _again(page: DistrictPage) -> Block:
    found = [one for course in page.courses for one in to_teach_again(page, ("course", course))]
    if not found:
        return sentences(page.say("training_again_none"))
    rows = [
        [f"{one.code}. {one.text}", f"{one.lesson}. {one.title}", one.after.cell, one.after.people]
        for one in found
    ]
    head = _heads(page, ("goal", "lesson", "right_after", "n"), text=("goal", "lesson"))
    notes = [page.say("training_again_note", mark=mark(page)), *legend(page, [one.after for one in found])]
    return table(page.say("training_caption_again"), head, rows, notes)


def _heads(page: DistrictPage, keys: Iterable[str], text: tuple[str, ...] = ("measure",)) -> list[Column]:
    return [Column(page.say(f"training_col_{key}"), key not in text) for key in keys]
