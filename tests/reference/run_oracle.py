"""A folder of R reference cases -> one line a failing case, then `N passed, N failed`; exit 1 on any failure.

    python tests/reference/run_oracle.py FOLDER [--tolerance 1e-6]

FOLDER holds cases*.json and data/*.csv: each case names a data file, a design (R's `svydesign`), a
statistic, a domain and the result that R's survey package gives. `CHECKS` maps each statistic to what
we compute; a check returns pairs (name, ours, theirs).
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))  # the checks lie beside this file

from oracle_case import Case
from oracle_checks import CHECKS

#: Numbers smaller than this are compared absolutely: the standard error 0 of a one-PSU domain is 1e-14 in R.
FLOOR = 1e-6


def differs(ours: object, theirs: object, tolerance: float) -> bool:
    """Whether two values differ by more than the tolerance, relative to the larger value of a set."""
    if isinstance(theirs, list) and theirs and isinstance(theirs[0], str) and not _is_number(theirs[0]):
        return list(map(str, ours)) != theirs
    a, b = np.asarray(ours, dtype=float), np.asarray(_numbers(theirs), dtype=float)
    if a.size != b.size:
        return True
    a = a.reshape(b.shape)
    with np.errstate(invalid="ignore"):
        close = np.abs(a - b) <= tolerance * np.maximum(np.abs(b), FLOOR)
    return not bool((close | (np.isnan(a) & np.isnan(b)) | ((a == b) & np.isinf(b))).all())


def _is_number(text: str) -> bool:
    return text in ("NA", "NaN", "Inf", "-Inf")


def _numbers(value):
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    return {"NA": np.nan, "NaN": np.nan, "Inf": np.inf, "-Inf": -np.inf}.get(value, value)


def run_case(case: dict, folder: Path, tolerance: float) -> str:
    """Empty where the case passes, else what differs."""
    if case["stat"] not in CHECKS:
        return f"no check for the statistic {case['stat']}"
    try:
        pairs = list(CHECKS[case["stat"]](Case(case, folder)))
    except Exception:  # a case that stops is a failing case, not the end of the run
        return "stopped: " + traceback.format_exc(limit=-3).replace("\n", " | ")
    bad = [(name, ours, theirs) for name, ours, theirs in pairs if differs(ours, theirs, tolerance)]
    if not pairs:
        return "the case holds nothing to compare"
    return "; ".join(f"{name}: {_shown(ours)} is not {_shown(theirs)}" for name, ours, theirs in bad[:3])


def _shown(value: object) -> str:
    text = np.array2string(np.asarray(value), precision=10, threshold=4).replace("\n", " ")
    return text[:120]


def run_folder(folder: Path, tolerance: float = 1e-6) -> tuple[int, list[str]]:
    """How many cases pass, and a line for each that fails.

    Raises
    ------
    SystemExit
        The folder holds no case.
    """
    files = sorted(folder.glob("cases*.json"))
    cases = [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))["cases"]]
    if not cases:
        raise SystemExit(f"{folder}: no cases*.json with cases in it")
    lines = [(case["id"], run_case(case, folder, tolerance)) for case in cases]
    failed = [f"{name}: {why}" for name, why in lines if why]
    return len(lines) - len(failed), failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-6)
    options = parser.parse_args()
    passed, failed = run_folder(options.folder, options.tolerance)
    for line in failed:
        print(line)
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
