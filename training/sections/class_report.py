"""A `ClassPage` -> the report for the trainer, one call a section, in the order of the page."""

from __future__ import annotations

from analysis.briefing.blocks import Block, Group, Section, Title
from analysis.briefing.parts import LINE, listing, sentences
from training.sections import made as foot
from training.sections.attendance import about_class, attendance_table, certificate_table
from training.sections.district import say_change
from training.sections.interval_chart import FLAGGED, OWN, Row, draw_intervals, share_scale
from training.sections.items import (
    draw_items,
    flagged,
    items_table,
    options_table,
    suspected,
)
from training.sections.learning import class_table, draw_class_change, left_table
from training.sections.opened import ClassPage
from training.sections.reliability import moodle_table, reliability_table
from training.sections.satisfaction import (
    index_of,
    index_table,
    indicators_table,
    objects_table,
    say_index,
)
from training.sections.satisfaction_bars import draw_bars
from training.sections.teach_again import (
    objectives_of,
    objectives_table,
    say_again_with_share,
    to_teach_again,
)


def title(page: ClassPage) -> Block:
    """Band, official head, which class the report is about and who it is for."""
    heading = page.say("training_report_heading")
    about = (page.say("training_report_subtitle"), page.say("training_report_audience"))
    return title_block(page, heading, *about)


def title_block(page, heading: str, subtitle: str, audience: str) -> Title:
    """The head of a training page; the department's letterhead is that of all pages."""
    agency, motto = (tuple(page.say(key).split(LINE)) for key in ("agency", "motto"))
    return Title(page.band, agency, motto, heading, subtitle, audience)


def headlines(page: ClassPage) -> Block:
    """Did they learn, what to teach again, which key to look at, how the class was judged."""
    again = _say_again(page) if has_tests(page, page.own) else []
    said = [_say_change(page), *again, *suspected(page, page.course), _say_quality(page)]
    return Section("headlines", page.say("h_training_headlines"), (listing(said, "ol", "headlines"),))


def has_tests(page: ClassPage, place: tuple[str, str]) -> bool:
    """Whether anybody of a class or a course took a test; a course for analysts has none, for one."""
    kind, name = place
    learned = page.figures(place_kind=kind, place=name, measure_kind="learning")
    return any(figure.n != 0 for _, figure in learned)


def _without_tests(page: ClassPage, anchor: str) -> Section:
    """A section that only tests can fill."""
    heading = page.say(f"h_training_{anchor}")
    return Section(anchor, heading, (sentences(page.say("training_no_tests_here")),))


def _say_change(page: ClassPage) -> str:
    if not has_tests(page, page.own):
        return page.say("training_no_tests_here")
    change = page.figure(page.own, "learning", "pre_post", "change")
    if change.is_hidden:
        return page.say("training_change_hidden")
    if not change.is_shown:
        return page.say("training_change_none", why=change.reason or page.say("training_no_tests"))
    return say_change(page, change)


def _say_again(page: ClassPage) -> list[str]:
    found = to_teach_again(page, page.own)
    return [say_again_with_share(page, one) for one in found] or [page.say("training_again_none")]


def _say_quality(page: ClassPage) -> str:
    index = index_of(page, page.own)
    if not index.is_shown:
        return page.say("training_index_none", why=index.reason or page.say("training_no_forms"))
    return say_index(page, index)


def came(page: ClassPage) -> Block:
    """What the class is, who sits in it and how much they attended."""
    parts = (about_class(page), attendance_table(page))
    return Section("came", page.say("h_training_came"), parts)


def learning(page: ClassPage) -> Block:
    """The change of the same people with its interval; every other figure beside it; who left."""
    if not has_tests(page, page.own):
        return _without_tests(page, "learning")
    parts = (
        sentences(page.say("training_learning_lead")), draw_class_change(page), class_table(page),
        sentences(page.say("training_learning_notes"), kind="note"), left_table(page),
    )  # fmt: skip
    return Section("learning", page.say("h_training_learning"), parts)


def items(page: ClassPage) -> Block:
    """Which items failed: in words, item by item, what was chosen, and how sure the test is."""
    if not has_tests(page, page.pooled):
        return _without_tests(page, "items")
    doubts = [*suspected(page, page.course), *flagged(page, page.course)]
    told = listing(doubts) if doubts else sentences(page.say("training_items_fine"))
    alt, caption = page.say("training_alt_items"), page.say("training_caption_items_chart")
    parts = (
        sentences(page.say("training_items_lead")), told,
        draw_items(page, page.course, page.own, alt, caption),
        items_table(page, page.course, page.own, page.say("training_caption_class_items")),
        options_table(page, page.course), reliability_table(page, page.course),
        sentences(page.say("training_moodle_lead")), moodle_table(page, page.course),
    )  # fmt: skip
    return Section("items", page.say("h_training_items"), parts)


def teach_again(page: ClassPage) -> Block:
    """Objectives whose share right lies below the mark beyond doubt, with their lessons."""
    if not has_tests(page, page.own):
        return _without_tests(page, "again")
    found = to_teach_again(page, page.own)
    told = (
        listing([say_again_with_share(page, one) for one in found])
        if found
        else sentences(page.say("training_again_none"))
    )
    objectives = objectives_of(page, page.own)
    rows = [Row(f"{one.code}. {one.text}", one.after, FLAGGED if one.again else OWN) for one in objectives]
    scale = share_scale(page, page.thresholds.teach_again_mark)
    alt, caption = page.say("training_alt_objectives"), page.say("training_caption_objectives_chart")
    chart = [draw_intervals(page, rows, scale, alt, caption, wrap=40)] if rows else []
    table = objectives_table(page, page.own, page.say("training_caption_objectives"))
    return Section("again", page.say("h_training_again"), (told, *chart, table))


def satisfaction(page: ClassPage) -> Block:
    """How the class was judged by the Ministry's form: index, objects, criteria, indicators."""
    if page.figure(page.own, "satisfaction", "forms", "response_rate").about is None:
        return Section(
            "satisfaction", page.say("h_training_satisfaction"), (sentences(page.say("training_no_forms")),)
        )
    index = index_of(page, page.own)
    told = [sentences(say_index(page, index))] if index.is_shown else []
    places = [
        (page.say("training_class", class_id=page.class_id), page.own),
        (page.say("training_whole_course"), page.pooled),
    ]
    bars = draw_bars(page, page.own, page.say("training_caption_bars"))
    parts = (
        *told, index_table(page, places, page.say("training_caption_index")),
        objects_table(page, page.own, page.say("training_caption_objects")),
        *([bars] if bars else []),
        indicators_table(page, page.own, page.say("training_caption_indicators")),
    )  # fmt: skip
    return Section("satisfaction", page.say("h_training_satisfaction"), parts)


def certificates(page: ClassPage) -> Block:
    """Who met the rule in force, and who has a certificate."""
    passed = page.figure(page.own, "learning", "certificate", "passed")
    rule = passed.code_value("rule=")
    lead = (
        [sentences(page.say("training_certificate_rule", rule=page.rule_name("certificate", rule)))]
        if rule
        else []
    )
    return Section("certificates", page.say("h_training_certificates"), (*lead, certificate_table(page)))


def limits(page: ClassPage) -> Block:
    """What cannot be said."""
    return foot.limits(page)


def made(page: ClassPage) -> Block:
    """What the numbers were made of."""
    return foot.made(page)


def report(page: ClassPage) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    first = (title, headlines, came, learning, items, teach_again, satisfaction, certificates, limits, made)
    return Group(tuple(part(page) for part in first))
