"""The project's folders -> the only place that knows where things lie on disk.

`WORKBENCH_HOME` names another checkout, `WORKBENCH_DATA` another data folder (the department's own
data, kept outside the repository). Nothing is created here; writers make the folders they need.
"""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The checkout that holds `data/` and `notebooks/`."""
    return Path(os.environ.get("WORKBENCH_HOME") or Path(__file__).resolve().parent.parent)


def data_folder() -> Path:
    return Path(os.environ.get("WORKBENCH_DATA") or home() / "data").resolve()


def rows_folder(name: str) -> Path:
    """A folder of committed rows: places, codebook, framework, rounds, published, wording."""
    return data_folder() / name


def built_folder() -> Path:
    """What the stages make; git-ignored."""
    return data_folder() / "built"


def notebooks_folder() -> Path:
    return home() / "notebooks"


def packs_folder() -> Path:
    return home() / "packs"


def short(path: Path | str) -> str:
    """A path as a message shows it: relative to the checkout or the data folder where it lies inside."""
    path = Path(path)
    for base in (home(), data_folder()):
        try:
            return path.resolve().relative_to(base.resolve()).as_posix()
        except ValueError:
            continue
    return path.as_posix()
