"""Published PAPI scores -> a year's scores and ranks, the region's provinces, the breaks between years."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis import paths
from analysis.briefing.blocks import Column, Table
from analysis.briefing.numbers import say_difference, say_number
from analysis.briefing.pack import RoundPage
from analysis.briefing.tables import label, table
from analysis.context.breaks import read_breaks
from analysis.context.compared import region_of
from analysis.context.published import published_series, rank_provinces, read_published
from analysis.context.published_rows import read_total
from analysis.places import read_places
from analysis.rows import read_rows
from training.lessons.teaching.words import say

KIEN_GIANG = "91"
TOTAL = "PAPI"
_QUOTED = ("year", "province", "measure", "statistic", "value", "source")
#: What a source quotes -> what of a `Standing` it is compared with.
_COMPARED = {"score": "score", "rank": "rank", "rank_of": "n", "mekong_rank": "rank_in_region"}


@dataclass(frozen=True)
class Standing:
    """One published score and where it stands."""

    measure: str
    year: int
    score: float
    maximum: float
    rank: int
    n: int
    rank_in_region: int
    n_region: int


def standing(measure: str, year: int, province: str = KIEN_GIANG) -> Standing:
    """A province's published score of a year.

    Raises
    ------
    KeyError
        Nothing was published of that measure and year.

    Examples
    --------
    >>> standing("PAPI", 2021).rank, standing("PAPI", 2021).n
    (57, 60)
    """
    series = published_series(province, [measure]).set_index("year").loc[year]
    names = ("score", "maximum", "rank", "n", "rank_in_region", "n_region")
    return Standing(measure, year, *(series[name].item() for name in names))


def dimensions_of(year: int, province: str = KIEN_GIANG) -> list[str]:
    """The dimensions with a published score in a year, in order."""
    series = published_series(province)
    rows = series[(series["year"] == year) & (series["measure_kind"] == "dimension")]
    return sorted(rows["measure"])


def neighbours(year: int, measure: str = TOTAL) -> pd.DataFrame:
    """The provinces of Kiên Giang's region from best to worst: the rows of `rank_provinces`."""
    ranked = rank_provinces(read_published(), measure, year)
    return ranked[ranked["region"] == region_of(KIEN_GIANG)].reset_index(drop=True)


def year_table(page: RoundPage, year: int) -> Table:
    """A row a dimension and the total: score, highest possible score, rank, rank in the region."""
    cells = []
    for measure in [*dimensions_of(year), TOTAL]:
        one = standing(measure, year)
        name = say("total", page.language) if measure == TOTAL else label(page, measure)
        decimals = 0 if measure == TOTAL else None
        cells.append(
            [
                name,
                say_number(one.score, "score", page.language),
                say_number(one.maximum, "score", page.language, decimals=decimals),
                page.say("rank_of", rank=str(one.rank), n=str(one.n)),
                page.say("rank_of", rank=str(one.rank_in_region), n=str(one.n_region)),
            ]
        )
    head = [Column(page.say("col_dimension"))]
    head += [
        Column(page.say(f"col_{name}"), True) for name in ("score", "scale_top", "rank", "rank_in_region")
    ]
    return table(say("caption_year", page.language, in_year=str(year)), head, cells, [_source(page)])


def neighbours_table(page: RoundPage, year: int) -> Table:
    """The provinces of the region from best to worst in the year's total, Kiên Giang marked."""
    places = read_places()
    cells = []
    for row in neighbours(year).to_dict("records"):
        own = row["province"] == KIEN_GIANG
        name = places.province(row["province"]).name(page.language)
        cells.append(
            [
                f"▶ {name}" if own else name,
                say_number(row["score"], "score", page.language),
                page.say("rank_of", rank=str(row["rank_in_region"]), n=str(row["n_region"])),
                page.say("rank_of", rank=str(row["rank"]), n=str(row["n"])),
            ]
        )
    head = [Column(say("col_province", page.language))]
    head += [Column(page.say(f"col_{name}"), True) for name in ("total", "rank_in_region", "rank")]
    note = say("note_missing_provinces", page.language)
    return table(
        say("caption_neighbours", page.language, in_year=str(year)), head, cells, [note, _source(page)]
    )


def broken(first: int, last: int, kinds: tuple[str, ...] = ("D", "PAPI")) -> list[str]:
    """Measures that cannot be compared between two years: a break lies between.

    Parameters
    ----------
    kinds : tuple of str
        What the measures' codes begin with.
    """
    breaks = read_breaks("papi")
    inside = breaks[(breaks["year"] > first) & (breaks["year"] <= last)]
    return sorted({code for code in inside["measure"] if code.startswith(kinds)})


def breaks_table(page: RoundPage, first: int, last: int) -> Table:
    """What changed in how sub-dimensions are measured, with the mean of all provinces before and after."""
    breaks = read_breaks("papi")
    rows = breaks[(breaks["year"] > first) & (breaks["year"] <= last) & breaks["measure"].str.startswith("S")]
    means = read_published().groupby(["measure", "year"])["score"].mean()
    cells = []
    for row in rows.sort_values(["year", "measure"]).itertuples():
        ends = [means.get((row.measure, year)) for year in (row.year - 1, row.year)]
        said = ["–" if end is None else say_number(end, "score", page.language) for end in ends]
        change = "–" if None in ends else say_difference(ends[1] - ends[0], "score", page.language)
        what = getattr(row, f"what_{page.language}")
        cells.append([f"{row.measure.removeprefix('S')}", str(row.year), what, *said, change])
    names = ("part", "from_year", "what", "mean_before", "mean_after", "mean_change")
    head = [Column(say(f"col_{name}", page.language), name.startswith("mean")) for name in names]
    caption = say("caption_breaks", page.language, first=str(first), last=str(last))
    return table(caption, head, cells, [_source(page)])


def _source(page: RoundPage) -> str:
    return say("source", page.language, source=read_total()["source"])


def strongest(year: int) -> str:
    """The dimension in which Kiên Giang's rank was best."""
    return min(dimensions_of(year), key=lambda code: standing(code, year).rank)


def highest(year: int) -> str:
    """The dimension in which Kiên Giang's score was highest."""
    return max(dimensions_of(year), key=lambda code: standing(code, year).score)


def quoted_table(page: RoundPage) -> Table:
    """Total and rank of Kiên Giang as papers and the province wrote them, beside what PAPI's own table
    gives."""
    rows = read_rows(paths.rows_folder("published") / "quoted.csv", _QUOTED)
    own = rows[
        (rows["province"] == KIEN_GIANG) & (rows["measure"] == TOTAL) & rows["statistic"].isin(_COMPARED)
    ]
    cells = []
    for row in own.to_dict("records"):
        one = standing(TOTAL, int(row["year"]))
        quoted, computed = float(row["value"]), getattr(one, _COMPARED[row["statistic"]])
        unit = "score" if row["statistic"] == "score" else "minutes"
        said = [say_number(value, unit, page.language) for value in (quoted, computed)]
        same = say("same" if said[0] == said[1] else "differs", page.language)
        cells.append(
            [row["year"], say(f"quoted_{row['statistic']}", page.language), *said, same, _site(row["source"])]
        )
    names = ("year", "what_figure", "quoted", "computed", "verdict", "where_quoted")
    head = [Column(say(f"col_{name}", page.language), name in ("quoted", "computed")) for name in names]
    return table(say("caption_quoted", page.language), head, cells, [_source(page)])


def _site(source: str) -> str:
    """A source without the address inside the site."""
    return source.removeprefix("https://").removeprefix("www.").split("/")[0].split(";")[0]
