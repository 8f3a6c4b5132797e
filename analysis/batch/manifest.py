"""What a batch made -> `manifest.json`: inputs, notebook, parameters and every page with its SHA-256."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.batch.publish import write_whole
from analysis.pipeline import sha256

MANIFEST = "manifest.json"


def read_manifest(out: Path) -> dict:
    """The manifest of an output folder; empty where there is none or it cannot be read."""
    try:
        return json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def write_manifest(
    out: Path, *, survey_round: str, language: str, notebook: Path, provenance: dict, packs: list[dict]
) -> Path:
    """Write the manifest.

    Parameters
    ----------
    provenance : dict
        The sidecar of the results that the packs were made from.
    packs : list of dict
        One a district: code, name, state ("built", "failed", "failed_old"), file, sha256.
    """
    content = {
        "survey_round": survey_round,
        "language": language,
        "notebook": {"file": notebook.name, "sha256": sha256(notebook)},
        "results": provenance,
        "packs": packs,
    }
    return write_whole(out / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
