"""Packs -> the small tables of levels and comparisons that a class reads: the packs' own cells."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.briefing.blocks import Column, Table
from analysis.briefing.findings import UNCLEAR, find_all, say_answer
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.tables import count_cell, interval, label, level_cell, level_table, table
from training.lessons.teaching.opened import lesson_pack
from training.lessons.teaching.sampling import count_people, count_units, read_sampling
from training.lessons.teaching.words import say

#: What the thought experiment of lesson 2 is about.
THOUGHT = "poverty_list_published"


def true_share(page: RoundPage, measure: str = THOUGHT) -> float:
    """The province's estimate of a share, taken as the truth of a thought experiment; 0-1."""
    return float(page.by_measure("level").at[measure, "estimate"])


def sizes_of_samples(page: RoundPage) -> tuple[int, ...]:
    """People in a PAPI district, in a PAPI province such as Kiên Giang, and in the round."""
    each = int(read_sampling().at["small", "interviewed"])
    in_district = count_units("villages") // count_units("districts") * each
    return in_district, count_people(), int(page.sample_size["n"])


def interval_table(pack: Pack, measures: Sequence[str]) -> Table:
    """Levels with their intervals, the district's and the province's."""
    caption = say("caption_levels", pack.language, place=pack.names["District"])
    return level_table(pack, list(measures), caption, compared=False)


def comparison_table(pack: Pack) -> Table:
    """A row a dimension: difference from the province, its interval, whether that holds 0, and the answer."""
    cells = []
    for found in find_all(pack, "difference", pack.dimensions):
        holds = say("no" if found.excludes_zero else "yes", pack.language)
        name = label(pack, found.measure)
        cells.append(
            [name, found.difference, interval(found.low, found.high), holds, say_answer(pack, found)]
        )
    head = [Column(pack.say("col_dimension"))]
    head += [Column(say(f"col_{name}", pack.language), name == "difference")
             for name in ("difference", "interval", "holds_zero", "answer")]  # fmt: skip
    caption = say("caption_comparison", pack.language, place=pack.names["District"])
    return table(caption, head, cells, [say("band", pack.language)])


def undecided(pack: Pack) -> list[str]:
    """Dimensions whose interval does not hold 0 and of which nothing is stated all the same."""
    found = find_all(pack, "difference", pack.dimensions)
    return [one.measure for one in found if one.answer == UNCLEAR and one.excludes_zero]


def answers_table(districts: Sequence[str], measure: str, survey_round: str) -> Table:
    """One measure in some districts, in the order of their codes: never ranked."""
    packs = sorted(
        (lesson_pack(name, survey_round) for name in districts), key=lambda pack: pack.district.code
    )
    cells = []
    for pack in packs:
        row = pack.by_measure("level").loc[measure]
        cells.append([pack.district.full_name, level_cell(pack, row), count_cell(pack, row)])
    page = packs[0]
    head = [Column(say("col_place", page.language)), Column(say("col_score_interval", page.language), True)]
    head += [Column(page.say("col_n"), True)]
    caption = say("caption_answers", page.language, measure=label(page, measure))
    return table(caption, head, cells, [say("band", page.language)])


def people_of(pack: Pack) -> str:
    """How many people of the district answered, as its briefing says it."""
    return say_count(pack.sample_size["n"], pack.language)
