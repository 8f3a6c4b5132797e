"""Chi-square and t-tests: by hand on small tables, and against R's survey package."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import fdtrc, stdtr

from analysis.errors import BadRows
from analysis.estimates.association import chisquare, ttest
from analysis.estimates.design import declare_design
from analysis.estimates.significance import f_test, wald_statistic
from tests.reference.models_cases import CASES, design_of, domain_of, people, r_results

CHI_SQUARES = {"F": "second_order", "Chisq": "first_order", "Wald": "wald", "adjWald": "adjusted_wald"}


def simple_random(n):
    """Everybody a PSU, weight 1."""
    return declare_design(pd.DataFrame({"weight": np.ones(n)}), weight="weight")


def two_by_two(counts):
    """Rows and columns of people from the four counts of a table."""
    pairs = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    rows = [pair for pair, count in zip(pairs, counts, strict=True) for _ in range(count)]
    return pd.DataFrame(rows, columns=["row", "column"])


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "chisquare"], ids=lambda c: c["case"])
def test_chi_square_tests_equal_r(case):
    rows, columns = (part.strip() for part in case["formula"].split("~"))
    data = people()
    ours = chisquare(data[rows], data[columns], design_of(case["design"]), domain_of(case))
    r = r_results().loc[case["case"]]
    for statistic, name in CHI_SQUARES.items():
        test, expected = getattr(ours, name), r.loc[statistic].set_index("name")["value"]
        got = ours.pearson if statistic == "Chisq" else test.statistic  # R prints X2 before the correction
        assert got == pytest.approx(expected["statistic"], rel=1e-9)
        assert test.df1 == pytest.approx(expected["df1"], rel=1e-9)
        assert test.p == pytest.approx(expected["p"], rel=1e-9)
        if statistic != "Chisq":
            assert test.df2 == pytest.approx(expected["df2"], rel=1e-9)


@pytest.mark.parametrize("case", [c for c in CASES if c["kind"] == "ttest"], ids=lambda c: c["case"])
def test_t_tests_equal_r(case):
    y, group = (part.strip() for part in case["formula"].split("~"))
    data = people()
    ours = ttest(data[y], data[group], design_of(case["design"]), domain_of(case))
    r = r_results().loc[case["case"]].set_index("name")["value"]
    got = [ours.difference, ours.t, ours.df, ours.p, *ours.ci]
    np.testing.assert_allclose(got, r[["difference", "t", "df", "p", "low", "high"]], rtol=1e-9)


def test_pearson_of_a_simple_sample_is_the_textbook_sum():
    data = two_by_two([30, 20, 10, 40])
    ours = chisquare(data["row"], data["column"], simple_random(100))
    expected = {"ax": 50 * 40 / 100, "ay": 50 * 60 / 100, "bx": 50 * 40 / 100, "by": 50 * 60 / 100}
    x2 = sum((o - e) ** 2 / e for o, e in zip([30, 20, 10, 40], expected.values(), strict=True))
    assert ours.pearson == pytest.approx(x2, rel=1e-12)
    np.testing.assert_allclose(ours.table, [[30, 20], [10, 40]], rtol=1e-12)


def test_correction_of_a_simple_sample_is_the_ratio_of_variances_by_the_two_formulas():
    """p_ax - p_a p_x has variance sum (1_a - p_a)^2 (1_x - p_x)^2 / n^2 about its mean, not p q p q / n."""
    data = two_by_two([30, 20, 10, 40])
    ours = chisquare(data["row"], data["column"], simple_random(100))
    interaction = ((data["row"] == "a") - 0.5) * ((data["column"] == "x") - 0.4)
    variance = 100 / 99 * ((interaction - interaction.mean()) ** 2).sum() / 100**2
    assert ours.wald.statistic == pytest.approx((0.30 - 0.5 * 0.4) ** 2 / variance, rel=1e-9)


def test_a_two_by_two_table_has_one_and_d_degrees_of_freedom():
    data = people()
    ours = chisquare(data["sex"], data["pensioner"], design_of("replacement"))
    assert (ours.second_order.df1, ours.second_order.df2) == pytest.approx((1, 24 - 5), rel=1e-9)
    assert ours.p == ours.second_order.p


def test_more_cells_than_degrees_of_freedom_leave_the_wald_tests_empty():
    data = people()
    cell = data["ward"].astype(str) + data["age.group"]
    ours = chisquare(cell, data["psu"].str[-1], design_of("replacement"))
    assert np.isnan([ours.wald.statistic, ours.wald.p, ours.adjusted_wald.p]).all()
    assert 0 < ours.second_order.p < 1


def test_missing_answers_are_a_domain():
    data = people()
    answered = (data["trust"].notna() & data["visits"].notna()).to_numpy()
    first = chisquare(data["trust"], data["visits"] > 1, design_of("stages"), answered)
    filled = data["trust"].fillna("no")
    second = chisquare(filled, data["visits"] > 1, design_of("stages"), answered)
    assert first.second_order == second.second_order
    assert first.n == answered.sum()


def test_category_order_is_kept_and_empty_categories_go():
    data = two_by_two([3, 4, 5, 6])
    row = pd.Series(pd.Categorical(data["row"], ["b", "c", "a"]), name="row")
    assert list(chisquare(row, data["column"], simple_random(18)).table.index) == ["b", "a"]


def test_scaling_weights_and_permuting_rows_change_no_test():
    data = people()
    order = np.random.default_rng(3).permutation(len(data))
    scaled = data.assign(weight=data["weight"] * 1e6).iloc[order].reset_index(drop=True)
    columns = dict(weight="weight", psu=["psu"], stratum=["stratum"])
    a = chisquare(data["trust"], data["age.group"], declare_design(data, **columns))
    b = chisquare(scaled["trust"], scaled["age.group"], declare_design(scaled, **columns))
    for name in CHI_SQUARES.values():
        assert getattr(a, name).p == pytest.approx(getattr(b, name).p, rel=1e-9)


def test_t_test_of_a_simple_sample_is_the_difference_of_means():
    y = pd.Series([1.0, 2.0, 6.0, 4.0, 8.0, 9.0])
    group = pd.Series(["a", "a", "a", "b", "b", "b"])
    ours = ttest(y, group, simple_random(6))
    assert ours.means == pytest.approx((3, 7))
    squares = (4 + 1 + 9) / 9 + (9 + 1 + 4) / 9
    assert ours.se == pytest.approx(np.sqrt(6 / 5 * squares), rel=1e-12)
    assert ours.df == 6 - 1 - 1
    assert ours.p == pytest.approx(2 * stdtr(4, -4 / ours.se), rel=1e-12)


def test_groups_without_spread_have_no_p_value_and_no_interval():
    ours = ttest(pd.Series([1.0, 1, 1, 2, 2, 2]), pd.Series(list("aaabbb")), simple_random(6))
    assert np.isnan([ours.t, ours.p, *ours.ci]).all()


def test_one_level_is_refused_without_showing_answers():
    with pytest.raises(BadRows) as caught:
        chisquare(pd.Series(["secret"] * 4, name="q"), pd.Series(list("abab")), simple_random(4))
    assert "q" in caught.value.where and "secret" not in str(caught.value)


def test_a_t_test_of_three_groups_is_refused():
    with pytest.raises(BadRows, match="number of different answers"):
        ttest(pd.Series([1.0, 2, 3]), pd.Series(list("abc")), simple_random(3))


def test_a_filtered_column_is_refused():
    with pytest.raises(BadRows, match="same rows"):
        ttest(pd.Series([1.0, 2.0]), pd.Series(list("ab")), simple_random(3))


def test_f_test_without_degrees_of_freedom_has_no_p():
    assert np.isnan(f_test(3.0, 2, 0).p)
    assert f_test(3.0, 2, 7).p == pytest.approx(fdtrc(2, 7, 3.0))


def test_wald_statistic_of_a_singular_covariance_is_empty():
    assert np.isnan(wald_statistic(np.array([1.0, 2.0]), np.array([[1.0, 2.0], [2.0, 4.0]])))
    assert wald_statistic(np.array([1.0, 2.0]), np.diag([1.0, 4.0])) == pytest.approx(1 + 1)


def test_results_read_as_a_sentence():
    data = people()
    assert "second_order" in repr(chisquare(data["trust"], data["sex"], design_of("stages")))
    assert repr(ttest(data["score"], data["sex"], design_of("stages"))).startswith("male - female: ")
