"""Differences know that their two sides are correlated, and refuse sides that only look certain."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.calibration import poststratify
from analysis.estimates.contrasts import compare_domains
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import joint_means
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
        (standard,) = scores.standard_scores(domain)
        assert (standard**2).sum(axis=0) == pytest.approx(scores.variance()[domain], rel=1e-12)


def staged(table, **more):
    """The two years as two stages out of finite populations: 9 PSUs a stratum, 99 people a PSU."""
    table = table.assign(w=1.0, person=range(len(table)), psus=9, people=99)
    names = dict(psu=["psu", "person"], stratum=["stratum"], population=["psus", "people"])
    return declare_design(table, weight="w", nest=True, **names, **more)


def test_two_stages_with_finite_populations_are_those_of_the_covariance_of_both_sides():
    table = two_years()
    scores = linearise_means(table[["y"]], staged(table), Domains.of(table["year"], [0, 1]))
    y = table["y"]
    in_year = [table["year"].to_numpy() == year for year in (0, 1)]
    both = joint_means([("before", y, in_year[0]), ("now", y, in_year[1])], staged(table))
    ours, theirs = compare_domains(scores, 1, scores, 0), both.contrast([[-1.0, 1.0]])
    assert ours.estimate[0] == pytest.approx(theirs.estimate[0], rel=1e-12)
    assert ours.se[0] == pytest.approx(theirs.se[0], rel=1e-12)


def test_two_stages_by_hand():
    """(1 - f1) between PSUs + f1 (1 - f2) between people, of the difference's scores."""
    table = two_years()
    scores = linearise_means(table[["y"]], staged(table), Domains.of(table["year"], [0, 1]))
    z = scores.person_scores(1)[:, 0] - scores.person_scores(0)[:, 0]
    psus = pd.Series(z).groupby([table["stratum"], table["psu"]]).sum()
    first = sum((1 - 2 / 9) * 2 * part.var(ddof=0) * 2 for _, part in psus.groupby(level=0))
    people = pd.Series(z).groupby(table["psu"])
    second = sum(2 / 9 * (1 - 20 / 99) * 20 * part.var(ddof=1) for _, part in people)
    assert compare_domains(scores, 1, scores, 0).se[0] ** 2 == pytest.approx(first + second, rel=1e-12)


def test_calibrated_sides_differ_by_the_covariance_of_their_residuals():
    table = two_years().assign(sex=np.tile(["m", "f"], 40))
    design = poststratify(staged(table), table["sex"], {"m": 1000, "f": 3000})
    scores = linearise_means(table[["y"]], design, Domains.of(table["year"], [0, 1]))
    in_year = [table["year"].to_numpy() == year for year in (0, 1)]
    both = joint_means([("before", table["y"], in_year[0]), ("now", table["y"], in_year[1])], design)
    theirs = both.contrast([[-1.0, 1.0]])
    assert compare_domains(scores, 1, scores, 0).se[0] == pytest.approx(theirs.se[0], rel=1e-12)


def two_rounds_of_two_stages():
    """The two years as two rounds of one design of two stages, and their scores."""
    table, out = two_years(3), []
    for year in (1, 0):
        part = table[table["year"] == year].reset_index(drop=True)
        part = part.assign(village=np.arange(len(part)) // 5)
        names = dict(psu=["psu", "village"], stratum=["stratum"], population=["psus", "villages"])
        design = declare_design(part.assign(w=1.0, psus=9, villages=7), weight="w", **names)
        out.append(linearise_means(part[["y"]], design, Domains.everybody(len(part))))
    return out


def test_rounds_share_the_units_inside_shared_psus_too():
    now, before = two_rounds_of_two_stages()
    c = [(a - b) for a, b in zip(now.standard_scores(0), before.standard_scores(0), strict=True)]
    assert [len(part) for part in c] == [4, 8]
    by_hand = sum((part**2).sum() for part in c)
    assert compare_domains(now, 0, before, 0).se[0] ** 2 == pytest.approx(by_hand, rel=1e-12)


def test_people_of_two_rounds_are_never_the_same_whatever_their_codes():
    table, sides = two_years(3), []
    for year in (1, 0):
        part = table[table["year"] == year].reset_index(drop=True)
        sides.append(linearise_means(part[["y"]], staged(part), Domains.everybody(len(part))))
    (first_a, people_a), (first_b, people_b) = (side.standard_scores(0) for side in sides)
    by_hand = ((first_a - first_b) ** 2).sum() + (people_a**2).sum() + (people_b**2).sum()
    assert compare_domains(sides[0], 0, sides[1], 0).se[0] ** 2 == pytest.approx(by_hand, rel=1e-12)


def test_a_stage_that_one_round_lacks_adds_its_own_part():
    now, before = two_rounds_of_two_stages()[0], rounds(same_psus=True)[1]
    (first, villages), (plain,) = now.standard_scores(0), before.standard_scores(0)
    by_hand = ((first - plain) ** 2).sum() + (villages**2).sum()
    assert compare_domains(now, 0, before, 0).se[0] ** 2 == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize("policy", ["adjust", "average"])
def test_lone_psus_in_domains_follow_the_policy_on_each_side(policy):
    """Side a has one PSU in stratum s0: with `adjust` that PSU counts from 0, not from the mean of two."""
    table = two_years()
    table["side"] = np.where(table["psu"] == "p0", "elsewhere", "a")
    design = declare_design(
        table.assign(w=1.0), weight="w", psu=["psu"], stratum=["stratum"],
        lone_psu=policy, lone_in_domains=True,
    )  # fmt: skip
    scores = linearise_means(table[["y"]], design, Domains.of(table["side"], ["a"]))
    z = scores.psu_scores(0)[:, 0]
    known = 2 * ((z[2:] - z[2:].mean()) ** 2).sum()
    by_hand = {"adjust": 2 * z[1] ** 2 + known, "average": known * 2 / 1}[policy]
    assert scores.variance()[0, 0] == pytest.approx(by_hand, rel=1e-12)
    whole = linearise_means(table[["y"]], design, Domains.everybody(80))
    sides = scores.standard_scores(0)[0] - whole.standard_scores(0)[0]
    contrast = compare_domains(scores, 0, whole, 0)
    assert contrast.se[0] ** 2 == pytest.approx((sides**2).sum(), rel=1e-12)


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
