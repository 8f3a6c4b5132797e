"""Rows of data/parindex -> findings on those that break their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from analysis.context.parindex_rows import COLUMNS, DECIMALS, METHODS, REGIME_STATUS, STATUS, read_parindex
from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.places import read_places

#: A criterion's code: field, criterion, component.
CODE = re.compile(r"[1-9]\d?(\.[1-9]\d{0,2}){1,3}")
_KEYS = {
    "regimes": ["regime"],
    "fields": ["regime", "field"],
    "criteria": ["regime", "criterion"],
    "published": ["year", "province", "index", "statistic"],
    "district_classes": ["year", "district"],
    "classes": ["class"],
}
#: File -> its column of status -> the cells of which it speaks.
_STATUS_OF = {
    "regimes": {
        "years_status": ("year_to",), "counts_status": ("criteria", "components"),
        "survey_status": ("survey_total",),
    },
    "fields": {
        "name_status": ("name_vi", "name_en"), "maximum_status": ("maximum",),
        "parts_status": ("survey_part", "self_part"), "counts_status": ("criteria", "components"),
    },
    "criteria": {"status": ("maximum", "method")},
    "published": {"status": ("value",)},
    "district_classes": {"score_status": ("score",)},
}  # fmt: skip


def check_parindex(tables: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Find rows of data/parindex that break their rules.

    Parameters
    ----------
    tables : mapping of file name to DataFrame, optional
        As `read_parindex` gives them; the committed rows by default, also for names that are left out.

    Returns
    -------
    DataFrame of findings: a key twice; an unknown regime, field, method, status, place or class; a status
    that disagrees with the emptiness of its cell; maxima, parts or counts that do not add up; a code that
    does not belong to its field; regimes whose years overlap; a rank beyond those ranked; no source.
    """
    read = {name: (tables or {}).get(name, None) for name in COLUMNS}
    read = {name: read_parindex(name) if table is None else table for name, table in read.items()}
    found = [each for name, table in read.items() for each in _rows(name, table)]
    found += [*_regimes(read), *_sums(read), *_criteria(read), *_published(read["published"])]
    return findings_table([*found, *_districts(read)])


def _bad(
    file: str, what: str, vi: str, expected: str, rows: Sequence[object] | pd.Series
) -> Iterator[Finding]:
    """One finding about all the rows at fault, none where there are none."""
    if len(rows):
        yield Finding(
            "bad_rows",
            f"PARINDEX rows: {what}.",
            f"Dữ liệu chỉ số cải cách hành chính: {vi}; hãy sửa rồi chạy lại.",
            where=f"data/parindex/{file}.csv",
            expected=expected,
            got=shown(rows),
            hint="Compare with data/parindex/README.md and mend the rows.",
        )


def _label(name: str, table: pd.DataFrame) -> pd.Series:
    return table[_KEYS[name]].astype(str).agg(" ".join, axis=1) if len(table) else pd.Series(dtype=str)


def _rows(name: str, table: pd.DataFrame) -> Iterator[Finding]:
    """What holds in every file: keys once, a source, statuses that fit their cells."""
    label = _label(name, table)
    yield from _bad(name, "a key stands twice", "có dòng bị lặp", "one row a " + ", ".join(_KEYS[name]),
                    label[table.duplicated(_KEYS[name])])  # fmt: skip
    own = table["status"].eq("unknown") if name == "published" else pd.Series(False, index=table.index)
    yield from _bad(name, "no source", "thiếu nguồn", "where the figure was read",
                    label[table["source"].eq("") & ~own])  # fmt: skip
    for status, cells in _STATUS_OF.get(name, {}).items():
        yield from _bad(name, f"an unknown {status}", f"giá trị lạ ở cột {status}", shown(STATUS),
                        label[~table[status].isin(STATUS)])  # fmt: skip
        for cell in cells:
            empty = table[cell].isna() | table[cell].astype(str).eq("")
            wrong = empty != table[status].eq("unknown")
            yield from _bad(name, f"{status} and {cell} disagree", f"cột {status} và {cell} mâu thuẫn",
                            "unknown where the cell is empty, and only there", label[wrong])  # fmt: skip


