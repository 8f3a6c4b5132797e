"""What a batch made -> `manifest.json`: every page with its SHA-256 and what it was made from; and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from analysis.batch.folder import MANIFEST
from analysis.batch.publish import write_whole


@dataclass(frozen=True)
class Entry:
    """One district in the manifest.

    Attributes
    ----------
    code, name : str
    state : str
        One of `analysis.batch.index.STATES`.
    sampled : bool
    file, sha256 : str
        The page, relative to the folder; empty where there is none.
    results_sha256, notebook_sha256 : str
        What that page was made from, in this run or an earlier one; empty where there is no page or
        an earlier version of this program did not note it.
    """

    code: str
    name: str
    state: str
    sampled: bool
    file: str = ""
    sha256: str = ""
    results_sha256: str = ""
    notebook_sha256: str = ""


@dataclass(frozen=True)
class Manifest:
    """A manifest read back; all empty where there is none or it cannot be read."""

    survey_round: str = ""
    language: str = ""
    packs: tuple[Entry, ...] = ()


def read_manifest(out: Path) -> Manifest:
    """The manifest of an output folder."""
    names = {field.name for field in fields(Entry)}
    try:
        content = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
        packs = tuple(Entry(**{k: v for k, v in pack.items() if k in names}) for pack in content["packs"])
        return Manifest(content["survey_round"], content["language"], packs)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Manifest()


def write_manifest(
    out: Path,
    *,
    survey_round: str,
    language: str,
    notebook: Path,
    notebook_sha256: str,
    provenance: dict,
    packs: list[Entry],
) -> Path:
    """Write the manifest.

    Parameters
    ----------
    notebook, notebook_sha256 : Path, str
        The notebook of this run.
    provenance : dict
        The sidecar of the results that this run's packs were made from.
    packs : list of Entry
        Packs of earlier runs among them keep what they were made from.
    """
    content = {
        "survey_round": survey_round,
        "language": language,
        "notebook": {"file": notebook.name, "sha256": notebook_sha256},
        "results": provenance,
        "packs": [asdict(pack) for pack in packs],
    }
    return write_whole(out / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
