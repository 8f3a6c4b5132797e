"""Respondents + framework -> `indicators`: design and group columns, then one float column an indicator.

NaN means "not counted for this indicator": not asked, refused, blank, or "don't know" where the row
says so. Respondents are never dropped: a standard error needs everybody in the design.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import BadRows, MissingColumn, nearest, shown
from analysis.indicators.framework import Framework
from analysis.indicators.recipes import RECIPES, Spec
from analysis.respondents.answers import kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.rounds import Round


def build_indicators(
    respondents: pd.DataFrame, framework: Framework, survey_round: Round, codebook: Codebook
) -> pd.DataFrame:
    """One column an indicator valid in the framework's year.

    Parameters
    ----------
    respondents : DataFrame
        The product of the respondents stage, n rows.
    framework : Framework
    survey_round : Round
        Gives the no-answer codes.
    codebook : Codebook
        Tells answers (person, question) from design, place and group columns.

    Returns
    -------
    DataFrame
        n rows in the same order: every column of `respondents` that is no answer, then one float
        column an indicator.

    Raises
    ------
    MissingColumn
        When the file lacks a variable that an indicator of this year needs.
    BadRows
        When a row names a recipe that does not exist.
    """
    rows = framework.indicators.to_dict("records")
    needed = list(dict.fromkeys(name for row in rows for name in row["variables"].split()))
    _stop_if_missing(respondents, rows, needed, survey_round)
    values = respondents[needed].to_numpy(dtype=float, na_value=np.nan)
    kinds = kind_numbers(values, survey_round.missing)
    position = {name: at for at, name in enumerate(needed)}
    columns = {}
    for row in rows:
        at = [position[name] for name in row["variables"].split()]
        columns[row["indicator"]] = _recipe(row)(values[:, at], kinds[:, at], _spec(row))
    answers = set(codebook.with_role("person", "question"))
    design = respondents[[name for name in respondents.columns if name not in answers]]
    return pd.concat([design, pd.DataFrame(columns, index=respondents.index)], axis=1)


def _spec(row: dict) -> Spec:
    codes = tuple(float(code) for code in row["codes"].split())
    return Spec(codes, row["minimum"], row["maximum"], row["dont_know"] == "no")


def _recipe(row: dict):
    if row["recipe"] not in RECIPES:
        close = nearest(row["recipe"], RECIPES) or list(RECIPES)
        raise BadRows(
            f'Indicator {row["indicator"]} names the recipe "{row["recipe"]}", which does not exist.',
            vi=f"Chỉ tiêu {row['indicator']} dùng cách tính không có. Hãy sửa cột recipe.",
            where="indicators.csv, column recipe",
            expected=f"one of {', '.join(RECIPES)}",
            got=row["recipe"],
            hint=f"Use {shown(close)}.",
        )
    return RECIPES[row["recipe"]].function


def _stop_if_missing(
    respondents: pd.DataFrame, rows: list[dict], needed: list[str], survey_round: Round
) -> None:
    absent = [name for name in needed if name not in respondents.columns]
    if absent:
        touched = [row["indicator"] for row in rows if set(absent) & set(row["variables"].split())]
        raise MissingColumn(
            f"{len(touched)} indicators of {survey_round.year} need variables that the file does not have.",
            vi=f"Tệp dữ liệu thiếu biến cho {len(touched)} chỉ tiêu của năm {survey_round.year}. "
            "Hãy xuất lại tệp đủ biến, hoặc ghi năm cuối cùng của chỉ tiêu vào cột valid_to.",
            where=survey_round.file,
            expected=f"variables {shown(absent)}",
            got=f"without them; needed by {shown(touched)}",
            hint=f"Export the file with these variables, or close the rows' validity in "
            f"{paths.shown_rows('framework', survey_round.framework, 'indicators.csv')}.",
        )
