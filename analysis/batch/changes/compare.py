"""Two folders of packs -> everything that is different between them, as tables and lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.batch.changes.causes import Cause, causes_of
from analysis.batch.changes.rows import changed_rows, read_annex
from analysis.batch.changes.rules import RuleChange, changed_rules
from analysis.batch.folder import MANIFEST
from analysis.batch.formats.names import ANNEX_ROWS
from analysis.batch.keys.reasons import Reason, changed_parts
from analysis.batch.manifest import Entry, Manifest, read_manifest
from analysis.errors import MissingFile, UnknownName

#: Kinds of place whose rows are a pack's own; the others stand in every pack and are told once.
OWN = ("district", "commune")


@dataclass(frozen=True)
class Changes:
    """What is different between two issues of the packs of one province.

    Attributes
    ----------
    added, removed : tuple of str
        Names of pages that only one of them has.
    pages : dict of str to list of Reason
        Name of a page with other bytes -> what it was made from that is different.
    rows : DataFrame
        As `rows.changed_rows`, with `code`: the district whose pack they stand in; "" of those in all packs.
    rules : tuple of RuleChange
    causes : tuple of Cause
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    pages: dict[str, list[Reason]] = field(hash=False)
    rows: pd.DataFrame = field(hash=False)
    rules: tuple[RuleChange, ...]
    causes: tuple[Cause, ...]

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.pages or self.rules or self.causes or len(self.rows))


def compare_issues(old: Path, new: Path) -> Changes:
    """Compare two folders of packs by their manifests and the rows beside the packs.

    Raises
    ------
    MissingFile
        One of them has no manifest that can be read.
    UnknownName
        They are of two languages: every page differs, and no number need to.
    """
    before, now = _read(old), _read(new)
    if before.language != now.language:
        raise _two_languages(before.language, now.language)
    then, here = ({e.code: e for e in manifest.entries if e.file} for manifest in (before, now))
    both = [code for code in here if code in then]
    different = [code for code in both if then[code].files != here[code].files]
    return Changes(
        added=tuple(here[code].name for code in here if code not in then),
        removed=tuple(then[code].name for code in then if code not in here),
        pages={here[c].name: changed_parts(then[c].made_from, here[c].made_from) for c in different},
        rows=_rows((old, new), [(then[c], here[c]) for c in different if here[c].sampled is not None]),
        rules=tuple(changed_rules(before.facts, now.facts)),
        causes=tuple(causes_of(before.facts, now.facts)),
    )


def _rows(folders: tuple[Path, Path], pairs: list[tuple[Entry, Entry]]) -> pd.DataFrame:
    found, shared = [], False
    for old, new in pairs:
        if _annex_hash(old) == _annex_hash(new):
            continue
        rows = changed_rows(*(read_annex(out, one) for out, one in zip(folders, (old, new), strict=True)))
        own = rows["place_kind"].isin(OWN)
        if not shared and (~own).any():
            found.append(rows[~own].assign(code=""))
            shared = True
        found.append(rows[own].assign(code=new.code))
    if not found:
        empty = read_annex(folders[1], Entry("", "", ""))
        return changed_rows(empty, empty).assign(code="")
    return pd.concat(found, ignore_index=True)


def _annex_hash(entry: Entry) -> str:
    return entry.beside.get(f"{Path(entry.file).parent.as_posix()}/{ANNEX_ROWS}", "")


def _read(out: Path) -> Manifest:
    manifest = read_manifest(out)
    if manifest.facts:
        return manifest
    raise MissingFile(
        "There is no manifest that can be read in this folder.",
        vi="Thư mục này không có manifest.json đọc được nên không so sánh được. Hãy kiểm tra lại đường dẫn.",
        where=paths.short(out),
        expected=f"a folder that `workbench packs` wrote, with {MANIFEST}",
        hint="Give the folder that holds index.html.",
    )


def _two_languages(old: str, new: str) -> UnknownName:
    return UnknownName(
        "The two issues are in different languages.",
        vi="Hai bộ bản tin viết bằng hai ngôn ngữ khác nhau; hãy so sánh hai bộ cùng ngôn ngữ.",
        expected="two folders in one language",
        got=f"{old} and {new}",
        hint="Build one of them again with --language.",
    )
