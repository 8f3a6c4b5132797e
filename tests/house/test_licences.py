"""What the installed packages say of their licence -> none would put a pack or this project under the GPL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.metadata import distributions

import pytest

COPYLEFT = re.compile(r"\b[AL]?GPL|General Public Licen[cs]e", re.IGNORECASE)
#: A licence field longer than this is a whole text, which speaks of bundled parts; classifiers say it better.
SHORT = 200

#: Package -> why its GPL-family licence does no harm here. None is needed today.
ALLOWED: Mapping[str, str] = {}


def licence_of(metadata: Mapping, classifiers: Sequence[str]) -> str:
    """The licence as the package states it: SPDX expression, else classifiers and a short licence field."""
    expression = metadata.get("License-Expression")
    if expression:
        return expression
    text = (metadata.get("License") or "").strip()
    said = [line.removeprefix("License :: ") for line in classifiers if line.startswith("License :: ")]
    if text and (len(text) <= SHORT or not said):
        said.append(text)
    return "; ".join(said)


def is_copyleft(licence: str) -> bool:
    """Whether every choice the licence leaves is of the GPL family.

    `A OR GPL` leaves A. The GCC runtime exception lets a program of any licence use the library.
    """
    choices = re.split(r"\s+OR\s+", licence)
    plain = [
        re.sub(r"GPL-[\w.]+(-or-later)?\s+WITH\s+GCC-exception-[\d.]+", "", choice) for choice in choices
    ]
    return all(COPYLEFT.search(choice) for choice in plain)


def check_licences(packages: Mapping[str, str]) -> list[str]:
    """Package name -> licence, against the rule; a package that states none is found as well."""
    found = [f"{name} states no licence" for name, licence in packages.items() if not licence]
    for name, licence in packages.items():
        if licence and is_copyleft(licence) and name.casefold() not in ALLOWED:
            found.append(f"{name}: {licence}")
    return found


def installed() -> dict[str, str]:
    return {
        found.name: licence_of(found.metadata, found.metadata.get_all("Classifier") or [])
        for found in distributions()
    }


def test_nothing_installed_is_gpl():
    assert check_licences(installed()) == []


def test_the_rule_reads_the_real_environment():
    assert {"pandas", "papermill", "nbconvert"} <= {name.casefold() for name in installed()}


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "GPL-2.0-or-later", "LGPL-2.1-or-later", "AGPL-3.0", "GPLv3", "MIT AND GPL-2.0-only",
     "OSI Approved :: GNU General Public License v3 (GPLv3)", "GPL-2.0-only OR LGPL-3.0-only", ""],
)  # fmt: skip
def test_a_planted_gpl_package_is_found(licence):
    assert len(check_licences({"planted": licence})) == 1


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "MPL-2.0 OR GPL-2.0-or-later",
        "BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1",
        "PSF-2.0",
    ],
)
def test_a_licence_that_leaves_a_free_choice_is_not_found(licence):
    assert check_licences({"planted": licence}) == []


def test_a_whole_licence_text_does_not_hide_what_the_classifiers_say():
    text = {"License": "Copyright. " * 50 + "bundles FTL OR GPL-2.0-or-later"}
    assert licence_of(text, ["License :: OSI Approved :: BSD License"]) == "OSI Approved :: BSD License"
    assert "GPL" in licence_of(text, [])
    assert licence_of({"License": "GPL"}, ["License :: OSI Approved"]) == "OSI Approved; GPL"
