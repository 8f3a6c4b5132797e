from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.errors import BadDesign, UnknownName
from analysis.estimates.design import build_design, declare_design
from analysis.estimates.intervals import t_multiplier
from analysis.estimates.quantile_rules import RULES
from analysis.estimates.quantiles import quantile
from analysis.estimates.replicate_weights import jackknife

REFERENCE = Path(__file__).parents[2] / "reference" / "quantiles"
PEOPLE = pd.read_csv(REFERENCE / "people.csv")
R = pd.read_csv(REFERENCE / "quantiles.csv")
CASE = ["design", "measure", "domain", "rule", "interval", "level"]


def reference_design(people=PEOPLE, kind="replacement", scale=1.0):
    table = people.assign(weight=people["even" if kind == "even" else "weight"] * scale)
    population = [] if kind == "replacement" else ["population"]
    return declare_design(table, weight="weight", psu=["psu"], stratum=["stratum"], population=population)


def alone(n, weight=1.0):
    """n rows, each its own PSU, in one stratum."""
    return build_design(np.full(n, "a"), np.arange(n), np.broadcast_to(weight, n))


@pytest.mark.parametrize(
    ("case", "r"), list(R.groupby(CASE)), ids=lambda v: "-".join(map(str, v)) if len(v) == 6 else ""
)
def test_quantiles_and_intervals_equal_r(case, r):
    design, measure, domain, rule, interval, level = case
    inside = (PEOPLE["woman"] == 1).to_numpy() if domain == "women" else None
    ours = quantile(
        PEOPLE[measure], reference_design(kind=design), r["p"], inside, rule, interval, level, ties="r"
    ).table()
    for column in ("estimate", "ci_low", "ci_high", "se", "df"):
        np.testing.assert_allclose(ours[column], r[column], rtol=1e-9, err_msg=column)


def test_reference_holds_every_rule_and_interval_of_r():
    assert set(R["rule"]) == set(RULES)
    assert set(R["interval"]) == {"mean", "beta", "xlogit", "asin", "score"}


def test_math_is_the_smallest_value_whose_cumulative_share_reaches_p_but_below_the_first():
    design = alone(4, [1.0, 2.0, 3.0, 4.0])  # cumulative shares .1 .3 .6 1
    found = quantile(np.array([10.0, 20.0, 30.0, 40.0]), design, [0.1, 0.11, 0.3, 0.6, 0.61]).estimate
    assert found.tolist() == [10, 20, 20, 30, 40]
    # Below the first share R takes the second value, and hf4 goes on along the first line.
    for rule, expected in (("math", 20), ("school", 20), ("hf3", 20), ("hf4", 7.5), ("hf5", 10)):
        low = quantile(np.array([10.0, 20.0, 30.0, 40.0]), design, 0.05, rule=rule).estimate[0]
        assert low == pytest.approx(expected), rule


@pytest.mark.parametrize("weight", [1.0, 30.97, 1 / 3, 33.846996307373])
def test_school_halves_between_two_values_at_every_exact_tie_whatever_the_weight(weight):
    k = np.arange(1, 200)
    values, design = np.arange(1.0, 201.0), alone(200, weight)
    assert (quantile(values, design, k / 200, rule="school").estimate == k + 0.5).all()
    assert (quantile(values, design, k / 200, rule="math").estimate == k).all()


@pytest.mark.parametrize(
    ("rule", "numpy_name"),
    [("hf4", "interpolated_inverted_cdf"), ("hf5", "hazen"), ("hf6", "weibull"), ("hf7", "linear"),
     ("hf8", "median_unbiased"), ("hf9", "normal_unbiased")],
)  # fmt: skip
def test_continuous_rules_are_those_of_numpy_for_equal_weights(rule, numpy_name):
    values = np.array([3.0, 9.0, 1.0, 4.0, 4.0, 7.5, 20.0])
    p = [0.15, 0.25, 0.5, 0.62, 0.9]
    found = quantile(values, alone(7, 2.5), p, rule=rule).estimate
    np.testing.assert_allclose(found, np.quantile(values, p, method=numpy_name), rtol=1e-12)


