"""data/codebook/<name>/ -> one `Codebook`: what each variable asks, which codes it may hold, who is asked.

The codebook is rows, not code: an analyst changes a label, a code or a skip rule in the CSV files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis import paths
from analysis.findings import Finding, bad_row, findings_table, stop_on
from analysis.intake.letters.text import fold_key
from analysis.rows import read_rows

VARIABLE_COLUMNS = (
    "variable", "label_vi", "label_en", "role", "type", "code_set", "low", "high", "asked_if", "status",
)  # fmt: skip
CODE_COLUMNS = ("code_set", "code", "label_vi", "label_en")
ROLES = ("design", "place", "person", "question")
TYPES = ("code", "number", "text")
STATUSES = ("seen", "assumed")

#: The labels of the no-answer codes; the codes themselves are declared by the round, not by the codebook.
NO_ANSWER_SET = "no_answer"

#: Several words of one code stand in one cell, parted by this.
WORD_BREAK = "|"

#: Stata cuts a variable label after this many characters.
LABEL_LENGTH = 80

_CONDITION = re.compile(r"(?P<variable>\w+)=(?P<codes>-?\d+( -?\d+)*)")


@dataclass(frozen=True)
class Codebook:
    """Variables and code sets as text, the way the rows hold them; the methods give meanings."""

    name: str
    variables: pd.DataFrame
    codes: pd.DataFrame

    @cached_property
    def _by_variable(self) -> dict[str, dict[str, str]]:
        return {row["variable"]: row for row in self.variables.to_dict("records")}

    @cached_property
    def code_sets(self) -> dict[str, dict[float, tuple[str, str]]]:
        """Code set -> code -> (Vietnamese label, English label)."""
        sets: dict[str, dict[float, tuple[str, str]]] = {}
        for row in self.codes.itertuples():
            sets.setdefault(row.code_set, {})[float(row.code)] = (row.label_vi, row.label_en)
        return sets

    def __contains__(self, variable: str) -> bool:
        return variable in self._by_variable

    def shown_file(self, file: str) -> str:
        """One of its files as messages name it."""
        return paths.shown_rows("codebook", self.name, file)

    def row(self, variable: str) -> dict[str, str]:
        return self._by_variable[variable]

    def with_role(self, *roles: str) -> list[str]:
        """The variables of these roles, in the codebook's order."""
        return [name for name, row in self._by_variable.items() if row["role"] in roles]

    def label(self, variable: str, language: str = "vi") -> str:
        return self._by_variable[variable][f"label_{language}"]

    def labels(self, variable: str, language: str = "vi") -> dict[float, str]:
        """Code -> label of a variable of type code; empty for the others."""
        pairs = self.code_sets.get(self._by_variable[variable]["code_set"], {})
        return {code: pair[language == "en"] for code, pair in pairs.items()}

    def words(self, variable: str) -> dict[str, float]:
        """What the file writes in place of codes -> code: the optional column `word` of codes.csv.

        Words are given in one form (`fold_key`): capitals and the place of a tone mark do not matter. Those
        of the set `no_answer` count for every number, and every variable that has words of its own.
        """
        row = self._by_variable[variable]
        if "word" not in self.codes or row["type"] == "text":
            return {}
        own = self._words.get(row["code_set"], {})
        return self._words.get(NO_ANSWER_SET, {}) | own if own or row["type"] == "number" else {}

    @cached_property
    def _words(self) -> dict[str, dict[str, float]]:
        """Code set -> word -> code."""
        found: dict[str, dict[str, float]] = {}
        for row in self.codes.itertuples():
            for word in filter(None, (part.strip() for part in row.word.split(WORD_BREAK))):
                found.setdefault(row.code_set, {})[fold_key(word)] = float(row.code)
        return found

    def limits(self, variable: str) -> tuple[float, float]:
        """Lowest and highest allowed value of a number; infinite where the row is empty."""
        row = self._by_variable[variable]
        return float(row["low"] or "-inf"), float(row["high"] or "inf")

    def batteries(self) -> dict[str, list[str]]:
        """Battery -> its variables: questions asked in one row of boxes, named in the optional `battery`."""
        found: dict[str, list[str]] = {}
        for name, row in self._by_variable.items():
            if row.get("battery"):
                found.setdefault(row["battery"], []).append(name)
        return found

    def asked_if(self, variable: str) -> tuple[str, tuple[float, ...]] | None:
        """The variable and its codes that let this one be asked, or None when everybody is asked.

        Examples
        --------
        A row with asked_if "d505=1 2" gives ("d505", (1.0, 2.0)).
        """
        text = self._by_variable[variable]["asked_if"]
        if not text:
            return None
        match = _CONDITION.fullmatch(text)
        return match["variable"], tuple(float(code) for code in match["codes"].split())


