"""The repository's own files -> small, named by what they hold, plain text, free of one machine's places."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import pytest

from tests.house.source import ROOT, Module, module_at, own_files, read_modules

MOST_LINES = 350
MOST_LINES_IN_A_FUNCTION = 60
MOST_BYTES = 3_000_000
BINARY = (".dta", ".sav", ".parquet", ".png", ".xlsx", ".ico", ".pdf", ".woff2")

#: Names that say nothing of what is inside, and names that git's history makes needless.
VAGUE = re.compile(r"^(utils?|helpers?|misc|common|stuff|tools?|new_.*|old_.*|.*_(v\d+|new|old|final))$")

# Written in pieces, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"),
        ("deb", "debian", "org"), ("security", "debian", "org"), ("anaconda", "org"), ("anaconda", "com"),
        ("crates", "io"), ("archive", "ubuntu", "com"),
    )
]  # fmt: skip
HOME = re.compile(
    r"(?<![\w.:/])/" + r"(?:home|Users)/[A-Za-z]\w*/|(?<![\w.])/(?:root|work)/\w|[A-Za-z]:\\+Users\\+\w"
)


def check_module(module: Module) -> Iterator[str]:
    """Length, docstring and functions of one Python file."""
    lines = len(module.text.splitlines())
    if lines > MOST_LINES:
        yield f"{module.path}: {lines} lines; at most {MOST_LINES}"
    # A test file mirrors a module, whose docstring says it, and its tests' names are sentences.
    is_test = PurePosixPath(module.path).name.startswith("test_")
    if not ast.get_docstring(module.tree) and not is_test:
        yield f"{module.path}: no docstring that says what goes in and what comes out"
    for node in ast.walk(module.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = code_lines(node)
            if lines > MOST_LINES_IN_A_FUNCTION:
                yield f"{module.path}:{node.lineno}: {node.name} has {lines} lines"


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    lines = node.end_lineno - node.lineno + 1
    if ast.get_docstring(node, clean=False) is not None:
        lines -= node.body[0].end_lineno - node.body[0].lineno + 1
    return lines


def check_packages(paths: Iterable[str]) -> list[str]:
    """Folders of code that are no package, so that an install takes them in or leaves them out by luck."""
    there = set(paths)
    folders = {PurePosixPath(path).parent for path in there if path.endswith(".py")}
    inits = [
        str(folder / "__init__.py")
        for folder in folders
        if folder.parts[:1] in (("analysis",), ("training",))
    ]
    return sorted(f"{init} is missing" for init in inits if init not in there)


def check_name(path: str) -> Iterator[str]:
    parts = PurePosixPath(path)
    for name in (*parts.parts[:-1], parts.stem):
        if VAGUE.match(name.removeprefix("test_").casefold()):
            yield f'{path}: "{name}" does not say what is inside'
    if unicodedata.normalize("NFC", path) != path:
        yield f"{path}: the name is not NFC"


def check_text(path: str, raw: bytes) -> Iterator[str]:
    """UTF-8 in NFC with LF, no package registry's address, no folder of somebody's machine."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as fault:
        yield f"{path}: not UTF-8 ({fault.reason} at byte {fault.start})"
        return
    if "\r" in text and not path.endswith(".bat"):
        yield f"{path}: a line ends with CR"
    for number, line in enumerate(text.split("\n"), 1):
        if not unicodedata.is_normalized("NFC", line):
            yield f"{path}:{number}: letters are not NFC"
        for host in REGISTRIES:
            if host in line.casefold():
                yield f"{path}:{number}: names the registry {host}"
        if HOME.search(line):
            yield f"{path}:{number}: names a folder of one machine"


def check_size(path: str, size: int) -> Iterator[str]:
    if size > MOST_BYTES:
        yield f"{path}: {size:,} bytes; at most {MOST_BYTES:,}"


FILES = own_files()
TEXTS = [path for path in FILES if not path.endswith(BINARY)]


