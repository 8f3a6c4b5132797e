"""A draft made again + the draft before + what a person made of that -> the new draft with their decisions.

What was drafted is kept in `drafts/<round>/` of the data folder. Where a person's file differs from it, that
is a decision: it stays as it is. Everything else is drafted anew, so nothing is asked twice.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis.errors import BadRows
from analysis.rounds.decisions import MARK
from analysis.rows import read_rows
from analysis.scaffold.settings_draft import toml_value

#: File of rows -> the columns by which a row is known again.
_KEYS = {
    "variables.csv": ("variable",),
    "codes.csv": ("code_set", "code"),
    "indicators.csv": ("indicator",),
    "dimensions.csv": ("dimension",),
    "sub_dimensions.csv": ("sub_dimension",),
    "districts.csv": ("code",),
    "provinces.csv": ("code",),
    "aliases.csv": ("level", "alias"),
    "prefixes.csv": ("written", "level", "kind_vi"),
}
_VALUE = r"\"[^\"]*\"|\[[^\]]*\]|\{.*\}|[^\s#]+"
_KEY_LINE = re.compile(rf"^(?P<key>\w+)(?P<equals>\s*=\s*)(?P<value>{_VALUE})(?P<rest>.*)$")
#: The section whose keys hold tables of totals.
_OF_TABLES = "calibration.margins"
_SECTION = re.compile(r"^\[(?P<name>[\w.]+)\]")
_Rows = dict[tuple[str, ...], dict[str, str]]


def merge_file(path: Path, before: str, new: str) -> str:
    """One file of a draft, with what a person changed in it kept.

    Parameters
    ----------
    path : Path
        As the person left it.
    before, new : str
        As it was drafted, and as it is drafted anew.

    Raises
    ------
    BadRows
        The person's file cannot be read: their decisions would be lost.
    """
    mine = path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    if mine == before:
        return new
    if path.suffix == ".toml":
        return _merge_settings(before, mine, new)
    key = _KEYS.get(path.name)
    return (
        _merge_rows(_typed(before), read_rows(path, key).to_dict("records"), _typed(new), key)
        if key
        else mine
    )


def _typed(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _merge_rows(
    before: list[dict[str, str]], mine: list[dict[str, str]], new: list[dict[str, str]], key: tuple[str, ...]
) -> str:
    """The new rows with the person's cells, without rows they took out, with rows they added or changed."""
    old_rows, own_rows, new_rows = (_by_key(rows, key) for rows in (before, mine, new))
    merged: _Rows = {}
    for name, row in new_rows.items():
        if name in own_rows or name not in old_rows:
            merged[name] = _merge_cells(old_rows.get(name, {}), own_rows.get(name, {}), row)
    for name, row in own_rows.items():
        if name not in new_rows and row != old_rows.get(name):
            merged[name] = row
    columns = dict.fromkeys(column for rows in (new, mine) for column in (rows[0] if rows else ()))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(merged.values())
    return text.getvalue()


def _by_key(rows: Iterable[dict[str, str]], key: tuple[str, ...]) -> _Rows:
    return {tuple(row[column] for column in key): row for row in rows}


def _merge_cells(old: Mapping[str, str], own: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The new cells, but for those that the person's row has otherwise than the old draft."""
    return dict(new) | {column: value for column, value in own.items() if value != old.get(column, "")}


def _merge_settings(before: str, mine: str, new: str) -> str:
    """The new settings, line by line, with the person's values and without what they have decided."""
    old_values, own_values = _values(before), _values(mine)
    decided = _asked(before) - _asked(mine)
    left = {
        key: value
        for key, value in own_values.items()
        if key in decided or key not in old_values or value != old_values[key]
    }
    settled, section, lines = decided | set(left), "", []
    for line in _with_own_groups(before, mine, new, decided):
        match = _SECTION.match(line)
        section = match["name"] if match else section
        if _asked_key(line) not in settled:
            key = _key_of(line, section)
            lines.append(_with_value(line, left.pop(key)) if key in left else line)
    text = "\n".join(_with_added(lines, left)) + "\n"
    _values(text)  # what was put together must be settings again
    return text


def _with_added(lines: list[str], left: Mapping[str, object]) -> list[str]:
    """Keys that the person added, behind the heads of their sections."""
    for key, value in left.items():
        section, _, name = key.rpartition(".")
        added = f"{json.dumps(name) if not name.isidentifier() else name} = {toml_value(value)}"
        head = next((at for at, line in enumerate(lines) if line.startswith(f"[{section}]")), None)
        if head is not None:
            lines = [*lines[: head + 1], added, *lines[head + 1 :]]
        elif section:
            lines = [*lines, "", f"[{section}]", added]
        else:
            lines = [added, *lines]
    return lines


def _with_own_groups(before: str, mine: str, new: str, decided: set[str]) -> list[str]:
    """The new lines, the sections of groups being the person's where they changed or decided any of them."""
    own, drafted, lines = _groups(mine), _groups(new), new.splitlines()
    changed = tomllib.loads(mine).get("groups") != tomllib.loads(before).get("groups")
    if not (changed or any(key.startswith("groups.") for key in decided)):
        return lines
    start = lines.index(drafted[0]) if drafted else len(lines)
    return [*lines[:start], *own, "", *lines[start + len(drafted) :]]


def _groups(text: str) -> list[str]:
    """The lines from the first section of groups to the section after the last."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("[groups.")]
    if not starts:
        return []
    after = [at for at, line in enumerate(lines) if _SECTION.match(line) and at > starts[-1]]
    return lines[starts[0] : after[0] if after else len(lines)]


def _values(text: str) -> dict[str, object]:
    """Key, with its section, -> value; groups, which are taken whole, left out."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadRows(
            "The settings are not valid TOML, so the decisions in them cannot be kept.",
            vi="Tệp cấu hình sai cú pháp nên không giữ được các quyết định đã ghi. Hãy sửa tệp rồi chạy lại.",
            where="the round's settings",
            expected="UTF-8 TOML",
            got=str(fault),
            hint="Mend the file and run again. Nothing was changed.",
        ) from fault
    read.pop("groups", None)
    return dict(_flat(read, ""))


def _flat(table: Mapping[str, object], section: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        name = f"{section}.{key}".lstrip(".")
        if isinstance(value, dict) and section != _OF_TABLES:
            yield from _flat(value, name)
        else:
            yield name, value


def _key_of(line: str, section: str) -> str:
    match = _KEY_LINE.match(line)
    return f"{section}.{match['key']}".lstrip(".") if match else ""


def _with_value(line: str, value: object) -> str:
    match = _KEY_LINE.match(line)
    left = f"{match['key']}{match['equals']}{toml_value(value)}"
    return f"{left:<37} {match['rest'].strip()}".rstrip()


def _asked(text: str) -> set[str]:
    return {key for line in text.splitlines() if (key := _asked_key(line))}


def _asked_key(line: str) -> str:
    """The key that a line `# decide: key — …` asks for, "" for another line."""
    rest = line.strip().removeprefix(MARK).strip() if line.strip().startswith(MARK) else ""
    return rest.split()[0] if rest else ""
