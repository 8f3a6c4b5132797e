"""The measures of learning against R: t.test, wilcox.test, lm, lme4, clubSandwich, to 1e-8 (mixed models to 1e-6)."""

import numpy as np
import pandas as pd
import pytest

from tests.training.conftest import REFERENCE, run_r
from training.gains import (
    effect_sizes,
    fit_ancova,
    measure_change,
    model_classes,
    share_improved,
    signed_rank,
)
from training.gains.attrition import compare_leavers
from training.gains.cluster_robust import fit_cluster_robust
from training.gains.compared import compare_groups
from training.gains.mixed import fit_mixed
from training.gains.signed_rank import median_change
from training.items.difficulty import correlation

LEARNERS = pd.read_csv(REFERENCE / "learners.csv")
PAIRS = LEARNERS.dropna().reset_index(drop=True)
R = pd.read_csv(REFERENCE / "gains.csv").set_index(["case", "name"])["value"]
EXACT = dict(rel=1e-8, abs=1e-12)
FITTED = dict(rel=1e-6)


def row(table, statistic):
    return table.set_index("statistic").loc[statistic]


def test_paired_change_equals_r():
    change = row(measure_change(PAIRS), "change")
    found = (
        change["estimate"] / change["se"],
        change["df"],
        change["p_value"],
        change["ci_low"],
        change["ci_high"],
    )
    assert found == pytest.approx(R["paired"].loc[["t", "df", "p", "low", "high"]].tolist(), **EXACT)


def test_wilcoxon_with_ties_and_zeros_equals_r():
    test = signed_rank((PAIRS["after"] - PAIRS["before"]).to_numpy())
    assert not test.exact
    assert (test.v, test.p_value) == pytest.approx(tuple(R["wilcoxon"][["v", "p"]]), **EXACT)


def test_exact_wilcoxon_and_its_interval_equal_r():
    d = np.array([1.37, -0.52, 2.41, 0.83, 1.94, -0.11, 3.07, 0.29, 1.15, 2.76, -0.94, 1.61])
    test, median = signed_rank(d), median_change("median", d)
    assert test.exact
    found = test.v, test.p_value, median.estimate, median.ci_low, median.ci_high
    assert found == pytest.approx(R["exact"].loc[["v", "p", "estimate", "low", "high"]].tolist(), **EXACT)


def test_d_z_and_its_noncentral_interval_equal_r():
    d_z = row(effect_sizes(PAIRS), "d_z")
    found = d_z["estimate"], d_z["ci_low"], d_z["ci_high"]
    assert found == pytest.approx(R["d_z"].loc[["estimate", "low", "high"]].tolist(), **EXACT)


def test_leavers_compared_by_welch_equal_r():
    left = row(compare_leavers(LEARNERS), "left_difference")
    found = (
        left["estimate"],
        left["estimate"] / left["se"],
        left["df"],
        left["p_value"],
        left["ci_low"],
        left["ci_high"],
    )
    assert found == pytest.approx(
        R["welch"].loc[["difference", "t", "df", "p", "low", "high"]].tolist(), **EXACT
    )


def test_share_improved_and_correlation_equal_r():
    improved = share_improved(PAIRS)
    together = correlation("r", PAIRS["before"].to_numpy(), PAIRS["after"].to_numpy())
    for name, found in (("improved", improved), ("correlation", together)):
        ours = found.estimate, found.ci_low, found.ci_high
        assert ours == pytest.approx(R[name].loc[["estimate", "low", "high"]].tolist(), **EXACT)


def test_ancova_equals_r():
    a = fit_ancova(PAIRS, "group", reference="commune")
    names = ["(Intercept)", "before", "groupdistrict", "groupprovince"]
    for column in ("estimate", "se"):
        expected = [R["ancova", f"{name}|{column}"] for name in names]
        assert a.coefficients[column].tolist() == pytest.approx(expected, **EXACT)
    found = a.f, a.p_value, a.r2, a.df, a.slopes_f, a.slopes_p
    assert found == pytest.approx(
        R["ancova"].loc[["f", "p", "r2", "df", "slopes_f", "slopes_p"]].tolist(), **EXACT
    )
    for column, suffix in (("mean", "adjusted"), ("se", "adjusted_se")):
        expected = [R["ancova", f"{group}|{suffix}"] for group in a.adjusted["group"]]
        assert a.adjusted[column].tolist() == pytest.approx(expected, **EXACT)


def test_twelve_classes_as_random_intercepts_equal_lme4(thresholds):
    m = model_classes(PAIRS, thresholds)
    found = m.change.estimate, m.change.se, m.class_sd, m.residual_sd
    assert m.method == "random_intercept"
    assert found == pytest.approx(
        R["mixed"].loc[["estimate", "se", "class_sd", "residual_sd"]].tolist(), **FITTED
    )
    drawn = [R["mixed", f"{name}|drawn"] for name in m.classes["class_id"]]
    assert m.classes["drawn"].tolist() == pytest.approx(drawn, **FITTED)
    y = (PAIRS["after"] - PAIRS["before"]).to_numpy()
    fitted = fit_mixed(y, np.ones((len(y), 1)), PAIRS["class_id"].to_numpy())
    assert fitted.log_likelihood == pytest.approx(R["mixed", "log_likelihood"], rel=1e-9)


def test_groups_in_mixed_classes_equal_lme4(thresholds):
    c = compare_groups(PAIRS, "group", thresholds)
    assert (c.method, c.reference) == ("random_intercept", "commune")
    for name, found in c.differences.items():
        expected = [R["mixed_groups", f"group{name}|{part}"] for part in ("estimate", "se")]
        assert (found.estimate, found.se) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("case", ["cr2", "cr2_groups"])
def test_cr2_with_seven_classes_equals_clubsandwich(case):
    few = PAIRS[PAIRS["class_id"] <= "K07"]
    if case == "cr2":
        y, names = (few["after"] - few["before"]).to_numpy(), ["(Intercept)"]
        design = np.ones((len(few), 1))
    else:
        y, names = few["after"].to_numpy(), ["(Intercept)", "before", "groupdistrict", "groupprovince"]
        dummies = [(few["group"] == g).astype(float) for g in ("district", "province")]
        design = np.column_stack([np.ones(len(few)), few["before"], *dummies])
    fitted = fit_cluster_robust(y, design, few["class_id"].to_numpy())
    for part, found in (("estimate", fitted.beta), ("se", fitted.se), ("df", fitted.df)):
        assert found.tolist() == pytest.approx([R[case, f"{name}|{part}"] for name in names], **EXACT)


def test_the_reference_holds_ties_zeros_and_classes_of_different_size():
    changed = PAIRS["after"] - PAIRS["before"]
    assert (changed == 0).any() and changed.duplicated().any()
    assert LEARNERS["after"].isna().sum() == 22
    assert LEARNERS.groupby("class_id").size().nunique() > 3


def test_r_makes_the_committed_numbers_again(tmp_path):
    run_r("gains.R", tmp_path, "lme4", "clubSandwich")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "learners.csv"), LEARNERS, rtol=1e-12)
    made = pd.read_csv(tmp_path / "gains.csv").set_index(["case", "name"])["value"]
    pd.testing.assert_series_equal(made, R, rtol=1e-7)
