"""data/places/*.csv -> districts, communes and provinces by code, and what a person typed -> a district.

Codes are text and last; names and kinds are valid between two dates. A name is matched exactly (case,
accents and the kind may be left out) or refused with suggestions: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from numbers import Integral, Real
from typing import NoReturn

import pandas as pd

from analysis import paths
from analysis.errors import UnknownName, UnknownPlaceCode, nearest, shown
from analysis.place_rows import check_tables, fold, read_tables

__all__ = ["District", "Places", "Province", "check_places", "fold", "read_places"]

#: Kinds of district-level units and their English words.
KIND_EN = {"Thành phố": "city", "Thị xã": "town", "Huyện": "district"}


@dataclass(frozen=True)
class District:
    """One district-level unit, under the name it has on the date asked for."""

    code: str
    name: str
    kind: str
    slug: str
    zone: str
    province: str
    valid_from: date | None
    valid_to: date | None

    @property
    def full_name(self) -> str:
        """As in a heading: "Thành phố Rạch Giá"."""
        return f"{self.kind} {self.name}"

    @property
    def name_en(self) -> str:
        """In English, with the accents of the name: "Rạch Giá city"."""
        return f"{self.name} {KIND_EN[self.kind]}"

    def phrase(self, language: str) -> str:
        """As inside a sentence: "thành phố Rạch Giá", "Rạch Giá city"."""
        return f"{self.kind.lower()} {self.name}" if language == "vi" else self.name_en


@dataclass(frozen=True)
class Province:
    """One of the 63 provinces of 2008-2025."""

    code: str
    name_vi: str
    name_en: str
    slug: str
    region: str

    def name(self, language: str) -> str:
        return self.name_vi if language == "vi" else self.name_en


@dataclass(frozen=True)
class Places:
    """The tables of places, codes as text.

    Attributes
    ----------
    districts, communes, provinces, regions : DataFrame
        Columns as in `place_rows.COLUMNS`; dates as ISO text, empty where not recorded.
    """

    districts: pd.DataFrame
    communes: pd.DataFrame
    provinces: pd.DataFrame
    regions: pd.DataFrame

    def district(self, code: str) -> District:
        """The district with this code.

        Raises
        ------
        UnknownPlaceCode
            No such code; the nearest ones are given.
        """
        row = _row(self.districts, code)
        if row is None:
            _refuse_code(code, self.districts, "district", "huyện")
        return District(
            code=row["code"],
            name=row["name_vi"],
            kind=row["kind_vi"],
            slug=row["slug"],
            zone=row["zone_vi"],
            province=row["province"],
            valid_from=_date(row["valid_from"]),
            valid_to=_date(row["valid_to"]),
        )

    def province(self, code: str) -> Province:
        """The province with this GSO code ("91", "01").

        Raises
        ------
        UnknownPlaceCode
            No such code; the nearest ones are given.
        """
        row = _row(self.provinces, code)
        if row is None:
            _refuse_code(code, self.provinces, "province", "tỉnh")
        return Province(row["code"], row["name_vi"], row["name_en"], row["slug"], row["region"])

    def districts_of(self, province: str) -> list[str]:
        """Codes of a province's districts, in order."""
        return sorted(self.districts.loc[self.districts["province"] == province, "code"])

    def communes_of(self, province: str) -> dict[str, str]:
        """Commune code -> district code, for the communes of a province."""
        inside = self.communes[self.communes["district"].isin(self.districts_of(province))]
        return dict(zip(inside["code"], inside["district"], strict=True))

    def resolve_district(self, typed: str | int) -> District:
        """The district that a person means by a code, a name or a slug.

        Parameters
        ----------
        typed : str or int
            899, "899", "Rạch Giá", "thanh pho rach gia", "RẠCH GIÁ", "rach-gia".

        Raises
        ------
        UnknownName
            What was typed is not exactly one district's code, name or slug. Part of a name or a
            slip of the key is refused, with the nearest names; it is never taken for one of them.
        """
        text = _typed_text(typed)
        key = fold(text)
        matches = [row["code"] for row in self.districts.to_dict("records") if key and key in _keys(row)]
        if len(matches) == 1:
            return self.district(matches[0])
        self._refuse_name(text, matches)

    def _refuse_name(self, text: str, matches: Sequence[str]) -> NoReturn:
        close = list(matches) or _near_codes(fold(text), self.districts)
        names = [f"{code} {self.district(code).full_name}" for code in close or self.districts["code"]]
        many = len(matches) > 1
        what = "fits several districts" if many else "is not a district"
        vi = "ứng với nhiều huyện/thành phố" if many else "không phải là một huyện/thành phố"
        raise UnknownName(
            f'"{text}" {what}.',
            vi=f'"{text}" {vi}. {"Có phải là" if close else "Hãy chọn một trong"}: {shown(names)}.',
            where="data/places/districts.csv",
            expected="a district's code, full name (accents may be left out) or slug",
            got=text,
            hint=f"{'Perhaps you mean' if close else 'Use one of'} {shown(names)}.",
        )


