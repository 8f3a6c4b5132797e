"""What a design counts, and which designs are refused."""

import numpy as np
import pytest

from analysis.errors import BadDesign, LonePsu
from analysis.estimates.design import build_design


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
