"""Microdata + round + codebook + places -> `respondents`: one row a respondent, under our own names.

The codes of answers stay as stored, no-answer codes included; the indicators stage decides about them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.findings import stop_on
from analysis.respondents.checks import check_respondents
from analysis.respondents.codebook import Codebook
from analysis.respondents.identifiers import place_code, text_code
from analysis.respondents.microdata import Microdata
from analysis.rounds import Group, Round


def build_respondents(
    microdata: Microdata,
    survey_round: Round,
    codebook: Codebook,
    district_codes: Collection[str],
    commune_codes: Mapping[str, str],
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

    Returns
    -------
    DataFrame
        respondent (text), weight (float), stratum, psu, district_stratum, district_psu (text),
        district, commune, village (text codes), one text column a group of the round, then every
        person and question variable of the codebook that the file holds, as numbers as stored.

    Raises
    ------
    WorkbenchError
        The subclass of the first stop finding of `check_respondents`.
    """
    table = microdata.table
    stop_on(check_respondents(table, survey_round, codebook, district_codes, commune_codes))
    columns = _who_and_where(table, survey_round, district_codes, commune_codes)
    for group in survey_round.groups:
        columns[group.name] = group_labels(table[group.variable], group)
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
        "stratum": text_code(table[design.stratum]),
        "psu": text_code(table[design.psu]),
        "district_stratum": text_code(table[design.district_stratum or design.stratum]),
        "district_psu": text_code(table[design.district_psu or design.psu]),
        "district": place_code(table[columns.district], district_codes),
        "commune": _optional(table, columns.commune, commune_codes),
        "village": _optional(table, columns.village, ()),
    }


def _optional(table: pd.DataFrame, column: str, known: Collection[str]) -> pd.Series:
    """A place code, or nothing but blanks where the round names no column."""
    if column:
        return place_code(table[column], known)
    return pd.Series(None, index=table.index, dtype="str")


def group_labels(series: pd.Series, group: Group) -> pd.Series:
    """The label of the group each value belongs to, or a blank for those in none.

    Examples
    --------
    >>> age = Group("age_group", "age", bands={"18-34": (18, 34), "35+": (35, 120)})
    >>> group_labels(pd.Series([18, 35, 999]), age).tolist()
    ['18-34', '35+', nan]
    """
    numbers = _numbers(series).to_numpy()
    labels = np.full(len(series), None, dtype=object)
    for label in group.labels:
        labels[group.members(numbers, label)] = label
    return pd.Series(labels, index=series.index, name=group.name, dtype="str")


def _numbers(series: pd.Series) -> pd.Series:
    return pd.to_numeric(series).astype(float)
