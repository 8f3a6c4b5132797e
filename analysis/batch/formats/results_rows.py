"""A `Pack` -> the rows behind its annex, tidy: the results table's columns, names, units."""

from __future__ import annotations

import pandas as pd

from analysis.batch.formats.result_units import unit_of_row
from analysis.briefing.pack import Pack
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


def annex_rows(pack: Pack) -> pd.DataFrame:
    """The rows behind a district's annex.

    Returns
    -------
    DataFrame in the columns of `ANNEX_COLUMNS`
        Every row of the pack but the published scores of parts of dimensions, which no page of a district
        shows. Numbers have `DIGITS` significant digits. A row whose number is withheld has none here either.

    Notes
    -----
    Names are those of the round's own framework, places and files of counts; where a measure has none
    (a composite of an earlier year) that of the year's published structure.
    """
    rows = pack.results[~_published_parts(pack)].reset_index(drop=True)
    places = _place_names(pack, rows)
    measures = _measure_names(pack)
    named = {f"place_{one}": rows["place"].map(places[one]).fillna("") for one in LANGUAGES}
    named |= {f"measure_{one}": rows["measure"].map(measures[one]).fillna("") for one in LANGUAGES}
    named["unit"] = [
        unit_of_row(pack, row) for row in rows[["measure", "measure_kind", "statistic"]].itertuples()
    ]
    rounded = {name: rows[name].map(_rounded) for name in rows if rows[name].dtype.kind == "f"}
    return rows.assign(**named, **rounded)[list(ANNEX_COLUMNS)]


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


def _published_parts(pack: Pack) -> pd.Series:
    parts = pack.around("published")
    return pack.results.index.isin(parts.index[~parts["measure_kind"].isin([pack.headline_kind, "total"])])


def _place_names(pack: Pack, rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Language -> code -> name, of every place of the rows."""
    places, names = pack.places, {language: {} for language in LANGUAGES}
    for kind, code in rows[["place_kind", "place"]].drop_duplicates().itertuples(index=False):
        vi, en = _place(pack, places, kind, code)
        names["vi"][code], names["en"][code] = vi, en
    return names


def _place(pack: Pack, places, kind: str, code: str) -> tuple[str, str]:
    if kind == "district":
        return pack.district.full_name, pack.district.name_en
    if kind == "commune":
        commune = places.commune(code)
        return commune.full_name, f"{commune.name} {KIND_EN.get(commune.kind, commune.kind)}".strip()
    if kind == "province":
        province = places.province(code)
        return province.name_vi, province.name_en
    if kind == "region":
        about = places.regions.set_index("region").loc[code]
        return about["name_vi"], about["name_en"]
    return pack.words["country"]["vi"], pack.words["country"]["en"]


def _measure_names(pack: Pack) -> dict[str, dict[str, str]]:
    """Language -> measure -> name: what was published, scored, counted, then the round's own framework."""
    structure, fields = read_structure(), read_parindex("fields")
    criteria = pack.criteria["name"] if len(pack.criteria) else pd.Series(dtype="str")
    names = {}
    for one in LANGUAGES:
        known = dict(zip(structure["sub_dimension"], structure[f"name_{one}"], strict=True))
        known[INDEX] = pack.words["measure_parindex"][one]
        known[DISTRICT_INDEX] = pack.words["measure_district_par_index"][one]
        known |= {f"{INDEX}/{row.field}": getattr(row, f"name_{one}") for row in fields.itertuples()}
        known |= {measure: f"{measure.rpartition('/')[2]}. {name}" for measure, name in criteria.items()}
        known |= pack.figures[f"name_{one}"].to_dict()
        names[one] = known | pack.measures[f"name_{one}"].to_dict()
    return names
