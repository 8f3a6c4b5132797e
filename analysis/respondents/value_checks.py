"""Answers as stored + codebook + the round's groups -> findings: values that mean nothing.

Kept apart from the other checks because only these read what people answered; a finding gives codes of
respondents and counts, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import shown
from analysis.findings import Finding
from analysis.intake.persons.masks import HIDDEN
from analysis.respondents.answers import ANSWERED, MISSING, NOT_ASKED, kind_numbers
from analysis.respondents.codebook import Codebook
from analysis.respondents.survey_rows import SurveyRows
from analysis.respondents.weight_checks import DECIMAL_COMMA
from analysis.rounds import Group, Round

#: What a column of numbers must not hold, Vietnamese and English.
_WORDS = ("có chữ ở chỗ phải là số", "has words where a number should be")


class _Fault(NamedTuple):
    """What is wrong with values of a column: the sentence's end in both languages, what was expected, what is
    there, in which rows, and what may be shown of them."""

    vi: str
    en: str
    expected: str
    got: str
    rows: np.ndarray
    shown: str = HIDDEN


#: The ages, in years, that a person can have.
_AGES = (0, 120)


def check_values(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Codes that the codebook does not have, numbers out of range, answers where none was asked."""
    table, missing = rows.table, rows.survey_round.missing
    names = [name for name in codebook.with_role("place", "person", "question") if name in table.columns]
    names = [name for name in names if codebook.row(name)["type"] != "text"]
    numbers = {name: numbers_in(table[name]) for name in names}
    kinds = {name: kind_numbers(values, missing) for name, values in numbers.items()}
    for name in names:
        is_age = name == rows.survey_round.columns.age
        seen = table[name], numbers[name], kinds[name]
        for fault in _value_faults(name, *seen, codebook, is_age):
            yield from _unknown_code(rows, name, fault)
    yield from _skips(rows, codebook, numbers, kinds)


def numbers_in(series: pd.Series) -> np.ndarray:
    """A column as floats, NaN where it holds a blank or words."""
    return pd.to_numeric(series, errors="coerce").to_numpy(float, na_value=np.nan)


def _possible_ages(numbers: np.ndarray) -> np.ndarray:
    return (numbers >= _AGES[0]) & (numbers <= _AGES[1])


def check_age(rows: SurveyRows) -> Iterator[Finding]:
    """Ages that nobody has, in the column that the round names under [columns] age."""
    column = rows.survey_round.columns.age
    if not column:
        return
    numbers = numbers_in(rows.table[column])
    answered = kind_numbers(numbers, rows.survey_round.missing) == ANSWERED
    impossible = answered & ~_possible_ages(numbers)
    if impossible.any():
        finding = Finding(
            "impossible_age",
            f"The age in {column} is impossible in {int(impossible.sum())} rows.",
            f"Tuổi ở cột {column} không thể có thật ở {int(impossible.sum())} dòng. Hãy hỏi lại đơn vị "
            "khảo sát rồi ghi vào tệp sửa số, hoặc khai báo mã không trả lời.",
            where=f"{rows.survey_round.file}, column {column}",
            expected=f"{_AGES[0]} to {_AGES[1]} years, or a no-answer code of the round",
            got=f"other numbers in {int(impossible.sum())} rows",
            hint="Ask the field team and declare a correction, or declare the code under [missing].",
        )
        yield from rows.at_cells(finding, impossible, column, HIDDEN)


def _value_faults(
    name: str,
    stored: pd.Series,
    numbers: np.ndarray,
    kinds: np.ndarray,
    codebook: Codebook,
    is_age: bool,
) -> Iterator[_Fault]:
    """What is wrong with a column's values."""
    or_none = ", or a no-answer code of the round"
    words = stored.notna().to_numpy() & np.isnan(numbers)
    if words.any():
        comma = stored.astype(str).str.fullmatch(DECIMAL_COMMA).to_numpy(dtype=bool)
        more = '; a decimal comma is read with [file_format] decimal = "comma"' if comma[words].all() else ""
        yield _Fault(*_WORDS, f"a number{more}", "words", words)
    answered = kinds == ANSWERED
    low, high = codebook.limits(name)
    outside = answered & ((numbers < low) | (numbers > high))
    if is_age:
        outside &= _possible_ages(numbers)  # the others are named by `check_age`
    if outside.any():
        vi, en = _between(low, high)
        yield _Fault(
            f"có số nằm ngoài khoảng {vi}", f"has numbers outside {en}", f"{en}{or_none}", "numbers out of "
            "range",
            outside,
        )  # fmt: skip
    if codebook.row(name)["type"] == "code":
        allowed = list(codebook.labels(name))
        strange = answered & ~np.isin(numbers, allowed)
        expected = f"one of {', '.join(f'{c:g}' for c in allowed)}{or_none}"
        for code in np.unique(numbers[strange]):
            text = f"{code:g}"
            yield _Fault(
                f"có mã {text} không có trong bảng mã", f"has code {text}, which the codebook does not have",
                expected, f"code {text}", strange & (numbers == code), text,
            )  # fmt: skip


