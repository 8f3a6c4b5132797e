"""The files for Windows: line ends that cmd reads, and the same checks of what is installed as the Makefile's."""

from __future__ import annotations

import re

import pytest

from analysis import paths

FOLDER = paths.home() / "windows"
FILES = sorted(FOLDER.glob("*.bat"))


def test_there_is_a_launcher_and_an_installer():
    assert [file.name for file in FILES] == ["install-offline.bat", "lab.bat"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_line_ends_as_cmd_wants_and_every_label_is_there(file):
    raw = file.read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") and not raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8")
    labels = set(re.findall(r"^:(\w+)\r$", text, re.MULTILINE))
    assert set(re.findall(r"\bgoto (\w+)", text)) == labels
    assert text.index("chcp 65001") < text.index("\necho ")
    assert 'cd /d "%~dp0.."' in text


def test_what_is_installed_offline_is_checked_as_the_makefile_does():
    text = (FOLDER / "install-offline.bat").read_text(encoding="utf-8")
    make = (paths.home() / "Makefile").read_text(encoding="utf-8")
    for option in ("--require-hashes", "--only-binary=:all:", "--no-build-isolation", "--no-deps"):
        assert option in text and option in make
    assert text.count("--no-index") == 2 and "--find-links wheelhouse" in text
    assert "--dest wheelhouse" in make
