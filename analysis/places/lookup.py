"""data/places/*.csv -> districts, communes and provinces by code, and what a person typed -> one of them.

Codes are text and last; names and kinds are valid between two dates. A name in any usual spelling is
matched exactly or refused with suggestions: nothing is guessed (`analysis.places.names` has the rules).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from numbers import Integral
from typing import NoReturn

import pandas as pd

from analysis import paths
from analysis.errors import UnknownName, UnknownPlaceCode, shown
from analysis.places.answers import say_refusal
from analysis.places.checks import check_tables
from analysis.places.column import ResolvedColumn, resolve_texts
from analysis.places.names import PlaceNames
from analysis.places.rows import COLUMNS, fold, places_folder, read_tables
from analysis.places.units import Commune, District, Province

__all__ = ["Commune", "District", "Places", "Province", "check_places", "fold", "read_places"]


@dataclass(frozen=True)
class Places:
    """The tables of places, codes as text.

    Attributes
    ----------
    districts, communes, provinces, regions : DataFrame
        Columns as in `places.rows.COLUMNS`; dates as ISO text, empty where not recorded.
    former_names, aliases, prefixes, mergers : DataFrame
        What names are looked up by besides; empty where a survey's own places have none.
    folder : str
        Folder inside data/places of a survey's own places; "" for the default.
    """

    districts: pd.DataFrame
    communes: pd.DataFrame
    provinces: pd.DataFrame
    regions: pd.DataFrame
    former_names: pd.DataFrame
    aliases: pd.DataFrame
    prefixes: pd.DataFrame
    mergers: pd.DataFrame
    folder: str = ""

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by the name of their file."""
        return {name: getattr(self, name) for name in COLUMNS}

    @cached_property
    def names(self) -> PlaceNames:
        """Every name that a place is known by."""
        return PlaceNames(self.tables)

    @cached_property
    def _by_code(self) -> dict[str, dict[str, dict[str, str]]]:
        """Table -> code -> its row; the first where a code stands twice."""
        units = ("districts", "communes", "provinces")
        return {
            name: {row["code"]: row for row in reversed(self.tables[name].to_dict("records"))}
            for name in units
        }

    def district(self, code: str) -> District:
        """The district with this code.

        Raises
        ------
        UnknownPlaceCode
            No such code; the nearest ones are given.
        """
        row = self._by_code["districts"].get(str(code))
        if row is None:
            _refuse_code(code, self.districts, "district", "huyện", self.shown_folder)
        return District(
            code=row["code"],
            name=row["name_vi"],
            kind=row["kind_vi"],
            slug=row["slug"],
            zone=row["zone_vi"],
            province=row["province"],
            valid_from=_date(row["valid_from"]),
            valid_to=_date(row["valid_to"]),
            bare_name_en=row["name_en"],
            kind_en=row["kind_en"],
        )

    def commune(self, code: str) -> Commune:
        """The commune with this code.

        Raises
        ------
        UnknownPlaceCode
            No such code; the nearest ones are given.
        """
        row = self._by_code["communes"].get(str(code))
        if row is None:
            _refuse_code(code, self.communes, "commune", "xã/phường/thị trấn", self.shown_folder)
        dates = _date(row["valid_from"]), _date(row["valid_to"])
        return Commune(row["code"], row["name_vi"], row["kind_vi"], row["district"], *dates)

    def province(self, code: str) -> Province:
        """The province with this GSO code ("91", "01").

        Raises
        ------
        UnknownPlaceCode
            No such code; the nearest ones are given.
        """
        row = self._by_code["provinces"].get(str(code))
        if row is None:
            _refuse_code(code, self.provinces, "province", "tỉnh", self.shown_folder)
        english = row["name_en"] or row["name_vi"]
        return Province(row["code"], row["name_vi"], english, row["slug"], row["region"])

    def districts_of(self, province: str) -> list[str]:
        """Codes of a province's districts, in order."""
        return sorted(self.districts.loc[self.districts["province"] == province, "code"])

    def communes_of(self, province: str) -> dict[str, str]:
        """Commune code -> district code, for the communes of a province."""
        inside = self.communes[self.communes["district"].isin(self.districts_of(province))]
        return dict(zip(inside["code"], inside["district"], strict=True))

    def resolve_district(self, typed: str | int, province: str = "") -> District:
        """The district that a person means by a code, a name or a slug.

        Parameters
        ----------
        typed : str or int
            899, "899", "Rạch Giá", "Tp. Rach Gia", "RẠCH GIÁ, tỉnh Kiên Giang", "899 - Rạch Giá", "rach-gia".
        province : str, optional
            Code of the province that it must lie in.

        Raises
        ------
        UnknownName
            What was typed is not exactly one district's code, name or slug, or its parts contradict each
            other. Part of a name or a slip of the key is refused, with the nearest names; it is never
            taken for one of them.
        """
        return self.district(self._resolve(typed, "district", province))

    def resolve_commune(self, typed: str | int, district: str | int | District | None = None) -> Commune:
        """The commune that a person means by a code or a name.

        Parameters
        ----------
        typed : str or int
            30892, "Vĩnh Hòa Hiệp", "X. Bình An - H. Kiên Lương", "TT. Minh Lương, Châu Thành, Kiên Giang".
        district : str, int or District, optional
            The district that it must lie in, by code or in any spelling. Without it a name that occurs in
            two districts is refused, unless what was typed says which.

        Raises
        ------
        UnknownName
            As for `resolve_district`.
        """
        if district is None or isinstance(district, District):
            parent = district.code if district else ""
        else:
            parent = self.resolve_district(district).code
        return self.commune(self._resolve(typed, "commune", parent))

    def resolve_column(
        self, values: pd.Series, level: str, parent: pd.Series | str | None = None
    ) -> ResolvedColumn:
        """The codes of a whole column, each different spelling looked up once.

        Parameters
        ----------
        values : Series
            What was typed; empty cells (NA, "") stay empty and are no fault.
        level : {"district", "commune", "province"}
        parent : Series of str or str, optional
            Code of the unit above, for every row or for all: the district of a commune. Where it is
            empty any unit of the level fits.

        Returns
        -------
        ResolvedColumn
            Codes, the different spellings and what each was taken for; `.findings()` says it to a reader.
        """
        return resolve_texts(self.names, values, level, parent, self.shown_folder)

    @property
    def shown_folder(self) -> str:
        return paths.short(paths.rows_folder("places", *filter(None, [self.folder])))

    def _resolve(self, typed: object, level: str, parent: str) -> str:
        answer = self.names.find(typed, level, parent)
        if answer.code:
            return answer.code
        fields = say_refusal(self.names, answer, typed, level, self.shown_folder, parent)
        raise UnknownName(fields.pop("what"), vi=fields.pop("vi"), **fields)


