"""Answers as stored + codebook + the round's groups -> findings: values that mean nothing.

Kept apart from the other checks because only these read what people answered; a finding gives codes of
respondents and counts, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from analysis.errors import shown
from analysis.findings import Finding
from analysis.respondents.answers import ANSWERED, MISSING, NOT_ASKED, kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.identifiers import respondents_in
from analysis.rounds import Group, Round

#: What a column of numbers must not hold.
_WORDS = "words where a number should be"


def check_values(table: pd.DataFrame, survey_round: Round, codebook: Codebook) -> Iterator[Finding]:
    """Codes that the codebook does not have, numbers out of range, answers where none was asked."""
    names = [name for name in codebook.with_role("place", "person", "question") if name in table.columns]
    names = [name for name in names if codebook.row(name)["type"] != "text"]
    numbers = {
        name: pd.to_numeric(table[name], errors="coerce").to_numpy(float, na_value=np.nan) for name in names
    }
    kinds = {name: kind_numbers(values, survey_round.missing) for name, values in numbers.items()}
    for name in names:
        for what, expected, rows in _value_faults(name, table[name], numbers[name], kinds[name], codebook):
            yield _unknown_code(table, survey_round, name, what, expected, rows)
    yield from _skips(survey_round, codebook, numbers, kinds)


def _value_faults(
    name: str, stored: pd.Series, numbers: np.ndarray, kinds: np.ndarray, codebook: Codebook
) -> Iterator[tuple[str, str, np.ndarray]]:
    """What is wrong with a column's values, what was expected, and in which rows."""
    or_none = ", or a no-answer code of the round"
    words = stored.notna().to_numpy() & np.isnan(numbers)
    if words.any():
        yield _WORDS, "a number", words
    answered = kinds == ANSWERED
    low, high = codebook.limits(name)
    outside = answered & ((numbers < low) | (numbers > high))
    if outside.any():
        yield "numbers out of range", f"{low:g} to {high:g}{or_none}", outside
    if codebook.row(name)["type"] == "code":
        allowed = list(codebook.labels(name))
        strange = answered & ~np.isin(numbers, allowed)
        for code in np.unique(numbers[strange]):
            expected = f"one of {', '.join(f'{c:g}' for c in allowed)}{or_none}"
            yield f"code {code:g}", expected, strange & (numbers == code)


def _unknown_code(
    table: pd.DataFrame, survey_round: Round, name: str, what: str, expected: str, rows: np.ndarray
) -> Finding:
    count = int(rows.sum())
    return Finding(
        "unknown_code",
        f"Variable {name} has {what}, which the codebook does not have.",
        f"Biến {name} có giá trị không có trong bảng mã ({count} dòng). Hãy sửa dữ liệu hoặc bảng mã.",
        where=f"{survey_round.file}, column {name}, {respondents_in(table, survey_round, rows)}",
        expected=expected,
        got=f"{what} in {count} rows",
        hint=f"Mend the file, add the code to data/codebook/{survey_round.codebook}/codes.csv, "
        "or declare it under [missing] in the round's settings.",
    )


def check_groups(table: pd.DataFrame, survey_round: Round, codebook: Codebook) -> Iterator[Finding]:
    """Groups whose variable holds words, and groups that nobody belongs to."""
    for group in survey_round.groups:
        stored = table[group.variable]
        numbers = pd.to_numeric(stored, errors="coerce").to_numpy(float, na_value=np.nan)
        words = stored.notna().to_numpy() & np.isnan(numbers)
        checked = group.variable in codebook and codebook.row(group.variable)["type"] != "text"
        if words.any() and not checked:
            yield _unknown_code(table, survey_round, group.variable, _WORDS, "a number", words)
        if words.any():
            continue
        empty = [label for label in group.labels if not group.members(numbers, label).any()]
        if empty:
            yield _empty_group(survey_round, group, empty)


def _empty_group(survey_round: Round, group: Group, empty: list[str]) -> Finding:
    wanted = group.codes or group.bands
    declared = "; ".join(f"{label} {list(wanted[label])}" for label in empty)
    return Finding(
        "empty_group",
        f"Nobody belongs to {shown(empty)} of group {group.name}.",
        f"Không có ai thuộc nhóm {shown(empty)} ({group.name}). Hãy sửa mã của nhóm trong cấu hình, "
        "hoặc bỏ nhóm đó.",
        where=f"data/rounds/{survey_round.survey_round}.toml, [groups.{group.name}]",
        expected=f"values that the file's column {group.variable} holds",
        got=declared,
        hint="Mend the group's codes or bands, or leave the group out.",
    )


def _skips(
    survey_round: Round,
    codebook: Codebook,
    numbers: Mapping[str, np.ndarray],
    kinds: Mapping[str, np.ndarray],
) -> Iterator[Finding]:
    for name in numbers:
        condition = codebook.asked_if(name)
        if condition is None or condition[0] not in numbers:
            continue
        gate, codes = condition
        asked = np.isin(numbers[gate], codes)
        had = ~np.isin(kinds[name], (NOT_ASKED, MISSING))
        wrong = int((had & ~asked).sum())
        if wrong:
            yield Finding(
                "answered_though_not_asked",
                f"{wrong} respondents answered {name} though {gate} says they were not to be asked.",
                f"{wrong} người trả lời câu {name} dù theo {gate} thì không được hỏi.",
                where=f"{survey_round.file}, columns {gate} and {name}",
                expected=f"answers to {name} only where {codebook.row(name)['asked_if']}",
                got=f"{wrong} of {int(had.sum())} answers",
                hint="The answers are kept; ask the field team which of the two is wrong.",
                kind="note",
            )
