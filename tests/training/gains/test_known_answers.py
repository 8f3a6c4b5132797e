"""Published data with known answers, to six digits: Student's sleep data typed here, the others from R for one run."""

import numpy as np
import pandas as pd
import pytest

from training.gains import effect_sizes, fit_ancova, measure_change, signed_rank
from training.gains.cluster_robust import fit_cluster_robust
from training.gains.mixed import fit_mixed

SIX = dict(rel=1e-6)
#: Student (1908), Biometrika 6, 1-25: hours of sleep gained by ten patients with each of two drugs.
SLEEP = pd.DataFrame(
    {
        "after": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
        "before": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    }
)


def stat(table, statistic):
    return table.set_index("statistic").loc[statistic]


def test_sleep_paired_t():
    change = stat(measure_change(SLEEP), "change")
    assert change["estimate"] / change["se"] == pytest.approx(-4.062128, **SIX)
    assert change["df"] == 9
    assert change["p_value"] == pytest.approx(0.00283289, **SIX)
    assert (change["ci_low"], change["ci_high"]) == pytest.approx((-2.459886, -0.700114), **SIX)


def test_sleep_effect_sizes():
    sizes = effect_sizes(SLEEP).set_index("statistic")["estimate"].abs()
    assert sizes["d_z"] == pytest.approx(1.284558, **SIX)
    assert sizes["d_av"] == pytest.approx(0.833496, **SIX)


def test_sleep_wilcoxon_with_a_zero_and_ties():
    test = signed_rank((SLEEP["after"] - SLEEP["before"]).to_numpy())
    assert test.v == 0
    assert test.p_value == pytest.approx(0.0090907, **SIX)


def anorexia(r_data, treatment=None):
    d = pd.read_csv(r_data / "anorexia.csv").rename(columns={"Prewt": "before", "Postwt": "after"})
    return d if treatment is None else d[d["Treat"] == treatment]


def test_anorexia_ancova(r_data):
    a = fit_ancova(anorexia(r_data), "Treat", reference="CBT")
    c = a.coefficients.set_index("name")
    assert (c.at["before", "estimate"], c.at["before", "se"]) == pytest.approx(
        (0.43446115, 0.16118236), **SIX
    )
    assert c.loc[["Cont", "FT"], "estimate"].tolist() == pytest.approx([-4.09706553, 4.56306265], **SIX)
    assert (a.df_groups, a.df) == (2, 68)
    assert a.f == pytest.approx(7.86808, **SIX)
    assert a.r2 == pytest.approx(0.27765477, **SIX)


def test_anorexia_family_therapy(r_data):
    ft = anorexia(r_data, "FT")
    change, sizes = (
        stat(measure_change(ft, 1000.0), "change"),
        effect_sizes(ft).set_index("statistic")["estimate"],
    )
    assert len(ft) == 17
    assert change["estimate"] == pytest.approx(7.2647059, **SIX)
    assert change["estimate"] / change["se"] == pytest.approx(4.1849081, **SIX)
    assert change["p_value"] == pytest.approx(0.00070025, rel=1e-5)
    assert sizes.to_dict() == pytest.approx({"d_z": 1.0149893, "d_av": 1.0769097, "g_av": 1.0256283}, **SIX)


def test_anorexia_controls_show_no_change(r_data):
    change = stat(measure_change(anorexia(r_data, "Cont"), 1000.0), "change")
    assert change["n"] == 26
    assert change["estimate"] / change["se"] == pytest.approx(-0.2872254, **SIX)
    assert change["p_value"] == pytest.approx(0.7763071, **SIX)


def test_exam_mixed_model_by_maximum_likelihood(r_data):
    d = pd.read_csv(r_data / "exam.csv")
    design = np.column_stack([np.ones(len(d)), d["standLRT"]])
    m = fit_mixed(d["normexam"].to_numpy(), design, d["school"].to_numpy(), reml=False)
    assert m.beta.tolist() == pytest.approx([0.00239076, 0.56337116], rel=5e-6)
    assert (m.class_sd, np.sqrt(m.residual_variance)) == pytest.approx((0.303528, 0.752151), rel=2e-6)
    assert m.log_likelihood == pytest.approx(-4678.6216, **SIX)


def schools(r_data):
    d = pd.read_csv(r_data / "nlschools.csv")
    return d, np.column_stack([np.ones(len(d)), d["IQ"], d["SES"], d["COMB"]]).astype(float)


def test_nlschools_mixed_model(r_data):
    d, design = schools(r_data)
    m = fit_mixed(d["lang"].to_numpy(dtype=float), design, d["class"].to_numpy())
    assert m.beta[1:].tolist() == pytest.approx([2.24722841, 0.16507056, -2.02169113], **SIX)


def test_nlschools_class_robust_errors(r_data):
    d, design = schools(r_data)
    fitted = fit_cluster_robust(d["lang"].to_numpy(dtype=float), design, d["class"].to_numpy())
    assert fitted.n_classes == 133
    # Printed by clubSandwich with so many digits.
    assert fitted.beta[3] == pytest.approx(-1.683, abs=5e-4)
    assert fitted.se[3] == pytest.approx(0.6609, abs=5e-5)
    assert fitted.df[3] == pytest.approx(81.3, abs=0.05)


def test_sleepstudy_random_slopes(r_data):
    d = pd.read_csv(r_data / "sleepstudy.csv")
    days = d["Days"].to_numpy(dtype=float)
    m = fit_mixed(
        d["Reaction"].to_numpy(),
        np.column_stack([np.ones(len(d)), days]),
        d["Subject"].to_numpy(),
        slope=days,
    )
    assert m.beta.tolist() == pytest.approx([251.405105, 10.467286], **SIX)
    sd = np.sqrt(np.diag(m.class_covariance))
    # lme4 stops at a likelihood 1e-7 lower, so its variances agree to the fifth digit.
    assert sd.tolist() == pytest.approx([24.74066, 5.92214], rel=2e-5)
    assert m.class_covariance[0, 1] / sd.prod() == pytest.approx(0.0656, abs=5e-5)
    assert np.sqrt(m.residual_variance) == pytest.approx(25.59180, **SIX)


def test_pingouin_ancova(outside_data):
    d = pd.read_csv(outside_data / "pingouin" / "ancova.csv")
    a = fit_ancova(d, "Method", outcome="Scores", covariate="Income")
    assert a.df == 31
    assert (a.f, a.p_value, a.eta2) == pytest.approx((3.336482, 0.031940, 0.244077), rel=2e-5)
    assert a.covariate_f == pytest.approx(29.419438, **SIX)
