"""Totals and ratios by domain in one pass are the estimators' own, one domain and measure at a time."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import BadRows
from analysis.estimates.calibration import poststratify
from analysis.estimates.contrasts import compare_domains
from analysis.estimates.design import declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import ratio, total
from analysis.estimates.linearise_sums import linearise_ratios, linearise_totals

DESIGNS = {
    "plain": dict(psu=["psu"]),
    "adjust": dict(psu=["psu"], lone_psu="adjust"),
    "average": dict(psu=["psu"], lone_psu="average"),
    "domains": dict(psu=["psu"], lone_psu="adjust", lone_in_domains=True),
    "stages": dict(psu=["psu", "person"], population=["psus", "people"], lone_psu="remove"),
}


def sample(seed, lone=False):
    rng = np.random.default_rng(seed)
    sizes = [
        (h, i, k) for h in range(3) for i in range(rng.integers(2, 4)) for k in range(rng.integers(2, 5))
    ]
    table = pd.DataFrame(sizes, columns=["stratum", "psu", "person"])
    if lone:
        table = table[(table["stratum"] > 0) | (table["psu"] == 0)].reset_index(drop=True)
    table["psu"] += 10 * table["stratum"]
    table["person"] = np.arange(len(table))
    table["weight"], table["psus"], table["people"] = rng.uniform(0.5, 4, len(table)), 9, 20
    table["y"] = np.where(rng.random(len(table)) < 0.1, np.nan, rng.normal(10, 2, len(table)))
    table["x"] = np.where(rng.random(len(table)) < 0.1, np.nan, rng.uniform(1, 3, len(table)))
    table["group"] = rng.choice(["a", "b"], len(table))
    return table


def design_of(table, kind):
    return declare_design(table, weight="weight", stratum=["stratum"], **DESIGNS[kind])


@pytest.mark.parametrize("kind", [*DESIGNS, "calibrated"])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_totals_and_ratios_by_domain_are_those_of_one_at_a_time(kind, seed):
    table = sample(seed, lone=kind in ("adjust", "average", "domains"))
    design = design_of(table, "plain" if kind == "calibrated" else kind)
    if kind == "calibrated":
        sizes = dict.fromkeys(table["group"].unique(), 100.0)
        design = poststratify(design, table["group"], sizes)
    domains = Domains.of(table["group"], ["a", "b", "nobody"])
    totals = linearise_totals(table[["y", "x"]], design, domains)
    ratios = linearise_ratios(table[["y", "x"]], table[["x", "y"]], design, domains)
    assert ratios.measures == ("y/x", "x/y")
    for at, label in enumerate(domains.labels):
        inside = (table["group"] == label).to_numpy()
        for k, (name, other) in enumerate((("y", "x"), ("x", "y"))):
            theirs = total(table[name], design, inside)
            _agree(totals, at, k, theirs)
            _agree(ratios, at, k, ratio(table[name], table[other], design, inside))


def _agree(scores, at, k, theirs):
    np.testing.assert_allclose(scores.estimate[at, k], theirs.estimate[0], rtol=1e-12)
    scale = abs(np.nan_to_num(theirs.estimate[0])) ** 2
    wanted = np.nan if np.isnan(theirs.estimate[0]) else theirs.vcov[0, 0]
    np.testing.assert_allclose(scores.variance()[at, k], wanted, rtol=1e-11, atol=1e-26 * scale)
    assert scores.n[at, k] == theirs.n[0]
    assert scores.df[at, k] == theirs.df_answered[0]
    if theirs.n[0] > 1:
        np.testing.assert_allclose(scores.srs_variance[at, k], theirs.srs_variance[0], rtol=1e-9)


def test_difference_of_two_groups_totals_is_the_total_of_signed_answers():
    table = sample(7)
    design = design_of(table, "plain")
    scores = linearise_totals(table[["x"]], design, Domains.of(table["group"], ["a", "b"]))
    signed = table["x"].where(table["group"] == "a", -table["x"])
    theirs = total(signed, design)
    ours = compare_domains(scores, 0, scores, 1)
    assert (ours.estimate[0], ours.se[0]) == pytest.approx((theirs.estimate[0], theirs.se[0]), rel=1e-12)


def test_covariance_of_totals_is_that_of_the_estimator():
    table = sample(3)
    design = design_of(table, "plain")
    scores = linearise_totals(table[["y", "x"]], design, Domains.everybody(len(table)))
    np.testing.assert_allclose(scores.covariance(0), total(table[["y", "x"]], design).vcov, rtol=1e-10)


def test_ratio_over_nothing_and_another_number_of_denominators():
    table = sample(3).assign(zero=0.0)
    design, domains = design_of(table, "plain"), Domains.everybody(len(sample(3)))
    assert np.isnan(linearise_ratios(table[["y"]], table[["zero"]], design, domains).estimate[0, 0])
    with pytest.raises(BadRows):
        linearise_ratios(table[["y", "x"]], table[["x"]], design, domains)
