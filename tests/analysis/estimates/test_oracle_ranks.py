"""Sets of ranks against R: its own random numbers, its own arithmetic, the same sets."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.ranks import _critical_value, _difference_se, rank_sets
from tests.conftest import require_or_skip

FOLDER = Path(__file__).parents[2] / "reference" / "ranks"
VALUES = pd.read_csv(FOLDER / "critical_values.csv").set_index("case")
#: Both sides simulate the critical value; R's own simulation error is a third of this and less.
TOLERANCE = 0.01


def estimates_of(case):
    places = pd.read_csv(FOLDER / "places.csv", dtype={"place": str}).query("case == @case")
    entries = pd.read_csv(FOLDER / "covariances.csv").query("case == @case")
    vcov = entries.pivot(index="row", columns="column", values="value").to_numpy()
    return places["estimate"].to_numpy(), vcov, list(places["place"])


def r_sets(case, method):
    table = pd.read_csv(FOLDER / "sets.csv").query("case == @case and method == @method")
    return table[["rank_low", "rank_high"]].to_numpy().tolist()


def our_sets(case, method, **options):
    y, vcov, places = estimates_of(case)
    plain, stepdown = method.removesuffix("_stepdown"), method.endswith("_stepdown")
    table = rank_sets(
        y, vcov, method=plain, places=places, stepdown=stepdown, df=VALUES.at[case, "df"], **options
    )
    return table[["rank_low", "rank_high"]].to_numpy().tolist()


@pytest.mark.parametrize("case", VALUES.index)
def test_critical_value_equals_r_within_the_error_of_simulation(case):
    _, vcov, _ = estimates_of(case)
    pairs = ~np.eye(len(vcov), dtype=bool)
    ours = _critical_value(vcov, _difference_se(vcov), pairs, 0.95, VALUES.at[case, "df"], 200_000, 5)
    assert VALUES.at[case, "simulation_error"] < TOLERANCE / 3 * VALUES.at[case, "value"]
    assert ours == pytest.approx(VALUES.at[case, "value"], rel=TOLERANCE)


@pytest.mark.parametrize("case", VALUES.index)
def test_no_pair_is_so_near_the_critical_value_that_chance_decides_its_set(case):
    y, vcov, _ = estimates_of(case)
    with np.errstate(invalid="ignore"):
        t = np.abs(np.subtract.outer(y, y)) / _difference_se(vcov)
    assert np.nanmin(np.abs(t / VALUES.at[case, "value"] - 1)) > TOLERANCE


@pytest.mark.parametrize("method", ["mogstad", "mogstad_stepdown", "klein"])
@pytest.mark.parametrize("case", VALUES.index)
def test_sets_equal_r(case, method):
    assert our_sets(case, method, draws=50_000) == r_sets(case, method)


def test_a_second_step_sharpens_a_set_of_the_reference():
    assert any(r_sets(case, "mogstad") != r_sets(case, "mogstad_stepdown") for case in VALUES.index)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    for name in ("places.csv", "covariances.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    subprocess.run(["Rscript", FOLDER.with_suffix(".R"), tmp_path], check=True, capture_output=True)
    for name in ("sets.csv", "critical_values.csv"):
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / name), pd.read_csv(FOLDER / name), rtol=1e-9)
