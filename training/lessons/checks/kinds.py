"""Kinds of exercises: what is right, which slips are known, and how an answer is judged against them.

A judgement is (verdict, key, values): the key names the hint's row, `any.…` a hint that serves every
exercise, anything else one of the exercise's own. Verdicts are `RIGHT`, `NEAR`, `WRONG` and `EMPTY`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.briefing.numbers import say_number
from analysis.places import fold
from training.lessons.checks.typed import (
    is_empty,
    is_table,
    read_codes,
    read_letters,
    read_number,
    read_pairs,
    read_rank,
)

RIGHT, NEAR, WRONG, EMPTY = "right", "near", "wrong", "empty"
Judgement = tuple[str, str, dict[str, str]]
#: Room for what a computer makes of 0.1 + 0.2.
_DUST = 1e-9


@dataclass(frozen=True)
class Kind:
    """What every kind of exercise can do."""

    def judge(self, answer: object) -> Judgement:
        """The verdict on an answer and the key of its hint."""
        if is_empty(answer):
            return EMPTY, "any.empty", {}
        if is_table(answer):
            return WRONG, "any.table", {}
        return self._judge(answer)

    def _judge(self, answer: object) -> Judgement:
        raise NotImplementedError

    def own_keys(self) -> set[str]:
        """The keys of hints that the exercise needs rows of its own for."""
        return {"right", "wrong"}


@dataclass(frozen=True)
class Number(Kind):
    """A number.

    Attributes
    ----------
    right : float
        In the unit that the exercise asks for.
    decimals : int
        How many the tables show; an answer with more of them is as right.
    slips : mapping of str to float
        Key of a hint -> the number that this known slip gives (another column, another year …).
    percent : bool
        Whether a percentage is asked for, so that a share of 0-1 is nearly right.
    also : tuple of float
        Other values that are as right, such as a sum of numbers as they are printed.
    """

    right: float
    decimals: int = 0
    slips: Mapping[str, float] = field(default_factory=dict)
    percent: bool = False
    also: tuple[float, ...] = ()

    def own_keys(self) -> set[str]:
        return {"right", "wrong", *self.slips}

    def _judge(self, answer: object) -> Judgement:
        typed = read_number(answer, whole=self.decimals == 0)
        if typed is None:
            return WRONG, "any.unreadable", {}
        if any(self._is(value, typed.value) for value in (self.right, *self.also)):
            return (NEAR, "any.comma", {}) if typed.with_comma else (RIGHT, "right", self._values())
        for key, value in self.slips.items():
            if self._is(value, typed.value):
                return NEAR, key, {}
        return self._common_slip(typed.value)

    def _is(self, value: float, given: float) -> bool:
        """Whether what was typed is the value, as it is shown or more precisely."""
        shown = round(value, self.decimals)
        within = 0.5 * 10**-self.decimals
        return math.isclose(given, shown, abs_tol=_DUST) or (
            abs(given - value) < within
            and not math.isclose(given, round(given, self.decimals), abs_tol=_DUST)
        )

    def _common_slip(self, given: float) -> Judgement:
        for decimals in range(self.decimals):
            if math.isclose(given, round(self.right, decimals), abs_tol=_DUST):
                return NEAR, "any.rounded", {"decimals": str(self.decimals)}
        scale = 10**self.decimals
        if math.isclose(given, math.trunc(self.right * scale) / scale, abs_tol=_DUST):
            return NEAR, "any.cut", {}
        if self._is(self.right, -given):
            return NEAR, "any.sign", {}
        if self.percent and math.isclose(given, self.right / 100, abs_tol=0.5 * 10 ** -(self.decimals + 2)):
            return NEAR, "any.share", {}
        if self._is(self.right, given / 100):
            return NEAR, "any.hundred", {}
        return WRONG, "wrong", {}

    def _values(self) -> dict[str, str]:
        return {f"answer_{language}": say_number(self.right, "number", language, decimals=self.decimals)
                for language in ("vi", "en")}  # fmt: skip


@dataclass(frozen=True)
class Rank(Kind):
    """A rank and out of how many.

    Attributes
    ----------
    right : (rank, n)
    slips : mapping of str to (rank, n)
    """

    right: tuple[int, int]
    slips: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def own_keys(self) -> set[str]:
        return {"right", "wrong", *self.slips}

    def _judge(self, answer: object) -> Judgement:
        given = read_rank(answer)
        if given is None:
            return WRONG, "any.rank_unreadable", {}
        if given == self.right:
            answer = f"{self.right[0]}/{self.right[1]}"
            return RIGHT, "right", {"answer_vi": answer, "answer_en": answer}
        for key, value in self.slips.items():
            if given == value:
                return NEAR, key, {}
        if given == (self.right[0], None):
            return NEAR, "any.rank_of", {}
        return WRONG, "wrong", {}


@dataclass(frozen=True)
class Choice(Kind):
    """One of some letters, each of the wrong ones with a hint of its own.

    Attributes
    ----------
    right : str
    letters : str
    near : str
        Wrong letters that hold half of the truth.
    """

    right: str
    letters: str = "ABCD"
    near: str = ""

    def own_keys(self) -> set[str]:
        return {"right", *(letter for letter in self.letters if letter != self.right)}

    def _judge(self, answer: object) -> Judgement:
        named = read_letters(answer, self.letters)
        if not named:
            return WRONG, "any.letter", {"letters": ", ".join(self.letters)}
        if len(set(named)) > 1:
            return (NEAR if self.right in named else WRONG), "any.one_letter", {}
        if named[0] == self.right:
            return RIGHT, "right", {}
        return (NEAR if named[0] in self.near else WRONG), named[0], {}


@dataclass(frozen=True)
class Several(Kind):
    """Several codes, in any order.

    Attributes
    ----------
    right : frozenset of str
    known : frozenset of str
        What may be named at all.
    traps : mapping of str to str
        Key of a hint -> a code that is wrong and often named.
    """

    right: frozenset[str]
    known: frozenset[str]
    traps: Mapping[str, str] = field(default_factory=dict)

    def own_keys(self) -> set[str]:
        return {"right", "wrong", *self.traps}

    def _judge(self, answer: object) -> Judgement:
        named = read_codes(answer)
        if named is None:
            return WRONG, "any.codes", {}
        unknown = [code for code in named if code not in self.known]
        if unknown:
            return WRONG, "any.unknown_code", {"code": unknown[0]}
        given = frozenset(named)
        if given == self.right:
            return RIGHT, "right", {}
        hit = given & self.right
        verdict = NEAR if len(hit) * 2 >= len(self.right) and len(given - self.right) <= len(hit) else WRONG
        for key, code in self.traps.items():
            if code in given:
                return verdict, key, {}
        if hit and given < self.right:
            return NEAR, "any.some_missing", {"count": str(len(self.right - given))}
        if given > self.right:
            return NEAR, "any.some_extra", {"count": str(len(given - self.right))}
        return verdict, "wrong", {}


@dataclass(frozen=True)
class Pairs(Kind):
    """Things matched with other things.

    Attributes
    ----------
    right : mapping of str to str
        As written in the exercise; accents and capitals do not count.
    slips : mapping of str to (thing, match)
        Key of a hint -> a pair that is wrong and often made.
    """

    right: Mapping[str, str]
    slips: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def own_keys(self) -> set[str]:
        return {"right", "wrong", *self.slips}

    def _judge(self, answer: object) -> Judgement:
        given = read_pairs(answer)
        if given is None:
            return WRONG, "any.pairs", {}
        right = {fold(key): fold(value) for key, value in self.right.items()}
        names = {fold(key): key for key in self.right}
        wrong = [name for name in right if name in given and given[name] != right[name]]
        open_ones = [name for name in right if name not in given]
        if not wrong and not open_ones:
            return RIGHT, "right", {}
        near = 2 * (len(wrong) + len(open_ones)) <= len(right)
        for key, (thing, match) in self.slips.items():
            if given.get(fold(thing)) == fold(match):
                return (NEAR if near else WRONG), key, {}
        if wrong:
            said = "; ".join(f"“{names[name]}”" for name in wrong[:3])
            return (NEAR, "any.pairs_wrong", {"which": said}) if near else (WRONG, "wrong", {})
        said = "; ".join(f"“{names[name]}”" for name in open_ones[:3])
        return (NEAR if near else WRONG), "any.pairs_open", {"which": said}
