"""Syntax trees of the code and the notebooks -> imports run one way, and no page can reach a person's row."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.house.source import Module, cell_source, dotted, planted, read_modules, read_notebooks

#: Layer -> the layers it may see besides itself. A new module right in analysis/ is named in BASE or here.
BASE = (
    "built",
    "keeping",
    "built_findings",
    "errors",
    "findings",
    "inert",
    "paths",
    "row_faults",
    "rows",
    "personal",
    "places",
    "rounds",
    "tagged_missing",
)
MAY_SEE = {
    "base": set(),
    "intake": {"base"},
    "respondents": {"base", "intake"},
    "indicators": {"base", "respondents"},
    "scaffold": {"base", "intake", "respondents", "indicators"},
    "estimates": {"base", "respondents", "indicators"},
    "context": {"base", "intake", "estimates.shown"},
    "training": {"base", "intake", "context", "estimates"},
    "training.sections": {"base", "context", "estimates.shown", "briefing", "training"},
    "training.lessons": {
        "base",
        "training",
        "context",
        "estimates",
        "briefing",
        "pipeline",
        "batch",
        "explore",
        "lab",
    },
    "briefing": {"base", "context", "estimates.shown"},
    "pipeline": {"base", "intake", "respondents", "indicators", "estimates", "context"},
    "batch": {"base", "context", "estimates", "briefing", "pipeline"},
    "explore": {
        "base",
        "intake",
        "respondents",
        "indicators",
        "estimates",
        "context",
        "briefing",
        "pipeline",
    },
    "lab": {"base"},
    "front": {"base", "briefing", "pipeline", "explore"},
}
#: The top floor: may call everything, and is called by nothing below.
TOP = ("cli", "commands")
#: What pages, context and training's page see of `estimates`: tables and their signs, never the respondents.
SHOWN = ("analysis.estimates.results", "analysis.estimates.quality", "analysis.estimates.design_summary")
PERSONS = ("analysis.respondents", "analysis.indicators")
PAGE_CODE = ("analysis.briefing", "training.sections")
NOTEBOOKS_MAY_IMPORT = ("analysis.briefing", "training.sections", "analysis.explore", "analysis:open_round")
#: Imports what a page's notebook has imported, and no more: what that may be is `NOTEBOOKS_MAY_IMPORT`.
FOLLOWS_NOTEBOOKS = "analysis.batch.formats.whole_pages"
#: There the code is what is taught, so libraries may be imported too.
FREER_NOTEBOOKS = ("notebooks/explore.ipynb",)


@dataclass(frozen=True)
class Import:
    importer: str
    target: str
    line: int
    on_loading: bool


def find_imports(module: Module, known: Mapping[str, Module] | None = None) -> Iterator[Import]:
    """Every module that `module` imports, at its top or inside a function, by statement or by name."""
    known = known or {}
    on_loading = {id(node) for statement in module.tree.body for node in _outside_functions(statement)}
    for node in ast.walk(module.tree):
        for target in _targets(node, module, known):
            yield Import(module.name, target, node.lineno, id(node) in on_loading)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        for child in ast.iter_child_nodes(node):
            yield from _outside_functions(child)


def _targets(node: ast.AST, module: Module, known: Mapping[str, Module]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        source = node.module or ""
        if node.level:
            package = module.name.split(".") if module.is_package else module.name.split(".")[:-1]
            kept = package[: len(package) - node.level + 1]
            source = ".".join([*kept, *filter(None, [node.module])])
        return [_from(source, alias.name, known) for alias in node.names]
    if isinstance(node, ast.Call) and dotted(node.func) in (
        "importlib.import_module",
        "import_module",
        "__import__",
    ):
        name = node.args[0] if node.args else None
        return [name.value if isinstance(name, ast.Constant) else "a name made while running"]
    return []


def _from(source: str, name: str, known: Mapping[str, Module]) -> str:
    inner = f"{source}.{name}"
    if inner in known:
        return inner
    is_folder = any(other.startswith(f"{inner}.") for other in known)
    return inner if is_folder else f"{source}:{name}" if source == "analysis" else source


def layer(name: str) -> str:
    """The layer of a dotted name, "" of what is not ours, "unknown" of a module that no layer names."""
    top, _, rest = name.partition(".")
    if name == "analysis" or name.startswith("analysis:"):
        return "front"
    if top != "analysis":
        for inner in ("training.sections", "training.lessons"):
            if _inside(name, (inner,)):
                return inner
        return top if top == "training" else ""
    first = rest.split(".")[0]
    if first == "estimates" and name in SHOWN:
        return "estimates.shown"
    if first in TOP or first in MAY_SEE:
        return first
    return "base" if first in BASE else "unknown"


def check_layers(modules: Mapping[str, Module]) -> list[str]:
    """Imports against the one-way order."""
    found = []
    for module in modules.values():
        own = layer(module.name)
        if own == "unknown":
            found.append(
                f"{module.path}: no layer is named for {module.name}; name it in test_imports.MAY_SEE"
            )
        for seen in find_imports(module, modules):
            if not _may_see(module.name, seen.target):
                found.append(f"{module.path}:{seen.line}: {module.name} imports {seen.target}")
    return found


def _may_see(importer: str, target: str) -> bool:
    own, other = layer(importer), layer(target)
    if target == "a name made while running":
        return importer == FOLLOWS_NOTEBOOKS
    if other == "" or own in TOP:
        return True
    own = "estimates" if own == "estimates.shown" else own
    seen = {own} | MAY_SEE.get(own, set())
    return other in seen or (other == "estimates.shown" and "estimates" in seen)


def check_pages_reach_no_person(modules: Mapping[str, Module]) -> list[str]:
    """Chains of imports that lead from page code to code that reads respondents."""
    found, loaded = [], {}
    for start in (name for name in modules if _inside(name, PAGE_CODE)):
        chains, seen = [(start,)], {start}
        while chains:
            chain = chains.pop()
            if _inside(chain[-1], PERSONS):
                found.append(" -> ".join(chain))
                continue
            if chain[-1] not in loaded:
                loaded[chain[-1]] = _loaded_by(chain[-1], modules)
            for target in sorted(loaded[chain[-1]] - seen):
                seen.add(target)
                chains.append((*chain, target))
    return found


def _loaded_by(name: str, modules: Mapping[str, Module]) -> set[str]:
    """Modules of ours that `name` imports anywhere, and what their parent packages import on loading."""
    if name not in modules:
        return set()
    loaded = {seen.target.split(":")[0] for seen in find_imports(modules[name], modules)}
    for target in [*loaded, name]:
        parts = target.split(".")
        for parent in (".".join(parts[:end]) for end in range(1, len(parts))):
            if parent in modules:
                loaded |= {seen.target for seen in find_imports(modules[parent], modules) if seen.on_loading}
    return {target for target in loaded if layer(target) and target != "analysis"}


def _inside(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def check_notebook_imports(path: str, code: str) -> list[str]:
    """Imports of one notebook's code against what notebooks may import."""
    found = []
    for seen in find_imports(Module(path, path, code)):
        ours = layer(seen.target) != ""
        if _inside(seen.target, NOTEBOOKS_MAY_IMPORT) or (not ours and path in FREER_NOTEBOOKS):
            continue
        found.append(f"{path}: imports {seen.target}")
    return found


