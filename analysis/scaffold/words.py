"""Columns of words -> codes for them, where what the words mean is known or a person asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from analysis.errors import UnknownName, shown
from analysis.places.rows import fold
from analysis.respondents.codebook import Codebook
from analysis.scaffold.known import NO_ANSWER, meaning_of
from analysis.scaffold.no_answer import Seen
from analysis.scaffold.profile import Profile

#: Meanings that are known, each with the code it usually has.
_USUAL = {"yes": 1.0, "no": 2.0, "male": 1.0, "female": 2.0, "urban": 1.0, "rural": 2.0}
#: Codes of words that are no answers; PAPI's own.
NO_ANSWER_CODES = {"dont_know": 888.0, "refused": 999.0, "not_asked": -999999.0}
#: More different words than this are free text, not answers.
MOST_WORDS = 60
#: In every column this is said to mean every column of few words.
ALL = "all"
_FEW = 12


@dataclass(frozen=True)
class Worded:
    """A column of words: word -> code, and the kinds of the codes that are no answers."""

    codes: dict[str, float] = field(default_factory=dict)
    kinds: dict[float, str] = field(default_factory=dict)

    @property
    def answers(self) -> dict[float, str]:
        """Code -> the first of its words, without those that are no answers."""
        found: dict[float, str] = {}
        for word, code in self.codes.items():
            if code not in self.kinds:
                found.setdefault(code, word)
        return dict(sorted(found.items()))


def word_columns(
    profiles: Mapping[str, Profile],
    left_out: Collection[str],
    personal: Collection[str],
    asked: Collection[str],
    codebook: Codebook | None = None,
) -> dict[str, Worded]:
    """Column -> codes for its words.

    Parameters
    ----------
    profiles : mapping of str to Profile
    left_out : collection of str
        Columns of the design and of places, whose words are codes or names.
    personal : collection of str
        Columns that look personal: never read.
    asked : collection of str
        Columns that the person wants read, or "all" for every one of few words.
    codebook : Codebook, optional
        Of a column with the name of one of its variables the words may be its labels: then its codes count.

    Raises
    ------
    UnknownName
        A column that was asked for is not there, holds numbers, looks personal or has too many words.

    Notes
    -----
    Without being asked only columns are read whose every word is known: the codebook's labels, yes and no,
    sexes, town and country, and words for no answer.
    """
    _check_asked(profiles, personal, asked)
    found, labels = {}, _labels(codebook)
    for name, one in profiles.items():
        if name in left_out or name in personal or one.is_numeric or not one.filled:
            continue
        words = [" ".join(text.split()) for text in one.texts.dropna().unique()]
        known = {word: meaning_of(word, (*_USUAL, *NO_ANSWER)) for word in words}
        by_label = _by_label(known, labels.get(name.casefold(), {}))
        if by_label:
            found[name] = by_label
            continue
        wanted = name in asked or (ALL in asked and len(words) <= _FEW)
        if wanted or (all(known.values()) and any(meaning in _USUAL for meaning in known.values())):
            found[name] = _codes(known)
    return found


def _codes(known: Mapping[str, str]) -> Worded:
    """Codes: the usual ones where all answers have them, else 1, 2 … in the order of the alphabet."""
    kinds = {NO_ANSWER_CODES[meaning]: meaning for meaning in known.values() if meaning in NO_ANSWER}
    codes = {word: NO_ANSWER_CODES[meaning] for word, meaning in known.items() if meaning in NO_ANSWER}
    answers = {word: meaning for word, meaning in known.items() if word not in codes}
    usual = all(meaning in _USUAL for meaning in answers.values())
    if usual and len({_USUAL[meaning] for meaning in answers.values()}) == len(set(answers.values())):
        own = {word: _USUAL[meaning] for word, meaning in answers.items()}
    else:
        keys = sorted({fold(word) for word in answers})
        own = {word: float(keys.index(fold(word)) + 1) for word in answers}
    return Worded(dict(sorted((own | codes).items(), key=lambda item: (item[1], item[0]))), kinds)


def _labels(codebook: Codebook | None) -> dict[str, dict[str, float]]:
    """Variable in small letters -> label in either language, folded -> code."""
    if codebook is None:
        return {}
    return {
        name.casefold(): {
            fold(text): code
            for language in ("en", "vi")
            for code, text in codebook.labels(name, language).items()
        }
        for name in codebook.with_role("person", "question")
    }


def _by_label(known: Mapping[str, str], labels: Mapping[str, float]) -> Worded | None:
    """The codes of words that are all labels or no answers, None where another word stands."""
    codes = {word: labels[fold(word)] for word in known if fold(word) in labels}
    no_answers = {word: NO_ANSWER_CODES[known[word]] for word in known if known[word] in NO_ANSWER}
    if not codes or len(codes | no_answers) < len(known):
        return None
    kinds = {code: known[word] for word, code in no_answers.items() if word not in codes}
    return Worded(dict(sorted((no_answers | codes).items(), key=lambda item: (item[1], item[0]))), kinds)


def words_seen(words: Mapping[str, Worded], profiles: Mapping[str, Profile], seen: list[Seen]) -> list[Seen]:
    """What is known of codes that are no answers, with those of the words."""
    by_code = {one.code: one for one in seen}
    for name, worded in words.items():
        texts = profiles[name].texts.dropna().map(lambda text: " ".join(text.split()))
        for word, code in worded.codes.items():
            if code not in worded.kinds:
                continue
            one = by_code.setdefault(code, Seen(code, usual=worded.kinds[code]))
            kind = worded.kinds[code]
            one.kinds[kind] = one.kinds.get(kind, 0) + 1
            one.columns.append(name)
            one.cells += int((texts == word).sum())
    return sorted(by_code.values(), key=lambda one: -one.cells)


def _check_asked(profiles: Mapping[str, Profile], personal: Collection[str], asked: Collection[str]) -> None:
    for name in asked:
        if name == ALL:
            continue
        one = profiles.get(name)
        if one is None:
            raise _refused(name, "there is no such column", "tệp không có cột này")
        if one.is_numeric:
            raise _refused(name, "it holds numbers already", "cột này đã là số")
        if name in personal:
            raise _refused(name, "it looks personal", "cột này có vẻ là dữ liệu cá nhân")
        if one.different > MOST_WORDS:
            raise _refused(
                name,
                f"it has {one.different} different texts",
                f"cột này có {one.different} nội dung khác nhau",
            )


def _refused(name: str, what: str, vi: str) -> UnknownName:
    return UnknownName(
        f"The words of {name} cannot be read as codes: {what}.",
        vi=f"Không đọc được chữ ở cột {name} thành mã: {vi}. Hãy chọn cột khác cho --words.",
        where="--words",
        expected=f"a column of at most {MOST_WORDS} different words",
        got=shown([name]),
        hint="Leave it out of --words.",
    )
