"""Makefile and tests/conftest.py -> a machine that lacks something is told what, in both languages."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.conftest import require_or_skip
from tests.house.source import ROOT


def run_make(folder, *arguments: str) -> subprocess.CompletedProcess[str]:
    require_or_skip("make", shutil.which("make") is not None)
    # `make test` hands its own settings on to a make inside it; a person's shell has none of them.
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))
    }
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def fresh(tmp_path):
    """A folder with what the Makefile needs to start, and no environment."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def a_python(folder, script: str):
    path = folder / "a-python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_an_old_python_is_named_in_both_languages(fresh):
    ended = run_make(fresh, "packs", a_python(fresh, 'test "$1" = --version && echo Python 3.9.2; exit 1'))
    assert ended.returncode != 0
    assert "cần Python 3.11 trở lên" in ended.stdout
    assert "Python 3.9.2" in ended.stdout
    assert "Python 3.11 or newer is needed" in ended.stdout
    assert not (fresh / ".venv").exists()


def test_a_python_without_venv_is_named_in_both_languages(fresh):
    ended = run_make(fresh, "packs", a_python(fresh, 'case "$2" in *ensurepip*) exit 1;; esac'))
    assert ended.returncode != 0
    assert "thiếu mô-đun venv" in ended.stdout
    assert "has no venv module" in ended.stdout


def test_help_lists_every_command(fresh):
    ended = run_make(fresh)
    assert ended.returncode == 0
    listed = [line.split()[1] for line in ended.stdout.splitlines()]
    assert listed == [
        "help",
        "packs",
        "test",
        "bench",
        "lab",
        "wheelhouse",
        "lint",
        "format",
        "clean",
        "lock",
    ]


def test_a_tool_that_is_there_is_used():
    assert require_or_skip("r", True) is None


def test_a_missing_tool_skips_on_a_desk(monkeypatch):
    monkeypatch.delenv("WORKBENCH_REQUIRE", raising=False)
    with pytest.raises(pytest.skip.Exception, match="chromium is not on this machine"):
        require_or_skip("chromium", False)


def test_a_missing_tool_fails_where_it_is_required(monkeypatch):
    monkeypatch.setenv("WORKBENCH_REQUIRE", "r, Chromium")
    with pytest.raises(pytest.fail.Exception, match="WORKBENCH_REQUIRE names chromium"):
        require_or_skip("chromium", False)
