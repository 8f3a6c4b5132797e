"""The files for Windows: line ends that cmd reads, and the same checks of what is installed as the Makefile's."""

from __future__ import annotations

import re
import runpy

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
    assert text.startswith("@echo off\r\nchcp 65001 >nul\r\n")
    assert 'cd /d "%~dp0.."' in text


def test_what_is_installed_offline_is_checked_as_the_makefile_does():
    text = (FOLDER / "install-offline.bat").read_text(encoding="utf-8")
    make = (paths.home() / "Makefile").read_text(encoding="utf-8")
    for option in ("--require-hashes", "--only-binary=:all:", "--no-build-isolation", "--no-deps"):
        assert option in text and option in make
    assert text.count("--no-index") == 2 and "--find-links wheelhouse" in text
    assert "--dest wheelhouse" in make


@pytest.fixture(scope="module")
def lock_for():
    return runpy.run_path(str(FOLDER / "lock_for.py"))["lock_for"]


def test_the_wheelhouse_holds_what_the_other_machine_needs_and_not_what_this_one_does(lock_for):
    """pip's own --platform leaves the markers to the machine it runs on."""
    lock = (paths.home() / "requirements.lock").read_text(encoding="utf-8")
    pins = {
        platform: _pins(lock_for(lock, platform, "3.12"))
        for platform in ("win_amd64", "manylinux_2_28_x86_64")
    }
    assert {"colorama", "pywinpty"} <= set(pins["win_amd64"]) - set(pins["manylinux_2_28_x86_64"])
    assert {"pexpect", "ptyprocess"} <= set(pins["manylinux_2_28_x86_64"]) - set(pins["win_amd64"])
    older = _pins(lock_for(lock, "win_amd64", "3.11"))
    assert older["numpy"] != pins["win_amd64"]["numpy"] and "zipp" in set(older) - set(pins["win_amd64"])
    for each in (*pins.values(), older):
        assert len(each) > 120


def _pins(text: str) -> dict[str, str]:
    """Name -> version; each once, each with a hash, none with a marker."""
    found = re.findall(r"^([\w.-]+)==(\S+) \\\n    --hash=sha256:\w{64}", text, re.MULTILINE)
    assert len(found) == len(dict(found)) == len(re.findall(r"^[\w.-]+==", text, re.MULTILINE))
    assert " ; " not in text
    return dict(found)


def test_a_platform_that_is_not_known_is_named(lock_for):
    with pytest.raises(SystemExit, match="windows95"):
        lock_for("", "my-windows95", "3.12")
