"""Tables of places -> an index of every name they go by, and what a person typed -> one code or why not.

A name with accents must have exactly these (hoà and hòa are one); one without any may leave them all out.
A kind word must be a kind that the unit has, or once had. Every part of what was typed must agree: code,
name, district, province. What fits one unit in one way or in several is that unit; nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import combinations, pairwise

import pandas as pd

from analysis.places.spelling import (
    Words,
    bare_key,
    exact_key,
    has_accents,
    is_code,
    typed_text,
    ways_to_cut,
    words_of,
)  # fmt: skip
from analysis.places.units import full_name

LEVELS = ("commune", "district", "province")
#: Level -> the column that holds the code of the unit above.
PARENTS = {"commune": "district", "district": "province"}
#: Why something is not one place, the more telling last; see `analysis.places.answers`.
REASONS = ("empty", "unknown", "level", "part", "code", "kind", "parent", "province", "merged", "several")


@dataclass(frozen=True)
class Unit:
    """One place and every kind it ever was."""

    code: str
    name: str
    kind: str
    kinds: frozenset[str]
    parent: str

    @property
    def full_name(self) -> str:
        """As in a heading: "Thành phố Rạch Giá"."""
        return full_name(self.kind, self.name)


@dataclass(frozen=True)
class Answer:
    """What something typed means.

    Attributes
    ----------
    code : str
        The unit's code; empty where it is refused.
    reason : str
        One of `REASONS` where it is refused, else empty.
    near : tuple of str
        Codes to suggest: those that it fits, or those most like it.
    """

    code: str
    reason: str = ""
    near: tuple[str, ...] = ()


@dataclass
class _Keys:
    """Key -> codes, for names with accents and for names without."""

    exact: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bare: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, words: Words, code: str) -> None:
        self.exact[exact_key(words)].add(code)
        self.bare[bare_key(words)].add(code)

    def find(self, words: Words) -> set[str]:
        if has_accents(words):
            return self.exact.get(exact_key(words), set())
        return self.bare.get(bare_key(words), set())


class PlaceNames:
    """Every name of the units of some tables, ready to be looked up.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        As `analysis.places.rows.read_tables` gives them.
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame]) -> None:
        former = tables["former_names"]
        of_provinces = tables["prefixes"].query("level == 'province'")["kind_vi"]
        self.units = {level: _units(tables[f"{level}s"], level, former) for level in LEVELS[:2]}
        self.units["province"] = _units(tables["provinces"], "province", former, frozenset(of_provinces))
        self._keys = {level: _Keys() for level in (*LEVELS, "country")}
        self._slugs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for level, units in self.units.items():
            for unit in units.values():
                self._keys[level].add(words_of(unit.name), unit.code)
            if "slug" in tables[f"{level}s"]:
                for code, slug in tables[f"{level}s"][["code", "slug"]].itertuples(index=False):
                    self._slugs[level, slug].add(code)
        more = [tables["aliases"][["level", "code", "alias"]], former[["level", "code", "name_vi"]]]
        for level, code, name in (row for table in more for row in table.itertuples(index=False)):
            if level == "country" or code in self.units[level]:
                self._keys[level].add(words_of(name), code)
        self._kind_words = _kind_words(tables["prefixes"], self.units)
        self.mergers = {
            row.province: (row.into, row.valid_from) for row in tables["mergers"].itertuples(index=False)
        }
        self._grams = {level: self._all_grams(level) for level in LEVELS}
        self._named_before: dict[tuple[str, Words], tuple[set[str], set[str]]] = {}

    def find(self, typed: object, level: str, parent: str = "", *, suggest: bool = True) -> Answer:
        """The unit of a level that was typed.

        Parameters
        ----------
        typed : str or number
        level : {"district", "commune", "province"}
        parent : str
            Code of the unit above, where it is known otherwise; what is typed must lie in it.
        suggest : bool
            Look for what is most like it where it is refused and fits nothing.
        """
        text = typed_text(typed)
        units = self.units[level]
        found = self._slugs.get((level, text.casefold()), set()) | ({text} & set(units))
        faults: list[Answer] = []
        for way in ways_to_cut(text, self._opens):
            codes, fault = self._read(way, level)
            found = found | codes
            faults += [fault] if fault else []
        inside = {code for code in found if not parent or units[code].parent == parent}
        if len(inside) == 1:
            return Answer(inside.pop())
        if inside:
            return Answer("", "several", tuple(sorted(inside)))
        if found:
            return Answer("", "parent", tuple(sorted(found)))
        if not words_of(text):
            return Answer("", "empty")
        worst = max(faults, key=lambda fault: REASONS.index(fault.reason), default=Answer("", "unknown"))
        if worst.near or not suggest:
            return worst
        return Answer("", worst.reason, self._nearest(text, level, parent))

    def all_names(self) -> Iterable[str]:
        """Every name that a unit of any level goes by, aliases and former ones too, without accents."""
        return {key for keys in self._keys.values() for key in keys.bare}

    def above(self, level: str, code: str) -> dict[str, str]:
        """The codes of the unit and of those it lies in, by level."""
        codes = {level: code}
        for lower, upper in pairwise(LEVELS):
            if codes.get(lower) in self.units[lower]:
                codes[upper] = self.units[lower][codes[lower]].parent
        return codes

    def _opens(self, words: Words) -> bool:
        """Whether a new part may begin here: a kind word with a name behind it, or a province's name."""
        kinds = any(True for kind, rest, before in self.without_kind(words) if before)
        return kinds or bool(self._keys["province"].find(words))

    def _read(self, way: tuple[Words, ...], level: str) -> tuple[set[str], Answer | None]:
        """The codes that one way of cutting gives, or why none."""
        numbers = [words[0] for words in way if is_code(words)]
        names = [words for words in way if not is_code(words)]
        if len(names) > 1 and self._keys["country"].find(names[-1]):
            names = names[:-1]
        if not names:
            codes = set(numbers) & set(self.units[level]) if len(numbers) == 1 else set()
            return codes, None
        codes, wrong = self._named(level, names[0])
        if not codes:
            return set(), Answer("", "kind", tuple(sorted(wrong))) if wrong else self._elsewhere(names, level)
        within = self._within(codes, names[1:], level)
        if not within:
            return set(), self._why_not_within(codes, names[-1], level)
        agreeing = {c for c in within if set(numbers) <= set(self.above(level, c).values())}
        return agreeing, None if agreeing else Answer("", "code", tuple(sorted(within)))

    def _named(self, level: str, words: Words) -> tuple[set[str], set[str]]:
        """The units that words name, and those they would name but for the kind."""
        if (level, words) not in self._named_before:
            right, wrong = set(self._keys[level].find(words)), set()
            for kinds, name, _ in self.without_kind(words):
                for code in self._keys[level].find(name):
                    (right if kinds & self.units[level][code].kinds else wrong).add(code)
            self._named_before[level, words] = right, wrong - right
        return self._named_before[level, words]

    def without_kind(self, words: Words) -> Iterable[tuple[frozenset[str], Words, bool]]:
        """The kinds that the first or last words may be, the words beside them, and whether first."""
        for count in range(1, min(len(words) - 1, 4) + 1):
            for before, kind, name in (
                (True, words[:count], words[count:]),
                (False, words[-count:], words[:-count]),
            ):
                key = exact_key(kind) if has_accents(kind) else bare_key(kind)
                kinds = self._kind_words.get((before, has_accents(kind), key))
                if kinds:
                    yield kinds, name, before

    def _within(self, codes: set[str], above: list[Words], level: str) -> set[str]:
        """Those of some units that lie in the units named after them, from the lower to the upper."""
        uppers = LEVELS[LEVELS.index(level) + 1 :]
        if not above:
            return codes
        kept = set()
        for levels in combinations(uppers, len(above)):
            for code in codes:
                own = self.above(level, code)
                named = zip(levels, above, strict=True)
                if all(own.get(upper) in self._named(upper, words)[0] for upper, words in named):
                    kept.add(code)
        return kept

    def _why_not_within(self, codes: set[str], last: Words, level: str) -> Answer:
        near = tuple(sorted(codes))
        provinces = self._named("province", last)[0]
        if provinces:
            own = {self.above(level, code).get("province", "") for code in codes}
            into = {self.mergers[code][0] for code in own if code in self.mergers}
            merged = any(self.units["province"][code].name in into for code in provinces)
            reason = "merged" if merged else "parent" if provinces & own else "province"
            return Answer("", reason, near)
        return Answer("", "parent" if any(self._named("district", last)) else "part", near)

    def _elsewhere(self, names: list[Words], level: str) -> Answer:
        """Words that name a unit of another level: of a commune where a district is wanted, its district."""
        for other in LEVELS:
            found = self._named(other, names[0])[0] if other != level else set()
            if found:
                near = {self.above(other, code).get(level, "") for code in found} - {""}
                return Answer("", "level", tuple(sorted(near)))
        return Answer("", "unknown")

    def _all_grams(self, level: str) -> list[tuple[str, str, frozenset[str]]]:
        pairs = [(key, code) for key, codes in self._keys[level].bare.items() for code in sorted(codes)]
        return [(key, code, _grams(key)) for key, code in pairs]

    def _nearest(self, text: str, level: str, parent: str) -> tuple[str, ...]:
        """Codes most like what was typed: nearest number; whole words shared; then similar letters."""
        units = self.units[level]
        if text.isdecimal():
            numbers = [code for code in units if code.isdecimal()]
            return tuple(sorted(numbers, key=lambda code: (abs(int(code) - int(text)), code))[:3])
        key = bare_key(words_of(text))
        typed = {key} | {bare_key(name) for _, name, before in self.without_kind(words_of(text)) if before}
        inside = [known for known in self._grams[level] if not parent or units[known[1]].parent == parent]
        found = [code for known, code, _ in inside if any(_holds(t, known) for t in typed)]
        found += [code for known, code, _ in inside if any(_holds(known, t) for t in typed)]
        for one in sorted(typed, key=len):
            grams = _grams(one)
            alike = [(len(grams & own) / len(grams | own), known, code) for known, code, own in inside]
            likely = nlargest(5, alike)
            scored = [(SequenceMatcher(None, one, known).ratio(), code) for _, known, code in likely]
            found += [code for score, code in sorted(scored, reverse=True)[:3] if score >= 0.5]
        return tuple(list(dict.fromkeys(found))[:5])


