"""What subtraction would give back is withheld too."""

import numpy as np
import pandas as pd

from analysis.estimates.disclosure import withhold_linked
from analysis.estimates.results import PART_WITHHELD, arrange

PARENTS = {"S1.1": "D1", "S1.2": "D1", "S2.1": "D2", "D1": "PAPI", "D2": "PAPI"}
KINDS = {"S": "sub_dimension", "D": "dimension", "P": "total"}


def rows(statistic="score", place="899", **quality):
    return pd.DataFrame(
        {
            "place_kind": "district", "place": place, "group_kind": "all", "group": "", "statistic": statistic,
            "measure": list(quality), "measure_kind": [KINDS[m[0]] for m in quality],
            "quality": list(quality.values()), "estimate": 1.0,
        }
    ).replace({"measure": {"S11": "S1.1", "S12": "S1.2", "S21": "S2.1"}})  # fmt: skip


def flags(table, statistic="score", place="899"):
    own = table[(table["statistic"] == statistic) & (table["place"] == place)]
    return dict(zip(own["measure"], own["quality"], strict=True))


def test_withheld_part_withholds_its_dimension_and_the_total():
    table = withhold_linked(
        arrange(rows(S11="suppressed", S12="good", S21="good", D1="good", D2="good", PAPI="good")), PARENTS
    )
    assert flags(table) == {
        "S1.1": "suppressed", "S1.2": "good", "S2.1": "good", "D1": "suppressed", "D2": "good", "PAPI": "suppressed",
    }  # fmt: skip
    assert set(table.loc[table["measure"].isin(["D1", "PAPI"]), "note"]) == {PART_WITHHELD}


def test_difference_of_a_withheld_level_is_withheld():
    both = [rows(D1="suppressed", D2="good"), rows("difference", D1="good", D2="caution")]
    assert flags(withhold_linked(arrange(both), PARENTS), "difference") == {
        "D1": "suppressed",
        "D2": "caution",
    }


def test_other_districts_are_left_alone():
    both = [rows(S11="suppressed", D1="good"), rows(place="900", S11="good", D1="good")]
    assert flags(withhold_linked(arrange(both), PARENTS), place="900") == {"S1.1": "good", "D1": "good"}


def test_part_without_an_error_of_its_own_does_not_withhold_the_sum():
    table = withhold_linked(arrange(rows(S11="not_estimated", S12="good", D1="good")), PARENTS)
    assert flags(table)["D1"] == "good"


def test_no_withheld_score_of_the_example_follows_from_those_shown(example_results):
    """Attack by subtraction: no shown sum has exactly one withheld part, in any district."""
    levels = example_results[
        (example_results["statistic"] == "score") & (example_results["place_kind"] == "district")
    ]
    for _, own in levels.groupby("place"):
        shown = own.set_index("measure")["estimate"].notna()
        suppressed = own.set_index("measure")["quality"] == "suppressed"
        parents = {m: f"D{m[1]}" for m in shown.index if m.startswith("S")}
        for part, parent in parents.items():
            assert not (suppressed[part] and shown[parent])
        dimensions = [m for m in shown.index if m.startswith("D")]
        assert not (suppressed[dimensions].any() and shown["PAPI"])
    assert (levels["quality"] == "suppressed").any()
    assert np.isfinite(levels["estimate"]).any()


def test_dimension_that_is_added_into_nothing_withholds_nothing_else():
    table = withhold_linked(arrange(rows(S11="suppressed", D1="good", D2="good")), {"S1.1": "D1"})
    assert flags(table) == {"S1.1": "suppressed", "D1": "suppressed", "D2": "good"}
