"""The repository's folder -> its own files, Python modules and notebooks, for the house rules to read."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

#: Left out where there is no git to ask (a downloaded archive).
NOT_OURS = (
    ".git",
    ".venv",
    ".venv-lock",
    "packs",
    "workspace",
    "wheelhouse",
    "build",
    "dist",
    "__pycache__",
    ".ipynb_checkpoints",
)
NOT_OURS += (".pytest_cache", ".ruff_cache", ".hypothesis", "data/raw", "data/built")


@dataclass(frozen=True)
class Module:
    """One Python file: dotted name, path inside the repository, text."""

    name: str
    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def is_package(self) -> bool:
        return PurePosixPath(self.path).name == "__init__.py"


def own_files(root: Path = ROOT) -> list[str]:
    """Paths of the files that are, or would be, committed: what git lists and does not ignore."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        return _walked(root)
    return sorted({name for name in listed.split("\0") if name and (root / name).is_file()})


def _walked(root: Path) -> list[str]:
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return sorted(name for name in found if not _left_out(name))


def _left_out(name: str) -> bool:
    folders = PurePosixPath(name).parts[:-1]
    return ".egg-info/" in name or any(
        left_out in folders or name.startswith(f"{left_out}/") for left_out in NOT_OURS
    )


def module_at(path: str, text: str) -> Module:
    """A module from its path and text.

    Examples
    --------
    >>> module_at("analysis/briefing/__init__.py", "").name
    'analysis.briefing'
    """
    parts = PurePosixPath(path).with_suffix("").parts
    return Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path, text)


def read_modules(*tops: str) -> dict[str, Module]:
    """Dotted name -> module, of the Python files under the folders `tops`."""
    paths = (name for name in own_files() if name.endswith(".py") and name.split("/")[0] in tops)
    return planted({path: (ROOT / path).read_text(encoding="utf-8") for path in paths})


def planted(files: Mapping[str, str]) -> dict[str, Module]:
    """Dotted name -> module, of files given as path -> text (a rule's own test plants a bad one)."""
    modules = (module_at(path, text) for path, text in files.items())
    return {module.name: module for module in modules}


def read_notebooks() -> dict[str, dict[str, Any]]:
    """Path -> notebook, of every committed notebook."""
    paths = [name for name in own_files() if name.endswith(".ipynb")]
    return {path: json.loads((ROOT / path).read_text(encoding="utf-8")) for path in paths}


def cell_source(cell: Mapping[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or a chain of attributes, "" of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
