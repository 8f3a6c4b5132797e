"""Intervals and p-values: known quantiles, bounds kept, and agreement between the two."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.estimates.intervals import korn_graubard_interval, t_interval, t_multiplier, t_p_value


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.706204736), (2, 4.302652730), (3, 3.182446305), (34, 2.032244509)]
)
def test_multiplier_is_students_t(df, t):
    assert t_multiplier(np.array([df]))[0] == pytest.approx(t, rel=1e-9)


def test_no_degrees_of_freedom_gives_no_interval():
    low, high = t_interval(np.array([1.0]), np.array([0.1]), np.array([0]))
    assert np.isnan([low[0], high[0]]).all()


def test_interval_is_cut_at_the_bounds_of_the_score():
    low, high = t_interval(np.array([1.2]), np.array([0.5]), np.array([1]), bounds=(1.0, 10.0))
    assert (low[0], high[0]) == (1.0, pytest.approx(1.2 + 12.706204736 * 0.5))


@settings(max_examples=500, deadline=None)
@given(st.floats(0.001, 0.999), st.floats(1e-4, 0.3), st.integers(1, 60), st.integers(61, 2000))
def test_interval_of_a_share_stays_between_0_and_1_and_holds_the_share(p, se, df, n):
    low, high = korn_graubard_interval(*(np.array([value]) for value in (p, se, df, n)))
    assert 0 <= low[0] <= p <= high[0] <= 1


def test_interval_of_a_share_under_simple_random_sampling_is_clopper_pearsons():
    p, n = 2 / 63, 63
    se = np.sqrt(p * (1 - p) / n)
    low, high = korn_graubard_interval(np.array([p]), np.array([se]), np.array([n - 1]), np.array([n]))
    assert (low[0], high[0]) == pytest.approx(binomtest(2, n).proportion_ci(method="exact"), rel=1e-9)


def test_rare_share_with_few_degrees_of_freedom_keeps_both_ends():
    low, high = korn_graubard_interval(*(np.array([v]) for v in (0.0004, 0.0004, 2, 96)))
    assert low[0] == pytest.approx(0, abs=1e-12)
    assert 0.0004 < high[0] <= 1


def test_standard_error_small_by_chance_does_not_narrow_the_interval_of_a_share():
    p, n = 2 / 63, 63
    honest = binomtest(2, n).proportion_ci(method="exact")
    low, high = korn_graubard_interval(np.array([p]), np.array([1e-4]), np.array([1]), np.array([n]))
    assert (low[0], high[0]) == pytest.approx(honest, rel=1e-9)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_share_of_nobody_or_everybody_has_no_interval(share):
    low, high = korn_graubard_interval(np.array([share]), np.array([0.1]), np.array([5]), np.array([50]))
    assert np.isnan([low[0], high[0]]).all()


def test_p_below_5_percent_exactly_where_the_interval_leaves_out_zero():
    rng = np.random.default_rng(324)
    estimate, se, df = rng.normal(0, 2, 10_000), rng.uniform(0.05, 2, 10_000), rng.integers(1, 60, 10_000)
    low, high = t_interval(estimate, se, df)
    excluded = (low > 0) | (high < 0)
    assert excluded.sum() > 1000
    assert ((t_p_value(estimate, se, df) < 0.05) == excluded).all()


def test_no_standard_error_gives_no_p():
    p = t_p_value(np.array([1.0, 1.0, 1.0]), np.array([np.nan, 0.0, 1.0]), np.array([5, 5, 0]))
    assert np.isnan(p).all()
