"""data/places/*.csv -> tables of text, under the names of a date; the rules that every row keeps."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import pandas as pd

from analysis.errors import UnknownName, shown
from analysis.findings import Finding, findings_table
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
}  # fmt: skip


def fold(text: str) -> str:
    """Small letters without accents, single spaces: what two spellings of one name share.

    Examples
    --------
    >>> fold("  Thành phố  RẠCH GIÁ ")
    'thanh pho rach gia'
    >>> fold("Hòn Đất")
    'hon dat'
    """
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if unicodedata.category(letter) != "Mn").split())


@lru_cache(maxsize=32)
def read_tables(folder: Path, when: date | None) -> dict[str, pd.DataFrame]:
    """The tables of places by name, with the names in force on `when` (None: the 2021 geography)."""
    tables = {name: read_rows(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items()}
    former = tables.pop("former_names")
    if when is not None:
        for level in ("district", "commune"):
            now = tables[f"{level}s"]
            tables[f"{level}s"] = _in_force(pd.concat([now, _former_rows(now, former, level)]), when)
        tables["provinces"] = _in_force(tables["provinces"], when)
        if tables["districts"].empty:
            _refuse_date(when)
    return tables


def _former_rows(now: pd.DataFrame, former: pd.DataFrame, level: str) -> pd.DataFrame:
    """Rows under former names: today's row with the name, kind and dates of then."""
    rows = former[former["level"] == level].drop(columns="level").set_index("code")
    today = now[now["code"].isin(rows.index)].set_index("code")
    return today.assign(**{column: rows[column] for column in rows}).reset_index()[list(now.columns)]


def _in_force(table: pd.DataFrame, when: date) -> pd.DataFrame:
    day = when.isoformat()
    begun = table["valid_from"] <= day  # ISO dates sort as text; an empty first date sorts first
    lasting = (table["valid_to"] == "") | (table["valid_to"] >= day)
    return table[begun & lasting].sort_values("code").reset_index(drop=True)


def _refuse_date(when: date) -> NoReturn:
    raise UnknownName(
        f"No district is in force on {when.isoformat()}.",
        vi=f"Không có huyện/thành phố nào còn hiệu lực vào ngày {when.isoformat()} "
        "(cấp huyện kết thúc ngày 30/6/2025). Hãy dùng địa giới năm 2021.",
        where="data/places/districts.csv",
        expected="a date up to 2025-06-30, the last day of the district level",
        got=when.isoformat(),
        hint="Leave the date out to use the fixed 2021 geography.",
    )


def check_tables(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Find rows that break their rules; see `analysis.places.check_places`."""
    found: list[Finding] = []
    for name, key in (
        ("districts", "code"),
        ("communes", "code"),
        ("provinces", "code"),
        ("regions", "region"),
    ):
        table = tables[name]
        found += [_finding(name, *rule, key) for rule in _row_rules(table, key) if len(rule[-1])]
    parents = (
        ("communes", "district", tables["districts"]["code"]),
        ("districts", "province", tables["provinces"]["code"]),
        ("provinces", "region", tables["regions"]["region"]),
    )
    for name, column, known in parents:
        table = tables[name]
        orphans = table[~table[column].isin(known)]
        if len(orphans):
            rule = ("unknown_parent", f"a {column} that does not exist", f"{column} không tồn tại", orphans)
            found.append(_finding(name, *rule, "code"))
    return findings_table(found)


def _row_rules(table: pd.DataFrame, key: str) -> list[tuple[str, str, str, pd.DataFrame]]:
    """Code, what is wrong, the same in Vietnamese, and the rows that are wrong."""
    clean = table.apply(
        lambda column: column.map(lambda cell: " ".join(unicodedata.normalize("NFC", cell).split()))
    )
    rules = [
        ("repeated", "a code stands twice", "mã bị lặp", table.duplicated(key, keep=False)),
        (
            "spelling",
            "text not NFC, or stray spaces",
            "chữ không theo NFC hoặc thừa dấu cách",
            (clean != table).any(axis=1),
        ),
        ("no_source", "no source", "thiếu nguồn", table["source"] == ""),
    ]
    if "slug" in table:
        bad = ~table["slug"].str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*") | table.duplicated("slug", keep=False)
        names = table["name_vi"].map(fold).duplicated(keep=False)
        rules.append(("slug", "a slug repeated or not of a-z, 0-9 and -", "slug bị lặp hoặc sai ký tự", bad))
        rules.append(("same_name", "names that differ in accents only", "tên chỉ khác nhau ở dấu", names))
    if "valid_from" in table:
        dates = table[["valid_from", "valid_to"]]
        iso = dates.apply(lambda column: column.str.fullmatch(r"(\d{4}-\d{2}-\d{2})?")).all(axis=1)
        order = (dates["valid_to"] == "") | (dates["valid_from"] <= dates["valid_to"])
        rules.append(
            ("dates", "dates not ISO, or ending before they start", "ngày sai hoặc ngược", ~(iso & order))
        )
    return [(code, what, vi, table[bad]) for code, what, vi, bad in rules]


def _finding(name: str, code: str, what: str, vi: str, rows: pd.DataFrame, key: str) -> Finding:
    return Finding(
        code,
        f"{name}.csv: {what}.",
        f"{name}.csv: {vi}; hãy sửa dòng rồi chạy lại.",
        where=f"data/places/{name}.csv",
        expected="see data/places/README.md",
        got=shown(rows[key]),
        hint="Mend the rows named.",
    )
