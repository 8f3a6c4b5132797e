"""The rules that two manifests note -> which rows of which files, and which settings, are other ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class RuleChange:
    """One row or setting, or a file as a whole.

    Attributes
    ----------
    file : str
    row : str
        A row's label or a setting's name; empty of a whole file.
    how : {"added", "removed", "changed"}
    old, new : str
        A setting's values; empty of rows, whose content no manifest holds.
    """

    file: str
    row: str
    how: str
    old: str = ""
    new: str = ""


def changed_rules(old: dict, new: dict) -> list[RuleChange]:
    """What is different between the rules of two manifests' facts, by file and row."""
    before, now = old.get("rules", {}), new.get("rules", {})
    return [
        change
        for file in sorted(before.keys() | now.keys())
        if before.get(file) != now.get(file)
        for change in _of_file(file, old, new)
    ]


def _of_file(file: str, old: dict, new: dict) -> list[RuleChange]:
    if file not in old.get("rules", {}):
        return [RuleChange(file, "", ADDED)]
    if file not in new.get("rules", {}):
        return [RuleChange(file, "", REMOVED)]
    before, now = (facts.get("rule_rows", {}).get(file, {}) for facts in (old, new))
    return list(_of_rows(file, before, now)) or [RuleChange(file, "", CHANGED)]


def _of_rows(file: str, before: dict[str, str], now: dict[str, str]) -> Iterator[RuleChange]:
    settings = file.endswith(".toml")
    for row in [*now, *(row for row in before if row not in now)]:
        if before.get(row) == now.get(row):
            continue
        how = ADDED if row not in before else REMOVED if row not in now else CHANGED
        values = (before.get(row, ""), now.get(row, "")) if settings else ("", "")
        yield RuleChange(file, row, how, *values)
