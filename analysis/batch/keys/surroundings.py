"""This installation -> the hashes of the code and the versions of the libraries that make pages."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from analysis import paths
from analysis.built import digest_parts, sha256

#: Our packages -> what is right in them and no page depends on. Training is no import of ours, but its
#: sections stand on our pages.
_NOT_HASHED = {
    "analysis": ("cli.py", "commands", "explore", "keeping", "lab", "scaffold"),
    "training": ("lessons",),
}
_KINDS = (".py", ".html", ".css")
_OURS = "papi_workbench"


def code_files() -> dict[str, str]:
    """Every module and template that a page may depend on -> its SHA-256, by its path in the program."""
    program = Path(__file__).parents[3]
    found = {}
    for package, but in _NOT_HASHED.items():
        files = sorted(file for file in (program / package).rglob("*") if file.suffix in _KINDS)
        kept = (file for file in files if file.relative_to(program / package).parts[0] not in but)
        found |= {file.relative_to(program).as_posix(): sha256(file) for file in kept}
    return found


def libraries() -> dict[str, str]:
    """Every installed package but this project -> its version; read from folders' names, which is quick."""
    found = (folder.stem.rsplit("-", 1) for path in sys.path for folder in Path(path).glob("*.dist-info"))
    return dict(sorted((name, version) for name, version in found if name != _OURS))


def python_version() -> str:
    return platform.python_version()


def lock_digest() -> str:
    """SHA-256 of the list of locked packages; empty where the project was installed without it."""
    lock = paths.home() / "requirements.lock"
    return sha256(lock) if lock.is_file() else ""


def program_parts() -> dict[str, str]:
    """The parts of every page's key that are the program's: its code and what it runs on."""
    return {
        "code": digest_parts(code_files()),
        "libraries": digest_parts({**libraries(), "python": python_version()}),
    }
