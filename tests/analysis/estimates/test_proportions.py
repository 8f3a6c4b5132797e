import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UnknownName
from analysis.estimates.intervals import korn_graubard_interval, t_multiplier
from analysis.estimates.proportions import SHARE_INTERVALS, share_interval
from tests.conftest import require_or_skip

REFERENCE = Path(__file__).parents[2] / "reference" / "quantiles"
SHARES = pd.read_csv(REFERENCE / "shares.csv")


@pytest.mark.parametrize(
    ("method", "tolerance"),
    # R's `logit` and `likelihood` stop their iterations early; the other four are closed formulas.
    [("xlogit", 1e-9), ("beta", 1e-9), ("asin", 1e-9), ("mean", 1e-9), ("logit", 1e-6), ("likelihood", 1e-4)],
)
def test_intervals_equal_r(method, tolerance):
    r = SHARES[SHARES["method"] == method]
    t = t_multiplier(r["df"], r["level"])
    reach = np.arcsin(np.sqrt(r["share"])) - t * r["se"] / (2 * np.sqrt(r["share"] * (1 - r["share"])))
    turned = set(r.index[reach < 0]) if method == "asin" else set()
    assert len(r) == 12 and len(turned) <= 2
    for row in r.itertuples():
        low, high = share_interval(method, row.share, row.se, row.df, row.n, row.level)
        np.testing.assert_allclose(high, row.high, rtol=tolerance)
        # R lets the arcsine's lower end rise again once it has reached 0.
        assert low == 0 if row.Index in turned else low == pytest.approx(row.low, rel=tolerance)


def test_wilson_ends_are_the_shares_at_which_the_estimate_is_t_standard_errors_away():
    share, se, df = 0.12, 0.04, 14
    effective = share * (1 - share) / se**2
    for end in share_interval("wilson", share, se, df, 90):
        assert abs(share - end) == pytest.approx(
            t_multiplier(df) * np.sqrt(end * (1 - end) / effective), rel=1e-12
        )


def test_wilson_is_the_textbook_interval_for_a_simple_random_sample():
    # 8 yes of 40 with many degrees of freedom: Wilson's score interval is 0.1050 to 0.3476.
    ends = share_interval("wilson", 0.2, np.sqrt(0.2 * 0.8 / 40), 1e9, 40)
    assert tuple(np.round(ends, 4)) == (0.1050, 0.3476)


def test_korn_graubard_is_beta_until_the_effective_sample_size_passes_n():
    assert share_interval("korn_graubard", 0.3, 0.1, 20, 80) == pytest.approx(
        share_interval("beta", 0.3, 0.1, 20, 80), rel=1e-12
    )
    held, free = (share_interval(method, 0.3, 0.001, 20, 80) for method in ("korn_graubard", "beta"))
    assert held[1] - held[0] > 20 * (free[1] - free[0])
    assert held == korn_graubard_interval(*map(np.array, (0.3, 0.001, 20.0, 80.0)))


@pytest.mark.parametrize("method", SHARE_INTERVALS)
def test_the_interval_of_no_is_the_interval_of_yes_turned_round(method):
    low, high = share_interval(method, 0.17, 0.05, 11, 60)
    other_low, other_high = share_interval(method, 0.83, 0.05, 11, 60)
    assert (1 - other_high, 1 - other_low) == pytest.approx((low, high), rel=1e-9)


# R's likelihood has no end where its ten steps do not reach, which NaN says.
@pytest.mark.parametrize("method", [m for m in SHARE_INTERVALS if m not in ("mean", "likelihood")])
def test_intervals_hold_the_share_and_stay_within_0_and_1(method):
    share, se = np.meshgrid(np.linspace(0.01, 0.99, 25), [0.001, 0.05, 0.4])
    low, high = share_interval(method, share, se, 3, 40)
    assert ((low >= 0) & (low < share) & (share < high) & (high <= 1)).all()


def test_likelihood_ends_are_where_the_deviance_has_risen_by_t_squared_times_the_design_effect():
    p, se, df, n = 0.3, 0.06, 20, 100
    rise = t_multiplier(df) ** 2 * se**2 * n / (p * (1 - p)) * n / (n - 1)
    for end in share_interval("likelihood", p, se, df, n):
        deviance = 2 * n * (p * np.log(p / end) + (1 - p) * np.log((1 - p) / (1 - end)))
        assert deviance == pytest.approx(rise, rel=5e-3)  # R reads the end off a coarse spline


def test_a_larger_standard_error_never_narrows_the_arcsine_interval():
    low, high = share_interval("asin", 0.05, np.array([0.02, 0.1, 0.3, 0.45]), 3, 40)
    assert (np.diff(high - low) >= 0).all()


@pytest.mark.parametrize("method", SHARE_INTERVALS)
@pytest.mark.parametrize(
    ("share", "se", "df"),
    [(0.0, 0.0, 9), (1.0, 0.0, 9), (0.4, 0.0, 9), (0.4, np.nan, 9), (0.4, 0.1, 0), (np.nan, 0.1, 9)],
)
def test_there_is_no_interval_where_nothing_is_known(method, share, se, df):
    assert np.isnan(share_interval(method, share, se, df, 30)).all()


def test_an_unknown_method_names_the_nearest_and_lists_all():
    with pytest.raises(UnknownName) as error:
        share_interval("wilsn", 0.3, 0.1, 20, 80)
    assert "wilson" in error.value.hint
    assert error.value.expected.split(", ") == list(SHARE_INTERVALS)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    script = REFERENCE.with_suffix(".R")
    subprocess.run(["Rscript", script, tmp_path], check=True, capture_output=True)
    for name in ("people.csv", "quantiles.csv", "shares.csv"):
        made, committed = pd.read_csv(tmp_path / name), pd.read_csv(REFERENCE / name)
        pd.testing.assert_frame_equal(made, committed, rtol=1e-9, atol=1e-12)
