"""What is wrong with a committed row is said in Vietnamese too, whichever check says it."""

import ast
import re
from collections.abc import Iterator

import pytest

from analysis import paths
from analysis.findings import bad_row
from analysis.row_faults import FAULTS, in_vietnamese


def sentences() -> Iterator[tuple[str, str]]:
    """Module, and each sentence in it that goes to `bad_row`, {} for what changes."""
    for folder in ("analysis", "training"):
        for path in sorted((paths.home() / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            if "import Finding, bad_row" in text or re.search(r"import .*\bbad_row\b", text):
                for node in _said(ast.parse(text)):
                    for said in _texts(node):
                        yield str(path.relative_to(paths.home())), said


def _said(tree: ast.Module) -> Iterator[ast.expr]:
    places = {"bad_row": 1} | {
        node.name: [each.arg for each in node.args.args].index("what")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "what" in {each.arg for each in node.args.args}
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            yield from node.args[places[node.func.id] :][:1]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield node.value.elts[0]
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            if node.targets[0].id == "what":
                yield node.value
            elif node.targets[0].id == "faults" and isinstance(node.value, ast.ListComp):
                yield node.value.elt.elts[0]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "faults.append":
            yield node.args[0].elts[0]
        elif (
            isinstance(node, ast.For)
            and isinstance(node.target, ast.Tuple)
            and isinstance(node.iter, ast.Tuple)
        ):
            names = [ast.unparse(each) for each in node.target.elts]
            if "what" in names:
                yield from (each.elts[names.index("what")] for each in node.iter.elts)


def _texts(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def test_every_sentence_of_every_check_of_rows_has_a_vietnamese_one():
    found = list(sentences())
    assert len(found) > 90
    assert [one for one in found if in_vietnamese(one[1].replace("{}", "x")) == "dòng này sai"] == []


def test_no_vietnamese_sentence_stands_here_for_nothing():
    said = {sentence for _, sentence in sentences()}
    assert {one for one in FAULTS if one not in said} == set()


@pytest.mark.parametrize(
    ("where", "what", "expected"),
    [
        ("codes.csv, row 5", "a code has two labels", "codes.csv, dòng 5: một mã có hai nhãn. Hãy sửa dòng này."),
        ("indicators.csv, P1 from 2016", "unknown direction",
         "indicators.csv, P1 từ 2016: giá trị ở cột direction không có trong danh sách cho phép. Hãy sửa dòng này."),
        ("retention.csv, row 2", "round papi-2021 is made of another file",
         "retention.csv, dòng 2: vòng papi-2021 dùng tệp khác. Hãy sửa dòng này."),
    ],
)  # fmt: skip
def test_a_finding_says_where_in_vietnamese(where, what, expected):
    assert bad_row(where, what, "", "", "").vi == expected
    assert bad_row(where, what, "", "", "").what == f"{where}: {what}."