def read_places(when: int | date | None = None, folder: str = "") -> Places:
    """Read the tables of places.

    Parameters
    ----------
    when : int or date, optional
        Units and names in force on this date; a year stands for its 30 June. Without it, the fixed
        2021 geography that packs are made by: every row of districts.csv and communes.csv.
    folder : str, optional
        Name of a folder inside data/places with a survey's own places: another province, or areas that
        are no Vietnamese districts. districts.csv and provinces.csv must be there; the rest may be.

    Raises
    ------
    UnknownName
        No district is in force on that date, or `folder` is no folder's name.
    BadRows
        A file of data/places is not there or not usable.

    Notes
    -----
    Read once a process, folder and date. An empty first date means that the start is not recorded.
    """
    read = read_tables(places_folder(folder), _day(when), bool(folder))
    # Shallow copies: pandas copies on write, so a caller's change never reaches the next caller.
    return Places(**{name: table.copy(deep=False) for name, table in read.items()}, folder=folder)


def _day(when: int | date | None) -> date | None:
    """The date itself; 30 June of a year."""
    if when is None or isinstance(when, date):
        return when
    if isinstance(when, Integral) and 1 <= when <= 9999:
        return date(int(when), 6, 30)
    raise UnknownName(
        f"{when!r} is not a year or a date.",
        vi=f"{when!r} không phải là năm hay ngày. Hãy ghi năm bằng bốn chữ số, hoặc bỏ trống nếu không rõ.",
        expected="a year such as 2021, or a date",
        got=str(when),
        hint="Leave the year out where it is not known: the fixed 2021 geography is used.",
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _nearest_numbers(code: str, codes: Iterable[str]) -> list[str]:
    numbers = [known for known in codes if known.isdecimal()]
    return sorted(numbers, key=lambda known: (abs(int(known) - int(code)), known))[:3]


def _refuse_code(code: object, table: pd.DataFrame, unit: str, unit_vi: str, folder: str) -> NoReturn:
    near = _nearest_numbers(str(code), table["code"]) if str(code).isdecimal() else []
    known = dict(zip(table["code"], table["name_vi"], strict=True))
    names = [f"{each} {known[each]}" for each in near or known]
    raise UnknownPlaceCode(
        f'There is no {unit} with code "{code}".',
        vi=f'Không có mã {unit_vi} "{code}". Các mã gần đó: {shown(names)}.',
        where=f"{folder}/{unit}s.csv",
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
    return check_tables(places.tables, places.shown_folder)
