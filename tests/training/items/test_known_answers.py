"""Published tests with known answers, to six digits: LSAT6's patterns typed here, the others loaded for one run."""

import numpy as np
import pandas as pd
import pytest

from training.items import (
    Responses,
    fit_rasch,
    item_statistics,
    measure_reliability,
    moodle_items,
    option_table,
)
from training.items.responses import mark_answers

SIX = dict(rel=1e-6)
#: Bock and Lieberman (1970), Psychometrika 35, 179-197: how many of 1,000 had each pattern of the five items of
#: section 6 of the Law School Admission Test, 00000 to 11111.
LSAT6_TIMES = (3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298)  # fmt: skip
MOODLE = {"facility": "facility", "sd": "sd", "effectiveweight": "effective_weight",
          "discriminationindex": "discrimination_index", "discriminativeefficiency": "discriminative_efficiency"}  # fmt: skip


@pytest.fixture(scope="module")
def lsat6():
    patterns = [[float(bit) for bit in f"{pattern:05b}"] for pattern in range(32)]
    rows = np.repeat(patterns, LSAT6_TIMES, axis=0)
    correct = pd.DataFrame(rows, columns=[f"Q{i}" for i in range(1, 6)])
    items = pd.DataFrame({"key": "1", "options": "01", "objective": "", "lesson": ""}, index=correct.columns)
    return Responses(correct.astype(int).astype(str).astype(object), correct, items)


def column(table, statistic):
    return table[table["statistic"] == statistic]["estimate"].tolist()


def test_lsat6_typed_here_is_that_of_psych(lsat6, r_data):
    theirs = pd.read_csv(r_data / "lsat6.csv").value_counts().to_dict()
    assert lsat6.correct.astype(int).value_counts().to_dict() == theirs


def test_lsat6_items(lsat6, thresholds):
    table = item_statistics(lsat6, thresholds)
    assert column(table, "facility") == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870], **SIX)
    expected = [0.112833, 0.153178, 0.172779, 0.144428, 0.121596]
    assert column(table, "item_rest") == pytest.approx(expected, rel=5e-6)
    assert np.bincount(lsat6.totals.astype(int)).tolist() == [3, 20, 85, 237, 357, 298]


def test_lsat6_kr20(lsat6):
    assert measure_reliability(lsat6.correct).alpha.estimate == pytest.approx(0.29499719, rel=2e-8)


def test_lsat6_rasch_by_conditional_likelihood(lsat6, thresholds):
    model = fit_rasch(lsat6.correct, thresholds)
    assert model.log_likelihood == pytest.approx(-1091.5697, **SIX)
    expected = [-1.25613, 0.47491, 1.23598, 0.16841, -0.62317]
    assert model.items["difficulty"].tolist() == pytest.approx(expected, abs=5e-6)
    # eRm takes them from a numerical Hessian: its fourth digit of the first differs from the exact one.
    se = [0.104406, 0.069917, 0.068778, 0.072619, 0.085917]
    assert model.items["se"].tolist() == pytest.approx(se, rel=5e-5)
    assert (model.n_takers, model.n) == (1000, 1000 - 3 - 298)


def test_ability_reliability_with_missing_answers(r_data):
    ability = pd.read_csv(r_data / "ability.csv")
    found = measure_reliability(ability, pairwise=True)
    assert found.alpha.estimate == pytest.approx(0.829241401, rel=1e-9)
    assert found.alpha.se == pytest.approx(0.006384735571, rel=1e-9)
    assert ability.mean(axis=1).mean() == pytest.approx(0.51251485, rel=2e-8)


def test_ability_corrected_item_correlations_with_missing_answers(r_data):
    """psych takes the item's covariances pairwise, so this is its formula on our covariances."""
    covariance = pd.read_csv(r_data / "ability.csv").cov().to_numpy()
    variance, total = np.diag(covariance), covariance.sum()
    rest = (covariance.sum(axis=0) - variance) / np.sqrt(
        variance * (total - 2 * covariance.sum(axis=0) + variance)
    )
    assert (rest.min(), rest.max()) == pytest.approx((0.318544, 0.495246), rel=2e-6)


def test_iqitems_shares_of_every_option(r_data, thresholds):
    raw = pd.read_csv(r_data / "iqitems.csv")
    keys = [4, 4, 4, 6, 6, 3, 4, 4, 5, 2, 2, 4, 3, 2, 6, 7]
    items = pd.DataFrame({"key": [str(key) for key in keys], "options": "012345678", "objective": "", "lesson": ""},
                         index=raw.columns)  # fmt: skip
    chosen = raw.map(lambda x: np.nan if pd.isna(x) else str(int(x))).astype(object)
    correct = mark_answers(chosen, items["key"])
    responses = Responses(chosen, correct, items)
    theirs = pd.read_csv(r_data / "iqitems_shares.csv", index_col="item")
    for option in (o for o in option_table(responses, thresholds) if o.option):
        share = 0.0 if option.share.state else option.share.estimate
        assert share == pytest.approx(theirs.at[option.item, option.option], **SIX)
    # psych puts the median for the few missing answers and leaves the item in the total.
    filled = correct.fillna(correct.median())
    total = filled.sum(axis=1)
    theirs = pd.read_csv(r_data / "iqitems_r.csv", index_col="item")["r"]
    assert {item: filled[item].corr(total) for item in filled} == pytest.approx(theirs.to_dict(), **SIX)


def test_bfi_alpha_of_a_rating_scale(r_data):
    bfi = pd.read_csv(r_data / "bfi.csv")
    found = measure_reliability(bfi.assign(A1=7 - bfi["A1"]), pairwise=True)
    assert found.alpha.estimate == pytest.approx(0.70301845, rel=2e-8)


def test_moodle_s_own_fixture(outside_data):
    marks = pd.read_csv(outside_data / "moodle" / "results00.csv").filter(regex=r"slots\.\d\.mark")
    theirs = pd.read_csv(outside_data / "moodle" / "qstats00.csv")
    ours = moodle_items(marks)
    for name, own in MOODLE.items():
        # results00 prints one mark to seven digits.
        assert ours[own].tolist() == pytest.approx(theirs[name].tolist(), rel=1e-5)
    first = [0.704, 0.45136829, -7.06507675, -9.45505370]
    found = ours.loc[0, ["facility", "sd", "discrimination_index", "discriminative_efficiency"]].tolist()
    assert found == pytest.approx(first, rel=1e-6)


def test_pingouin_alpha_and_its_interval(outside_data):
    long = pd.read_csv(outside_data / "pingouin" / "cronbach_alpha.csv")
    alpha = measure_reliability(long.pivot(index="Subj", columns="Items", values="Scores")).alpha
    assert alpha.estimate == pytest.approx(0.59171885, rel=2e-8)
    assert (round(alpha.ci_low, 3), round(alpha.ci_high, 3)) == (0.195, 0.840)


def test_pingouin_alpha_with_missing_answers(outside_data):
    wide = pd.read_csv(outside_data / "pingouin" / "cronbach_wide_missing.csv")
    assert measure_reliability(wide, pairwise=True).alpha.estimate == pytest.approx(0.73266084, rel=2e-8)
    assert measure_reliability(wide).alpha.estimate == pytest.approx(0.80169492, rel=2e-8)