def test_python_files_are_short_and_say_what_they_hold():
    modules = read_modules("analysis", "training", "tests", "data")
    assert [found for module in modules.values() for found in check_module(module)] == []


def test_every_folder_of_code_is_a_package():
    assert check_packages(FILES) == []


def test_names_say_what_is_inside():
    assert [found for path in FILES for found in check_name(path)] == []


def test_text_is_nfc_and_names_no_registry_and_no_home():
    assert [found for path in TEXTS for found in check_text(path, (ROOT / path).read_bytes())] == []


def test_no_file_is_large():
    assert [found for path in FILES for found in check_size(path, (ROOT / path).stat().st_size)] == []


def test_real_data_and_what_the_stages_make_are_not_committed():
    kept = ("data/raw/README.md", "data/raw/.gitkeep")
    outside = ("data/raw/", "data/built/", "packs/", ".venv/")
    assert [path for path in FILES if path.startswith(outside) and path not in kept] == []


def test_the_rules_read_the_real_files():
    assert {"pyproject.toml", "requirements.lock", "analysis/errors.py", "tests/house/test_files.py"} <= set(
        FILES
    )


DOC = '"""Rows -> a table."""\n'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("analysis/places/lookup.py", DOC + "x = 1\n" * MOST_LINES),
        ("analysis/places/lookup.py", "x = 1\n"),
        ("analysis/context/__init__.py", ""),
        ("analysis/places/lookup.py", DOC + "def f():\n" + "    x = 1\n" * MOST_LINES_IN_A_FUNCTION),
        ("analysis/places/lookup.py", DOC + "class A:\n    async def f(self):\n" + "        x = 1\n" * 60),
    ],
)
def test_a_planted_long_or_silent_module_is_found(path, text):
    assert len(list(check_module(module_at(path, text)))) == 1


def test_a_docstring_does_not_count_as_the_function_s_lines():
    text = DOC + 'def f():\n    """One.\n\n' + "    Note.\n" * 80 + '    """\n    return 1\n'
    assert list(check_module(module_at("analysis/places/lookup.py", text))) == []


@pytest.mark.parametrize(
    "path",
    [
        "analysis/utils.py",
        "analysis/helpers/a.py",
        "tests/test_misc.py",
        "analysis/build_v2.py",
        "new_run.py",
    ],
)
def test_a_planted_vague_name_is_found(path):
    assert len(list(check_name(path))) == 1


@pytest.mark.parametrize("path", ["analysis/estimates/build.py", "data/places/communes.csv", "README.vi.md"])
def test_a_telling_name_is_not_found(path):
    assert list(check_name(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "Kiên Giang"),
        "see https://" + REGISTRIES[0] + "/simple",
        "deb http://" + REGISTRIES[5].upper() + "/debian",
        "open('/" + "home/lan/data.csv')",
        "cd /" + "Users/lan/papi",
        "cd /" + "root/papi",
        "cd /" + "work/papi",
        "C:\\" + "Users\\lan",
        "one\r\ntwo",
    ],
)
def test_planted_text_is_found(text):
    assert len(list(check_text("a.md", text.encode()))) == 1


def test_planted_text_in_another_encoding_is_found():
    assert len(list(check_text("a.md", "Kiên Giang".encode("cp1258")))) == 1


def test_plain_text_is_not_found():
    text = "Kiên Giang\nchannels: conda-forge\nhttps://example.org/home/page/\npip install, data/job/a.csv\n"
    assert list(check_text("a.md", text.encode())) == []


def test_a_planted_folder_without_init_is_found():
    planted = [
        "analysis/__init__.py",
        "analysis/batch/run.py",
        "analysis/batch/templates/a.html",
        "tests/test_a.py",
    ]
    assert check_packages(planted) == ["analysis/batch/__init__.py is missing"]


def test_a_planted_large_file_is_found():
    assert len(list(check_size("data/a.csv", MOST_BYTES + 1))) == 1
