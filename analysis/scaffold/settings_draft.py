"""The template of a round + what is to be filled in -> its TOML, reasons and open decisions in place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.rounds.decisions import MARK
from analysis.scaffold.roles import Reason

_KEY = re.compile(r"^(?P<key>\w+)(?P<equals>\s*=\s*)(?P<value>\"[^\"]*\"|\[[^\]]*\]|[^\s#]+)(?P<rest>.*)$")
_SECTION = re.compile(r"^\[(?P<name>[\w.]+)\]")


@dataclass(frozen=True)
class Fill:
    """One key of the settings.

    Attributes
    ----------
    value : str, bool, int or list, optional
        None keeps the template's.
    reasons : tuple of Reason
        Comment lines above the key.
    decide : Reason, optional
        What a person has to decide; a line that stops every build until it is deleted.
    """

    value: object = None
    reasons: tuple[Reason, ...] = ()
    decide: Reason | None = None


def fill_template(template: str, fills: Mapping[str, Fill], groups: list[str], head: list[str]) -> str:
    """The settings' text.

    Parameters
    ----------
    template : str
        data/rounds/_template.toml.
    fills : mapping of str to Fill
        Key ("year", "columns.district") -> what goes there; keys the template lacks are passed over.
    groups : list of str
        Lines in place of the template's sections [groups.…].
    head : list of str
        Comment lines in place of the template's first ones.
    """
    lines, section, skipping = list(head), "", False
    body = template.splitlines()
    first = next(at for at, line in enumerate(body) if line and not line.startswith("#"))
    for line in ["", *body[first:]]:
        match = _SECTION.match(line)
        if match:
            section, was_skipping = match["name"], skipping
            skipping = section.startswith("groups.")
            if skipping and not was_skipping:
                lines = [*_without_trailing_comments(lines), *groups]
        if not skipping:
            lines += _filled(line, section, fills)
    return "\n".join(lines) + "\n"


def _without_trailing_comments(lines: list[str]) -> list[str]:
    """The template's own remark above its groups goes with them."""
    while lines and lines[-1].startswith("#"):
        lines = lines[:-1]
    return lines


def _filled(line: str, section: str, fills: Mapping[str, Fill]) -> list[str]:
    match = _KEY.match(line)
    key = f"{section}.{match['key']}" if match and section else match["key"] if match else ""
    fill = fills.get(key)
    if fill is None:
        return [line]
    above = [f"# {reason.vi} / {reason.en}" for reason in fill.reasons]
    if fill.decide:
        above.append(f"{MARK} {key} — {_plain(fill.decide.vi)} / {fill.decide.en}")
    if fill.value is None:
        return [*above, line]
    left = f"{match['key']}{match['equals']}{toml_value(fill.value)}"
    comment = match["rest"].strip()
    return [*above, f"{left:<37} {comment}".rstrip()]


def _plain(text: str) -> str:
    """The slash that parts the languages stands once only."""
    return text.replace(" / ", ", ")


def toml_value(value: object) -> str:
    """A value as TOML writes it.

    Examples
    --------
    >>> toml_value("huyện"), toml_value([888.0, ".a"]), toml_value(False)
    ('"huyện"', '[888, ".a"]', 'false')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(toml_value(one) for one in value)}]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    return str(value) if isinstance(value, int) else json.dumps(value, ensure_ascii=False)
