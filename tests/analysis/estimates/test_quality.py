"""When a number may stand: each rule at its edge."""

import numpy as np
import pytest

from analysis.estimates.quality import flag_quality, is_known
from analysis.rounds import QualityRules


def flag(estimate=0.5, known=True, df=20, n=100, n_psu=22, width=0.2, n_least=None):
    def one(value):
        return np.array([value], dtype=float)

    least = None if n_least is None else one(n_least)
    return flag_quality(
        one(estimate), np.array([known]), one(df), one(n), one(n_psu), one(width), QualityRules(), least
    )[0]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "good"),
        ({"n": 50}, "good"),
        ({"n": 49}, "caution"),
        ({"n": 25}, "caution"),
        ({"n": 24}, "suppressed"),
        ({"n": 0, "estimate": np.nan, "known": False}, "not_estimated"),
        ({"df": 8}, "good"),
        ({"df": 7}, "caution"),
        ({"df": 0}, "not_estimated"),
        ({"n_psu": 1}, "not_estimated"),
        ({"known": False}, "not_estimated"),
        ({"width": 0.30}, "good"),
        ({"width": 0.31}, "caution"),
        ({"n_least": 49}, "caution"),
        ({"width": np.nan}, "good"),
    ],
)
def test_flag_at_the_edge_of_each_rule(change, expected):
    assert flag(**change) == expected


def test_variance_near_zero_by_equal_shares_in_every_psu_is_not_known():
    srs = np.array([0.25 / 128, 0.25 / 128, 0.0, 1e-33])
    variance = np.array([1e-17, 1e-4, 0.0, 1e-33])
    assert is_known(np.array([0.5, 0.5, 1.0, 3.0]), variance, srs).tolist() == [False, True, False, False]
