"""Committed notebooks -> each is a thin page: parameters, imports, one call a section, nothing typed in."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import pytest

from tests.house.source import cell_source, dotted, read_notebooks

MOST_CODE_CELLS = 14
MOST_LINES = 6
PARAMETER_TYPES = ("str", "int", "float", "bool")
#: Where the code itself is what is taught; only saved outputs and headings are looked at.
FREER = ("notebooks/explore.ipynb", "notebooks/guide_from_stata.ipynb")

PARAMETER = re.compile(r"^[a-z_][a-z0-9_]*: (\w+) = \S.*?  # \S.*$")
PATH_LIKE = re.compile(r"[/\\]|\.(csv|parquet|dta|sav|xlsx|json|toml|html|png|svg)$")
HEADING = re.compile(r"^(#{1,6}) ", re.MULTILINE)
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def check_notebook(path: str, notebook: Mapping[str, Any]) -> list[str]:
    """What one notebook has that a thin page has not."""
    rules = [_saved_results, _headings]
    if path not in FREER:
        rules += [_parameters, _imports_then_calls, _sizes]
    return [f"{path}: {found}" for rule in rules for found in rule(notebook["cells"], notebook)]


def _saved_results(cells: list, notebook: Mapping) -> Iterator[str]:
    for number, cell in enumerate(cells):
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"cell {number} was saved with its output or execution count"
        if "injected-parameters" in _tags(cell) or "papermill" in cell.get("metadata", {}):
            yield f"cell {number} is left over from a papermill run"
    if "papermill" in notebook.get("metadata", {}):
        yield "the notebook's metadata are left over from a papermill run"


def _headings(cells: list, _: Mapping) -> Iterator[str]:
    text = "\n\n".join(cell_source(cell) for cell in cells if cell["cell_type"] == "markdown")
    levels = [len(marks) for marks in HEADING.findall(FENCED.sub("", text))]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield f"{levels.count(1)} headings of the first level; one is wanted, at the top"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"


def _parameters(cells: list, _: Mapping) -> Iterator[str]:
    tagged = [cell for cell in cells if "parameters" in _tags(cell)]
    if len(tagged) != 1:
        yield f"{len(tagged)} cells are tagged parameters; one is wanted"
    for cell in tagged:
        for line in cell_source(cell).splitlines():
            match = PARAMETER.match(line)
            if not match or match[1] not in PARAMETER_TYPES or not _is_constant(line):
                yield f'"{line}" is not "name: type = example default  # one-line meaning"'


def _is_constant(line: str) -> bool:
    (statement,) = ast.parse(line).body
    return isinstance(statement, ast.AnnAssign) and isinstance(statement.value, ast.Constant)


def _imports_then_calls(cells: list, _: Mapping) -> Iterator[str]:
    """After the parameters: one cell of imports, at most one `name = call`, then one call a cell."""
    code = [cell for cell in cells if cell["cell_type"] == "code" and "parameters" not in _tags(cell)]
    imports = 0
    for number, cell in enumerate(code, 1):
        source = cell_source(cell)
        try:
            statements = ast.parse(source).body
        except SyntaxError:
            yield f"code cell {number} is not plain Python (a magic?)"
            continue
        if statements and all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in statements):
            imports += 1
            continue
        opens = number == 2 and len(statements) == 1 and isinstance(statements[0], ast.Assign)
        if len(statements) != 1 or not (opens or isinstance(statements[0], ast.Expr)):
            yield f"code cell {number} is not one call: {source.splitlines()[:1]}"
            continue
        if source.rstrip().endswith(";"):
            yield f"code cell {number} hides its value"
        yield from (f"code cell {number}: {found}" for found in _not_a_plain_call(statements[0].value))
    if imports != 1 or (code and not cell_source(code[0]).startswith(("import", "from"))):
        yield f"{imports} import cells; one is wanted, right after the parameters"


def _not_a_plain_call(node: ast.expr) -> Iterator[str]:
    """What keeps an expression from being `name(name, "text", key=name)`."""
    if not isinstance(node, ast.Call) or not dotted(node.func):
        yield "not one call of a named function"
        return
    name = dotted(node.func)
    if name.split(".")[-1].startswith("read_") or name.split(".")[0] in (
        "warnings",
        "os",
        "pd",
        "np",
        "open",
    ):
        yield f"calls {name}"
    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
        if isinstance(argument, ast.Name):
            continue
        value = argument.value if isinstance(argument, ast.Constant) else ...
        if value is ... or (isinstance(value, (int, float)) and not isinstance(value, bool)):
            yield f"the argument {ast.unparse(argument)} is worked out or typed in here"
        elif isinstance(value, str) and PATH_LIKE.search(value):
            yield f"the argument {value!r} looks like a path"


def _sizes(cells: list, _: Mapping) -> Iterator[str]:
    code = [cell_source(cell) for cell in cells if cell["cell_type"] == "code"]
    if len(code) > MOST_CODE_CELLS:
        yield f"{len(code)} code cells; at most {MOST_CODE_CELLS}"
    for source in code:
        if len(source.splitlines()) > MOST_LINES:
            yield f"a code cell of {len(source.splitlines())} lines; at most {MOST_LINES}"


def _tags(cell: Mapping) -> list[str]:
    return cell.get("metadata", {}).get("tags", [])


def test_every_notebook_is_thin():
    notebooks = read_notebooks()
    assert [found for path, one in notebooks.items() for found in check_notebook(path, one)] == []


def _cell(source: str, *tags: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "metadata": {"tags": list(tags)}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


THIN = {
    "metadata": {},
    "cells": [
        _markdown("# A district\n\nFixed text."),
        _cell('district: str = "899"  # a district\'s code\nlanguage: str = "vi"  # vi or en', "parameters"),
        _cell("from analysis.briefing import open_pack, sections"),
        _cell("pack = open_pack(district, language)"),
        _markdown("## Headlines"),
        _cell("sections.headlines(pack)"),
        _markdown("### How sure"),
        _cell('sections.certainty(pack, measure="D1", short=True)'),
    ],
}


def test_a_thin_notebook_is_found_thin():
    assert check_notebook("notebooks/a.ipynb", THIN) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    pass",
        "class A:\n    pass",
        "for d in pack:\n    sections.headlines(d)",
        "if pack:\n    sections.headlines(pack)",
        "lambda: pack",
        "sections.headlines(pack).head()",
        "sections.headlines(open_pack(district, language))",
        "[sections.headlines(p) for p in pack]",
        "sections.headlines(pack)\nsections.change(pack)",
        "table = sections.headlines(pack)",
        "sections.headlines(pack);",
        "sections.headlines(pack, 0.95)",
        "sections.headlines(pack, year=-2020)",
        "sections.headlines(pack, [district])",
        'sections.headlines("data/built/a.csv")',
        'sections.headlines("a.parquet")',
        "sections.read_rows(pack)",
        'warnings.filterwarnings("ignore")',
        "%matplotlib inline",
        "!ls",
        "pack",
        "import math",
        "\n".join(["sections.headlines(", *["    pack,"] * 5, ")"]),
        "",
    ],
)
def test_a_planted_cell_that_does_more_than_one_call_is_found(source):
    thick = copy.deepcopy(THIN)
    thick["cells"].append(_cell(source))
    assert check_notebook("notebooks/a.ipynb", thick) != []
    assert check_notebook("notebooks/explore.ipynb", thick) == []


@pytest.mark.parametrize(
    "line",
    [
        'district = "899"  # a code',
        'district: str = "899"',
        'district: str = "899" # one space before the sign',
        'district: list = ["899"]  # a list',
        "district: str = other  # not an example",
        "",
    ],
)
def test_a_planted_parameter_without_type_example_or_meaning_is_found(line):
    thick = copy.deepcopy(THIN)
    thick["cells"][1]["source"] += f"\n{line}\n"
    assert check_notebook("notebooks/a.ipynb", thick) != []


def _twice(cell: int):
    return lambda notebook: notebook["cells"].insert(cell, copy.deepcopy(notebook["cells"][cell]))


@pytest.mark.parametrize(
    "spoil",
    [
        _twice(1),
        _twice(2),
        _twice(0),
        lambda notebook: notebook["cells"].pop(1),
        lambda notebook: notebook["cells"].pop(2),
        lambda notebook: notebook["cells"].pop(0),
        lambda notebook: notebook["cells"].pop(4),
        lambda notebook: notebook["cells"].extend(_cell("sections.change(pack)") for _ in range(12)),
    ],
)
def test_a_planted_notebook_with_a_cell_too_many_or_too_few_is_found(spoil):
    thick = copy.deepcopy(THIN)
    spoil(thick)
    assert check_notebook("notebooks/a.ipynb", thick) != []


@pytest.mark.parametrize("path", ["notebooks/a.ipynb", "notebooks/explore.ipynb"])
@pytest.mark.parametrize(
    ("where", "left"),
    [
        (5, {"outputs": [{"output_type": "stream"}]}),
        (5, {"execution_count": 3}),
        (5, {"metadata": {"papermill": {"status": "completed"}}}),
        (5, {"metadata": {"tags": ["injected-parameters"]}}),
    ],
)
def test_a_planted_notebook_saved_with_results_is_found(path, where, left):
    run = copy.deepcopy(THIN)
    run["cells"][where].update(left)
    assert check_notebook(path, run) != []
