"""Two manifests' facts -> what else is different about how their packs were made: data, rules, program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.batch.keys.reasons import CODE, DATA, RULE

#: Folders of rules that no number follows from.
_WORDS = ("wording",)


@dataclass(frozen=True)
class Cause:
    """One thing that a difference may come from.

    Attributes
    ----------
    kind : {"data", "rule", "code"}
    what : str
        A file, a library with its versions, or "" of the program itself.
    """

    kind: str
    what: str = ""


def causes_of(old: dict, new: dict) -> list[Cause]:
    """Everything that differs between what two issues were made from, data first."""
    before, now = (_data(facts) for facts in (old, new))
    found = [Cause(DATA, file) for file in _different(before, now)]
    found += [Cause(RULE, file) for file in _different(old.get("rules", {}), new.get("rules", {}))]
    if old.get("code") != new.get("code"):
        found.append(Cause(CODE))
    versions = [{**facts.get("libraries", {}), "python": facts.get("python", "")} for facts in (old, new)]
    for name in _different(*versions):
        found.append(Cause(CODE, f"{name} {versions[0].get(name, '–')} → {versions[1].get(name, '–')}"))
    notebooks = _different(old.get("notebooks", {}), new.get("notebooks", {}))
    return [*found, *(Cause(CODE, name) for name in notebooks)]


def _data(facts: dict) -> dict[str, str]:
    """The files behind a manifest's results, and behind those of training beside them."""
    return {
        file: found
        for made in ("results", "training")
        for file, found in facts.get(made, {}).get("data", {}).items()
    }


def causes_of_numbers(causes: list[Cause]) -> list[Cause]:
    """Those that a number may follow from: neither a sentence nor a notebook changes one."""
    return [
        cause
        for cause in causes
        if not cause.what.endswith(".ipynb")
        and not (cause.kind == RULE and set(_WORDS) & set(PurePosixPath(cause.what).parts))
    ]


def _different(before: dict[str, str], now: dict[str, str]) -> list[str]:
    return [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
