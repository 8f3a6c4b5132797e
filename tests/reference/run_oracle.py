"""A folder of R reference cases -> one line a failing case, then `N passed, N failed`; exit 1 on any failure.

    python tests/reference/run_oracle.py FOLDER [--tolerance 1e-6]

FOLDER holds cases*.json and data/*.csv: each case names a data file, a design (R's `svydesign`), a
statistic, a domain and the result that R's survey package gives. `CHECKS` maps each statistic to what we
compute. Every number of a case is compared: a statistic, an option or a part of a result that is not known
here makes the case fail, and its line says which.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # the checks lie beside this file

import oracle_estimates
import oracle_models
import oracle_weights
from oracle_case import Case, Unknown
from oracle_ledger import Ledger

from analysis.errors import WorkbenchError

#: Statistic -> its check and the options that it knows.
CHECKS = oracle_estimates.CHECKS | oracle_models.CHECKS | oracle_weights.CHECKS
#: Every case may say that missing values are left out.
COMMON_OPTIONS = {"na_rm"}
#: Differences shown of one case.
SHOWN = 4


def run_case(case: dict, folder: Path, tolerance: float) -> str:
    """Empty where the case passes, else what differs or is not known."""
    if case.get("stat") not in CHECKS:
        return f"the statistic {case.get('stat')} is not known"
    check, options = CHECKS[case["stat"]]
    ledger = Ledger(case["result"], tolerance)
    try:
        check(Case(case, folder, options | COMMON_OPTIONS), ledger)
    except Unknown as gap:
        return f"not known: {gap}"
    except WorkbenchError as fault:
        return f"refused: {fault.what} {fault.where} {fault.got}"
    except Exception:  # a case that stops is a failing case, not the end of the run
        return "stopped: " + traceback.format_exc(limit=-3).replace("\n", " | ")
    lines = ledger.differences[:SHOWN]
    if more := len(ledger.differences) - len(lines):
        lines.append(f"and {more} more")
    if left := ledger.uncompared():
        lines.append(f"not known and so not compared: {', '.join(left)}")
    if not ledger.compared:
        lines.append("the case holds nothing to compare")
    return "; ".join(lines)


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
    lines = [(case.get("id"), run_case(case, folder, tolerance)) for case in cases]
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
