"""Tables + what they were made of -> built files with their sidecars, whole or not at all.

A built table is a .parquet; its sidecar, the .json of the same name, tells its sha256 and its inputs.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import paths
from analysis.errors import PacksFolderProblem

#: Parts of analysis/ that no number depends on; everything else is in the hash of what was built.
NO_NUMBERS = ("batch", "briefing", "cli.py", "commands", "explore", "lab", "scaffold")


def sha256(path: Path) -> str:
    """The hash of one file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(files: Iterable[Path]) -> str:
    """One hash of many files, names and contents, in the order given."""
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def hash_rows(table: pd.DataFrame) -> np.ndarray:
    """A number of 64 bits for each row's values, whatever the index; the same in every process."""
    return pd.util.hash_pandas_object(table, index=False).to_numpy()


def digest_table(table: pd.DataFrame) -> str:
    """One hash of a table's columns, values and order; not of its index."""
    return digest_hashes(table.columns, hash_rows(table))


def digest_hashes(columns: Iterable[str], hashes: np.ndarray) -> str:
    """The same from the numbers of `hash_rows`, so that many parts of one table cost one pass."""
    return hashlib.sha256(json.dumps([*columns]).encode() + hashes.astype("<u8").tobytes()).hexdigest()


def digest_parts(parts: Mapping[str, str]) -> str:
    """One hash of many named ones, whatever their order."""
    return hashlib.sha256(json.dumps(dict(parts), sort_keys=True).encode()).hexdigest()


def version() -> str:
    """The installed version of this project."""
    return f"papi-workbench {importlib.metadata.version('papi-workbench')}"


def library_versions(names: Iterable[str]) -> dict[str, str]:
    """Library -> its installed version."""
    return {name: importlib.metadata.version(name) for name in names}


def code_files(folder: Path, but: Collection[str]) -> list[Path]:
    """Every module under a folder of code that a number may depend on.

    Parameters
    ----------
    folder : Path
    but : collection of str
        Files and folders right in it that no number depends on.
    """
    files = sorted(folder.rglob("*.py"))
    return [file for file in files if file.relative_to(folder).parts[0] not in but]


def is_whole(path: Path, inputs: Mapping[str, object]) -> bool:
    """Whether a built table is the one its sidecar tells of, and was made of these inputs."""
    try:
        made = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return made["sha256"] == sha256(path) and {key: made[key] for key in inputs} == inputs
    except (OSError, ValueError, KeyError, TypeError):  # not there, cut short, or of another kind
        return False


def check_folder(folder: Path) -> None:
    """Stop before a long run whose results could not be written.

    Raises
    ------
    PacksFolderProblem
        When something that is no folder stands in the folder's place.
    """
    if folder.exists() and not folder.is_dir():
        raise _cannot_write(folder, NotADirectoryError("a file stands in its place"))


def write_tables(
    tables: Mapping[Path, pd.DataFrame],
    inputs: Mapping[str, object],
    more: Mapping[Path, Mapping[str, object]],
) -> None:
    """Write built tables with their sidecars: all beside their places first, then all are moved in.

    Parameters
    ----------
    tables : dict of path to DataFrame
        In the order in which they are put in place; all in one folder.
    inputs : dict
        What they were made of; goes into every sidecar.
    more : dict of path to dict
        What else the sidecar of a table says.

    Raises
    ------
    PacksFolderProblem
        When the folder cannot be written; what stood there before is left as it was, or counts as
        not up to date.

    Notes
    -----
    A sidecar goes in just before its table, so nobody sees a table without one. A stop between the
    two, or between two tables, leaves a hash or inputs that differ: `is_whole` is false then.
    """
    moves: dict[Path, Path] = {}
    last = list(tables)[-1]
    try:
        last.parent.mkdir(parents=True, exist_ok=True)
        for path, table in tables.items():
            part, sidecar = _beside(path), path.with_suffix(".json")
            sidecar_part = _beside(sidecar)
            moves |= {sidecar_part: sidecar, part: path}
            table.to_parquet(part, index=False)
            size = {"row_count": len(table), "columns": len(table.columns)}
            about = {"file": path.name, "sha256": sha256(part), **size, **inputs}
            about |= more.get(path, {})
            text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
            sidecar_part.write_text(text, encoding="utf-8")
        for part, path in moves.items():
            part.replace(path)
    except OSError as fault:
        raise _cannot_write(last.parent, fault) from fault
    finally:
        for part in moves:
            part.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}.part")


def _cannot_write(folder: Path, fault: OSError) -> PacksFolderProblem:
    name = paths.short(folder)
    return PacksFolderProblem(
        f"The built files cannot be written to {name}.",
        vi=f"Không ghi được vào {name}. Hãy kiểm tra đó là thư mục, có quyền ghi và còn chỗ trống.",
        where=name,
        expected="a folder that can be written",
        got=f"{type(fault).__name__}: {fault.strerror or fault}",
        hint="Move away what stands there, close programs that have the files open, and run again.",
    )
