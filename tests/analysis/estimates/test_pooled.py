"""The pooled design effect: sums written out, the engine's own variances, and unequal communes."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.composites import combine_composites, composite_map
from analysis.estimates.design import build_design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import linearise_means
from analysis.estimates.pooled import (
    combined_scores,
    district_means,
    pooled_deff,
    pooled_df,
    pooled_share_interval,
    pooled_variance,
)

EXACT = 1e-9


def inside_districts(values, weight, district, unit):
    """Variances and df of district means from inside each district: the district as stratum, its units as PSUs."""
    design = build_design(district, unit, weight, "remove")
    scores = linearise_means(pd.DataFrame(values), design, Domains.of(pd.Series(district)))
    return scores.variance(), scores.df


# Two districts of two communes, two people each. A: commune means 1 and 3, mean 2; B: 0 and 2, mean 1.
DISTRICT = np.repeat(["A", "B"], 4)
COMMUNE = np.repeat(["1", "2", "1", "2"], 2)  # the same codes in both districts
VALUES = np.array([0.0, 2, 3, 3, 0, 0, 1, 3])
ONES = np.ones(8)


def test_the_deff_is_the_sum_over_the_districts():
    # v_d = 2/1 [2 * (2 * 1/4)^2] = 1 in both; S2/n: squares 4+0+1+1 = 6 and 1+1+0+4 = 6, 6/4/3 = 0.5
    for corrected in (True, False):
        deff = pooled_deff(VALUES, ONES, DISTRICT, COMMUNE, corrected=corrected)
        assert deff == pytest.approx([(1 + 1) / (0.5 + 0.5)], rel=EXACT)
    assert pooled_variance(VALUES, ONES, DISTRICT, COMMUNE) == pytest.approx(
        np.full((2, 1), 2 * 0.5), rel=EXACT
    )


def test_the_corrected_variance_does_not_shrink_where_one_commune_has_most_of_the_weight():
    # one district, weights 4 and 1 a person: shares f = .8, .2; commune means 1 and 3, mean 1.4
    weight = np.array([4.0, 4, 1, 1])
    part = (VALUES[:4], weight, DISTRICT[:4], COMMUNE[:4])
    srs = (4 * 1.4**2 + 4 * 0.6**2 + 2 * 1.6**2) / 10 / 3
    linearised = 2 * ((0.8 * 0.4) ** 2 + (0.2 * 1.6) ** 2)
    corrected = (0.8**2 + 0.2**2) * 2  # 2 = (1 - 2)^2 + (3 - 2)^2, over m - 1 = 1
    assert pooled_deff(*part, corrected=True) == pytest.approx([corrected / srs], rel=EXACT)
    assert pooled_deff(*part, corrected=False) == pytest.approx([max(linearised / srs, 1)], rel=EXACT)


def test_the_corrected_variance_is_unbiased_with_unequal_communes_and_the_linearised_is_not():
    random, count = np.random.RandomState(4), 4_000
    district, commune = np.indices((count, 3)).reshape(2, -1)
    weight = np.tile([1.0, 2.0, 7.0], count)
    y = random.standard_normal(count * 3)  # one person a commune: the variance of a mean is sum f^2
    true = (0.1**2 + 0.2**2 + 0.7**2) * count
    below = np.nansum(district_means(y, weight, district).srs_variance)
    ratio = {
        way: pooled_deff(y, weight, district, commune, corrected=way)[0] * below / true
        for way in (True, False)
    }
    assert ratio[True] == pytest.approx(1, abs=3 * np.sqrt(2 / (2 * count)))
    assert ratio[False] < 0.8


def test_the_deff_is_never_below_1():
    same = np.array([0.0, 2, 0, 2, 1, 3, 1, 3])  # communes alike, people not
    assert pooled_deff(same, ONES, DISTRICT, COMMUNE).tolist() == [1.0]


def test_a_district_of_one_commune_lends_nothing_and_borrows():
    district, commune = np.r_[DISTRICT, ["C"] * 3], np.r_[COMMUNE, ["9"] * 3]
    values, weight = np.r_[VALUES, [0.0, 3, 6]], np.ones(11)
    # C: squares 9 + 0 + 9, /3/2 = 3
    assert pooled_deff(values, weight, district, commune) == pytest.approx([2.0], rel=EXACT)
    assert pooled_variance(values, weight, district, commune)[2] == pytest.approx([2.0 * 3], rel=EXACT)
    assert pooled_df(values, district, commune).tolist() == [2]
    variance, df = inside_districts(values, weight, district, commune)
    assert variance[:2, 0] == pytest.approx([1.0, 1.0], rel=EXACT)
    assert df[:, 0].tolist() == [1, 1, 0]  # C's own error is not known


def test_without_two_communes_anywhere_there_is_no_deff():
    assert np.isnan(pooled_deff(VALUES, ONES, DISTRICT, DISTRICT)).all()


def test_districts_come_in_the_order_asked_and_the_unsampled_are_empty():
    asked = ["B", "Z", "A"]
    variance = pooled_variance(np.c_[VALUES, 2 * VALUES], ONES, DISTRICT, COMMUNE, districts=asked)
    assert variance.shape == (3, 2) and np.isnan(variance[1]).all()
    assert variance[:, 1] == pytest.approx(4 * variance[:, 0], rel=EXACT, nan_ok=True)
    assert district_means(VALUES, ONES, DISTRICT, asked).estimate[:, 0] == pytest.approx(
        [1, np.nan, 2], nan_ok=True
    )


def test_all_the_same_answer_is_no_variance_but_not_0():
    values = np.r_[np.full(4, 0.3), VALUES[4:]]
    assert np.isnan(pooled_variance(values, np.arange(1.0, 9), DISTRICT, COMMUNE)[0, 0])


def test_a_deff_from_elsewhere_is_used_as_given():
    assert pooled_variance(VALUES, ONES, DISTRICT, COMMUNE, deff=np.array([3.0]))[:, 0] == pytest.approx(
        [1.5, 1.5]
    )


def random_sample(seed=1, holes=0.2):
    random = np.random.RandomState(seed)
    district, commune, village, _ = np.indices((6, 3, 2, 7)).reshape(4, -1)
    values = random.standard_normal((len(district), 4)) + commune[:, None] * 0.5 + village[:, None] * 0.3
    values[random.random_sample(values.shape) < holes] = np.nan
    weight = np.exp(random.standard_normal(len(district)))
    return values, weight, district, commune, commune * 2 + village


def test_means_and_srs_variance_are_those_of_the_engine_with_the_district_as_stratum():
    values, weight, district, _, village = random_sample()
    design = build_design(district, village, weight)
    scores = linearise_means(pd.DataFrame(values), design, Domains.of(pd.Series(district)))
    means = district_means(values, weight, district)
    assert means.estimate == pytest.approx(scores.estimate, rel=EXACT)
    assert means.srs_variance == pytest.approx(scores.srs_variance, rel=EXACT)
    assert (means.n == scores.n).all()


def test_combined_scores_give_the_variance_of_composites():
    values, weight, district, commune, _ = random_sample()
    parts = np.array([[1.0, 0.0], [0.5, 0.0], [-2.0, 1.0], [0.0, 3.0]])
    design = build_design(district, commune, weight)
    scores = linearise_means(pd.DataFrame(values), design, Domains.of(pd.Series(district)))
    whole = scores.combine(parts, np.zeros(2), ["a", "b"])
    combined = combined_scores(values, weight, district, parts)
    variance, _ = inside_districts(combined, weight, district, commune)
    assert variance == pytest.approx(whole.variance(), rel=EXACT)
    means = district_means(combined, weight, district)
    assert means.srs_variance == pytest.approx(whole.srs_variance, rel=EXACT)
    assert np.abs(means.estimate).max() < 1e-12
    linearised = whole.variance().sum(axis=0) / whole.srs_variance.sum(axis=0)
    deff = pooled_deff(combined, weight, district, commune, corrected=False)
    assert deff == pytest.approx(np.maximum(linearised, 1), rel=EXACT)


def test_a_composite_of_a_part_nobody_answered_is_empty():
    values, weight, district, *_ = random_sample()
    values[district == 2, 1] = np.nan
    combined = combined_scores(values, weight, district, np.array([[1.0, 0], [1, 0], [0, 1], [0, 0]]))
    assert np.isnan(combined[district == 2, 0]).all() and not np.isnan(combined[:, 1]).any()
    assert not np.isnan(combined[district != 2, 0]).any()


@pytest.mark.parametrize("corrected", [True, False])
def test_scale_of_the_weights_order_of_the_rows_and_names_of_the_places_do_not_matter(corrected):
    values, weight, district, commune, _ = random_sample(3)
    plain = pooled_variance(values, weight, district, commune, corrected=corrected)
    order = np.random.RandomState(0).permutation(len(weight))
    names = np.array([f"c{at}" for at in (5, 1, 3)])[commune]
    mixed = pooled_variance(
        values[order], 1e6 * weight[order], district[order], names[order], corrected=corrected
    )
    assert mixed == pytest.approx(plain, rel=EXACT)
    assert pooled_variance(7 * values, weight, district, commune, corrected=corrected) == pytest.approx(
        49 * plain
    )


def test_the_example_s_composites_have_the_engine_s_variances(example_sample):
    sample = example_sample
    table, mapping = sample.indicators, composite_map(sample.framework)
    parts = mapping.weights.loc[sample.names, ["D1", "PAPI"]].to_numpy()
    combined = combined_scores(table[sample.names], table["weight"], table["district"], parts)
    scores = linearise_means(
        table[sample.names],
        build_design(table["district"], table["psu"], table["weight"]),
        Domains.of(table["district"]),
    )
    whole = combine_composites(scores, mapping)
    at = [list(whole.measures).index(name) for name in ("D1", "PAPI")]
    variance, _ = inside_districts(combined, table["weight"], table["district"], table["psu"])
    assert variance == pytest.approx(whole.variance()[:, at], rel=EXACT)


def test_wilson_ends_are_where_the_share_is_t_standard_errors_away():
    low, high = pooled_share_interval(np.array([0.3]), np.array([90]), 1.5, 12)
    t = 2.178812829667228  # Student's t, 12 df, .975
    for end in (low, high):
        assert abs(0.3 - end) == pytest.approx(t * np.sqrt(end * (1 - end) / (90 / 1.5)), rel=EXACT)


def test_a_share_of_0_or_1_has_an_interval_too():
    low, high = pooled_share_interval(np.array([0.0, 1.0]), np.array([60, 60]), 2.0)
    t2 = 1.959963984540054**2
    assert low == pytest.approx([0, 30 / (30 + t2)], rel=1e-8)
    assert high == pytest.approx([t2 / (30 + t2), 1], rel=1e-8)


def test_a_share_without_people_or_deff_has_none():
    low, high = pooled_share_interval(
        np.array([np.nan, 0.5, 0.5, 0.5]),
        np.array([0, 1, 50, 50]),
        np.array([2, 2, np.nan, 2]),
        np.array([9, 9, 9, 0]),
    )
    assert np.isnan(low).all() and np.isnan(high).all()
