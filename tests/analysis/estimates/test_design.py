"""What a design counts, and which designs are refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, LonePsu
from analysis.estimates.design import build_design, declare_design
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


@pytest.mark.parametrize("weight", [0.0, -1.0, np.nan, np.inf])
def test_weight_that_is_not_above_zero_is_refused(weight):
    with pytest.raises(BadDesign) as fault:
        build_design(["a", "a"], ["1", "2"], [1.0, weight])
    assert "rows 2" in fault.value.where


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