def read_codebook(name: str) -> Codebook:
    """Read and check one codebook.

    Raises
    ------
    BadRows
        When a file is absent or a row breaks the rules of `check_codebook`.
    """
    folder = paths.rows_folder("codebook", name)
    codebook = Codebook(
        name,
        read_rows(folder / "variables.csv", VARIABLE_COLUMNS),
        read_rows(folder / "codes.csv", CODE_COLUMNS),
    )
    stop_on(check_codebook(codebook))
    return codebook


def check_codebook(codebook: Codebook) -> pd.DataFrame:
    """Rows that contradict each other or themselves.

    Returns
    -------
    DataFrame
        Findings: names, codes and words given twice, unknown roles or types, code sets that are not
        there, limits that are no numbers, skip rules that name nothing, labels Stata would cut.
    """
    parts = (_codes(codebook), _words(codebook), _variables(codebook), _skips(codebook))
    return findings_table(finding for part in parts for finding in part)


def _bad(codebook: Codebook, file: str, row: int, what: str, expected: str, got: str) -> Finding:
    hint = "Mend the row; data/README.md says what each column holds."
    return bad_row(f"{codebook.shown_file(file)}, row {row + 2}", what, expected, got, hint)


def _codes(codebook: Codebook) -> Iterator[Finding]:
    rows = codebook.codes
    for at in rows.index[rows.duplicated(["code_set", "code"])]:
        got = f"{rows.at[at, 'code_set']} {rows.at[at, 'code']} twice"
        yield _bad(codebook, "codes.csv", at, "a code has two labels", "one label per code", got)
    for at in rows.index[pd.to_numeric(rows["code"], errors="coerce").isna()]:
        yield _bad(codebook, "codes.csv", at, "a code is not a number", "a number", rows.at[at, "code"])
    for at in rows.index[(rows["label_vi"] == "") | (rows["label_en"] == "")]:
        yield _bad(
            codebook, "codes.csv", at, "a label is empty", "label_vi and label_en", rows.at[at, "code_set"]
        )


def _words(codebook: Codebook) -> Iterator[Finding]:
    """Words that stand for two codes of one set."""
    if "word" not in codebook.codes:
        return
    owners: dict[tuple[str, str], str] = {}
    for at, row in codebook.codes.iterrows():
        for word in filter(None, (part.strip() for part in row["word"].split(WORD_BREAK))):
            first = owners.setdefault((row["code_set"], fold_key(word)), row["code"])
            if first != row["code"]:
                got = f'"{word}" is {first} and {row["code"]}'
                yield _bad(codebook, "codes.csv", at, "a word has two codes", "one code a word", got)


def _variables(codebook: Codebook) -> Iterator[Finding]:
    rows, sets = codebook.variables, set(codebook.codes["code_set"])
    for at in rows.index[rows.duplicated("variable")]:
        yield _bad(
            codebook, "variables.csv", at, "a variable is there twice", "once", rows.at[at, "variable"]
        )
    for column, allowed in (("role", ROLES), ("type", TYPES), ("status", STATUSES)):
        for at in rows.index[~rows[column].isin(allowed)]:
            yield _bad(
                codebook, "variables.csv", at, f"unknown {column}", ", ".join(allowed), rows.at[at, column]
            )
    for at, row in rows.iterrows():
        if not 0 < len(row["label_vi"]) <= LABEL_LENGTH:
            expected = f"1 to {LABEL_LENGTH} characters"
            yield _bad(codebook, "variables.csv", at, "label_vi", expected, f"{len(row['label_vi'])}")
        if (row["type"] == "code") != bool(row["code_set"]) or (
            row["code_set"] and row["code_set"] not in sets
        ):
            expected = "a code_set of codes.csv for type code, none for others"
            yield _bad(codebook, "variables.csv", at, "code_set", expected, row["code_set"] or "nothing")
        if row.get("battery") and row["type"] != "code":
            yield _bad(codebook, "variables.csv", at, "battery", "a variable of type code", row["type"])
        limits = [pd.to_numeric(row[side] or None, errors="coerce") for side in ("low", "high")]
        unread = any(
            pd.isna(limit) and row[side] for limit, side in zip(limits, ("low", "high"), strict=True)
        )
        if unread or (limits[0] is not None and limits[1] is not None and limits[0] >= limits[1]):
            got = f"{row['low']} to {row['high']}"
            yield _bad(codebook, "variables.csv", at, "low and high", "numbers, low below high", got)


def _skips(codebook: Codebook) -> Iterator[Finding]:
    rows = codebook.variables
    known = dict(zip(rows["variable"], rows["code_set"], strict=True))
    codes = {name: set(part["code"]) for name, part in codebook.codes.groupby("code_set")}
    for at, text in rows["asked_if"].items():
        match = _CONDITION.fullmatch(text)
        if text and not match:
            yield _bad(codebook, "variables.csv", at, "asked_if", "variable=code code", text)
        elif text and match["variable"] not in known:
            yield _bad(codebook, "variables.csv", at, "asked_if names no variable", "a variable", text)
        elif text and not set(match["codes"].split()) <= codes.get(known[match["variable"]], set()):
            yield _bad(
                codebook, "variables.csv", at, "asked_if names unknown codes", "codes of its set", text
            )
