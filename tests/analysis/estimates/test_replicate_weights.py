"""Replicates made from a design against the linearised variance (R's numbers: test_replicates.py)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, LonePsu
from analysis.estimates.calibration import poststratify
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.estimators import mean, total
from analysis.estimates.replicate_estimates import replicate_mean, replicate_total
from analysis.estimates.replicate_weights import bootstrap, brr, jackknife

FOLDER = Path(__file__).parents[2] / "reference" / "replicates"
SEXES = {"female": 1200, "male": 1300}


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(FOLDER / "sample.csv")


def design_of(people, finite=False):
    names = dict(weight="weight", psu=["psu"], stratum=["stratum"], nest=True)
    return declare_design(people, **names, population=["units"] if finite else [])


@pytest.mark.parametrize("finite", [False, True])
@pytest.mark.parametrize("make", [jackknife, brr, lambda design: brr(design, fay=0.3)])
def test_a_total_has_its_linearised_covariance_exactly(make, finite, people):
    design = design_of(people, finite)
    values, inside = people[["x", "y"]], (people["poor"] == 1).to_numpy()
    for domain in (None, inside):
        ours, linear = replicate_total(values, make(design), domain), total(values, design, domain)
        np.testing.assert_allclose(ours.vcov, linear.vcov, rtol=1e-9)
        np.testing.assert_allclose(ours.estimate, linear.estimate, rtol=1e-12)


def test_jackknife_without_strata_leaves_one_psu_out_and_weights_up_the_rest():
    ours = jackknife(build_design(["s"] * 3, list("abb"), [2.0, 3.0, 5.0]))
    assert ours.kind == "JK1" and ours.scale == 1 / 2
    np.testing.assert_allclose(ours.replicates, [[0, 2 * 2], [2 * 3, 0], [2 * 5, 0]])


def test_jackknife_with_strata_moves_the_stratum_of_the_psu_alone():
    ours = jackknife(build_design(list("ssttt"), list("abcde"), [1.0] * 5))
    assert ours.kind == "JKn" and ours.scale == 1
    np.testing.assert_allclose(ours.rscales, [1 / 2] * 2 + [2 / 3] * 3)
    np.testing.assert_allclose(ours.replicates[:, 0], [0, 2, 1, 1, 1])
    np.testing.assert_allclose(ours.replicates[:, 4], [1, 1, 3 / 2, 3 / 2, 0])


def test_half_samples_are_balanced(people):
    design = design_of(people)
    ours = brr(design, fay=0.3)
    factor = ours.replicates / design.weight[:, None]
    np.testing.assert_allclose(np.unique(np.round(factor, 12)), [0.3, 1.7])
    # Every replicate total averages to the full-sample total: full orthogonal balance.
    np.testing.assert_allclose(ours.replicates.mean(axis=1), design.weight, rtol=1e-12)
    assert ours.replicates.shape[1] == 8 and ours.scale == pytest.approx(1 / (8 * 0.7**2), rel=1e-12)


def test_bootstrap_draws_one_psu_fewer_than_the_stratum_has():
    design = build_design(list("ssstt"), list("abcde"), [1.0, 2.0, 4.0, 1.0, 1.0])
    ours = bootstrap(design, 200, seed=1)
    times = ours.replicates / design.weight[:, None]
    np.testing.assert_allclose(times[:3].sum(axis=0), 3, rtol=1e-12)  # n_h/(n_h - 1) times n_h - 1 draws
    assert set(np.round(times[:3] / (3 / 2), 9).ravel()) == {0, 1, 2}
    assert set(np.round(times[3:], 9).ravel()) == {0, 2}
    assert ours.scale == 1 / 199
    np.testing.assert_array_equal(ours.replicates, bootstrap(design, 200, seed=1).replicates)
    assert (ours.replicates != bootstrap(design, 200, seed=2).replicates).any()


@pytest.mark.parametrize("finite", [False, True])
def test_bootstrap_comes_near_the_linearised_standard_error(finite, people):
    design = design_of(people, finite)
    ours, linear = replicate_total(people["y"], bootstrap(design, 4000, seed=3)), total(people["y"], design)
    # A standard error from B replicates is itself off by about 1/sqrt(2B) = 1.1 %; three of those.
    np.testing.assert_allclose(ours.se, linear.se, rtol=0.034)


@pytest.mark.parametrize("make", [jackknife, brr, lambda design: bootstrap(design, 50, seed=1)])
def test_replicates_of_a_calibrated_design_are_calibrated_anew(make, people):
    design = poststratify(design_of(people), people["sex"], SEXES)
    ours = make(design)
    sexes = pd.get_dummies(people["sex"], dtype=float)
    np.testing.assert_allclose(
        ours.replicates.T @ sexes.to_numpy(), [[1200, 1300]] * ours.replicates.shape[1]
    )
    assert (replicate_total(sexes, ours).se < 1e-9).all()
    near = replicate_mean(people["y"], ours).se / mean(people["y"], design).se
    assert 0.7 < near[0] < 1.5


def test_half_samples_of_other_strata_are_refused():
    with pytest.raises(BadDesign, match="two PSUs") as caught:
        brr(build_design(list("ssstt"), list("abcde"), [1.0] * 5))
    assert caught.value.where == "stratum s" and caught.value.got == "3"


@pytest.mark.parametrize("make", [jackknife, lambda design: bootstrap(design, 9, seed=1)])
def test_a_lone_psu_is_refused_or_left_as_it_is(make):
    columns = list("sst"), list("abc"), [1.0, 2.0, 3.0]
    with pytest.raises(LonePsu) as caught:
        make(build_design(*columns, lone_psu="adjust"))
    assert caught.value.where == "stratum t"
    ours = make(build_design(*columns, lone_psu="certainty"))
    assert (ours.replicates[2] == 3.0).all()


def test_one_replicate_is_not_a_bootstrap():
    with pytest.raises(BadDesign, match="at least two"):
        bootstrap(build_design(list("ss"), list("ab"), [1.0] * 2), 1, seed=1)
