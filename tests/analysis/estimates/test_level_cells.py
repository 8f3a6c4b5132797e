"""The columns of levels: intervals, degrees of freedom and design effects as asked; flags by the round's rules."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UnknownName
from analysis.estimates.design import build_design
from analysis.estimates.domains import Domains
from analysis.estimates.intervals import korn_graubard_interval, t_multiplier
from analysis.estimates.level_cells import Asked, level_cells
from analysis.estimates.linearise import linearise_means
from analysis.estimates.linearise_sums import linearise_totals
from analysis.estimates.proportions import share_interval
from analysis.rounds import QualityRules


def scores_of(seed=1, n=600, weight=None, total=False):
    rng = np.random.default_rng(seed)
    psu = np.repeat(range(30), n // 30)
    weight = rng.uniform(20, 60, n) if weight is None else np.full(n, weight)
    design = build_design((psu % 3).astype(str), psu.astype(str), weight)
    yes = (rng.random(n) < 0.3 + 0.2 * rng.random(30)[psu]).astype(float)
    values = pd.DataFrame({"yes": yes, "score": yes * 2 + rng.normal(5, 1, n)})
    values.loc[psu == 0, "score"] = np.nan
    domains = Domains.everybody(n)
    return linearise_totals(values, design, domains) if total else linearise_means(values, design, domains)


def about(*statistics):
    return pd.DataFrame({"statistic": statistics, "minimum": [0.0, -np.inf], "maximum": [1.0, np.inf]})


RULES = QualityRules()


def test_own_interval_is_korn_graubard_for_shares_and_at_least_a_simple_random_sample_s_for_the_rest():
    scores = scores_of()
    cells = level_cells(scores, about("share", "score"), RULES)
    se = np.sqrt(scores.variance())
    theirs = korn_graubard_interval(scores.estimate, se, scores.df, scores.n)
    assert (cells["ci_low"][0, 0], cells["ci_high"][0, 0]) == (theirs[0][0, 0], theirs[1][0, 0])
    at_least = max(se[0, 1], np.sqrt(scores.srs_variance[0, 1]))
    half = t_multiplier(scores.df)[0, 1] * at_least
    assert cells["ci_high"][0, 1] - cells["estimate"][0, 1] == pytest.approx(half)


def test_plain_t_is_estimate_and_t_standard_errors_for_all():
    scores = scores_of()
    cells = level_cells(scores, about("share", "score"), RULES, Asked(interval="t", level=0.9))
    half = t_multiplier(scores.df, 0.9) * np.sqrt(scores.variance())
    np.testing.assert_allclose(cells["ci_high"] - cells["estimate"], half)
    assert cells["level"] == 0.9


def test_a_share_s_method_leaves_the_others_at_t():
    scores = scores_of()
    cells = level_cells(scores, about("share", "score"), RULES, Asked(interval="wilson"))
    se = np.sqrt(scores.variance())
    low, _ = share_interval("wilson", scores.estimate[0, 0], se[0, 0], scores.df[0, 0], 600)
    assert cells["ci_low"][0, 0] == pytest.approx(low)
    assert cells["estimate"][0, 1] - cells["ci_low"][0, 1] == pytest.approx(
        t_multiplier(scores.df)[0, 1] * se[0, 1]
    )


def test_r_s_degrees_of_freedom_count_those_who_skipped():
    cells = level_cells(scores_of(), about("share", "score"), RULES, Asked(df="r"))
    assert cells["df"].tolist() == [[30 - 3, 30 - 3]]
    assert level_cells(scores_of(), about("share", "score"), RULES)["df"].tolist() == [[27, 26]]


def test_design_effect_without_replacement_is_larger_by_the_part_drawn():
    scores = scores_of(weight=4.0)
    with_, without = (
        level_cells(scores, about("share", "score"), RULES, Asked(deff=kind))["deff"]
        for kind in ("replacement", "without")
    )
    assert (without / with_)[0, 0] == pytest.approx(2400 / (2400 - 600))
    no_people = level_cells(scores_of(weight=0.5), about("share", "score"), RULES, Asked(deff="without"))
    assert np.isnan(no_people["deff"]).all()


def test_effective_size_never_passes_n_and_is_kish_s_where_no_design_effect_is_known():
    scores = scores_of()
    cells = level_cells(scores, about("share", "score"), RULES)
    assert (cells["n_effective"] <= scores.n).all()
    alike = linearise_means(
        pd.DataFrame({"yes": np.ones(600), "score": np.ones(600)}), scores.design, scores.domains
    )
    cells = level_cells(alike, about("share", "score"), RULES)
    assert cells["n_effective"][0, 0] == pytest.approx(alike.kish[0, 0])
    assert (cells["quality"] == "not_estimated").all()


def test_flags_stand_on_the_round_s_rules_whatever_interval_is_shown():
    scores = scores_of()
    shown = [
        level_cells(scores, about("share", "score"), RULES, asked)["quality"].tolist()
        for asked in (Asked(), Asked(interval="t", level=0.5), Asked(interval="logit", level=0.999))
    ]
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize(("key", "statistic"), [("rse_suppress", "mean"), ("score_rse_suppress", "score")])
def test_each_relative_error_has_its_own_rule(key, statistic):
    scores = scores_of()
    rse = (np.sqrt(scores.variance()) / scores.estimate)[0, 1]
    for limit, flag in ((rse * 0.99, "suppressed"), (rse * 1.01, "good")):
        rules = QualityRules(**{key: limit})
        assert level_cells(scores, about("share", statistic), rules)["quality"][0, 1] == flag


def test_totals_have_no_bounds_and_the_rule_of_means():
    scores = scores_of(total=True)
    kinds = pd.DataFrame({"statistic": ["total"] * 2, "minimum": [-np.inf] * 2, "maximum": [np.inf] * 2})
    cells = level_cells(scores, kinds, QualityRules(rse_suppress=1e-6))
    assert (cells["quality"] == "suppressed").all()
    assert cells["ci_high"][0, 0] > 1


@pytest.mark.parametrize(
    ("option", "value", "nearest"),
    [("interval", "logti", "logit"), ("df", "R", "r"), ("deff", "witout", "without"), ("level", 95, "")],
)
def test_an_option_that_does_not_exist_names_the_nearest(option, value, nearest):
    with pytest.raises(UnknownName) as fault:
        Asked(**{option: value})
    assert nearest in fault.value.hint
