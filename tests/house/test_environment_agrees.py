"""pyproject.toml, environment.yml and the lock -> the same packages, and versions that all three admit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.house.source import ROOT

#: pip's name -> conda-forge's, where they differ in more than "-" and "_".
CONDA_NAMES = {"matplotlib": "matplotlib-base", "nbconvert": "nbconvert-core"}
#: In environment.yml alone: what pip users have before pip starts.
CONDA_ONLY = {"python", "pip"}

CONDA_LINE = re.compile(r"^  - (?P<name>[a-z0-9_.-]+)(?P<floor>[<>=!][^\s#]*)? +# (?P<why>\S.*)$")
LOCK_LINE = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH_LINE = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?P<more> \\)?$")


@dataclass
class Pin:
    """One entry of the lock: the version for the machines that the marker admits."""

    version: str
    marker: str
    hashes: list[str] = field(default_factory=list)


def read_project(text: str) -> dict[str, Requirement]:
    """Canonical name -> requirement, of all that pyproject.toml asks for directly."""
    project = tomllib.loads(text)
    lines = list(project["project"]["dependencies"])
    for extra in project["project"].get("optional-dependencies", {}).values():
        lines += extra
    lines += project.get("dependency-groups", {}).get("build", [])
    return {canonicalize_name(wanted.name): wanted for wanted in map(Requirement, lines)}


def read_conda(text: str) -> dict[str, str]:
    """conda-forge's name -> floor, of environment.yml; a line without a reason is refused."""
    found = {}
    section = text.split("\ndependencies:\n", 1)[1]
    for line in section.splitlines():
        if not line.strip() or line.lstrip().startswith("#") or line in ("  - pip:", "      - -e ."):
            continue
        match = CONDA_LINE.match(line)
        if not match:
            raise ValueError(f"environment.yml: {line!r} is not '  - name>=floor  # why it is here'")
        found[match["name"]] = match["floor"] or ""
    return found


def read_lock(text: str) -> dict[str, list[Pin]]:
    """Canonical name -> pins; anything but a pin, its hashes and comments is refused."""
    found: dict[str, list[Pin]] = {}
    pin, open_entry = None, False
    for line in text.splitlines():
        if line.lstrip().startswith("#"):
            continue
        if open_entry and (match := HASH_LINE.match(line)):
            pin.hashes.append(line.strip(" \\"))
            open_entry = bool(match["more"])
        elif not open_entry and (match := LOCK_LINE.match(line)):
            pin, open_entry = Pin(match["version"], match["marker"] or ""), True
            found.setdefault(canonicalize_name(match["name"]), []).append(pin)
        else:
            raise ValueError(f"requirements.lock: {line!r} is neither a pin nor a hash")
    return found


def check_conda(project: dict[str, Requirement], conda: dict[str, str], python: str) -> list[str]:
    """environment.yml against pyproject.toml: the same names, the same floors."""
    wanted = {canonicalize_name(CONDA_NAMES.get(name, name)): req for name, req in project.items()}
    there = {canonicalize_name(name): floor for name, floor in conda.items()}
    found = [f"environment.yml lacks {name}" for name in sorted(set(wanted) - set(there))]
    found += [f"only environment.yml has {name}" for name in sorted(set(there) - set(wanted) - CONDA_ONLY)]
    for name in sorted(set(wanted) & set(there)):
        if SpecifierSet(there[name]) != wanted[name].specifier:
            found.append(f"{name}: environment.yml {there[name]}, pyproject.toml {wanted[name].specifier}")
    if SpecifierSet(there.get("python", "")) != SpecifierSet(python):
        found.append(f"python: environment.yml {there.get('python')}, pyproject.toml {python}")
    return found


def check_lock(project: dict[str, Requirement], lock: dict[str, list[Pin]]) -> list[str]:
    """The lock against pyproject.toml: each package there, each pin above its floor, each with hashes."""
    found = [f"requirements.lock lacks {name}: make lock" for name in sorted(set(project) - set(lock))]
    for name, wanted in project.items():
        for pin in lock.get(name, []):
            if not wanted.specifier.contains(Version(pin.version), prereleases=True):
                found.append(f"{name}=={pin.version} in the lock, {wanted.specifier} in pyproject.toml")
    for name, pins in lock.items():
        found += [f"{name}=={pin.version} has no hash" for pin in pins if not pin.hashes]
        found += [
            f"{name}: {admitted} pins for {where}" for where, admitted in _admitted(pins) if admitted > 1
        ]
    return found


def check_lock_holds_everywhere(project: dict[str, Requirement], lock: dict[str, list[Pin]]) -> list[str]:
    """Direct packages that some machine with a supported Python would not get."""
    return [
        f"{name}: no pin for {where}"
        for name in project
        for where, admitted in _admitted(lock.get(name, []))
        if admitted == 0
    ]


