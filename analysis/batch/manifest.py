"""What a batch made -> `manifest.json`: every page with its SHA-256 and what it was made from; and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from analysis.batch.folder import MANIFEST
from analysis.batch.publish import write_whole


@dataclass(frozen=True)
class Entry:
    """One page in the manifest.

    Attributes
    ----------
    code, name : str
        The code is a district's, or a round page's stem.
    state : str
        One of `analysis.batch.index.STATES`.
    sampled : bool or None
        Whether anybody of the district was interviewed; None of a round page.
    file, sha256 : str
        The page, relative to the folder; empty where there is none.
    results_sha256, notebook_sha256 : str
        What that page was made from, in this run or an earlier one; empty where there is no page or
        an earlier version of this program did not note it.
    beside : dict of str to str
        The other files of the pack (Word, PDF, Excel, CSV), relative to the folder -> SHA-256.
    """

    code: str
    name: str
    state: str
    sampled: bool | None = None
    file: str = ""
    sha256: str = ""
    results_sha256: str = ""
    notebook_sha256: str = ""
    beside: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Manifest:
    """A manifest read back; all empty where there is none or it cannot be read."""

    survey_round: str = ""
    language: str = ""
    packs: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.packs, *self.pages)


def read_manifest(out: Path) -> Manifest:
    """The manifest of an output folder."""
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        packs, pages = _entries(content["packs"]), _entries(content.get("pages", []))
        return Manifest(content["survey_round"], content["language"], packs, pages)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()


def _entries(rows: list[dict]) -> tuple[Entry, ...]:
    names = {one.name for one in fields(Entry)}
    return tuple(Entry(**{key: value for key, value in row.items() if key in names}) for row in rows)


def write_manifest(
    out: Path,
    *,
    survey_round: str,
    language: str,
    notebooks: dict[str, str],
    provenance: dict,
    packs: list[Entry],
    pages: list[Entry],
) -> Path:
    """Write the manifest.

    Parameters
    ----------
    notebooks : dict of str to str
        The notebooks of the pages listed, as they are now: file name -> SHA-256.
    provenance : dict
        The sidecar of the results that this run's pages were made from.
    packs, pages : list of Entry
        Districts' packs and pages of the round. Those of earlier runs keep what they were made from.
    """
    content = {
        "survey_round": survey_round,
        "language": language,
        "notebooks": notebooks,
        "results": provenance,
        "packs": [asdict(pack) for pack in packs],
        "pages": [{key: value for key, value in asdict(page).items() if key != "sampled"} for page in pages],
    }
    return write_whole(out / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
