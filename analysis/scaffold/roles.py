"""Profiles of a file's columns -> which column plays which part in the design and why; or candidates.

A column is proposed where its name (or heading, or label) is known from data/scaffold/patterns.csv, or stands
in the round that this one is like, **and** its numbers fit the part. Where two fit, or only numbers speak,
nothing is proposed: the candidates are listed for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np

from analysis.errors import UnknownName, nearest, shown
from analysis.intake.letters.dates import parse_date
from analysis.personal import personal_name
from analysis.scaffold.known import NO_ANSWER, meaning_of, read_patterns
from analysis.scaffold.located import LEVELS, Located
from analysis.scaffold.profile import Profile, name_key

#: Part -> what it is called, Vietnamese and English.
ROLES = {
    "respondent": ("mã người trả lời", "respondent's code"),
    "weight": ("trọng số", "weight"),
    "stratum": ("tầng chọn mẫu", "stratum"),
    "psu": ("đơn vị chọn mẫu cấp một (cụm)", "primary sampling unit"),
    "province": ("tỉnh", "province"),
    "district": ("huyện", "district"),
    "commune": ("xã", "commune"),
    "village": ("thôn, ấp", "village"),
    "sex": ("giới tính", "sex"),
    "age": ("tuổi", "age"),
    "residence": ("thành thị/nông thôn", "urban or rural"),
    "ethnicity": ("dân tộc", "ethnicity"),
    "interviewer": ("người phỏng vấn", "interviewer"),
    "interview_date": ("ngày phỏng vấn", "date of the interview"),
}
_MOST_DISTRICTS, _MOST_PLACES, _MOST_CODES = 400, 20_000, 8
#: Of the list of Viet Nam's ethnicities (Decision 121-TCTK/PPCĐ, 2 March 1979), foreigners and "other" added.
_MOST_ETHNICITIES = 56
_AGES = (0, 120)
#: Meanings of labels that no place has; labels that so many columns share are answers.
_ANSWERS = ("yes", "no", "male", "female", "urban", "rural", *NO_ANSWER)
_SHARED_LABELS = 3
_LOOKED_AT = 40
#: Candidates named for a part that nothing is proposed for.
_SHOWN = 6


@dataclass(frozen=True)
class Reason:
    """Why, in both languages."""

    vi: str
    en: str


@dataclass(frozen=True)
class Proposal:
    """The column proposed for a part ("" for none), why, and what else may be it.

    `settled` says that a person named the column, or said that the file has none.
    """

    role: str
    column: str
    reason: Reason
    candidates: tuple[tuple[str, Reason], ...] = ()
    settled: bool = False


def propose_roles(
    profiles: Mapping[str, Profile],
    like: Mapping[str, str],
    named: Mapping[str, str] | None = None,
    located: Located | None = None,
) -> dict[str, Proposal]:
    """A proposal for each part.

    Parameters
    ----------
    profiles : mapping of str to Profile
    like : mapping of str to str
        Part -> column in the round that this one is like; empty for none.
    named : mapping of str to str, optional
        Part -> column that the person named: taken as it is; "" says that the file has none.
    located : Located, optional
        Which columns hold known districts and communes.

    Raises
    ------
    UnknownName
        There is no such part or column.
    """
    named, located = named or {}, located or Located({level: {} for level in LEVELS})
    _check_named(named, profiles)
    by_person = Reason("do người dùng chỉ định", "as named by --column")
    found = {
        role: Proposal(role, named[role], by_person, settled=True)
        if role in named
        else _propose(role, profiles, like.get(role, ""))
        for role in ROLES
    }
    taken = {one.column for one in found.values()} - {""}
    for role in LEVELS:
        is_as_before = found[role].column and found[role].column == like.get(role)
        if not (found[role].settled or is_as_before):
            found[role] = _by_values(role, found[role], profiles, located, taken) or found[role]
    chosen = {one.column for one in found.values()} - {""}
    places = {name for role in LEVELS for name in located.columns(role)} | chosen
    return {role: _without(one, places if role in LEVELS else chosen) for role, one in found.items()}


def _without(one: Proposal, elsewhere: Collection[str]) -> Proposal:
    """The proposal without candidates that are something else for certain."""
    left = tuple((name, reason) for name, reason in one.candidates if name not in elsewhere)
    return replace(one, candidates=left)


def _check_named(named: Mapping[str, str], profiles: Mapping[str, Profile]) -> None:
    for given, known, what, vi in (
        (list(named), ROLES, "part of a column", "vai trò cột"),
        ([column for column in named.values() if column], profiles, "column", "cột"),
    ):
        odd = [one for one in given if one not in known]
        if odd:
            close = nearest(odd[0], known) or list(known)
            raise UnknownName(
                f'There is no {what} "{odd[0]}".',
                vi=f'Không có {vi} "{odd[0]}". Gần giống: {shown(close)}.',
                where="--column",
                expected=f"PART=COLUMN, parts: {', '.join(ROLES)}",
                got=odd[0],
                hint=f"Use {shown(close)}.",
            )


def _propose(role: str, profiles: Mapping[str, Profile], like: str) -> Proposal:
    fits = _FITS[role]
    if like in profiles and fits(profiles[like]):
        return Proposal(role, like, Reason("như vòng được nêu ở --like", "as in the round of --like"))
    named = _named(role, profiles)
    fitting = [(name, reason) for name, reason in named if fits(profiles[name])]
    if len(fitting) == 1:
        return Proposal(role, *fitting[0])
    if fitting:
        return Proposal(role, "", _several(role), tuple(fitting))
    odd = [(name, Reason(f"{reason.vi}, nhưng {_MISFIT[role].vi}", f"{reason.en}, but {_MISFIT[role].en}"))
           for name, reason in named]  # fmt: skip
    guesses = [*odd, *_by_numbers(role, profiles)][:_SHOWN]
    vi, en = ROLES[role]
    nothing = Reason(f"không nhận ra cột nào là {vi}", f"no column is known to be the {en}")
    return Proposal(role, "", nothing, tuple(guesses))


def _by_values(
    role: str,
    by_name: Proposal,
    profiles: Mapping[str, Profile],
    located: Located,
    taken: Collection[str],
) -> Proposal | None:
    """The column whose values are known places, rather one with a name for it; of code and name the code.

    None where no column's values are; a column of districts is no candidate for anything else then.
    """
    named = {by_name.column: by_name.reason} if by_name.column else dict(by_name.candidates)
    there = [name for name in located.columns(role) if _FITS[role](profiles[name])]
    preferred = [name for name in there if name in named] or [name for name in there if name not in taken]
    if not preferred:
        return None
    column = min(preferred, key=lambda name: not profiles[name].is_numeric)
    share = located.shares[role][column]
    vi, en = f"{share:.0%} giá trị là {ROLES[role][0]} đã biết", f"{share:.0%} of its values are known"
    if column in named:
        vi, en = f"{named[column].vi}; {vi}", f"{named[column].en}; {en}"
    return Proposal(role, column, Reason(vi, en))


def _several(role: str) -> Reason:
    vi, en = ROLES[role]
    return Reason(f"nhiều cột có thể là {vi}", f"several columns may be the {en}")


def _named(role: str, profiles: Mapping[str, Profile]) -> list[tuple[str, Reason]]:
    """Columns whose name or label is known; those of a survey hide the usual names, names hide labels."""
    rows = [row for row in read_patterns() if row["role"] == role]
    for of_survey in (True, False):
        patterns = [row for row in rows if bool(row["survey"]) == of_survey]
        for text_of, vi, en in (
            (lambda one: one.name, "theo tên cột", "by its name"),
            (lambda one: one.label, "theo nhãn cột", "by its label"),
        ):
            found = []
            for name, one in profiles.items():
                row = next((r for r in patterns if re.fullmatch(r["pattern"], name_key(text_of(one)))), None)
                if row:
                    told = ", ".join(filter(None, [row["survey"], row["note"] if row["survey"] else ""]))
                    told = f" ({told})" if told else ""
                    found.append((name, Reason(f"{vi}{told}", f"{en}{told}")))
            if found:
                return found
    return []


def _by_numbers(role: str, profiles: Mapping[str, Profile]) -> list[tuple[str, Reason]]:
    """Columns that no name speaks for, whose numbers would fit."""
    test, reason = _NUMBERS.get(role, (None, None))
    if test is None:
        return []
    # Labels that many questions share are answers.
    shared = Counter(tuple(one.labels.items()) for one in profiles.values() if one.labels)
    return [
        (name, reason)
        for name, one in profiles.items()
        if not personal_name(name)
        and test(one)
        and (role != "district" or shared[tuple(one.labels.items())] < _SHARED_LABELS)
    ]


def _is_unknown_place(one: Profile) -> bool:
    """Whether labels or names that come back may be places: no answers, sexes or dates among them."""
    if not _repeats(_MOST_DISTRICTS)(one) or one.different < 2 or not (one.labels or not one.is_numeric):
        return False
    texts = [*one.labels.values()] if one.labels else list(one.texts.dropna().unique()[:_LOOKED_AT])
    if any(meaning_of(text, _ANSWERS) for text in texts):
        return False
    return one.label.strip()[-1:] != "?" and not all(
        parse_date(text, ("dd/mm/yyyy", "iso")).value for text in texts
    )


def _is_key(one: Profile) -> bool:
    return one.everywhere and one.different == len(one.texts)


def _is_weight(one: Profile) -> bool:
    return one.is_numeric and one.everywhere and bool((one.numbers > 0).all())


def _is_fractional_weight(one: Profile) -> bool:
    return _is_weight(one) and not one.is_whole and one.different > 1


def _repeats(most: int) -> Callable[[Profile], bool]:
    """Whether a column is filled nearly everywhere with codes or names that come back."""

    def test(one: Profile) -> bool:
        enough = one.filled >= 0.9 * len(one.texts)
        return (
            enough and one.different <= min(most, len(one.texts) / 2) and (one.is_whole or not one.is_numeric)
        )

    return test


def _is_everywhere(one: Profile) -> bool:
    return one.everywhere and one.different <= len(one.texts) / 2


def _is_few_codes(one: Profile) -> bool:
    return 1 < one.different <= _MOST_CODES


def _is_age(one: Profile) -> bool:
    values = one.numbers[np.isfinite(one.numbers)]
    inside = (values >= _AGES[0]) & (values <= _AGES[1])
    return one.is_numeric and one.different > _MOST_CODES and bool(inside.mean() >= 0.9)


_FITS: dict[str, Callable[[Profile], bool]] = {
    "respondent": _is_key,
    "weight": _is_weight,
    "stratum": _is_everywhere,
    "psu": _is_everywhere,
    "province": _repeats(100),
    "district": _repeats(_MOST_DISTRICTS),
    "commune": _repeats(_MOST_PLACES),
    "village": _repeats(_MOST_PLACES),
    "sex": _is_few_codes,
    "age": _is_age,
    "residence": _is_few_codes,
    "ethnicity": _repeats(_MOST_ETHNICITIES),
    "interviewer": _repeats(_MOST_PLACES),
    "interview_date": lambda one: one.filled > 0,
}
_MISFIT = {
    "respondent": Reason("có mã trùng hoặc bỏ trống", "it is blank or repeats"),
    "weight": Reason("không phải mọi ô là số lớn hơn 0", "not every cell is a number above 0"),
    "age": Reason("phần lớn giá trị không phải là tuổi", "most values are no ages"),
} | dict.fromkeys(
    [role for role in ROLES if role not in ("respondent", "weight", "age")],
    Reason("số giá trị khác nhau không hợp", "it has too few or too many different values, or blanks"),
)
_NUMBERS: dict[str, tuple[Callable[[Profile], bool], Reason]] = {
    "respondent": (
        lambda one: _is_key(one) and (one.is_whole or not one.is_numeric),
        Reason("mỗi dòng một giá trị khác nhau", "a different value in every row"),
    ),
    "weight": (
        _is_fractional_weight,
        Reason("mọi dòng là số dương có phần lẻ", "a positive number with decimals in every row"),
    ),
    "psu": (
        lambda one: _is_everywhere(one) and 8 < one.different <= len(one.texts) / 4 and not one.labels
        and (one.is_whole or not one.is_numeric),
        Reason("mã lặp lại, mỗi mã nhiều dòng", "codes that come back, many rows each"),
    ),
    "district": (
        _is_unknown_place,
        Reason("mã có nhãn hoặc tên, lặp lại", "labelled codes or names that come back"),
    ),
}  # fmt: skip
