"""Which program prints: the one that is named, else one of those that are here, else a fault in two languages."""

import os
import stat

import pytest

from analysis.batch.formats import browser
from analysis.batch.formats.browser import NAMES, VARIABLE, find_browser, require_browser
from analysis.errors import MissingProgram


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A machine whose path is one empty folder and that has no browser elsewhere."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_installed", lambda: iter(()))
    return tmp_path


def program(folder, name):
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_without_a_browser_the_fault_says_what_to_do_in_both_languages(bare):
    assert find_browser() is None
    with pytest.raises(MissingProgram) as caught:
        require_browser()
    fault = caught.value
    assert "Chromium, Chrome or Edge" in str(fault)
    assert "cần có Chromium, Chrome hoặc Edge" in fault.vi and "bỏ --pdf" in fault.vi
    assert (fault.where, fault.expected, fault.got) == ("PATH", ", ".join(NAMES), "none of them")
    assert VARIABLE in fault.vi and VARIABLE in fault.hint and "leave out --pdf" in fault.hint
    assert fault.exit_code == 22


@pytest.mark.skipif(os.name != "posix", reason="programs without a name's ending are Linux's and macOS's")
def test_first_of_the_known_names_is_taken(bare):
    chrome = program(bare, "google-chrome")
    assert find_browser() == require_browser() == chrome
    chromium = program(bare, "chromium")
    assert find_browser() == chromium


@pytest.mark.skipif(os.name != "posix", reason="programs without a name's ending are Linux's and macOS's")
def test_browser_that_is_named_is_the_only_one_that_counts(bare, monkeypatch):
    program(bare, "chromium")
    own = program(bare, "our-browser")
    monkeypatch.setenv(VARIABLE, own)
    assert find_browser() == own
    monkeypatch.setenv(VARIABLE, str(bare / "not-there"))
    with pytest.raises(MissingProgram) as caught:
        require_browser()
    assert caught.value.where == f"{VARIABLE}={bare / 'not-there'}"


@pytest.mark.parametrize("variable", ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"])
def test_windows_keeps_browsers_off_its_path(bare, monkeypatch, variable):
    """Where they stand there: the folders that Windows names, Edge before Chrome."""
    monkeypatch.undo()
    for name in (VARIABLE, "PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(bare))
    monkeypatch.setattr(browser.sys, "platform", "win32")
    monkeypatch.setattr(browser, "_WINDOWS", ("Edge/msedge.exe", "Chrome/chrome.exe"))
    monkeypatch.setenv(variable, str(bare / "programs"))
    assert find_browser() is None
    for name in ("Chrome/chrome.exe", "Edge/msedge.exe"):
        path = bare / "programs" / name
        path.parent.mkdir(parents=True)
        path.touch()
        assert find_browser() == str(path)
