"""Typed administrative counts + the declared figures and places -> findings with the cells they are about."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.context.administrative_figures import levels_of
from analysis.errors import shown
from analysis.findings import Finding, findings_table
from analysis.intake.table import RawTable
from analysis.places import Places

_LEVEL_VI = {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"}
_KEY = ["period", "level", "place", "figure"]


def check_counts(
    raw: RawTable,
    columns: dict[str, str],
    rows: pd.DataFrame,
    figures: pd.DataFrame,
    province: str,
    places: Places,
) -> pd.DataFrame:
    """Rows that cannot be figures of the province, as findings of kind stop.

    Parameters
    ----------
    raw : RawTable
    columns : dict
        Declared name -> heading, for the addresses.
    rows : DataFrame
        Tidy rows with the index of `raw.cells`, and the column commune.
    figures : DataFrame
        From `read_figures`.
    """
    districts = set(places.districts_of(province))
    known = figures.set_index("figure")
    levels = {figure: levels_of(known.loc[figure]) for figure in known.index}
    need = {"province": (False, False), "district": (True, False), "commune": (True, True)}
    given = zip(rows["district"] != "", rows["commune"] != "", strict=True)
    misplaced = [pair != need[level] for pair, level in zip(given, rows["level"], strict=True)]
    declared = rows["figure"].isin(known.index)
    allowed = [
        level in levels.get(figure, [level])
        for level, figure in zip(rows["level"], rows["figure"], strict=True)
    ]
    abroad = (rows["district"] != "") & ~rows["district"].isin(districts)
    over = rows["numerator"] > rows["denominator"]
    single = (rows["level"] == "commune") & (rows["denominator"] != 1)
    simulated = rows["simulated"] != (rows["simulated"].iloc[0] if len(rows) else False)
    rules = (
        ("unknown_figure", "figure", ~declared, "The figure is not declared.",
         "Mã số liệu chưa được khai báo.", f"a figure of figures.csv: {shown(known.index)}"),
        ("wrong_level", "level", ~pd.Series(allowed, rows.index, dtype=bool),
         "This level does not give the figure.", "Cấp này không báo cáo số liệu đó.",
         "a level of figures.csv"),
        ("wrong_place", "level", pd.Series(misplaced, rows.index, dtype=bool),
         "District and commune do not fit the level.", "Cột huyện và cột xã không phù hợp với cấp.",
         "province: both empty; district: the district alone; commune: both"),
        ("unknown_place_code", "district", abroad, "The district is not of this province.",
         "Huyện không thuộc tỉnh này.", f"a district of the province {province}"),
        ("above_denominator", "numerator", over, "The numerator is above the denominator.",
         "Tử số lớn hơn mẫu số.", "numerator at most the denominator"),
        ("not_one_commune", "denominator", single, "One commune counts as one.",
         "Mỗi xã, phường, thị trấn chỉ tính là 1.", "denominator 1, numerator 0 or 1"),
        ("repeated_figure", "figure", rows.duplicated(_KEY),
         "The figure stands twice for this place and quarter.",
         "Số liệu bị lặp cho cùng địa bàn và quý.", "one row a figure, place and quarter"),
        ("mixed_simulated", "simulated", simulated, "Simulated and real figures stand in one file.",
         "Số liệu mô phỏng và số liệu thật nằm chung một tệp.", "one or the other throughout"),
    )  # fmt: skip
    return findings_table(
        _finding(raw, columns, at, code, column, what, vi, expected, rows)
        for code, column, bad, what, vi, expected in rules
        for at in rows.index[bad.to_numpy(dtype=bool)]
    )


def _finding(
    raw: RawTable, columns: dict[str, str], at: int, code: str, column: str, what: str, vi: str,
    expected: str, rows: pd.DataFrame,
) -> Finding:  # fmt: skip
    heading = columns.get(column, "")
    row = rows.loc[at]
    got = f"{row['numerator']}/{row['denominator']}" if column in ("numerator", "denominator") else ""
    seen = raw.cells.at[at, heading] if heading else ""
    seen = "" if pd.isna(seen) else str(seen)
    return Finding(
        code,
        f"{what} Expected: {expected}.",
        f"{vi} Hãy sửa dòng này.",
        where=raw.address(int(at), heading) if heading else "",
        expected=expected,
        got=got or seen,
        hint="Mend the row; data/administrative/README.md says what each column holds.",
        value=seen,
        **raw.place_of(int(at), heading),
    )


def places_of(level: str, province: str, places: Places) -> dict[str, str]:
    """Places of a level in the province: code -> code of the district ("" for the province)."""
    if level == "province":
        return {province: ""}
    if level == "district":
        return {code: code for code in places.districts_of(province)}
    return places.communes_of(province)


def missing_places(
    counts: pd.DataFrame, figures: pd.DataFrame, province: str, places: Places
) -> pd.DataFrame:
    """Places without a figure in a quarter that the file speaks of, one note a figure, level and quarter."""
    return findings_table(_missing(counts, figures, province, places))


def _missing(counts: pd.DataFrame, figures: pd.DataFrame, province: str, places: Places) -> Iterator[Finding]:
    there = set(counts[_KEY].itertuples(index=False, name=None))
    for figure in figures.to_dict("records"):
        for level in levels_of(figure):
            wanted = places_of(level, province, places)
            for period in sorted(set(counts["period"])):
                absent = [p for p in sorted(wanted) if (period, level, p, figure["figure"]) not in there]
                if absent:
                    yield _say_missing(figure, level, period, absent, len(wanted), places)


def _say_missing(
    figure: dict[str, str], level: str, period: str, absent: list[str], total: int, places: Places
) -> Finding:
    look_up = {"province": places.province, "district": places.district, "commune": places.commune}[level]
    units = [look_up(code) for code in absent]
    names = shown(unit.name_vi if level == "province" else unit.full_name for unit in units)
    return Finding(
        "missing_figure",
        f"{figure['name_en']}, {period}: no figure for {len(absent)} of {total} ({level}): {names}.",
        f"{figure['name_vi']}, {period}: chưa có số liệu của {len(absent)}/{total} đơn vị "
        f"{_LEVEL_VI[level]}: {names}.",
        kind="note",
        expected=f"a row for each of the {total}",
        got=f"{total - len(absent)}/{total}",
        hint="Ask for the figure; until it comes the place has none.",
    )
