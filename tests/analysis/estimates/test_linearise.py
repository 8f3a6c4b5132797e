"""Means and their scores against sums worked by hand, and properties that must hold for any data."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.estimates.calibration import poststratify
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import mean
from analysis.estimates.linearise import linearise_means

#: Two strata of two PSUs; weights differ; one answer is missing.
TABLE = pd.DataFrame(
    {
        "stratum": ["a", "a", "a", "a", "b", "b", "b", "b"],
        "psu": ["1", "1", "2", "2", "3", "3", "4", "4"],
        "weight": [1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 2.0, 1.0],
        "y": [1.0, 0.0, 1.0, 1.0, 0.0, np.nan, 1.0, 0.0],
        "group": ["m", "f", "m", "f", "m", "f", "m", "f"],
    }
)


def scores_of(table, by=None, columns=("y",), lone_psu="stop"):
    design = build_design(table["stratum"], table["psu"], table["weight"], lone_psu)
    domains = Domains.everybody(len(table)) if by is None else Domains.of(table[by])
    return linearise_means(table[list(columns)], design, domains)


def test_mean_is_weighted_over_those_who_answered():
    answered = 1 + 2 + 1 + 1 + 3 + 2 + 1
    assert scores_of(TABLE).estimate[0, 0] == pytest.approx((1 + 1 + 1 + 2) / answered)


def test_variance_is_the_between_psu_sum_within_strata():
    base = 1 + 2 + 1 + 1 + 3 + 2 + 1
    mean = 5 / base
    z = [(1 - mean * 3) / base, (2 - mean * 2) / base, (0 - mean * 3) / base, (2 - mean * 3) / base]
    by_hand = sum(2 / 1 * (pair[0] ** 2 + pair[1] ** 2 - sum(pair) ** 2 / 2) for pair in (z[:2], z[2:]))
    assert scores_of(TABLE).variance()[0, 0] == pytest.approx(by_hand, rel=1e-14)


def test_domain_keeps_psus_without_it_in_the_variance():
    only_in_one_psu = TABLE.assign(group=["m", "m", "f", "f", "f", "f", "f", "f"])
    scores = scores_of(only_in_one_psu, "group")
    m = scores.domains.labels.index("m")
    assert scores.n_psu[m, 0] == 1
    assert scores.df[m, 0] == 1 - 1
    assert scores.variance()[m, 0] == pytest.approx(0.0, abs=1e-30)


def test_counts_are_of_people_psus_and_strata_with_an_answer():
    scores = scores_of(TABLE, "group")
    f = scores.domains.labels.index("f")
    assert scores.n[f, 0] == 4 - 1
    assert scores.n_psu[f, 0] == 3  # the only woman of PSU 3 gave no answer
    assert scores.df[f, 0] == 3 - 2


def test_domain_nobody_answered_in_has_no_estimate():
    scores = scores_of(TABLE.assign(y=np.nan))
    assert np.isnan(scores.estimate[0, 0])
    assert np.isnan(scores.variance()[0, 0])


def test_srs_variance_is_the_sample_variance_over_n_for_equal_weights():
    table = TABLE.assign(weight=1.0, y=[1.0, 0, 1, 1, 0, 0, 1, 0])
    assert scores_of(table).srs_variance[0, 0] == pytest.approx(table["y"].var(ddof=1) / 8)


@pytest.mark.parametrize(("policy", "factor"), [("certainty", 1), ("remove", 1), ("average", 3 / 2)])
def test_lone_stratum_adds_nothing_or_the_average(policy, factor):
    lone = pd.DataFrame({"stratum": "c", "psu": "9", "weight": 1.0, "y": [1.0], "group": "m"})
    table = pd.concat([TABLE, lone], ignore_index=True)
    base = 11 + 1
    mean = (5 + 1) / base
    z = [(1 - mean * 3) / base, (2 - mean * 2) / base, (0 - mean * 3) / base, (2 - mean * 3) / base]
    paired = sum(2 * (p[0] ** 2 + p[1] ** 2 - sum(p) ** 2 / 2) for p in (z[:2], z[2:]))
    assert scores_of(table, lone_psu=policy).variance()[0, 0] == pytest.approx(paired * factor)


def test_lone_stratum_under_adjust_adds_its_squared_score():
    lone = pd.DataFrame({"stratum": "c", "psu": "9", "weight": 1.0, "y": [1.0], "group": "m"})
    table = pd.concat([TABLE, lone], ignore_index=True)
    extra = scores_of(table, lone_psu="adjust").variance() - scores_of(table, lone_psu="remove").variance()
    assert extra[0, 0] == pytest.approx(((1 - 6 / 12) / 12) ** 2)


def test_composite_variance_carries_the_covariance_of_its_parts():
    table = TABLE.assign(x=[1.0, 2, 3, 1, 2, 3, np.nan, 1])
    parts = scores_of(table, columns=("y", "x"))
    combined = parts.combine(np.array([[2.0], [-3.0]]), np.array([5.0]), ["both"])
    z = parts.psu_scores(0)
    u = 2 * z[:, 0] - 3 * z[:, 1]
    by_hand = sum(2 * ((u[list(p)] - u[list(p)].mean()) ** 2).sum() for p in ((0, 1), (2, 3)))
    assert combined.estimate[0, 0] == pytest.approx(5 + 2 * parts.estimate[0, 0] - 3 * parts.estimate[0, 1])
    assert combined.variance()[0, 0] == pytest.approx(by_hand)
    assert combined.n[0, 0] == 8
    assert combined.n_least[0, 0] == 7


def test_composite_of_one_part_answered_by_all_has_that_parts_srs_variance():
    table = TABLE.assign(y=[1.0, 0, 1, 1, 0, 0, 1, 0])
    parts = scores_of(table, "group")
    same = parts.combine(np.array([[1.0]]), np.array([0.0]), ["same"])
    assert same.srs_variance == pytest.approx(parts.srs_variance)


def test_composite_with_an_unanswered_part_is_empty():
    parts = scores_of(TABLE.assign(x=np.nan), columns=("y", "x"))
    combined = parts.combine(np.array([[1.0, 1.0], [1.0, 0.0]]), np.zeros(2), ["both", "y only"])
    assert np.isnan(combined.estimate[0]).tolist() == [True, False]


@st.composite
def samples(draw):
    """A random two-stage sample: 2-4 strata of 2-4 PSUs of 1-5 people, some answers missing."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = [
        (f"s{h}", f"p{h}.{i}")
        for h in range(rng.integers(2, 5))
        for i in range(rng.integers(2, 5))
        for _ in range(rng.integers(1, 6))
    ]
    table = pd.DataFrame(rows, columns=["stratum", "psu"])
    table["weight"] = rng.uniform(0.2, 5, len(table))
    table["y"] = np.where(rng.random(len(table)) < 0.15, np.nan, rng.normal(50, 3, len(table)))
    table["group"] = rng.choice(["m", "f"], len(table))
    table.loc[0, "y"] = 50.0
    return table


