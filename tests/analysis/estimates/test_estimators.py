"""Means, totals, ratios and shares: identities that hold for any design, multi-stage ones included."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import BadDesign, LonePsu, MissingColumn
from analysis.estimates.calibration import poststratify
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimated import effective_size
from analysis.estimates.estimators import joint_means, mean, ratio, shares, total
from analysis.estimates.linearise import linearise_means
from analysis.estimates.regression import regress

DESIGN = {"weight": "weight", "psu": ["psu"], "stratum": ["stratum"], "nest": True}
TWO_STAGE = DESIGN | {"psu": ["psu", "person"], "population": ["big_n", "small_n"]}


def sample(seed):
    """2-4 strata of 2-4 PSUs of 2-5 people, population counts, some answers missing."""
    rng = np.random.default_rng(seed)
    sizes = [
        (h, i, k)
        for h in range(rng.integers(2, 5))
        for i in range(rng.integers(2, 5))
        for k in range(rng.integers(2, 6))
    ]
    table = pd.DataFrame(sizes, columns=["stratum", "psu", "person"]).astype(str)
    table["weight"] = rng.uniform(0.5, 4, len(table))
    table["big_n"], table["small_n"] = 20, 50
    table["y"] = np.where(rng.random(len(table)) < 0.1, np.nan, rng.normal(10, 2, len(table)))
    table["x"] = rng.uniform(1, 3, len(table))
    table["group"] = rng.choice(["a", "b"], len(table))
    table.loc[:1, "group"], table.loc[:1, "y"] = ["a", "b"], [9.0, 11.0]
    return table


seeds = st.integers(0, 2**32 - 1)


@settings(max_examples=60, deadline=None)
@given(seeds, st.sampled_from([DESIGN, TWO_STAGE]))
def test_domain_mean_is_the_ratio_of_totals_and_the_coefficient_without_intercept(seed, how):
    table = sample(seed)
    design, inside = declare_design(table, **how), (table["group"] == "a").to_numpy()
    ours = mean(table["y"], design, inside)
    flag = table["y"].notna() & inside
    as_ratio = ratio(table["y"].where(flag, 0.0), flag.astype(float).rename("n"), design)
    as_model = regress("y ~ 0 + group", table, design)
    at = list(as_model.names).index("groupa")
    for estimate, se in ((as_ratio.estimate[0], as_ratio.se[0]), (as_model.estimate[at], as_model.se[at])):
        assert estimate == pytest.approx(ours.estimate[0], rel=1e-9)
        assert se == pytest.approx(ours.se[0], rel=1e-7, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_doubling_the_data_with_pairs_as_clusters_leaves_the_standard_error(seed):
    table = sample(seed)
    table["pair"] = np.arange(len(table))
    once = mean(table["y"], declare_design(table, weight="weight", psu=["pair"]))
    both = pd.concat([table, table], ignore_index=True)
    twice = mean(both["y"], declare_design(both, weight="weight", psu=["pair"]))
    assert twice.se[0] == pytest.approx(once.se[0], rel=1e-12)


@settings(max_examples=60, deadline=None)
@given(seeds, st.sampled_from([DESIGN, TWO_STAGE]))
def test_weights_order_and_psu_names_change_nothing(seed, how):
    table = sample(seed)
    ours = mean(table[["y", "x"]], declare_design(table, **how))
    changed = table.sample(frac=1, random_state=seed).assign(
        weight=lambda t: t["weight"] * 1e6, psu=lambda t: "commune " + t["psu"]
    )
    again = mean(changed[["y", "x"]], declare_design(changed, **how))
    np.testing.assert_allclose(again.estimate, ours.estimate, rtol=1e-12)
    np.testing.assert_allclose(again.se, ours.se, rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_fast_path_for_many_domains_equals_the_general_routine(seed):
    table = sample(seed)
    design, domains = declare_design(table, **DESIGN), Domains.of(table["group"])
    scores = linearise_means(table[["y", "x"]], design, domains)
    covariances = scores.covariances()
    for at, label in enumerate(domains.labels):
        inside = (table["group"] == label).to_numpy()
        items = [(name, table[name], inside) for name in ("y", "x")]
        np.testing.assert_allclose(covariances[at], joint_means(items, design).vcov, rtol=1e-9, atol=1e-15)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_two_stage_design_goes_through_the_fast_path_unchanged(seed):
    table = sample(seed)
    design = declare_design(table, **TWO_STAGE)
    scores = linearise_means(table[["y"]], design, Domains.of(table["group"]))
    for at, label in enumerate(scores.domains.labels):
        ours = mean(table["y"], design, (table["group"] == label).to_numpy())
        assert np.sqrt(scores.variance()[at, 0]) == pytest.approx(ours.se[0], rel=1e-9, abs=1e-12)


def test_poststratified_totals_of_the_poststrata_are_known_for_sure():
    table = sample(7)
    design = poststratify(declare_design(table, **DESIGN), table["group"], {"a": 300.0, "b": 700.0})
    flags = pd.get_dummies(table["group"]).astype(float)
    ours = total(flags, design)
    assert ours.estimate == pytest.approx([300, 700])
    assert ours.se == pytest.approx([0, 0], abs=1e-9)


def test_shares_sum_to_one_and_their_covariance_to_zero():
    table = sample(11)
    ours = shares(table["group"], declare_design(table, **DESIGN))
    assert ours.estimate.sum() == pytest.approx(1)
    assert ours.vcov.sum() == pytest.approx(0, abs=1e-15)


def test_whole_population_drawn_has_no_sampling_error():
    table = sample(3).assign(big_n=lambda t: t.groupby("stratum")["psu"].transform("nunique"))
    design = declare_design(table, **(DESIGN | {"population": ["big_n"]}))
    assert mean(table["x"], design).se[0] == 0


def test_wald_test_of_one_estimate_is_its_t_test_squared():
    table = sample(5)
    ours = mean(table["x"], declare_design(table, **DESIGN))
    f, df1, _, p = ours.wald(2.0)
    assert df1 == 1
    assert f == pytest.approx(((ours.estimate[0] - 2) / ours.se[0]) ** 2)
    assert p == pytest.approx(ours.p_value(2.0)[0])


def test_total_of_nobody_is_no_number():
    table = sample(5)
    ours = total(table[["x"]], declare_design(table, **DESIGN), np.zeros(len(table), dtype=bool))
    assert np.isnan(ours.estimate[0]) and np.isnan(ours.se[0]) and ours.n[0] == 0


def test_design_effect_without_replacement_is_unknown_where_weights_are_no_numbers_of_people():
    table = sample(5)
    design = declare_design(table.assign(weight=table["weight"] / 1e3), **DESIGN)
    assert np.isnan(mean(table["x"], design).deff_without_replacement[0])
    assert total(table["x"], design).deff_without_replacement[0] < 0  # R's, for totals


def test_effective_size_is_at_most_the_number_of_people():
    table = sample(5)
    ours = mean(table[["x", "y"]], declare_design(table, **DESIGN))
    assert (ours.n_effective == np.minimum(ours.n / ours.deff, ours.n)).all()
    assert effective_size(np.array([10, 10]), np.array([0.5, 2.0])).tolist() == [10, 5]


def test_design_effect_of_a_ratio_is_that_of_the_total_of_its_residuals():
    table = sample(5)
    design = declare_design(table, **DESIGN)
    ours = ratio(table["y"], table["x"], design)
    known = table["y"].notna() & table["x"].notna()
    rest = (table["y"] - ours.estimate[0] * table["x"]) / (table["weight"] * table["x"])[known].sum()
    assert ours.deff[0] == pytest.approx(total(rest.where(known), design).deff[0])


@pytest.mark.parametrize(
    ("values", "domain"),
    [
        (pd.Series([1.0, 2.0]), None),
        (pd.Series([1.0] * 47 + [np.inf]), None),
        (pd.Series(["a"] * 48), None),
        (pd.DataFrame(index=range(48)), None),
        (pd.Series([1.0] * 48), np.ones(3, dtype=bool)),
    ],
    ids=["rows", "infinite", "text", "no measure", "domain"],
)
def test_answers_that_do_not_fit_the_design_are_refused(values, domain):
    design = build_design(["a"] * 48, np.arange(48), np.ones(48))
    for estimator in (mean, total):
        with pytest.raises(BadDesign, match="Nothing can be estimated"):
            estimator(values, design, domain)


def test_infinite_answers_are_refused_by_the_fast_path_too():
    table = sample(5)
    y = table[["y"]].assign(y=np.inf)
    with pytest.raises(BadDesign, match="infinite") as fault:
        linearise_means(y, declare_design(table, **DESIGN), Domains.everybody(len(table)))
    assert fault.value.where == "y"


@pytest.mark.parametrize(
    ("change", "how", "error"),
    [
        ({}, DESIGN | {"weight": "wieght"}, MissingColumn),
        ({"weight": -1.0}, DESIGN, BadDesign),
        ({"psu": "1"}, DESIGN | {"nest": False}, BadDesign),
        ({"psu": "1"}, DESIGN, LonePsu),
        ({"big_n": 1}, TWO_STAGE, BadDesign),
        ({}, DESIGN | {"lone_psu": "ignore"}, BadDesign),
    ],
)
def test_design_that_cannot_be_used_is_refused(change, how, error):
    with pytest.raises(error) as fault:
        declare_design(sample(1).assign(**change), **how)
    assert fault.value.vi


def all_of_it(table, how):
    """Estimates and standard errors of every estimator, by name; totals by the sum of weights."""
    design, inside = declare_design(table, **how), (table["group"] == "a").to_numpy()
    size = table["weight"].sum()
    found = {
        "mean": mean(table[["y", "x"]], design, inside),
        "ratio": ratio(table["y"], table["x"], design, inside),
        "shares": shares(table["group"], design),
        "joint": joint_means([("ya", table["y"], inside), ("x", table["x"], None)], design),
    }
    out = {name: (each.estimate, each.se) for name, each in found.items()}
    whole = total(table[["y", "x"]], design, inside)
    return out | {"total": (whole.estimate / size, whole.se / size)}


@settings(max_examples=60, deadline=None)
@given(seeds, st.sampled_from([DESIGN, TWO_STAGE]))
def test_scale_order_and_names_change_no_digit_that_is_known(seed, how):
    """To 1e-12 of the estimate, the largest of a vector's."""
    table = sample(seed)
    before = all_of_it(table, how)
    scaled = table.assign(weight=table["weight"] * 1e6)
    mixed = table.sample(frac=1, random_state=seed % 1000).reset_index(drop=True)
    renamed = table.assign(
        psu="village " + table["psu"].str[::-1], stratum=table["stratum"].map(lambda h: f"zone {h}")
    )
    for other in (scaled, mixed, renamed):
        after = all_of_it(other, how)
        for name, (estimate, se) in before.items():
            scale = np.nanmax(np.abs(estimate))
            np.testing.assert_allclose(after[name][0], estimate, rtol=1e-12, atol=1e-12 * scale, err_msg=name)
            np.testing.assert_allclose(after[name][1], se, rtol=1e-12, atol=1e-12 * scale, err_msg=name)
