"""Population columns: counts or shares, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign
from analysis.estimates.populations import Populations

STRATUM, COUNTS = np.array([0, 0, 1]), np.array([2, 1])


def read(*values, stage=0, other=None):
    columns = {"n": list(values)} | ({} if other is None else {"m": other})
    return Populations.of(pd.DataFrame(columns), list(columns)).read(stage, STRATUM, COUNTS)


def test_counts_stand_as_given_and_shares_say_how_many_there_are():
    assert read(8, 8, 5).tolist() == [8, 5]
    assert read(0.25, 0.25, 0.5).tolist() == [2 / 0.25, 1 / 0.5]
    assert read(0.5, 0.5, 1).tolist() == [4, 1]


def test_all_ones_are_counts():
    assert Populations.of(pd.DataFrame({"n": [1, 1]}), ["n"]).are_shares is False


def test_one_column_above_1_makes_all_of_them_counts():
    with pytest.raises(BadDesign):
        read(0.5, 0.5, 0.5, other=[9, 9, 9])


def test_a_stage_without_a_column_is_drawn_with_replacement():
    assert np.isinf(read(8, 8, 5, stage=1)).all()


@pytest.mark.parametrize("values", [(8, 9, 5), (1, 1, 5), (np.nan, 8, 5), (-1, -1, 5)])
def test_counts_that_differ_or_are_too_small_are_refused(values):
    with pytest.raises(BadDesign) as fault:
        read(*values)
    assert fault.value.where == "n"
