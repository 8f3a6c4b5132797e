"""Fay-Herriot: closed forms, the simulated truth, and what it refuses."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize_scalar

from analysis.errors import BadDesign, UnknownName
from analysis.estimates.small_area import LEAST_AREAS, TooFewAreas, fit_fay_herriot, reml_variance

EXACT = 1e-9


def drawn(seed, m=40, a=0.5, unsampled=0, equal=False):
    random = np.random.RandomState(seed)
    x = np.column_stack([np.ones(m), random.standard_normal(m)])
    psi = np.full(m, 0.7) if equal else np.repeat([0.2, 0.5, 1.0, 2.0], -(-m // 4))[:m]
    truth = x @ [1.0, 2.0] + np.sqrt(a) * random.standard_normal(m)
    y = truth + np.sqrt(psi) * random.standard_normal(m)
    y[: unsampled or 0] = np.nan
    return y, psi, x, truth


def test_with_equal_variances_reml_has_its_closed_form():
    y, psi, x, _ = drawn(1, equal=True)
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    rss = ((y - x @ b) ** 2).sum()
    a = rss / (40 - 2) - 0.7
    fit = fit_fay_herriot(y, psi, x)
    assert a > 0
    assert fit.model_variance == pytest.approx(a, rel=EXACT)
    assert fit.coefficients == pytest.approx(b, rel=EXACT)
    assert fit.estimate == pytest.approx(a / (a + 0.7) * y + 0.7 / (a + 0.7) * x @ b, rel=EXACT)


def test_a_hand_worked_mse_with_equal_variances_and_only_a_constant():
    # y = 0, 2, 0, 2, ... over 30 areas: mean 1, RSS 30, A = 30/29 - 0.5
    y, psi = np.tile([0.0, 2.0], 15), np.full(30, 0.5)
    fit = fit_fay_herriot(y, psi, np.ones(30))
    v = 30 / 29  # A + psi
    gamma = 1 - 0.5 / v
    assert fit.model_variance == pytest.approx(v - 0.5, rel=EXACT)
    assert fit.estimate[:2] == pytest.approx([1 - gamma, 1 + gamma], rel=EXACT)
    assert fit.g1 == pytest.approx(gamma * 0.5, rel=EXACT)
    assert fit.g2 == pytest.approx((0.5 / v) ** 2 * v / 30, rel=EXACT)
    assert fit.g3 == pytest.approx(0.5**2 / v**3 * 2 / (30 / v**2), rel=EXACT)
    assert fit.mse == pytest.approx(fit.g1 + fit.g2 + 2 * fit.g3, rel=EXACT)


def test_no_more_spread_than_chance_gives_a_of_0_and_synthetic_estimates():
    y, psi = np.tile([0.0, 0.1], 15), np.full(30, 0.5)
    fit = fit_fay_herriot(y, psi, np.ones(30))
    assert fit.model_variance == 0.0
    assert fit.estimate == pytest.approx(0.05, rel=EXACT)
    assert fit.table()["note"].str.endswith("A=0").all()


@pytest.mark.parametrize("seed", range(10))
def test_reml_is_the_top_of_the_restricted_likelihood(seed):
    y, psi, x, _ = drawn(seed)

    def minus(log_a):
        v = np.exp(log_a) + psi
        w = np.linalg.inv(np.diag(v))
        inner = x.T @ w @ x
        p = w - w @ x @ np.linalg.inv(inner) @ x.T @ w
        return np.log(v).sum() + np.linalg.slogdet(inner)[1] + y @ p @ y

    best = minimize_scalar(minus, bounds=(-12, 4), method="bounded", options={"xatol": 1e-10})
    # a maximum found by values alone is known to about the root of the rounding
    assert reml_variance(y, psi, x) == pytest.approx(np.exp(best.x), rel=1e-6, abs=1e-5)


def test_the_order_of_the_areas_and_the_scale_do_not_matter():
    y, psi, x, _ = drawn(3, unsampled=5)
    order = np.random.RandomState(0).permutation(40)
    plain, mixed = fit_fay_herriot(y, psi, x), fit_fay_herriot(y[order], psi[order], x[order])
    large = fit_fay_herriot(1000 * y, 1e6 * psi, x)
    assert mixed.estimate == pytest.approx(plain.estimate[order], rel=EXACT)
    assert large.estimate == pytest.approx(1000 * plain.estimate, rel=EXACT)
    assert large.mse == pytest.approx(1e6 * plain.mse, rel=EXACT)


def test_an_unsampled_area_is_synthetic_with_its_own_mse():
    y, psi, x, _ = drawn(4, unsampled=5)
    psi[0] = np.nan
    fit = fit_fay_herriot(y, psi, x)
    away = x[:5]
    assert fit.estimate[:5] == pytest.approx(away @ fit.coefficients, rel=EXACT)
    spread = np.einsum("ij,jk,ik->i", away, fit.coefficients_vcov, away)
    assert fit.mse[:5] == pytest.approx(fit.model_variance + spread, rel=EXACT)
    assert fit.gamma[:5].tolist() == [0.0] * 5
    notes = fit.table()["note"]
    assert notes[:5].str.contains("synthetic").all() and notes[5:].str.contains("eblup").all()


def test_over_simulated_truths_it_is_unbiased_and_its_mse_is_the_error_it_has():
    errors, stated, direct = [], [], []
    for seed in range(1_000):
        y, psi, x, truth = drawn(seed, unsampled=4)
        fit = fit_fay_herriot(y, psi, x)
        errors.append(fit.estimate - truth)
        stated.append(fit.mse)
        direct.append(y - truth)
    errors, stated = np.array(errors), np.array(stated)
    mean_error = errors.mean(axis=1)
    assert abs(mean_error.mean()) < 3 * mean_error.std(ddof=1) / np.sqrt(len(errors))
    # groups of areas with the same psi; the first four are unsampled
    for rows in (range(4), range(4, 10), range(10, 20), range(20, 30), range(30, 40)):
        gap = (errors[:, rows] ** 2 - stated[:, rows]).mean(axis=1)
        error, known = 3 * gap.std(ddof=1) / np.sqrt(len(gap)), (errors[:, rows] ** 2).mean()
        assert abs(gap.mean()) < error + 0.02 * known  # the mse is right up to terms of order 1/m^(3/2)
    sampled = slice(4, None)
    assert (errors[:, sampled] ** 2).mean() < 0.6 * (np.array(direct)[:, sampled] ** 2).mean()


def test_benchmarked_areas_agree_with_the_total():
    y, psi, x, _ = drawn(5, unsampled=3)
    y, people = y + 20, np.arange(1.0, 41)
    plain = fit_fay_herriot(y, psi, x)
    mean = people @ plain.estimate / people.sum()
    moved = fit_fay_herriot(y, psi, x, benchmark="difference", shares=people, total=22.0)
    scaled = fit_fay_herriot(y, psi, x, benchmark="ratio", shares=people, total=22.0)
    assert moved.estimate == pytest.approx(plain.estimate + (22 - mean), rel=EXACT)
    assert scaled.estimate == pytest.approx(plain.estimate * 22 / mean, rel=EXACT)
    assert (moved.adjustment, scaled.adjustment) == pytest.approx((22 - mean, 22 / mean), rel=EXACT)
    for fit in (moved, scaled):
        assert people @ fit.estimate / people.sum() == pytest.approx(22.0, rel=EXACT)
        assert fit.table()["note"].str.contains(f"benchmark={fit.benchmark}").all()


def test_every_row_is_labelled_model_based():
    y, psi, x, _ = drawn(6, unsampled=3)
    table = fit_fay_herriot(pd.Series(y, index=[f"d{at}" for at in range(40)]), psi, x).table()
    assert table["source"].eq("model_based").all()
    assert table["place"].tolist()[:2] == ["d0", "d1"]
    assert ((table["ci_low"] + table["ci_high"]) / 2).to_numpy() == pytest.approx(table["estimate"])


def test_too_few_sampled_areas_are_refused_in_both_languages():
    y, psi, x, _ = drawn(7, unsampled=40 - LEAST_AREAS + 1)
    with pytest.raises(TooFewAreas) as fault:
        fit_fay_herriot(y, psi, x)
    assert fault.value.got == str(LEAST_AREAS - 1)
    assert "29 địa bàn" in fault.value.vi
    assert len(fit_fay_herriot(y, psi, x, least=29).table()) == 40
    with pytest.raises(TooFewAreas):  # no more areas than covariates, whatever the caller allows
        fit_fay_herriot(y[-2:], psi[-2:], x[-2:], least=0)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
def test_a_variance_that_is_no_knowledge_is_refused(bad):
    y, psi, x, _ = drawn(8)
    psi[3] = bad
    with pytest.raises(BadDesign, match="no sampling variance") as fault:
        fit_fay_herriot(y, psi, x)
    assert fault.value.where == "areas 4"


def test_covariates_with_gaps_or_collinear_are_refused():
    y, psi, x, _ = drawn(9)
    with pytest.raises(BadDesign, match="covariates"):
        fit_fay_herriot(y, psi, np.column_stack([x, x[:, 1]]))
    x[2, 1] = np.nan
    with pytest.raises(BadDesign, match="covariates") as fault:
        fit_fay_herriot(y, psi, x)
    assert fault.value.where == "areas 3"


def test_benchmarking_without_a_total_or_by_an_unknown_way_is_refused():
    y, psi, x, _ = drawn(10)
    with pytest.raises(BadDesign, match="total"):
        fit_fay_herriot(y, psi, x, benchmark="ratio", shares=np.ones(40))
    with pytest.raises(UnknownName, match="raking"):
        fit_fay_herriot(y, psi, x, benchmark="raking")
    with pytest.raises(BadDesign, match="same areas"):
        fit_fay_herriot(y, psi[:-1], x)
