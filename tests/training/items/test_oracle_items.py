"""Item analysis against R: psych, eRm, and the same likelihood by numDeriv; to 1e-8 unless said."""

import pandas as pd
import pytest

from tests.training.conftest import REFERENCE, run_r
from training.items import (
    Responses,
    fit_rasch,
    item_statistics,
    measure_reliability,
    moodle_items,
    option_table,
)
from training.items.difficulty import correlation
from training.items.responses import mark_answers

CHOSEN = pd.read_csv(REFERENCE / "responses.csv", keep_default_na=False).astype(object)
KEYS = pd.read_csv(REFERENCE / "keys.csv").set_index("item")["key"]
R = pd.read_csv(REFERENCE / "items.csv", keep_default_na=False, na_values={"value": [""]})
EXACT = dict(rel=1e-8, abs=1e-10)


@pytest.fixture(scope="module")
def responses():
    items = pd.DataFrame({"key": KEYS, "options": "ABCD", "objective": "", "lesson": ""})
    return Responses(CHOSEN, mark_answers(CHOSEN, KEYS), items)


def by_item(case, name):
    return R[(R["case"] == case) & (R["name"] == name)].set_index("item")["value"]


def single(case, *names):
    values = R[R["case"] == case].drop_duplicates("name").set_index("name")["value"]
    return [values[name] for name in names]


@pytest.mark.parametrize("statistic", ["facility", "item_rest", "upper_lower"])
def test_item_statistics_equal_r(statistic, responses, thresholds):
    table = item_statistics(responses, thresholds)
    ours = table[table["statistic"] == statistic].set_index("item")["estimate"]
    assert ours.to_dict() == pytest.approx(by_item("test", statistic).to_dict(), **EXACT)


def test_reliability_and_its_feldt_interval_equal_psych(responses):
    found = measure_reliability(responses.correct)
    ours = [getattr(found.alpha, name) for name in ("estimate", "se", "ci_low", "ci_high")]
    assert ours == pytest.approx(single("test", "alpha", "se", "low", "high"), **EXACT)
    without = found.without.set_index("item")["estimate"].to_dict()
    assert without == pytest.approx(by_item("test", "alpha_without").to_dict(), **EXACT)


def test_standard_error_of_measurement_equals_the_residual_of_people_by_items(responses):
    found = measure_reliability(responses.correct)
    assert found.error.estimate == pytest.approx(single("test", "sem")[0], **EXACT)


def test_every_option_equals_r(responses, thresholds):
    rows = R[R["case"] == "option"].set_index(["item", "name"])["value"]
    seen = 0
    for option in option_table(responses, thresholds):
        letter = option.option or "open"
        for measured in (option.share, option.rest_mean, option.rest_r):
            expected = rows.get((option.item, f"{measured.statistic}_{letter}"))
            if expected is None:
                assert measured.n == 0 or measured.state == "no_spread"
            elif not measured.state:
                assert measured.estimate == pytest.approx(expected, **EXACT)
                seen += 1
    assert seen > 150


def test_psych_s_item_to_whole_correlation_is_ours_with_the_item_left_in(responses):
    total = responses.correct.sum(axis=1).to_numpy()
    ours = {
        item: correlation("r", responses.correct[item].to_numpy(), total).estimate
        for item in responses.correct
    }
    assert ours == pytest.approx(by_item("psych", "whole_r").to_dict(), **EXACT)


@pytest.mark.parametrize("name", ["discrimination_index", "discriminative_efficiency", "effective_weight"])
def test_moodle_s_figures_equal_their_definition_in_r(name, responses):
    ours = moodle_items(responses.correct).set_index("item")[name].to_dict()
    assert ours == pytest.approx(by_item("moodle", name).to_dict(), **EXACT)


def test_rasch_equals_erm_and_the_numerical_hessian(responses, thresholds):
    model = fit_rasch(responses.correct, thresholds)
    items = model.items.set_index("item")
    assert items["difficulty"].to_dict() == pytest.approx(by_item("rasch", "difficulty").to_dict(), abs=2e-5)
    assert items["se"].to_dict() == pytest.approx(by_item("rasch", "se").to_dict(), rel=1e-5)
    # eRm's own Hessian is rougher.
    assert items["se"].to_dict() == pytest.approx(by_item("rasch", "se_erm").to_dict(), rel=1e-3)
    assert model.log_likelihood == pytest.approx(single("rasch", "log_likelihood")[0], rel=1e-9)


def test_the_reference_holds_questions_left_open_and_ties_at_the_cut(responses):
    assert (CHOSEN == "").sum().sum() > 20
    totals = sorted(responses.totals)
    assert totals[-49] == totals[-50]


def test_r_makes_the_committed_numbers_again(tmp_path):
    run_r("items.R", tmp_path, "psych", "eRm", "numDeriv")
    made = pd.read_csv(tmp_path / "responses.csv", keep_default_na=False).astype(object)
    pd.testing.assert_frame_equal(made, CHOSEN)
    again = pd.read_csv(tmp_path / "items.csv", keep_default_na=False, na_values={"value": [""]})
    pd.testing.assert_frame_equal(again, R, rtol=1e-5)
