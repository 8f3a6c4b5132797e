"""This machine -> the Chromium, Chrome or Edge on it, which prints pages without a window."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.errors import MissingProgram

#: Names as Linux has them on its path.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
#: Where macOS and Windows keep the same programs, off the path.
_MACOS = ("Chromium", "Google Chrome", "Microsoft Edge")
_WINDOWS = (
    r"Microsoft\Edge\Application\msedge.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
#: Names a browser that is none of these, or lies elsewhere.
VARIABLE = "WORKBENCH_BROWSER"


def find_browser() -> str | None:
    """The program to run; None where there is none.

    Notes
    -----
    WORKBENCH_BROWSER, where it is set, is the only one that counts.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *map(str, _installed())) if path), None)


def require_browser() -> str:
    """The program to run.

    Raises
    ------
    MissingProgram
        There is none.
    """
    found = find_browser()
    if found:
        return found
    named = os.environ.get(VARIABLE)
    raise MissingProgram(
        "A PDF needs Chromium, Chrome or Edge, and none was found.",
        vi="Để in ra PDF cần có Chromium, Chrome hoặc Edge, nhưng máy này không có. Hãy cài một trong các "
        f"trình duyệt đó, hoặc ghi đường dẫn của nó vào biến {VARIABLE}, hoặc bỏ --pdf.",
        where=f"{VARIABLE}={named}" if named else "PATH",
        expected=", ".join(NAMES),
        got="none of them",
        hint=f"Install one, or put its path into {VARIABLE}, or leave out --pdf and print from any browser.",
    )


def _installed() -> Iterator[Path]:
    if sys.platform == "darwin":
        places = [Path("/Applications") / f"{name}.app/Contents/MacOS/{name}" for name in _MACOS]
    elif sys.platform == "win32":
        folders = [Path(os.environ[name]) for name in _WINDOWS_FOLDERS if name in os.environ]
        places = [folder / path for folder in folders for path in _WINDOWS]
    else:
        places = []
    return (place for place in places if place.is_file())
