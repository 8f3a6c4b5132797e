"""The project's own R cases: all pass, R makes them again, and a changed number of any of them is noticed."""

import copy
import json
import math
import shutil
import subprocess
from pathlib import Path

import pytest
from run_oracle import CHECKS, run_case, run_folder

from tests.conftest import require_or_skip

FOLDER = Path(__file__).with_name("cases")
CASES = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))["cases"]
#: What a case asks for and does not answer: labels that a check hands back as they stand.
LABELS = ("row_levels", "col_levels")


def test_every_case_passes_at_a_billionth():
    # R stops fitting models a step early: their covariances and some of their errors are a millionth off.
    _, failed = run_folder(FOLDER, 1e-9)
    names = [line.partition(":")[0] for line in failed]
    assert [name for name in names if not name.startswith("glm.")] == [] and len(names) <= 4
    assert [run_case(case, FOLDER, 1e-6) for case in CASES if case["id"] in names] == [""] * len(names)


def test_every_statistic_that_is_known_has_a_case():
    assert {case["stat"] for case in CASES} == set(CHECKS) - {"total_adjust"}


def leaves(value, path=()):
    """Paths to the numbers and words of a result."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, part in enumerate(value) for leaf in leaves(part, (*path, at))]
    return [] if value is None else [path]


def changed(case, path):
    """The case with one number or word of its result changed by three ten-thousandths of it (the loosest check allows one), or more."""
    other = copy.deepcopy(case)
    place = other["result"]
    for key in path[:-1]:
        place = place[key]
    old = place[path[-1]]
    if isinstance(old, str):
        place[path[-1]] = 7.25 if old in ("NA", "NaN", "Inf") else old + "?"
    else:
        place[path[-1]] = old * (1 + 3e-4) if abs(old) > 1e-4 else old + 1e-4
    return other


BY_STAT = {case["stat"]: case for case in CASES if case["id"] not in ("mean.nobody", "quantile.people.hf4")}


@pytest.mark.parametrize("stat", BY_STAT)
def test_a_changed_number_is_noticed_wherever_it_stands(stat):
    case = BY_STAT[stat]
    assert run_case(case, FOLDER, 1e-6) == ""
    paths = [path for path in leaves(case["result"]) if not set(path) & set(LABELS)]
    paths = [path for path in paths if path[0] not in ("weights", "rows") or path[1] % 40 == 0]  # many alike
    if stat == "quantile":  # the probabilities asked for
        paths = [path for path in paths if path[0] != "p"]
    if stat == "joint_means":
        paths = [path for path in paths if path[:2] != ("contrasts", "names")]
    unnoticed = [path for path in paths if not run_case(changed(case, path), FOLDER, 1e-6)]
    assert unnoticed == []


def test_a_number_more_than_is_known_fails_and_is_named():
    case = copy.deepcopy(BY_STAT["mean"])
    case["result"]["skewness"] = [0.5]
    assert "not known and so not compared: skewness" in run_case(case, FOLDER, 1e-6)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stat": "mode"}, "the statistic mode is not known"),
        ({"options": {"na_rm": False}}, "na_rm other than true"),
        ({"options": {"na_rm": True, "robust": 1}}, "robust"),
        ({"domain": [{"var": "s", "op": "~=", "value": "f"}]}, "a condition that is not known"),
        ({"design": BY_STAT["mean"]["design"] | {"pps": "brewer"}}, "pps"),
        ({"result": {}}, "nothing to compare"),
        ({"vars": ["g"]}, "holds text"),
        ({"data": "absent.csv"}, "stopped"),
    ],
)
def test_what_is_not_known_fails_with_its_name(change, said):
    assert said in run_case(BY_STAT["mean"] | change, FOLDER, 1e-6)


def test_r_makes_the_committed_cases_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    subprocess.run(["Rscript", FOLDER.parent / "cases.R", tmp_path], check=True, capture_output=True)
    made = json.loads((tmp_path / "cases.json").read_text(encoding="utf-8"))["cases"]
    for path in sorted((FOLDER / "data").glob("*.csv")):
        assert (tmp_path / "data" / path.name).read_bytes() == path.read_bytes(), path.name
    for ours, theirs in zip(CASES, made, strict=True):
        assert same(ours, theirs), ours["id"]


def same(a, b):
    """Whether two cases hold the same words, and numbers alike to 1e-9."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, (int, float)) and not isinstance(a, bool):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-11)
    return a == b
