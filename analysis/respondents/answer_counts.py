"""A survey's kept rows + round + codebook -> how often each question has no answer, and whose people say so.

Counts of the file, not estimates: weights play no part, and nothing is told of any one person. They go
into the sidecar of the built findings, from where the page `data_checks` takes them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.respondents.answers import KINDS, kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.interviewers import count_interviewers, show_interviewer
from analysis.respondents.value_checks import numbers_in
from analysis.rounds import Round


def count_answers(table: pd.DataFrame, survey_round: Round, codebook: Codebook) -> dict[str, list]:
    """Kinds of no-answer a question, and "don't know" an interviewer.

    Parameters
    ----------
    table : DataFrame
        The kept columns of the file as stored, one row a respondent.
    survey_round : Round
        Its [missing] codes tell the kinds apart; its [fieldwork] may name the interviewers' column.
    codebook : Codebook
        Questions of type code and number are counted, in its order.

    Returns
    -------
    dict of plain values that a sidecar can hold
        "variables": variable, label_vi, label_en and a count for each of `answers.KINDS`.
        "interviewers": interviewer, interviews, asked (answers to questions of type code that were put to
        somebody), dont_know, and low and high, between which chance alone leaves its number; by their code,
        empty where the column is not known.

    Notes
    -----
    low and high are those of `count_interviewers`, which the check of interviewers goes by.
    """
    names = [name for name in codebook.with_role("question") if name in table.columns]
    names = [name for name in names if codebook.row(name)["type"] in ("code", "number")]
    kinds = {name: kind_numbers(numbers_in(table[name]), survey_round.missing) for name in names}
    coded = [name for name in names if codebook.row(name)["type"] == "code"]
    return {
        "variables": [_variable(codebook, name, kinds[name]) for name in names],
        "interviewers": _interviewers(table, survey_round, [kinds[name] for name in coded]),
    }


def _variable(codebook: Codebook, name: str, kinds: np.ndarray) -> dict[str, object]:
    counts = np.bincount(kinds, minlength=len(KINDS))
    about = {f"label_{language}": codebook.label(name, language) for language in ("vi", "en")}
    return {"variable": name, **about, **{kind: int(counts[at]) for at, kind in enumerate(KINDS)}}


def _interviewers(
    table: pd.DataFrame, survey_round: Round, kinds: list[np.ndarray]
) -> list[dict[str, object]]:
    column = survey_round.fieldwork.interviewer
    if not column or column not in table.columns or not kinds:
        return []
    counts = count_interviewers(table[column], kinds)
    names = ("interviews", "asked", "dont_know", "low", "high")
    return [
        {"interviewer": show_interviewer(str(who)), **{name: int(row[name]) for name in names}}
        for who, row in counts.iterrows()
    ]
