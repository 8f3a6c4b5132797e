"""The map from indicators to scores: worked by hand on two sub-dimensions of one dimension."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.composites import composite_map, score_of
from analysis.indicators.framework_settings import FrameworkSettings, Total

SETTINGS = FrameworkSettings(Total("PAPI", "Tổng điểm", "Total score"))
FRAMEWORK = SimpleNamespace(
    settings=SETTINGS,
    dimensions=pd.DataFrame({"dimension": ["D1"]}),
    sub_dimensions=pd.DataFrame(
        {"sub_dimension": ["S1.1", "S1.2"], "dimension": "D1", "minimum": [0.5, 0.5], "maximum": [5.0, 5.0]}
    ),
    indicators=pd.DataFrame(
        {
            "indicator": ["good", "bad", "scale"],
            "sub_dimension": ["S1.1", "S1.1", "S1.2"],
            "minimum": [0.0, 0.0, 1.0],
            "maximum": [1.0, 1.0, 5.0],
            "direction": ["higher", "lower", "higher"],
            "weight": [0.25, 0.75, 1.0],
        }
    ),
)


def scores(good=0.6, bad=0.2, scale=2.0):
    return score_of(pd.Series({"good": good, "bad": bad, "scale": scale}), FRAMEWORK)


def test_sub_dimension_is_its_minimum_plus_its_span_times_the_weighted_good_share():
    assert scores()["S1.1"] == pytest.approx(0.5 + 4.5 * (0.25 * 0.6 + 0.75 * (1 - 0.2)))
    assert scores()["S1.2"] == pytest.approx(0.5 + 4.5 * (2 - 1) / (5 - 1))


def test_dimension_and_total_are_sums():
    found = scores()
    assert found["D1"] == found["PAPI"] == pytest.approx(found["S1.1"] + found["S1.2"])


@pytest.mark.parametrize(("values", "score"), [((0, 1, 1), 0.5 * 2), ((1, 0, 5), 5.0 * 2)])
def test_worst_and_best_answers_give_the_bounds(values, score):
    assert scores(*values)["PAPI"] == pytest.approx(score)


def test_bounds_and_kinds_of_sums_follow_their_parts():
    mapping = composite_map(FRAMEWORK)
    assert mapping.bounds.loc["D1"].tolist() == [1.0, 10.0]
    assert mapping.kinds == {
        "S1.1": "sub_dimension",
        "S1.2": "sub_dimension",
        "D1": "dimension",
        "PAPI": "total",
    }


def test_score_with_a_part_missing_is_empty_and_the_others_stand():
    found = scores(bad=np.nan)
    assert found[["S1.1", "D1", "PAPI"]].isna().all()
    assert found["S1.2"] == pytest.approx(1.625)


def without(**changed):
    return SimpleNamespace(**{**vars(FRAMEWORK), **changed})


def test_framework_without_a_total_adds_nothing_up():
    mapping = composite_map(without(settings=FrameworkSettings()))
    assert mapping.kinds == {"S1.1": "sub_dimension", "S1.2": "sub_dimension", "D1": "dimension"}
    assert mapping.measures == ["S1.1", "S1.2", "D1"]


def test_indicators_that_stand_alone_are_in_no_composite():
    alone = FRAMEWORK.indicators.assign(sub_dimension="", weight=np.nan)
    empty = {"dimensions": FRAMEWORK.dimensions[:0], "sub_dimensions": FRAMEWORK.sub_dimensions[:0]}
    mapping = composite_map(without(indicators=alone, **empty))
    assert (mapping.measures, mapping.kinds) == ([], {})
    beside = pd.concat([FRAMEWORK.indicators, alone.assign(indicator=["a", "b", "c"])], ignore_index=True)
    mapping = composite_map(without(indicators=beside))
    assert (mapping.weights.loc[["a", "b", "c"]] == 0).all(axis=None)
    assert mapping.weights.loc["good", "S1.1"] == pytest.approx(4.5 * 0.25)
