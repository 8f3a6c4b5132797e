"""Syntax trees of the code -> every error a user meets speaks Vietnamese too and has its own exit code."""

from __future__ import annotations

import ast
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from tests.house.source import Module, dotted, planted, read_modules

ROOT_ERROR = "WorkbenchError"


def error_classes(modules: Mapping[str, Module]) -> dict[str, int | None]:
    """Class name -> exit code it gives itself (None: it gives none), of `WorkbenchError` and its heirs."""
    classes = [
        node
        for module in modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
    ]
    found: dict[str, int | None] = {}
    grew = True
    while grew:
        heirs = [node for node in classes if node.name == ROOT_ERROR or _bases(node) & set(found)]
        grew = len({node.name for node in heirs}) > len(found)
        found = {node.name: _exit_code(node) for node in heirs}
    return found


def _bases(node: ast.ClassDef) -> set[str]:
    return {dotted(base).split(".")[-1] for base in node.bases}


def _exit_code(node: ast.ClassDef) -> int | None:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and [dotted(target) for target in statement.targets] == [
            "exit_code"
        ]:
            return ast.literal_eval(statement.value)
    return None


def check_exit_codes(modules: Mapping[str, Module]) -> list[str]:
    """Each heir of `WorkbenchError` has a code of its own, between 2 and 125 (what a shell leaves free)."""
    codes = {name: code for name, code in error_classes(modules).items() if name != ROOT_ERROR}
    times = Counter(codes.values())
    found = [f"{name} has no exit code of its own" for name, code in codes.items() if code is None]
    found += [f"{name} shares exit code {code}" for name, code in codes.items() if code and times[code] > 1]
    return found + [
        f"{name}: exit code {code}" for name, code in codes.items() if code and not 2 <= code <= 125
    ]


def check_messages(module: Module, names: set[str]) -> Iterator[str]:
    """Errors that `module` makes, raised at once or handed back, and what their messages lack."""
    raised = [node.exc for node in ast.walk(module.tree) if isinstance(node, ast.Raise) and node.exc]
    yield from (
        f"{_at(module, node)} is raised without a message" for node in raised if dotted(node) in names
    )
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or dotted(node.func).split(".")[-1] not in names:
            continue
        name = dotted(node.func).split(".")[-1]
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if name == ROOT_ERROR:
            yield f"{_at(module, node)}: {ROOT_ERROR} itself is made; name the kind of fault"
        if not node.args and "what" not in given:
            yield f"{_at(module, node)}: {name} does not say what is wrong"
        if "vi" not in given:
            yield f"{_at(module, node)}: {name} has no Vietnamese sentence (vi=)"
        elif _is_text(given["vi"]) and not _reads_as_vietnamese(given["vi"]):
            yield f"{_at(module, node)}: {name}: vi= has no Vietnamese letters"


def _at(module: Module, node: ast.AST) -> str:
    return f"{module.path}:{node.lineno}"


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _reads_as_vietnamese(node: ast.expr) -> bool:
    """Whether the text's fixed part has marks, as any Vietnamese sentence has."""
    texts = [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    letters = unicodedata.normalize("NFD", "".join(texts))
    return "đ" in letters.casefold() or any(unicodedata.combining(letter) for letter in letters)


def check_no_assert(module: Module) -> Iterator[str]:
    """`assert` goes away under `python -O` and speaks to nobody."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assert):
            yield f"{_at(module, node)}: assert; raise an error that says what to do"


CODE = read_modules("analysis", "training")


def test_every_error_says_what_is_wrong_in_both_languages():
    names = set(error_classes(CODE))
    assert [found for module in CODE.values() for found in check_messages(module, names)] == []


def test_every_kind_of_error_has_its_own_exit_code():
    assert check_exit_codes(CODE) == []


def test_the_code_asserts_nothing_about_its_input():
    assert [found for module in CODE.values() for found in check_no_assert(module)] == []


def test_the_rules_read_the_real_errors():
    assert {"WorkbenchError", "MissingFile", "BadRows"} <= set(error_classes(CODE))
    assert error_classes(CODE)["MissingFile"] == 10


@pytest.mark.parametrize(
    "code",
    [
        'raise BadRows("A row is wrong.")',
        'raise errors.BadRows("A row is wrong.", hint="Mend it.")',
        'raise BadRows("A row is wrong.", vi="A row is wrong.")',
        'raise BadRows("A row is wrong.", vi="")',
        'raise BadRows("A row is wrong.", vi=f"Row {number}")',
        'raise BadRows(vi="Dòng sai. Hãy sửa.")',
        'raise BadRows("A row is wrong.", **fields)',
        'raise WorkbenchError("Something.", vi="Có lỗi.")',
        "raise BadRows",
        'def bad():\n    return BadRows("A row is wrong.")',
    ],
)
def test_a_planted_error_without_its_sentences_is_found(code):
    (module,) = planted({"analysis/a.py": code}).values()
    assert len(list(check_messages(module, {"WorkbenchError", "BadRows"}))) == 1


@pytest.mark.parametrize(
    "code",
    [
        'raise BadRows("A row is wrong.", vi="Dòng sai. Hãy sửa.")',
        'raise BadRows(f"Row {n}.", vi=f"Dòng {n} sai. Hãy sửa.", got=str(n))',
        'raise BadRows("A row is wrong.", vi=sentence)',
        "raise",
        'raise ValueError("x")',
    ],
)
def test_an_error_with_its_sentences_is_not_found(code):
    (module,) = planted({"analysis/a.py": code}).values()
    assert list(check_messages(module, {"WorkbenchError", "BadRows"})) == []


CLASSES = (
    "class WorkbenchError(Exception):\n    exit_code = 2\nclass A(WorkbenchError):\n    exit_code = 10\n"
)


@pytest.mark.parametrize(
    ("added", "count"),
    [
        ("class B(WorkbenchError):\n    exit_code = 11", 0),
        ("class B(WorkbenchError):\n    exit_code = 10", 2),
        ("class B(A):\n    pass", 1),
        ("class B(errors.WorkbenchError):\n    exit_code = 130", 1),
        ("class B(ValueError):\n    exit_code = 10", 0),
    ],
)
def test_a_planted_exit_code_that_is_shared_missing_or_out_of_range_is_found(added, count):
    modules = planted({"analysis/errors.py": CLASSES, "training/errors.py": added})
    assert len(check_exit_codes(modules)) == count


def test_a_planted_assert_is_found():
    (module,) = planted({"analysis/a.py": "def f(x):\n    assert x"}).values()
    assert len(list(check_no_assert(module))) == 1
