"""The pooled design effect in the results: what it changes and what it leaves alone."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.comparisons import estimate_differences
from analysis.estimates.contrasts import compare_domains, share_inside
from analysis.estimates.district_pool import (
    districts_that_share_psus,
    pool_districts,
    pooled_correlation,
    pooled_difference,
)
from analysis.estimates.domains import Domains
from analysis.estimates.levels import estimate_levels
from analysis.estimates.pooled import pooled_deff
from analysis.estimates.results import SHARED_PSUS, join_blocks
from analysis.places import read_places
from analysis.rounds import CalibrationSettings


def both_rows(results, statistic):
    own = results[(results["place_kind"] == "district") & (results["survey_round"] == "example-2021")]
    pooled = own[own["statistic"] == statistic].set_index(["place", "measure"])
    direct = own[own["statistic"] == f"{statistic}_direct"].set_index(["place", "measure"])
    return pooled, direct.reindex(pooled.index)


@pytest.mark.parametrize("statistic", ["score", "share", "mean", "difference", "change"])
def test_pooling_moves_no_estimate(example_results, statistic):
    pooled, direct = both_rows(example_results, statistic)
    shown = pooled["estimate"].notna() & direct["estimate"].notna()
    assert shown.sum() > 50
    np.testing.assert_array_equal(pooled.loc[shown, "estimate"], direct.loc[shown, "estimate"])


def test_all_districts_share_one_design_effect_a_measure(example_results):
    pooled, _ = both_rows(example_results, "score")
    spread = pooled[pooled["estimate"].notna()].groupby("measure")["deff"].nunique()
    assert (spread == 1).all()


def test_deff_and_df_are_those_of_the_pool(example_sample, example_results):
    table = example_sample.indicators
    values = table[["poverty_list_published"]]
    deff = pooled_deff(values, table["weight"].to_numpy(), table["district"], table["commune"])[0]
    row = example_results[
        (example_results["measure"] == "poverty_list_published")
        & (example_results["statistic"] == "share")
        & (example_results["place"] == "899")
    ].iloc[0]
    assert row["deff"] == pytest.approx(deff, rel=1e-12)
    assert row["df"] == table["commune"].nunique() - table["district"].nunique()


def test_variance_of_a_district_is_deff_times_simple_random_sampling(example_sample):
    districts = read_places().districts_of("91")
    scores, _ = example_sample.estimate(
        example_sample.district_design, Domains.of(example_sample.indicators["district"], districts)
    )
    pool, _ = pool_districts(example_sample, districts)
    known = np.isfinite(pool.variance)
    np.testing.assert_allclose(pool.variance[known], (pool.deff * scores.srs_variance)[known], rtol=1e-9)


def test_correlation_of_a_round_with_itself_is_one(example_sample):
    districts = read_places().districts_of("91")
    domains = Domains.of(example_sample.indicators["district"], districts)
    _, composites = example_sample.estimate(example_sample.district_design, domains)
    assert pooled_correlation(composites, composites) == pytest.approx(
        dict.fromkeys(composites.measures, 1.0)
    )


@pytest.fixture(scope="module")
def by_district(example_sample):
    """The example with each district's people known: nothing of a district's mean is explained by them."""
    people = example_sample.indicators.groupby("district")["weight"].sum()
    totals = {district: float(100_000 + 7 * at) for at, district in enumerate(people.index)}
    settings = CalibrationSettings("poststratify", "typed", {"district": totals})
    survey_round = replace(example_sample.survey_round, calibration=settings)
    table = example_sample.indicators.assign(margin_district=example_sample.indicators["district"])
    return replace(example_sample, survey_round=survey_round, indicators=table)


def test_pooling_takes_the_calibrated_weights(by_district):
    districts = read_places().districts_of("91")
    scores, _ = by_district.estimate(
        by_district.district_design, Domains.of(by_district.indicators["district"], districts)
    )
    pool, _ = pool_districts(by_district, districts)
    known = np.isfinite(pool.variance)
    assert known.sum() > 500
    np.testing.assert_allclose(pool.variance[known], (pool.deff * scores.srs_variance)[known], rtol=1e-9)


def test_pooled_difference_leaves_the_gain_of_calibration_out(by_district):
    """V_province of the same weights taken as given, and never below what the district alone adds."""
    districts = read_places().districts_of("91")
    design, table = by_district.district_design, by_district.indicators
    whole, _ = by_district.estimate(design, Domains.everybody(len(table)))
    part, _ = by_district.estimate(design, Domains.of(table["district"], districts))
    pool, _ = pool_districts(by_district, districts)
    given, _ = by_district.estimate(replace(design, calibration=None), Domains.everybody(len(table)))
    at, bound = districts.index("899"), 0
    direct, inside = compare_domains(part, at, whole, 0), share_inside(part, at, whole, 0)
    se, _ = pooled_difference(direct, at, whole, pool, inside)
    district = pool.deff * direct.srs_a
    by_hand = given.variance()[0] + (1 - 2 * inside) * district
    least = (1 - inside) ** 2 * district
    for k in np.flatnonzero(np.isfinite(se)):
        assert se[k] ** 2 == pytest.approx(max(by_hand[k], least[k]), rel=1e-12)
        bound += by_hand[k] < least[k]
    assert np.isfinite(se).sum() > 50
    assert bound < np.isfinite(se).sum()
    assert given.variance()[0].sum() > whole.variance()[0].sum()


def test_difference_takes_at_least_the_spread_of_the_rest_of_the_province(example_sample):
    """V = V_province + (1 - 2 f) deff max(S2_district, S2_rest) / n: a district of one voice knows no more."""
    districts = read_places().districts_of("91")
    design, table = example_sample.district_design, example_sample.indicators
    whole, _ = example_sample.estimate(design, Domains.everybody(len(table)))
    part, _ = example_sample.estimate(design, Domains.of(table["district"], districts))
    pool, _ = pool_districts(example_sample, districts)
    raised = 0
    for at in np.flatnonzero(part.domains.people):
        direct = compare_domains(part, at, whole, 0)
        se, _ = pooled_difference(direct, at, whole, pool, share_inside(part, at, whole, 0))
        outside = Domains.of(table["district"] != districts[at], [True])
        rest, _ = example_sample.estimate(design, outside)
        spread = rest.srs_variance[0] * (rest.n[0] - 1) / np.maximum(part.n[at] - 1, 1)
        assert np.allclose(direct.srs_a, np.fmax(part.srs_variance[at], spread), rtol=1e-9)
        own = whole.variance()[0] + (1 - 2 * share_inside(part, at, whole, 0)) * pool.variance[at]
        known = np.isfinite(se)
        assert (se[known] ** 2 >= own[known] * (1 - 1e-9)).all()
        raised += (se[known] ** 2 > own[known] * 1.05).sum()
    assert raised > 100


def test_district_that_shares_a_psu_is_left_out_of_the_pool_and_shown_directly(example_sample):
    """One PSU of 899 also holds people of 900: both are direct, and the others are pooled without them."""
    table, district = example_sample.indicators, example_sample.indicators["district"]
    moved = table.index[(district == "899") & (table["psu"] == table.loc[district == "899", "psu"].iloc[0])]
    sample = replace(
        example_sample, indicators=table.assign(district=district.where(table.index != moved[0], "900"))
    )
    assert districts_that_share_psus(example_sample) == []
    assert districts_that_share_psus(sample) == ["899", "900"]
    districts = ["899", "900", "902"]
    pool, _ = pool_districts(sample, districts)
    assert pool.shares.tolist() == [True, True, False]
    assert np.isnan(pool.variance[:2]).all() and np.isfinite(pool.variance[2]).any()
    others = replace(
        sample, indicators=sample.indicators[~sample.indicators["district"].isin(["899", "900"])]
    )
    np.testing.assert_allclose(pool.deff, pool_districts(others, districts)[0].deff)
    levels = join_blocks(estimate_levels(sample, districts))
    own = levels[(levels["place"] == "899") & (levels["place_kind"] == "district")]
    pooled = own[~own["statistic"].str.endswith("_direct")].set_index("measure")
    direct = own[own["statistic"].str.endswith("_direct")].set_index("measure")
    for column in ("se", "ci_low", "ci_high", "df", "quality"):
        pd.testing.assert_series_equal(pooled[column], direct[column])
    rows = join_blocks(estimate_differences(sample, districts)).query("statistic == 'difference'")
    assert rows.groupby("place")["note"].unique().map(list).to_dict() == {
        "899": [SHARED_PSUS], "900": [SHARED_PSUS], "902": [""],
    }  # fmt: skip