def _regimes(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    regimes = read["regimes"]
    yield from _bad("regimes", "an unknown status", "giá trị lạ ở cột status", shown(REGIME_STATUS),
                    regimes.loc[~regimes["status"].isin(REGIME_STATUS), "regime"])  # fmt: skip
    spans = regimes.dropna(subset=["year_to"]).assign(first=lambda t: t["year_from"].fillna(t["year_to"]))
    spans = spans.sort_values("first")
    overlap = (spans["first"] <= spans["year_to"].shift()).fillna(False).astype(bool)
    yield from _bad("regimes", "the years of two regimes overlap", "hai bộ chỉ số trùng năm",
                    "each year in one regime", spans.loc[overlap, "regime"])  # fmt: skip
    for name in ("fields", "criteria"):
        unknown = read[name].loc[~read[name]["regime"].isin(regimes["regime"]), "regime"].unique()
        yield from _bad(name, "an unknown regime", "bộ chỉ số không có trong regimes.csv",
                        shown(regimes["regime"]), unknown)  # fmt: skip


def _sums(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Fields add up to their regime, where all of them are known; parts add up to their field."""
    fields, regimes = read["fields"], read["regimes"].drop_duplicates("regime").set_index("regime")
    for regime, rows in fields.groupby("regime"):
        if regime not in regimes.index:
            continue
        for column, whole in (("maximum", "total"), ("criteria", "criteria"), ("components", "components")):
            given, expected = rows[column], regimes.at[regime, whole]
            if given.notna().all() and pd.notna(expected):
                total = round(float(given.sum()), DECIMALS)
                wrong = [f"{regime}: {column} {total:g}"] if total != float(expected) else []
                yield from _bad("fields", "fields do not add up to their regime",
                                "các lĩnh vực không cộng bằng tổng của bộ chỉ số",
                                f"{expected:g}", wrong)  # fmt: skip
    parts = fields[["maximum", "survey_part", "self_part"]]
    differs = (parts["survey_part"] + parts["self_part"] - parts["maximum"]).abs() > 10**-DECIMALS
    yield from _bad("fields", "survey and self-scored part do not add up to the maximum",
                    "phần điều tra và phần tự chấm không cộng bằng điểm tối đa",
                    "survey_part + self_part = maximum", _label("fields", fields)[differs])  # fmt: skip


def _criteria(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    criteria = read["criteria"]
    if criteria.empty:
        return
    label = _label("criteria", criteria)
    formed = criteria["criterion"].map(lambda code: bool(CODE.fullmatch(code)))
    own = criteria["criterion"].str.split(".").str[0] == criteria["field"].astype(str)
    yield from _bad(
        "criteria",
        "a code that does not belong to its field",
        "mã không thuộc lĩnh vực ghi cùng dòng",
        "field.criterion or field.criterion.component",
        label[~(formed & own)],
    )
    yield from _bad("criteria", "an unknown method", "cách đánh giá lạ", shown(METHODS),
                    label[~criteria["method"].isin((*METHODS, ""))])  # fmt: skip
    keys = criteria[["regime", "field"]].merge(read["fields"], how="left", on=["regime", "field"])
    yield from _bad(
        "criteria",
        "an unknown field",
        "lĩnh vực không có trong fields.csv",
        "a row of fields.csv",
        label[keys["source"].isna().to_numpy()],
    )
    sums = criteria.groupby(["regime", "field"])["maximum"].agg(["sum", "count", "size"]).reset_index()
    sums = sums.merge(read["fields"][["regime", "field", "maximum"]], on=["regime", "field"])
    over = sums["sum"].round(DECIMALS) > sums["maximum"]
    whole = sums["count"] == sums["size"]
    differs = whole & sums["maximum"].notna() & (sums["sum"].round(DECIMALS) != sums["maximum"])
    yield from _bad(
        "criteria",
        "criteria do not add up to their field",
        "các tiêu chí không cộng bằng điểm lĩnh vực",
        "the field's maximum",
        _label("fields", sums)[over | differs],
    )


def _published(table: pd.DataFrame) -> Iterator[Finding]:
    label = _label("published", table)
    provinces = read_places().provinces["code"]
    yield from _bad("published", "an unknown province", "mã tỉnh không tồn tại", "a code of provinces.csv",
                    label[~table["province"].isin(provinces)])  # fmt: skip
    is_rank = table["statistic"].isin(("rank", "rank_in_region")) & table["value"].notna()
    beyond = is_rank & ~((table["value"] >= 1) & (table["value"] <= table["n"].astype(float)))
    yield from _bad("published", "a rank beyond those ranked", "thứ hạng vượt số tỉnh được xếp hạng",
                    "1 to n, with n given", label[beyond])  # fmt: skip
    outside = table["statistic"].eq("score") & ((table["value"] < 0) | (table["value"] > 100))
    yield from _bad(
        "published", "a score outside 0-100", "điểm ngoài khoảng 0-100", "0 to 100", label[outside]
    )


def _districts(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    table = read["district_classes"]
    label = _label("district_classes", table)
    known = read["classes"].drop_duplicates("class").set_index("class")["step"]
    places = read_places()
    codes = [code for province in places.provinces["code"] for code in places.districts_of(province)]
    yield from _bad("district_classes", "an unknown district", "mã huyện không tồn tại",
                    "a code of districts.csv", label[~table["district"].isin(codes)])  # fmt: skip
    yield from _bad("district_classes", "an unknown class", "loại không có trong classes.csv",
                    shown(known.index), label[~table["class"].isin(known.index)])  # fmt: skip
    for year, rows in table.groupby("year"):
        steps = rows.sort_values("listed")["class"].map(known)
        in_order = steps.is_monotonic_decreasing and not rows["listed"].duplicated().any()
        yield from _bad("district_classes", "the list's order and the classes disagree",
                        "thứ tự trong danh sách và xếp loại mâu thuẫn", "the best class first",
                        [] if in_order else [year])  # fmt: skip
