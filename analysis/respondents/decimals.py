"""Numbers stored as text with the declared decimal comma -> numbers, and what is written otherwise."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from analysis.findings import Finding, findings_table
from analysis.intake.letters.numbers import parse_number
from analysis.respondents.codebook import Codebook
from analysis.respondents.needed import numeric_columns
from analysis.respondents.survey_rows import SurveyRows
from analysis.rounds import Round


def read_decimals(rows: SurveyRows, codebook: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read text in columns of numbers by the round's [file_format] decimal.

    Parameters
    ----------
    rows : SurveyRows
    codebook : Codebook

    Returns
    -------
    tuple of DataFrame and DataFrame
        The table; a column that holds a word stays text, its numbers written with a point, and the word is
        left to the checks. Findings: a stop for each number that a comma cannot be meant in, such as 1.5.

    Notes
    -----
    With a decimal point there is nothing to do. Number cells of a workbook have no decimal sign: they stay.
    """
    if rows.survey_round.file_format.decimal != "comma":
        return rows.table, findings_table([])
    changed, found = {}, []
    for name in _names(rows.table, rows.survey_round, codebook):
        changed[name], refused = _column(rows, name)
        if refused.any():
            finding = Finding(
                "unknown_code",
                f"Numbers in {name} are not written with the declared decimal comma.",
                f"Số ở cột {name} không viết theo dấu phẩy thập phân đã khai báo. Hãy viết lại các ô này.",
                where=f"{rows.survey_round.file}, column {name}",
                expected="such as 1,5 or 1.234,5",
                got=f"otherwise in {int(refused.sum())} rows",
                hint="Write them so, or change [file_format] decimal in the round's settings.",
            )
            found += rows.at_cells(finding, refused, name, "•••")
    return rows.table.assign(**changed), findings_table(found)


def _names(table: pd.DataFrame, survey_round: Round, codebook: Codebook) -> Iterable[str]:
    """The columns of text that should hold numbers."""
    numeric = numeric_columns(survey_round)
    for name in table.columns:
        declared = name in codebook and codebook.row(name)["type"] != "text"
        if (declared or name in numeric) and not pd.api.types.is_numeric_dtype(table[name]):
            yield name


def _column(rows: SurveyRows, name: str) -> tuple[pd.Series, np.ndarray]:
    """A column read with the comma, and which of its cells are numbers in another form."""
    texts = rows.table[name]
    is_cell = np.zeros(len(texts), dtype=bool)
    if rows.raw is not None and rows.raw.stored is None:
        is_cell = (rows.raw.kinds[name].iloc[rows.table.index] == "number").to_numpy(dtype=bool)
    read = {text: parse_number(str(text), "comma").value for text in texts[~is_cell].dropna().unique()}
    of_form = {text: repr(number) for text, number in read.items() if number is not None}
    other = {text for text, number in read.items() if number is None and _is_number(text)}
    column = texts.where(is_cell, texts.map(lambda text: of_form.get(text, text))).astype("str")
    refused = texts.isin(other).to_numpy() & ~is_cell
    words = [text for text in column.dropna().unique() if not _is_number(text)]
    if words or refused.any():
        return column, refused
    return pd.to_numeric(column).astype(float), refused


def _is_number(text: object) -> bool:
    try:
        float(str(text))
    except ValueError:
        return False
    return True
