"""Formulas of estimates: what they name, their value and exact gradient, and what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import UnknownName
from analysis.estimates.expressions import Expression, Item


def test_measures_groups_and_rounds_are_found():
    read = Expression.read("D2[sex=female,  age_group=55+] - S2.1@example-2020 + 2 * D2")
    assert read.items == (
        Item("D2", "sex=female, age_group=55+"), Item("S2.1", "", "example-2020"), Item("D2"),
    )  # fmt: skip
    assert [str(item) for item in read.items] == ["D2[sex=female, age_group=55+]", "S2.1@example-2020", "D2"]


def test_one_estimate_named_twice_is_one():
    read = Expression.read("a / (a + b)")
    assert read.items == (Item("a"), Item("b"))
    assert read.value(np.array([1.0, 3.0])) == 0.25


FORMULAS = [
    "a - b", "-a + 2 * b", "a / b - 1", "log(a) - log(b)", "sqrt(a * b)", "exp(a - b) ** 2", "a ** b",
    "logit(a / (a + b))", "expit(a - 1e-1 * b) * 3", "(a + b) / (2 - b * 0.1)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
@settings(max_examples=40, deadline=None)
@given(a=st.floats(0.2, 3), b=st.floats(0.2, 3))
def test_gradient_is_the_slope_of_the_value(text, a, b):
    read, at, step = Expression.read(text), np.array([a, b]), 1e-6
    slopes = [
        (read.value(at + step * unit) - read.value(at - step * unit)) / (2 * step) for unit in np.eye(2)
    ]
    np.testing.assert_allclose(read.gradient(at), slopes, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(
    "text",
    ["", "3", "a -", "a if b else c", "__import__('os')", "max(a, b)", "a.real()", "a[b] < 2", "'x'", "log(a, b)",
     "a and b", "[a]", "lambda: a"],
)  # fmt: skip
def test_anything_but_arithmetic_is_refused(text):
    with pytest.raises(UnknownName, match="cannot be read"):
        Expression.read(text)
