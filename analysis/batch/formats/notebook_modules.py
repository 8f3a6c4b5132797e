"""A notebook -> the modules that its cells take names from, but for those of the briefing itself."""

from __future__ import annotations

import ast
import json
from importlib.util import find_spec
from pathlib import Path

OWN = "analysis."


def modules_of(notebook: Path) -> list[str]:
    """Modules that `from a import b` names, `a.b` where that is one, in the order of the cells.

    Notes
    -----
    Of this project's own stages none is listed: they add nothing to a page that its blocks do not hold. A
    cell that is not plain Python (a magic) is passed over. Nothing is imported but the packages on the way
    to a module, which the notebook has imported too.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    named = [(node.module, alias.name) for node in _imports(sources) for alias in node.names]
    found = [_module(package, name) for package, name in named if not f"{package}.".startswith(OWN)]
    return list(dict.fromkeys(found))


def _imports(sources: list[str]) -> list[ast.ImportFrom]:
    nodes = []
    for source in sources:
        try:
            nodes += ast.walk(ast.parse(source))
        except SyntaxError:
            continue
    return [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]


def _module(package: str, name: str) -> str:
    """The module `package.name`, else the one that the name is taken from."""
    inner = f"{package}.{name}"
    try:
        return inner if find_spec(inner) else package
    except ModuleNotFoundError:  # the package is a plain module
        return package
