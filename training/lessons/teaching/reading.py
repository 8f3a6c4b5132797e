"""A district's pack -> what a class looks for in it: signs, lines that bear them, what cannot be compared."""

from __future__ import annotations

from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_count
from analysis.briefing.pack import Pack
from analysis.briefing.tables import legend, level_table, table
from analysis.estimates import quality
from training.lessons.teaching.words import say

#: The flags in the order in which a reader meets them.
FLAGS = (quality.GOOD, quality.CAUTION, quality.SUPPRESSED, quality.NOT_ESTIMATED)
#: How many lines of each sign a class is shown.
LINES = 2


def count_signs(pack: Pack) -> dict[str, int]:
    """Flag -> how many levels of the annex bear it: those that the section on limits counts."""
    rows = pack.by_measure("level")
    flags = rows.loc[rows["measure_kind"].isin(["dimension", "sub_dimension", "indicator"]), "quality"]
    return {flag: int((flags == flag).sum()) for flag in FLAGS}


def signs_table(pack: Pack) -> Table:
    """A row a sign: what it means by the round's thresholds, and how many numbers of the annex bear it."""
    counts, language = count_signs(pack), pack.language
    meanings = zip(FLAGS[1:], legend(pack, list(FLAGS)), strict=True)
    cells = [
        [say("sign_none", language), say("sign_none_means", language), say_count(counts[FLAGS[0]], language)]
    ]
    for flag, meaning in meanings:
        sign = quality.SIGNS[flag]
        cells.append([sign, meaning.removeprefix(sign).strip(), say_count(counts[flag], language)])
    head = [
        Column(say("col_sign", language)),
        Column(say("col_meaning", language)),
        Column(say("col_numbers", language), True),
    ]
    caption = say("caption_signs", language, place=pack.names["District"])
    return table(caption, head, cells, [say("band", language)])


def signed_table(pack: Pack) -> Table:
    """A few lines of the annex, some of each sign."""
    rows = pack.by_measure("level")
    rows = rows[rows["measure_kind"] == "indicator"]
    picked = [name for flag in FLAGS for name in rows.index[rows["quality"] == flag][:LINES]]
    caption = say("caption_signed", pack.language, place=pack.names["District"])
    return level_table(pack, picked, caption, compared=False)


def broken_dimensions(pack: Pack) -> list[str]:
    """The dimensions whose change is not given because they were measured otherwise in the year before."""
    rows = pack.by_measure("change")
    return [code for code in pack.dimensions if code not in rows.index]
