"""The list of faults and the tests that plant them names tests that exist, and leaves out no file of this folder."""

import ast
import re
from pathlib import Path

import pytest

from analysis import paths

LIST = Path(__file__).with_name("README.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", LIST)))


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_every_test_that_is_named_exists(file):
    tree = ast.parse((paths.home_data().parent / file).read_text("utf-8"))
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for path, name in NAMED if path == file} <= defined


def test_every_file_of_faults_stands_in_the_list():
    own = {f"tests/faults/{path.name}" for path in Path(__file__).parent.glob("test_*.py")}
    assert own - {"tests/faults/test_matrix.py"} <= {file for file, _ in NAMED}


def test_every_fault_of_input_and_of_a_run_stands_in_the_list():
    first = [line.split("|")[1] for line in LIST.splitlines() if re.match(r"\| \d", line)]
    listed = {int(number) for cell in first for number in re.findall(r"(?:^ |; )(\d+) ", cell)}
    assert listed >= set(range(9, 34))
