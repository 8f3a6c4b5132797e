"""The runner of R reference cases: a right case passes, a wrong number is named, an empty folder is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

RUNNER = Path(__file__).with_name("run_oracle.py")
ROWS = "stratum,psu,w,y\na,1,1,1\na,1,2,0\na,2,1,1\na,2,1,1\nb,3,3,0\nb,3,1,NA\nb,4,2,1\nb,4,1,0\n"
BASE = 1 + 2 + 1 + 1 + 3 + 2 + 1
MEAN = (1 + 1 + 1 + 2) / BASE
Z = [(1 - MEAN * 3) / BASE, (2 - MEAN * 2) / BASE, (0 - MEAN * 3) / BASE, (2 - MEAN * 3) / BASE]
SE = sum(2 * (pair[0] ** 2 + pair[1] ** 2 - sum(pair) ** 2 / 2) for pair in (Z[:2], Z[2:])) ** 0.5
T = 4.302652729911275  # Student's t at .975 with 2 df


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "small.csv").write_text(ROWS, encoding="utf-8")
    return tmp_path


def write_case(folder, **change):
    design = {"ids": ["psu"], "strata": ["stratum"], "weights": "w", "fpc": None, "nest": True}
    design |= {"lonely": "fail", "adjust_domain_lonely": False}
    result = {"est": [MEAN], "se": [SE], "n": [7], "df": 2, "df_nonmissing": [2]}
    result |= {"ci95_t": [[MEAN - T * SE, MEAN + T * SE]]} | change
    case = {
        "id": "small", "data": "small.csv", "design": design, "stat": "mean", "vars": ["y"], "domain": None,
        "by": None, "options": {}, "result": result, "note": None,
    }  # fmt: skip
    (folder / "cases_small.json").write_text(json.dumps({"cases": [case]}), encoding="utf-8")


def run(folder):
    return subprocess.run([sys.executable, RUNNER, folder], capture_output=True, text=True, check=False)


def test_right_case_passes(folder):
    write_case(folder)
    done = run(folder)
    assert (done.stdout.strip(), done.returncode) == ("1 passed, 0 failed", 0)


def test_wrong_number_is_named_and_ends_with_1(folder):
    write_case(folder, se=[SE * (1 + 1e-5)])
    done = run(folder)
    assert done.stdout.startswith("small: se: ")
    assert done.stdout.strip().endswith("0 passed, 1 failed")
    assert done.returncode == 1


def test_folder_without_cases_is_refused(tmp_path):
    done = run(tmp_path)
    assert done.returncode == 1
    assert "no cases" in done.stderr
