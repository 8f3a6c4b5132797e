"""data/published/*.csv -> scores and the structure of each year as numbers; the rules they keep."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import BadRows, shown
from analysis.findings import Finding, findings_table
from analysis.places import read_places
from analysis.rows import read_rows

STRUCTURE_COLUMNS = (
    "sub_dimension", "dimension", "name_vi", "name_en", "minimum", "maximum", "year_from", "year_to",
    "source",
)  # fmt: skip
TOTAL_COLUMNS = ("measure", "name_vi", "name_en", "source")
#: Official scores run from 0.33, not 1/3, and to 3.33 (least seen: 0.3317).
BOUND_SLACK = 0.005


def read_scores(folder: Path | None = None) -> pd.DataFrame:
    """scores.csv as numbers: year, province and one column a sub-dimension code of that year."""
    path = (folder or paths.rows_folder("published")) / "scores.csv"
    table = read_rows(path, ("year", "province"))
    measures = [column for column in table if column not in ("year", "province")]
    try:
        numbers = table[measures].replace("", np.nan).astype(float)
        return pd.concat([table[["year", "province"]].astype({"year": int}), numbers], axis=1)
    except ValueError as fault:
        raise _not_a_number(path, fault) from fault


def read_structure(folder: Path | None = None) -> pd.DataFrame:
    """structure.csv: which sub-dimensions each year has, their names and their bounds as numbers."""
    path = (folder or paths.rows_folder("published")) / "structure.csv"
    table = read_rows(path, STRUCTURE_COLUMNS)
    try:
        bounds = {
            name: table[name].map(lambda text: float(Fraction(text))) for name in ("minimum", "maximum")
        }
        return table.assign(**bounds).astype({"year_from": int, "year_to": int})
    except (ValueError, ZeroDivisionError) as fault:
        raise _not_a_number(path, fault) from fault


def read_total(folder: Path | None = None) -> dict[str, str]:
    """total.csv, one row: the code and names of the sum of all, and whom the figures are cited by.

    Raises
    ------
    BadRows
        The file does not hold one row.
    """
    path = (folder or paths.rows_folder("published")) / "total.csv"
    table = read_rows(path, TOTAL_COLUMNS)
    if len(table) != 1 or not table.iloc[0]["measure"]:
        raise BadRows(
            "The file of the published total does not hold one row.",
            vi=f"Tệp {paths.short(path)} phải có đúng một dòng. Hãy sửa rồi chạy lại.",
            where=paths.short(path),
            expected=f"one row: {', '.join(TOTAL_COLUMNS)}",
            got=f"{len(table)} rows",
            hint="data/published/README.md says what it holds.",
        )
    return table.iloc[0].to_dict()


def _not_a_number(path: Path, fault: Exception) -> BadRows:
    return BadRows(
        "A year, score or bound is not a number.",
        vi=f"Tệp {paths.short(path)} có năm hoặc điểm không phải là số. Hãy sửa rồi chạy lại.",
        where=paths.short(path),
        expected="numbers with a decimal point, or fractions such as 10/3; empty where nothing was published",
        got=str(fault),
        hint="Mend the cell.",
    )


def melt(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a published score: year, province, measure, score."""
    return scores.melt(["year", "province"], var_name="measure", value_name="score").dropna(subset="score")


def each_year(structure: pd.DataFrame) -> pd.DataFrame:
    """One row a year and sub-dimension."""
    spans = zip(structure["year_from"], structure["year_to"], strict=True)
    rows = structure[["sub_dimension", "dimension", "minimum", "maximum"]].assign(
        year=[range(first, last + 1) for first, last in spans]
    )
    return (
        rows.rename(columns={"sub_dimension": "measure"})
        .explode("year", ignore_index=True)
        .astype({"year": int})
    )


def with_structure(parts: pd.DataFrame, structure: pd.DataFrame) -> pd.DataFrame:
    """The scores with dimension and bounds of their year; NaN where the structure has no such row."""
    joined = parts.merge(each_year(structure), on=["year", "measure"], how="left")
    joined.insert(2, "measure_kind", "sub_dimension")
    return joined


def check_published(
    scores: pd.DataFrame | None = None, structure: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find published rows that break their rules.

    Parameters
    ----------
    scores, structure : DataFrame, optional
        As `read_scores` and `read_structure` give them; the committed rows by default.

    Returns
    -------
    DataFrame of findings (kind, code, what, vi, where, expected, got, hint); empty when all is well.
    """
    scores = read_scores() if scores is None else scores
    structure = read_structure() if structure is None else structure
    parts = with_structure(melt(scores), structure)
    years = each_year(structure)
    never = years.merge(parts[["year", "measure"]].drop_duplicates(), how="left", indicator=True)
    label = parts["year"].astype(str) + " " + parts["province"] + " " + parts["measure"]
    low, high = parts["minimum"] - BOUND_SLACK, parts["maximum"] + BOUND_SLACK
    outside = (parts["score"] < low) | (parts["score"] > high)
    rows = scores["year"].astype(str) + " " + scores["province"]
    described = years["year"].astype(str) + " " + years["measure"]
    absent = never[(never["_merge"] == "left_only") & never["year"].isin(scores["year"])]
    found = (
        ("repeated", "a province stands twice in a year", "tỉnh bị lặp trong một năm",
         "one row a year and province", rows[rows.duplicated()]),
        ("unknown_province", "a province code that does not exist", "mã tỉnh không tồn tại",
         "a code of provinces.csv", rows[~scores["province"].isin(read_places().provinces["code"])]),
        ("no_structure", "scores that structure.csv does not describe", "điểm không có trong structure.csv",
         "a row of structure.csv for each year", label[parts["dimension"].isna()]),
        ("two_structures", "a sub-dimension described twice", "nội dung thành phần có hai mô tả",
         "one row of structure.csv for each year", described[described.duplicated()]),
        ("no_scores", "a sub-dimension without any score", "nội dung thành phần không có điểm nào",
         "scores in each year of structure.csv", absent["year"].astype(str) + " " + absent["measure"]),
        ("out_of_bounds", "scores outside their bounds", "điểm ngoài khoảng cho phép",
         "minimum to maximum of structure.csv", label[outside]),
    )  # fmt: skip
    return findings_table(_finding(*each) for each in found if len(each[-1]))


def _finding(code: str, what: str, vi: str, expected: str, rows: pd.Series) -> Finding:
    return Finding(
        code,
        f"Published scores: {what}.",
        f"Điểm đã công bố: {vi}; hãy sửa rồi chạy lại.",
        where="data/published",
        expected=expected,
        got=shown(rows),
        hint="Compare with the published table and mend the rows.",
    )