def _admitted(pins: list[Pin]) -> list[tuple[str, int]]:
    counts = []
    for system, os_name, platform in (
        ("Windows", "nt", "win32"),
        ("Darwin", "posix", "darwin"),
        ("Linux", "posix", "linux"),
    ):
        for python in ("3.11.0", "3.11.9", "3.12.1", "3.13.0", "3.14.0", "3.15.0"):
            machine = {
                "python_full_version": python,
                "python_version": python.rpartition(".")[0],
                "platform_system": system,
                "sys_platform": platform,
                "os_name": os_name,
                "platform_machine": "AMD64" if os_name == "nt" else "x86_64",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
            }
            admits = [not pin.marker or Marker(pin.marker).evaluate(machine) for pin in pins]
            counts.append((f"{system} with Python {python}", sum(admits)))
    return counts


def check_no_address(text: str) -> list[str]:
    """Lines of the lock that say where to fetch from, instead of what."""
    away = re.compile(r"://|^\s*-(?!-hash=)|--(?!hash=)[a-z-]*(index|links|trusted|host)| @ ")
    return [line for line in text.splitlines() if away.search(line)]


TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("pyproject.toml", "environment.yml", "requirements.lock")
}
PROJECT = read_project(TEXTS["pyproject.toml"])
CONDA = read_conda(TEXTS["environment.yml"])
LOCK = read_lock(TEXTS["requirements.lock"])


def test_environment_yml_asks_for_what_pyproject_asks_for():
    python = tomllib.loads(TEXTS["pyproject.toml"])["project"]["requires-python"]
    assert check_conda(PROJECT, CONDA, python) == []


def test_environment_yml_takes_conda_forge_alone_and_ends_with_the_project():
    _, _, rest = TEXTS["environment.yml"].partition("\nchannels:\n")
    assert rest.startswith("  - conda-forge\n  - nodefaults\n")
    assert rest.endswith("  - pip:\n      - -e .\n")


def test_the_lock_holds_what_pyproject_asks_for_with_hashes():
    assert check_lock(PROJECT, LOCK) == []


def test_the_lock_serves_windows_macos_and_linux_and_each_python():
    assert check_lock_holds_everywhere(PROJECT, LOCK) == []


def test_the_lock_names_no_address():
    assert check_no_address(TEXTS["requirements.lock"]) == []


def test_the_lock_can_build_the_project_without_asking_a_server():
    project = tomllib.loads(TEXTS["pyproject.toml"])
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


@pytest.mark.parametrize(
    ("name", "floor"), [("jupyterlab", "4.6.4"), ("jupyter-server", "2.20"), ("nbconvert", "7.17.1")]
)
def test_pins_are_above_the_floors_that_mend_known_holes(name, floor):
    assert all(Version(pin.version) >= Version(floor) for pin in LOCK[name])


HASH = "    --hash=sha256:" + "0" * 64
SMALL = {"pandas": Requirement("pandas>=3")}


@pytest.mark.parametrize(
    ("conda", "python"),
    [
        ({"python": ">=3.11"}, ">=3.11"),
        ({"python": ">=3.11", "pandas": ">=2"}, ">=3.11"),
        ({"python": ">=3.11", "pandas": ">=3", "rpy2": ""}, ">=3.11"),
        ({"python": ">=3.10", "pandas": ">=3"}, ">=3.11"),
        ({"pandas": ">=3"}, ">=3.11"),
    ],
)
def test_a_planted_difference_in_environment_yml_is_found(conda, python):
    assert len(check_conda(SMALL, conda, python)) == 1


@pytest.mark.parametrize(
    "line", ["  - pandas>=3", "  - pandas>=3  #", "- pandas  # tables", "  - pip:  # the project"]
)
def test_a_planted_line_without_a_reason_is_refused(line):
    with pytest.raises(ValueError, match="not '  - name"):
        read_conda(f"name: x\ndependencies:\n{line}\n")


@pytest.mark.parametrize(
    "lines",
    [
        ["numpy==2.4.0 \\", HASH],
        ["pandas==2.3.3 \\", HASH],
        [
            "pandas==3.1.1 ; python_version < '3.13' \\",
            HASH,
            "pandas==3.2 ; python_full_version >= '3.12' \\",
            HASH,
        ],
    ],
)
def test_a_planted_lock_that_lacks_or_doubles_a_package_is_found(lines):
    assert check_lock(SMALL, read_lock("\n".join(lines))) != []


def test_a_planted_lock_for_one_system_alone_is_found():
    lock = read_lock(f"pandas==3.1.1 ; sys_platform == 'linux' \\\n{HASH}")
    assert check_lock(SMALL, lock) == []
    assert len(check_lock_holds_everywhere(SMALL, lock)) == 12


@pytest.mark.parametrize("line", ["pandas==3.1.1", "pandas>=3 \\", "pandas @ file.whl", "-r other.txt", HASH])
def test_a_planted_line_without_hash_or_exact_version_is_refused(line):
    with pytest.raises(ValueError, match="neither a pin nor a hash"):
        read_lock(line)


@pytest.mark.parametrize(
    "line", ["--index" + "-url x", "--find-links y", "-f y", "pandas @ ftp://a/b.whl", "# from https://a"]
)
def test_a_planted_address_is_found(line):
    assert check_no_address(f"pandas==3.1.1 \\\n{HASH}\n{line}") == [line]
