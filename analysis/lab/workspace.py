"""The shipped notebooks and guide -> a folder to work in, outside git, that keeps what a person changed.

Notebooks are run in copies: results of real data never lie where they could be committed, and an update of
the workbench brings new notebooks without losing anybody's work.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.errors import PacksFolderProblem
from analysis.lab.opening import CONFIG_FOLDER

GUIDE = "GUIDE.md"
#: Shipped file -> fingerprint of the copy as it was laid.
LAID = "laid.json"


@dataclass(frozen=True)
class Laid:
    """What laying the workspace did, by file name."""

    copied: tuple[str, ...]
    refreshed: tuple[str, ...]
    kept: tuple[str, ...]


def shipped_files() -> list[Path]:
    """The notebooks and the guide that every workspace has."""
    folder = paths.notebooks_folder()
    return [folder / GUIDE, *sorted(folder.glob("*.ipynb"))]


def lay_workspace(folder: Path, files: Iterable[Path] | None = None, under: str = "") -> Laid:
    """Copy what is missing, refresh what nobody changed, leave what somebody changed.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    files : iterable of Path, optional
        The shipped files; those of the checkout by default.
    under : str, optional
        A folder of the workspace that they are laid into, such as "bai-hoc".

    Returns
    -------
    Laid
        `kept` are copies that differ from what is shipped now because a person changed them.

    Raises
    ------
    PacksFolderProblem
        The folder cannot be written.

    Notes
    -----
    A notebook that was only run counts as unchanged: its fingerprint is that of its cells' sources.
    """
    copied, refreshed, kept = [], [], []
    try:
        own = folder / CONFIG_FOLDER
        own.mkdir(parents=True, exist_ok=True)
        record = own / LAID
        laid = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
        (folder / under).mkdir(exist_ok=True)
        for source in shipped_files() if files is None else files:
            name = f"{under}/{source.name}" if under else source.name
            target, now = folder / name, fingerprint(source)
            there = fingerprint(target) if target.is_file() else None
            if there is None:
                copied.append(name)
            elif there == now:
                laid[name] = now
                continue
            elif there == laid.get(name):
                refreshed.append(name)
            else:
                kept.append(name)
                continue
            shutil.copyfile(source, target)
            laid[name] = now
        record.write_text(json.dumps(laid, indent=1) + "\n", encoding="utf-8")
    except OSError as fault:
        raise _cannot_write(folder, fault) from fault
    return Laid(tuple(copied), tuple(refreshed), tuple(kept))


def fingerprint(file: Path) -> str:
    """What a person would have had to change: a notebook's sources, any other file's bytes."""
    raw = file.read_bytes()
    if file.suffix == ".ipynb":
        try:
            cells = json.loads(raw)["cells"]
            sources = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
            raw = json.dumps(sources).encode()
        except (ValueError, KeyError, TypeError):
            pass  # no notebook any more: its bytes say so
    return hashlib.sha256(raw).hexdigest()


def _cannot_write(folder: Path, fault: OSError) -> PacksFolderProblem:
    name = paths.short(folder)
    return PacksFolderProblem(
        f"The folder to work in cannot be written: {name}.",
        vi=f"Không ghi được vào thư mục làm việc {name}. Hãy kiểm tra quyền ghi và dung lượng trống.",
        where=name,
        expected="a folder that can be written",
        got=f"{type(fault).__name__}: {fault.strerror or fault}",
        hint="Move away what stands there, or take another data folder: workbench --data DIR lab.",
    )
