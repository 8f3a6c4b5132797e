"""What subtraction would give back is withheld too."""

import numpy as np
import pandas as pd

from analysis.estimates.disclosure import withhold_linked
from analysis.estimates.results import OTHER_GROUP_WITHHELD, PART_WITHHELD, arrange

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


def groups(measure="D1", kind="age_group", statistic="score", **quality):
    """Rows of one measure by group: name=(flag, n)."""
    flags, counts = zip(*quality.values(), strict=True)
    return pd.DataFrame(
        {
            "place_kind": "province", "place": "91", "group_kind": kind, "group": list(quality), "statistic": statistic,
            "measure": measure, "measure_kind": KINDS[measure[0]], "quality": flags, "n": counts, "estimate": 1.0,
        }
    )  # fmt: skip


def group_flags(table, measure="D1", statistic="score"):
    own = table[(table["measure"] == measure) & (table["statistic"] == statistic)]
    return dict(zip(own["group"], own["quality"], strict=True))


def test_group_withheld_alone_takes_the_smallest_other_with_it():
    table = withhold_linked(
        arrange(groups(young=("suppressed", 20), middle=("good", 300), old=("caution", 45))), PARENTS
    )
    assert group_flags(table) == {"young": "suppressed", "middle": "good", "old": "suppressed"}
    assert table.set_index("group").at["old", "note"] == OTHER_GROUP_WITHHELD


def test_two_groups_withheld_or_unknown_need_no_third():
    for flag in ("suppressed", "not_estimated"):
        both = groups(young=("suppressed", 20), middle=("good", 300), old=(flag, 10))
        assert group_flags(withhold_linked(arrange(both), PARENTS))["middle"] == "good"


def test_group_not_estimated_alone_withholds_nothing():
    both = groups(young=("not_estimated", 0), middle=("good", 300), old=("good", 200))
    assert group_flags(withhold_linked(arrange(both), PARENTS))["middle"] == "good"


def test_each_kind_of_group_and_each_measure_is_looked_at_by_itself():
    several = [
        groups(male=("suppressed", 20), female=("good", 90), kind="sex"),
        groups(kinh=("good", 90), other=("good", 60), kind="ethnicity"),
        groups("D2", male=("good", 80), female=("good", 90), kind="sex"),
    ]
    table = withhold_linked(arrange(several), PARENTS)
    assert group_flags(table) == {
        "male": "suppressed", "female": "suppressed", "kinh": "good", "other": "good",
    }  # fmt: skip
    assert group_flags(table, "D2") == {"male": "good", "female": "good"}


def test_group_withheld_beside_another_withholds_its_own_sums_and_differences():
    """S1.1 of women is too small: men's goes with it, then D1 and the total of both, and their differences."""
    names = {"men": ("good", 90), "women": ("good", 40)}
    several = [
        groups("S1.1", kind="sex", men=("good", 90), women=("suppressed", 20)),
        *(groups(measure, kind="sex", **names) for measure in ("S1.2", "D1", "PAPI")),
        groups("D1", kind="sex", statistic="difference", **names),
        groups("S1.2", kind="sex", statistic="difference", **names),
    ]
    table = withhold_linked(arrange(several), PARENTS)
    for measure in ("S1.1", "D1", "PAPI"):
        assert group_flags(table, measure) == {"men": "suppressed", "women": "suppressed"}, measure
    assert group_flags(table, "D1", "difference") == {"men": "suppressed", "women": "suppressed"}
    assert group_flags(table, "S1.2", "difference") == {"men": "good", "women": "good"}


def test_no_withheld_group_of_the_example_follows_from_the_others_and_the_province(example_results):
    levels = example_results[
        (example_results["group_kind"] != "all")
        & example_results["statistic"].isin(["score", "share", "mean"])
    ]
    seen = levels.groupby(["group_kind", "measure"])["quality"]
    hidden = seen.agg(lambda flags: (~flags.isin(["good", "caution"])).sum())
    assert (hidden[seen.agg(lambda flags: (flags == "suppressed").any())] >= 2).all()
    assert (hidden >= 2).sum() > 10