def read_places(when: int | date | None = None) -> Places:
    """Read the tables of places.

    Parameters
    ----------
    when : int or date, optional
        Units and names in force on this date; a year stands for its 30 June. Without it, the fixed
        2021 geography that packs are made by: every row of districts.csv and communes.csv.

    Raises
    ------
    UnknownName
        No district is in force on that date.
    BadRows
        A file of data/places is not there or not usable.

    Notes
    -----
    Read once a process and date. An empty first date means that the start is not recorded.
    """
    if isinstance(when, Integral):
        when = date(int(when), 6, 30)
    read = read_tables(paths.rows_folder("places"), when)
    # Shallow copies: pandas copies on write, so a caller's change never reaches the next caller.
    return Places(**{name: table.copy(deep=False) for name, table in read.items()})


def _row(table: pd.DataFrame, code: str) -> dict[str, str] | None:
    rows = table[table["code"] == str(code)]
    return rows.iloc[0].to_dict() if len(rows) else None


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _typed_text(typed: object) -> str:
    """899, 899.0 and "899" are the same code: papermill and spreadsheets turn codes into numbers."""
    if isinstance(typed, Real) and not isinstance(typed, bool) and float(typed).is_integer():
        return str(int(typed))
    return str(typed).strip()


def _keys(row: dict[str, str]) -> set[str]:
    return {row["code"], row["slug"], fold(row["name_vi"]), fold(f"{row['kind_vi']} {row['name_vi']}")}


def _near_codes(key: str, districts: pd.DataFrame) -> list[str]:
    """Codes of the districts most like what was typed: whole words shared first, then similar letters."""
    if key.isdecimal():
        return _nearest_numbers(key, districts["code"])
    by_key = {key: row["code"] for row in districts.to_dict("records") for key in _keys(row)}
    contained = [code for known, code in by_key.items() if f" {known} " in f" {key} "]
    containing = [code for known, code in by_key.items() if key and f" {key} " in f" {known} "]
    similar = [by_key[known] for known in nearest(key, by_key)]
    return list(dict.fromkeys([*contained, *containing, *similar]))


def _nearest_numbers(code: str, codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda known: (abs(int(known) - int(code)), known))[:3]


def _refuse_code(code: object, table: pd.DataFrame, unit: str, unit_vi: str) -> NoReturn:
    near = _nearest_numbers(str(code), table["code"]) if str(code).isdecimal() else []
    known = dict(zip(table["code"], table["name_vi"], strict=True))
    names = [f"{each} {known[each]}" for each in near or known]
    raise UnknownPlaceCode(
        f'There is no {unit} with code "{code}".',
        vi=f'Không có mã {unit_vi} "{code}". Các mã gần đó: {shown(names)}.',
        where=f"data/places/{unit}s.csv",
        expected=f"a {unit} code as text, such as {shown(names)}",
        got=str(code),
        hint="Mend the code, or add the place's row with its source.",
    )


def check_places(places: Places | None = None) -> pd.DataFrame:
    """Find rows of places that break their rules: codes, parents, spelling, slugs, dates, sources.

    Parameters
    ----------
    places : Places, optional
        The committed rows by default.

    Returns
    -------
    DataFrame of findings (kind, code, what, vi, where, expected, got, hint); empty when all is well.
    """
    places = places or read_places()
    return check_tables({name: getattr(places, name) for name in Places.__annotations__})
