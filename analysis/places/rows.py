"""data/places/*.csv -> tables of text, under the names of a date; the default places or a survey's own.

A folder inside data/places holds a survey's own places: districts.csv and provinces.csv with the columns
of `OWN_COLUMNS` at least. What it leaves out is empty, and slugs are made from the names.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import pandas as pd

from analysis import paths
from analysis.errors import UnknownName
from analysis.rows import read_rows

COLUMNS = {
    "districts": (
        "code", "name_vi", "kind_vi", "zone_vi", "province", "slug", "valid_from", "valid_to", "population",
        "population_year", "source", "note",
    ),
    "communes": ("code", "name_vi", "kind_vi", "district", "valid_from", "valid_to", "source"),
    "provinces": (
        "code", "name_vi", "name_en", "slug", "region", "mekong_delta", "valid_from", "valid_to", "source",
    ),
    "regions": ("region", "name_vi", "name_en", "source"),
    "former_names": ("level", "code", "name_vi", "kind_vi", "valid_from", "valid_to", "source"),
    "aliases": ("level", "code", "alias", "source", "note"),
    "prefixes": ("written", "kind_vi", "level", "position", "source"),
    "mergers": ("province", "into", "valid_from", "source"),
}  # fmt: skip
#: Columns that the default files may leave out.
MORE_COLUMNS = {"districts": ("name_en", "kind_en")}
#: The files that a survey's own places must have, and their columns.
OWN_COLUMNS = {
    "districts": ("code", "name_vi", "kind_vi", "province", "source"),
    "provinces": ("code", "name_vi", "source"),
}
#: Letters that look like Đ and are others: Eth and African D.
LOOKALIKE_D = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})


def fold(text: str) -> str:
    """Small letters without accents, single spaces: what two spellings of one name share.

    Examples
    --------
    >>> fold("  Thành phố  RẠCH GIÁ ")
    'thanh pho rach gia'
    >>> fold("Hòn Đất")
    'hon dat'
    """
    letters = unicodedata.normalize("NFD", text.translate(LOOKALIKE_D).casefold().replace("đ", "d"))
    kept = (letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join("".join(kept).split())


def places_folder(folder: str = "") -> Path:
    """Where the files lie: data/places, or a folder inside it.

    Raises
    ------
    UnknownName
        The name is not that of a folder right inside data/places.
    """
    if folder and not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*", folder):
        raise UnknownName(
            f'"{folder}" is not the name of a folder of places.',
            vi=f'"{folder}" không phải là tên thư mục địa bàn. Hãy dùng chữ không dấu, số, - và _.',
            where="data/places",
            expected="letters a-z, digits, - and _, such as nhanes",
            got=folder,
            hint="Name a folder that lies in data/places, or leave it empty.",
        )
    return paths.rows_folder("places", *([folder] if folder else []))


@lru_cache(maxsize=32)
def read_tables(folder: Path, when: date | None, own: bool = False) -> dict[str, pd.DataFrame]:
    """The tables of places by name, with the names in force on `when` (None: every row of today's files)."""
    tables = {name: _read_table(folder, name, own) for name in COLUMNS}
    if when is not None:
        former = tables["former_names"]
        for level in ("district", "commune"):
            now = tables[f"{level}s"]
            tables[f"{level}s"] = _in_force(pd.concat([now, _former_rows(now, former, level)]), when)
            # A unit is known by its names of every date, so those that came later are kept with the former.
            later = now[now["code"].isin(former.loc[former["level"] == level, "code"])].assign(level=level)
            tables["former_names"] = pd.concat([tables["former_names"], later[list(former.columns)]])
        tables["provinces"] = _in_force(tables["provinces"], when)
        if tables["districts"].empty or tables["provinces"].empty:
            _refuse_date(when, tables["mergers"], folder)
    return tables


def _read_table(folder: Path, name: str, own: bool) -> pd.DataFrame:
    """One file; of a survey's own places what it leaves out is empty."""
    path = folder / f"{name}.csv"
    columns = [*COLUMNS[name], *MORE_COLUMNS.get(name, ())]
    if own and name not in OWN_COLUMNS and not path.exists():
        return pd.DataFrame(columns=columns, dtype="str")
    table = read_rows(path, OWN_COLUMNS.get(name, COLUMNS[name]) if own else COLUMNS[name])
    absent = [column for column in columns if column not in table]
    table = table.assign(**dict.fromkeys(absent, ""))
    return table.assign(slug=_slugs(table)) if own and "slug" in table else table


def _slugs(table: pd.DataFrame) -> list[str]:
    """The slugs, made from the name where there is none; a made one that repeats carries the code."""
    made = [_slug(name) for name in table["name_vi"]]
    return [
        given or (_slug(f"{slug} {code}") if made.count(slug) > 1 or not slug else slug)
        for given, slug, code in zip(table["slug"], made, table["code"], strict=True)
    ]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def _former_rows(now: pd.DataFrame, former: pd.DataFrame, level: str) -> pd.DataFrame:
    """Rows under former names: today's row with the name, kind and dates of then."""
    rows = former[former["level"] == level].drop(columns="level")
    today = now.drop(columns=[column for column in rows if column != "code"])
    return rows.merge(today, on="code")[list(now.columns)]


def _in_force(table: pd.DataFrame, when: date) -> pd.DataFrame:
    day = when.isoformat()
    begun = table["valid_from"] <= day  # ISO dates sort as text; an empty first date sorts first
    lasting = (table["valid_to"] == "") | (table["valid_to"] >= day)
    return table[begun & lasting].sort_values("code").reset_index(drop=True)


def _refuse_date(when: date, mergers: pd.DataFrame, folder: Path) -> NoReturn:
    merged = mergers[mergers["valid_from"] <= when.isoformat()]
    into = ", ".join(merged["into"])
    since = f"; its area is now part of the province {into}" if into else ""
    since_vi = f"; địa bàn nay thuộc tỉnh {into}" if into else ""
    raise UnknownName(
        f"No district is in force on {when.isoformat()}{since}.",
        vi=f"Không có huyện/thành phố nào còn hiệu lực vào ngày {when.isoformat()}{since_vi} "
        "(ở Kiên Giang cấp huyện kết thúc ngày 30/6/2025). Hãy dùng địa giới năm 2021."
        if merged.size
        else f"Không có huyện/thành phố nào được ghi nhận vào ngày {when.isoformat()}. "
        "Hãy xem lại ngày hoặc dùng địa giới năm 2021.",
        where=f"{paths.short(folder)}/districts.csv",
        expected="a date up to 2025-06-30, the last day of the district level"
        if merged.size
        else "a date on which districts and provinces of the files are in force",
        got=when.isoformat(),
        hint="Leave the date out to use the fixed 2021 geography.",
    )
