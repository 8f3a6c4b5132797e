"""Replicate designs against arithmetic and R's survey package."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import BadWeight, UnknownName
from analysis.estimates.association import chisquare, ttest
from analysis.estimates.calibration import poststratify
from analysis.estimates.design import declare_design
from analysis.estimates.quantiles import quantile
from analysis.estimates.regression import regress
from analysis.estimates.replicate_estimates import replicate_estimate, replicate_mean, replicate_total
from analysis.estimates.replicate_weights import jackknife
from analysis.estimates.replicates import given_replicates
from tests.conftest import require_or_skip

FOLDER = Path(__file__).parents[2] / "reference" / "replicates"
CASES = ["jk1", "jk1_finite", "jkn", "jkn_finite", "brr", "fay", "bootstrap", "jkn_poststratified"]


@pytest.fixture(scope="module")
def people():
    table = pd.read_csv(FOLDER / "sample.csv")
    return table.assign(unit=table["stratum"] + table["psu"], all_units=54)


def replicated(case, people, mse):
    names = dict(weight="weight", psu=["psu"], stratum=["stratum"], nest=True)
    if case in ("brr", "fay", "bootstrap"):
        kind = {"brr": "BRR", "fay": "Fay"}.get(case, case)
        weights = pd.read_csv(FOLDER / f"{case}.csv")
        return given_replicates(people["weight"], weights, kind, fay=0.3 if case == "fay" else 0.0, mse=mse)
    if case.startswith("jk1"):
        population = ["all_units"] if case == "jk1_finite" else []
        design = declare_design(people, weight="weight", psu=["unit"], population=population)
    else:
        design = declare_design(people, **names, population=["units"] if case == "jkn_finite" else [])
    if case == "jkn_poststratified":
        design = poststratify(design, people["sex"], {"female": 1200, "male": 1300})
    return jackknife(design, mse=mse)


@pytest.mark.parametrize("mse", [False, True])
@pytest.mark.parametrize("case", CASES)
def test_estimates_and_standard_errors_equal_r(case, mse, people):
    design = replicated(case, people, mse)
    r = pd.read_csv(FOLDER / "estimates.csv").query("case == @case and mse == @mse")
    assert len(r) == 6
    for row in r.itertuples():
        inside = np.ones(len(people), dtype=bool) if row.domain == "all" else (people["poor"] == 1).to_numpy()
        if row.statistic == "ratio":
            seen = inside & people["y"].notna()
            y, x = people["y"].where(seen, 0).to_numpy(), people["x"].where(seen, 0).to_numpy()
            found = replicate_estimate(lambda w, y=y, x=x: w @ y / (w @ x), design, ["y/x"])
        else:
            found = {"mean": replicate_mean, "total": replicate_total}[row.statistic](
                people["y"], design, inside
            )
            assert found.df == row.df
        np.testing.assert_allclose([found.estimate[0], found.se[0]], [row.estimate, row.se], rtol=1e-9)


def numbers_of(people, design, inside):
    """What models.csv holds, by us: name -> values."""
    y, high = people["y"], (people["y"] > 30).where(people["y"].notna()).astype(object)
    out = {}
    for kind in ("mean", "quantile"):
        for rule in ("math", "hf7"):
            q = quantile(y, design, [0.25, 0.5, 0.8], inside, rule, kind)
            out[f"quantile {kind} {rule}"] = np.column_stack([q.estimate, q.ci_low, q.ci_high, q.se])
    line = regress("y ~ sex + x", people, design, domain=inside)
    out |= {"linear": line.estimate, "linear se": line.se, "linear df": line.df_residual}
    if inside.all():
        yes = regress("I(1.0 * (y > 30)) ~ x", people, design, "binomial")
        out |= {"logistic": yes.estimate, "logistic se": yes.se}
    t = ttest(y, people["sex"], design, inside)
    out["ttest"] = [t.difference, t.t, t.df, t.p]
    c = chisquare(people["sex"], high, design, inside)
    out["chisq Chisq"] = [c.pearson, c.first_order.df1, c.first_order.p]
    for name, test in (("F", c.second_order), ("Wald", c.wald), ("adjWald", c.adjusted_wald)):
        out[f"chisq {name}"] = [test.statistic, test.df1, test.df2, test.p]
    return {
        f"{name} {at}": v for name, values in out.items() for at, v in enumerate(np.ravel(values), start=1)
    }


@pytest.mark.parametrize("domain", ["all", "poor", "few"])
@pytest.mark.parametrize("case", ["jkn", "jkn_finite", "brr", "fay", "bootstrap"])
def test_quantiles_tests_and_models_equal_r(case, domain, people):
    """In the domain "few" some bootstrap replicates have nobody: R leaves them out, and so do we."""
    inside = {
        "all": np.ones(len(people), dtype=bool),
        "poor": (people["poor"] == 1).to_numpy(),
        "few": people["stratum"].isin(sorted(people["stratum"].unique())[:2]).to_numpy(),
    }[domain]
    ours = numbers_of(people, replicated(case, people, False), inside)
    r = (
        pd.read_csv(FOLDER / "models.csv")
        .query("case == @case and domain == @domain")
        .set_index("name")["value"]
    )
    assert set(r.index) <= set(ours) and len(r) >= 74
    np.testing.assert_allclose([ours[name] for name in r.index], r.to_numpy(), rtol=2e-6, atol=1e-9)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    shutil.copy(FOLDER / "sample.csv", tmp_path)
    subprocess.run(["Rscript", FOLDER.with_suffix(".R"), tmp_path], check=True, capture_output=True)
    for name in ("estimates.csv", "models.csv", "brr.csv", "fay.csv", "bootstrap.csv"):
        pd.testing.assert_frame_equal(pd.read_csv(tmp_path / name), pd.read_csv(FOLDER / name), rtol=1e-9)


def small(mse=False, **options):
    weights = np.array([[0.0, 4.0, 2.0], [3.0, 0.0, 3.0], [1.0, 2.0, 0.0]])
    return given_replicates([2.0, 2.0, 1.0], weights, mse=mse, **options)


def test_variance_is_the_scaled_spread_about_the_replicates_mean_or_the_estimate():
    y = pd.Series([1.0, 2.0, 4.0], name="y")
    totals = [3 * 2 + 1 * 4, 4 * 1 + 2 * 4, 2 * 1 + 3 * 2]  # 10, 12, 8
    found = replicate_total(y, small(scale=0.5, rscales=[1, 2, 1]))
    assert found.estimate[0] == 2 * 1 + 2 * 2 + 1 * 4 == 10
    assert found.vcov[0, 0] == pytest.approx(0.5 * (0**2 + 2 * 2**2 + 2**2), rel=1e-12)
    # A replicate that counts 0 is not in the centre either: mean of 10 and 12.
    found = replicate_total(y, small(scale=0.5, rscales=[1, 1, 0]))
    assert found.vcov[0, 0] == pytest.approx(0.5 * (1 + 1), rel=1e-12)
    found = replicate_total(y, small(mse=True, scale=1))
    assert found.vcov[0, 0] == pytest.approx(sum((total - 10) ** 2 for total in totals), rel=1e-12)


def test_replicates_without_the_sampling_weight_are_multiplied_by_it():
    factors = small(scale=1).replicates / np.array([[2.0], [2.0], [1.0]])
    ours = given_replicates([2.0, 2.0, 1.0], factors, scale=1, combined=False)
    np.testing.assert_allclose(ours.replicates, small(scale=1).replicates, rtol=1e-12)


@pytest.mark.parametrize(
    ("kind", "fay", "scale"),
    [("JK1", 0, 2 / 3), ("BRR", 0, 1 / 3), ("Fay", 0.5, 1 / (3 * 0.25)), ("bootstrap", 0, 1 / 2)],
)
def test_scale_follows_from_the_kind(kind, fay, scale):
    assert small(kind=kind, fay=fay).scale == pytest.approx(scale, rel=1e-12)


def test_many_variables_at_once_give_their_covariance_and_their_own_n(people):
    design = replicated("jkn", people, False)
    both = replicate_mean(people[["x", "y"]], design)
    apart = [replicate_mean(people[name], design) for name in ("x", "y")]
    assert list(both.n) == [52, people["y"].notna().sum()]
    np.testing.assert_allclose(both.se, [one.se[0] for one in apart], rtol=1e-12)

    def difference(w):
        y = people["y"].to_numpy()
        seen = ~np.isnan(y)
        return w[seen] @ y[seen] / w[seen].sum() - w @ people["x"].to_numpy() / w.sum()

    gap = both.contrast([[-1, 1]])
    np.testing.assert_allclose(gap.se, replicate_estimate(difference, design).se, rtol=1e-9)


def test_a_replicate_without_the_estimate_is_left_out_as_in_r_and_counted(people):
    # The domain is one PSU: without the replicate that leaves it out all others are alike, so 0.
    design = replicated("jkn", people, False)
    only = ((people["stratum"] == "s1") & (people["psu"] == "p1")).to_numpy()
    values = people[["x"]].assign(inside=people["x"].where(only))
    found = replicate_mean(values, design)
    assert np.isfinite(found.estimate).all() and np.isfinite(found.se[0])
    assert found.se[1] == pytest.approx(0, abs=1e-12)
    assert found.replicates_used.tolist() == [10, 9]
    everything = design.covariance(np.column_stack([np.arange(10.0), [np.nan, *range(9)]]), np.zeros(2))
    without = replace(design, replicates=design.replicates[:, 1:], rscales=design.rscales[1:])
    both = without.covariance(np.column_stack([np.arange(1.0, 10), np.arange(9.0)]), np.zeros(2))
    assert everything[0, 1] == pytest.approx(both[0, 1]) and everything[1, 1] == pytest.approx(both[1, 1])
    assert everything[0, 0] == pytest.approx(design.covariance(np.arange(10.0)[:, None], np.zeros(1))[0, 0])


def test_an_estimate_that_no_replicate_has_is_unknown(people):
    design = replicated("jkn", people, False)
    moved = np.column_stack([np.arange(10.0), np.full(10, np.nan)])
    found = design.covariance(moved, np.zeros(2))
    assert np.isfinite(found[0, 0]) and np.isnan(found[1]).all()


def test_a_domain_without_answers_is_empty_and_leaves_the_others(people):
    found = replicate_mean(people[["x"]].assign(none=np.nan), replicated("jkn", people, False))
    assert np.isnan(found.estimate[1]) and np.isnan(found.se[1]) and found.n[1] == 0
    assert np.isfinite(found.se[0])


def test_df_is_the_rank_of_the_replicates_of_those_inside_less_one(people):
    design = replicated("jkn", people, False)
    assert design.df == 10 - 5
    one_stratum = (people["stratum"] == "s1").to_numpy()
    assert design.df_of(one_stratum) == 2 - 1
    assert design.df_of(np.zeros(len(people), dtype=bool)) == -1


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.floats(1e-6, 1e6))
def test_rescaled_weights_and_shuffled_rows_change_nothing(seed, factor):
    people = pd.read_csv(FOLDER / "sample.csv")
    order = np.random.default_rng(seed).permutation(len(people))
    names = dict(psu=["psu"], stratum=["stratum"], nest=True)
    found = replicate_mean(people["y"], jackknife(declare_design(people, weight="weight", **names)))
    moved = people.assign(weight=people["weight"] * factor).iloc[order].reset_index(drop=True)
    other = replicate_mean(moved["y"], jackknife(declare_design(moved, weight="weight", **names)))
    np.testing.assert_allclose([other.estimate, other.se], [found.estimate, found.se], rtol=1e-12)
    assert other.df == found.df


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (dict(), "scale or rscales"),
        (dict(kind="JKn"), "scale or rscales"),
        (dict(scale=0), "scale, rscales"),
        (dict(scale=1, rscales=[1, 1]), "scale, rscales"),
        (dict(scale=1, rscales=[1, 1, -1]), "scale, rscales"),
        (dict(kind="Fay", fay=1), "fay"),
    ],
)
def test_scales_that_cannot_be_used_are_named(options, where):
    with pytest.raises(BadWeight) as caught:
        small(**options)
    assert caught.value.where == where and caught.value.vi


def test_weights_that_cannot_be_used_are_refused():
    with pytest.raises(BadWeight) as caught:
        given_replicates([1.0, 1.0], np.ones((3, 2)), "JK1")
    assert caught.value.got == "shape (3, 2)"
    with pytest.raises(BadWeight, match="cannot be used"):
        given_replicates([1.0, 1.0], [[1.0, np.nan], [1.0, 1.0]], "JK1")
    with pytest.raises(UnknownName, match="JK3"):
        given_replicates([1.0, 1.0], np.ones((2, 2)), "JK3")
