"""Sets of ranks: worked by hand, and against simulated true ranks."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from analysis.errors import BadDesign, UnknownName
from analysis.estimates.ranks import RANK_METHODS, _critical_value, _difference_se, rank_sets

METHODS = pytest.mark.parametrize("method", RANK_METHODS)


def sets_of(table):
    return table[["rank_low", "rank_high"]].to_numpy().tolist()


@METHODS
def test_identical_estimates_may_have_any_rank(method):
    assert sets_of(rank_sets(np.full(5, 2.0), np.eye(5), method=method)) == [[1, 5]] * 5


@METHODS
def test_well_separated_estimates_have_one_rank_each_the_highest_first(method):
    table = rank_sets([1.0, 30.0, 10.0], np.eye(3), method=method, places=["a", "b", "c"])
    assert table["place"].tolist() == ["a", "b", "c"]
    assert sets_of(table) == [[3, 3], [1, 1], [2, 2]]


def test_two_places_are_told_apart_just_beyond_1_96_standard_errors_of_their_difference():
    # SE of the difference: sqrt(1 + 1 - 2 * 0.5) = 1; one pair, so the critical value is that of |z|
    vcov = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert sets_of(rank_sets([2.05, 0.0], vcov)) == [[1, 1], [2, 2]]
    assert sets_of(rank_sets([1.87, 0.0], vcov)) == [[1, 2], [1, 2]]


def test_klein_compares_intervals_of_joint_level():
    # two places: each interval at .95^(1/2), z = 2.2365; they part at 2 z = 4.473
    z = ndtri((1 + np.sqrt(0.95)) / 2)
    assert sets_of(rank_sets([2 * z + 1e-9, 0.0], np.eye(2), method="klein")) == [[1, 1], [2, 2]]
    assert sets_of(rank_sets([2 * z - 1e-9, 0.0], np.eye(2), method="klein")) == [[1, 2], [1, 2]]


def test_four_places_worked_by_hand():
    # SE of a difference sqrt(2) * 0.1 = 0.1414; the range of four normals has .95 quantile 3.633
    # (studentized range, infinite df), so places part beyond 0.3633: 0.30 and 0.00 do not, 0.50 and 0.00 do
    table = rank_sets([0.50, 0.30, 0.00, 1.00], 0.01 * np.eye(4))
    assert sets_of(table) == [[2, 3], [2, 4], [3, 4], [1, 1]]


def test_the_critical_value_of_independent_places_is_the_studentized_range():
    from scipy.stats import studentized_range

    for count, df in ((4, np.inf), (10, np.inf), (5, 6)):
        vcov = np.eye(count)
        drawn = _critical_value(vcov, _difference_se(vcov), ~np.eye(count, dtype=bool), 0.95, df, 200_000, 3)
        assert drawn == pytest.approx(studentized_range.ppf(0.95, count, df) / np.sqrt(2), abs=0.02)


def test_covariance_between_the_places_counts():
    common = np.full((3, 3), 1.0)  # an error that all share cancels in every difference
    vcov = common + 0.01 * np.eye(3)
    assert sets_of(rank_sets([0.0, 1.0, 2.0], vcov)) == [[3, 3], [2, 2], [1, 1]]
    assert sets_of(rank_sets([0.0, 1.0, 2.0], np.diag(np.diag(vcov)))) == [[1, 3]] * 3


@pytest.mark.parametrize("correlation", [0.0, 0.6])
@pytest.mark.parametrize("method, stepdown", [("mogstad", False), ("mogstad", True), ("klein", False)])
def test_the_sets_hold_all_true_ranks_at_least_as_often_as_stated(method, stepdown, correlation):
    truth = np.array([0.0, 0.0, 1.0, 1.0, 1.0, 4.0, 9.0])  # with ties: the hardest case
    best = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    worst = len(truth) - (truth[None, :] < truth[:, None]).sum(axis=1)
    sd = np.array([0.5, 1.0, 0.5, 1.0, 2.0, 0.7, 0.7])
    vcov = np.outer(sd, sd) * (correlation + (1 - correlation) * np.eye(7))
    random, root, runs = np.random.RandomState(11), np.linalg.cholesky(vcov), 500
    held = 0
    for run in range(runs):
        y = truth + root @ random.standard_normal(7)
        table = rank_sets(y, vcov, level=0.9, method=method, stepdown=stepdown, draws=2_000, seed=run)
        held += ((table["rank_low"] <= best) & (table["rank_high"] >= worst)).all()
    assert held / runs > 0.9 - 3 * np.sqrt(0.9 * 0.1 / runs)


def test_with_equal_places_the_sets_hold_all_ranks_exactly_as_often_as_stated():
    random, runs = np.random.RandomState(12), 1_000
    vcov = np.diag([0.5, 1.0, 2.0, 1.0, 3.0]) + 0.3
    root = np.linalg.cholesky(vcov)
    held = sum(
        sets_of(rank_sets(root @ random.standard_normal(5), vcov, level=0.9, draws=2_000, seed=run))
        == [[1, 5]] * 5
        for run in range(runs)
    )
    assert held / runs == pytest.approx(0.9, abs=3 * np.sqrt(0.9 * 0.1 / runs))


def test_stepdown_is_never_wider_and_sometimes_sharper():
    random, sharper = np.random.RandomState(2), 0
    for run in range(20):
        y = np.r_[0.0, 3.3, 20.0, 40.0, 60.0] + random.standard_normal(5)
        plain, stepped = (
            rank_sets(y, np.eye(5), stepdown=way, draws=4_000, seed=run) for way in (False, True)
        )
        assert (stepped["rank_low"] >= plain["rank_low"]).all()
        assert (stepped["rank_high"] <= plain["rank_high"]).all()
        sharper += sets_of(plain) != sets_of(stepped)
    assert sharper > 0


def test_few_degrees_of_freedom_make_wider_sets():
    # they part beyond the studentized range of 3: 3.31 with normal errors, 8.33 with 2 df
    y = [0.0, 3.6, 7.2]
    assert sets_of(rank_sets(y, np.eye(3))) == [[3, 3], [2, 2], [1, 1]]
    assert sets_of(rank_sets(y, np.eye(3), df=2)) == [[1, 3]] * 3
    for method in RANK_METHODS:
        assert sets_of(rank_sets(y, np.eye(3), method=method, df=1e6)) == sets_of(
            rank_sets(y, np.eye(3), method=method)
        )


def test_a_seed_gives_the_same_sets_and_a_permutation_permutes_them():
    random = np.random.RandomState(8)
    y, root = random.standard_normal(12) * 2, random.standard_normal((12, 12)) / 4
    vcov, order = root @ root.T, random.permutation(12)
    first = rank_sets(y, vcov, seed=4)
    pd.testing.assert_frame_equal(first, rank_sets(y, vcov, seed=4))
    mixed = rank_sets(y[order], vcov[np.ix_(order, order)], method="klein")
    assert sets_of(mixed) == [sets_of(rank_sets(y, vcov, method="klein"))[at] for at in order]


@METHODS
def test_a_place_without_an_estimate_is_left_out_and_said_so(method):
    y = pd.Series([1.0, np.nan, 30.0], index=["899", "902", "912"])
    vcov = np.diag([1.0, np.nan, 1.0])
    vcov[0, 1] = vcov[1, 0] = np.nan
    table = rank_sets(y, vcov, method=method).set_index("place")
    assert table["rank_low"].to_dict()["912"] == 1 and table["rank_high"]["912"] == 1
    assert table.loc["899", ["rank_low", "rank_high"]].tolist() == [2, 2]
    assert table.loc["902", ["rank_low", "rank_high"]].isna().all()
    assert table["note"].tolist() == [
        "among 2; 1 without an estimate left out", "not ranked: no estimate", "among 2; 1 without an estimate left out",
    ]  # fmt: skip


@METHODS
def test_a_difference_without_variance_tells_nothing(method):
    assert sets_of(rank_sets([0.0, 1.0], np.zeros((2, 2)), method=method)) == [[1, 2]] * 2
    assert sets_of(rank_sets([0.0, 1.0], np.ones((2, 2)), method=method)) == [[1, 2]] * 2


@METHODS
def test_one_place_or_none_is_no_fault(method):
    assert sets_of(rank_sets([1.0], np.eye(1), method=method)) == [[1, 1]]
    assert len(rank_sets([], np.zeros((0, 0)), method=method)) == 0


def test_what_is_no_covariance_is_refused():
    with pytest.raises(BadDesign, match="fit together"):
        rank_sets([1.0, 2.0], np.eye(3))
    with pytest.raises(BadDesign, match="symmetric"):
        rank_sets([1.0, 2.0], np.array([[1.0, 0.5], [0.0, 1.0]]))
    with pytest.raises(BadDesign, match="below 0"):
        rank_sets([1.0, 2.0], np.array([[1.0, 2.0], [2.0, 1.0]]))
    with pytest.raises(BadDesign, match="empty cells"):
        rank_sets([1.0, 2.0], np.array([[1.0, np.nan], [np.nan, 1.0]]))


def test_an_unknown_method_is_refused():
    with pytest.raises(UnknownName, match="bootstrap"):
        rank_sets([1.0], np.eye(1), method="bootstrap")
