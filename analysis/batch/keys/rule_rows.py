"""A file of rules -> a short hash for each of its rows, or the values of its settings."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

#: A table of more rows than this (all communes of the country) is told as a whole.
MOST_ROWS = 2000
_KEPT = 8


def rule_rows(file: Path) -> dict[str, str]:
    """Label -> hash of each row of a .csv, or -> value of each setting of a .toml.

    Returns
    -------
    dict of str to str
        A row's label is its first cell; one that stands there again has its number behind it ("q12 (2)").
        Empty where the file cannot be read so, or has more than `MOST_ROWS` rows.
    """
    try:
        if file.suffix == ".toml":
            return dict(_settings(tomllib.loads(file.read_text(encoding="utf-8"))))
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))[1:]
    except (OSError, ValueError, csv.Error):
        return {}
    return _labelled(rows) if len(rows) <= MOST_ROWS else {}


def _labelled(rows: list[list[str]]) -> dict[str, str]:
    found, times = {}, {}
    for row in rows:
        if not row:
            continue
        times[row[0]] = times.get(row[0], 0) + 1
        label = row[0] if times[row[0]] == 1 else f"{row[0]} ({times[row[0]]})"
        found[label] = hashlib.sha256("\0".join(row).encode()).hexdigest()[:_KEPT]
    return found


def _settings(table: dict, before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _settings(value, f"{before}{name}.")
        else:
            yield before + name, json.dumps(value, ensure_ascii=False, default=str)
