"""What scores know of n, weights and degrees of freedom; 10,000 intervals and p-values through the engine."""

import numpy as np
import pandas as pd
import pytest

from analysis.estimates.contrasts import compare_domains
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.domains import Domains
from analysis.estimates.estimators import mean
from analysis.estimates.linearise import linearise_means
from analysis.explore.comparing import contrast_rows
from analysis.rounds import QualityRules


def small():
    """Two strata of two PSUs; the second PSU of b answered nothing."""
    table = pd.DataFrame(
        {"stratum": list("aaaabbbb"), "psu": list("11223344"), "w": [1.0, 2, 3, 4, 1, 2, 3, 4]}
    )
    table["y"] = [1.0, 2, 3, 5, 8, 13, np.nan, np.nan]
    return table, declare_design(table, weight="w", psu=["psu"], stratum=["stratum"])


def test_degrees_of_freedom_of_the_domain_count_those_who_skipped_too():
    table, design = small()
    scores = linearise_means(table[["y"]], design, Domains.everybody(8))
    assert scores.df[0, 0] == 3 - 2
    assert scores.df_of_domain[0, 0] == 4 - 2


def test_kish_size_and_population_are_of_those_who_answered():
    table, design = small()
    scores = linearise_means(table[["y"]], design, Domains.everybody(8))
    w = np.array([1.0, 2, 3, 4, 1, 2])
    assert scores.kish[0, 0] == pytest.approx(w.sum() ** 2 / (w**2).sum())
    assert scores.population[0, 0] == w.sum()
    composite = scores.combine(np.array([[2.0]]), np.zeros(1), ["twice"])
    assert composite.population[0, 0] == table["w"].sum()
    assert composite.kish[0, 0] == pytest.approx(scores.kish[0, 0])


def test_a_stratum_alone_under_average_leaves_nothing_known():
    table = pd.DataFrame({"y": [1.0, 2.0, 4.0]})
    design = build_design(["a", "a", "b"], ["1", "2", "3"], np.ones(3), "average")
    scores = linearise_means(table, design, Domains.of(pd.Series(["m", "m", "f"]), ["m", "f"]))
    assert np.isfinite(scores.variance()[0, 0])
    assert np.isnan(scores.variance()[1, 0])


def test_p_below_5_percent_exactly_where_the_interval_leaves_out_the_null_in_10_000_random_cases():
    """20 random designs, 10 groups and everybody, 50 measures: differences, and means against a null."""
    cases, significant = 0, 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        n, n_psu = 400, int(rng.integers(8, 40))
        psu = rng.integers(0, n_psu, n)
        design = build_design((psu % 3).astype(str), psu.astype(str), rng.uniform(0.2, 5, n), "adjust")
        effect = rng.normal(0, 0.4, n_psu)[psu][:, None] + rng.normal(0, 1, (n, 50))
        values = pd.DataFrame(np.where(rng.random((n, 50)) < 0.1, np.nan, effect))
        group = pd.Series(rng.integers(0, 10, n))
        values = values.add(0.25 * (group % 3), axis=0)
        parts = linearise_means(values, design, Domains.of(group))
        whole = linearise_means(values, design, Domains.everybody(n))
        for at in range(10):
            rows = contrast_rows(compare_domains(parts, at, whole, 0), QualityRules())
            cases, significant = _checked(rows, 0.0, cases, significant)
        levels = mean(values, design)
        null = 0.1
        low, high = levels.interval()
        excluded = (low > null) | (high < null)
        assert ((levels.p_value(null) < 0.05) == excluded).all()
    assert cases >= 9_900 and 1000 < significant < cases - 1000


def _checked(rows, null, cases, significant):
    known = rows["p_value"].notna()
    rows = rows[known]
    excluded = (rows["ci_low"] > null) | (rows["ci_high"] < null)
    assert ((rows["p_value"] < 0.05) == excluded).all()
    return cases + len(rows), significant + int(excluded.sum())
