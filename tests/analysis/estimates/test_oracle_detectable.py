"""Detectable sizes against R: its noncentral t where that is good, its integrate elsewhere."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.detectable import detectable_size
from tests.conftest import require_or_skip

FOLDER = Path(__file__).parents[2] / "reference" / "detectable"
SIZES = pd.read_csv(FOLDER / "sizes.csv")
#: scipy's inverse of the noncentral t loses digits where 1 or 2 df meet a small alpha; pages print two.
TOLERANCE = {1: 2e-3, 2: 1e-5}


@pytest.mark.parametrize("df", sorted(set(SIZES["df"])))
def test_detectable_size_equals_r(df):
    rows = SIZES[SIZES["df"] == df]
    ours = [detectable_size(1.0, df, tests) for tests in rows["tests"]]
    assert len(ours) >= 6
    np.testing.assert_allclose(ours, rows["delta"], rtol=TOLERANCE.get(df, 1e-6))


def test_r_covers_a_test_that_stands_alone_by_its_own_power_function():
    assert set(SIZES["how"]) == {"pt", "integral", "power.t.test"}


def test_r_makes_the_committed_sizes_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    script = FOLDER.parent / "detectable.R"
    subprocess.run(["Rscript", script, tmp_path], check=True, capture_output=True)
    made = pd.read_csv(tmp_path / "sizes.csv")
    assert (made[["df", "tests", "how"]] == SIZES[["df", "tests", "how"]]).all(axis=None)
    np.testing.assert_allclose(made["delta"], SIZES["delta"], rtol=1e-9)
