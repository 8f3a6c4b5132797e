"""Roots and jumps are found with the steps of R's `uniroot`."""

import numpy as np
import pytest

from analysis.estimates.root import find_root


@pytest.mark.parametrize(
    ("function", "low", "high", "root"),
    [
        (lambda x: x**3 - 2, 0.0, 2.0, 2 ** (1 / 3)),
        (lambda x: np.cos(x) - x, 0.0, 1.0, 0.7390851332151607),
        (lambda x: np.exp(x) - 5, -3.0, 4.0, np.log(5)),
        (lambda x: 2 - x, 0.0, 9.0, 2.0),
    ],
)
def test_a_root_is_found_to_the_tolerance(function, low, high, root):
    assert find_root(function, low, high, 1e-10) == pytest.approx(root, abs=2e-10)


def test_steps_are_those_of_r():
    """R 4.2: uniroot(function(x) exp(x) - 5, c(-3, 4), tol = 0.1)$root, and with tol = 0.5."""
    assert find_root(lambda x: np.exp(x) - 5, -3.0, 4.0, 0.1) == pytest.approx(1.6218817013960509, rel=1e-12)
    assert find_root(lambda x: np.exp(x) - 5, -3.0, 4.0, 0.5) == pytest.approx(1.5718817013960502, rel=1e-12)


def test_a_jump_is_found_from_one_side_or_the_other():
    jump = find_root(lambda x: -1.0 if x < 0.3 else 2.0, 0.0, 1.0, 1e-3)
    assert abs(jump - 0.3) <= 1e-3


def test_an_end_may_be_the_root():
    assert find_root(lambda x: x, 0.0, 1.0, 1e-9) == 0
    assert find_root(lambda x: x - 1, 0.0, 1.0, 1e-9) == 1


def test_without_a_change_of_sign_or_a_value_there_is_none():
    assert np.isnan(find_root(lambda x: x**2 + 1, -1.0, 1.0, 1e-9))
    assert np.isnan(find_root(lambda x: np.nan, -1.0, 1.0, 1e-9))