def test_shah_vaish_takes_the_value_at_the_largest_share_not_above_p():
    # Unit weights: F(x_k) = k/(n + 1), here tenths.
    found = quantile(np.arange(1.0, 10.0), alone(9), [0.05, 0.1, 0.39, 0.4, 0.95], rule="shahvaish").estimate
    assert found.tolist() == [1, 1, 3, 4, 9]


def test_woodruff_ends_are_the_rule_at_the_ends_of_the_share():
    values, n = np.arange(1.0, 101.0), 100
    se = np.sqrt(0.5 * 0.5 / (n - 1))
    half = t_multiplier(99) * se
    found = quantile(values, alone(n), 0.5)
    assert (found.estimate[0], found.ci_low[0], found.ci_high[0]) == (
        50,
        np.ceil(n * (0.5 - half)),
        np.ceil(n * (0.5 + half)),
    )
    assert found.se[0] == pytest.approx(
        (found.ci_high[0] - found.ci_low[0]) / (2 * t_multiplier(99)), rel=1e-12
    )


def test_score_ends_are_where_the_share_at_or_below_is_t_standard_errors_from_p():
    values, n, p = np.arange(1.0, 1001.0), 1000, 0.3
    found = quantile(values, alone(n), p, interval="score")
    for end in (found.ci_low[0], found.ci_high[0]):
        share = end / n
        distance = abs(share - p) / np.sqrt(share * (1 - share) / (n - 1))
        # One value more or less moves the share by 1/n, so the distance by about 0.07.
        assert distance == pytest.approx(t_multiplier(n - 1), abs=0.04)
    assert found.ci_low[0] < 300 < found.ci_high[0]


def test_missing_answers_are_a_domain():
    answered = PEOPLE["minutes"].notna().to_numpy()
    by_nan = quantile(PEOPLE["minutes"], reference_design(), [0.25, 0.5])
    by_mask = quantile(PEOPLE["minutes"].fillna(-1), reference_design(), [0.25, 0.5], answered)
    assert by_nan.n == answered.sum() == len(PEOPLE) - 15
    pd.testing.assert_frame_equal(by_nan.table(), by_mask.table())


# Score ends are exact ties, and which side R takes under a discrete rule hangs on the scale of the weights.
DISCRETE = ("math", "school", "hf1", "hf2", "hf3")
SCALE_FREE = [
    (rule, interval)
    for rule in RULES
    for interval in ("mean", "score", "logit")
    if rule != "shahvaish" and not (interval == "score" and rule in DISCRETE)
]


@pytest.mark.parametrize(("rule", "interval"), SCALE_FREE)
def test_the_scale_of_the_weights_changes_nothing(rule, interval):
    p = np.arange(0.1, 0.95, 0.05)
    one, other = (
        quantile(PEOPLE["age"], reference_design(scale=scale), p, rule=rule, interval=interval).table()
        for scale in (1.0, 1e6 / 7)
    )
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)


def test_the_scale_of_the_weights_changes_shah_vaish_as_in_r():
    one, other = (
        quantile(PEOPLE["age"], reference_design(scale=scale), 0.5, rule="shahvaish").estimate
        for scale in (1, 10)
    )
    assert one < other


@pytest.mark.parametrize("rule", ["math", "school"])
def test_the_order_of_the_rows_changes_nothing(rule):
    mixed = PEOPLE.sample(frac=1, random_state=1)
    one, other = (
        quantile(people["age"], reference_design(people), [0.2, 0.5, 0.8], rule=rule, interval="beta").table()
        for people in (PEOPLE, mixed)
    )
    pd.testing.assert_frame_equal(one, other, rtol=1e-12)


def test_an_end_that_cannot_be_known_is_missing_and_so_is_the_standard_error():
    found = quantile(np.arange(1.0, 11.0), alone(10), [0.1, 0.5, 0.95])
    assert np.isnan(found.ci_low[0]) and found.ci_high[0] > 1 and np.isnan(found.se[0])
    assert np.isfinite([found.ci_low[1], found.ci_high[1], found.se[1]]).all()
    # q is the largest value: everybody is at or below it, and the interval has no width, as in R.
    assert (found.estimate[2], found.ci_low[2], found.ci_high[2], found.se[2]) == (10, 10, 10, 0)
    other = quantile(np.arange(1.0, 11.0), alone(10), 0.95, interval="beta")
    assert np.isnan([other.ci_low[0], other.ci_high[0], other.se[0]]).all()