def notebook_code(notebook: Mapping) -> str:
    cells = (cell_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code")
    lines = "\n".join(cells).splitlines()
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


CODE = read_modules("analysis", "training")
PACKAGES = ("respondents", "indicators", "estimates", "context", "briefing", "batch", "explore")


def test_imports_run_one_way():
    assert check_layers(CODE) == []


def test_page_code_reaches_no_code_that_reads_respondents():
    assert check_pages_reach_no_person(CODE) == []


def test_notebooks_import_only_pages_and_exploring():
    notebooks = read_notebooks()
    codes = {path: notebook_code(notebook) for path, notebook in notebooks.items()}
    assert [found for path, code in codes.items() for found in check_notebook_imports(path, code)] == []


def test_the_rules_read_the_real_code():
    assert {"analysis.errors", "analysis.rounds", "training"} <= set(CODE)
    assert any(
        seen.target == "analysis.paths" for seen in find_imports(CODE["analysis.rounds.declared"], CODE)
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("analysis/errors.py", "from analysis import rounds_reader"),
        ("analysis/paths.py", "from analysis.respondents import build"),
        ("analysis/respondents/build.py", "import analysis.indicators.build"),
        ("analysis/indicators/build.py", "from analysis.estimates.design import Design"),
        ("analysis/estimates/build.py", "from analysis.briefing import tables"),
        ("analysis/estimates/results.py", "def late():\n    from analysis.batch import run"),
        ("analysis/briefing/tables.py", "from analysis.estimates.build import estimate_round"),
        ("analysis/briefing/tables.py", "from analysis.estimates import design"),
        ("analysis/briefing/tables.py", "from ..respondents import build"),
        ("analysis/briefing/tables.py", "import importlib\nimportlib.import_module('analysis.indicators')"),
        (
            "analysis/briefing/tables.py",
            "import importlib\nimportlib.import_module('analysis.' + 'indicators')",
        ),
        ("analysis/briefing/tables.py", "from analysis import open_round"),
        ("analysis/context/published.py", "from analysis.indicators import framework"),
        ("analysis/pipeline/build.py", "from analysis.briefing import pack"),
        ("analysis/batch/run.py", "from analysis.cli import main"),
        ("analysis/batch/run.py", "from training import sections"),
        ("analysis/sums.py", "import math"),
        ("training/gains.py", "from analysis.respondents.codebook import Codebook"),
        ("training/gains.py", "from analysis.batch import run"),
        ("training/sections.py", "from analysis.estimates.design import Design"),
        ("training/lessons/build.py", "from analysis.respondents.codebook import Codebook"),
        ("training/gains.py", "from training import lessons"),
        ("training/sections/items.py", "from analysis.estimates.design import Design"),
        ("training/gains.py", "from analysis.briefing import tables"),
        ("training/gains.py", "from training.sections import items"),
    ],
)
def test_a_planted_import_against_the_order_is_found(path, text):
    folders = {
        f"analysis/{name}/__init__.py": ""
        for name in MAY_SEE
        if name not in ("base", "front") and "training" not in name
    }
    inner = {
        "training/lessons/__init__.py": "",
        "analysis/estimates/design.py": "",
        "analysis/estimates/results.py": "",
    }
    assert len(check_layers(planted({**folders, **inner, path: text}))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("analysis/cli.py", "from training import sections\nfrom analysis.batch import run"),
        ("analysis/batch/run.py", "from analysis.briefing.pack import Pack"),
        ("analysis/briefing/tables.py", "from analysis.estimates import quality\nimport analysis.errors"),
        ("analysis/estimates/results.py", "from analysis.estimates import design"),
        ("analysis/estimates/build.py", "from analysis.estimates.results import arrange"),
        ("analysis/pipeline/build.py", "from analysis.estimates.results import arrange"),
        ("training/sections.py", "from analysis.estimates.results import read_results"),
        ("training/sections/items.py", "from analysis.briefing import tables\nfrom training import gains"),
        ("training/gains.py", "from analysis.estimates.intervals import t_interval"),
        (
            "training/lessons/build.py",
            "from analysis.batch.run import build_packs\nfrom training import gains",
        ),
    ],
)
def test_an_import_along_the_order_is_not_found(path, text):
    inner = {"analysis/estimates/design.py": "", "analysis/estimates/quality.py": ""}
    assert check_layers(planted({**inner, path: text})) == []


