"""Profiles of a file's columns + the parts they play -> variables.csv and codes.csv of a codebook of its own.

Names, labels and codes are the file's. Columns that look personal are not declared, so they are never kept.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.respondents.codebook import (
    CODE_COLUMNS,
    LABEL_LENGTH,
    NO_ANSWER_SET,
    VARIABLE_COLUMNS,
    WORD_BREAK,
)
from analysis.scaffold.known import NO_ANSWER
from analysis.scaffold.profile import Profile, name_key
from analysis.scaffold.words import Worded

#: A column of whole numbers with no more different answers than this holds codes, also without labels.
MOST_CODES = 12
_DESIGN, _PLACE, _PERSON = (
    ("respondent", "weight", "stratum", "psu", "interviewer", "interview_date"),
    ("province", "district", "commune", "village"),
    ("sex", "age", "residence", "ethnicity"),
)
#: What the framework's rows can name; anything else gets a name of its own.
_PLAIN = re.compile(r"\w+")
_NO_ANSWER_LABELS = {
    "dont_know": ("Không biết", "Don't know"),
    "refused": ("Từ chối trả lời", "Refused"),
    "not_asked": ("Không thuộc diện được hỏi", "Not asked"),
}


@dataclass(frozen=True)
class Variable:
    """One row of a drafted variables.csv.

    `heading` is the file's name where that cannot be a variable's; `codes` are without those that are no
    answers; `seen` is the lowest and the highest answer; `words` are what the file writes in place of codes.
    The rest is carried over from a codebook that it matches.
    """

    name: str
    label: str
    label_en: str
    role: str
    type: str
    heading: str = ""
    codes: dict[float, str] = field(default_factory=dict)
    seen: tuple[float, float] = (0.0, 1.0)
    words: dict[str, float] = field(default_factory=dict)
    codes_en: dict[float, str] = field(default_factory=dict)
    low: str = ""
    high: str = ""
    asked_if: str = ""
    battery: str = ""

    @property
    def varies(self) -> bool:
        return self.seen[0] < self.seen[1]


def describe_variables(
    profiles: Mapping[str, Profile],
    roles: Mapping[str, str],
    no_answer: Collection[float | str],
    personal: Collection[str],
    words: Mapping[str, Worded],
) -> list[Variable]:
    """Each column that may be declared, in the file's order.

    Parameters
    ----------
    profiles : mapping of str to Profile
    roles : mapping of str to str
        Part -> column, "" where none is known.
    no_answer : collection
        Codes that are no answers.
    personal : collection of str
        Columns that look personal; those of the design, and codes with labels, are declared all the same.
    words : mapping of str to Worded
        Columns whose words are read as codes.
    """
    part_of = {column: part for part, column in roles.items() if column}
    return [
        _variable(one, part_of.get(name, ""), no_answer, words.get(name))
        for name, one in profiles.items()
        if name in part_of or name not in personal or (one.labels and one.is_numeric)
    ]


def _variable(one: Profile, part: str, no_answer: Collection[float | str], worded: Worded | None) -> Variable:
    label = (one.label or one.name)[:LABEL_LENGTH]
    answers = [value for value in one.values if value not in no_answer]
    seen = (min(answers), max(answers)) if answers else (0.0, 0.0)
    if part in _DESIGN or part in _PLACE:
        kind = "number" if part == "weight" else "text"
        return Variable(one.name, label, "", "design" if part in _DESIGN else "place", kind, seen=seen)
    role = "person" if part in _PERSON else "question"
    name = one.name if role == "person" or _PLAIN.fullmatch(one.name) else name_key(one.name)
    heading = one.name if name != one.name else ""
    words = dict(worded.codes) if worded else {}
    if worded and worded.answers:
        codes = worded.answers
        seen = (min(codes), max(codes)) if codes else (0.0, 0.0)
        return Variable(name, label, "", role, "code", heading, codes, seen, words)
    if not one.is_numeric:
        return Variable(name, label, "", role, "text", heading)
    codes = {
        code: text for code, text in one.labels.items() if code not in no_answer and not isinstance(code, str)
    }
    is_code = part != "age" and (bool(codes) or (one.is_whole and len(answers) <= MOST_CODES))
    # A few labels on a number ("0 = none") do not make it a code.
    if codes and len(answers) > MOST_CODES and not set(answers) <= set(codes):
        is_code = False
    if not is_code:
        return Variable(name, label, "", role, "number", heading, seen=seen, words=words)
    codes = codes or {code: f"{code:.15g}" for code in answers}
    return Variable(name, label, "", role, "code", heading, codes, seen, words)


def codebook_files(variables: list[Variable], kinds: Mapping[float, str]) -> dict[str, str]:
    """variables.csv and codes.csv as text.

    Parameters
    ----------
    variables : list of Variable
    kinds : mapping of float to str
        Code that is no answer -> its kind.

    Notes
    -----
    Variables with the same codes, labels and words share a set. English labels are the file's own where it
    has no others: they are what pages in English print until somebody translates them.
    """
    sets: dict[tuple, tuple[str, Variable]] = {}
    rows = []
    for one in variables:
        answers = tuple((word, code) for word, code in one.words.items() if code in one.codes)
        key = (tuple(one.codes.items()), answers)
        name = sets.setdefault(key, (f"{name_key(one.name)}_codes", one))[0] if one.codes else ""
        low = "0" if one.role == "design" and one.type == "number" else one.low
        rows.append(
            {
                "variable": one.name, "label_vi": one.label, "label_en": one.label_en, "role": one.role,
                "type": one.type, "code_set": name, "low": low, "high": one.high,
                "asked_if": one.asked_if, "heading": one.heading, "status": "assumed",
                "personal": "drop" if one.type == "text" and one.role in ("person", "question") else "",
                "battery": one.battery,
            }
        )  # fmt: skip
    codes = [
        {"code_set": NO_ANSWER_SET, "code": f"{code:.15g}", "label_vi": vi, "label_en": en,
         "word": _words_of(code, {word: c for one in variables for word, c in one.words.items()})}
        for code, kind in kinds.items()
        if kind in NO_ANSWER and not isinstance(code, str)
        for vi, en in [_NO_ANSWER_LABELS[kind]]
    ]  # fmt: skip
    codes += [
        {"code_set": name, "code": f"{code:.15g}", "label_vi": text, "label_en": one.codes_en.get(code, text),
         "word": _words_of(code, one.words)}
        for name, one in sets.values()
        for code, text in one.codes.items()
    ]  # fmt: skip
    worded = any(one.words for one in variables)
    batteries = any(one.battery for one in variables)
    more = ("personal", "heading", *(("battery",) if batteries else ()))
    return {
        "variables.csv": _csv(rows, (*VARIABLE_COLUMNS, *more)),
        "codes.csv": _csv(codes, (*CODE_COLUMNS, *(("word",) if worded else ()))),
    }


def _words_of(code: float, words: Mapping[str, float]) -> str:
    return WORD_BREAK.join(word for word, own in words.items() if own == code)


def _csv(rows: list[dict[str, str]], columns: tuple[str, ...]) -> str:
    text = io.StringIO()
    pd.DataFrame(rows, columns=list(columns)).to_csv(text, index=False, lineterminator="\n")
    return text.getvalue()