def test_a_score_interval_that_does_not_close_is_missing():
    found = quantile(np.arange(1.0, 11.0), alone(10), 0.05, interval="score")
    assert found.estimate[0] == 2 and np.isnan(found.ci_low[0]) and np.isnan(found.se[0])


def test_ties_are_equal_whatever_the_weights_scale_or_as_the_last_digit_has_them():
    """k/200 times the sum of 200 equal weights, and the sum of k of them, differ in the last digit for some k."""
    k, values = np.arange(1, 200), np.arange(1.0, 201.0)
    for weight, sides in ((1.0, {0}), (30.97, {0, 1}), (1 / 3, {0, 1})):
        assert (quantile(values, alone(200, weight), k / 200).estimate == k).all()
        off = quantile(values, alone(200, weight), k / 200, ties="r").estimate - k
        assert set(off) == sides


def test_replicates_give_an_interval_of_the_quantile_itself_and_woodruffs():
    design = reference_design()
    own = jackknife(design)
    linearised = quantile(PEOPLE["minutes"], design, [0.25, 0.5], level=0.9)
    woodruff = quantile(PEOPLE["minutes"], own, [0.25, 0.5], level=0.9)
    assert (woodruff.estimate == linearised.estimate).all()
    answered = PEOPLE["minutes"].notna().to_numpy()
    assert woodruff.df == own.df_of(answered)
    direct = quantile(PEOPLE["minutes"], own, [0.25, 0.5], interval="quantile", level=0.9)
    middle = (direct.ci_low + direct.ci_high) / 2
    np.testing.assert_allclose(middle, direct.estimate)
    np.testing.assert_allclose(
        (direct.ci_high - direct.ci_low) / 2, t_multiplier(own.df_of(answered), 0.9) * direct.se
    )
    with pytest.raises(UnknownName):
        quantile(PEOPLE["minutes"], design, 0.5, interval="quantile")


def test_infinite_values_are_refused():
    with pytest.raises(BadDesign, match="infinite"):
        quantile(np.array([1.0, np.inf, 2.0]), alone(3), 0.5)


@pytest.mark.parametrize("interval", ["mean", "beta", "score"])
def test_one_psu_gives_an_estimate_without_an_interval(interval):
    inside = (PEOPLE["psu"] == 101).to_numpy()
    found = quantile(PEOPLE["age"], reference_design(), 0.5, inside, interval=interval)
    assert found.df == 0 and found.n == inside.sum() and np.isfinite(found.estimate[0])
    assert np.isnan([found.ci_low[0], found.ci_high[0], found.se[0]]).all()


@pytest.mark.parametrize("rule", RULES)
def test_one_answer_is_every_quantile_and_nobody_is_none(rule):
    values = np.array([np.nan, 7.0, np.nan])
    assert quantile(values, alone(3), [0.2, 0.8], rule=rule).estimate.tolist() == [7, 7]
    nobody = quantile(values, alone(3), 0.5, np.array([True, False, True]), rule=rule)
    assert nobody.n == 0 and np.isnan(nobody.table()[["estimate", "ci_low", "ci_high", "se"]]).all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"rule": "hf77"}, "hf7"),
        ({"interval": "scor"}, "score"),
        ({"p": 50}, "0.5"),
        ({"p": [0.5, 0]}, "0.5"),
        ({"ties": "rr"}, "r"),
    ],
)
def test_unknown_rules_intervals_and_probabilities_are_named_with_the_nearest(arguments, named):
    with pytest.raises(UnknownName) as error:
        quantile(np.arange(5.0), alone(5), **{"p": 0.5, **arguments})
    assert named in error.value.hint


def test_text_and_wrong_lengths_are_refused_without_showing_answers():
    with pytest.raises(BadDesign) as error:
        quantile(pd.Series(["secret", "2", "3"]), alone(3), 0.5)
    assert "secret" not in str(error.value)
    with pytest.raises(BadDesign, match="fit the design"):
        quantile(np.arange(4.0), alone(3), 0.5)
