"""JupyterLab's settings are ones that this JupyterLab knows, and each says why."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import json5
import jupyterlab
import pytest

from analysis.lab.opening import ARGUMENTS, SETTINGS, lab_arguments, lab_environment

SCHEMAS = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"


def _read(name: str) -> dict:
    return json5.loads((SETTINGS / name).read_text(encoding="utf-8"))


def _schema(plugin: str) -> dict:
    package, name = plugin.split(":")
    return json.loads((SCHEMAS / package / f"{name}.json").read_text(encoding="utf-8"))


def test_jupyterlab_is_recent_enough():
    assert tuple(int(part) for part in jupyterlab.__version__.split(".")[:2]) >= (4, 6)


@pytest.mark.parametrize("plugin", sorted(_read("overrides.json5")))
def test_every_setting_is_known_and_its_value_allowed(plugin):
    known = _schema(plugin)["properties"]
    for name, value in _read("overrides.json5")[plugin].items():
        assert name in known, name
        if options := known[name].get("enum"):
            assert value in options


@pytest.mark.parametrize("name", ["overrides.json5", "page_config.json5"])
def test_every_setting_says_why(name):
    """A comment stands right above each, or above its group's first line."""
    lines = (SETTINGS / name).read_text(encoding="utf-8").splitlines()
    settings = [at for at, line in enumerate(lines) if re.match(r'\s+"[\w-]+":(?! \{$)', line)]
    settings += [at for at, line in enumerate(lines) if re.match(r'\s+"@.*": true', line)]
    assert len(settings) >= 5
    unexplained = [lines[at] for at in settings if not _explained(lines, at)]
    assert unexplained == []


def _explained(lines: list[str], at: int) -> bool:
    while at > 0 and re.match(r'\s+"', lines[at - 1]) and not lines[at - 1].endswith("{"):
        at -= 1
    return lines[at - 1].lstrip().startswith("//")


def test_the_left_out_parts_exist():
    """A misspelt name would leave nothing out."""
    built = Path(sys.prefix) / "share" / "jupyter" / "lab" / "static"
    text = "".join(file.read_text(encoding="utf-8", errors="ignore") for file in built.glob("*.js"))
    for plugin in _read("page_config.json5")["disabledExtensions"]:
        assert f'"{plugin}"' in text or f"'{plugin}'" in text, plugin


def test_the_server_is_this_machine_s_alone_and_keeps_its_token(tmp_path):
    arguments = lab_arguments(tmp_path, ["--no-browser"])
    kept = [one.partition("=")[2] for one in arguments if "_dir=" in one and "app_settings" not in one]
    assert len(kept) == 3 and all(one.startswith(str(tmp_path)) for one in kept)
    assert "--ServerApp.ip=127.0.0.1" in arguments and arguments[-1] == "--no-browser"
    assert not [each for each in arguments if "token" in each.lower() or "password" in each.lower()]
    assert all(why for _, why in ARGUMENTS.values())


def test_settings_of_another_jupyterlab_stay_out(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", "/somewhere/else")
    monkeypatch.delenv("JUPYTER_NO_CONFIG", raising=False)
    import os

    with lab_environment(tmp_path):
        assert os.environ["JUPYTER_CONFIG_DIR"] == str(tmp_path / ".jupyter")
    assert os.environ["JUPYTER_CONFIG_DIR"] == "/somewhere/else"
