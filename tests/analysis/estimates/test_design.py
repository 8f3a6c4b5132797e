"""What a design counts, and which designs are refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, LonePsu
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import mean
from analysis.estimates.linearise import linearise_means
from analysis.estimates.variance import covariance


def test_psu_names_repeated_across_strata_are_different_psus():
    design = build_design(["a", "a", "b", "b"], ["1", "2", "1", "2"], np.ones(4))
    assert design.n_psu == 4
    assert design.n_h.tolist() == [2, 2]
    assert design.df == 4 - 2


def test_stratum_with_one_psu_stops_and_is_named():
    with pytest.raises(LonePsu) as fault:
        build_design(["zone 1", "zone 1", "zone 2"], ["1", "2", "3"], np.ones(3))
    assert "zone 2" in fault.value.where
    assert fault.value.exit_code == 17


@pytest.mark.parametrize("policy", ["adjust", "average", "certainty", "remove"])
def test_stratum_with_one_psu_is_accepted_under_a_declared_policy(policy):
    design = build_design(["a", "a", "b"], ["1", "2", "3"], np.ones(3), policy)
    assert design.lone_strata().tolist() == [False, True]


@pytest.mark.parametrize("weight", [-1.0, np.nan, np.inf])
def test_weight_that_is_below_zero_or_no_number_is_refused(weight):
    with pytest.raises(BadDesign) as fault:
        build_design(["a", "a"], ["1", "2"], [1.0, weight])
    assert "rows 2" in fault.value.where


def test_rows_of_weight_0_count_nowhere_but_keep_their_psu():
    """PSU 3 holds weight 0 alone: n_h = 3 in the variance, 2 PSUs in the degrees of freedom."""
    design = build_design(["a"] * 4, ["1", "2", "3", "3"], [1.0, 1.0, 0.0, 0.0])
    assert (design.n_h.tolist(), design.df) == ([3], 2 - 1)
    found = mean(pd.Series([0.0, 1.0, 5.0, 9.0], name="y"), design)
    assert (found.n[0], found.estimate[0]) == (2, 0.5)
    assert found.vcov[0, 0] == pytest.approx(3 / 2 * (0.25**2 + 0.25**2), rel=1e-14)
    scores = linearise_means(pd.DataFrame({"y": [0.0, 1.0, 5.0, 9.0]}), design, Domains.everybody(4))
    assert (scores.n[0, 0], scores.df[0, 0]) == (2, 1)
    assert scores.variance()[0, 0] == pytest.approx(found.vcov[0, 0], rel=1e-14)


def test_weights_left_out_follow_from_the_population():
    """6 of 12 PSUs with 2 of 8 people each: 12/6 * 8/2; without counts every row weighs 1."""
    table = pd.DataFrame({"psu": np.arange(12) // 2, "person": np.arange(12), "psus": 12, "people": 8})
    names = dict(psu=["psu", "person"], population=["psus", "people"])
    assert declare_design(table, weight=None, **names).weight.tolist() == [12 / 6 * 8 / 2] * 12
    first = declare_design(table, weight=None, psu=["psu", "person"], population=["psus"])
    assert first.weight.tolist() == [12 / 6] * 12
    assert declare_design(table, weight=None, psu=["psu"]).weight.tolist() == [1.0] * 12


def test_population_may_be_given_as_the_share_sampled():
    table = pd.DataFrame({"stratum": list("aabbbb"), "size": [4, 4, 16, 16, 16, 16]})
    shares = table.assign(size=[2 / 4] * 2 + [4 / 16] * 4)
    one, other = (
        declare_design(each, weight=None, stratum=["stratum"], population=["size"])
        for each in (table, shares)
    )
    np.testing.assert_allclose(one.population_h, other.population_h)
    np.testing.assert_allclose(one.weight, other.weight)


def test_a_share_of_zero_is_drawn_with_replacement_and_gives_no_weights():
    table = pd.DataFrame({"size": [0.0, 0.0], "w": 1.0})
    assert np.isinf(declare_design(table, weight="w", population=["size"]).population_h).all()
    with pytest.raises(BadDesign, match="without an end"):
        declare_design(table, weight=None, population=["size"])


def test_average_is_taken_inside_the_unit_above_and_is_unknown_where_all_are_lone():
    """PSU 0 has strata of villages x (2 of 4) and y (1 of 4): x counts twice; with y alone nothing is known."""
    table = pd.DataFrame(
        {"psu": [0, 0, 0, 1, 1, 1], "sub": list("xxyxxx"), "village": range(6), "w": 1.0, "psus": 9, "n": 4}
    )
    names = dict(psu=["psu", "village"], stratum=["psus", "sub"], population=["psus", "n"])
    design = declare_design(table, weight="w", lone_psu="average", **names)
    y = np.array([0.0, 2.0, 0.0, 0.0, 0.0, 0.0])
    first = (1 - 2 / 9) * 2 * ((2 - 1.0) ** 2 + (0 - 1.0) ** 2)
    second = 2 / 9 * (1 - 2 / 4) * 2 * (1.0**2 + 1.0**2)
    assert covariance(design, y)[0, 0] == pytest.approx(first + second * 2 / 1, rel=1e-14)
    alone = declare_design(table.assign(sub=list("xyyzzz")), weight="w", lone_psu="remove", **names)
    assert np.isfinite(covariance(alone, y)[0, 0])
    alone = declare_design(table.assign(sub=list("xyzxxx")), weight="w", lone_psu="average", **names)
    assert np.isnan(covariance(alone, y)[0, 0])


def test_empty_stratum_is_refused():
    with pytest.raises(BadDesign):
        build_design(["a", None], ["1", "2"], [1.0, 1.0])


def two_stages(lone_psu="stop", **changes):
    """Two strata of two PSUs of two villages; `changes` replace columns."""
    rows = np.arange(16)
    columns = dict(w=1.0, zone=rows // 8, psu=rows // 4, village=rows // 2, psus=9, villages=7)
    table = pd.DataFrame(columns | changes)
    names = dict(psu=["psu", "village"], stratum=["zone"], population=["psus", "villages"])
    return declare_design(table, weight="w", lone_psu=lone_psu, **names)


def test_the_only_psu_of_a_stratums_population_is_no_lone_one():
    rows = np.arange(16)
    certain = dict(psu=np.where(rows < 8, 0, rows // 4), psus=np.where(rows < 8, 1, 9))
    design = two_stages(**certain)
    assert design.n_h.tolist() == [1, 2]
    assert design.lone_strata().tolist() == [False, False]
    assert design.stratum_factor().tolist() == [0.0, (1 - 2 / 9) * 2]
    with pytest.raises(LonePsu):
        two_stages(psu=certain["psu"])


def test_a_psu_taken_with_certainty_adds_its_villages_alone():
    """Stratum 0 is one PSU with four villages of 7: V = (1 - 4/7) 4/3 sum (z - mean)^2, z their sums."""
    rows = np.arange(16)
    design = two_stages(psu=np.where(rows < 8, 0, rows // 4), psus=np.where(rows < 8, 1, 9))
    y = np.where(rows < 8, rows, 0.0)
    z = y[:8].reshape(4, 2).sum(axis=1)
    by_hand = (1 - 4 / 7) * 4 / 3 * ((z - z.mean()) ** 2).sum()
    assert covariance(design, y)[0, 0] == pytest.approx(by_hand, rel=1e-14)


def test_a_lone_village_is_refused_where_villages_count():
    rows = np.arange(16)
    village = np.where(rows < 4, 0, rows // 2)
    with pytest.raises(LonePsu):
        two_stages(village=village)
    assert two_stages("remove", village=village).stages[1].lone.sum() == 1


def test_people_have_no_names_between_rounds_and_villages_have():
    assert two_stages().stages[1].keys is not None
    assert two_stages(village=np.arange(16)).stages[1].keys is None
