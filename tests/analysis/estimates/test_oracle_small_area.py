"""The Fay-Herriot model against R: the general mixed model's formulas in matrix form, to 1e-9."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.small_area import fit_fay_herriot
from tests.conftest import require_or_skip

FOLDER = Path(__file__).parents[2] / "reference" / "small_area"
COVARIATES = {"spread": ["x1", "x2"], "even": [], "flat": ["x1", "x2"]}
EXACT = 1e-9


@pytest.fixture(params=COVARIATES)
def case(request):
    return request.param


@pytest.fixture
def fit(case):
    areas = pd.read_csv(FOLDER / "areas.csv", dtype={"area": str}).query("case == @case")
    x = np.column_stack([np.ones(len(areas)), areas[COVARIATES[case]].to_numpy()])
    return fit_fay_herriot(areas["y"].to_numpy(), areas["psi"].to_numpy(), x, areas=list(areas["area"]))


def numbers(text):
    return [float(part) for part in str(text).split(";")]


def test_model_equals_r(case, fit):
    r = pd.read_csv(FOLDER / "models.csv").set_index("case").loc[case]
    assert fit.model_variance == pytest.approx(r["model_variance"], rel=EXACT)
    assert fit.coefficients == pytest.approx(numbers(r["coefficient"]), rel=EXACT)
    assert np.sqrt(np.diag(fit.coefficients_vcov)) == pytest.approx(numbers(r["coefficient_se"]), rel=EXACT)


def test_estimates_and_every_part_of_their_mse_equal_r(case, fit):
    r = pd.read_csv(FOLDER / "estimates.csv", dtype={"area": str}).query("case == @case")
    assert list(fit.areas) == list(r["area"])
    for name in ("estimate", "g1", "g2", "g3", "mse"):
        np.testing.assert_allclose(getattr(fit, name), r[name], rtol=EXACT, atol=1e-14, err_msg=name)


def test_the_reference_holds_a_model_without_variance_and_areas_without_sample():
    models = pd.read_csv(FOLDER / "models.csv").set_index("case")["model_variance"]
    areas = pd.read_csv(FOLDER / "areas.csv")
    assert models["flat"] == 0
    assert models[["spread", "even"]].min() > 0.1
    assert areas.query("case == 'spread'")["y"].isna().sum() == 5


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    shutil.copy(FOLDER / "areas.csv", tmp_path)
    subprocess.run(["Rscript", FOLDER.with_suffix(".R"), tmp_path], check=True, capture_output=True)
    made, committed = (pd.read_csv(folder / "estimates.csv") for folder in (tmp_path, FOLDER))
    pd.testing.assert_frame_equal(made, committed, rtol=1e-9)