def _units(
    table: pd.DataFrame, level: str, former: pd.DataFrame, any_of: frozenset[str] = frozenset()
) -> dict[str, Unit]:
    before: dict[str, set[str]] = defaultdict(set)
    rows = former[former["level"] == level]
    for code, kind in zip(rows["code"], rows["kind_vi"], strict=True):
        before[code].add(kind)
    kinds = table["kind_vi"] if "kind_vi" in table else [""] * len(table)
    parents = table[PARENTS[level]] if level in PARENTS else [""] * len(table)
    return {
        code: Unit(code, name, kind, any_of | before[code] | {kind}, parent)
        for code, name, kind, parent in zip(table["code"], table["name_vi"], kinds, parents, strict=True)
    }


def _kind_words(
    prefixes: pd.DataFrame, units: Mapping[str, Mapping[str, Unit]]
) -> dict[tuple[bool, bool, str], frozenset[str]]:
    """Whether before the name, whether with accents, key -> the kinds that the words may mean."""
    written = [
        (row.position == "before", words_of(row.written), row.kind_vi)
        for row in prefixes.itertuples(index=False)
    ]
    own = {kind for level in units.values() for unit in level.values() for kind in unit.kinds if kind}
    written += [(True, words_of(kind), kind) for kind in own]
    kinds: dict[tuple[bool, bool, str], frozenset[str]] = defaultdict(frozenset)
    for before, words, kind in written:
        kinds[before, False, bare_key(words)] |= {kind}
        if has_accents(words):
            kinds[before, True, exact_key(words)] |= {kind}
    return dict(kinds)


def _grams(key: str) -> frozenset[str]:
    padded = f" {key} "
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _holds(text: str, part: str) -> bool:
    """Whether these words stand in that text, as whole words."""
    return bool(part) and f" {part} " in f" {text} "
