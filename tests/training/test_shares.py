import numpy as np
import pytest

from training.shares import share_difference, share_of, wilson_interval


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    # R: prop.test(yes, n, correct = FALSE)$conf.int
    [
        (0, 10, 0.0, 0.277532799862888),
        (10, 10, 0.722467200137111, 1.0),
        (15, 36, 0.271405620514461, 0.577997484251283),
    ],
)
def test_wilson_is_that_of_prop_test(yes, n, low, high):
    assert wilson_interval(yes / n, n) == pytest.approx((low, high), rel=1e-9)


def test_a_share_of_all_has_an_interval_and_a_share_of_nobody_a_state():
    everybody = share_of("s", 12, 12)
    assert (everybody.estimate, everybody.se, everybody.ci_high) == (1.0, 0.0, 1.0)
    assert everybody.ci_low == pytest.approx(1 / (1 + 1.959963985**2 / 12))
    assert share_of("s", 0, 0).state == "nobody"


def test_newcombe_s_published_example():
    # Newcombe 1998, table II, rows (a) 56/70 - 48/80 and (c) 6/7 - 2/7, method 10.
    assert share_difference((56 / 70, 70), (48 / 80, 80))[2:] == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert share_difference((6 / 7, 7), (2 / 7, 7))[2:] == pytest.approx((0.0582, 0.8062), abs=5e-5)


def test_difference_stays_within_its_bounds_and_turns_with_its_sides():
    estimate, se, low, high = share_difference((1.0, 8), (0.0, 8))
    assert (estimate, se, high) == (1.0, 0.0, 1.0)
    assert low < 1
    turned = share_difference((0.0, 8), (1.0, 8))
    assert turned[2:] == pytest.approx((-high, -low))


def test_wilson_covers_as_it_says():
    rng = np.random.default_rng(7)
    p, n = 0.85, 36
    ends = np.array([wilson_interval(x / n, n) for x in rng.binomial(n, p, 4000)])
    inside = np.mean((ends[:, 0] <= p) & (p <= ends[:, 1]))
    assert 0.93 < inside < 0.97
