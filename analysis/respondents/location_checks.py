"""Columns of districts and communes -> findings: unknown codes, names that fit no place, wrong parents."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.persons.masks import HIDDEN, show
from analysis.places import Places
from analysis.respondents.identifiers import place_code
from analysis.respondents.survey_rows import SurveyRows

#: Level -> how messages call it.
_WORDS = {"district": ("district", "huyện"), "commune": ("commune", "xã/phường/thị trấn")}
_BLANK = "(blank)"
#: A code of places has at most so many figures; more are somebody's phone or identity number.
_LONGEST_CODE = 6


def check_locations(
    rows: SurveyRows,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
    places: Places | None = None,
) -> Iterator[Finding]:
    """Places that are not in data/places, and communes in another district.

    Parameters
    ----------
    rows : SurveyRows
        Names that are understood have become codes already.
    district_codes : collection of str
    commune_codes : mapping of str to str
        Commune code -> district code; empty when communes are not checked.
    places : Places, optional
        To say which place may be meant.
    """
    columns, table = rows.survey_round.columns, rows.table
    districts = place_code(table[columns.district], district_codes)
    yield from _unknown(rows, "district", columns.district, districts, district_codes, places)
    if not columns.commune or not commune_codes:
        return
    communes = place_code(table[columns.commune], commune_codes)
    yield from _unknown(rows, "commune", columns.commune, communes, commune_codes, places)
    yield from _elsewhere(
        rows, communes, place_code(table[columns.district], set(commune_codes.values())), commune_codes
    )


def _unknown(
    rows: SurveyRows, level: str, column: str, codes: pd.Series, known: Collection[str], places: Places | None
) -> Iterator[Finding]:
    codes, folder = codes.fillna(_BLANK), rows.survey_round.shown_places
    for code in codes[~codes.isin(list(known))].unique():
        here = (codes == code).to_numpy()
        seen, (vi, en) = _say(code, level, rows.survey_round.province, places)
        finding = Finding(
            "unknown_place_code",
            en,
            vi,
            where=f"{rows.survey_round.file}, column {column}",
            expected=f"a code or a name of {folder}, such as {shown(sorted(known)[:3])}",
            got=f"{seen} in {int(here.sum())} rows",
            hint=f"Mend the code in the file, or add the {level} to {folder}.",
        )
        yield from rows.at_cells(finding, here, column, "" if code == _BLANK else seen)


def _say(code: str, level: str, province: str, places: Places | None) -> tuple[str, tuple[str, str]]:
    """What may be shown of an unknown code or name, and what is said of it: Vietnamese, English."""
    en, vi = _WORDS[level]
    is_code = code == _BLANK or (code.isdecimal() and len(code) <= _LONGEST_CODE)
    seen = code if is_code else HIDDEN
    if places is not None and not is_code:
        looked_up = places.resolve_column(pd.Series([code]), level, province if level == "district" else None)
        # What is near no place may be anything, a person's name too.
        if not looked_up.codes.notna().any() and looked_up.answers and looked_up.answers[0].near:
            seen = show(code, place=True)
            if seen == code:
                return seen, looked_up.say(0)
    return seen, (
        f"Không có {vi} nào là {seen}. Hãy sửa trong tệp hoặc bổ sung vào danh mục.",
        f"There is no {en} with code {seen}.",
    )


def _elsewhere(
    rows: SurveyRows, communes: pd.Series, districts: pd.Series, parents: Mapping[str, str]
) -> Iterator[Finding]:
    """Communes that lie in another district than the row says."""
    columns = rows.survey_round.columns
    elsewhere = communes.isin(list(parents)) & (communes.map(parents) != districts)
    elsewhere &= districts.isin(set(parents.values()))
    pairs = pd.DataFrame({"commune": communes, "district": districts})[elsewhere].value_counts(sort=False)
    for (commune, district), count in pairs.items():
        finding = Finding(
            "unknown_place_code",
            f"Commune {commune} does not lie in district {district}.",
            f"Xã/phường/thị trấn {commune} không thuộc huyện {district}. Hãy sửa mã xã hoặc mã huyện.",
            where=f"{rows.survey_round.file}, columns {columns.commune} and {columns.district}",
            expected=f"district {parents[commune]} for commune {commune}",
            got=f"district {district} in {count} rows",
            hint="Mend the codes in the file, or the commune's row in "
            f"{rows.survey_round.shown_places}/communes.csv.",
        )
        here = (communes == commune) & (districts == district)
        yield from rows.at_cells(finding, here, columns.commune, commune)
