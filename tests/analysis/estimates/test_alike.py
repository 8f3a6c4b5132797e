"""Each side spread at least as the other: by hand for shares, person by person for composites."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.alike import alike_variances
from analysis.estimates.answer_covariance import answer_covariance
from analysis.estimates.design import build_design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import linearise_means


def scores_of(table, domains, columns=("y",)):
    design = build_design(table["stratum"], table["psu"], table["weight"].to_numpy(float))
    return [linearise_means(table[list(columns)].astype(float), design, each) for each in domains], design


def people(yes_in_part, n_part, yes_in_rest, n_rest):
    """Yes and no in a part (PSUs 0, 1) and in the rest (PSUs 2, 3)."""
    parts = [(yes_in_part, n_part, 0), (yes_in_rest, n_rest, 2)]
    rows = [
        (f"s{psu // 2}", psu + i % 2, float(i < yes), psu == 0) for yes, n, psu in parts for i in range(n)
    ]
    return pd.DataFrame(rows, columns=["stratum", "psu", "y", "part"]).assign(weight=1.0)


def part_and_whole(table, columns=("y",)):
    (part, whole), _ = scores_of(
        table, [Domains.of(table["part"], [True]), Domains.everybody(len(table))], columns
    )
    return part, whole


def test_part_with_one_voice_has_the_spread_of_the_rest():
    """1 of 50 beside 45 of 450: .1 * .9 / 49 in place of .02 * .98 / 49; the whole keeps its own, 46 of 500."""
    part, whole = part_and_whole(people(1, 50, 45, 450))
    srs_part, srs_whole = alike_variances(part, 0, whole, 0, ["y"])
    assert part.srs_variance[0, 0] == pytest.approx(0.02 * 0.98 / 49)
    assert srs_part[0] == pytest.approx(0.1 * 0.9 / 49)
    assert srs_whole[0] == pytest.approx(0.092 * 0.908 / 499)


def test_part_that_differs_among_itself_keeps_its_own_spread():
    part, whole = part_and_whole(people(25, 50, 17, 450))
    assert alike_variances(part, 0, whole, 0, ["y"])[0][0] == pytest.approx(0.25 / 49)


def test_how_far_the_sides_lie_apart_is_in_neither_s_spread():
    """The same answers 100 higher: people of both sides together would spread 30 times as wide."""
    table = people(25, 50, 225, 450)
    table.loc[table["part"], "y"] += 100
    assert alike_variances(*(x for side in part_and_whole(table) for x in (side, 0)), ["y"])[
        0
    ] == pytest.approx(0.25 / 49)


def test_two_groups_beside_each_other_take_each_other_s_spread_and_nobody_else_s():
    """2 of 40 beside 14 of 40; the 400 others are not asked."""
    table = people(16, 80, 300, 400)
    table["side"] = np.where(table["part"], np.where(table.index % 80 < 40, "a", "b"), "other")
    table.loc[table["part"], "y"] = [1.0] * 2 + [0.0] * 38 + [1.0] * 14 + [0.0] * 26
    (scores,), _ = scores_of(table, [Domains.of(table["side"], ["a", "b"])])
    a, b = alike_variances(scores, 0, scores, 1, ["y"])
    assert a[0] == pytest.approx(0.35 * 0.65 / 39)
    assert b[0] == pytest.approx(0.35 * 0.65 / 39)


def test_two_rounds_take_each_other_s_spread():
    now, before = people(1, 50, 10, 100), people(9, 50, 10, 100)
    sides = [part_and_whole(table)[0] for table in (now, before)]
    a, b = alike_variances(*(x for side in sides for x in (side, 0)), ["y"])
    assert a[0] == pytest.approx(0.18 * 0.82 / 49)
    assert b[0] == pytest.approx(0.18 * 0.82 / 49)  # its own is larger


def with_skips(seed=3):
    rng = np.random.default_rng(seed)
    table = people(30, 60, 200, 400)
    table["weight"] = rng.uniform(0.5, 2, len(table))
    table["x"] = rng.normal(0, 1, len(table)) + 2 * table["y"]
    table["rare"] = np.where(rng.random(len(table)) < 0.1, rng.random(len(table)), np.nan)
    table.loc[table.index[table["part"]][:5], "rare"] = 0.3
    return table


def composite(table, weights=(1.0, -0.5, 2.0)):
    sides = part_and_whole(table, ("y", "x", "rare"))
    return [each.combine(np.array(weights)[:, None], np.zeros(1), ["c"]) for each in sides]


def test_two_rounds_with_the_same_answers_have_their_own_spread_composite_too():
    """The formula in covariances is the variance of each person's combined score."""
    now, before = (composite(with_skips())[1] for _ in range(2))
    for side in alike_variances(now, 0, before, 0, ["c"]):
        assert side[0] == pytest.approx(now.srs_variance[0, 0], rel=1e-12)


def test_side_without_others_beside_it_has_its_own_spread():
    part, whole = composite(with_skips())
    assert alike_variances(whole, 0, whole, 0, ["c"])[0][0] == whole.srs_variance[0, 0]
    assert alike_variances(part, 0, whole, 0, ["c"])[1][0] == whole.srs_variance[0, 0]


def test_few_answers_to_a_part_cost_as_much_as_they_do_whatever_those_few_said():
    """Of the part's 60 people a handful answered `rare`, all the same: the spread is the rest's, the count theirs."""
    table = with_skips()
    table.loc[table["part"], "rare"] = np.where(np.arange(60) < 4, 0.3, np.nan)
    part, whole = composite(table, (0.0, 0.0, 1.0))
    assert part.srs_variance[0, 0] == pytest.approx(0.0, abs=1e-15)
    (few, _) = alike_variances(part, 0, whole, 0, ["c"])
    answered = table["part"] & table["rare"].notna()
    share = table.loc[answered, "weight"].sum() / table.loc[table["part"], "weight"].sum()
    rest = table[~table["part"]]
    spread = answer_covariance(rest[["rare"]].to_numpy(), rest["weight"].to_numpy())[0, 0]
    assert few[0] == pytest.approx(spread / share / 59, rel=1e-12)


def test_covariance_is_that_of_numpy_where_all_answered():
    rng = np.random.default_rng(2)
    values, weight = rng.normal(size=(40, 3)), rng.uniform(1, 3, 40)
    np.testing.assert_allclose(
        answer_covariance(values, weight), np.cov(values.T, aweights=weight, ddof=0), rtol=1e-12
    )


def test_covariance_of_answers_that_nobody_gave_together_is_not_known():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, 1.0], [np.nan, 3.0]])
    found = answer_covariance(values, np.ones(4))
    assert np.isnan(found[0, 1])
    assert found[0, 0] == pytest.approx(0.25)
