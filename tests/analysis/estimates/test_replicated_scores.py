"""Means, totals and ratios by domain over replicates are the replicate estimators' own."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.design import declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.linearise import linearise_means
from analysis.estimates.linearise_sums import linearise_ratios, linearise_totals
from analysis.estimates.replicate_estimates import replicate_mean, replicate_ratio, replicate_total
from analysis.estimates.replicate_weights import bootstrap, jackknife
from analysis.estimates.replicated_scores import ReplicatedScores, compare_replicated


@pytest.fixture
def people():
    rng = np.random.default_rng(4)
    table = pd.DataFrame({"stratum": np.repeat(range(4), 12), "psu": np.repeat(range(16), 3)})
    table["w"], table["y"] = rng.uniform(0.5, 2, 48), rng.normal(3, 1, 48)
    table["x"] = np.where(rng.random(48) < 0.2, np.nan, rng.uniform(1, 2, 48))
    table["group"] = np.where(table["psu"] < 5, "few", "many")
    return table


def design_of(table):
    return declare_design(table, weight="w", psu=["psu"], stratum=["stratum"])


@pytest.mark.parametrize("kind", ["jackknife", "bootstrap"])
def test_means_totals_and_ratios_by_domain(people, kind):
    design, domains = design_of(people), Domains.of(people["group"])
    made = jackknife(design) if kind == "jackknife" else bootstrap(design, 30, 2)
    for scores, alone in (
        (linearise_means(people[["x"]], design, domains), lambda d: replicate_mean(people[["x"]], made, d)),
        (linearise_totals(people[["x"]], design, domains), lambda d: replicate_total(people[["x"]], made, d)),
        (
            linearise_ratios(people[["y"]], people[["x"]], design, domains),
            lambda d: replicate_ratio(people["y"], people["x"], made, d),
        ),
    ):
        ours = ReplicatedScores.of(scores, made)
        for at, label in enumerate(domains.labels):
            theirs = alone((people["group"] == label).to_numpy())
            assert ours.variance()[at, 0] == pytest.approx(theirs.vcov[0, 0], rel=1e-10)
            assert ours.replicates_used[at, 0] == theirs.replicates_used[0]


def test_replicates_without_the_domain_are_left_out_and_counted(people):
    design = design_of(people)
    made = bootstrap(design, 40, 5)
    domains = Domains.of(people["psu"].eq(0).map({True: "one psu", False: "rest"}))
    ours = ReplicatedScores.of(linearise_means(people[["y"]], design, domains), made)
    drawn = (made.replicates[people["psu"] == 0].sum(axis=0) > 0).sum()
    assert 0 < drawn < 40
    assert ours.replicates_used[:, 0].tolist() == [drawn, 40]
    assert ours.variance()[0, 0] == pytest.approx(0, abs=1e-24)  # one PSU: arithmetic, not knowledge


def test_given_replicates_have_the_degrees_of_freedom_of_their_rank(people):
    design, domains = design_of(people), Domains.of(people["group"])
    made = jackknife(design)
    scores = linearise_means(people[["y"]], design, domains)
    own, ranked = ReplicatedScores.of(scores, made), ReplicatedScores.of(scores, made, rank_df=True)
    assert own.df.tolist() == scores.df.tolist()
    inside = (people["group"] == "few").to_numpy()
    assert ranked.df[0, 0] == made.df_of(inside) == ranked.df_of_domain[0, 0]


def test_difference_is_over_the_replicates(people):
    design, domains = design_of(people), Domains.of(people["group"])
    made = jackknife(design)
    own = ReplicatedScores.of(linearise_means(people[["y"]], design, domains), made)
    moved = own.replicated(0) - own.replicated(1)
    ours = compare_replicated(own, 0, own, 1)
    assert ours.se[0] == pytest.approx(np.sqrt(made.covariance(moved, ours.estimate)[0, 0]), rel=1e-12)
