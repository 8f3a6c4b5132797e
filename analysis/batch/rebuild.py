"""A folder of packs -> the same made again elsewhere, and findings: files whose bytes are others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.batch.folder import MANIFEST
from analysis.batch.formats.names import PDF, WORD, beside
from analysis.batch.keys.reasons import changed_parts, say_reasons
from analysis.batch.manifest import Entry, Manifest, read_manifest
from analysis.batch.run import build_packs
from analysis.batch.verify import expected_files, verify_packs
from analysis.built import sha256
from analysis.findings import Finding, findings_table, join_findings
from analysis.pipeline import build_round


def remake_packs(
    there: Manifest,
    again: Path,
    notebook: Path | None = None,
    workers: int | None = None,
    build: Callable[[str], object] = build_round,
) -> None:
    """Make the packs and pages that a manifest lists again, from today's inputs, in another folder.

    Parameters
    ----------
    notebook : Path, optional
        Of the districts, where the packs were not made with the project's own.
    workers, build
        As for `build_packs`.
    """
    pages = [entry for entry in there.entries if entry.file]
    formats = {kind for entry in pages for kind in _beside(entry)}
    build_packs(
        there.survey_round, there.language, again, [entry.code for entry in pages], workers, notebook,
        build=build, word=WORD in formats, pdf=PDF in formats,
    )  # fmt: skip


def verify_rebuild(out: Path, remake: Callable[[Manifest, Path], object]) -> pd.DataFrame:
    """Make every page of a folder again from today's inputs, in a temporary folder, and compare bytes.

    Parameters
    ----------
    remake : callable
        Makes the pages that a manifest lists, in a folder (`remake_packs`).

    Returns
    -------
    DataFrame of findings
        Those of `verify_packs`; then `rebuild_differs` for each file that comes out otherwise, with what its
        page is made from now that it was not then, and `rebuild_failed` for each page that cannot be made.

    Raises
    ------
    MissingFile
        There is no manifest.
    WorkbenchError
        As `remake`.
    """
    out = out.resolve()
    found = verify_packs(out)
    there = read_manifest(out)
    pages = [entry for entry in there.entries if entry.file]
    if not pages:
        return found
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        again = Path(folder) / "packs"
        remake(there, again)
        made = read_manifest(again)
        differing = [finding for entry in pages for finding in _differences(entry, made)]
        if not differing and _complete(there):
            differing = _whole_files(out, again, there)
    return join_findings([found, findings_table(differing)])


def _beside(entry: Entry) -> list[str]:
    return [kind for kind, path in beside(Path(entry.file)).items() if path.as_posix() in entry.beside]


def _differences(entry: Entry, made: Manifest) -> list[Finding]:
    now = next((one for one in made.entries if one.code == entry.code), None)
    if now is None or not now.file:
        return [Finding("rebuild_failed", f"{entry.file} cannot be made again.",
                        f"Không dựng lại được {entry.file}.", where=entry.file, file=entry.file)]  # fmt: skip
    why = say_reasons(changed_parts(entry.made_from, now.made_from))
    return [
        Finding(
            "rebuild_differs",
            f"{name} comes out otherwise: {why['en'] or 'from the same inputs'}.",
            f"{name} dựng lại cho kết quả khác: {why['vi'] or 'dù đầu vào không đổi'}.",
            where=name,
            expected=wanted,
            got=now.files.get(name, "no such file"),
            file=name,
        )
        for name, wanted in entry.files.items()
        if now.files.get(name) != wanted
    ]


def _complete(there: Manifest) -> bool:
    """Whether all that the manifest lists stands and is of one making, as a new run leaves it."""
    return all(entry.state == "built" for entry in there.entries)


def _whole_files(out: Path, again: Path, there: Manifest) -> list[Finding]:
    """Index and manifest, which must be the same once all pages are."""
    names = [*(name for name in expected_files(there) if "/" not in name), MANIFEST]
    return [
        Finding("rebuild_differs", f"{name} comes out otherwise.", f"{name} dựng lại cho kết quả khác.",
                where=name, file=name)
        for name in names
        if (out / name).is_file() and sha256(out / name) != sha256(again / name)
    ]  # fmt: skip
