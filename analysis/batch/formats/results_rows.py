"""Rows of the results -> the rows of an annex, tidy: the results table's columns, names, units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import pandas as pd

from analysis.batch.formats.csv_lines import csv_lines
from analysis.batch.formats.result_units import unit_of_row
from analysis.briefing.pack import Pack, RoundPage
from analysis.briefing.wording import LANGUAGES
from analysis.context.parindex import DISTRICT_INDEX
from analysis.context.parindex_points import INDEX
from analysis.context.parindex_rows import read_parindex
from analysis.context.published_rows import read_structure
from analysis.estimates.results import COLUMNS
from analysis.places.units import KIND_EN

#: What stands beside the results table's own columns.
NAMES = ("place_vi", "place_en", "measure_vi", "measure_en", "unit")
ANNEX_COLUMNS = (*COLUMNS, *NAMES)
#: Significant digits: far more than any page shows, and fewer than those in which machines differ.
DIGITS = 10


@dataclass(frozen=True)
class TidyRows:
    """Rows of an annex and, once they are asked for, their lines in `annex.csv`.

    Parameters
    ----------
    frame : DataFrame in the columns of `ANNEX_COLUMNS`
        Its index is that of the results.
    """

    frame: pd.DataFrame

    @cached_property
    def lines(self) -> list[str]:
        return csv_lines(self.frame)


@dataclass(frozen=True)
class AnnexRows:
    """The rows of a page's annex.

    Attributes
    ----------
    own : TidyRows
        Of a district's page those of the district and its communes; of any other page all of them.
    around : TidyRows
        The others, alike in all packs of a round.
    """

    own: TidyRows
    around: TidyRows

    @cached_property
    def all(self) -> pd.DataFrame:
        """All rows in the order of the results, counted from 0."""
        parts = [part.frame for part in (self.own, self.around) if len(part.frame)]
        whole = pd.concat(parts) if len(parts) > 1 else (parts or [self.own.frame])[0]
        return whole.sort_index().reset_index(drop=True)

    @property
    def lines(self) -> list[str]:
        """The lines of `annex.csv` in the same order."""
        both = [*zip(self.own.frame.index, self.own.lines, strict=True)]
        both += zip(self.around.frame.index, self.around.lines, strict=True)
        return [line for _, line in sorted(both, key=itemgetter(0))]


def annex_rows(page: RoundPage, rows: pd.DataFrame) -> AnnexRows:
    """The rows of a page's annex.

    Parameters
    ----------
    rows : DataFrame
        Those of the page's results that stand behind it, with the results' index.

    Returns
    -------
    AnnexRows
        Numbers have `DIGITS` significant digits; where one is withheld there is none here either.

    Notes
    -----
    Names are those of the round's own framework, places and files of counts; where a measure has none
    (a composite of an earlier year) that of the year's published structure.

    Five in six rows behind a district's page are the province's and the country's: they are named and
    rounded once for all packs of a round, and stand in annex.csv alone; a workbook with all of them would
    take longer to make than the page.
    """
    if not isinstance(page, Pack):
        return AnnexRows(TidyRows(_tidy(page, rows)), TidyRows(_tidy(page, rows.iloc[:0])))
    is_own = rows["place_kind"].isin(("district", "commune"))
    around, shared = rows[~is_own], page.surroundings
    name = ("annex_rows", around.index.to_numpy().tobytes())
    return AnnexRows(
        TidyRows(_tidy(page, rows[is_own])), shared.once(name, lambda: TidyRows(_tidy(shared, around)))
    )


def _tidy(page: RoundPage, rows: pd.DataFrame) -> pd.DataFrame:
    places, measures = dict(_places(page, rows)), _measure_names(page)
    at = list(zip(rows["place_kind"], rows["place"], strict=True))
    named = {f"place_{one}": [places[which][one] for which in at] for one in LANGUAGES}
    named |= {f"measure_{one}": rows["measure"].map(measures[one]).fillna("") for one in LANGUAGES}
    about = rows[["measure", "measure_kind", "statistic"]]
    named["unit"] = [unit_of_row(page, row) for row in about.itertuples()]
    rounded = {name: _rounded(rows[name]) for name in rows if rows[name].dtype.kind == "f"}
    return rows.assign(**named, **rounded)[list(ANNEX_COLUMNS)]


def _rounded(values: pd.Series) -> pd.Series:
    rounded, known = values.copy(), values.notna()  # most of the rows around have few numbers
    rounded[known] = [float(f"{value:.{DIGITS}g}") for value in values[known]]
    return rounded


def _places(page: RoundPage, rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str], dict[str, str]]]:
    """Kind and code -> language -> name, of every place of the rows."""
    for kind, code in rows[["place_kind", "place"]].drop_duplicates().itertuples(index=False):
        names = _place(page, kind, code)
        yield (kind, code), dict(zip(LANGUAGES, names, strict=True))


def _place(page: RoundPage, kind: str, code: str) -> tuple[str, str]:
    """A place's name in Vietnamese and in English."""
    if kind == "district":
        district = page.places.district(code)
        return district.full_name, district.name_en
    if kind == "commune":
        commune = page.places.commune(code)
        return commune.full_name, f"{commune.name} {KIND_EN.get(commune.kind, commune.kind)}".strip()
    if kind == "province":
        province = page.places.province(code)
        return province.name_vi, province.name_en
    if kind == "region":
        about = page.places.regions.set_index("region").loc[code]
        return about["name_vi"], about["name_en"]
    return page.words["country"]["vi"], page.words["country"]["en"]


def _measure_names(page: RoundPage) -> dict[str, dict[str, str]]:
    """Language -> measure -> name: what was published, scored, counted, then the round's own framework."""
    structure, fields = read_structure(), read_parindex("fields")
    criteria = page.criteria["name"] if len(page.criteria) else pd.Series(dtype="str")
    names = {}
    for one in LANGUAGES:
        known = dict(zip(structure["sub_dimension"], structure[f"name_{one}"], strict=True))
        known[INDEX] = page.words["measure_parindex"][one]
        known[DISTRICT_INDEX] = page.words["measure_district_par_index"][one]
        known |= {f"{INDEX}/{row.field}": getattr(row, f"name_{one}") for row in fields.itertuples()}
        known |= {measure: f"{measure.rpartition('/')[2]}. {name}" for measure, name in criteria.items()}
        known |= page.figures[f"name_{one}"].to_dict()
        names[one] = known | page.measures[f"name_{one}"].to_dict()
    return names
