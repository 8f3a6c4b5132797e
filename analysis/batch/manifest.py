"""What a batch made -> `manifest.json`: every file with its SHA-256 and all that it was made from; and back.

Nothing in it depends on when, how fast or by how many workers the pages were made: the same inputs give the
same bytes. Times stand in `status.json`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from analysis.batch.folder import MANIFEST
from analysis.batch.publish import write_whole
from analysis.batch.sealed import seal
from analysis.batch.targets import is_page
from analysis.built import digest_parts

#: What a manifest is of: packs and pages of a round, or reports of training classes.
OF_A_ROUND, OF_CLASSES = "round", "classes"
#: Letters of a part's hash that an entry keeps: enough to tell a change by.
_KEPT = 16


@dataclass(frozen=True)
class Entry:
    """One page in the manifest.

    Attributes
    ----------
    code, name : str
        The code is a district's, a round page's stem, or "class-" and a class_id.
    state : str
        One of `analysis.batch.index.STATES`.
    sampled : bool or None
        Whether anybody of the district was interviewed; None of any other page.
    file, sha256 : str
        The page, relative to the folder; empty where there is none.
    key : str
        The hash of everything that the page was made from, in this run or an earlier one; empty where there
        is no page or an earlier version of this program did not note it.
    parameters : dict
        What its notebook was given.
    made_from : dict of str to str
        The parts of the key (`analysis.batch.keys.parts`).
    beside : dict of str to str
        The other files of the pack (Word, PDF, Excel, CSV), relative to the folder -> SHA-256.
    """

    code: str
    name: str
    state: str
    sampled: bool | None = None
    file: str = ""
    sha256: str = ""
    key: str = ""
    parameters: dict[str, object] = field(default_factory=dict, hash=False)
    made_from: dict[str, str] = field(default_factory=dict, hash=False)
    beside: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def files(self) -> dict[str, str]:
        """Every file of the page, relative to the folder -> SHA-256."""
        return {self.file: self.sha256, **self.beside} if self.file else {}


@dataclass(frozen=True)
class Manifest:
    """A manifest read back; all empty where there is none or it cannot be read.

    Attributes
    ----------
    facts : dict
        All of it, as it stands in the file.
    """

    survey_round: str = ""
    language: str = ""
    packs: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    facts: dict = field(default_factory=dict, hash=False)

    @property
    def kind(self) -> str:
        """`OF_A_ROUND` or `OF_CLASSES`; the first where an earlier version of this program noted none."""
        return self.facts.get("of", OF_A_ROUND)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.packs, *self.pages)


def shorten(parts: dict[str, str]) -> dict[str, str]:
    """The parts of a key as entries keep them."""
    return {name: found[:_KEPT] for name, found in sorted(parts.items())}


def key_of(parts: dict[str, str]) -> str:
    """The key of a page made from these shortened parts."""
    return digest_parts(parts) if parts else ""


def read_manifest(out: Path) -> Manifest:
    """The manifest of an output folder."""
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        packs, pages = _entries(content["packs"]), _entries(content.get("pages", []))
        return Manifest(content["survey_round"], content["language"], packs, pages, content)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()


def _entries(rows: list[dict]) -> tuple[Entry, ...]:
    names = {one.name for one in fields(Entry)}
    return tuple(Entry(**{key: value for key, value in row.items() if key in names}) for row in rows)


def write_manifest(out: Path, facts: dict[str, object], index: str, entries: list[Entry]) -> Path:
    """Write the manifest.

    Parameters
    ----------
    facts : dict
        Of the run (`standing.Batch.facts`), with what its pages are about and their notebooks.
    index : str
        SHA-256 of the index page; empty where there is none yet.
    entries : list of Entry
        Districts' packs or classes' reports, and pages of the round or of all classes. Those of earlier runs
        keep what they were made from.
    """
    packs = [asdict(entry) for entry in entries if not is_page(entry.code)]
    pages = [asdict(entry) for entry in entries if is_page(entry.code)]
    for page in (*packs, *pages):
        if page["sampled"] is None:
            del page["sampled"]
    return write_whole(out / MANIFEST, seal({**facts, "index": index, "packs": packs, "pages": pages}))
