"""Differences know that their two sides are correlated, and refuse sides that only look certain."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.contrasts import compare_domains, standard_scores
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import linearise_means


def two_years(seed=1, same_psus=True):
    """Four PSUs in two strata, asked in two years; PSU effects are large beside the noise."""
    rng = np.random.default_rng(seed)
    effect = rng.normal(0, 5, 4)
    rows = []
    for year in (0, 1):
        for psu in range(4):
            name = f"p{psu}" if same_psus else f"p{psu}.{year}"
            for _ in range(10):
                rows.append((f"s{psu // 2}", name, year, effect[psu] + year + rng.normal(0, 1)))
    return pd.DataFrame(rows, columns=["stratum", "psu", "year", "y"])


def change(table):
    design = build_design(table["stratum"], table["psu"], np.ones(len(table)))
    scores = linearise_means(table[["y"]], design, Domains.of(table["year"], [0, 1]))
    return compare_domains(scores, 1, scores, 0), scores


def test_shared_psus_make_the_change_more_certain_than_independent_ones():
    shared, _ = change(two_years())
    apart, _ = change(two_years(same_psus=False))
    assert shared.estimate[0] == pytest.approx(apart.estimate[0])
    assert shared.se[0] < 0.25 * apart.se[0]


def test_contrast_variance_is_the_two_variances_less_twice_the_covariance():
    contrast, scores = change(two_years())
    z = np.column_stack([scores.psu_scores(1)[:, 0], scores.psu_scores(0)[:, 0]])
    centred = z - np.repeat([z[:2].mean(axis=0), z[2:].mean(axis=0)], 2, axis=0)
    v = 2 * centred.T @ centred
    assert contrast.se[0] ** 2 == pytest.approx(v[0, 0] + v[1, 1] - 2 * v[0, 1])


def test_side_in_one_psu_gives_no_difference():
    table = two_years()
    table["where"] = np.where(table["psu"] == "p0", "one psu", "elsewhere")
    design = build_design(table["stratum"], table["psu"], np.ones(len(table)))
    part = linearise_means(table[["y"]], design, Domains.of(table["where"], ["one psu"]))
    whole = linearise_means(table[["y"]], design, Domains.everybody(len(table)))
    contrast = compare_domains(part, 0, whole, 0)
    assert np.isnan(contrast.estimate[0])
    assert np.isnan(contrast.se[0])


def test_difference_takes_the_smaller_degrees_of_freedom():
    table = two_years()
    design = build_design(table["stratum"], table["psu"], np.ones(len(table)))
    part = linearise_means(table[["y"]], design, Domains.of(table["stratum"], ["s0"]))
    whole = linearise_means(table[["y"]], design, Domains.everybody(len(table)))
    assert compare_domains(part, 0, whole, 0).df[0] == min(2 - 1, 4 - 2)


def rounds(same_psus, seed=3):
    """The two years as two rounds, each with its own design."""
    table = two_years(seed, same_psus)
    out = []
    for year in (1, 0):
        part = table[table["year"] == year].reset_index(drop=True)
        design = build_design(part["stratum"], part["psu"], np.ones(len(part)))
        out.append(linearise_means(part[["y"]], design, Domains.everybody(len(part))))
    return out


def test_rounds_with_the_same_psus_have_the_variance_of_the_stacked_sample():
    now, before = rounds(same_psus=True)
    stacked, _ = change(two_years(3))
    contrast = compare_domains(now, 0, before, 0)
    assert contrast.se[0] == pytest.approx(stacked.se[0], rel=1e-12)


def test_rounds_that_share_no_psu_are_independent():
    now, before = rounds(same_psus=False)
    contrast = compare_domains(now, 0, before, 0)
    assert contrast.se[0] ** 2 == pytest.approx(now.variance()[0, 0] + before.variance()[0, 0], rel=1e-12)


@pytest.mark.parametrize("policy", ["adjust", "average", "certainty", "remove"])
def test_squares_of_standard_scores_add_to_the_variance_under_each_lone_psu_policy(policy):
    lone = pd.DataFrame({"stratum": ["s9"], "psu": ["p9"], "year": [1], "y": [4.0]})
    table = pd.concat([two_years(), lone], ignore_index=True)
    design = build_design(table["stratum"], table["psu"], np.ones(len(table)), policy)
    scores = linearise_means(table[["y"]], design, Domains.of(table["year"], [0, 1]))
    for domain in (0, 1):
        squares = (standard_scores(scores.psu_scores(domain), design) ** 2).sum(axis=0)
        assert squares == pytest.approx(scores.variance()[domain], rel=1e-12)


def test_design_whose_later_stages_count_is_refused():
    table = two_years().assign(w=1.0, person=range(80), psus=9, people=99)
    design = declare_design(
        table,
        weight="w",
        psu=["psu", "person"],
        stratum=["stratum"],
        population=["psus", "people"],
        nest=True,
    )
    scores = linearise_means(table[["y"]], design, Domains.of(table["year"], [0, 1]))
    with pytest.raises(ValueError, match="multi-stage"):
        compare_domains(scores, 1, scores, 0)


def test_interval_rests_on_no_less_than_simple_random_sampling():
    """Nearly the same mean in every PSU: a standard error near 0 by chance, not by knowledge."""
    table = two_years()
    table["y"] = np.tile([0.0, 1.0], 40)
    table.loc[[0, 20], "y"] = [0.1, 0.2]
    design = build_design(table["stratum"], table["psu"], np.ones(80))
    part = linearise_means(table[["y"]], design, Domains.of(table["stratum"], ["s0"]))
    whole = linearise_means(table[["y"]], design, Domains.everybody(80))
    contrast = compare_domains(part, 0, whole, 0)
    in_part = 0.5  # half of the weight
    srs = whole.srs_variance[0, 0] + (1 - 2 * in_part) * part.srs_variance[0, 0]
    assert contrast.se_least[0] == pytest.approx(np.sqrt(srs), rel=1e-12)
    assert contrast.se[0] < contrast.se_least[0] == contrast.se_used[0]