@pytest.mark.parametrize("between", ["estimates/results.py", "estimates/__init__.py", "__init__.py"])
def test_a_page_that_reaches_a_person_through_another_module_is_found(between):
    files = {
        "analysis/briefing/tables.py": "from analysis.estimates.results import read_results",
        "analysis/estimates/results.py": "",
        "analysis/respondents/build.py": "",
    }
    files[f"analysis/{between}"] = "from analysis.respondents.build import build_respondents"
    assert len(check_pages_reach_no_person(planted(files))) >= 1


def test_an_import_that_waits_for_a_call_in_a_parent_package_does_not_reach_a_person():
    files = {
        "analysis/__init__.py": "def open_round():\n    from analysis.respondents import build",
        "analysis/briefing/tables.py": "from analysis import paths",
        "analysis/paths.py": "",
        "analysis/respondents/build.py": "",
    }
    assert check_pages_reach_no_person(planted(files)) == []


def test_planted_notebook_imports_are_found():
    fine = "from analysis.briefing import open_pack, sections\nfrom analysis import open_round"
    assert check_notebook_imports("notebooks/a.ipynb", fine) == []
    assert len(check_notebook_imports("notebooks/a.ipynb", "import pandas as pd")) == 1
    assert len(check_notebook_imports("notebooks/a.ipynb", "from analysis.estimates import results")) == 1
    assert check_notebook_imports("notebooks/explore.ipynb", "import pandas as pd") == []
    assert len(check_notebook_imports("notebooks/explore.ipynb", "from analysis.batch import run")) == 1
