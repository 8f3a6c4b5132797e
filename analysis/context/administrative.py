"""A file of administrative counts (.csv, .xlsx …) -> one tidy row a figure, place and quarter, and findings.

Numerators and denominators, never a bare percentage. A bad cell or row stops; a place without a figure is
named in a note, because what was not sent in cannot be told from what was not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.context.administrative_checks import check_counts, missing_places
from analysis.context.administrative_figures import read_figures
from analysis.findings import join_findings, stop_on
from analysis.intake.reading import read_tables
from analysis.intake.schemas.schema import read_schema
from analysis.intake.schemas.typed import type_table
from analysis.intake.table import RawTable
from analysis.places import read_places

SCHEMA = "administrative"
COLUMNS = (
    "period", "level", "place", "district", "figure", "numerator", "denominator", "simulated", "source",
)  # fmt: skip


@dataclass(frozen=True)
class Administrative:
    """The counts of one file.

    Attributes
    ----------
    counts : DataFrame
        Columns `COLUMNS`: period ("2021-Q4"), level, place (code of the province, district or commune),
        district ("" for the province's), figure, numerator and denominator (int), simulated (bool), source.
    findings : DataFrame
        The notes: how cells were read, and which places have no figure.
    province : str
    figures : DataFrame
        From `read_figures`.
    """

    counts: pd.DataFrame
    findings: pd.DataFrame
    province: str
    figures: pd.DataFrame

    @property
    def is_simulated(self) -> bool:
        return bool(self.counts["simulated"].any())

    @property
    def periods(self) -> list[str]:
        """The quarters with any figure, the earliest first."""
        return sorted(set(self.counts["period"]))


def read_administrative(path: Path | str, province: str = "91") -> Administrative:
    """Read a file of counts.

    Parameters
    ----------
    path : Path or str
        Columns as in data/schemas/administrative.csv; Vietnamese headings are known too.
    province : str
        GSO code of the province whose figures these are.

    Raises
    ------
    MissingFile, UnreadableFile, MissingColumn, BadRows, UnknownPlaceCode
        The file cannot be read, or `check_administrative` finds a stop.
    """
    counts, findings = _read(path, province)
    stop_on(findings)
    return Administrative(counts, findings, province, read_figures())


def check_administrative(path: Path | str, province: str = "91") -> pd.DataFrame:
    """Find what does not fit in a file of counts; changes nothing.

    Returns
    -------
    DataFrame
        Findings with their cells: what the schema refuses (places, quarters, numbers), unknown figures, a
        level that does not give the figure, a numerator above its denominator, rows that stand twice,
        simulated beside real figures; and as notes the places without a figure.
    """
    return _read(path, province)[1]


def _read(path: Path | str, province: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    schema, figures, places = read_schema(SCHEMA), read_figures(), read_places()
    raws, read = read_tables(path)
    tables, found = [], [read]
    for raw in raws:
        typed = type_table(raw, schema, places=places)
        found.append(typed.findings)
        absent = [column.name for column in schema.columns if column.name not in typed.table]
        rows = typed.table.assign(
            **{name: pd.Series(pd.NA, typed.table.index, dtype="str") for name in absent}
        )
        if (typed.findings["code"] == "missing_column").any():
            continue
        tidy = _tidy(rows, province)
        usable = typed.table[["year", "quarter", "level", "numerator", "denominator"]].notna().all(axis=1)
        usable &= ~np.asarray(typed.left_out) & _places_read(raw, typed.columns, rows)
        found.append(check_counts(raw, typed.columns, tidy[usable], figures, province, places))
        tables.append(tidy[usable])
    counts = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))
    findings = join_findings(found)
    if not (findings["kind"] == "stop").any():
        findings = join_findings([findings, missing_places(counts, figures, province, places)])
    return counts, findings


def _tidy(rows: pd.DataFrame, province: str) -> pd.DataFrame:
    """Typed rows in the columns of `COLUMNS`, with the index of the raw table."""
    level = rows["level"].fillna("")
    district, commune = rows["district"].fillna(""), rows["commune"].fillna("")
    place = np.select([level == "province", level == "district"], [province, district], commune)
    period = rows["year"].astype("str") + "-Q" + rows["quarter"].astype("str")
    tidy = rows.assign(period=period, level=level, place=place, district=district, commune=commune)
    tidy["simulated"] = tidy["simulated"].fillna(False).astype(bool)
    for column in ("figure", "source"):
        tidy[column] = tidy[column].fillna("")
    return tidy[[*COLUMNS, "commune"]]


def _places_read(raw: RawTable, columns: dict[str, str], rows: pd.DataFrame) -> np.ndarray:
    """Rows whose district and commune, where typed, were understood: the others are findings already."""
    fine = np.ones(len(rows), dtype=bool)
    for name in ("district", "commune"):
        if name in columns:
            typed = raw.cells[columns[name]].notna().to_numpy()
            fine &= ~(typed & rows[name].isna().to_numpy())
    return fine
