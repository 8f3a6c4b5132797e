"""Strings in the code -> no variable and no measure of one survey: those are rows under data/."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT, Module, module_at, read_modules

#: Files of names and the column that holds them.
NAMES_IN = {
    "data/codebook/papi/variables.csv": "variable",
    "data/framework/papi/dimensions.csv": "dimension",
    "data/framework/papi/sub_dimensions.csv": "sub_dimension",
    "data/framework/papi/indicators.csv": "indicator",
    "data/published/total.csv": "measure",
}
#: Names that are words too: only a string that is nothing else counts.
WORD = re.compile(r"[A-Za-z]+")


def survey_names() -> set[str]:
    names = set()
    for file, column in NAMES_IN.items():
        with (ROOT / file).open(encoding="utf-8", newline="") as rows:
            names |= {row[column] for row in csv.DictReader(rows)}
    return names


def check_strings(module: Module, names: set[str]) -> Iterator[str]:
    """Names that a string holds, docstrings left out: there they are examples."""
    statements = (node for node in ast.walk(module.tree) if isinstance(node, ast.Expr))
    docstrings = {id(node.value) for node in statements}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            parts = {part for part in re.findall(r"[\w.]+", node.value) if not WORD.fullmatch(part)}
            for name in sorted(names & {node.value, *parts}):
                yield f"{module.path}:{node.lineno}: {name}"


def test_code_knows_no_variable_or_measure_of_papi():
    names = survey_names()
    assert {"PAPI", "D1", "S1.1", "huyen", "d101aa"} <= names
    found = [each for module in read_modules("analysis").values() for each in check_strings(module, names)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        'TOTAL = "PAPI"',
        'table["huyen"]',
        "query(\"measure == 'D1'\")",
        'f"{x} of S1.1"',
        'f(["a", "d101aa"])',
    ],
)
def test_planted_name_is_found(text):
    assert len(list(check_strings(module_at("analysis/a.py", text), survey_names()))) == 1


@pytest.mark.parametrize(
    "text", ['"""Such as "PAPI" or D1."""', '"PAPI scores of a province"', "# D1\nx = 1"]
)
def test_names_in_docstrings_prose_and_comments_are_not_found(text):
    assert list(check_strings(module_at("analysis/a.py", text), survey_names())) == []
