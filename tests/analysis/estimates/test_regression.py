"""Design-based regression: against R's survey package, by hand, and what it refuses."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from r_formula import RModel

from analysis.errors import BadRows, UnknownName
from analysis.estimates.association import ttest
from analysis.estimates.design import declare_design
from analysis.estimates.formula import build_matrix, quote_columns
from analysis.estimates.regression import regress
from tests.conftest import require_or_skip
from tests.reference.models_cases import CASES, FOLDER, design_of, domain_of, people, r_results

MODELS = [case for case in CASES if case["kind"] == "regression"]


def fit(case):
    """The case's formula is R's: its variables evaluated as R does, the model by us."""
    model = RModel.of(case["formula"], people(), domain_of(case))
    design = design_of(case["design"])
    return model, regress(model.formula, model.table, design, case["family"], domain_of(case))


@pytest.mark.parametrize("case", MODELS, ids=lambda c: c["case"])
def test_coefficients_standard_errors_and_p_values_equal_r(case):
    (_, ours), r = fit(case), r_results().loc[case["case"]]
    for statistic, got in (("estimate", ours.estimate), ("se", ours.se), ("p", ours.p)):
        np.testing.assert_allclose(got, r.loc[statistic, "value"], rtol=1e-7)
    assert (ours.df_residual, ours.n) == (r.loc["df_residual", "value"], r.loc["n", "value"])


@pytest.mark.parametrize("case", MODELS, ids=lambda c: c["case"])
def test_term_tests_equal_r(case):
    model, ours = fit(case)
    r = r_results().loc[case["case"]].loc["term"].set_index("name")["value"]
    for term in case["terms"].split(";"):
        test = ours.term_test(model.term(term))
        expected = [r[f"{term}|{part}"] for part in ("F", "df", "ddf", "p")]
        np.testing.assert_allclose([test.statistic, test.df1, test.df2, test.p], expected, rtol=1e-7)


@pytest.mark.parametrize("case", MODELS, ids=lambda c: c["case"])
def test_names_are_those_of_r(case):
    model, ours = fit(case)
    assert model.r_names(ours.names) == list(r_results().loc[case["case"]].loc["estimate", "name"])


@pytest.mark.parametrize(
    ("case", "formula"),
    [
        ("linear", "score ~ age.group + visits"),
        ("linear-codes", "score ~ factor(ward) * sex"),
        ("linear-transformed", "log(score) ~ np.sqrt(visits) + I(visits**2)"),
        ("logistic-membership", "I((visits > 0) & (visits <= 4)) ~ I(np.isin(ward, [1, 2])) + sex"),
        ("logistic-domain", 'I(trust == "yes") ~ relevel(factor(ward), ref="3") + score'),
    ],
)
def test_our_own_grammar_says_the_same(case, formula):
    case = next(each for each in MODELS if each["case"] == case)
    design = design_of(case["design"])
    ours = regress(formula, people(), design, case["family"], domain_of(case))
    np.testing.assert_allclose(ours.estimate, fit(case)[1].estimate, rtol=1e-10)
    np.testing.assert_allclose(ours.vcov, fit(case)[1].vcov, rtol=1e-8)


def test_r_makes_the_committed_numbers_again(tmp_path):
    require_or_skip("r", shutil.which("Rscript") is not None)
    subprocess.run(["Rscript", FOLDER.parent / "models.R", tmp_path], check=True, capture_output=True)
    made, committed = r_results(tmp_path), r_results()
    assert (made["name"] == committed["name"]).all()
    np.testing.assert_allclose(made["value"], committed["value"], rtol=1e-9)


def test_mean_is_the_model_without_a_slope():
    data = people().fillna({"score": 50.0})
    w = data["weight"]
    model = regress("score ~ 1", data, design_of("replacement"))
    assert model.names == ("(Intercept)",)
    assert model.estimate[0] == pytest.approx((w * data["score"]).sum() / w.sum(), rel=1e-12)


def test_slope_on_a_group_is_the_t_test():
    model = regress("score ~ sex", people(), design_of("stages"))
    test = ttest(people()["score"], people()["sex"], design_of("stages"))
    got = [model.estimate[1], model.se[1], model.p[1], *(side[1] for side in model.interval())]
    np.testing.assert_allclose(got, [test.difference, test.se, test.p, *test.ci], rtol=1e-10)


def test_term_test_of_one_coefficient_is_its_t_squared():
    model = regress("score ~ sex + visits", people(), design_of("stages"))
    test = model.term_test("visits")
    assert (test.statistic, test.p) == pytest.approx((model.t[2] ** 2, model.p[2]), rel=1e-10)


def test_scores_sum_to_zero_and_stay_in_the_design():
    model = regress('I(trust == "yes") ~ score', people(), design_of("stages"), "binomial")
    unused = people()[["trust", "score"]].isna().any(axis=1)
    assert model.scores.shape == (240, 2)
    assert (model.scores[unused] == 0).all()
    np.testing.assert_allclose(model.scores.sum(axis=0), 0, atol=1e-10 * np.abs(model.scores).max())


def test_scaling_the_weights_and_permuting_rows_change_nothing():
    order = np.random.default_rng(5).permutation(240)
    other = people().assign(weight=people()["weight"] * 1e6).iloc[order].reset_index(drop=True)
    design = declare_design(other, weight="weight", psu=["psu"], stratum=["stratum"])
    a = regress("visits ~ sex + score", people(), design_of("replacement"), "poisson")
    b = regress("visits ~ sex + score", other, design, "poisson")
    np.testing.assert_allclose(a.estimate, b.estimate, rtol=1e-10)
    np.testing.assert_allclose(a.vcov, b.vcov, rtol=1e-9)


def test_columns_of_very_different_size_lose_no_digits():
    small = regress("score ~ visits", people(), design_of("stages"))
    data = people().assign(visits=people()["visits"] * 1e9)
    large = regress("score ~ visits", data, design_of("stages"))
    np.testing.assert_allclose(large.estimate * [1, 1e9], small.estimate, rtol=1e-10)
    np.testing.assert_allclose(large.se * [1, 1e9], small.se, rtol=1e-10)


def test_a_two_level_text_response_counts_its_second_level():
    a = regress("trust ~ score", people(), design_of("stages"), "binomial")
    b = regress('I(trust == "yes") ~ score', people(), design_of("stages"), "binomial")
    np.testing.assert_allclose(a.estimate, b.estimate, rtol=1e-12)


def test_missing_values_of_pandas_own_types_are_missing():
    data = people().convert_dtypes()
    a = regress("score ~ factor(visits) + sex", data, design_of("stages"))
    b = regress("score ~ factor(visits) + sex", people(), design_of("stages"))
    assert a.names == b.names and "factor(visits)2" in a.names
    np.testing.assert_allclose(a.estimate, b.estimate, rtol=1e-12)


def test_first_level_is_the_reference_in_a_categorys_own_order():
    data = people()
    data = data.assign(sex=pd.Categorical(data["sex"], ["male", "other", "female"]))
    assert regress("score ~ sex", data, design_of("stages")).names == ("(Intercept)", "sexfemale")


def test_levels_with_brackets_and_colons_keep_their_names():
    data = people().assign(g=people()["sex"].map({"female": "(0,19]", "male": "(19:39]"}))
    everybody = np.ones(240, dtype=bool)
    names = build_matrix("score ~ g:visits", data, everybody).names
    assert names == ("(Intercept)", "g(0,19]:visits", "g(19:39]:visits")


def test_names_with_dots_spaces_and_keywords_are_columns():
    columns = ["sch.wide", "class", "a b", "ell", "x"]
    quoted, found = quote_columns('I(sch.wide == "ell.x") ~ class + `a b` + np.log(x) + x.abs()', columns)
    assert quoted == 'I(`sch.wide` == "ell.x") ~ `class` + `a b` + np.log(x) + x.abs()'
    assert found == ["sch.wide", "class", "a b", "x"]


def test_a_value_that_a_transformation_cannot_give_is_missing():
    data = people().assign(visits=people()["visits"].where(people()["visits"] != 3))
    with np.errstate(invalid="ignore"):
        a = regress("score ~ log(visits - 3)", people(), design_of("stages"), domain=people()["visits"] != 3)
    b = regress("score ~ log(visits - 3)", data, design_of("stages"))
    assert a.n == b.n == (data["visits"].gt(3) & data["score"].notna()).sum()


def test_unknown_column_names_the_nearest():
    with pytest.raises(UnknownName) as caught:
        regress("score ~ vists + sex", people(), design_of("stages"))
    assert caught.value.got == "vists" and "visits" in caught.value.hint


@pytest.mark.parametrize(
    "formula",
    [
        "score ~ sex +* visits",
        "score",
        "score ~ sex ~ visits",
        "~ sex",
        "score ~ sex.nope()",
        "score ~ -1",
        "score ~ 1 | sex",
        "score ~ log(visits)",
    ],
)
def test_a_formula_that_cannot_be_read_is_the_users_error(formula):
    with pytest.raises(UnknownName, match="formula"):
        regress(formula, people(), design_of("stages"))


def test_unknown_term_and_unknown_family_name_what_there_is():
    model = regress("score ~ sex * visits", people(), design_of("stages"))
    assert model.term_test("visits:sex") == model.term_test("sex:visits")
    with pytest.raises(UnknownName) as caught:
        model.term_test("ward")
    assert caught.value.expected == "sex, visits, sex:visits"
    with pytest.raises(UnknownName, match="binomal"):
        regress("score ~ sex", people(), design_of("stages"), "binomal")


def test_a_repeated_column_is_refused_by_name():
    data = people().assign(twice=people()["visits"] * 2)
    with pytest.raises(BadRows) as caught:
        regress("score ~ visits + twice", data, design_of("stages"))
    assert caught.value.where == "twice"
    dropped = regress("score ~ visits + twice + sex", data, design_of("stages"), aliased="drop")
    without = regress("score ~ visits + sex", data, design_of("stages"))
    assert (dropped.names, dropped.aliased) == (without.names, ("twice",))
    np.testing.assert_allclose(dropped.vcov, without.vcov, rtol=1e-10)
    assert dropped.term_test("sex").p == pytest.approx(without.term_test("sex").p)
    assert "sums of others: twice" in repr(dropped)
    with pytest.raises(UnknownName, match="aliased"):
        regress("score ~ visits", data, design_of("stages"), aliased="keep")


def test_a_group_that_answered_all_alike_has_no_logistic_coefficient():
    data = people().assign(all_yes=people()["trust"].eq("yes").astype(int) * 1.0, g=people()["ward"] == 1)
    data.loc[data["g"], "all_yes"] = 1.0
    with pytest.raises(BadRows, match="no finite solution"):
        regress("all_yes ~ g", data, design_of("stages"), "binomial")


@pytest.mark.parametrize(
    ("formula", "family"), [("score ~ sex", "binomial"), ("I(score - 60) ~ sex", "poisson")]
)
def test_a_response_the_family_does_not_allow_is_refused(formula, family):
    with pytest.raises(BadRows, match="does not allow"):
        regress(formula, people(), design_of("stages"), family)


def test_a_response_of_three_levels_and_an_empty_domain_are_refused():
    with pytest.raises(BadRows, match="one column of numbers"):
        regress("age.group ~ sex", people(), design_of("stages"), "binomial")
    with pytest.raises(BadRows, match="No row"):
        regress("score ~ sex", people(), design_of("stages"), domain=np.zeros(240, dtype=bool))


def test_a_filtered_table_is_refused():
    with pytest.raises(BadRows, match="same rows"):
        regress("score ~ sex", people().dropna(), design_of("stages"))


def test_a_domain_with_fewer_psus_than_coefficients_has_no_p_values():
    domain = people()["psu"].isin(["a1", "a2"]).to_numpy()
    model = regress("score ~ visits + sex", people(), design_of("stages"), domain=domain)
    assert model.df_residual == 2 - 1 + 1 - 3
    assert np.isnan(model.p).all() and np.isnan(model.term_test("sex").p)


def test_an_offset_is_a_coefficient_of_one():
    data = people().assign(people=people()["visits"].fillna(0) + 2.0)
    expression = regress("visits ~ sex", data, design_of("stages"), "poisson", offset="log(people)")
    values = regress("visits ~ sex", data, design_of("stages"), "poisson", offset=np.log(data["people"]))
    np.testing.assert_allclose(expression.estimate, values.estimate, rtol=1e-12)
    linear = regress("score ~ sex", data, design_of("stages"), offset="people")
    taken_off = regress("I(score - people) ~ sex", data, design_of("stages"))
    np.testing.assert_allclose(linear.estimate, taken_off.estimate, rtol=1e-12)
    np.testing.assert_allclose(linear.vcov, taken_off.vcov, rtol=1e-10)


def test_a_row_without_offset_is_left_out_and_an_unknown_column_is_named():
    data = people().assign(pop=np.where(np.arange(240) < 10, np.nan, 5.0))
    model = regress("score ~ sex", data, design_of("stages"), offset="pop")
    assert model.n == (data["pop"].notna() & data["score"].notna()).sum()
    with pytest.raises(UnknownName, match="popp"):
        regress("score ~ sex", data, design_of("stages"), offset="log(popp)")


def test_a_term_of_one_level_is_left_out_and_said():
    women = (people()["sex"] == "female").to_numpy()
    model = regress("score ~ sex + visits", people(), design_of("stages"), domain=women)
    assert model.dropped == ("sex",)
    assert "left out, one level only: sex" in repr(model)
    assert list(model.terms) == ["1", "visits"]


def test_rows_of_weight_0_change_no_coefficient():
    data = people().assign(weight=np.where(np.arange(240) % 7 == 0, 0.0, people()["weight"]))
    design = declare_design(data, weight="weight", psu=["psu"], stratum=["stratum"])
    model = regress("score ~ sex", data, design)
    part = data[data["weight"] > 0]
    alone = declare_design(part, weight="weight", psu=["psu"], stratum=["stratum"])
    assert model.n == (part["score"].notna()).sum()
    np.testing.assert_allclose(model.estimate, regress("score ~ sex", part, alone).estimate, rtol=1e-12)


def test_table_and_repr_show_the_model():
    model = regress("score ~ sex", people(), design_of("stages"))
    assert list(model.table().index) == ["(Intercept)", "sexmale"]
    assert "gaussian" in repr(model) and "sexmale" in repr(model)
