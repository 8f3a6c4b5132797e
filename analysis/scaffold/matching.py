"""A framework's variables + a file's columns -> which column holds which variable, with a score and why.

The score is 1 where name, label and labels of codes agree; it falls with every one that does not. Only a
person knows whether a question was really the same: below `CERTAIN` nothing is taken without a yes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

from analysis.places.rows import fold
from analysis.respondents.codebook import Codebook
from analysis.scaffold.profile import Profile

#: From here on a match is taken without asking; labels that agree less than `LIKE` are different questions.
CERTAIN = 0.9
LIKE = 0.75
#: What is left of a score where the codes mean other things, or cannot be compared.
_OTHER_CODES, _NO_LABEL = 0.5, 0.9


@dataclass(frozen=True)
class Match:
    """One variable of the codebook and the column that seems to hold it.

    Attributes
    ----------
    variable, column : str
        `column` is "" where none does.
    score : float
        0 to 1.
    why : str
        Vietnamese / English.
    codes : dict of float to float
        Code in the codebook -> code in the file, where the labels of the file say that they differ.
    others : tuple of str
        Columns with the very label of `column`: any of them may be meant.
    """

    variable: str
    column: str = ""
    score: float = 0.0
    why: str = ""
    codes: Mapping[float, float] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def match_variables(
    variables: Collection[str],
    codebook: Codebook,
    profiles: Mapping[str, Profile],
    no_answer: Collection[float],
) -> dict[str, Match]:
    """The best column for each variable.

    Parameters
    ----------
    variables : collection of str
        Of the codebook.
    codebook : Codebook
    profiles : mapping of str to Profile
    no_answer : collection of float
        Codes that are no answers.
    """
    by_name = {name.casefold(): name for name in profiles}
    by_label: dict[str, list[str]] = {}
    for name, one in profiles.items():
        if one.label:
            by_label.setdefault(fold(one.label), []).append(name)
    found = {}
    for variable in variables:
        column, others = by_name.get(variable.casefold(), ""), ()
        if column:
            score, why = _same_name(codebook, variable, profiles[column])
        else:
            column, score, others = _like_label(codebook, variable, by_label)
            why = "nhãn giống nhau / like label"
            if others:
                both = ", ".join((column, *others))
                why = f"{len(others) + 1} cột cùng nhãn, chọn một: {both} / one label, choose: {both}"
        if not column:
            found[variable] = Match(variable, why="không có trong tệp / not in the file")
            continue
        agreed, told, codes = _codes(codebook, variable, profiles[column], no_answer)
        why = "; ".join(filter(None, [why, told]))
        found[variable] = Match(variable, column, round(score * agreed, 2), why, codes, others)
    return found


def _same_name(codebook: Codebook, variable: str, one: Profile) -> tuple[float, str]:
    if not one.label:
        return _NO_LABEL, "cùng tên, tệp không có nhãn / same name, the file has no label"
    likeness = max(_likeness(one.label, codebook.label(variable, language)) for language in ("vi", "en"))
    if likeness >= LIKE:
        return 1.0, "cùng tên, nhãn khớp / same name, label agrees"
    return likeness, "cùng tên nhưng nhãn khác / same name, another label"


def _like_label(
    codebook: Codebook, variable: str, by_label: Mapping[str, list[str]]
) -> tuple[str, float, tuple[str, ...]]:
    """The column with the label most like the codebook's, how like it is, and others with the same label."""
    best, score = "", 0.0
    for language in ("vi", "en"):
        wanted = fold(codebook.label(variable, language))
        like = [wanted] if wanted in by_label else get_close_matches(wanted, by_label, n=1, cutoff=LIKE)
        for label in like if wanted else ():
            likeness = SequenceMatcher(None, wanted, label).ratio()
            if likeness > score:
                best, score = label, likeness
    if not best:
        return "", 0.0, ()
    # Never certain by a label alone: two rounds may ask one sentence of different people.
    column, *others = by_label[best]
    return column, min(score, CERTAIN - 0.01), tuple(others)


def _likeness(first: str, second: str) -> float:
    # Stata cuts labels at 80 characters.
    a, b = fold(first)[:78], fold(second)[:78]
    return SequenceMatcher(None, a, b).ratio() if a and b else 0.0


def _codes(
    codebook: Codebook, variable: str, one: Profile, no_answer: Collection[float]
) -> tuple[float, str, dict[float, float]]:
    """How far the codes agree (a factor), what to say of it, and codes to be translated."""
    book = {
        code: {fold(codebook.labels(variable, language)[code]) for language in ("vi", "en")}
        for code in codebook.labels(variable)
    }
    if not book:
        return 1.0, "", {}
    answers = {code: fold(text) for code, text in one.labels.items() if code not in no_answer}
    if not answers and one.filled and not one.is_numeric:
        return _OTHER_CODES, "cột ghi chữ chưa đọc thành mã / words that are not read as codes", {}
    if not answers:
        odd = [code for code in one.values if code not in book and code not in no_answer]
        return (_OTHER_CODES, "có mã lạ / unknown codes", {}) if odd else (1.0, "", {})
    if all(code in book and text in book[code] for code, text in answers.items()):
        return 1.0, "mã khớp / codes agree", {}
    by_text = {text: code for code, text in answers.items()}
    pairs = {code: by_text[text] for code, texts in book.items() for text in texts if text in by_text}
    if set(pairs) == set(book):
        told = ", ".join(f"{a:.15g}→{b:.15g}" for a, b in pairs.items() if a != b)
        return 1.0, f"mã khác, đổi theo nhãn {told} / other codes, translated by their labels", pairs
    return _OTHER_CODES, "nhãn của mã khác / other labels of codes", {}
