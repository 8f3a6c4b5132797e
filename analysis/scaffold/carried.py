"""Drafted variables + their matches in a codebook -> the same with what the codebook knows about them.

A file that names its variables otherwise asks the same questions: who is asked, what is possible and which
boxes stand in one row hold for it too, under its own names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from analysis.errors import shown
from analysis.places.rows import fold
from analysis.respondents.codebook import Codebook
from analysis.scaffold.codebook_draft import Variable
from analysis.scaffold.matching import LIKE, Match
from analysis.scaffold.roles import Reason


def carry_over(
    variables: list[Variable], matches: Mapping[str, Match], codebook: Codebook | None
) -> tuple[list[Variable], list[Reason]]:
    """Skip rules, limits, batteries and English labels of a codebook, for the variables that match.

    Parameters
    ----------
    variables : list of Variable
    matches : mapping of str to Match
        Codebook's variable -> its column.
    codebook : Codebook or None

    Returns
    -------
    tuple of list of Variable and list of Reason
        What was carried over, and which skip rules were not because the question they hang on is not in
        the file.
    """
    if codebook is None:
        return variables, []
    by_column = {one.heading or one.name: one for one in variables}
    found = {
        name: match
        for name, match in matches.items()
        if match.column in by_column and match.score >= LIKE and not match.others
    }
    # A column that two variables may be is nobody's: their rules may differ.
    times = Counter(match.column for match in found.values())
    found = {name: match for name, match in found.items() if times[match.column] == 1}
    of_column = {match.column: name for name, match in found.items()}
    made, lost = [], []
    for one in variables:
        name = of_column.get(one.heading or one.name)
        if not name:
            made.append(one)
            continue
        rule = _asked_if(codebook, name, found, by_column)
        if rule is None:
            lost.append(one.name)
        made.append(_with(one, codebook, name, rule or ""))
    return made, [*_told(made, variables), *_lost(lost)]


def _with(one: Variable, codebook: Codebook, name: str, rule: str) -> Variable:
    row = codebook.row(name)
    limits = {side: row[side] if one.type == "number" else "" for side in ("low", "high")}
    battery = row.get("battery", "") if one.type == "code" else ""
    english = {fold(vi): en for vi, en in codebook.code_sets.get(row["code_set"], {}).values()}
    codes = _whole_set(one, codebook, name)
    codes_en = {code: english[fold(text)] for code, text in codes.items() if fold(text) in english}
    return replace(
        one,
        label_en=one.label_en or row["label_en"],
        asked_if=rule,
        battery=battery,
        codes=codes,
        codes_en=codes_en,
        **limits,
    )


def _whole_set(one: Variable, codebook: Codebook, name: str) -> dict[float, str]:
    """The variable's codes, and those of the codebook that nobody gave, where all that are there agree."""
    book = codebook.labels(name)
    english = codebook.labels(name, "en")
    agree = all(
        code in book and fold(text) in (fold(book[code]), fold(english[code]))
        for code, text in one.codes.items()
    )
    return (
        dict(sorted((book | one.codes).items())) if one.type == "code" and one.codes and agree else one.codes
    )


def _asked_if(
    codebook: Codebook, name: str, found: Mapping[str, Match], by_column: Mapping[str, Variable]
) -> str | None:
    """The skip rule on the file's own names and codes; "" for none, None where its gate is not there."""
    condition = codebook.asked_if(name)
    if condition is None:
        return ""
    gate, codes = condition
    match = found.get(gate)
    if match is None:
        return None
    own = by_column[match.column]
    translated = [match.codes.get(code, code) for code in codes]
    if own.type != "code" or not set(translated) <= set(own.codes):
        return None
    return f"{own.name}={' '.join(f'{code:.15g}' for code in translated)}"


def _told(made: list[Variable], before: list[Variable]) -> list[Reason]:
    changed = [one for one, old in zip(made, before, strict=True) if one != old]
    if not changed:
        return []
    rules = sum(bool(one.asked_if) for one in changed)
    limits = sum(bool(one.low or one.high) for one in changed)
    batteries = len({one.battery for one in changed if one.battery})
    return [
        Reason(
            f"mang theo từ bảng mã cho {len(changed)} biến khớp: {rules} điều kiện hỏi, {limits} giới hạn, "
            f"{batteries} nhóm câu",
            f"carried over for {len(changed)} matched variables: {rules} skip rules, {limits} limits, "
            f"{batteries} batteries",
        )
    ]


def _lost(names: list[str]) -> list[Reason]:
    if not names:
        return []
    return [
        Reason(
            f"{len(names)} biến có điều kiện hỏi nhưng câu làm điều kiện không có trong tệp, nên không kiểm "
            "tra: "
            f"{shown(names)}",
            f"skip rules of {len(names)} variables hang on questions that are not in the file: "
            f"{shown(names)}",
        )
    ]
