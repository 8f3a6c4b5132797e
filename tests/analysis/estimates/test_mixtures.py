"""Tail of a weighted sum of chi-squares over a mean square: R's saddlepoint, and what it approximates."""

import numpy as np
import pytest

from analysis.estimates.mixtures import mixture_p_value


@pytest.mark.parametrize(
    ("statistic", "p"), [(30, 0.033876343534078646), (7.2, 0.38475754194649153), (3, 0.7005818567063602)]
)
def test_saddlepoint_is_r_s(statistic, p):
    """R survey 4.1-1: pFsum(statistic, rep(1, 3), c(4, 2, 1), ddf = 12, lower.tail = FALSE, "saddlepoint")."""
    assert mixture_p_value(statistic, np.array([4.0, 2.0, 1.0]), 12) == pytest.approx(p, rel=1e-6)


def test_it_is_near_the_simulated_tail():
    rng, weights, df = np.random.default_rng(8), np.array([3.0, 1.0, 0.5]), 15
    parts = rng.chisquare(1, (400_000, 3)) @ weights
    ratio = parts / (rng.chisquare(df, 400_000) / df)
    for statistic in (5.0, 12.0, 25.0):
        assert mixture_p_value(statistic, weights, df) == pytest.approx((ratio > statistic).mean(), abs=0.015)


def test_without_degrees_of_freedom_or_weights_there_is_none():
    assert np.isnan(mixture_p_value(3.0, np.array([1.0]), 0))
    assert np.isnan(mixture_p_value(3.0, np.array([np.nan]), 9))
    assert np.isnan(mixture_p_value(0.0, np.array([1.0]), 9))
