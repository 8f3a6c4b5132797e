"""Covariance between groups, and the table of sets made of it."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign
from analysis.estimates.estimators import joint_means
from analysis.explore.ranking import RANK_COLUMNS, group_covariance, rank_table


def levels_of(estimate, quality=None, df=40.0):
    count = len(estimate)
    return pd.DataFrame(
        {
            "group_kind": "g", "group": [f"g{at}" for at in range(count)], "measure": "y",
            "estimate": estimate, "se": 0.1, "df": df, "n": 100, "n_psu": 5,
            "quality": quality or ["good"] * count,
        }
    )  # fmt: skip


def test_covariance_between_groups_is_the_joint_one(survey):
    _, domains = survey._domains("age_group", None)
    (scores,) = survey._scores(["poverty_list_published"], domains, survey.design)
    y, group = survey.data["poverty_list_published"], survey.data["age_group"]
    items = [(label, y, (group == label).to_numpy()) for label in domains.labels]
    np.testing.assert_allclose(group_covariance(scores), joint_means(items, survey.design).vcov, rtol=1e-9)


@pytest.mark.parametrize("which", ["survey", "calibrated"])
def test_covariance_of_a_composite_agrees_with_the_differences_of_its_groups(which, request):
    asked = request.getfixturevalue(which)
    _, domains = asked._domains("age_group", None)
    (scores,) = asked._scores(["PAPI"], domains, asked.design)
    vcov = group_covariance(scores)
    np.testing.assert_allclose(np.sqrt(np.diag(vcov)), asked.mean("PAPI", by="age_group")["se"], rtol=1e-9)
    ours = asked.compare("PAPI", "age_group", "18-34", "55+").iloc[0]
    assert ours["se"] == pytest.approx(np.sqrt(vcov[0, 0] + vcov[2, 2] - 2 * vcov[0, 2]), rel=1e-9)


def test_withheld_groups_are_left_out_and_say_so():
    table = rank_table(
        levels_of([1.0, 9.0, 5.0], ["good", "suppressed", "caution"]),
        0.01 * np.eye(3),
        False,
        None,
        level=0.95,
    )
    assert list(table.columns) == RANK_COLUMNS
    assert table["rank_low"].astype(float).fillna(0).tolist() == [2, 0, 1]
    assert table["rank_low"].dtype == "Int64"
    assert table["note"].tolist()[1] == "not ranked: suppressed"
    assert table["note"].tolist()[0] == "among 2; 1 without an estimate left out; rank 1 = highest; df=40"


def test_lowest_comes_first_where_lower_is_better():
    table = rank_table(levels_of([1.0, 9.0, 5.0]), 0.01 * np.eye(3), True, None, level=0.95)
    assert table["rank_low"].tolist() == table["rank_high"].tolist() == [1, 3, 2]
    assert table["estimate"].tolist() == [1.0, 9.0, 5.0]
    assert "rank 1 = lowest" in table["note"].iloc[0]


def test_smallest_df_of_the_groups_ranked_counts_unless_another_is_given():
    # 3.6 apart with SE 1: told apart by normal errors (studentized range 3.31), not with 2 df (8.33)
    levels = levels_of([0.0, 3.6, 7.2], df=[40.0, 2.0, 40.0])
    cautious, normal = (
        rank_table(levels, np.eye(3), False, df, level=0.95, draws=5_000) for df in (None, np.inf)
    )
    assert cautious["rank_high"].tolist() == [3, 3, 3]
    assert cautious["note"].iloc[0].endswith("df=2")
    assert normal["rank_high"].tolist() == [3, 2, 1]


@pytest.mark.parametrize("options", [{"level": 1.0}, {"level": 95}, {"df": 0}, {"df": np.nan}])
def test_level_or_df_that_does_not_exist_is_refused(options):
    with pytest.raises(BadDesign):
        rank_table(levels_of([1.0, 2.0]), np.eye(2), False, **({"level": 0.95, "df": None} | options))


def test_one_group_is_not_ranked():
    with pytest.raises(BadDesign) as fault:
        rank_table(levels_of([1.0, 2.0], ["good", "not_estimated"]), np.eye(2), False, None, level=0.95)
    assert "not_estimated" in fault.value.got