def same_to_a_billionth_of_a_thousandth(a, b):
    """Estimates to 1e-12 of themselves; errors to 1e-12 of themselves, or of the estimate where they are 0."""
    np.testing.assert_allclose(b.estimate, a.estimate, rtol=1e-12)
    scale = np.nanmax(np.abs(a.estimate), initial=0.0)
    for ours, theirs in ((b.variance(), a.variance()), *zip(b.covariances(), a.covariances(), strict=True)):
        se, other = np.sqrt(np.abs(ours)), np.sqrt(np.abs(theirs))
        np.testing.assert_allclose(se, other, rtol=1e-12, atol=1e-12 * scale)
    assert (a.n == b.n).all() and (a.df == b.df).all()


@settings(max_examples=150, deadline=None)
@given(samples())
def test_rescaling_weights_changes_nothing(table):
    a, b = scores_of(table, "group"), scores_of(table.assign(weight=table["weight"] * 1e6), "group")
    same_to_a_billionth_of_a_thousandth(a, b)


@settings(max_examples=150, deadline=None)
@given(samples(), st.integers(0, 2**32 - 1))
def test_shuffling_rows_and_renaming_psus_changes_nothing(table, seed):
    shuffled = table.sample(frac=1, random_state=seed).assign(psu=lambda t: "x" + t["psu"].str[::-1])
    same_to_a_billionth_of_a_thousandth(scores_of(table, "group"), scores_of(shuffled, "group"))


@settings(max_examples=100, deadline=None)
@given(samples())
def test_splitting_into_domains_leaves_the_whole(table):
    whole, parts = scores_of(table), scores_of(table, "group")
    rebuilt = np.nansum(parts.estimate * parts.base_weight, axis=0) / parts.base_weight.sum(axis=0)
    np.testing.assert_allclose(rebuilt, whole.estimate[0], rtol=1e-12)


def staged(table, policy="adjust", in_domains=False):
    """The random sample as two stages out of finite populations."""
    villages = table.groupby(["stratum", "psu"]).cumcount() // 2
    table = table.assign(village=villages, psus=9, villages=9)
    names = dict(psu=["psu", "village"], stratum=["stratum"], population=["psus", "villages"])
    return declare_design(table, weight="weight", lone_psu=policy, lone_in_domains=in_domains, **names)


@pytest.mark.parametrize("policy", ["adjust", "average", "remove"])
@pytest.mark.parametrize("in_domains", [False, True])
@settings(max_examples=25, deadline=None)
@given(table=samples())
def test_many_measures_by_domain_have_the_errors_of_one_at_a_time(table, policy, in_domains):
    """The layout for domains against `estimators.mean`, which the R oracle holds."""
    table = table.assign(x=table["y"].where(table.index % 3 > 0) ** 2, sex=table["group"].to_numpy()[::-1])
    design = staged(table, policy, in_domains)
    if table["sex"].nunique() == 2:
        design = poststratify(design, table["sex"], {"m": 400, "f": 600})
    scores = linearise_means(table[["y", "x"]], design, Domains.of(table["group"], ["m", "f"]))
    variances = scores.variance()
    for d, group in enumerate(["m", "f"]):
        one_by_one = [mean(table[c], design, (table["group"] == group).to_numpy()) for c in ("y", "x")]
        theirs = [one.se[0] ** 2 if np.isfinite(one.estimate[0]) else np.nan for one in one_by_one]
        scale = np.nanmax([1e-12, *np.nan_to_num(theirs)])
        np.testing.assert_allclose(variances[d], theirs, rtol=1e-9, atol=1e-12 * scale)
        known = np.isfinite(theirs)
        np.testing.assert_allclose(
            np.diag(scores.covariance(d))[known], np.array(theirs)[known], rtol=1e-9, atol=1e-12 * scale
        )