def _between(low: float, high: float) -> tuple[str, str]:
    """A range in words: "từ 18 đến 110", "18 to 110"; open where one end is."""
    low_vi, high_vi = (f"{end:g}".replace(".", ",") for end in (low, high))
    if np.isinf(low):
        return f"đến {high_vi}", f"at most {high:g}"
    if np.isinf(high):
        return f"từ {low_vi} trở lên", f"at least {low:g}"
    return f"từ {low_vi} đến {high_vi}", f"{low:g} to {high:g}"


def _unknown_code(rows: SurveyRows, name: str, fault: _Fault) -> Iterator[Finding]:
    count, survey_round = int(fault.rows.sum()), rows.survey_round
    codes = paths.shown_rows("codebook", survey_round.codebook, "codes.csv")
    variables = paths.shown_rows("codebook", survey_round.codebook, "variables.csv")
    mend = f"widen its limits in {variables}" if "outside" in fault.en else f"add the code to {codes}"
    finding = Finding(
        "unknown_code",
        f"Variable {name} {fault.en} ({count} rows).",
        f"Biến {name} {fault.vi} ({count} dòng). Hãy sửa dữ liệu hoặc bảng mã.",
        where=f"{survey_round.file}, column {name}",
        expected=fault.expected,
        got=f"{fault.got} in {count} rows",
        hint=f"Mend the file, {mend}, or declare it under [missing] in the round's settings.",
    )
    yield from rows.at_cells(finding, fault.rows, name, fault.shown)


def check_groups(rows: SurveyRows, codebook: Codebook) -> Iterator[Finding]:
    """Groups whose variable holds words, and groups that nobody belongs to."""
    for group in rows.survey_round.groups:
        stored = rows.table[group.variable]
        numbers = numbers_in(stored)
        words = stored.notna().to_numpy() & np.isnan(numbers)
        checked = group.variable in codebook and codebook.row(group.variable)["type"] != "text"
        if words.any() and not checked:
            fault = _Fault(*_WORDS, "a number", "words", words)
            yield from _unknown_code(rows, group.variable, fault)
        if words.any():
            continue
        empty = [label for label in group.labels if not group.members(numbers, label).any()]
        if empty:
            yield _empty_group(rows.survey_round, group, empty)


def _empty_group(survey_round: Round, group: Group, empty: list[str]) -> Finding:
    wanted = group.codes or group.bands
    declared = "; ".join(f"{label} {list(wanted[label])}" for label in empty)
    return Finding(
        "empty_group",
        f"Nobody belongs to {shown(empty)} of group {group.name}.",
        f"Không có ai thuộc nhóm {shown(empty)} ({group.name}). Hãy sửa mã của nhóm trong cấu hình, "
        "hoặc bỏ nhóm đó.",
        where=f"{survey_round.shown_settings}, [groups.{group.name}]",
        expected=f"values that the file's column {group.variable} holds",
        got=declared,
        hint="Mend the group's codes or bands, or leave the group out.",
    )


def _skips(
    rows: SurveyRows,
    codebook: Codebook,
    numbers: Mapping[str, np.ndarray],
    kinds: Mapping[str, np.ndarray],
) -> Iterator[Finding]:
    for name in numbers:
        condition = codebook.asked_if(name)
        if condition is None or condition[0] not in numbers:
            continue
        gate, codes = condition
        had = ~np.isin(kinds[name], (NOT_ASKED, MISSING))
        wrong = had & ~np.isin(numbers[gate], codes)
        if wrong.any():
            count = int(wrong.sum())
            finding = Finding(
                "answered_though_not_asked",
                f"{count} respondents answered {name} though {gate} says they were not to be asked.",
                f"{count} người trả lời câu {name} dù theo {gate} thì không được hỏi.",
                where=f"{rows.survey_round.file}, columns {gate} and {name}, {rows.row_numbers(wrong)}",
                expected=f"answers to {name} only where {codebook.row(name)['asked_if']}",
                got=f"{count} of {int(had.sum())} answers",
                hint="The answers are kept; ask the field team which of the two is wrong.",
                kind="note",
            )
            yield rows.about_column(finding, name, wrong)
