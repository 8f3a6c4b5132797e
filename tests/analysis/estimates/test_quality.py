"""When a number may stand: each rule at its edge."""

import numpy as np
import pytest

from analysis.estimates.quality import flag_quality, is_known
from analysis.rounds import QualityRules


def flag(estimate=0.5, known=True, df=20, n=100, n_psu=22, **options):
    def one(value):
        return np.array([value], dtype=float)

    rules = options.pop("rules", QualityRules())
    options = {name: one(value) for name, value in options.items()}
    return flag_quality(one(estimate), np.array([known]), one(df), one(n), one(n_psu), rules, **options)[0]


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
        ({"n_least": 49}, "caution"),
    ],
)
def test_flag_at_the_edge_of_each_rule(change, expected):
    assert flag(**change) == expected


@pytest.mark.parametrize(
    ("share", "width", "n_effective", "expected"),
    [
        (0.5, 0.29, 80, "good"),
        (0.5, 0.30, 80, "suppressed"),
        (0.5, 0.20, 29.9, "suppressed"),
        (0.5, 0.20, 30, "good"),
        (0.04, 0.05, 80, "good"),  # 125 % of the share, and narrow
        (0.01, 0.05, 80, "good"),  # narrow enough to show whatever the share
        (0.04, 0.053, 80, "suppressed"),  # 132.5 % of the share
        (0.96, 0.053, 80, "caution"),  # of its complement
        (0.10, 0.12, 80, "good"),  # 120 %
    ],
)
def test_share_is_shown_by_the_nchs_standards(share, width, n_effective, expected):
    assert flag(estimate=share, share_width=width, n_effective=n_effective) == expected


@pytest.mark.parametrize(("rse", "expected"), [(0.29, "good"), (0.30, "suppressed"), (-0.4, "suppressed")])
def test_mean_is_shown_by_its_relative_error(rse, expected):
    assert flag(estimate=3.0, rse=rse) == expected


@pytest.mark.parametrize(("rse", "expected"), [(0.29, "good"), (0.30, "suppressed")])
def test_score_is_shown_by_a_rule_of_its_own(rse, expected):
    assert flag(estimate=3.0, score_rse=rse) == expected
    assert flag(estimate=3.0, score_rse=rse, rules=QualityRules(score_rse_suppress=0.5)) == "good"
    assert flag(estimate=3.0, score_rse=rse, rules=QualityRules(rse_suppress=0.01)) == expected


def test_the_least_number_of_psus_is_the_round_s():
    strict = QualityRules(psu_least=4)
    assert flag(n_psu=4, rules=strict) == "good"
    assert flag(n_psu=3, rules=strict) == "not_estimated"


def test_confidentiality_holds_whatever_the_threshold_of_few():
    lax = QualityRules(n_suppress=0, n_caution=0)
    assert flag(n=4, rules=lax) == "suppressed"
    assert flag(n=5, rules=lax) == "good"


def test_variance_near_zero_by_equal_shares_in_every_psu_is_not_known():
    srs = np.array([0.25 / 128, 0.25 / 128, 0.0, 1e-33])
    variance = np.array([1e-17, 1e-4, 0.0, 1e-33])
    assert is_known(np.array([0.5, 0.5, 1.0, 3.0]), variance, srs).tolist() == [False, True, False, False]
