"""A folder to work in -> JupyterLab's arguments and environment: this machine only, nothing fetched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = Path(__file__).parent / "settings"

#: Argument -> its value and why it is not JupyterLab's default.
ARGUMENTS = {
    "ServerApp.ip": ("127.0.0.1", "nobody on the office's network reaches it; the token stays needed"),
    "ServerApp.allow_remote_access": ("False", "a page under another name cannot pass for this machine"),
    "LabApp.extension_manager": ("readonly", "the server lists nothing from an index and installs nothing"),
    "LabApp.news_url": ("None", "the server fetches no news"),
    "LabApp.check_for_updates_class": (
        "jupyterlab.NeverCheckForUpdate",
        "the server asks nobody for newer versions",
    ),
    "LabApp.app_settings_dir": (str(SETTINGS), "the defaults of settings/overrides.json5, page_config.json5"),
    "ContentsManager.allow_hidden": ("False", "the file browser shows none of the lab's own files"),
}
#: What opens at a start, in front of what was left open the last time.
FIRST = "explore.ipynb"
#: A person's settings and password of another JupyterLab stay out; those made here are kept in the folder.
CONFIG_FOLDER = ".jupyter"
#: What JupyterLab keeps -> its folder there. Else they would lie in the person's home, and two data folders
#: would open each other's notebooks.
KEPT = {"user_settings_dir": "user-settings", "workspaces_dir": "workspaces"}


def lab_arguments(folder: Path, more: Iterable[str] = ()) -> list[str]:
    """The command line of `jupyter lab` for a folder.

    Parameters
    ----------
    folder : Path
        What the file browser shows; nothing above it can be reached from the browser.
    more : iterable of str
        Arguments of the caller, which come last: JupyterLab takes the last of two.
    """
    fixed = [f"--{name}={value}" for name, (value, _) in ARGUMENTS.items()]
    opens = f"--LabApp.default_url=/lab/tree/{FIRST}"
    kept = [f"--LabApp.{name}={folder / CONFIG_FOLDER / 'lab' / place}" for name, place in KEPT.items()]
    return [f"--ServerApp.root_dir={folder}", opens, *kept, *fixed, *more]


@contextmanager
def lab_environment(folder: Path) -> Iterator[None]:
    """JupyterLab's own files beside the work, for the time that it runs."""
    names = {"JUPYTER_CONFIG_DIR": str(folder / CONFIG_FOLDER), "JUPYTER_NO_CONFIG": None}
    before = {name: os.environ.get(name) for name in names}
    try:
        _set(names)
        yield
    finally:
        _set(before)


def _set(values: dict[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
