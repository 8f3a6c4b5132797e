"""data/parindex/*.csv -> regimes, fields, criteria and published figures of the reform index, as numbers.

An empty cell is a figure that could not be found; it stays empty (NaN, NA or ""), and its status says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis import paths
from analysis.errors import BadRows, UnknownName, nearest, shown
from analysis.rows import read_rows

#: Of a regime as a whole: all of it is there, some of it, or nothing but its name.
REGIME_STATUS = ("known", "partly", "unknown")
#: Of a cell: read in a source, background knowledge that no source confirms, or not found (then empty).
STATUS = ("known", "assumed", "unknown")
#: How a criterion gets its points: self-scored and then appraised, by survey, or a part by each.
METHODS = ("self", "survey", "both")
#: Points are compared and tied after rounding to this many decimals.
DECIMALS = 4

COLUMNS = {
    "regimes": (
        "regime", "decision", "signed", "year_from", "year_to", "years_status", "criteria", "components",
        "counts_status", "total", "survey_total", "survey_status", "lead_agency", "status", "source", "note",
    ),
    "fields": (
        "regime", "field", "name_vi", "name_en", "name_status", "maximum", "maximum_status", "survey_part",
        "self_part", "parts_status", "criteria", "components", "counts_status", "source",
    ),
    "criteria": (
        "regime", "field", "criterion", "name_vi", "name_en", "maximum", "method", "lead_agency", "status",
        "source",
    ),
    "published": (
        "year", "province", "index", "statistic", "value", "n", "status", "source", "note",
    ),
    "district_classes": (
        "year", "district", "class", "listed", "score", "score_status", "source", "note",
    ),
    "classes": ("class", "step", "name_vi", "name_en", "source"),
}  # fmt: skip
#: Columns of counts and years (whole numbers), and of points.
_WHOLE = (
    "year_from", "year_to", "criteria", "components", "field", "year", "n", "listed", "step",
)  # fmt: skip
_POINTS = ("total", "survey_total", "maximum", "survey_part", "self_part", "value", "score")


def read_parindex(name: str) -> pd.DataFrame:
    """One file of data/parindex.

    Parameters
    ----------
    name : str
        "regimes", "fields", "criteria", "published", "district_classes" or "classes".

    Returns
    -------
    DataFrame
        Text, but for years and counts (Int64) and points (float); empty where nothing was found.

    Raises
    ------
    BadRows
        The file is not there or not usable.

    Examples
    --------
    >>> fields = read_parindex("fields").query("regime == '2948'")
    >>> float(fields["maximum"].sum())
    100.0
    """
    path = paths.rows_folder("parindex") / f"{name}.csv"
    rows = read_rows(path, COLUMNS[name])
    try:
        for column in COLUMNS[name]:
            if column in _WHOLE:
                rows[column] = pd.to_numeric(rows[column].replace("", None)).astype("Int64")
            elif column in _POINTS:
                rows[column] = pd.to_numeric(rows[column].replace("", None)).astype(float)
    except (ValueError, TypeError) as fault:
        raise BadRows(
            "A year, count or number of points is not a number.",
            vi=f"Tệp {paths.short(path)} có năm, số lượng hoặc điểm không phải là số. Hãy sửa rồi chạy lại.",
            where=f"{paths.short(path)}, {column}",
            expected="numbers with a decimal point; empty where nothing was found",
            got=str(fault),
            hint="Mend the cell.",
        ) from fault
    return rows


def read_regime(regime: str) -> pd.Series:
    """One regime's row, such as that of "1149".

    Raises
    ------
    UnknownName
        There is no such regime.
    """
    regimes = read_parindex("regimes").set_index("regime", drop=False)
    if regime not in regimes.index:
        raise _no_regime(regime, regimes["regime"].tolist())
    return regimes.loc[regime]


def regime_of(year: int) -> str:
    """The regime under which a year was scored.

    Raises
    ------
    UnknownName
        No regime is known for the year.

    Examples
    --------
    >>> regime_of(2019), regime_of(2022)
    ('1150', '876')
    """
    regimes = read_parindex("regimes")
    inside = (regimes["year_from"].fillna(regimes["year_to"]) <= year) & (regimes["year_to"] >= year)
    found = regimes.loc[inside.fillna(False).astype(bool), "regime"]
    if len(found) != 1:
        raise _no_regime(f"year {year}", regimes["regime"].tolist())
    return found.iloc[0]


def _no_regime(got: str, known: Sequence[str]) -> UnknownName:
    offered = shown(nearest(got, known) or known)
    return UnknownName(
        f"There is no PARINDEX regime for {got}.",
        vi=f"Không có bộ chỉ số cải cách hành chính cho {got}. Các bộ đang có: {shown(known)}.",
        where="data/parindex/regimes.csv",
        expected=shown(known),
        got=str(got),
        hint=f"Use {offered}, or add a row.",
    )
