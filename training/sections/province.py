"""A `RoundPage` -> the training section of the province's overview; nothing without training records."""

from __future__ import annotations

from analysis.briefing.blocks import Block, Group, Section
from analysis.briefing.pack import RoundPage
from analysis.briefing.parts import listing
from analysis.briefing.province.overview import overview_page
from training.sections.coverage import communes_map, districts_table, quotas_table
from training.sections.department import say_again, say_learned, say_quality, say_reached
from training.sections.learning import courses_table
from training.sections.opened import of_round_page
from training.sections.satisfaction import index_table
from training.sections.teach_again import objectives_table
from training.sections.transfer import effect_table


def briefing(about: RoundPage) -> Block:
    """The whole overview with the training section in its place, as the notebook shows it."""
    return overview_page(about, [overview(about)])


def overview(about: RoundPage) -> Block:
    """Coverage with its tile map, learning by course, what to teach again, quality, quotas, and no effect."""
    page = of_round_page(about)
    if page is None:
        return Group()
    said = listing([say_reached(page), say_learned(page), *say_again(page), *say_quality(page)])
    places = [(page.course_name(course), ("course", course)) for course in page.courses]
    places.append((page.say("training_all_classes"), page.whole))
    shown = [
        said,
        communes_map(page),
        districts_table(page),
        courses_table(page),
        *(objectives_table(page, ("course", course),
                           page.say("training_caption_course_objectives", course=page.course_name(course)))
          for course in page.courses),
        index_table(page, places, page.say("training_caption_index")),
        quotas_table(page),
        effect_table(page),
    ]  # fmt: skip
    return Section(
        "training", page.say("h_training_province"), tuple(one for one in shown if one is not None)
    )
