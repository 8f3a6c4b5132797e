"""A model fitted again with other weights is the model of those weights."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.design import build_design
from analysis.estimates.fitting import FAMILIES, fit_again, fit_model
from analysis.estimates.formula import build_matrix
from analysis.estimates.regression import regress
from analysis.estimates.replicate_weights import bootstrap, jackknife


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"psu": np.repeat(range(12), 15), "x": rng.normal(0, 1, 180)})
    table["g"] = np.where(table["psu"] == 0, "rare", rng.choice(["a", "b"], 180))
    table["count"] = rng.poisson(np.exp(0.2 + 0.3 * table["x"]))
    table["yes"], table["w"] = (rng.random(180) < 0.4).astype(float), rng.uniform(1, 3, 180)
    return table


@pytest.mark.parametrize(("family", "y"), [("gaussian", "x"), ("binomial", "yes"), ("poisson", "count")])
def test_each_set_of_weights_has_its_own_solution(people, family, y):
    formula = f"{y} ~ g" if y == "x" else f"{y} ~ x + g"
    model = build_matrix(formula, people, np.ones(180, dtype=bool))
    weights = np.random.default_rng(5).uniform(0.2, 4, (180, 4))
    start = fit_model(model, np.ones(180), family, formula)
    for ours, weight in zip(fit_again(model, weights, family, start), weights.T, strict=True):
        np.testing.assert_allclose(ours, fit_model(model, weight / weight.mean(), family, formula), rtol=1e-8)
    assert family in FAMILIES


def test_weights_that_leave_a_level_empty_have_no_solution(people):
    model = build_matrix("yes ~ g", people, np.ones(180, dtype=bool))
    start = fit_model(model, np.ones(180), "binomial", "yes ~ g")
    weights = np.ones((180, 2))
    weights[people["psu"] == 0, 0] = 0
    found = fit_again(model, weights, "binomial", start)
    assert np.isnan(found[0]).all() and np.isfinite(found[1]).all()


def test_a_replicated_model_has_the_coefficients_spread(people):
    design = build_design(["s"] * 180, people["psu"].astype(str), people["w"])
    made = jackknife(design)
    ours = regress("yes ~ x", people, made, "binomial")
    again = [regress("yes ~ x", people, build_design(["s"] * 180, people["psu"].astype(str), w), "binomial").estimate
             for w in made.replicates.T]  # fmt: skip
    np.testing.assert_allclose(ours.vcov, made.covariance(np.array(again), ours.estimate), rtol=1e-6)
    assert ours.replicates_used == 12
    assert ours.df_residual == 11 + 1 - 2
    linearised = regress("yes ~ x", people, design, "binomial")
    np.testing.assert_allclose(ours.se, linearised.se, rtol=0.15)


def test_replicates_without_a_level_are_left_out_and_counted(people):
    design = build_design(["s"] * 180, people["psu"].astype(str), people["w"])
    made = bootstrap(design, 30, 4)
    without = (made.replicates[people["psu"] == 0].sum(axis=0) == 0).sum()
    model = regress("yes ~ g", people, made, "binomial")
    assert model.replicates_used == 30 - without < 30
    assert np.isfinite(model.se).all()
