"""Estimates of several measures, domains and rounds as one vector: the covariances of the routines it stands on."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.contrasts import compare_domains
from analysis.estimates.design import declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import joint_means
from analysis.estimates.joint import Part, covariance_table, joint_estimates
from analysis.estimates.linearise import linearise_means
from analysis.estimates.linearise_sums import linearise_ratios, linearise_totals
from analysis.estimates.replicate_weights import jackknife
from analysis.estimates.replicated_scores import ReplicatedScores


def sample(seed, first=0):
    """3 strata of 4 PSUs of 5 people, PSUs numbered from `first` on."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({"stratum": np.repeat(range(3), 20), "psu": np.repeat(range(12), 5) % 4 + first})
    table["psu"] = table["stratum"] * 100 + table["psu"]
    table["w"] = rng.uniform(0.5, 3, 60)
    level = dict(zip(range(1000), np.random.default_rng(1).normal(0, 1, 1000), strict=True))
    table["y"] = table["psu"].map(level) + rng.normal(5, 1, 60)
    table["x"] = np.where(rng.random(60) < 0.2, np.nan, rng.uniform(1, 2, 60))
    table["group"] = rng.choice(["a", "b"], 60)
    return table


def design_of(table, **more):
    return declare_design(table, weight="w", psu=["psu"], stratum=["stratum"], **more)


def scores_of(table, design=None):
    design = design_of(table) if design is None else design
    return linearise_means(table[["y", "x"]], design, Domains.of(table["group"], ["a", "b"]))


def test_means_of_one_design_have_the_covariance_of_joint_means():
    table = sample(2)
    scores = scores_of(table)
    parts = [Part(scores, d, k) for d in (0, 1) for k in (0, 1)]
    ours = joint_estimates(parts, ["ya", "xa", "yb", "xb"])
    items = [(f"{c}{g}", table[c], (table["group"] == g).to_numpy()) for g in "ab" for c in "yx"]
    theirs = joint_means(items, scores.design)
    np.testing.assert_allclose(ours.estimate, theirs.estimate, rtol=1e-12)
    np.testing.assert_allclose(ours.vcov, theirs.vcov, rtol=1e-10, atol=1e-15)
    assert ours.df_answered.tolist() == theirs.df_answered.tolist()
    table = covariance_table(ours)
    assert list(table.index) == list(table.columns) == ["ya", "xa", "yb", "xb"]


def test_means_totals_and_ratios_stand_together():
    table = sample(2)
    design, everybody = design_of(table), Domains.everybody(60)
    means = linearise_means(table[["y"]], design, everybody)
    totals = linearise_totals(table[["y"]].assign(one=1.0), design, everybody)
    ratios = linearise_ratios(table[["y"]], table[["y"]].assign(y=1.0), design, everybody)
    ours = joint_estimates(
        [Part(means), Part(ratios), Part(totals), Part(totals, 0, 1)], ["m", "r", "t", "n"]
    )
    np.testing.assert_allclose(ours.vcov[0, 0], ours.vcov[1, 1], rtol=1e-10)
    np.testing.assert_allclose(ours.vcov[0, 1], ours.vcov[0, 0], rtol=1e-10)
    # t / n is the mean, so its error is too.
    t, n = ours.estimate[2:]
    by_delta = ours.transform(
        lambda e: np.array([e[2] / e[3]]), lambda e: np.array([[0, 0, 1 / n, -t / n**2]])
    )
    assert by_delta.se[0] == pytest.approx(ours.se[0], rel=1e-10)


@pytest.mark.parametrize("first", [0, 2, 50], ids=["all shared", "some shared", "none shared"])
def test_two_rounds_share_the_psus_that_both_hold(first):
    now, before = scores_of(sample(2)), scores_of(sample(3, first))
    ours = joint_estimates([Part(now, 0, 0), Part(before, 0, 0)], ["now", "before"])
    theirs = compare_domains(now, 0, before, 0)
    assert ours.contrast([1, -1]).se[0] == pytest.approx(theirs.se[0], rel=1e-12)
    assert (ours.vcov[0, 1] == 0) == (first == 50)


def test_a_round_of_two_stages_and_one_of_one_stage_stand_together():
    table = sample(2).assign(person=range(60), psus=30, people=40)
    staged = declare_design(
        table, weight="w", psu=["psu", "person"], stratum=["stratum"], population=["psus", "people"]
    )
    now, before = scores_of(table, staged), scores_of(sample(3))
    ours = joint_estimates([Part(now, 0, 0), Part(before, 0, 0)], ["now", "before"])
    assert ours.contrast([1, -1]).se[0] == pytest.approx(compare_domains(now, 0, before, 0).se[0], rel=1e-12)
    assert ours.vcov[0, 0] == pytest.approx(now.variance()[0, 0], rel=1e-12)


def test_an_estimate_of_nobody_is_unknown_and_leaves_the_others():
    table = sample(2)
    scores = linearise_means(table[["y"]], design_of(table), Domains.of(table["group"], ["a", "nobody"]))
    ours = joint_estimates([Part(scores, 0), Part(scores, 1)], ["a", "nobody"])
    assert np.isfinite(ours.vcov[0, 0]) and np.isnan(ours.vcov[1]).all() and np.isnan(ours.estimate[1])


def test_r_s_degrees_of_freedom_are_the_domain_s():
    table = sample(2)
    table.loc[table["psu"] == 0, "y"] = np.nan
    scores = linearise_means(table[["y"]], design_of(table), Domains.everybody(60))
    assert joint_estimates([Part(scores)], ["y"]).df == 11 - 3
    assert joint_estimates([Part(scores)], ["y"], "r").df == 12 - 3


def test_replicated_estimates_have_the_replicates_covariance():
    table = sample(2)
    made = jackknife(design_of(table))
    scores = scores_of(table)
    own = ReplicatedScores.of(scores, made)
    ours = joint_estimates([Part(own, 0, 0), Part(own, 1, 0)], ["a", "b"])
    moved = np.column_stack([own.replicated(0)[:, 0], own.replicated(1)[:, 0]])
    np.testing.assert_allclose(ours.vcov, made.covariance(moved, ours.estimate), rtol=1e-12)
    linearised = joint_estimates([Part(scores, 0, 0), Part(scores, 1, 0)], ["a", "b"])
    np.testing.assert_allclose(ours.vcov, linearised.vcov, rtol=0.3, atol=0.01)
