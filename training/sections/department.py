"""A `TrainingPage` -> the department's page on all classes of a year, one call a section."""

from __future__ import annotations

from analysis.briefing.blocks import Block, Group, Section
from analysis.briefing.parts import listing, sentences
from training.sections import made as foot
from training.sections.class_report import title_block
from training.sections.coverage import (
    communes_map,
    districts_table,
    levels_table,
    plan_table,
    posts_table,
    quotas_table,
)
from training.sections.items import draw_items, flagged, items_table, suspected
from training.sections.learning import classes_table, courses_table, draw_all_changes, groups_table
from training.sections.opened import TrainingPage
from training.sections.reliability import reliability_table
from training.sections.satisfaction import (
    index_of,
    index_table,
    judges_table,
    lecturers_table,
    objects_table,
    say_index,
)
from training.sections.satisfaction_bars import draw_bars
from training.sections.teach_again import objectives_table, say_again_with_share, to_teach_again
from training.sections.transfer import effect_table, follow_up_table, has_follow_up, responders_table


def title(page: TrainingPage) -> Block:
    """Band, official head, what the page is about and who it is for."""
    about = (page.say("training_overview_subtitle"), page.say("training_overview_audience"))
    return title_block(page, page.say("page_training_overview"), *about)


def headlines(page: TrainingPage) -> Block:
    """Who was reached, whether they learned, what to teach again, how courses were judged."""
    said = [say_reached(page), say_learned(page), *say_again(page), *say_quality(page)]
    return Section("headlines", page.say("h_training_headlines"), (listing(said, "ol", "headlines"),))


def say_reached(page: TrainingPage) -> str:
    """People and communes reached in the whole province."""
    trained = page.figure(page.whole, "coverage", "learners", "trained")
    reached = page.figure(page.whole, "coverage", "communes", "reached")
    if not trained.is_shown:
        return page.say("training_reached_unknown", done=reached.done)
    return page.say("training_overview_reached", n=trained.value, done=reached.done, share=reached.value)


def say_learned(page: TrainingPage) -> str:
    """The change that allows for classes, over all of them; else why there is none."""
    change = page.figure(page.whole, "learning", "pre_post", "change_classes")
    if not change.is_shown:
        return page.say("training_change_none", why=change.reason or page.say("training_no_tests"))
    values = {"n": change.people, "low": change.low, "high": change.high, "change": change.value}
    key = "up" if change.is_stated and change.estimate > 0 else "down" if change.is_stated else "unclear"
    values["change"] = change.value.lstrip("+\N{MINUS SIGN}") if key != "unclear" else change.value
    return page.say(f"training_overview_{key}", **values)


def say_again(page: TrainingPage) -> list[str]:
    """What to teach again, course by course."""
    found = [one for course in page.courses for one in to_teach_again(page, ("course", course))]
    return [say_again_with_share(page, one) for one in found] or [page.say("training_again_none")]


def say_quality(page: TrainingPage) -> list[str]:
    """The overall index with its class; nothing without forms."""
    index = index_of(page, page.whole)
    return [say_index(page, index)] if index.is_shown else []


def coverage(page: TrainingPage) -> Block:
    """Communes, people, periods by district and zone; levels; posts; the plan."""
    found = (
        communes_map(page),
        districts_table(page),
        levels_table(page),
        posts_table(page),
        plan_table(page),
    )
    lead = sentences(page.say("training_coverage_lead"))
    return Section(
        "coverage", page.say("h_training_coverage"), (lead, *(one for one in found if one is not None))
    )


def classes(page: TrainingPage) -> Block:
    """All classes side by side in the order of their codes, with intervals."""
    parts = (sentences(page.say("training_classes_lead")), draw_all_changes(page), classes_table(page))
    return Section("classes", page.say("h_training_classes"), parts)


def courses(page: TrainingPage) -> Block:
    """Classes put together by course: the model and what it allows for, or its refusal; groups compared."""
    groups = groups_table(page)
    lead = sentences(page.say("training_courses_lead"))
    parts = (lead, courses_table(page), *([groups] if groups else []))
    return Section("courses", page.say("h_training_courses"), parts)


def items(page: TrainingPage) -> Block:
    """Items over all classes of each course."""
    parts: list[object] = [sentences(page.say("training_items_lead"))]
    for course in page.courses:
        place, name = ("course", course), page.course_name(course)
        doubts = [*suspected(page, course), *flagged(page, course)]
        alt, caption = (
            page.say(f"training_{key}_course", course=name) for key in ("alt_items", "caption_items_chart")
        )
        told = listing(doubts) if doubts else sentences(page.say("training_items_fine"))
        inner = (
            told, draw_items(page, course, place, alt, caption),
            items_table(page, course, place, page.say("training_caption_course_items", course=name)),
            reliability_table(page, course),
        )  # fmt: skip
        parts.append(Section(f"items-{page.courses.index(course) + 1}", name, inner, level=3))
    return Section("items", page.say("h_training_items"), tuple(parts))


def teach_again(page: TrainingPage) -> Block:
    """What to teach again, course by course."""
    parts: list[object] = [listing(say_again(page))]
    for course in page.courses:
        caption = page.say("training_caption_course_objectives", course=page.course_name(course))
        parts.append(objectives_table(page, ("course", course), caption))
    return Section("again", page.say("h_training_again"), tuple(parts))


def satisfaction(page: TrainingPage) -> Block:
    """Index by course and class, objects, who judged, lecturers apart, the yearly quotas."""
    if page.figure(page.whole, "satisfaction", "forms", "response_rate").about is None:
        return Section(
            "satisfaction", page.say("h_training_satisfaction"), (sentences(page.say("training_no_forms")),)
        )
    places = [(page.course_name(course), ("course", course)) for course in page.courses]
    places += [(page.say("training_class", class_id=name), ("class", name)) for name in page.classes.index]
    places.append((page.say("training_all_classes"), page.whole))
    shown = [
        listing(say_quality(page)),
        index_table(page, places, page.say("training_caption_index")),
        objects_table(page, page.whole, page.say("training_caption_objects_all")),
        draw_bars(page, page.whole, page.say("training_caption_bars_all")),
        judges_table(page),
        lecturers_table(page),
        quotas_table(page),
    ]
    return Section(
        "satisfaction", page.say("h_training_satisfaction"), tuple(one for one in shown if one is not None)
    )


def transfer(page: TrainingPage) -> Block:
    """What is used at work months later, and what may be claimed of districts."""
    parts: list[object] = []
    if has_follow_up(page):
        parts += [
            sentences(page.say("training_transfer_lead")),
            follow_up_table(page),
            responders_table(page),
        ]
    else:
        parts.append(sentences(page.say("training_no_follow_up")))
    effect = effect_table(page)
    parts += [effect] if effect is not None else []
    return Section("transfer", page.say("h_training_transfer"), tuple(parts))


def limits(page: TrainingPage) -> Block:
    """What cannot be said."""
    return foot.limits(page)


def made(page: TrainingPage) -> Block:
    """What the numbers were made of."""
    return foot.made(page)


def overview(page: TrainingPage) -> Block:
    """All sections in order: the same content as the notebook's cells."""
    first = (title, headlines, coverage, classes, courses, items, teach_again, satisfaction, transfer)
    return Group(tuple(part(page) for part in (*first, limits, made)))
