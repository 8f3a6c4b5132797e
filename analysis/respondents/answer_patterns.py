"""Answers as stored + codebook -> notes: rows that repeat each other, columns and people without variation.

None of this is wrong by itself; all of it is how copied or made-up interviews look.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.findings import Finding
from analysis.respondents.answers import ANSWERED, kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.value_checks import numbers_in

#: Two people may agree on a few questions; on so many, answered alike throughout, hardly.
LEAST_ANSWERS = 10
#: Tables of fewer rows are not told of columns without variation.
_LEAST_ROWS = 3


def check_patterns(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Repeated rows, columns without an answer or with one answer only, one code throughout a battery."""
    table, missing = rows.table, rows.survey_round.missing
    names = [name for name in codebook.with_role("person", "question") if name in table.columns]
    names = [name for name in names if codebook.row(name)["type"] != "text"]
    numbers = {name: numbers_in(table[name]) for name in names}
    kinds = {name: kind_numbers(values, missing) for name, values in numbers.items()}
    yield from _repeated(rows, numbers, kinds)
    if len(table) >= _LEAST_ROWS:
        for name in names:
            yield from _without_variation(rows, name, numbers[name], kinds[name])
    for battery, of_battery in codebook.batteries().items():
        asked = [name for name in of_battery if name in numbers]
        if asked:
            shape = (len(table), len(asked))
            values = np.column_stack([numbers[name] for name in asked]).reshape(shape)
            answered = np.column_stack([kinds[name] for name in asked]).reshape(shape) == ANSWERED
            yield from _straight(rows, battery, asked, values, answered)


def _repeated(
    rows: SurveyRows, numbers: dict[str, np.ndarray], kinds: dict[str, np.ndarray]
) -> Iterator[Finding]:
    """Rows with every answer the same under another respondent's code."""
    if len(numbers) < LEAST_ANSWERS:
        return
    answers = pd.DataFrame(numbers)
    answered = np.column_stack([kinds[name] == ANSWERED for name in numbers]).sum(axis=1)
    again = answers.duplicated(keep=False).to_numpy() & (answered >= LEAST_ANSWERS)
    if again.any():
        sets = len(answers[again].drop_duplicates())
        finding = Finding(
            "duplicate_row",
            f"{int(again.sum())} rows have the same answer to every question as another row, under other "
            f"codes ({sets} sets).",
            f"{int(again.sum())} dòng trả lời giống hệt dòng khác ở mọi câu hỏi, dưới mã người khác "
            f"({sets} nhóm). Hãy hỏi đơn vị khảo sát xem có nhập trùng không.",
            where=rows.survey_round.file,
            expected="people who differ somewhere",
            got=f"{int(again.sum())} rows in {sets} sets",
            hint="Ask the field team; a row entered twice is dropped by a correction (drop_row).",
            kind="note",
        )
        yield from rows.at_cells(finding, again)


def _without_variation(
    rows: SurveyRows, name: str, numbers: np.ndarray, kinds: np.ndarray
) -> Iterator[Finding]:
    where = f"{rows.survey_round.file}, column {name}"
    answers = np.unique(numbers[kinds == ANSWERED])
    if not len(answers):
        finding = Finding(
            "no_answers",
            f"Variable {name} has no answer in any row.",
            f"Biến {name} không có câu trả lời nào ở mọi dòng.",
            where=where,
            expected="answers, where the question was asked",
            got=f"none in {len(numbers)} rows",
            hint="Nothing to do if it was not asked; its indicators have no estimate.",
            kind="note",
        )
        yield rows.about_column(finding, name)
    elif len(answers) == 1 and (kinds == ANSWERED).all():
        finding = Finding(
            "constant_column",
            f"Variable {name} has one and the same answer in every row.",
            f"Biến {name} có cùng một câu trả lời ở mọi dòng. Hãy xem có đúng không.",
            where=where,
            expected="answers that differ",
            got=f"1 answer in {len(numbers)} rows",
            hint="See whether the column was filled by default.",
            kind="note",
        )
        yield rows.about_column(finding, name)


def _straight(
    rows: SurveyRows, battery: str, names: list[str], values: np.ndarray, answered: np.ndarray
) -> Iterator[Finding]:
    """People who gave one code to every question of a battery."""
    least = rows.survey_round.checks.same_answers
    low = np.where(answered, values, np.inf).min(axis=1)
    high = np.where(answered, values, -np.inf).max(axis=1)
    enough = answered.sum(axis=1) >= least
    straight = enough & (low == high)
    if straight.any():
        count, asked = int(straight.sum()), int(enough.sum())
        finding = Finding(
            "straight_lining",
            f"{count} of {asked} people gave one and the same answer to every question of battery {battery}.",
            f"{count} trong {asked} người trả lời giống nhau ở mọi câu của nhóm câu hỏi {battery}.",
            where=f"{rows.survey_round.file}, columns {names[0]} … {names[-1]}, {rows.row_numbers(straight)}",
            expected=f"answers that differ somewhere among {least} or more ([checks] same_answers)",
            got=f"{count} of {asked}",
            hint="Some people do think so of everything; many in one commune or with one interviewer do not.",
            kind="note",
        )
        yield rows.about_column(finding, names[0], straight)
