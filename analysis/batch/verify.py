"""A folder of packs + its manifest -> findings: every file that differs, is missing or was put in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis import paths
from analysis.batch.folder import CLASSES, FAILED, INDEX, LOCK, MANIFEST, STATUS
from analysis.batch.manifest import Manifest, key_of, read_manifest
from analysis.batch.sealed import is_sealed
from analysis.batch.status import DONE, read_status
from analysis.built import sha256
from analysis.errors import MissingFile
from analysis.findings import Finding, findings_table

#: What may stand in the folder and is compared with nothing.
_NOT_COMPARED = (LOCK, MANIFEST, STATUS)


def verify_packs(out: Path) -> pd.DataFrame:
    """Compare a folder of packs with its manifest, and change nothing.

    Returns
    -------
    DataFrame of findings
        Codes `manifest_changed`, `file_differs`, `file_missing`, `file_extra`, `status_disagrees`; empty when
        every byte is the one that was written.

    Raises
    ------
    MissingFile
        There is no manifest to compare with.

    Notes
    -----
    Reports of training classes that stand in the folder are a set of their own (`sets_in`).
    """
    out = out.resolve()
    if not (out / MANIFEST).is_file():
        raise _no_manifest(out)
    whole, manifest = _is_sealed_file(out / MANIFEST), read_manifest(out)
    found = [] if whole else [_changed_manifest()]
    if manifest.facts:
        found += [*_compare(out, manifest), *_check_keys(manifest)]
        found += _check_status(out, manifest)
    return findings_table(found)


def sets_in(out: Path) -> list[Path]:
    """The folder, and the folder in it of training classes' reports where that has a manifest of its own."""
    inner = out / CLASSES
    return [out, *([inner] if (inner / MANIFEST).is_file() else [])]


def expected_files(manifest: Manifest) -> dict[str, str]:
    """Every file that a manifest lists, relative to the folder -> SHA-256."""
    files = {name: found for entry in manifest.entries for name, found in entry.files.items()}
    index = manifest.facts.get("index", "")
    return files | ({INDEX: index} if index else {})


def _compare(out: Path, manifest: Manifest) -> Iterator[Finding]:
    expected = expected_files(manifest)
    for name, wanted in sorted(expected.items()):
        path = out / name
        if not path.is_file():
            yield _finding("file_missing", name, "is missing", "bị mất", wanted, "no such file")
        elif (got := sha256(path)) != wanted:
            yield _finding(
                "file_differs", name, "is not the file that was made", "đã bị thay đổi", wanted, got
            )
    own = [f"{FAILED}/{Path(name).parent.name}" for name in _failed_folders(out, manifest)]
    own += [path.name for path in sets_in(out)[1:]]
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_dir() or name in expected or name in _NOT_COMPARED:
            continue
        if not any(name.startswith(f"{folder}/") for folder in own):
            yield _finding("file_extra", name, "is no part of the set", "không thuộc bộ bản tin này", "", "")


def _failed_folders(out: Path, manifest: Manifest) -> Iterator[str]:
    """What failed pages left: the folder of each is kept under failed/."""
    failed = {entry.code for entry in manifest.entries if entry.state.startswith(FAILED)}
    for folder in out.glob(f"{FAILED}/*"):
        if folder.name in failed or folder.name.split("-")[0] in failed:
            yield f"{folder.name}/reason.txt"


def _check_keys(manifest: Manifest) -> Iterator[Finding]:
    for entry in manifest.entries:
        if entry.key != key_of(entry.made_from):
            yield _finding(
                "manifest_changed", MANIFEST, f"has a key of {entry.code} that is not that of its parts",
                f"có khóa của {entry.code} không khớp các thành phần", key_of(entry.made_from), entry.key,
            )  # fmt: skip


def _check_status(out: Path, manifest: Manifest) -> list[Finding]:
    path = out / STATUS
    if not path.is_file():
        return [_finding("file_missing", STATUS, "is missing", "bị mất", "", "no such file")]
    if not _is_sealed_file(path):
        return [_finding("file_differs", STATUS, "is not the file that was made", "đã bị thay đổi", "", "")]
    status = read_status(out)
    if status.get("state") not in (DONE, "stopped"):
        what = "tells of a run that did not end; run `workbench packs` again"
        return [_finding("status_disagrees", STATUS, what, "cho biết lần chạy trước chưa kết thúc", "", "")]
    said = {page["code"]: page["state"] for page in status["pages"]}
    stands = {entry.code: entry.state for entry in manifest.entries}
    if said != stands:
        return [_finding("status_disagrees", STATUS, "says otherwise than the manifest",
                         "không khớp manifest.json", str(stands), str(said))]  # fmt: skip
    return []


def _is_sealed_file(path: Path) -> bool:
    try:
        return is_sealed(path.read_bytes())
    except OSError:
        return False


def _changed_manifest() -> Finding:
    what, vi = "was changed after it was written", "đã bị thay đổi sau khi ghi"
    return _finding("manifest_changed", MANIFEST, what, vi, "", "")


def _finding(code: str, name: str, what: str, vi: str, expected: str, got: str) -> Finding:
    return Finding(
        code,
        f"{name} {what}.",
        f"{name} {vi}.",
        where=name,
        expected=expected,
        got=got,
        file=name,
    )


def _no_manifest(out: Path) -> MissingFile:
    return MissingFile(
        "There is no manifest in this folder.",
        vi="Thư mục này không có manifest.json nên không có gì để đối chiếu. Hãy kiểm tra lại đường dẫn.",
        where=paths.short(out),
        expected=f"a folder that `workbench packs` wrote, with {MANIFEST}",
        hint="Give the folder that holds index.html.",
    )
