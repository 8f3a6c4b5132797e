"""Rows of data/training -> findings on those that break their rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pandas as pd

from analysis.findings import Finding, bad_row, findings_table
from training.rules.rows import COLUMNS, STATUS, read_training_rows

OBJECTS = ("programme", "learners", "lecturers", "facilities", "course", "effectiveness")
_KEYS = {
    "certificate_rules": ["rule"],
    "evaluation_rules": ["rule"],
    "evaluation_classes": ["rule", "class"],
    "quotas": ["rule", "quota"],
    "thresholds": ["threshold"],
    "moodle_guides": ["statistic", "low"],
    "vocabulary": ["measure_kind", "measure", "statistic"],
    "states": ["state"],
}
_MAY_BE_EMPTY = {
    "note", "valid_to", "low", "high", "interval", "direction", "measure",
}  # fmt: skip
_ALLOWED = {
    ("certificate_rules", "attendance"): ("full", "any"),
    ("certificate_rules", "conduct"): ("yes", "no"),
    ("evaluation_rules", "weights"): ("equal", "rows"),
    ("quotas", "kind"): ("share", "count"),
    ("quotas", "courses"): ("all", "rank_or_leadership"),
    ("states", "used"): ("state", "note", "interval"),
    ("vocabulary", "direction"): ("higher", "lower", ""),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_rules(tables: Mapping[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    """Find rows of data/training that break their rules.

    Parameters
    ----------
    tables : mapping of file name to DataFrame, optional
        As `read_training_rows` gives them; the committed rows by default, also for names left out.

    Returns
    -------
    DataFrame of findings: a key twice; an empty cell; a word or status not allowed; dates that are none,
    overlap or leave a gap; classes that leave a gap or do not end at the index's maximum; a quota or class
    of an unknown rule or object.
    """
    given = tables or {}
    read = {name: given[name] if name in given else read_training_rows(name) for name in COLUMNS}
    found = [each for name, table in read.items() for each in _cells(name, table)]
    for name in ("certificate_rules", "evaluation_rules"):
        found += _dates(name, read[name])
    found += [*_classes(read), *_quotas(read)]
    return findings_table(found)


def _bad(name: str, key: object, what: str, expected: str, got: object) -> Finding:
    hint = "Mend the row; data/training/README.md says what each column holds."
    return bad_row(f"data/training/{name}.csv, {key}", what, expected, str(got), hint)


def _cells(name: str, table: pd.DataFrame) -> Iterator[Finding]:
    keys = table[_KEYS[name]].astype(object)
    labels = keys.where(keys.notna(), "").astype(str).agg(" ".join, axis=1)
    for label in labels[labels.duplicated()]:
        yield _bad(name, label, "the row stands twice", "each once", label)
    for column in (column for column in COLUMNS[name] if column not in _MAY_BE_EMPTY):
        empty = table[column].isna() | (table[column].astype(str) == "")
        for label in labels[empty]:
            yield _bad(name, label, f"{column} is empty", "a value", "(empty)")
    rules = {column: STATUS for column in COLUMNS[name] if column.endswith("status")}
    rules |= {column: words for (file, column), words in _ALLOWED.items() if file == name}
    for column, words in rules.items():
        for label, word in zip(labels, table[column], strict=True):
            if word not in words:
                yield _bad(name, label, f"{column} is unknown", ", ".join(words), word)


def _dates(name: str, rules: pd.DataFrame) -> Iterator[Finding]:
    for row in rules.to_dict("records"):
        for column in ("valid_from", "valid_to"):
            if row[column] and not _DAY.fullmatch(row[column]):
                yield _bad(name, row["rule"], f"{column} is no date", "2018-03-01", row[column])
                return
    ordered = rules.sort_values("valid_from")
    for before, after in zip(ordered.to_dict("records"), ordered.to_dict("records")[1:], strict=False):
        expected = (date.fromisoformat(after["valid_from"]) - timedelta(days=1)).isoformat()
        if before["valid_to"] != expected:
            what = f"it does not end the day before {after['rule']} begins"
            yield _bad(name, before["rule"], what, expected, before["valid_to"] or "(empty)")


def _classes(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    name, rules = "evaluation_classes", read["evaluation_rules"].drop_duplicates("rule")
    maxima = rules.set_index("rule")["index_maximum"]
    for rule in sorted(set(read[name]["rule"]) ^ set(maxima.index)):
        yield _bad(name, rule, "rule and classes do not belong together", "classes of every rule", rule)
    for rule, classes in read[name].groupby("rule"):
        ordered = classes.sort_values("step")
        ends = [*ordered["low"].tolist()[1:], maxima.get(rule, float("nan"))]
        if ordered["low"].iloc[0] != 0 or ordered["high"].tolist() != ends:
            got = ", ".join(
                f"{low}-{high}" for low, high in zip(ordered["low"], ordered["high"], strict=True)
            )
            yield _bad(name, rule, "its classes leave a gap", "from 0 to the index's maximum", got)


def _quotas(read: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    for row in read["quotas"].to_dict("records"):
        unknown = sorted(set(row["objects"].split()) - set(OBJECTS))
        if unknown:
            yield _bad("quotas", row["quota"], "an unknown object", ", ".join(OBJECTS), ", ".join(unknown))
        if row["rule"] not in set(read["evaluation_rules"]["rule"]):
            yield _bad("quotas", row["quota"], "an unknown rule", "a rule of evaluation_rules", row["rule"])
        if not (0 < row["minimum"] <= 1 if row["kind"] == "share" else row["minimum"] >= 1):
            yield _bad("quotas", row["quota"], "its minimum", "a share of 0-1, or a count", row["minimum"])
