"""A PARINDEX scoring sheet (.xlsx, .csv …) -> its criteria with their points, and findings on what is wrong.

A row that only sums the rows below it (a field, a criterion with components, a total) is checked against
them and not counted twice. A score that is not there is not zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.context.parindex_rows import read_parindex, read_regime
from analysis.context.parindex_sheet_checks import check_rows, wrong_tables
from analysis.findings import findings_table, join_findings, stop_on
from analysis.intake.reading import read_tables
from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed import Typed, type_table
from analysis.intake.table import RawTable
from analysis.places.rows import fold

SCHEMA = "parindex_sheet"
#: Columns of a sheet's criteria, in order.
CRITERIA_COLUMNS = (
    "field", "criterion", "name", "maximum", "method", "self_score", "appraised_score", "survey_score",
    "result", "lead_agency", "reason",
)  # fmt: skip
_CODE = re.compile(r"[1-9]\d?(\.[1-9]\d{0,2}){0,3}")
#: A table is a scoring sheet where it has codes and any of these.
_POINTS = {"maximum", "self_score", "appraised_score", "survey_score"}
_TOTAL = re.compile(r"(tong|cong|total)\b.*")


@dataclass(frozen=True)
class ScoringSheet:
    """A sheet as it was read.

    Attributes
    ----------
    regime : str
    criteria : DataFrame
        One row a criterion that is scored (a component where a criterion has them), `CRITERIA_COLUMNS`;
        scores are points, NaN where there is none yet. `result` is the appraised score, the survey score, or
        their sum, as `method` says; NaN where a part is not there.
    findings : DataFrame
    simulated : bool
        A row of the sheet says that it is simulated.
    source : str
        The file's name.
    """

    regime: str
    criteria: pd.DataFrame
    findings: pd.DataFrame
    simulated: bool
    source: str


def check_sheet(path: Path | str, regime: str, *, sheet: str = "") -> ScoringSheet:
    """Read a scoring sheet and find what is wrong with it; changes nothing and stops at nothing.

    Parameters
    ----------
    path : Path or str
        Any table that `analysis.intake.reading` reads.
    regime : str
        Such as "1149": a row of data/parindex/regimes.csv.
    sheet : str, optional
        Of a workbook; needed where several sheets look like scoring sheets.

    Raises
    ------
    UnknownName
        No such regime.
    MissingFile, UnreadableFile
        The file cannot be read.
    """
    read_regime(regime)
    schema = read_schema(SCHEMA)
    tables, read = read_tables(path, sheet=sheet)
    typed = [(raw, type_table(raw, schema)) for raw in tables]
    chosen = [(raw, one) for raw, one in typed if "criterion" in one.columns and _POINTS & set(one.columns)]
    if len(chosen) != 1:
        empty = pd.DataFrame(columns=list(CRITERIA_COLUMNS))
        found = findings_table(wrong_tables(Path(path), [raw for raw, _ in chosen or typed]))
        return ScoringSheet(regime, empty, found, False, Path(path).name)
    raw, one = chosen[0]
    rows = _rows(raw, one, regime)
    own = read[read["sheet"].isin(["", raw.sheet])]
    found = findings_table(check_rows(raw, one.columns, rows, regime))
    simulated = bool(one.table["simulated"].fillna(False).any()) if "simulated" in one.table else False
    scored = rows[rows["leaf"]].sort_values("order", kind="stable")
    criteria = scored[list(CRITERIA_COLUMNS)].reset_index(drop=True)
    return ScoringSheet(regime, criteria, join_findings([own, one.findings, found]), simulated, raw.path.name)


def read_sheet(path: Path | str, regime: str, *, sheet: str = "") -> ScoringSheet:
    """Read a scoring sheet that is right; see `check_sheet`.

    Raises
    ------
    WorkbenchError
        A finding stops: a score above its maximum, an unknown, missing or repeated criterion, maxima that do
        not add up, a cell that is no number.
    """
    checked = check_sheet(path, regime, sheet=sheet)
    stop_on(checked.findings)
    return checked


def _rows(raw: RawTable, typed: Typed, regime: str) -> pd.DataFrame:
    """Every row with a place in the file: its code read, whether it is scored or sums others, its result."""
    table = typed.table.reset_index(drop=True).reindex(columns=_typed_columns())
    texts = {"name", "method", "lead_agency", "reason"}
    table = table.assign(**{name: table[name].astype(object).fillna("") for name in texts})
    codes = [read_code(text) for text in table["criterion"].astype(object).fillna("")]
    written = table["criterion"].astype(object).fillna("").astype(str)
    table = table.assign(at=np.arange(len(table)), criterion=codes, written=written)
    table["total"] = [
        not code and bool(_TOTAL.fullmatch(fold(text))) for code, text in zip(codes, written, strict=True)
    ]
    table = table[~typed.left_out & (written != "").to_numpy()]
    parents = {
        code.rsplit(".", cut)[0] for code in table["criterion"] for cut in range(1, code.count(".") + 1)
    }
    table["leaf"] = (
        (table["criterion"] != "") & ~table["criterion"].isin(parents) & ~table["criterion"].duplicated()
    )
    table["field"] = table["criterion"].str.split(".").str[0].replace("", "0").astype(int)
    table["order"] = table["criterion"].map(code_order)
    return _with_results(_with_regime(table, regime))


def _typed_columns() -> list[str]:
    return [column.name for column in read_schema(SCHEMA).columns]


def _with_regime(table: pd.DataFrame, regime: str) -> pd.DataFrame:
    """What the regime knows of a criterion where the sheet leaves it empty: name, maximum, method, lead."""
    criteria = read_parindex("criteria")
    known = criteria[criteria["regime"] == regime].drop_duplicates("criterion").set_index("criterion")
    out = table.assign(maximum=table["maximum"].astype(float))
    out["known_maximum"] = table["criterion"].map(known["maximum"]).astype(float)
    out["maximum"] = out["maximum"].fillna(out["known_maximum"])
    for name, source in (("name", "name_vi"), ("method", "method"), ("lead_agency", "lead_agency")):
        filler = table["criterion"].map(known[source]).astype(object).fillna("")
        out[name] = out[name].where(out[name] != "", filler)
    return out


def _with_results(table: pd.DataFrame) -> pd.DataFrame:
    scores = {name: table[name].astype(float) for name in ("self_score", "appraised_score", "survey_score")}
    own, surveyed = (
        scores["self_score"].notna() | scores["appraised_score"].notna(),
        scores["survey_score"].notna(),
    )
    seen = np.select([own & surveyed, surveyed, own], ["", "survey", "self"], "")
    method = table["method"].where(table["method"] != "", pd.Series(seen, table.index).astype(object))
    result = np.select(
        [method == "self", method == "survey", method == "both"],
        [
            scores["appraised_score"],
            scores["survey_score"],
            scores["appraised_score"] + scores["survey_score"],
        ],
        np.nan,
    )
    return table.assign(**scores, method=method, result=result)


def read_code(text: str) -> str:
    """A criterion's code as one form, "" where it is none.

    Examples
    --------
    >>> read_code("3.2.1."), read_code(" 3.2 "), read_code("Tổng cộng"), read_code("2001-02-03")
    ('3.2.1', '3.2', '', '')
    """
    bare = re.sub(r"\s+", "", text).rstrip(".")
    return bare if _CODE.fullmatch(bare) else ""


def code_order(code: str) -> tuple[int, ...]:
    """What sorts 3.10 behind 3.9.

    Examples
    --------
    >>> sorted(["3.10", "3.9", "3.9.2"], key=code_order)
    ['3.9', '3.9.2', '3.10']
    """
    return tuple(int(part) for part in code.split(".") if part)
