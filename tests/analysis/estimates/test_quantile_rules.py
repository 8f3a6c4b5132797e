"""R's rules on cumulated weights, by hand; against R in test_quantiles.py."""

import numpy as np
import pytest

from analysis.estimates.quantile_rules import RULES, Cumulated

X, W = np.array([30.0, 10.0, 20.0, 40.0, 99.0]), np.array([3.0, 1.0, 2.0, 4.0, 0.0])


def value(rule, *p, tie=1e-12):
    return RULES[rule](Cumulated.of(X, W, tie), np.array(p)).tolist()


def test_values_are_sorted_with_their_weights_and_weight_0_is_left_out():
    cumulated = Cumulated.of(X, W)
    assert cumulated.x.tolist() == [10, 20, 30, 40]
    assert cumulated.sums.tolist() == [1, 3, 6, 10]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("math", [20, 20, 30, 40]),  # F: .1 .3 .6 1; below .1 the second value, as in R
        ("school", [20, 25, 35, 40]),
        ("hf1", [20, 20, 30, 40]),
        ("hf2", [20, 25, 35, 40]),
        ("hf3", [20, 20, 40, 40]),  # at a tie the value of even number
        ("hf4", [10 - 10 * 0.05 / 0.2, 20, 30, 30 + 10 * 0.2 / 0.4]),
        ("hf5", [10, 20 + 10 * (0.3 - 0.2) / 0.25, 30 + 10 * (0.6 - 0.45) / 0.35, 40]),  # .05 .2 .45 .8
        ("hf6", [10, 20 + 10 * (0.3 - 3 / 14) / (3 / 14), 30 + 10 * (0.6 - 6 / 14) / (4 / 14), 40]),
        ("hf7", [10 + 10 * 0.05 * 6, 20 + 10 * (0.3 - 1 / 6) / (2 / 6), 30 + 10 * (0.6 - 0.5) / 0.5, 36]),
    ],
)
def test_each_rule_by_hand(rule, expected):
    assert value(rule, 0.05, 0.3, 0.6, 0.8) == pytest.approx(expected)


def test_a_tie_is_one_to_the_last_digit_or_nearly():
    assert value("school", 0.3 + 1e-14) == [25]
    assert value("school", 0.3 + 1e-14, tie=0.0) == [30]


def test_the_last_value_is_its_own_quantile_but_for_hf4():
    assert value("math", 1.0) == value("hf8", 1.0) == [40]
    assert np.isnan(value("hf4", 1.0)).all()


@pytest.mark.parametrize("rule", RULES)
def test_one_value_is_every_quantile(rule):
    assert RULES[rule](Cumulated.of(np.array([7.0]), np.ones(1)), np.array([0.2, 0.9])).tolist() == [7, 7]
