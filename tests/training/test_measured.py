import numpy as np
import pandas as pd
import pytest

from training.measured import COLUMNS, counted, estimated, is_constant, mean_of, measured_table, spread_state


def test_mean_is_that_of_a_one_sample_t_test():
    values = np.array([3.0, 5.0, 4.0, 8.0])
    m = mean_of("m", values, null=4.0)
    se = np.sqrt(((values - 5) ** 2).sum() / 3 / 4)
    assert (m.estimate, m.se, m.df, m.n) == (5.0, pytest.approx(se), 3.0, 4)
    # t quantile with 3 df: 3.182446
    assert (m.ci_low, m.ci_high) == pytest.approx((5 - 3.182446305 * se, 5 + 3.182446305 * se))
    assert m.p_value == pytest.approx(0.42282626, rel=1e-7)  # R: t.test(c(3, 5, 4, 8), mu = 4)


@pytest.mark.parametrize(
    ("values", "state"), [([], "nobody"), ([4.0], "one_person"), ([4.0, 4.0, 4.0], "no_spread")]
)
def test_a_mean_without_an_error_has_a_state_and_no_number(values, state):
    m = mean_of("m", np.array(values))
    assert (m.state, m.n) == (state, len(values))
    assert np.isnan([m.estimate, m.se, m.ci_low, m.p_value]).all()


def test_an_interval_is_cut_at_the_theoretical_bounds():
    m = mean_of("m", np.array([0.5, 10.0]), bounds=(0.0, 10.0))
    assert m.ci_high == 10.0
    assert m.ci_low == 0.0


def test_rounding_is_no_spread():
    assert is_constant(np.array([0.1 + 0.2, 0.3]))
    assert not is_constant(np.array([0.3, 0.3001]))
    assert spread_state(np.array([0.1 + 0.2, 0.3])) == "no_spread"


def test_a_count_of_nobody_is_named_and_no_number():
    assert counted("c", float("nan"), 0).state == "nobody"
    assert counted("c", 0.5, 4).counted
    assert np.isnan(counted("c", 0.5, 4).se)


def test_table_has_one_row_a_figure_in_the_fixed_columns():
    table = measured_table([counted("a", 1, 3), estimated("b", 1.0, 0.5, 9, 10)])
    assert list(table.columns) == list(COLUMNS)
    assert table["statistic"].tolist() == ["a", "b"]
    assert list(measured_table([]).columns) == list(COLUMNS)
    assert isinstance(table, pd.DataFrame)
