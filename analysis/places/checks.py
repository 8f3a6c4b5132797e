"""Tables of places -> findings: codes, parents, spelling, slugs, dates, sources, aliases, kind words."""

from __future__ import annotations

import unicodedata

import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.places.rows import fold

_ALIAS_LEVELS = {"district": "districts", "commune": "communes", "province": "provinces"}


def check_tables(tables: dict[str, pd.DataFrame], folder: str = "data/places") -> pd.DataFrame:
    """Find rows that break their rules; see `analysis.places.check_places`."""
    found: list[Finding] = []

    def add(name: str, rules: list[tuple[str, str, str, pd.DataFrame]], key: str) -> None:
        found.extend(_finding(f"{folder}/{name}.csv", *rule, key) for rule in rules if len(rule[-1]))

    for name, key in (
        ("districts", "code"),
        ("communes", "code"),
        ("provinces", "code"),
        ("regions", "region"),
    ):
        add(name, _row_rules(tables[name], key), key)
    parents = (
        ("communes", "district", tables["districts"]["code"]),
        ("districts", "province", tables["provinces"]["code"]),
        ("mergers", "province", tables["provinces"]["code"]),
        ("provinces", "region", tables["regions"]["region"]),
    )
    for name, column, known in parents:
        table = tables[name]
        # A survey's own places may be without regions.
        orphans = table[~table[column].isin(known) & ((column != "region") | (table[column] != ""))]
        rule = ("unknown_parent", f"a {column} that does not exist", f"{column} không tồn tại", orphans)
        add(name, [rule], "code" if "code" in table else column)
    add("former_names", _former_rules(tables), "code")
    add("aliases", _alias_rules(tables), "alias")
    add("prefixes", _prefix_rules(tables), "written")
    add(
        "mergers",
        [(*rule[:3], tables["mergers"][rule[3]]) for rule in _text_rules(tables["mergers"])],
        "into",
    )
    return findings_table(found)


def _row_rules(table: pd.DataFrame, key: str) -> list[tuple[str, str, str, pd.DataFrame]]:
    """Code, what is wrong, the same in Vietnamese, and the rows that are wrong."""
    rules = [
        ("repeated", "a code stands twice", "mã bị lặp", table.duplicated(key, keep=False)),
        *_text_rules(table),
    ]
    if "slug" in table:
        bad = ~table["slug"].str.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*") | table.duplicated("slug", keep=False)
        within = table.assign(name=table["name_vi"].map(fold))
        names = within.duplicated(["name", *({"province"} & set(table))], keep=False)
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


def _text_rules(table: pd.DataFrame) -> list[tuple[str, str, str, pd.Series]]:
    clean = table.apply(
        lambda column: column.map(lambda cell: " ".join(unicodedata.normalize("NFC", cell).split()))
    )
    odd = (clean != table).any(axis=1)
    return [
        ("spelling", "text not NFC, or stray spaces", "chữ không theo NFC hoặc thừa dấu cách", odd),
        ("no_source", "no source", "thiếu nguồn", table["source"] == ""),
    ]


def _former_rules(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str, str, pd.DataFrame]]:
    former = tables["former_names"]
    known = {(level, code) for level in ("district", "commune") for code in tables[f"{level}s"]["code"]}
    unknown = [pair not in known for pair in zip(former["level"], former["code"], strict=True)]
    rules = [
        ("unknown_parent", "a level and code that do not exist", "cấp và mã không tồn tại", unknown),
        *_text_rules(former),
    ]
    return [(code, what, vi, former[pd.Series(bad, former.index, "bool")]) for code, what, vi, bad in rules]


def _alias_rules(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str, str, pd.DataFrame]]:
    """An alias belongs to a unit that exists, and to no other unit of its level, by name or by alias."""
    aliases = tables["aliases"]
    keys = aliases["alias"].map(fold)
    known = {(level, code) for level, name in _ALIAS_LEVELS.items() for code in tables[name]["code"]}
    names = {
        (level, fold(name), code)
        for level, table in _ALIAS_LEVELS.items()
        for name, code in zip(tables[table]["name_vi"], tables[table]["code"], strict=True)
    } | set(zip(aliases["level"], keys, aliases["code"], strict=True))
    owners = {}
    for level, key, code in names:
        owners.setdefault((level, key), set()).add(code)
    unknown = [
        level != "country" and (level, code) not in known
        for level, code in zip(aliases["level"], aliases["code"], strict=True)
    ]
    shared = [len(owners[pair]) > 1 for pair in zip(aliases["level"], keys, strict=True)]
    rules = [
        ("unknown_parent", "a level and code that do not exist", "cấp và mã không tồn tại", unknown),
        ("same_name", "an alias that is also another unit's", "tên gọi khác trùng với đơn vị khác", shared),
        *_text_rules(aliases),
    ]
    return [(code, what, vi, aliases[pd.Series(bad, aliases.index, "bool")]) for code, what, vi, bad in rules]


def _prefix_rules(tables: dict[str, pd.DataFrame]) -> list[tuple[str, str, str, pd.DataFrame]]:
    prefixes = tables["prefixes"]
    bad = ~prefixes["level"].isin(_ALIAS_LEVELS) | ~prefixes["position"].isin(["before", "after"])
    empty = (prefixes["written"].map(fold) == "") | (prefixes["kind_vi"] == "")
    twice = prefixes.duplicated(["written", "kind_vi", "level", "position"], keep=False)
    rules = [
        ("bad_rows", "a level or position that is not known", "cấp hoặc vị trí không hợp lệ", bad),
        ("bad_rows", "nothing written, or no kind", "thiếu chữ viết tắt hoặc loại đơn vị", empty),
        ("repeated", "a row stands twice", "dòng bị lặp", twice),
        *_text_rules(prefixes),
    ]
    return [(code, what, vi, prefixes[rows]) for code, what, vi, rows in rules]


def _finding(path: str, code: str, what: str, vi: str, rows: pd.DataFrame, key: str) -> Finding:
    name = path.rsplit("/", 1)[-1]
    return Finding(
        code,
        f"{name}: {what}.",
        f"{name}: {vi}; hãy sửa dòng rồi chạy lại.",
        where=path,
        expected="see data/places/README.md",
        got=shown(rows[key]),
        hint="Mend the rows named.",
    )
