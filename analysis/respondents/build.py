"""Microdata + round + codebook + places -> `respondents`: one row a respondent, under our own names.

The codes of answers stay as stored, no-answer codes included; the indicators stage decides about them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.findings import stop_on
from analysis.respondents.checks import check_respondents
from analysis.respondents.codebook import Codebook
from analysis.respondents.identifiers import place_code, text_code
from analysis.respondents.margins import group_labels, margin_cells
from analysis.respondents.microdata import Microdata
from analysis.rounds import Round


def build_respondents(
    microdata: Microdata,
    survey_round: Round,
    codebook: Codebook,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
    findings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """One row a respondent.

    Parameters
    ----------
    microdata : Microdata
        A survey file as stored.
    survey_round : Round
    codebook : Codebook
    district_codes : collection of str
    commune_codes : mapping of str to str
        Commune code -> district code; empty when communes are not checked.
    findings : DataFrame, optional
        What `check_respondents` found about this table, where it was asked already.

    Returns
    -------
    DataFrame
        respondent (text), weight (float), stratum, psu, district_stratum, district_psu (text), what
        later stages declare (stratum_2, psu_2, … text; population, population_2, … float), district,
        commune, village (text codes), one text column a group of the round and a calibration margin
        that is no group (margin_<variable>), then every person and question variable of the codebook
        that the file holds, as numbers as stored.

    Raises
    ------
    WorkbenchError
        The subclass of the first stop finding of `check_respondents`.
    """
    table = microdata.table
    if findings is None:
        findings = check_respondents(table, survey_round, codebook, district_codes, commune_codes)
    stop_on(findings)
    columns = _who_and_where(table, survey_round, district_codes, commune_codes)
    for group in survey_round.groups:
        columns[group.name] = group_labels(table[group.variable], group)
    for name in survey_round.calibration.margins if survey_round.calibration else ():
        columns[survey_round.margin_column(name)] = margin_cells(table, survey_round, name)
    for name in codebook.with_role("person", "question"):
        if name in table.columns:
            columns[name] = table[name] if codebook.row(name)["type"] == "text" else _numbers(table[name])
    return pd.DataFrame(columns).reset_index(drop=True)


def _who_and_where(
    table: pd.DataFrame,
    survey_round: Round,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
) -> dict[str, pd.Series]:
    columns, design = survey_round.columns, survey_round.design
    return {
        "respondent": text_code(table[columns.respondent]),
        "weight": _numbers(table[design.weight]),
        "stratum": strata_of(table, survey_round, design.strata[0]),
        "psu": text_code(table[design.psus[0]]),
        "district_stratum": strata_of(table, survey_round, design.district_stratum or design.strata[0]),
        "district_psu": text_code(table[design.district_psu or design.psus[0]]),
        **{
            name: (_numbers if name.startswith("population") else text_code)(table[column])
            for name, column in design.built_columns().items()
            if name not in ("stratum", "psu")
        },
        "district": place_code(table[columns.district], district_codes),
        "commune": _optional(table, columns.commune, commune_codes),
        "village": _optional(table, columns.village, ()),
    }


def strata_of(table: pd.DataFrame, survey_round: Round, column: str) -> pd.Series:
    """Each row's stratum; where the round names no column, the province is the one stratum."""
    if column:
        return text_code(table[column])
    return pd.Series(survey_round.province, index=table.index, dtype="str")


def _optional(table: pd.DataFrame, column: str, known: Collection[str]) -> pd.Series:
    """A place code, or nothing but blanks where the round names no column."""
    if column:
        return place_code(table[column], known)
    return pd.Series(None, index=table.index, dtype="str")


def _numbers(series: pd.Series) -> pd.Series:
    return pd.to_numeric(series).astype(float)
